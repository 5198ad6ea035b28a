package org.redress.ballot;

import java.time.Instant;

/**
 * That an elector stays out.
 *
 * @param by the account of who declared it; {@link #RULE} when the conflict check did, {@link #REGISTER} when the register
 *     of members did
 */
public record Recusal(RecusalReason reason, Instant at, String by) {

    /** The conflict check of the ballot itself. Nobody lifts what it says. */
    public static final String RULE = "rule";

    /** The register of members, in which the elector lost its part in decisions. */
    public static final String REGISTER = "register";
}
