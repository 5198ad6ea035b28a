package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;

/**
 * What keeps one person's case from ending (remedy.md A.5, the evidence that is asked for each person).
 *
 * @param followUpsAfterHandover contacts since the coordinator took over
 * @param openSafetyRisk whether a danger is not dealt with
 * @param helpOpen whether help is still planned, asked for or running
 * @param legalOptionsExplained whether the person knows their legal options
 */
record EndCheck(int followUpsAfterHandover, boolean openSafetyRisk, boolean helpOpen, boolean legalOptionsExplained) {

    static final String CLOSED = "CLOSED";
    static final String CLOSED_REFERRED = "CLOSED_REFERRED";

    /**
     * Codes of what is missing; empty when the case may end.
     *
     * @param outcome CLOSED, or CLOSED_REFERRED when others carry on, who then also carry on with open help
     */
    List<String> obstaclesTo(String outcome) {
        List<String> obstacles = new ArrayList<>();
        if (followUpsAfterHandover < VictimFacts.FOLLOW_UPS_ASKED) {
            obstacles.add("FOLLOW_UPS_MISSING");
        }
        if (openSafetyRisk) {
            obstacles.add("SAFETY_RISK_OPEN");
        }
        if (helpOpen && outcome.equals(CLOSED)) {
            obstacles.add("HELP_OPEN");
        }
        if (!legalOptionsExplained) {
            obstacles.add("LEGAL_OPTIONS_MISSING");
        }
        return obstacles;
    }
}
