package org.redress.remedy;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks once a day for cases that are over and whose records nobody counts, and begins their clock (remedy.md A.7 D25). Every
 * node sweeps; the row of the case keeps them apart. {@code redress.retention-sweep: false} turns it off.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(value = "redress.retention-sweep", matchIfMissing = true)
class RetentionSweep {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSweep.class);

    /** The rest waits for the next day. */
    private static final int AT_A_TIME = 1_000;

    private final RecordsWorkflow records;

    RetentionSweep(RecordsWorkflow records) {
        this.records = records;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT24H")
    void sweep() {
        List<String> over = records.overWithoutClock(AT_A_TIME);
        for (String caseNumber : over) {
            try {
                records.beginWhereOver(caseNumber);
            } catch (RuntimeException e) {
                // The others do not wait for it; it is found again tomorrow.
                LOG.warn(
                        "The retention clock of {} could not begin: {}",
                        caseNumber,
                        e.getClass().getSimpleName());
            }
        }
    }
}
