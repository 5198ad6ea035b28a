package org.redress.notification;

import java.util.List;
import java.util.Locale;
import org.redress.engine.Person;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives notice: writes the letters, puts a mail to each of their readers in the outbox, then sends. Given again with the
 * same key, it writes nothing twice and sends only what is unsent.
 */
@Component
@EnableConfigurationProperties(NotificationSettings.class)
class Notifications {

    private final Letters letters;
    private final LetterTemplates templates;
    private final Outbox outbox;
    private final Addressees addressees;
    private final TransactionTemplate ownTransaction;

    Notifications(
            Letters letters,
            LetterTemplates templates,
            Outbox outbox,
            Addressees addressees,
            PlatformTransactionManager transactions) {
        this.letters = letters;
        this.templates = templates;
        this.outbox = outbox;
        this.addressees = addressees;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Gives a notice.
     *
     * @throws IllegalArgumentException if a letter has no template or needs a fact that the case has not
     * @throws MailNotSent if the letters are kept but a mail could not be sent
     */
    void give(Notice notice) {
        List<Written> written =
                notice.posts().stream().map(post -> write(notice, post)).toList();
        // Committed before the first mail goes: a mail must not announce a letter that is not there.
        ownTransaction.executeWithoutResult(status -> written.forEach(letter -> keep(notice, letter)));
        outbox.send(notice.key());
    }

    /** Keeps the letters of a notice and puts its mails in the outbox, in the transaction that runs, without sending. */
    void keep(Notice notice) {
        notice.posts().forEach(post -> keep(notice, write(notice, post)));
    }

    /**
     * Sends what of a kept notice is unsent.
     *
     * @throws MailNotSent if a mail could not be sent
     */
    void send(Notice notice) {
        outbox.send(notice.key());
    }

    private Written write(Notice notice, Notice.Post post) {
        Addressee addressee = post.addressee();
        return new Written(
                post,
                templates.write(post.letter(), language(notice, addressee), notice.facts()),
                addressees.people(addressee));
    }

    private void keep(Notice notice, Written letter) {
        if (letters.keep(messageKey(notice, letter.post()), notice, letter.post(), letter.text())) {
            letter.readers().stream()
                    .filter(person -> !person.mailAddress().isEmpty())
                    .forEach(person -> outbox.put(notice.key(), person));
        }
    }

    /** Complainants are written to in the language that they asked for. */
    private static Locale language(Notice notice, Addressee addressee) {
        return addressee.isComplainant() && notice.facts().variable("language") instanceof String tag
                ? Locale.forLanguageTag(tag)
                : Locale.ENGLISH;
    }

    private static String messageKey(Notice notice, Notice.Post post) {
        Addressee addressee = post.addressee();
        String organisation = addressee.organisation() == null ? "" : "." + addressee.organisation();
        return notice.key() + "/" + post.letter() + "/" + addressee.role() + organisation;
    }

    private record Written(Notice.Post post, LetterText text, List<Person> readers) {}
}
