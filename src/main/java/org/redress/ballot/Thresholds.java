package org.redress.ballot;

import org.redress.engine.InvalidInput;

/**
 * The rules by which a ballot is decided, as {@code ballot-rules} gave them when it opened (membership-and-concern.md A.2,
 * E.6). All figures are per cent, 0 to 100, met when reached exactly.
 *
 * @param overallPercent favour among the votes cast, abstentions left out
 * @param pillarFloorPercent favour among the votes cast in each pillar
 * @param quorumPercent entitled electors who were present or voted
 * @param rulesVersion such as {@code 2025-07}
 * @param basis of the two majorities: SEED, SOURCE, KNOWLEDGE, INFERRED or PROPOSED
 * @param quorumBasis of the quorum
 * @param verified whether somebody has compared the figures with the rules themselves
 */
public record Thresholds(
        double overallPercent,
        double pillarFloorPercent,
        double quorumPercent,
        String rulesVersion,
        String basis,
        String quorumBasis,
        boolean verified) {

    public Thresholds {
        percent("overallPercent", overallPercent);
        percent("pillarFloorPercent", pillarFloorPercent);
        percent("quorumPercent", quorumPercent);
    }

    private static void percent(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new InvalidInput(name + ": " + value + " is no percentage from 0 to 100");
        }
    }
}
