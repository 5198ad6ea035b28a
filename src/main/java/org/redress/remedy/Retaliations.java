package org.redress.remedy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often people suffered for having spoken (remedy.md E19, D): the gauges {@code redress.retaliation.reported}, ever, and
 * {@code redress.retaliation.open}, not answered yet. Counted in the database, the same on every node; no case is named.
 */
@Component
class Retaliations implements MeterBinder {

    private final JdbcClient jdbc;
    private final Clock clock;

    Retaliations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Counts a report. Twice is as good as once. */
    void reported(String caseNumber, String report) {
        int known = jdbc.sql("select count(*) from retaliation_report where report = ?")
                .param(report)
                .query(Integer.class)
                .single();
        if (known == 0) {
            jdbc.sql("insert into retaliation_report (report, case_number, reported_at) values (?, ?, ?)")
                    .params(report, caseNumber, Timestamp.from(clock.instant()))
                    .update();
        }
    }

    /** Notes that it has stopped. */
    void answered(String report) {
        jdbc.sql("update retaliation_report set answered_at = ? where report = ? and answered_at is null")
                .params(Timestamp.from(clock.instant()), report)
                .update();
    }

    /** Whether somebody of the case suffers for having spoken, and it has not stopped. */
    boolean isOpen(String caseNumber) {
        return jdbc.sql("select count(*) from retaliation_report where case_number = ? and answered_at is null")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("redress.retaliation.reported", this, all -> all.count("select count(*) from retaliation_report"))
                .description("Reports of retaliation, ever")
                .register(registry);
        Gauge.builder(
                        "redress.retaliation.open",
                        this,
                        all -> all.count("select count(*) from retaliation_report where answered_at is null"))
                .description("Reports of retaliation that are not answered yet")
                .register(registry);
    }

    private long count(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }
}
