package org.redress.deadline;

import java.sql.DatabaseMetaData;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Which clocks of a case run longer because they began in the emergency mode (remedy.md B.12, C.10), as soon as they do. Those
 * that ran when the mode began are in the extension log ({@link DeadlineMoves}).
 */
@Component
class EmergencyClockLog implements AuditSource {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String insert;

    EmergencyClockLog(JdbcClient jdbc, DataSource database, Clock clock) throws MetaDataAccessException {
        this.jdbc = jdbc;
        this.clock = clock;
        boolean postgres = "PostgreSQL"
                .equals(JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName));
        // Two tasks that begin at once count the same moment: neither person's click fails for it. H2 serves one node.
        insert = "insert into emergency_clocks (clock_key, case_number, clock_id, normally_due, due, began_at)"
                + " values (?, ?, ?, ?, ?, ?)" + (postgres ? " on conflict do nothing" : "");
    }

    /** Records a clock, in the transaction that runs; once, however many tasks count it. */
    void record(String caseNumber, CountedClock counted, Instant normally, Instant due) {
        String key = caseNumber + "/" + counted.clockId() + "/" + counted.from().toEpochMilli()
                + (counted.elementId() == null ? "" : "/" + counted.elementId());
        boolean known = jdbc.sql("select count(*) from emergency_clocks where clock_key = ?")
                        .param(key)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!known) {
            jdbc.sql(insert)
                    .params(
                            key,
                            caseNumber,
                            counted.clockId(),
                            Timestamp.from(normally),
                            Timestamp.from(due),
                            Timestamp.from(clock.instant()))
                    .update();
        }
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return jdbc.sql("select * from emergency_clocks where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("clock", row.getString("clock_id"));
                    facts.put(
                            "normally",
                            row.getTimestamp("normally_due").toInstant().toString());
                    facts.put("to", row.getTimestamp("due").toInstant().toString());
                    return new AuditLine(
                            row.getTimestamp("began_at").toInstant(),
                            null,
                            "DEADLINE",
                            "began with the longer time of an emergency",
                            facts);
                })
                .list();
    }
}
