package org.redress.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.redress.engine.StartedCase;
import org.redress.vault.CaseErased;
import org.redress.vault.Filings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code intake_request}: which caller filed what under which key, and what it was answered. */
@Repository
class IntakeRequests implements Filings {

    /** What PostgreSQL and H2 say when waiting took too long. */
    private static final Set<String> WAITED_TOO_LONG = Set.of("55P03", "HYT00");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration patience;
    private final boolean postgres;
    private final String insert;

    /** @param patience how long a second request with the same key waits for the first; contract.md: 10 s */
    IntakeRequests(
            DataSource dataSource,
            JdbcClient jdbc,
            Clock clock,
            @Value("${redress.intake.patience:PT10S}") Duration patience) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.patience = patience;
        postgres = "PostgreSQL".equals(new JdbcTemplate(dataSource).execute((ConnectionCallback<String>)
                        connection -> connection.getMetaData().getDatabaseProductName()));
        // H2 throws instead; PostgreSQL would break the transaction and fill its log
        insert = "insert into intake_request (caller, idempotency_key, body_hash, created_at) values (?, ?, ?, ?)"
                + (postgres ? " on conflict do nothing" : "");
    }

    /**
     * By the code of a body whoever has a copy could prove that it is this case, and a caller may have put a name into its key:
     * both go with the case. That something was filed, by whom and when, stays.
     */
    @EventListener
    void forget(CaseErased erased) {
        jdbc.sql("select caller, idempotency_key from intake_request where case_number = ?")
                .param(erased.caseNumber())
                .query((row, index) -> new String[] {row.getString("caller"), row.getString("idempotency_key")})
                .list()
                .forEach(key -> jdbc.sql("update intake_request set idempotency_key = ?, body_hash = ''"
                                + " where caller = ? and idempotency_key = ?")
                        .params("erased-" + UUID.randomUUID(), key[0], key[1])
                        .update());
    }

    /**
     * Takes the key for the current transaction. While another transaction holds it, the unique index makes this one wait:
     * if the other commits, the key is taken; if it rolls back, it is ours.
     *
     * @return false when the key is taken; then read what it was answered in a new transaction
     * @throws RefusedRequest 409 when the other is not done in time; on H2 after the LOCK_TIMEOUT of its URL
     */
    boolean take(String caller, String key, String bodyHash) {
        if (postgres) {
            jdbc.sql("set local lock_timeout = '" + patience.toMillis() + "ms'").update();
        }
        int taken;
        try {
            taken = jdbc.sql(insert)
                    .params(caller, key, bodyHash, utc(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            return false;
        } catch (DataAccessException e) {
            throw waitedTooLong(e) ? RefusedRequest.stillInProgress(patience) : e;
        }
        if (postgres) {
            jdbc.sql("set local lock_timeout to default").update();
        }
        return taken == 1;
    }

    private static boolean waitedTooLong(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && WAITED_TOO_LONG.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the answer beside the key, so that a repeated request gets it again even when the case has moved on. */
    void answer(String caller, String key, StartedCase answer) {
        jdbc.sql("update intake_request set case_number = ?, case_state = ?, received_at = ?"
                        + " where caller = ? and idempotency_key = ?")
                .params(answer.caseNumber(), answer.state(), utc(answer.receivedAt()), caller, key)
                .update();
    }

    Optional<Answered> find(String caller, String key) {
        return jdbc.sql("select body_hash, case_number, case_state, received_at from intake_request"
                        + " where caller = ? and idempotency_key = ?")
                .params(caller, key)
                .query(IntakeRequests::answered)
                .optional();
    }

    @Override
    public boolean filedBy(String caller, String caseNumber) {
        return jdbc.sql("select count(*) from intake_request where case_number = ? and caller = ?")
                        .params(caseNumber, caller)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** A key with the hash of its body and the answer it got. */
    record Answered(String bodyHash, StartedCase answer) {}

    private static Answered answered(ResultSet row, int index) throws SQLException {
        Instant receivedAt = Objects.requireNonNull(row.getObject("received_at", OffsetDateTime.class))
                .toInstant();
        return new Answered(
                row.getString("body_hash"),
                new StartedCase(row.getString("case_number"), row.getString("case_state"), receivedAt));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
