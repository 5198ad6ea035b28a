package org.redress.remedy;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Reference;
import org.redress.vault.Vault;
import org.springframework.stereotype.Component;

/**
 * Answers of survivors by which the house has to go, though the engine holds no more than a reference to them (remedy.md C.1,
 * docs/vault.md): they are opened where a form is completed, on record, and what is written beside them says only which way
 * the case takes.
 */
@Component
final class SealedChoices {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

    private final Vault vault;

    SealedChoices(Vault vault) {
        this.vault = vault;
    }

    /**
     * Whether the answer is yes. One that was erased, or is of another case, is none.
     *
     * @param held what the engine holds: a reference; null where nothing was answered
     * @param caseNumber the case in which it was answered
     * @param purpose what it is opened for; kept in the read log
     */
    boolean isYes(@Nullable Object held, String caseNumber, String purpose) {
        return isOneOf(Set.of("YES"), held, caseNumber, purpose);
    }

    /**
     * Whether the answer is one of these. One that was erased, or is of another case, is none.
     *
     * @param answers the answers that are looked for
     * @param held what the engine holds: a reference; null where nothing was answered
     * @param caseNumber the case in which it was answered
     * @param purpose what it is opened for; kept in the read log
     */
    boolean isOneOf(Set<String> answers, @Nullable Object held, String caseNumber, String purpose) {
        return answer(held, caseNumber, purpose).filter(answers::contains).isPresent();
    }

    /**
     * What was answered; nothing where nobody answered, where the answer was erased, and where it is of another case.
     *
     * @param held what the engine holds: a reference
     * @param caseNumber the case in which it was answered
     * @param purpose what it is opened for; kept in the read log
     */
    Optional<String> answer(@Nullable Object held, String caseNumber, String purpose) {
        return held instanceof String reference && Reference.is(reference)
                ? vault.open(reference, caseNumber, purpose)
                : Optional.empty();
    }

    /** A count; 0 where none is kept, what was kept is erased, or is no count: its text stands in no exception. One of this very transaction is not sealed yet. */
    int number(@Nullable Object held, String caseNumber, String purpose) {
        if (held instanceof Number number) {
            return number.intValue();
        }
        return held instanceof String reference && Reference.is(reference)
                ? vault.open(reference, caseNumber, purpose)
                        .filter(count -> COUNT.matcher(count).matches())
                        .map(Integer::valueOf)
                        .orElse(0)
                : 0;
    }
}
