package org.redress.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Once a day, what is old goes from the access trail. Every node sweeps, and it is the same. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AccessTrailSweep {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTrailSweep.class);

    private final AccessTrail trail;

    AccessTrailSweep(AccessTrail trail) {
        this.trail = trail;
    }

    @Scheduled(initialDelayString = "PT7M", fixedDelayString = "PT24H")
    void sweep() {
        try {
            trail.forgetWhatIsOld();
        } catch (RuntimeException e) {
            // It is found again tomorrow.
            LOG.warn("Old readings stay for a day more: {}", e.getClass().getSimpleName());
        }
    }
}
