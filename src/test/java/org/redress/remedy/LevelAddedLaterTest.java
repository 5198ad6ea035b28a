package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.Lists;
import org.springframework.beans.factory.annotation.Autowired;

/** E17, E22: Level 2 is taken up, or owed, only after a plan was approved that holds Level 1 alone. */
@SuppressWarnings("NullAway.Init")
class LevelAddedLaterTest extends NewsArrives {

    @Autowired
    private ClosingProcess closing;

    /** E17. */
    @Test
    @DisplayName(
            "E17 A recommended level is declined: it is designed decided on paid for and carried out beside the remedy that runs")
    void itIsDesignedDecidedOnPaidForAndCarriedOutBesideTheRemedyThatRuns() {
        theRemedyForThePeopleBegins();
        novaIsAsked();
        assertThat(closing.open(caseNumber)).containsExactly("a level of which somebody is asked just now");
        novaTakesUpLevel2();
        assertThat(closing.open(caseNumber)).containsExactly("a level that is being added to the plan");
        assertThat(due("facilitator", "task_designLevel2"))
                .as("the time of a Level 2 plan")
                .isEqualTo(today().plusDays(90));
        onlyTheFacilitatorWorksOn("task_designLevel2", RemedyForms.awarenessWork());
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
        onlyTheFacilitatorWorksOn("task_costLevel2", costs());
        complete("facilitator", "task_costLevel2", costs());
        assertThat(ofTheCase("level2Planned")).as("not before it is approved").isEqualTo("false");
        assertThat(reads("smelter-b", "task_endorsePlan"))
                .contains("Level 2 is added to a plan that was approved", "Level 2 **22000", "Miners know and refuse")
                .doesNotContain("More people were found");
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("smelter-b", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(reads("audit-programme", "task_reviewPlan"))
                .contains("Level 2 is added to a plan that was approved", "The plan gate names no defect.")
                .doesNotContain("Who was heard");
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());

        assertThat(state()).as("the remedy goes on meanwhile").isEqualTo("IMPLEMENTING");
        assertThat(ofTheCase("level2Planned")).isEqualTo("true");
        assertThat(ofTheCase("budgetLevel2")).isEqualTo("22000.0");
        assertThat(ofTheCase("budgetLevel1")).as("not touched").isEqualTo("8800.0");
        assertThat(variable(process("implement-remedy"), "level2Planned")).contains(true);
        assertThat(lettersTo("smelter", caseNumber))
                .as("both smelters hear the decision, and what is added by it")
                .endsWith("plan-decided", "plan-decided", "level-added", "level-added");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("level-added");
        assertThat(lettersTo("vsc", caseNumber)).doesNotContain("level-added");
        assertThat(lettersTo("complainant", caseNumber)).doesNotContain("level-added");

        assertThat(sees("smelter-b"))
                .as("who took it up when heard again is asked what it gives")
                .contains("task_sayWhatYouGive");
        assertThat(sees("smelter"))
                .as("who declined Level 2 is not asked for its money")
                .doesNotContain("task_sayWhatYouGive");
        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("budgetLevel2", 22000.0)
                .doesNotContainKeys("level2Received", "fundsSmelterReceived");
        assertThat(reads("facilitator", "task_raiseFunds"))
                .contains("money for Level 2, which was added")
                .doesNotContain("people who were found");
        assertThat(sees("facilitator")).as("nothing begins unpaid").doesNotContain("task_l2Progress");
        complete("facilitator", "task_raiseFunds", funds(10000));
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        fireDueJobs();
        assertThat(visits("end_level2Begun")).isEqualTo(1);
        assertThat(sees("facilitator")).as("its programme runs").contains("task_l2Progress");
        assertThat(closing.open(caseNumber)).isEmpty();
    }

    /** E12, E17: Level 2 may come in phases; while it runs, the rest is raised. */
    @Test
    @DisplayName("E12 Money is short: it may begin in phases and the rest is raised")
    void itMayBeginInPhasesAndTheRestIsRaised() {
        onlyLevel1IsPlanned();
        novaIsAsked();
        novaTakesUpLevel2();
        level2IsDecidedOn();
        assertThat(tasks("facilitator", "task_raiseFunds"))
                .as("the plan's own money, too")
                .hasSize(2);
        assertThat(tasks("smelter-b", "task_sayWhatYouGive"))
                .as("which is for Level 1, and Nova takes up Level 2 alone")
                .hasSize(1);
        as("facilitator").complete(ofLevel2("facilitator", "task_raiseFunds"), funds(4000));
        fireDueJobs();
        travelThrough(today().plusDays(46) + "T09:00:00Z");
        Map<String, Object> inPhases = Map.of(
                "shortFundsDecision", "PHASE_LEVEL2",
                "safetyKept", true,
                "shortFundsReason", "The first phase is paid for, the next partner decides in spring.");
        as("audit-programme").complete(ofLevel2("audit-programme", "task_decideOnShortFunds"), inPhases);
        fireDueJobs();
        assertThat(closing.open(caseNumber)).as("begun").isEmpty();
        onlyTheFacilitatorRaisesTheRest();
        int told = textsOfLetters(caseNumber, "funding-gap").size();
        complete("facilitator", "task_raiseLevel2Funds", Map.of("level2RestReceived", 4000, "level2RestFunded", "NO"));
        fireDueJobs();
        assertThat(textsOfLetters(caseNumber, "funding-gap")).hasSizeGreaterThan(told);
        complete(
                "facilitator", "task_raiseLevel2Funds", Map.of("level2RestReceived", 22000, "level2RestFunded", "YES"));
        assertThat(visits("end_restSettled")).isEqualTo(1);
    }

