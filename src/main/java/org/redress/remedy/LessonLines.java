package org.redress.remedy;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The log of lessons, kept from step 1 on (guideline step 6, remedy.md A.6, E17, E18): which kind, in which step, on which
 * day (UTC). A text is never kept here, only the reference under which it is sealed.
 */
@Component("lessonLineTable")
class LessonLines {

    private final JdbcClient jdbc;
    private final Clock clock;

    LessonLines(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes a line. Twice is as good as once.
     *
     * @param line what names this lesson, the same when a job is repeated
     * @param note the reference of its sealed text
     */
    void add(String line, String caseNumber, String step, String kind, @Nullable String note) {
        int known = jdbc.sql("select count(*) from lesson_line where line = ?")
                .param(line)
                .query(Integer.class)
                .single();
        if (known == 0) {
            jdbc.sql("insert into lesson_line (line, case_number, step, kind, noted_at, note)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .param(1, line)
                    .param(2, caseNumber)
                    .param(3, step)
                    .param(4, kind)
                    .param(5, Timestamp.from(clock.instant()))
                    .param(6, note)
                    .update();
        }
    }

    /** The lines of a case, the oldest first, for a form: day, step, kind, and whether there is a text. */
    List<Map<String, String>> ofCase(String caseNumber) {
        return jdbc.sql("select step, kind, noted_at, note from lesson_line"
                        + " where case_number = ? order by noted_at, line")
                .param(caseNumber)
                .query((row, number) -> {
                    Map<String, String> line = new LinkedHashMap<>();
                    line.put(
                            "day",
                            row.getTimestamp("noted_at")
                                    .toInstant()
                                    .atOffset(ZoneOffset.UTC)
                                    .toLocalDate()
                                    .toString());
                    line.put("step", row.getString("step"));
                    line.put("kind", row.getString("kind"));
                    line.put("text", row.getString("note") == null ? "NO" : "YES");
                    return line;
                })
                .list();
    }
}
