package org.redress.remedy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that keeps a plan from being approved, with the rule of {@code plan-gate} that names it (remedy.md B.8).
 *
 * @param rule such as {@code PG11}
 * @param defect such as {@code BASELINE_MISSING}
 */
record PlanDefect(String rule, String defect) {

    /** Level 1 came after the plan was designed. */
    static final PlanDefect LEVEL1_NOT_DESIGNED = new PlanDefect("PG21", "LEVEL1_NOT_DESIGNED");

    /** No outcome of Level 2 is designed. */
    static final PlanDefect OUTCOMES_MISSING = new PlanDefect("PG20", "OUTCOMES_MISSING");

    /** A defect as the reviewer picks it from the list of the gate's rules: rule and name, with a space between. */
    static PlanDefect picked(String choice) {
        String[] parts = choice.split(" ", 2);
        return new PlanDefect(parts[0], parts[1]);
    }

    static PlanDefect named(Map<String, ?> row) {
        return new PlanDefect(String.valueOf(row.get("rule")), String.valueOf(row.get("defect")));
    }

    /** The gate's and the reviewer's defects, each rule once. */
    static List<PlanDefect> together(Collection<? extends Map<String, ?>> gate, Collection<String> picked) {
        Map<String, PlanDefect> byRule = new LinkedHashMap<>();
        gate.stream().map(PlanDefect::named).forEach(defect -> byRule.put(defect.rule(), defect));
        picked.stream().map(PlanDefect::picked).forEach(defect -> byRule.putIfAbsent(defect.rule(), defect));
        return List.copyOf(byRule.values());
    }
}
