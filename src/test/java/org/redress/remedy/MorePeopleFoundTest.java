package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E06: more people are found than were known (remedy.md A.8); {@link SixBecomeFifteenTest} tells the whole of such a case. */
class MorePeopleFoundTest extends UnderWay {

    @Test
    @DisplayName(
            "E06 More people are found: nine more are helped at once and an addition that was returned is settled against the gate")
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
        theAdditionIsPaidForBeforeItBegins();
        assertThat(state()).isEqualTo("IMPLEMENTING");
        travelThrough(start.plusMonths(6) + "T09:00:00Z");
        assertThat(due("facilitator", "task_monitoringReport"))
                .as("the monitoring clock was not reset")
                .isEqualTo(start.plusMonths(6));
    }

    private void theAdditionIsPaidForBeforeItBegins() {
        assertThat(shown("facilitator", "task_raiseFunds"))
                .as("the added amount alone, and nothing of the money of the plan")
                .containsEntry("budgetLevel1", 19800.0)
                .containsEntry("forAddition", true)
                .doesNotContainKeys("level1Received", "fundsSmelterReceived");
        assertThat(reads("facilitator", "task_raiseFunds")).contains("people who were found after the plan");
        assertThat(due("facilitator", "task_raiseFunds"))
                .as("D15, urgent since a child was registered (B.9): 48 hours")
                .isEqualTo(today().plusDays(2));
        assertThat(sees("smelter")).contains("task_sayWhatYouGive").doesNotContain("task_raiseFunds");
        assertThat(sees("smelter-b")).doesNotContain("task_raiseFunds", "task_sayWhatYouGive");
        assertThat(sees("facilitator")).doesNotContain("task_startAddition");
        assertThat(state()).as("the remedy goes on meanwhile").isEqualTo("IMPLEMENTING");
        complete("facilitator", "task_raiseFunds", funds(9900));
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        assertThat(shown("facilitator", "task_startAddition"))
                .containsEntry("budgetAddition", 19800.0)
                .containsEntry("level1Covered", 100);
        Task begin = task("facilitator", "task_startAddition");
        for (String other : new String[] {"smelter", "downstream", "vsc", "audit-programme"}) {
            assertThatThrownBy(() -> as(other).complete(begin, begun()))
                    .as(other)
                    .isNotNull();
        }
        complete("facilitator", "task_startAddition", begun());
        assertThat(visits("end_additionBegun")).isEqualTo(1);
        assertThat(ofTheCase("budgetLevel1")).as("the plan with its addition").isEqualTo("33000.0");
    }

    /** E06: two additions that are open at a time are weighed together. */
    @Test
    @DisplayName(
            "E06 More people are found: two additions that are costed at the same time add up to more than a fifth")
    void twoAdditionsThatAreCostedAtTheSameTimeAddUpToMoreThanAFifth() {
        remedyBegins();
        found(1, 0);
        registeredAtOnce("NO");
        found(1, 0);
        registeredAtOnce("NO");
        List<Task> open = tasks("facilitator", "task_costAddition");
        assertThat(open).hasSize(2);
        as("facilitator").complete(open.get(0), addition(2000));
        fireDueJobs();
        assertThat(visits("call_decideOnPlan")).as("2200 of 13200 is noted").isEqualTo(1);
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("15400.0");
        as("facilitator").complete(open.get(1), addition(2000));
        fireDueJobs();
        assertThat(visits("call_decideOnPlan")).as("4400 of 13200 is a third").isEqualTo(2);
        assertThat(ofTheCase("budgetLevel1"))
                .as("nothing more before it is decided")
                .isEqualTo("15400.0");
    }

    /** E06, E12: as for the plan, people do not wait for those who do not pay. */
    @Test
    @DisplayName(
            "E06 More people are found: an addition that nobody pays for is reminded of, taken higher and decided on with short funds")
    void anAdditionThatNobodyPaysForIsRemindedOfTakenHigherAndDecidedOnWithShortFunds() {
        remedyBegins();
        found(1, 0);
        registeredAtOnce("NO");
        assertThat(sees("vsc")).as("protected before anybody pays").contains("task_immediateNeeds");
        complete("facilitator", "task_costAddition", addition(1200));
        LocalDate noted = today();
        travelThrough(noted.plusDays(15) + "T23:59:59Z");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("funding-gap");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("funding-gap");
        travelThrough(noted.plusDays(30) + "T23:59:59Z");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("funding-overdue");
        complete("facilitator", "task_raiseFunds", funds(0));
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "BRIDGE", "bridgeFund", 100));
        assertThat(shown("downstream", "task_offerBridge")).containsEntry("level1Missing", 9800.0);
        travelThrough(noted.plusDays(45) + "T23:59:59Z");
        assertThat(sees("downstream")).doesNotContain("task_offerBridge");
        assertThat(reads("audit-programme", "task_decideOnShortFunds"))
                .contains("people who were found after the plan");
        complete(
                "audit-programme",
                "task_decideOnShortFunds",
                Map.of(
                        "shortFundsDecision",
                        "BRIDGE",
                        "bridgePool",
                        1320,
                        "safetyKept",
                        true,
                        "shortFundsReason",
                        "The pool carries it until the smelter pays."));
        complete("facilitator", "task_startAddition", begun());
        assertThat(visits("end_additionBegun")).isEqualTo(1);
    }

    /** E06: what is added while the money of the plan is raised is raised with it. */
    @Test
    @DisplayName("E06 More people are found: while the money of the plan is raised the addition is raised with it")
    void whileTheMoneyOfThePlanIsRaisedTheAdditionIsRaisedWithIt() {
        remedyIsOwed();
        planIsDrawnUp();
        planIsApproved();
        found(1, 0);
        registeredAtOnce("NO");
        complete("facilitator", "task_costAddition", addition(1200));
        assertThat(visits("end_planWidened")).isEqualTo(1);
        assertThat(tasks("facilitator", "task_raiseFunds")).hasSize(1);
        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("budgetLevel1", 14520.0)
                .doesNotContainKey("forAddition");
    }

    /** E06, E13, E15: the panel wants another facilitator; custody goes over, and the addition is costed again. */
    @Test
    @DisplayName("E06 More people are found: the panel wants another facilitator for the addition")
    void thePanelWantsAnotherFacilitatorForTheAddition() {
        theAdditionIsRejectedAndAnotherFacilitatorWanted();
        complete(
                "audit-programme",
                "task_chooseSuccessor",
                Map.of("handingOver", "NO", "handingDecision", "Nobody else can be found in the country."));
        assertThat(reads("facilitator", "task_costAddition")).contains("round 1 of 3");
        assertThat(visits("call_handOverCustody")).isEqualTo(1);
    }

    /** E06, E13, E15: rounds are of a facilitator. */
    @Test
    @DisplayName("E06 More people are found: another facilitator who costs the addition begins with three rounds")
    void anotherFacilitatorWhoCostsTheAdditionBeginsWithThreeRounds() {
        anotherFacilitatorIsThere();
        theAdditionIsRejectedAndAnotherFacilitatorWanted();
        anotherFacilitatorTakesOver();
        assertThat(sees("facilitator")).doesNotContain("task_costAddition");
        assertThat(reads(OTHER_FACILITATOR, "task_costAddition"))
                .contains("You take over from another facilitator", "never talked over with the people")
                .doesNotContain("of 3)");
        complete(OTHER_FACILITATOR, "task_costAddition", addition(18000));
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(shown("audit-programme", "task_reviewPlan")).containsEntry("planRounds", 1);
    }

    private void theAdditionIsRejectedAndAnotherFacilitatorWanted() {
        remedyBegins();
        found(1, 0);
        registeredAtOnce("NO");
        complete("facilitator", "task_costAddition", addition(18000));
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete(
                "audit-programme",
                "task_reviewPlan",
                with(
                        RemedyForms.planApproved(),
                        Map.of(
                                "planOutcome",
                                "REJECT_AND_ESCALATE",
                                "reviewReason",
                                "The addition was never talked over with the people.")));
        complete("audit-programme", "task_convenePanel", RemedyForms.anotherFacilitator(today()));
        complete("audit-programme-2", "task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));
        assertThat(sees("facilitator"))
                .as("not before it is settled who costs it")
                .doesNotContain("task_costAddition");
        assertThat(reads("audit-programme", "task_chooseSuccessor"))
                .contains("is to be replaced, as the panel decided on the plan");
    }

    private static Map<String, Object> funds(double received) {
        return Map.of("level1FirstNeed", 9900, "fundsSmelterReceived", received, "level1Received", received);
    }

    private static Map<String, Object> begun() {
        return Map.of("additionStartedOn", today().toString(), "additionAgreed", "ALL");
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
    @DisplayName("E06 More people are found: a few more adults are noted until they add up to more than a fifth")
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
    @DisplayName(
            "E06 More people are found: a child nobody spoke of asks for somebody who protects children and for a new round")
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
    @DisplayName("E06 More people are found: while the plan is drawn up they become part of it")
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
    @DisplayName("E06 More people are found: before anything is planned the number simply counts")
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
    @DisplayName("E06 More people are found: after closing they are new information")
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
    @DisplayName("E06 More people are found: how far the case is decides what is done")
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
            person.put("childGuardianPart", "NO");
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
