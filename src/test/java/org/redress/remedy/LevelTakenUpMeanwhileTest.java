package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.Step1.with;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** E17, E22: a level is taken up while the plan, which was designed without it, is costed, submitted or decided on. */
class LevelTakenUpMeanwhileTest extends NewsArrives {

    /** E17: no approval counts for what nobody has planned. */
    @Test
    @DisplayName(
            "E17 A recommended level is declined: a plan that is approved without a level that was taken up meanwhile goes one more round")
    void aPlanThatIsApprovedWithoutALevelThatWasTakenUpMeanwhileGoesOneMoreRound() {
        onlyLevel2IsTakenUp();
        onlyLevel2IsDesigned();
        onlyLevel2IsSubmitted();
        assertThat(state()).isEqualTo("PLAN_SUBMITTED");
        novaTakesUpLevel1();
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).as("nobody has planned help for the people").isEqualTo("PLAN_RETURNED");
        assertThat(lettersTo("facilitator", caseNumber)).endsWith("plan-decided");
        assertThat(textsOfLetters(caseNumber, "plan-decided")).last().asString().contains("one more round");
        assertThat(reads("facilitator", "task_groundAnalysis")).contains("round 1 of 3", "taken up since");
        assertThat(shown("facilitator", "task_groundAnalysis", "returnDefects"))
                .contains("LEVEL1_NOT_DESIGNED", "PG21");
        assertThat(due("facilitator", "task_groundAnalysis"))
                .as("the time of a Level 1 plan from now on")
                .isEqualTo(today().plusDays(45));
        bothLevelsAreDesigned();
        complete("facilitator", "task_costPlan", RemedyForms.costs());
        complete(
                "facilitator",
                "task_submitPlan",
                with(RemedyForms.submission(), Map.of("changeNote", "Help for the people is part of it now.")));
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("smelter-b", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).isEqualTo("FUNDING");
        assertThat(ofTheCase("level1Planned")).isEqualTo("true");
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("13200.0");
    }

    /** E17: whoever costs or submits the plan reads that a level of it is not designed, and mends it first. */
    @Test
    @DisplayName("E17 A recommended level is declined: whoever submits the plan reads that a level is not designed")
    void whoeverSubmitsThePlanReadsThatALevelIsNotDesigned() {
        onlyLevel2IsTakenUp();
        onlyLevel2IsDesigned();
        novaTakesUpLevel1();
        complete("facilitator", "task_costPlan", RemedyForms.costs());
        assertThat(shown("facilitator", "task_submitPlan", "planDefects")).contains("LEVEL1_NOT_DESIGNED", "PG21");
        complete("facilitator", "task_submitPlan", Map.of("submission", "MEND"));
        bothLevelsAreDesigned();
        complete("facilitator", "task_costPlan", RemedyForms.costs());
        assertThat(reads("facilitator", "task_submitPlan")).contains("The plan gate names no defect.");
    }

    /** E17: the same for Level 2; what was returned for news does not use up the last round. */
    @Test
    @DisplayName(
            "E17 A recommended level is declined: Level 2 that is taken up meanwhile is designed before the approval counts")
    void level2ThatIsTakenUpMeanwhileIsDesignedBeforeTheApprovalCounts() {
        onlyLevel1IsSubmitted();
        for (int round = 1; round <= 2; round++) {
            complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
            complete(
                    "audit-programme",
                    "task_reviewPlan",
                    with(
                            RemedyForms.planApproved(),
                            Map.of(
                                    "planOutcome",
                                    "RETURN",
                                    "reviewDefects",
                                    List.of("PG17 DO_NO_HARM_MISSING"),
                                    "reviewReason",
                                    "How the help could do harm is not said.")));
            complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
            complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("NO"));
            complete("vsc", "task_confirmCasePlans", RemedyForms.casePlansStand(today()));
            onlyLevel1IsHandedIn(round);
        }
        novaIsAsked();
        novaAnswers("NO", "YES");
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).isEqualTo("PLAN_RETURNED");
        assertThat(reads("facilitator", "task_groundAnalysis")).contains("round 2 of 3");
        assertThat(shown("facilitator", "task_groundAnalysis", "returnDefects"))
                .contains("OUTCOMES_MISSING", "PG20")
                .doesNotContain("PG21", "PG17");
        assertThat(due("facilitator", "task_groundAnalysis")).isEqualTo(today().plusDays(90));
    }

    private void novaTakesUpLevel1() {
        novaIsAsked();
        novaAnswers("YES", "NO");
    }

    private void bothLevelsAreDesigned() {
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_selectCoordinator", RemedyForms.coordinator());
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", RemedyForms.person(today()));
        complete("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        complete("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        complete("vsc", "task_caseManagementPlan", VictimForms.plan("SHELTER"));
        complete("vsc", "task_confirmCasePlans", RemedyForms.casePlansStand(today()));
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
    }
}
