package org.redress.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals, when a node starts and with each sweep, the letters that lie there in plain: from before the vault kept them, or
 * written by a node of an earlier version since. Every letter is a transaction of its own: stopped, it goes on where it was.
 * What does not let itself be sealed is counted in {@code redress.letters.plain} and tried again.
 */
@Component
class PlainLetters implements ApplicationRunner, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(PlainLetters.class);
    private static final int AT_ONCE = 200;

    private final Letters letters;
    private final TransactionTemplate ownTransaction;

    PlainLetters(Letters letters, PlatformTransactionManager transactions) {
        this.letters = letters;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        sealAll();
    }

    /** Seals what lies open, and returns how many letters it came upon. */
    int sealAll() {
        int seen = 0;
        int failed = 0;
        List<Long> found = letters.unsealed(0, AT_ONCE);
        while (!found.isEmpty()) {
            for (long id : found) {
                failed += seal(id) ? 0 : 1;
            }
            seen += found.size();
            found = letters.unsealed(found.get(found.size() - 1), AT_ONCE);
        }
        if (seen > 0) {
            LOG.info("Letters that lay in plain: {}; not sealed yet: {}", seen, failed);
        }
        return seen;
    }

    private boolean seal(long id) {
        try {
            ownTransaction.executeWithoutResult(status -> {
                if (!letters.seal(id)) {
                    status.setRollbackOnly();
                }
            });
            return true;
        } catch (RuntimeException e) {
            LOG.error("The letter {} could not be sealed: {}", id, e.getClass().getSimpleName());
            return false;
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("redress.letters.plain", letters, Letters::countUnsealed)
                .description("Letters that are not sealed yet; more than none for long is a fault")
                .register(registry);
    }
}
