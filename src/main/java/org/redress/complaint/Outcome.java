package org.redress.complaint;

import java.util.Map;

/**
 * An outcome that the rules allow, as the decision {@code allowed-outcomes} lists it (membership-and-concern.md E.5 DMN-9).
 *
 * @param code {@code NO_ACTION}, {@code RECOMMENDATIONS}, {@code INACTIVE} or {@code EXPULSION}
 * @param consensusNeeded whether the others must all agree
 * @param rule the row that allows it
 * @param basis how far the row is to be trusted
 */
record Outcome(String code, boolean consensusNeeded, String rule, String basis) {

    /** To end without a decision when nothing finds enough support; no rule forbids it [I]. */
    static final String NO_MOTION = "NO_MOTION";

    private static final Map<String, String> WORDS = Map.of(
            "NO_ACTION", "No further action",
            "RECOMMENDATIONS", "Recommendations to the member",
            "INACTIVE", "The member becomes inactive",
            "EXPULSION", "The member is expelled");

    static Outcome of(Map<String, ?> row) {
        return new Outcome(
                String.valueOf(row.get("outcomeCode")),
                Boolean.TRUE.equals(row.get("consensusNeeded")),
                String.valueOf(row.get("rule")),
                String.valueOf(row.get("basis")));
    }

    /** What the outcome is called, for people. */
    static String words(String code) {
        return WORDS.getOrDefault(code, code);
    }

    /** As a choice of a select field; whoever chooses sees on what the rule stands. */
    Map<String, String> choice() {
        String need = consensusNeeded ? "needs the consensus of all others" : "consensus, or else a special majority";
        return Map.of(
                "value",
                code,
                "label",
                words(code) + " (" + need + "; rule " + rule + ", " + basis + ", to be verified)");
    }

    static Map<String, String> noMotion() {
        return Map.of("value", NO_MOTION, "label", "No motion finds enough support: end without a decision (INFERRED)");
    }
}
