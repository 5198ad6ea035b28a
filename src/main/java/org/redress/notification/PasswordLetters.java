package org.redress.notification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.PasswordReset;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.redress.engine.SystemWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells the data protection officers that somebody set another person's password: the letter is kept with the password or not
 * at all, the mail goes at once, or with the sweep. Where no officer is left whose account it is not and who did not do it,
 * whoever oversees is told too. The letter is about no case, and names no account: these are on the record.
 */
@Component
class PasswordLetters {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordLetters.class);
    private static final String LETTER = "password-set";

    private final Notifications notifications;
    private final Addressees addressees;
    private final SystemWork asTheSystem;

    PasswordLetters(Notifications notifications, Addressees addressees, SystemWork asTheSystem) {
        this.notifications = notifications;
        this.addressees = addressees;
        this.asTheSystem = asTheSystem;
    }

    @EventListener
    void write(PasswordReset reset) {
        asTheSystem.run(() -> notifications.keep(notice(reset)));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(PasswordReset reset) {
        try {
            asTheSystem.run(() -> notifications.send(notice(reset)));
        } catch (RuntimeException e) {
            LOG.warn(
                    "A mail of the outbox waits for the sweep: {}", e.getClass().getSimpleName());
        }
    }

    private Notice notice(PasswordReset reset) {
        Addressee officers = new Addressee("dpo", null);
        List<Notice.Post> posts = new ArrayList<>(List.of(new Notice.Post(LETTER, officers)));
        Set<String> concerned = Set.of(reset.user(), reset.by());
        boolean somebodyElse =
                addressees.people(officers).stream().map(Person::id).anyMatch(id -> !concerned.contains(id));
        if (!somebodyElse) {
            posts.add(new Notice.Post(LETTER, new Addressee(Roles.OVERSEER, null)));
        }
        return new Notice(
                LETTER + "/" + reset.user() + "/" + reset.at().toEpochMilli(),
                Notice.OF_NO_CASE,
                LETTER,
                posts,
                new Facts(reset.at()));
    }

    private record Facts(Instant since) implements CaseFacts {

        @Override
        public @Nullable Object variable(String name) {
            return name.equals("since") ? since : null;
        }

        @Override
        public Span clock(String id) {
            throw new IllegalArgumentException("There is no clock in this letter");
        }
    }
}
