package org.redress.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who opened what is put together about a case: a line each time, of the person and the case, and nothing of what was seen
 * there (remedy.md C).
 */
@Component
public class CaseReads implements AuditSource {

    /** What of a case can be opened. */
    public enum What {
        /** The audit trail. */
        TRAIL("AUDIT", "read this trail"),
        /** The case at a glance. */
        PAGE("PAGE", "opened the case"),
        /** Who was shown which value. */
        READS("AUDIT", "read who was shown what"),
        /** The consents of a person in the case. */
        CONSENTS("AUDIT", "read the consents of a person"),
        /** Which hold stands, and what of the case or of whom was erased or is to be. */
        HOLDS("AUDIT", "read its holds and erasures"),
        /** How the case stands, shown to whoever filed it. */
        RECEIPT("API", "asked how the case stands");

        private final String kind;
        private final String words;

        What(String kind, String words) {
            this.kind = kind;
            this.words = words;
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    CaseReads(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes that somebody is about to be shown it; a case that is not there has nothing to show, and no line.
     *
     * @param reader id of an account
     */
    @Transactional
    public void note(String caseNumber, String reader, What what) {
        boolean isThere = jdbc.sql("select count(*) from case_file where case_number = ?")
                        .param(caseNumber)
                        .query(Long.class)
                        .single()
                > 0;
        if (isThere) {
            jdbc.sql("insert into audit_read (case_number, reader, read_at, what) values (?, ?, ?, ?)")
                    .params(caseNumber, reader, Timestamp.from(clock.instant()), what.name())
                    .update();
        }
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return jdbc.sql("select reader, read_at, what from audit_read where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> {
                    What what = What.valueOf(row.getString("what"));
                    return new AuditLine(
                            row.getTimestamp("read_at").toInstant(),
                            row.getString("reader"),
                            what.kind,
                            what.words,
                            Map.of());
                })
                .list();
    }
}
