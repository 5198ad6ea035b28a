package org.redress.vault;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseOpened;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What a case was told at its start is sealed before the case has a number. Its key waits here, for as long as the command
 * runs on this thread, until the number is known.
 */
@Component
class NewCases {

    private final ThreadLocal<Deque<Waiting>> waiting = ThreadLocal.withInitial(ArrayDeque::new);
    private final Vault vault;

    NewCases(Vault vault) {
        this.vault = vault;
    }

    private static final class Waiting {

        private final String key;
        private boolean bound;

        private Waiting(String key) {
            this.key = key;
        }
    }

    void begin(String key) {
        waiting.get().push(new Waiting(key));
    }

    /** @param caseNumber as the started process has it now; null if it has none */
    void end(@Nullable String caseNumber) {
        Waiting last = waiting.get().pop();
        if (waiting.get().isEmpty()) {
            waiting.remove();
        }
        if (!last.bound && caseNumber != null) {
            vault.bind(last.key, new Subject(caseNumber, null));
        }
    }

    @EventListener
    void opened(CaseOpened opened) {
        Waiting last = waiting.get().peek();
        if (last != null && !last.bound) {
            vault.bind(last.key, new Subject(opened.caseNumber(), null));
            last.bound = true;
        }
    }
}
