package org.redress.notification;

import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Person;
import org.redress.engine.SystemWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Letters that tell the data protection officers what somebody did past the processes: kept in the transaction of the act or not
 * at all, while the mail goes at once afterwards, or with the sweep.
 */
@Component
class HouseLetters {

    static final Addressee OFFICERS = new Addressee("dpo", null);

    private static final Logger LOG = LoggerFactory.getLogger(HouseLetters.class);

    private final Notifications notifications;
    private final Addressees addressees;
    private final SystemWork asTheSystem;

    HouseLetters(Notifications notifications, Addressees addressees, SystemWork asTheSystem) {
        this.notifications = notifications;
        this.addressees = addressees;
        this.asTheSystem = asTheSystem;
    }

    /** Keeps it, in the transaction that runs: whoever acts sees not all accounts. */
    void keep(Supplier<Notice> notice) {
        asTheSystem.run(() -> notifications.keep(notice.get()));
    }

    /** Sends its mails; what does not go waits for the sweep. */
    void send(Supplier<Notice> notice) {
        try {
            asTheSystem.run(() -> notifications.send(notice.get()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "A mail of the outbox waits for the sweep: {}", e.getClass().getSimpleName());
        }
    }

    /** How many officers there are beside these. */
    long officersBeside(Set<String> concerned) {
        return addressees.people(OFFICERS).stream()
                .map(Person::id)
                .filter(id -> !concerned.contains(id))
                .count();
    }

    /**
     * All that such a letter may say: when it was, and in which case.
     *
     * @param caseNumber null where it concerns no case
     */
    record Facts(@Nullable String caseNumber, Instant since) implements CaseFacts {

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
