package org.redress.vault;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks once a day which of the engine's history is over ({@link PastHistory}, remedy.md A.7 D25). Every node does; the row of
 * the case keeps them apart. {@code redress.history.sweep: false} turns it off.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(value = "redress.history.sweep", matchIfMissing = true)
class HistorySweep {

    private static final Logger LOG = LoggerFactory.getLogger(HistorySweep.class);

    /** The rest waits for the next day. */
    private static final int AT_A_TIME = 1_000;

    private final PastHistory history;

    HistorySweep(PastHistory history) {
        this.history = history;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT24H")
    void sweep() {
        history.keepWhatHasADayToCome();
        for (PastHistory.Past past : history.over(AT_A_TIME)) {
            try {
                history.end(past);
            } catch (RuntimeException e) {
                // The others do not wait for it; it is found again tomorrow.
                LOG.warn(
                        "The history of {} could not be given over: {}",
                        past.caseNumber(),
                        e.getClass().getSimpleName());
            }
        }
    }
}
