package org.redress.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.redress.engine.MailAddressChanged;
import org.redress.engine.Roles;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells a person that the mail address of their account was changed, whoever did it: by a letter, and by a mail to the address
 * that it had. That of an officer or an overseer is told to the others as well: what goes wrong is told to these by mail.
 */
@Component
class MailAddressLetters {

    private static final String LETTER = "mail-address-changed";
    private static final String OF_AN_OFFICER = "officer-mail-address-changed";

    private final HouseLetters letters;
    private final Addressees addressees;
    private final Outbox outbox;

    MailAddressLetters(HouseLetters letters, Addressees addressees, Outbox outbox) {
        this.letters = letters;
        this.addressees = addressees;
        this.outbox = outbox;
    }

    @EventListener
    void write(MailAddressChanged changed) {
        letters.keep(() -> notice(changed));
        if (!changed.former().isEmpty()) {
            outbox.putToFormer(key(changed), changed.user(), changed.former());
        }
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(MailAddressChanged changed) {
        letters.send(() -> notice(changed));
    }

    private Notice notice(MailAddressChanged changed) {
        List<Notice.Post> posts = new ArrayList<>(List.of(new Notice.Post(LETTER, Addressee.person(changed.user()))));
        Set<String> groups =
                addressees.person(changed.user()).map(person -> person.groups()).orElse(Set.of());
        if (groups.contains(HouseLetters.OFFICERS.role()) || groups.contains(Roles.OVERSEER)) {
            posts.add(new Notice.Post(OF_AN_OFFICER, HouseLetters.OFFICERS));
            posts.add(new Notice.Post(OF_AN_OFFICER, new Addressee(Roles.OVERSEER, null)));
        }
        return new Notice(key(changed), Notice.OF_NO_CASE, LETTER, posts, new HouseLetters.Facts(null, changed.at()));
    }

    private static String key(MailAddressChanged changed) {
        return LETTER + "/" + changed.user() + "/" + changed.at().toEpochMilli();
    }
}
