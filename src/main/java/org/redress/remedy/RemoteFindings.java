package org.redress.remedy;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was established from a distance alone, and whether somebody has seen the site since (remedy.md B.12, integrity): as
 * long as nobody has, no level is lowered and no case is closed on it.
 */
@Component
class RemoteFindings implements AuditSource {

    private final JdbcClient jdbc;
    private final Clock clock;

    RemoteFindings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes a finding from a distance; an earlier one, also if it was checked, counts no more. */
    void found(String caseNumber, @Nullable String by) {
        jdbc.sql("delete from remote_finding where case_number = ?")
                .param(caseNumber)
                .update();
        jdbc.sql("insert into remote_finding (case_number, found_at, found_by) values (?, ?, ?)")
                .params(caseNumber, Timestamp.from(clock.instant()), by)
                .update();
    }

    /**
     * Notes that somebody has seen the site.
     *
     * @param outcome CONFIRMED, DIFFERS, or SEEN by the investigation itself
     * @param visitedOn null where nobody was asked for the day
     */
    void checked(String caseNumber, String outcome, @Nullable LocalDate visitedOn, @Nullable String by) {
        jdbc.sql("update remote_finding set outcome = ?, visited_on = ?, checked_at = ?, checked_by = ?"
                        + " where case_number = ? and outcome is null")
                .params(outcome, visitedOn, Timestamp.from(clock.instant()), by, caseNumber)
                .update();
    }

    /** Whether the case rests on evidence from a distance that nobody has checked on site. */
    boolean isUnchecked(String caseNumber) {
        return jdbc.sql("select count(*) from remote_finding where case_number = ? and outcome is null")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        List<AuditLine> lines = new ArrayList<>();
        jdbc.sql("select * from remote_finding where case_number = ?")
                .param(caseNumber)
                .query(row -> {
                    lines.add(new AuditLine(
                            row.getTimestamp("found_at").toInstant(),
                            row.getString("found_by"),
                            "EMERGENCY",
                            "established from a distance",
                            Map.of()));
                    String outcome = row.getString("outcome");
                    if (outcome != null) {
                        Map<String, Object> facts = new LinkedHashMap<>();
                        facts.put("outcome", outcome);
                        if (row.getDate("visited_on") != null) {
                            facts.put("visitedOn", row.getDate("visited_on").toString());
                        }
                        lines.add(new AuditLine(
                                row.getTimestamp("checked_at").toInstant(),
                                row.getString("checked_by"),
                                "EMERGENCY",
                                "checked on site",
                                facts));
                    }
                });
        return lines;
    }
}
