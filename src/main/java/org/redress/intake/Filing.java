package org.redress.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an outside system files: it passed every check, and begins a case. Its text says nothing: it could end in a log. */
interface Filing {

    /** The message that begins the case (contract.md, Names). */
    String message();

    /** The variables of the message; what was not given is null. */
    Map<String, @Nullable Object> variables();

    /** SHA-256 of the canonical body: equal for equal JSON. */
    String hash();
}
