package org.redress.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.redress.notification.Outbox.State;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows the operator what waits: metrics {@code redress.outbox.waiting}, {@code redress.outbox.failed} and
 * {@code redress.outbox.erased}, and a detail of {@code /actuator/health}. Mails that wait never make the node unhealthy: the cases go on.
 */
@Component("outboxHealthIndicator")
class OutboxGauge implements HealthIndicator, MeterBinder {

    private final Outbox outbox;
    private final PostOffice postOffice;

    OutboxGauge(Outbox outbox, PostOffice postOffice) {
        this.outbox = outbox;
        this.postOffice = postOffice;
    }

    @Override
    public Health health() {
        Map<State, Long> counts = outbox.counts();
        return Health.up()
                .withDetail("smtp", postOffice.isOpen() ? "configured" : "none: mails wait")
                .withDetail("waiting", counts.getOrDefault(State.WAITING, 0L))
                .withDetail("failed", counts.getOrDefault(State.FAILED, 0L))
                .build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "redress.outbox.waiting", State.WAITING, "Mails that were not tried yet");
        gauge(registry, "redress.outbox.failed", State.FAILED, "Mails whose last try failed");
        gauge(registry, "redress.outbox.erased", State.ERASED, "Mails whose letters were erased before they went");
    }

    private void gauge(MeterRegistry registry, String name, State state, String description) {
        Gauge.builder(name, outbox, mails -> mails.counts().getOrDefault(state, 0L))
                .description(description)
                .register(registry);
    }
}
