package org.redress.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.redress.engine.Roles;
import org.redress.vault.GlassBroken;
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

    private static final String LETTER = "break-glass";

    private final HouseLetters letters;

    EmergencyReading(HouseLetters letters) {
        this.letters = letters;
    }

    @EventListener
    void write(GlassBroken broken) {
        letters.keep(() -> notice(broken));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(GlassBroken broken) {
        letters.send(() -> notice(broken));
    }

    private Notice notice(GlassBroken broken) {
        List<Notice.Post> posts = new ArrayList<>(List.of(new Notice.Post(LETTER, HouseLetters.OFFICERS)));
        if (letters.officersBeside(Set.of(broken.reader())) == 0) {
            posts.add(new Notice.Post(LETTER, new Addressee(Roles.OVERSEER, null)));
        }
        return new Notice(
                LETTER + "/" + broken.id(),
                broken.caseNumber(),
                LETTER,
                posts,
                new HouseLetters.Facts(broken.caseNumber(), broken.since()));
    }
}
