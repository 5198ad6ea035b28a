package org.redress.remedy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether those who complained hear in time (remedy.md D, transparent: updates on time; A.7 D07, D08): the gauges {@code
 * redress.updates.on-time} and {@code redress.updates.late}, as far back as the record goes. What is open and overdue counts as
 * late, what the closing of a case made needless counts as neither. Counted in the database, the same on every node; no case
 * is named.
 */
@Component
class UpdatesOnTime implements MeterBinder {

    private static final String TOLD =
            """
            select count(*) from act_hi_taskinst
            where task_def_key_ in ('task_tellHowItStands', 'task_giveFeedback') and\s
            """;

    private final JdbcClient jdbc;

    UpdatesOnTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("redress.updates.on-time", this, UpdatesOnTime::onTime)
                .description("Updates and feedback that complainants got in time")
                .register(registry);
        Gauge.builder("redress.updates.late", this, UpdatesOnTime::late)
                .description("Updates and feedback that came late, or are late by now")
                .register(registry);
    }

    double onTime() {
        return count("delete_reason_ = 'completed' and end_time_ <= due_date_");
    }

    double late() {
        return count("(delete_reason_ = 'completed' and end_time_ > due_date_)"
                + " or (end_time_ is null and due_date_ < current_timestamp)");
    }

    private double count(String which) {
        return jdbc.sql(TOLD + "(" + which + ")").query(Long.class).single();
    }
}
