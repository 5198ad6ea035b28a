package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The facts of a plan, counted from what people wrote into the forms and from the cases of the people registered, as the
 * decision {@code plan-gate} asks for them (remedy.md B.8).
 */
record PlanFacts(
        PlannedLevels levels,
        Map<String, ?> answers,
        PlanBudget budget,
        List<PlannedOutcome> outcomes,
        VictimCounts people) {

    /** Groups that are heard before anything is planned (guideline, step 3). */
    private static final List<String> GROUPS =
            List.of("Operator", "Victims", "Women", "Others", "Government", "Ngos", "Upstream", "Experts");

    /**
     * @param answers the variables of the case
     * @param people everybody who was registered in the case
     */
    static PlanFacts of(PlannedLevels levels, Map<String, ?> answers, VictimCounts people) {
        return new PlanFacts(levels, answers, PlanBudget.of(answers), PlannedOutcome.of(answers), people);
    }

    /** Everything that {@code plan-gate} takes; the counts of a level that is not planned are 0. */
    Map<String, Object> inputs() {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("facilitatorIndependent", facilitatorIndependent());
        inputs.put("groupsNotConsulted", groupsNotConsulted());
        inputs.put("doNoHarmAnalysed", is("doNoHarm", "YES"));
        inputs.put("budgetAttached", budget.covers(levels));
        // Nobody is asked for the annex before the plan is submitted: a draft is not at fault for that.
        inputs.put("privacyAnnexAttached", !is("anonymisedAnnex", "NO"));
        inputs.put("victimsWithoutPlan", people.withoutPlan());
        inputs.put("plansWithoutConsent", people.withoutConsent());
        inputs.put("childrenWithoutSpecialist", answers.get("childCover") == null ? people.children() : 0);
        inputs.put("childrenWithoutGuardian", people.childrenWithoutGuardian());
        inputs.put("childrenWithoutAgreement", people.childrenWithoutAgreement());
        inputs.put("servicesUnavailable", people.servicesUnavailable() + servicesNotThere());
        inputs.put("goalsWithoutFit", people.goalsWithoutFit());
        inputs.put("plansWithoutMonitoring", people.withoutReachableMonitoring());
        inputs.put(PlanProcess.LEVEL1_DESIGNED, !Boolean.FALSE.equals(answers.get(PlanProcess.LEVEL1_DESIGNED)));
        inputs.put("outcomes", outcomes.size());
        inputs.put("outcomesWithoutBaseline", outcomes(outcome -> outcome.baseline() == null));
        inputs.put("outcomesWithoutIndicator", outcomes(outcome -> outcome.indicator() == null));
        inputs.put("outcomesWithoutTarget", outcomes(outcome -> outcome.target() == null));
        inputs.put("outcomesWithoutDate", outcomes(outcome -> outcome.targetDate() == null));
        inputs.put("outcomesWithoutSource", outcomes(outcome -> outcome.source() == null));
        inputs.put("outcomesUnrealistic", outcomes(outcome -> !outcome.realistic()));
        return inputs;
    }

    /** Signed before the engagement, not related to a smelter, and nothing has changed since. */
    private boolean facilitatorIndependent() {
        return Boolean.TRUE.equals(answers.get("independenceStatement"))
                && is("facilitatorRelated", "NO")
                && is("independenceStands", "YES");
    }

    private int groupsNotConsulted() {
        return Math.toIntExact(GROUPS.stream()
                .filter(group -> is("consulted" + group, "NOT_YET"))
                .count());
    }

    private int servicesNotThere() {
        return answers.get("servicesNotThere") instanceof Number number ? number.intValue() : 0;
    }

    private int outcomes(Predicate<PlannedOutcome> which) {
        return Math.toIntExact(outcomes.stream().filter(which).count());
    }

    private boolean is(String name, String value) {
        return value.equals(answers.get(name));
    }
}
