package org.redress.notification;

import java.util.List;
import org.redress.engine.Roles;
import org.redress.vault.ErasureNews;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells all who may hold and erase, and whoever oversees, that a legal hold was lifted, an erasure asked for or done: whoever
 * set the hold is one of them. In letters of no case, since those of the case would go with it, unread.
 */
@Component
class ErasureLetters {

    private static final List<String> TOLD = List.of(HouseLetters.OFFICERS.role(), "legal", Roles.OVERSEER);

    private final HouseLetters letters;

    ErasureLetters(HouseLetters letters) {
        this.letters = letters;
    }

    @EventListener
    void write(ErasureNews news) {
        letters.keep(() -> notice(news));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void send(ErasureNews news) {
        letters.send(() -> notice(news));
    }

    private static Notice notice(ErasureNews news) {
        String letter =
                switch (news.what()) {
                    case HOLD_LIFTED -> "hold-lifted";
                    case ERASURE_ASKED -> "erasure-asked";
                    case ERASED -> "erasure-done";
                };
        return new Notice(
                letter + "/" + news.caseNumber() + "/" + news.by() + "/"
                        + news.at().toEpochMilli(),
                Notice.OF_NO_CASE,
                letter,
                TOLD.stream()
                        .map(role -> new Notice.Post(letter, new Addressee(role, null)))
                        .toList(),
                new HouseLetters.Facts(news.caseNumber(), news.at()));
    }
}
