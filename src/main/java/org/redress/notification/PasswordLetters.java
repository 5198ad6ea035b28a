package org.redress.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.redress.engine.PasswordReset;
import org.redress.engine.Roles;
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

    private static final String LETTER = "password-set";

    private final HouseLetters letters;

    PasswordLetters(HouseLetters letters) {
        this.letters = letters;
    }

    @EventListener
    void write(PasswordReset reset) {
        letters.keep(() -> notice(reset));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(PasswordReset reset) {
        letters.send(() -> notice(reset));
    }

    private Notice notice(PasswordReset reset) {
        List<Notice.Post> posts = new ArrayList<>(List.of(new Notice.Post(LETTER, HouseLetters.OFFICERS)));
        if (letters.officersBeside(Set.of(reset.user(), reset.by())) == 0) {
            posts.add(new Notice.Post(LETTER, new Addressee(Roles.OVERSEER, null)));
        }
        return new Notice(
                LETTER + "/" + reset.user() + "/" + reset.at().toEpochMilli(),
                Notice.OF_NO_CASE,
                LETTER,
                posts,
                new HouseLetters.Facts(null, reset.at()));
    }
}
