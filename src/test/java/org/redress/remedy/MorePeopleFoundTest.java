package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E06: more people are found than were known (remedy.md A.8); {@link SixBecomeFifteenTest} tells the whole of such a case. */
class MorePeopleFoundTest extends UnderWay {

    @Test
    void nineMoreAreHelpedAtOnceAndAnAdditionThatWasReturnedIsSettledAgainstTheGate() {
        remedyBegins();
        LocalDate start = today();
        travelThrough(start.plusMonths(1).plusDays(10) + "T09:00:00Z");
        found(9, 2);
        assertThat(lettersTo("protection", caseNumber)).endsWith("more-victims");
        assertThat(lettersTo("facilitator", caseNumber)).endsWith("more-victims");
        assertThat(shown("facilitator", "task_selectCoordinator"))
                .as("somebody who protects children is wanted first")
                .containsEntry("childInCase", true);
        complete("facilitator", "task_selectCoordinator", with(RemedyForms.coordinator(), childCover()));
        nineAreRegistered();
        assertThat(tasks("vsc", "task_immediateNeeds"))
                .as("help for each begins at once, without any approval")
                .hasSize(9);

        assertThat(shown("facilitator", "task_costAddition"))
                .containsEntry("withoutPlan", 9)
                .containsEntry("budgetLevel1", 13200.0);
        onlyTheFacilitatorCostsTheAddition();
        complete("facilitator", "task_costAddition", addition(18000));
        assertThat(due("smelter", "task_endorsePlan")).isAfter(today());
        assertThat(reads("smelter", "task_endorsePlan")).contains("More people were found", "13200");
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(state()).as("the remedy goes on meanwhile").isEqualTo("IMPLEMENTING");
        assertThat(reads("audit-programme", "task_reviewPlan"))
                .contains("More people were found", "19800")
                .doesNotContain("Who was heard");
        complete(
                "audit-programme",
                "task_reviewPlan",
                with(
                        RemedyForms.planApproved(),
                        Map.of(
                                "planOutcome",
                                "RETURN",
                                "reviewDefects",
                                List.of("PG08 SERVICE_NOT_AVAILABLE"),
                                "reviewReason",
                                "Nine people have no case plan yet.")));
        assertThat(reads("facilitator", "task_costAddition")).contains("round 1 of 3", "Nine people have no case plan");
        complete(
                "facilitator",
                "task_costAddition",
                with(addition(18000), Map.of("changeNote", "The plans are made with each person this week.")));
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        complete(
                "audit-programme",
                "task_settlePlanReview",
                Map.of(
                        "planOutcome", "APPROVE",
                        "settlePlanReason", "Money is needed now, the plans follow within the week."));

        assertThat(ofTheCase("budgetLevel1")).as("150 per cent more").isEqualTo("33000.0");
        assertThat(ofTheCase("budgetApproved")).isEqualTo("33000.0");
        assertThat(variable(process("implement-remedy"), "budgetLevel1")).contains(33000.0);
        assertThat(lettersTo("smelter", caseNumber)).endsWith("plan-decided", "plan-widened");
        assertThat(visits("end_planWidened")).isEqualTo(1);
        assertThat(state()).isEqualTo("IMPLEMENTING");
        travelThrough(start.plusMonths(6) + "T09:00:00Z");
        assertThat(due("facilitator", "task_monitoringReport"))
                .as("the monitoring clock was not reset")
                .isEqualTo(start.plusMonths(6));
    }

    private void onlyTheFacilitatorCostsTheAddition() {
        Task task = task("facilitator", "task_costAddition");
        for (String other : new String[] {"smelter", "smelter-b", "downstream", "vsc", "provider", "audit-programme"}) {
            assertThat(sees(other)).as(other).doesNotContain("task_costAddition");
            assertThatThrownBy(() -> as(other).complete(task, addition(1)))
                    .as(other)
                    .isNotNull();
        }
    }

    @Test
    void aFewMoreAdultsAreNotedUntilTheyAddUpToMoreThanAFifth() {
        remedyBegins();
        found(1, 0);
        registeredAtOnce("NO");
        complete("facilitator", "task_costAddition", addition(1200));
        assertThat(visits("call_decideOnPlan"))
                .as("the plan itself, no second round")
                .isEqualTo(1);
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("14520.0");
        assertThat(ofTheCase("budgetApproved")).as("only noted").isEqualTo("13200.0");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("plan-widened");

        found(1, 0);
        registeredAtOnce("NO");
        complete("facilitator", "task_costAddition", addition(1300));
        assertThat(sees("smelter")).as("2750 of 13200 is more than a fifth").contains("task_endorsePlan");
    }

