package org.redress.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an outside system files: it passed every check, and begins a case.
 *
 * @param message the message that begins the case (contract.md, Names)
 * @param variables those of the message; what was not given is null
 * @param hash SHA-256 of the canonical body: equal for equal JSON
 */
record Filing(String message, Map<String, @Nullable Object> variables, String hash) {

    /** Says nothing of what was filed: it could end in a log. */
    @Override
    public String toString() {
        return message;
    }
}
