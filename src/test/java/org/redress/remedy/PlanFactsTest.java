package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanFactsTest {

    private static final PlannedLevels BOTH = new PlannedLevels(true, true);

    @Test
    void aPlanThatNobodyWorkedOnHasEveryFaultThatFormsCanTell() {
        assertThat(inputs(Map.of()))
                .containsEntry("facilitatorIndependent", false)
                .containsEntry("doNoHarmAnalysed", false)
                .containsEntry("budgetAttached", false)
                .containsEntry("outcomes", 0)
                .containsEntry("victimsWithoutPlan", 0);
    }

    @Test
    void aGroupIsMissingOnlyIfItWasNeitherHeardNorExcused() {
        assertThat(inputs(Map.of(
                        "consultedOperator", "REFUSED",
                        "consultedVictims", "NOT_SAFE",
                        "consultedWomen", "NOT_YET",
                        "consultedUpstream", "NOT_THERE",
                        "consultedExperts", "NOT_YET")))
                .containsEntry("groupsNotConsulted", 2);
    }

    @Test
    void independenceMustBeDeclaredAndStillStand() {
        Map<String, Object> answers = new HashMap<>(
                Map.of("independenceStatement", true, "facilitatorRelated", "NO", "independenceStands", "YES"));
        assertThat(inputs(answers)).containsEntry("facilitatorIndependent", true);
        answers.put("independenceStands", "NO");
        assertThat(inputs(answers)).containsEntry("facilitatorIndependent", false);
    }

    @Test
    void anOutcomeIsMeasurableWhenIndicatorBaselineTargetDateAndSourceAreThere() {
        Map<String, Object> answers = new HashMap<>();
        answers.put("l2Outcomes", "2");
        answers.put("l2Outcome1", "Miners know and refuse");
        answers.put("l2Indicator1", "miners who attended");
        answers.put("l2Baseline1", 0);
        answers.put("l2Target1", 80);
        answers.put("l2TargetDate1", "2027-06-30");
        answers.put("l2Source1", "lists");
        answers.put("l2Realistic1", "YES");
        answers.put("l2Outcome2", "Teachers notice");
        answers.put("l2Source2", " ");
        answers.put("l2Realistic2", "NO");
        answers.put("l2Outcome3", "taken out again");
        assertThat(inputs(answers))
                .containsEntry("outcomes", 2)
                .containsEntry("outcomesWithoutIndicator", 1)
                .containsEntry("outcomesWithoutBaseline", 1)
                .containsEntry("outcomesWithoutTarget", 1)
                .containsEntry("outcomesWithoutDate", 1)
                .containsEntry("outcomesWithoutSource", 1)
                .containsEntry("outcomesUnrealistic", 1);
    }

    @Test
    void servicesThatTheCoordinatorNamesCountWithThoseOfTheCasePlans() {
        assertThat(inputs(Map.of("servicesNotThere", 2))).containsEntry("servicesUnavailable", 2);
    }

    @Test
    void aDraftIsNotAtFaultForTheAnnexThatIsAskedForOnSubmission() {
        assertThat(inputs(Map.of())).containsEntry("privacyAnnexAttached", true);
        assertThat(inputs(Map.of("anonymisedAnnex", "NO"))).containsEntry("privacyAnnexAttached", false);
    }

    private static Map<String, Object> inputs(Map<String, Object> answers) {
        return PlanFacts.of(BOTH, answers, new VictimCounts(List.of())).inputs();
    }
}
