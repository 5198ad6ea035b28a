package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who was shown which value. Written in a transaction of its own before the value is handed out: what then fails stays on
 * record, and without a line nobody reads.
 */
@Component
class ReadLog {

    private final JdbcTemplate batch;
    private final JdbcClient jdbc;
    private final TransactionTemplate own;
    private final Clock clock;

    ReadLog(JdbcTemplate batch, PlatformTransactionManager transactions, Clock clock) {
        this.batch = batch;
        this.jdbc = JdbcClient.create(batch);
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * Notes that somebody is about to be shown these values.
     *
     * @param reader id of an account, or of what reads for the system
     * @param purpose what it is read for
     */
    void note(String reader, String purpose, Collection<Entry> shown) {
        if (shown.isEmpty()) {
            return;
        }
        Timestamp now = Timestamp.from(clock.instant());
        List<Object[]> rows = shown.stream()
                .map(entry -> new Object[] {
                    now,
                    reader,
                    purpose,
                    entry.reference().id().toString(),
                    entry.variable(),
                    entry.subject().caseNumber(),
                    entry.subject().person()
                })
                .toList();
        own.executeWithoutResult(status -> batch.batchUpdate(
                "insert into vault_read (read_at, reader, purpose, value_id, variable, case_number, person)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                rows));
    }

    /**
     * Notes the same of values that this reader was not shown for this purpose a while ago; of the others the line stands.
     *
     * @param within how long a line stands for what is shown again
     */
    void noteAfresh(String reader, String purpose, Collection<Entry> shown, Duration within) {
        if (shown.isEmpty()) {
            return;
        }
        Set<String> noted = Set.copyOf(jdbc.sql("select distinct value_id from vault_read where reader = :reader"
                        + " and purpose = :purpose and read_at > :since and case_number in (:cases)")
                .param("reader", reader)
                .param("purpose", purpose)
                .param("since", Timestamp.from(clock.instant().minus(within)))
                .param(
                        "cases",
                        shown.stream()
                                .map(entry -> String.valueOf(entry.subject().caseNumber()))
                                .distinct()
                                .toList())
                .query(String.class)
                .list());
        note(
                reader,
                purpose,
                shown.stream()
                        .filter(entry -> !noted.contains(entry.reference().id().toString()))
                        .toList());
    }

    /**
     * A line of the log; moments are UTC.
     *
     * @param person reference of the survivor whom the value is about, if it is about one
     */
    record Line(Instant readAt, String reader, String purpose, String variable, @Nullable String person) {}

    /** Everything that was shown of a case, the earliest first. */
    List<Line> of(String caseNumber) {
        return jdbc.sql("select read_at, reader, purpose, variable, person from vault_read where case_number = ?"
                        + " order by id")
                .param(caseNumber)
                .query((row, index) -> new Line(
                        row.getTimestamp("read_at").toInstant(),
                        row.getString("reader"),
                        row.getString("purpose"),
                        row.getString("variable"),
                        row.getString("person")))
                .list();
    }
}
