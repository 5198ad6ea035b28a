package org.redress.governance;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Lets open tasks follow the terms that begin or end with a day, once a minute. Every node sweeps, one after the other. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(value = "redress.office-sweep", matchIfMissing = true)
class OfficeSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OfficeSweep.class);

    private final Offices offices;

    OfficeSweep(Offices offices) {
        this.offices = offices;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void sweep() {
        try {
            offices.passOnWithTheDay();
        } catch (RuntimeException e) {
            // Somebody completed one of the tasks at the same moment, as a rule: the next minute finds the rest.
            LOG.warn("Open tasks could not follow the seats: {}", e.getClass().getSimpleName());
        }
    }
}
