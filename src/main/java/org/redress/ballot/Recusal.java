package org.redress.ballot;

import java.time.Instant;

/**
 * That an elector stays out.
 *
 * @param by the account of who declared it; {@link #RULE} when the conflict check did
 */
public record Recusal(RecusalReason reason, Instant at, String by) {

    /** The conflict check of the ballot itself. Nobody lifts what it says. */
    public static final String RULE = "rule";
}