    @Test
    void aChildNobodySpokeOfAsksForSomebodyWhoProtectsChildrenAndForANewRound() {
        remedyBegins();
        found(1, 0);
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", person("YES", "NO"));
        assertThat(sees("facilitator")).contains("task_selectCoordinator").doesNotContain("task_costAddition");
        complete("facilitator", "task_selectCoordinator", with(RemedyForms.coordinator(), childCover()));
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("NO"));
        complete("facilitator", "task_costAddition", addition(100));
        assertThat(sees("smelter")).contains("task_endorsePlan");
    }

    @Test
    void whileThePlanIsDrawnUpTheyBecomePartOfIt() {
        remedyIsOwed();
        planIsDrawnUp();
        found(1, 0);
        registeredAtOnce("NO");
        assertThat(visits("end_partOfPlan")).isEqualTo(1);
        assertThat(sees("vsc")).contains("task_immediateNeeds");
        complete("facilitator", "task_costPlan", RemedyForms.costs());
        assertThat(shown("facilitator", "task_submitPlan")).containsEntry("victimsRegistered", 2);
    }

    @Test
    void beforeAnythingIsPlannedTheNumberSimplyCounts() {
        receive("2026-03-02T09:30:00Z", with(Scenario.of("S19").grievance(), Map.of("affectedEstimate", 6)));
        fireDueJobs();
        found(4, 0);
        assertThat(ofTheCase("affectedEstimate")).isEqualTo("10");
        found(3, 1);
        assertThat(shown("downstream", "task_screenCredibility")).containsEntry("affectedEstimate", 13);
        assertThat(ofTheCase("childrenInvolved")).isEqualTo("true");
        assertThat(visits("end_peopleCounted")).isEqualTo(2);
        assertThat(lettersTo("audit-programme", caseNumber))
                .as("it has no such case yet")
                .isEmpty();
    }

    @Test
    void afterClosingTheyAreNewInformation() {
        Scenario scenario = Scenario.of("S10");
        receive("2026-03-02T09:30:00Z", scenario.grievance());
        fireDueJobs();
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("downstream", "task_refer", Step1.noReferral());
        assertThat(state()).isEqualTo("CLOSED_NOT_ACTIONABLE");
        found(5, 0);
        assertThat(visits("end_newInformation")).isEqualTo(1);
        assertThat(lettersTo("audit-programme", caseNumber)).endsWith("new-information");
    }

    @ParameterizedTest(name = "{0}, Level 1 {1}, coordinator {2}: {3}")
    @CsvSource({
        "SCREENING, false, false, BEFORE",
        "LEVEL_DECIDED, false, false, BEFORE",
        "PLANNING, true, false, BEFORE",
        "PLANNING, true, true, PLANNING",
        "PLAN_RETURNED, true, true, PLANNING",
        "FUNDING, true, true, APPROVED",
        "CLOSING_REVIEW, true, true, APPROVED",
        "MONITORING, false, false, CLOSED",
        "CLOSED_PARTIAL, true, true, CLOSED",
        "LESSONS, true, true, CLOSED",
        "TRANSFERRED, false, false, CLOSED"
    })
    void howFarTheCaseIsDecidesWhatIsDone(String state, boolean level1, boolean coordinated, WideningStage stage) {
        assertThat(WideningStage.of(state, level1, coordinated)).isEqualTo(stage);
    }

    // What people do

    private void found(int people, int children) {
        assertThat(cases.tell(caseNumber, "more-people-found", Map.of("moreFound", people, "childrenFound", children)))
                .isEqualTo(1);
        fireDueJobs();
    }

    private void registeredAtOnce(String child) {
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", person(child, "NO"));
    }

    private void nineAreRegistered() {
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        for (int number = 1; number <= 9; number++) {
            complete("vsc", "task_registerVictim", person(number <= 2 ? "YES" : "NO", number < 9 ? "YES" : "NO"));
        }
    }

    private static Map<String, Object> person(String child, String another) {
        Map<String, Object> person = new HashMap<>(RemedyForms.person(today()));
        person.put("isChild", child);
        person.put("personToRegister", another);
        if (child.equals("YES")) {
            person.put("guardianImplicated", "NO");
        }
        return person;
    }

    private static Map<String, Object> childCover() {
        return Map.of("childCover", "SPECIALISED");
    }

    private static Map<String, Object> addition(int shelter) {
        return Map.of(
                "currency", "USD",
                "costShelter", shelter,
                "contingency", 10,
                "planSummary", "Shelter and company for the people who were found.",
                "doNoHarm", "YES",
                "independenceStands", "YES",
                "anonymisedAnnex", "YES");
    }
}
