package org.redress.notification;

import org.redress.vault.CaseErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** When a case is erased, its letters go with it, and no mail tells of them any more: in the same transaction. */
@Component
class ErasedCases {

    private final Outbox outbox;
    private final Letters letters;

    ErasedCases(Outbox outbox, Letters letters) {
        this.outbox = outbox;
        this.letters = letters;
    }

    @EventListener
    void letGo(CaseErased erased) {
        outbox.erase(erased.caseNumber());
        letters.erase(erased.caseNumber());
    }
}
