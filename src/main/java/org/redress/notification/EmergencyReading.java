package org.redress.notification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.redress.engine.SystemWork;
import org.redress.vault.GlassBroken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells the data protection officers that somebody reads a case in an emergency: the letter is kept with the grant or not at
 * all, the mail goes at once, or with the sweep. Where the only officer is the one who reads, whoever oversees is told too.
 */
@Component
class EmergencyReading {

    private static final Logger LOG = LoggerFactory.getLogger(EmergencyReading.class);
    private static final String LETTER = "break-glass";

    private final Notifications notifications;
    private final Addressees addressees;
    private final SystemWork asTheSystem;

    EmergencyReading(Notifications notifications, Addressees addressees, SystemWork asTheSystem) {
        this.asTheSystem = asTheSystem;
        this.notifications = notifications;
        this.addressees = addressees;
    }

    @EventListener
    void write(GlassBroken broken) {
        // Who reads sees not all accounts.
        asTheSystem.run(() -> notifications.keep(notice(broken)));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(GlassBroken broken) {
        try {
            asTheSystem.run(() -> notifications.send(notice(broken)));
        } catch (RuntimeException e) {
            LOG.warn(
                    "A mail of the outbox waits for the sweep: {}", e.getClass().getSimpleName());
        }
    }

    private Notice notice(GlassBroken broken) {
        Addressee officers = new Addressee("dpo", null);
        List<Notice.Post> posts = new ArrayList<>(List.of(new Notice.Post(LETTER, officers)));
        boolean somebodyElse =
                addressees.people(officers).stream().map(Person::id).anyMatch(id -> !id.equals(broken.reader()));
        if (!somebodyElse) {
            posts.add(new Notice.Post(LETTER, new Addressee(Roles.OVERSEER, null)));
        }
        return new Notice(
                LETTER + "/" + broken.id(),
                broken.caseNumber(),
                LETTER,
                posts,
                new Facts(broken.caseNumber(), broken.since()));
    }

    private record Facts(String caseNumber, Instant since) implements CaseFacts {

        @Override
        public @Nullable Object variable(String name) {
            return switch (name) {
                case "caseNumber" -> caseNumber;
                case "since" -> since;
                default -> null;
            };
        }

        @Override
        public Span clock(String id) {
            throw new IllegalArgumentException("There is no clock in this letter");
        }
    }
}
