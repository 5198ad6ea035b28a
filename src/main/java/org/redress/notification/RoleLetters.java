package org.redress.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.redress.engine.RoleGiven;
import org.redress.engine.Roles;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells the data protection officers that somebody put an account into a role or an organisation; where there are not two of
 * them whom it does not concern, or the role is theirs, whoever oversees is told too. Names no account and no role: these are
 * on the record.
 */
@Component
class RoleLetters {

    private static final String LETTER = "role-given";

    private final HouseLetters letters;

    RoleLetters(HouseLetters letters) {
        this.letters = letters;
    }

    @EventListener
    void write(RoleGiven given) {
        letters.keep(() -> notice(given));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(RoleGiven given) {
        letters.send(() -> notice(given));
    }

    private Notice notice(RoleGiven given) {
        List<Notice.Post> posts = new ArrayList<>(List.of(new Notice.Post(LETTER, HouseLetters.OFFICERS)));
        boolean theirs = given.group().equals(HouseLetters.OFFICERS.role());
        if (theirs || letters.officersBeside(Set.of(given.user(), given.by())) < 2) {
            posts.add(new Notice.Post(LETTER, new Addressee(Roles.OVERSEER, null)));
        }
        return new Notice(
                LETTER + "/" + given.user() + "/" + given.group() + "/"
                        + given.at().toEpochMilli(),
                Notice.OF_NO_CASE,
                LETTER,
                posts,
                new HouseLetters.Facts(null, given.at()));
    }
}