    /** E13, E17: by the rounds of a plan. */
    @Test
    @DisplayName(
            "E13 The plan is returned or rejected: it is returned with its defects and the panel may want another facilitator")
    void itIsReturnedWithItsDefectsAndThePanelMayWantAnotherFacilitator() {
        onlyLevel1IsPlanned();
        novaIsAsked();
        novaTakesUpLevel2();
        Map<String, Object> withoutBaseline = RemedyForms.awarenessWork();
        withoutBaseline.remove("l2Baseline1");
        complete("facilitator", "task_designLevel2", withoutBaseline);
        complete("facilitator", "task_costLevel2", costs());
        endorsed();
        assertThat(shown("audit-programme", "task_reviewPlan", "planDefects")).contains("BASELINE_MISSING");
        complete("audit-programme", "task_reviewPlan", decided("RETURN"));
        assertThat(reads("facilitator", "task_designLevel2")).contains("round 1 of 3");
        assertThat(shown("facilitator", "task_designLevel2", "returnDefects")).contains("BASELINE_MISSING");
        assertThat(due("facilitator", "task_designLevel2"))
                .as("the time of a round")
                .isBefore(today().plusDays(20));
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
        complete(
                "facilitator",
                "task_costLevel2",
                with(costs(), Map.of("changeNote", "The baseline was counted last week.")));
        endorsed();
        complete("audit-programme", "task_reviewPlan", decided("REJECT_AND_ESCALATE"));
        complete("audit-programme", "task_convenePanel", RemedyForms.anotherFacilitator(today()));
        complete("audit-programme-2", "task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));
        assertThat(sees("facilitator")).doesNotContain("task_designLevel2");
        complete(
                "audit-programme",
                "task_chooseSuccessor",
                Map.of("handingOver", "NO", "handingDecision", "Nobody else can be found in the country."));
        assertThat(reads("facilitator", "task_designLevel2"))
                .as("whoever stays goes on counting")
                .contains("round 2 of 3");
        assertThat(visits("call_handOverCustody")).isEqualTo(1);
    }

    /** E13, E15, E17: rounds are of a facilitator. */
    @Test
    @DisplayName(
            "E13 The plan is returned or rejected: another facilitator who takes Level 2 over begins with three rounds")
    void anotherFacilitatorWhoTakesLevel2OverBeginsWithThreeRounds() {
        anotherFacilitatorIsThere();
        onlyLevel1IsPlanned();
        novaIsAsked();
        novaTakesUpLevel2();
        Map<String, Object> withoutBaseline = RemedyForms.awarenessWork();
        withoutBaseline.remove("l2Baseline1");
        for (int round = 1; round <= 3; round++) {
            complete("facilitator", "task_designLevel2", withoutBaseline);
            complete(
                    "facilitator",
                    "task_costLevel2",
                    round == 1 ? costs() : with(costs(), Map.of("changeNote", "Nothing could be counted yet.")));
            endorsed();
            complete("audit-programme", "task_reviewPlan", decided("RETURN"));
            travelThrough(today().plusDays(1) + "T09:00:00Z");
        }
        assertThat(textsOfLetters(caseNumber, "plan-decided"))
                .as("to both smelters and the facilitator, though nobody has read of the last round")
                .filteredOn(text -> text.contains("Level 2, which is added"))
                .hasSize(6);
        complete("audit-programme", "task_convenePanel", RemedyForms.anotherFacilitator(today()));
        complete("audit-programme-2", "task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));
        anotherFacilitatorTakesOver();

        assertThat(sees("facilitator")).doesNotContain("task_designLevel2");
        assertThat(reads(OTHER_FACILITATOR, "task_designLevel2"))
                .contains("You take over from another facilitator")
                .doesNotContain("of 3)");
        assertThat(shown(OTHER_FACILITATOR, "task_designLevel2", "returnDefects"))
                .as("what was named against the last one")
                .contains("BASELINE_MISSING");
        assertThat(due(OTHER_FACILITATOR, "task_designLevel2"))
                .as("the time of a plan")
                .isEqualTo(today().plusDays(90));
        complete(OTHER_FACILITATOR, "task_designLevel2", withoutBaseline);
        complete(OTHER_FACILITATOR, "task_costLevel2", costs());
        endorsed();
        complete("audit-programme", "task_reviewPlan", decided("RETURN"));
        assertThat(sees("audit-programme")).as("no panel yet").doesNotContain("task_convenePanel");
        assertThat(reads(OTHER_FACILITATOR, "task_designLevel2")).contains("round 1 of 3");
    }

    /** E16: a table that a customer has changed may make Level 2 mandatory; then it is planned, whatever is answered. */
    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: what is owed is added without waiting for the answer and only once")
    void whatIsOwedIsAddedWithoutWaitingForTheAnswerAndOnlyOnce() {
        onlyLevel1IsPlanned();
        learned("Nova's lorry comes to the depot, too.");
        complete("audit-programme", "task_weighInformation", novaTrades());
        String weighing = process("weigh-information");
        runtimeService.setVariable(
                weighing,
                "raisedDuties",
                Lists.json(PlanProcess.entries(String.valueOf(runtimeService.getVariable(weighing, "raisedDuties"))
                        .replace("\"level2\":\"RECOMMENDED\"", "\"level2\":\"MANDATORY\""))));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();
        assertThat(sees("facilitator")).as("planned as owed").contains("task_designLevel2");
        novaHearsOfItsLevel();
        novaAnswers("YES", "YES");
        assertThat(tasks("facilitator", "task_designLevel2")).hasSize(1);
        level2IsDecidedOn();
        assertThat(ofTheCase("level2Planned")).isEqualTo("true");
    }

    private void theRemedyForThePeopleBegins() {
        onlyLevel1IsPlanned();
        complete(
                "facilitator",
                "task_raiseFunds",
                Map.of("level1FirstNeed", 6000, "fundsSmelterReceived", 6000, "level1Received", 6000));
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        Map<String, Object> start = new HashMap<>(RemedyForms.startOn(today()));
        start.remove("localBodiesAgreed");
        complete("facilitator", "task_startImplementation", start);
        assertThat(state()).isEqualTo("IMPLEMENTING");
    }

    private void novaTakesUpLevel2() {
        novaAnswers("NO", "YES");
        assertThat(sees("downstream")).as("Luma carries Level 1").doesNotContain("task_askDownstreamAgain");
        assertThat(visits("task_tellMorePeople")).as("nobody was found").isZero();
    }

    private void level2IsDecidedOn() {
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
        complete("facilitator", "task_costLevel2", costs());
        endorsed();
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        fireDueJobs();
    }

    private void endorsed() {
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("smelter-b", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
    }

    private static Map<String, Object> decided(String outcome) {
        Map<String, Object> decision = new HashMap<>(with(
                RemedyForms.planApproved(),
                Map.of("planOutcome", outcome, "reviewReason", "It was never talked over with the miners.")));
        if (outcome.equals("RETURN")) {
            decision.put("reviewDefects", List.of("PG11 BASELINE_MISSING"));
        }
        return decision;
    }

    private void onlyTheFacilitatorWorksOn(String element, Map<String, Object> form) {
        Task task = task("facilitator", element);
        for (String other : List.of("smelter", "smelter-b", "downstream", "vsc", "provider", "audit-programme")) {
            assertThat(sees(other)).as(other).doesNotContain(element);
            assertThatThrownBy(() -> as(other).complete(task, form)).as(other).isNotNull();
        }
    }

    private void onlyTheFacilitatorRaisesTheRest() {
        Task task = task("facilitator", "task_raiseLevel2Funds");
        for (String other : List.of("smelter", "smelter-b", "downstream", "vsc", "provider", "audit-programme")) {
            assertThatThrownBy(
                            () -> as(other).complete(task, Map.of("level2RestReceived", 1, "level2RestFunded", "YES")))
                    .as(other)
                    .isNotNull();
        }
    }

    private static Map<String, Object> costs() {
        return Map.of(
                "currency", "USD",
                "costActivities", 20000,
                "contingency", 10,
                "planSummary", "Awareness work with the miners of three sites.",
                "doNoHarm", "YES",
                "independenceStands", "YES",
                "anonymisedAnnex", "YES");
    }

    private static Map<String, Object> funds(int received) {
        return Map.of("level2FirstNeed", 10000, "fundsSmelterReceived", received, "level2Received", received);
    }

    private Task ofLevel2(String user, String element) {
        return tasks(user, element).stream()
                .filter(task -> open(user, task).text().contains("which was added"))
                .findFirst()
                .orElseThrow();
    }
}
