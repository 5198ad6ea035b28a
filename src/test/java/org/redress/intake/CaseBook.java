package org.redress.intake;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.redress.engine.Cases;
import org.redress.engine.StartedCase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stands in for the engine: a case is a row, written in the caller's transaction, as the engine's are. */
class CaseBook implements Cases {

    private final JdbcClient jdbc;
    private final List<Map<String, ?>> received = new CopyOnWriteArrayList<>();
    private volatile IntConsumer whileStarting = attempt -> {};
    private final java.util.concurrent.atomic.AtomicInteger attempts = new java.util.concurrent.atomic.AtomicInteger();

    CaseBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table case_book (id integer generated always as identity primary key, state varchar(40))")
                .update();
    }

    void clear() {
        jdbc.sql("delete from case_book").update();
        received.clear();
        attempts.set(0);
        whileStarting = attempt -> {};
    }

    /** Called inside the transaction with 1 for the first start, 2 for the second … */
    void whileStarting(IntConsumer doing) {
        whileStarting = doing;
    }

    int count() {
        return jdbc.sql("select count(*) from case_book").query(Integer.class).single();
    }

    void moveOn(String state) {
        jdbc.sql("update case_book set state = ?").param(state).update();
    }

    List<Map<String, ?>> received() {
        return received;
    }

    @Override
    public StartedCase start(String message, Map<String, ?> variables) {
        if (!message.equals("grievance-received")) {
            throw new IllegalArgumentException(message);
        }
        int attempt = attempts.incrementAndGet();
        jdbc.sql("insert into case_book (state) values ('RECEIVED')").update();
        whileStarting.accept(attempt);
        received.add(Collections.unmodifiableMap(new HashMap<>(variables)));
        int id = jdbc.sql("select max(id) from case_book").query(Integer.class).single();
        return new StartedCase("R-2026-%04d".formatted(id), "RECEIVED", Instant.parse("2026-02-02T09:30:00.123456Z"));
    }

    @Override
    public void begin(String message, String caseNumber, Map<String, ?> variables) {
        received.add(Collections.unmodifiableMap(new HashMap<>(variables)));
    }

    @Override
    public void begin(String message, Map<String, ?> variables) {
        received.add(Collections.unmodifiableMap(new HashMap<>(variables)));
    }

    @Override
    public Optional<StartedCase> find(String caseNumber) {
        return jdbc.sql("select state from case_book where id = ?")
                .param(Integer.parseInt(caseNumber.substring(caseNumber.length() - 4)))
                .query((row, index) ->
                        new StartedCase(caseNumber, row.getString("state"), Instant.parse("2026-02-02T09:30:00.123Z")))
                .optional();
    }

    @Override
    public void shown(String caseNumber, String to) {
        // This book keeps no trail.
    }

    @Override
    public int tell(String caseNumber, String message, Map<String, ?> variables) {
        return 0;
    }
}
