package org.redress.notification;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Sends, once a minute, what no job sends any more: mails from before there was an SMTP server, or whose job has failed
 * for good. Every node sweeps; the outbox keeps them apart.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(value = "redress.outbox-sweep", matchIfMissing = true)
class OutboxSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxSweep.class);
    private static final int PEOPLE_A_ROUND = 200;

    private final Outbox outbox;
    private final PlainLetters plain;

    OutboxSweep(Outbox outbox, PlainLetters plain) {
        this.outbox = outbox;
        this.plain = plain;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void sweep() {
        try {
            outbox.sweep(PEOPLE_A_ROUND);
            plain.sealAll();
        } catch (RuntimeException e) {
            LOG.warn("The outbox could not be swept: {}", e.getClass().getSimpleName());
        }
    }
}
