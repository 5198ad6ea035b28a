package org.redress.remedy;

import java.util.stream.Stream;

/**
 * How far the money for the beginning of a remedy is there (remedy.md B.8 funding-gate, E12). Amounts are in the currency
 * of the plan's budget.
 *
 * @param need what the beginning costs: the first six months of Level 1, or the first phase of Level 2
 * @param received what was received for it
 * @param bridge bridge money until the money of others arrives; 0 for Level 2, which is never bridged
 */
record Funding(double need, double received, double bridge) {

    /** What is answered while money is raised; forms may leave some of it out, and some paths do not ask for it. */
    static final String[] ANSWERS = Stream.concat(
                    Stream.of(
                            "fundingDecision",
                            "fundingReason",
                            "shortFundsDecision",
                            "level1FirstNeed",
                            "level1Received",
                            "level1Covered",
                            "level1Missing",
                            "level2FirstNeed",
                            "level2Received",
                            "level2Covered",
                            "level2Missing"),
                    Stream.of("Smelter", "Downstream", "Partners", "Government", "Donor")
                            .flatMap(source -> Stream.of("Asked", "Pledged", "Received", "Conditions")
                                    .map(aspect -> "funds" + source + aspect)))
            .toArray(String[]::new);

    /** Per cent of the need that is there, bridge money included, rounded down: 100 means that nothing is missing. */
    int covered() {
        return need <= 0 ? 100 : (int) Math.floor((received + bridge) * 100 / need);
    }

    /** What is missing; 0 when nothing is. */
    double missing() {
        return Math.max(0, need - received - bridge);
    }

    boolean isBridged() {
        return bridge > 0;
    }
}
