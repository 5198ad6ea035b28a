package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricDecisionOutputInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;
import org.redress.engine.InvalidForm;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Step 2 as its case workers see it: which response, for which smelter, and who takes it up (remedy.md A.2). */
class DetermineResponseTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CASE = "R-2026-7002";
    private static final String WHY = "As the evidence in the file shows.";

    @Autowired
    private Parties parties;

    @Autowired
    private JdbcClient jdbc;

    private final AtomicInteger collisions = new AtomicInteger();

    private String step2 = "";

    @AfterEach
    void forgetTheParties() {
        jdbc.sql("delete from case_party where case_number = ?").param(CASE).update();
        jdbc.sql("delete from letter where case_number = ?").param(CASE).update();
        jdbc.sql("delete from lesson_line where case_number = ?").param(CASE).update();
    }

    // The level

    @Test
    void currentTradeMakesLevel1MandatoryAndEveryTaskHasItsDay() {
        substantiated(Map.of("org-luma", currentTrade()), childAtTheDepot());

        Task facts = as("smelter").task("task_confirmFacts");
        assertThat(day(facts.getDueDate())).isEqualTo(LocalDate.parse("2026-02-09"));
        assertThat(day(as("smelter").task("task_enhancedDueDiligence").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-16"));

        confirm("smelter");
        Task review = as("audit-programme").task("task_reviewLevel");
        assertThat(day(review.getDueDate())).isEqualTo(LocalDate.parse("2026-02-16"));
        assertThat(as("audit-programme").formVariables(review))
                .containsEntry("row", "A")
                .containsEntry("tableLevel1", "MANDATORY")
                .containsEntry("tableLevel2", "RECOMMENDED")
                .containsEntry("basis", "SEED")
                .containsEntry("relationshipRule", "REL1");

        acceptLevel();
        assessInvolvement();
        assertThat(caseState()).isEqualTo("LEVEL_DECIDED");
        Task answer = as("smelter").task("task_smelterResponse");
        assertThat(day(answer.getDueDate())).isEqualTo(LocalDate.parse("2026-02-16"));
        assertThat(as("smelter").formVariables(answer))
                .containsEntry("operatorRemedy", "PROVIDE")
                .containsEntry("smelterRemedy", "HELP_PROVIDE")
                .containsEntry("downstreamRemedy", "MAY_TAKE_PART");

        answer("smelter", "YES", "NO");
        planDueDiligence("smelter");

        assertThat(endOf(step2)).isEqualTo("end_remedyOwed");
        assertThat(outcome()).isEqualTo("REMEDY_OWED");
        assertThat(duty("org-luma"))
                .containsEntry("level1", "MANDATORY")
                .containsEntry("level2", "RECOMMENDED")
                .containsEntry("row", "A")
                .containsEntry("rule", "RL1")
                .containsEntry("factsAnswer", "CONFIRMED")
                .containsEntry("acceptsLevel1", "YES")
                .containsEntry("acceptsLevel2", "NO")
                .containsEntry("carrier1", "SMELTER")
                .containsEntry("carrier2", "NOBODY")
                .containsEntry("dueDiligencePlan", "YES")
                .containsEntry("relationDecision", "CONTINUE");
    }

    @Test
    void anUrgentCaseHasItsFactsAndItsLevelWithinThreeBusinessDays() {
        Map<String, Object> urgent = new HashMap<>(childAtTheDepot());
        urgent.put("urgency", "URGENT");
        substantiated(Map.of("org-luma", currentTrade()), urgent);

        assertThat(day(as("smelter").task("task_confirmFacts").getDueDate())).isEqualTo(LocalDate.parse("2026-02-03"));
        confirm("smelter");
        assertThat(day(as("audit-programme").task("task_reviewLevel").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-05"));
        as("smelter").complete("task_enhancedDueDiligence", plan());
        assertThat(day(as("audit-programme").task("task_reviewDueDiligence").getDueDate()))
                .as("not by the clock of the level, but as a plan")
                .isEqualTo(LocalDate.parse("2026-02-09"));
    }

    @Test
    void pastRecentAndSevereIsShownAsInferred() {
        travelTo("2026-01-19T09:00:00Z");
        substantiated(
                Map.of("org-luma", pastTrade("2025-02-10", "2026-01-15")),
                Map.of(
                        "types",
                        List.of("TRAFFICKING_SEXUAL"),
                        "affected",
                        4,
                        "incidentFirst",
                        "2024-03-01",
                        "incidentLatest",
                        "2024-06-20"));
        assertThat(as("smelter").formVariables(as("smelter").task("task_confirmFacts")))
                .as("no company counts so few people")
                .containsEntry("affected", "fewer than 5");
        assertThat(variable(step2, "affected"))
                .as("the table goes by the number")
                .contains(4);
        confirm("smelter");

        Map<String, Object> shown = reviewForm();
        assertThat(shown)
                .containsEntry("row", "B")
                .containsEntry("basis", "INFERRED")
                .containsEntry("rule", "RL2")
                .containsEntry("recent", true);
        assertThat(shown.get("grounds")).hasToString("[\"TYPE_EXPLICIT\"]");
        assertThat(String.valueOf(shown.get("reviewOutcomes"))).contains("ACCEPT", "RAISE", "LOWER");

        acceptLevel();
        assessInvolvement();
        answer("smelter", "YES", "YES");
        planDueDiligence("smelter");
        assertThat(outcome()).isEqualTo("REMEDY_OWED");
        assertThat(variable(step2, "row")).contains("B");
    }

    @ParameterizedTest(name = "last incident on {0}")
    @ValueSource(strings = {"2024-02-10", "2024-02-11"})
    void exactlyOneYearBeforeTheEndOfTradeIsNotRecent(String latest) {
        substantiated(
                Map.of("org-luma", pastTrade("2025-02-10", "2026-01-15")),
                Map.of(
                        "types",
                        List.of("DEBT_BONDAGE"),
                        "affected",
                        2,
                        "incidentFirst",
                        latest,
                        "incidentLatest",
                        latest));
        confirm("smelter");

        assertThat(reviewForm()).containsEntry("row", latest.endsWith("10") ? "C" : "B");
    }

    @Test
    void unpaidOvertimeIsExplainedAsNotSevere() {
        travelTo("2026-03-02T09:00:00Z");
        substantiated(Map.of("org-luma", pastTrade("2025-06-30", "2026-02-20")), unpaidOvertime());
        confirm("smelter");

        Map<String, Object> shown = reviewForm();
        assertThat(shown).containsEntry("row", "C").containsEntry("tableLevel1", "RECOMMENDED");
        assertThat(shown.get("grounds")).hasToString("[]");
    }

    @Test
    void droppedThreeWeeksBeforeTheStoryStaysCurrentWhateverTheSmelterObjects() {
        travelTo("2026-01-20T09:00:00Z");
        substantiated(
                Map.of("org-luma", pastTrade("2025-12-23", "2026-01-15")),
                Map.of(
                        "types",
                        List.of("TRAFFICKING_LABOUR"),
                        "affected",
                        7,
                        "incidentFirst",
                        "2024-05-01",
                        "incidentLatest",
                        "2024-07-01"));
        confirm("smelter");
        assertThat(reviewForm()).containsEntry("row", "A").containsEntry("relationshipRule", "REL5");
        assertThatThrownBy(() -> review("audit-programme", Map.of("reviewOutcome", "ACCEPT", "reviewReason", WHY)))
                .as("the proposed six months have to be looked at")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("flagsChecked");
        review("audit-programme", Map.of("reviewOutcome", "ACCEPT", "flagsChecked", true, "reviewReason", WHY));
        assessInvolvement();
        as("smelter")
                .complete(
                        "task_smelterResponse",
                        Map.of(
                                "acceptsLevel1", "YES",
                                "acceptsLevel2", "NO",
                                "declineReason", "Our own programme covers the causes.",
                                "fundingIntention", "PART",
                                "fundingShare", 40,
                                "proposedFacilitator", "org-facilitator",
                                "levelObjection", "YES",
                                "levelObjectionReason", "We had decided to leave long before."));
        planDueDiligence("smelter");

        assertThat(duty("org-luma"))
                .containsEntry("levelObjection", "YES")
                .containsEntry("level1", "MANDATORY")
                .containsEntry("proposedFacilitator", "org-facilitator")
                .containsEntry("fundingShare", 40);
    }

    @Test
    void aCommercialExitAsksTheReviewerToLookTwice() {
        Map<String, Object> left = pastTrade("2023-01-10", "2026-01-15");
        left.put("selfDetected", false);
        substantiated(
                Map.of("org-luma", left),
                Map.of(
                        "types",
                        List.of("FORCED_LABOUR"),
                        "affected",
                        3,
                        "incidentFirst",
                        "2022-06-01",
                        "incidentLatest",
                        "2022-06-01"));
        confirm("smelter");

        Map<String, Object> shown = reviewForm();
        assertThat(shown).containsEntry("row", "A").containsEntry("relationshipRule", "REL4");
        assertThat(shown.get("flags")).hasToString("[\"LITERAL_NOTE_23\"]");
        assertThatThrownBy(() -> review("audit-programme", Map.of("reviewOutcome", "ACCEPT", "reviewReason", WHY)))
                .hasMessageContaining("flagsChecked");
    }

    // Reviewing the level

    @Test
    void aCertainRowCannotBeLowered() {
        substantiated(Map.of("org-luma", currentTrade()), childAtTheDepot());
        confirm("smelter");

        assertThat(String.valueOf(reviewForm().get("reviewOutcomes"))).doesNotContain("LOWER");
        assertThatThrownBy(() -> review("audit-programme", lowerTo("RECOMMENDED", "RECOMMENDED")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("reviewOutcome");
        assertThat(as("audit-programme").sees("task_reviewLevel")).isTrue();
    }

    @Test
    void loweringAnInferredRowTakesASecondPerson() {
        pastRecentAndSevere();
        review("audit-programme", lowerTo("RECOMMENDED", "NONE"));

        assertThatThrownBy(() -> approveLowering("audit-programme", "YES"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
        approveLowering("audit-programme-2", "YES");
        assessInvolvement();
        as("smelter")
                .complete(
                        "task_smelterResponse",
                        Map.of("acceptsLevel1", "YES", "fundingIntention", "ALL", "levelObjection", "NO"));
        planDueDiligence("smelter");

        assertThat(duty("org-luma"))
                .containsEntry("level1", "RECOMMENDED")
                .containsEntry("level2", "NONE")
                .containsEntry("row", "B")
                .containsEntry("levelOrigin", "LOWERED")
                .containsEntry("carrier2", "NOT_ASKED");
        assertThat(outcome()).isEqualTo("REMEDY_OWED");
    }

    @Test
    void helpForThePeopleHarmedCannotBeLoweredAway() {
        pastRecentAndSevere();

        assertThatThrownBy(() -> review("audit-programme", lowerTo("NONE", "NONE")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("reviewedLevel1");
    }

    @Test
    void withoutASecondPersonsConsentTheTableStands() {
        pastRecentAndSevere();
        review("audit-programme", lowerTo("RECOMMENDED", "RECOMMENDED"));
        approveLowering("audit-programme-2", "NO");
        assessInvolvement();

        assertThat(as("smelter").formVariables(as("smelter").task("task_smelterResponse")))
                .containsEntry("level1", "MANDATORY")
                .containsEntry("level2", "RECOMMENDED");
    }

    @Test
    void oneReviewerRaisesALevelWithAReason() {
        pastRecentAndSevere();
        review(
                "audit-programme",
                Map.of(
                        "reviewOutcome", "RAISE",
                        "reviewedLevel1", "MANDATORY",
                        "reviewedLevel2", "MANDATORY",
                        "flagsChecked", true,
                        "reviewReason", WHY));
        assertThat(as("audit-programme-2").sees("task_approveLowering")).isFalse();
        assessInvolvement();
        answer("smelter", "NO", "NO");
        planDueDiligence("smelter");

        assertThat(duty("org-luma"))
                .containsEntry("level2", "MANDATORY")
                .containsEntry("levelOrigin", "RAISED")
                .containsEntry("carrier1", "OWED")
                .containsEntry("carrier2", "OWED");
        assertThat(outcome())
                .as("declining what is mandatory does not end the case")
                .isEqualTo("REMEDY_OWED");
    }

    // The facts

    @Test
    void disputedFactsAreSettledByTheAuditProgrammeBeforeTheTableIsRead() {
        substantiated(Map.of("org-luma", currentTrade()), childAtTheDepot());
        assertThatThrownBy(() -> as("smelter")
                        .complete(
                                "task_confirmFacts",
                                Map.of(
                                        "factsAnswer", "DISPUTED",
                                        "disputedFacts", List.of("TRADE", "END"),
                                        "claimedEnd", "2026-12-24",
                                        "disputeEvidence", "Letter that ended the contract.")))
                .hasMessageContaining("claimedEnd");
        as("smelter")
                .complete(
                        "task_confirmFacts",
                        Map.of(
                                "factsAnswer", "DISPUTED",
                                "disputedFacts", List.of("TRADE", "END"),
                                "claimedEnd", "2024-12-24",
                                "disputeEvidence", "Letter that ended the contract."));

        Task settle = as("audit-programme").task("task_settleFacts");
        assertThat(day(settle.getDueDate())).isEqualTo(LocalDate.parse("2026-02-16"));
        assertThat(as("audit-programme").formVariables(settle))
                .containsEntry("tradeOngoing", "YES")
                .containsEntry("claimedEnd", "2024-12-24");
        Map<String, Object> settled = new HashMap<>(Map.of(
                "tradeOngoing", "NO",
                "effectiveCessation", "2024-12-24",
                "selfDetected", "YES",
                "exposureDate", "2026-01-15",
                "incidentFirst", "2023-05-01",
                "incidentLatest", "2023-04-01",
                "types", List.of("WORST_FORM_CHILD_LABOUR"),
                "affected", 1,
                "factsReason", WHY));
        assertThatThrownBy(() -> as("audit-programme").complete("task_settleFacts", settled))
                .hasMessageContaining("incidentLatest");
        settled.put("incidentLatest", "2023-06-01");
        as("audit-programme").complete("task_settleFacts", settled);

        assertThat(reviewForm())
                .containsEntry("row", "C")
                .containsEntry("factsAnswer", "DISPUTED")
                .containsEntry("tradeOngoing", "NO");
    }

    // Silence

    @Test
    void aSilentSmelterStopsNothing() {
        substantiated(Map.of("org-luma", currentTrade()), childAtTheDepot());
        assertThat(as("audit-programme").sees("task_reviewLevel")).isFalse();

        travelTo("2026-02-10T00:00:01Z");
        fireDueJobs();
        assertThat(as("smelter").sees("task_confirmFacts")).isFalse();
        assertThat(reviewForm()).containsEntry("factsAnswer", "NO_ANSWER").containsEntry("row", "A");
        acceptLevel();
        assessInvolvement();

        travelTo("2026-02-17T00:00:01Z");
        fireDueJobs();
        assertThat(as("smelter").sees("task_enhancedDueDiligence")).isFalse();
        assertThat(isEnded(step2)).as("the answer to the level is not due yet").isFalse();

        travelTo("2026-02-25T00:00:01Z");
        fireDueJobs();
        assertThat(endOf(step2)).isEqualTo("end_remedyOwed");
        assertThat(duty("org-luma"))
                .containsEntry("factsAnswer", "NO_ANSWER")
                .containsEntry("acceptsLevel1", "NO_ANSWER")
                .containsEntry("acceptsLevel2", "NO_ANSWER")
                .containsEntry("levelObjection", "NO_ANSWER")
                .containsEntry("dueDiligencePlan", "NO")
                .containsEntry("carrier1", "OWED");
    }

    // Due diligence

    @Test
    void aDueDiligencePlanIsReturnedOnceAndThenCountsAsMissing() {
        substantiated(Map.of("org-luma", currentTrade()), childAtTheDepot());
        Map<String, Object> plan = plan();
        plan.putAll(Map.of(
                "relationDecision", "TERMINATE",
                "leverageKept", "We stay in the joint buyers' group."));
        plan.remove("mitigationGoal");
        plan.remove("mitigationDue");
        assertThatThrownBy(() -> as("smelter").complete("task_enhancedDueDiligence", plan))
                .as("nobody ends a contract without having looked at the people harmed")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("victimsConsidered");
        plan.put("victimsConsidered", true);
        plan.put("firstActionDue", "2026-01-01");
        assertThatThrownBy(() -> as("smelter").complete("task_enhancedDueDiligence", plan))
                .hasMessageContaining("firstActionDue");
        assertThat(as("smelter").formVariables(as("smelter").task("task_enhancedDueDiligence")))
                .as("six months from the day by which it has to be planned")
                .containsEntry("progressBy", "2026-08-16");
        plan.put("firstActionDue", "2026-08-17");
        assertThatThrownBy(() -> as("smelter").complete("task_enhancedDueDiligence", plan))
                .hasMessageContaining("firstActionDue");
        plan.put("firstActionDue", "2026-05-01");
        as("smelter").complete("task_enhancedDueDiligence", plan);

        Task review = as("audit-programme").task("task_reviewDueDiligence");
        assertThat(as("audit-programme").formVariables(review))
                .containsEntry("relationDecision", "TERMINATE")
                .containsEntry("leverageKept", "We stay in the joint buyers' group.");
        reviewPlan("RETURN");
        assertThat(as("smelter").formVariables(as("smelter").task("task_enhancedDueDiligence")))
                .containsEntry("dueDiligenceComment", WHY)
                .containsEntry("dueDiligenceRound", 2L);
        as("smelter").complete("task_enhancedDueDiligence", plan);
        reviewPlan("RETURN");

        assertThat(as("smelter").sees("task_enhancedDueDiligence")).isFalse();
        confirm("smelter");
        acceptLevel();
        assessInvolvement();
        answer("smelter", "YES", "YES");
        assertThat(duty("org-luma"))
                .containsEntry("dueDiligencePlan", "NO")
                .containsEntry("relationDecision", "TERMINATE");
    }

    // Who takes it up

    @Test
    @DisplayName("E17 A recommended level is declined: a recommended remedy that nobody takes up is closed as declined")
    void aRecommendedRemedyThatNobodyTakesUpIsClosedAsDeclined() {
        pastAndNotSevere();
        answer("smelter", "NO", "NO");
        planDueDiligence("smelter");

        Task ask = as("downstream").task("task_askDownstream");
        assertThat(day(ask.getDueDate())).isEqualTo(LocalDate.parse("2026-03-16"));
        assertThat(String.valueOf(as("downstream").formVariables(ask).get("smelterAnswers")))
                .contains("\"acceptsLevel1\":\"NO\"");
        stepIn("NO", "NO");
        assertThat(as("downstream").sees("task_offerReferral")).isTrue();
        as("downstream").complete("task_offerReferral", Map.of("referralNeeded", "NO"));

        assertThat(endOf(step2)).isEqualTo("end_declined");
        assertThat(letters()).contains("case-closed-complainant to complainant");
        assertThat(caseState()).isEqualTo("CLOSED_DECLINED");
        assertThat(outcome()).isEqualTo("DECLINED");
        assertThat(duty("org-luma")).containsEntry("carrier1", "NOBODY").containsEntry("carrier2", "NOBODY");
        assertThat(lessons()).as("the lesson is logged").isEqualTo(1);
    }

    @Test
    @DisplayName(
            "E17 A recommended level is declined: in step 2 too, silence of the downstream company is no stepping in")
    void theDownstreamCompanyThatDoesNotAnswerInItsTimeStepsInForNobody() {
        pastAndNotSevere();
        answer("smelter", "NO", "NO");
        planDueDiligence("smelter");
        Task ask = as("downstream").task("task_askDownstream");

        travelTo("2026-03-16T23:59:00Z");
        fireDueJobs();
        assertThat(as("downstream").sees("task_askDownstream"))
                .as("it has all of the tenth business day, as a smelter for its answer")
                .isTrue();
        travelTo("2026-03-17T00:00:00Z");
        fireDueJobs();

        assertThat(as("downstream").sees("task_askDownstream")).isFalse();
        assertThatThrownBy(() -> as("downstream")
                        .complete(
                                ask,
                                Map.of(
                                        "downstreamTakesUp1", "YES",
                                        "downstreamTakesUp2", "YES",
                                        "takeUpReason", "We were away, and do it now.")))
                .as("too late")
                .isNotNull();
        assertThat(variable(step2, "downstreamTakesUp1")).contains("NO_ANSWER");
        assertThat(variable(step2, "downstreamTakesUp2")).contains("NO_ANSWER");
        assertThat(caseState()).as("the people are offered help first").isEqualTo("LEVEL_DECIDED");
        as("downstream").complete("task_offerReferral", Map.of("referralNeeded", "NO"));
        assertThat(endOf(step2)).isEqualTo("end_declined");
        assertThat(outcome()).isEqualTo("DECLINED");
        assertThat(duty("org-luma")).containsEntry("carrier1", "NOBODY").containsEntry("carrier2", "NOBODY");
        assertThat(lessons()).as("the lesson is logged").isEqualTo(1);
    }

    @Test
    @DisplayName("E17 A recommended level is declined: the downstream company steps in for a silent smelter")
    void theDownstreamCompanyStepsInForASilentSmelter() {
        pastAndNotSevere();
        planDueDiligence("smelter");
        travel(Duration.ofDays(15));
        fireDueJobs();

        stepIn("YES", "NO");

        assertThat(endOf(step2)).isEqualTo("end_remedyOwed");
        assertThat(outcome()).isEqualTo("REMEDY_OWED");
        assertThat(duty("org-luma"))
                .containsEntry("acceptsLevel1", "NO_ANSWER")
                .containsEntry("carrier1", "DOWNSTREAM")
                .containsEntry("carrier2", "NOBODY");
    }

    @Test
    @DisplayName(
            "E17 A recommended level is declined: a smelter that accepts a recommended level needs nobody to step in")
    void aSmelterThatAcceptsARecommendedLevelNeedsNobodyToStepIn() {
        pastAndNotSevere();
        answer("smelter", "YES", "NO");
        planDueDiligence("smelter");

        assertThat(endOf(step2)).isEqualTo("end_remedyOwed");
        assertThat(as("downstream").sees("task_askDownstream")).isFalse();
        assertThat(lessons()).as("the recommended Level 2 is declined").isEqualTo(1);
    }

    @Test
    void notLinkedInTimeIsConfirmedByAPersonAndPeopleAreReferred() {
        substantiated(
                Map.of("org-luma", pastTrade("2025-02-10", "2026-01-15")),
                Map.of(
                        "types",
                        List.of("FORCED_LABOUR"),
                        "affected",
                        3,
                        "incidentFirst",
                        "2025-03-01",
                        "incidentLatest",
                        "2025-06-01"));
        confirm("smelter");
        assertThat(reviewForm()).containsEntry("row", "N").containsEntry("relationshipRule", "REL3");
        assertThatThrownBy(() -> review("audit-programme", Map.of("reviewOutcome", "ACCEPT", "reviewReason", WHY)))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("notLinkedChecked");
        review("audit-programme", Map.of("reviewOutcome", "ACCEPT", "notLinkedChecked", true, "reviewReason", WHY));
        assessInvolvement();
        assertThat(as("smelter").sees("task_smelterResponse")).isFalse();
        planDueDiligence("smelter");

        as("downstream")
                .complete(
                        "task_offerReferral",
                        Map.of(
                                "referralNeeded", "YES",
                                "referralTargets", List.of("LABOUR_INSPECTORATE"),
                                "referralConsent", "YES"));
        assertThat(endOf(step2)).isEqualTo("end_notLinked");
        assertThat(letters()).contains("not-actionable to complainant");
        assertThat(caseState()).isEqualTo("CLOSED_NOT_ACTIONABLE");
        assertThat(outcome()).isEqualTo("NONE_OWED");
    }

    // Several smelters

    @Test
    void twoSmeltersKeepTheirOwnDutiesAndTheCaseTakesTheStrictest() {
        lumaInRowAAndNovaInRowC();
        assertThat(as("smelter").tasksOf(CASE)).containsExactly("task_confirmFacts", "task_enhancedDueDiligence");
        assertThat(as("smelter-b").tasksOf(CASE)).containsExactly("task_confirmFacts", "task_enhancedDueDiligence");
        Task lumas = as("smelter").task("task_confirmFacts");
        assertThatThrownBy(() -> as("smelter-b").complete(lumas, Map.of("factsAnswer", "CONFIRMED")))
                .as("a smelter cannot act for another")
                .isInstanceOf(ProcessEngineException.class);

        confirm("smelter");
        confirm("smelter-b");
        acceptEveryLevel();
        assessEveryInvolvement();
        assertThat(letters())
                .as("each smelter is told its own level only")
                .containsOnlyOnce("level-decided to smelter.org-luma", "level-decided to smelter.org-nova");
        answer("smelter", "YES", "NO");
        answer("smelter-b", "NO", "NO");
        planDueDiligence("smelter");
        assertThat(isEnded(step2)).isFalse();
        planDueDiligence("smelter-b");

        assertThat(endOf(step2)).isEqualTo("end_remedyOwed");
        assertThat(variable(step2, "level1")).contains("MANDATORY");
        assertThat(variable(step2, "level2")).contains("RECOMMENDED");
        assertThat(variable(step2, "row")).contains("A");
        assertThat(duty("org-luma")).containsEntry("row", "A").containsEntry("carrier1", "SMELTER");
        assertThat(duty("org-nova"))
                .containsEntry("row", "C")
                .containsEntry("level1", "RECOMMENDED")
                .containsEntry("carrier1", "NOBODY");
    }

    @Test
    void twoSmeltersThatEndAtTheSameMomentLoseNothing() throws Exception {
        lumaInRowAAndNovaInRowC();
        confirm("smelter");
        confirm("smelter-b");
        acceptEveryLevel();
        assessEveryInvolvement();
        planDueDiligence("smelter");
        planDueDiligence("smelter-b");
        completeWithoutFiring("smelter", "task_smelterResponse", answers("YES", "YES"));
        completeWithoutFiring("smelter-b", "task_smelterResponse", answers("YES", "YES"));

        assertThat(fireAtOnce()).as("both duties end").isEqualTo(2);
        assertThat(fireAtOnce()).as("both duties are collected").isEqualTo(2);
        fireDueJobs();

        assertThat(endOf(step2)).isEqualTo("end_remedyOwed");
        assertThat(responses()).containsOnlyKeys("org-luma", "org-nova");
        assertThat(duty("org-luma")).containsEntry("row", "A");
        assertThat(duty("org-nova")).containsEntry("row", "C");
    }

    // History

    @Test
    void whoDecidedWhatByWhichRuleAndWhyIsReadableAfterwards() {
        pastRecentAndSevere();
        review("audit-programme", lowerTo("RECOMMENDED", "RECOMMENDED"));
        approveLowering("audit-programme-2", "YES");

        HistoricDecisionInstance decision = historyService
                .createHistoricDecisionInstanceQuery()
                .decisionDefinitionKey("response-level")
                .processInstanceId(dutyOf("org-luma"))
                .rootDecisionInstancesOnly()
                .includeInputs()
                .includeOutputs()
                .singleResult();
        assertThat(decision.getOutputs())
                .extracting(HistoricDecisionOutputInstance::getRuleId)
                .containsOnly("response-level_RL2");
        assertThat(decision.getInputs()).isNotEmpty();
        assertThat(repositoryService
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionId(decision.getDecisionDefinitionId())
                        .singleResult()
                        .getVersion())
                .isPositive();
        HistoricTaskInstance review = finished(decision.getProcessInstanceId(), "task_reviewLevel");
        assertThat(review.getAssignee()).isEqualTo("audit-programme");
        assertThat(review.getEndTime()).isNotNull();
        assertThat(finished(decision.getProcessInstanceId(), "task_approveLowering")
                        .getAssignee())
                .isEqualTo("audit-programme-2");
        assertThat(variable(decision.getProcessInstanceId(), "reviewReason")).contains(WHY);
        assertThat(variable(decision.getProcessInstanceId(), "loweringReason")).contains(WHY);
        assertThat(variable(decision.getProcessInstanceId(), "levelOrigin")).contains("LOWERED");
    }

    // The cases

    private void substantiated(Map<String, Map<String, Object>> links, Map<String, Object> incident) {
        links.keySet().forEach(smelter -> parties.add(CASE, "smelter", smelter));
        parties.add(CASE, "downstream", "org-downstream");
        Map<String, Object> values = new HashMap<>(incident);
        values.put("links", links);
        values.put("smelters", links.keySet().stream().sorted().toList());
        values.put("language", "en");
        values.put("whereCountry", "CD");
        values.put("exploitationTypes", incident.getOrDefault("types", List.of()));
        ProcessInstance started = start("determine-response", CASE, values);
        step2 = started.getId();
    }

    private static Map<String, Object> currentTrade() {
        Map<String, Object> link = new HashMap<>();
        link.put("tradeOngoing", true);
        link.put("effectiveCessation", null);
        link.put("selfDetected", null);
        link.put("exposureDate", "2026-01-15");
        return link;
    }

    private static Map<String, Object> pastTrade(String end, String exposure) {
        return new HashMap<>(Map.of(
                "tradeOngoing", false, "effectiveCessation", end, "selfDetected", true, "exposureDate", exposure));
    }

    private static Map<String, Object> childAtTheDepot() {
        return Map.of(
                "types",
                List.of("WORST_FORM_CHILD_LABOUR"),
                "affected",
                1,
                "occurrences90d",
                1,
                "incidentFirst",
                "2025-09-01",
                "incidentLatest",
                "2026-01-10");
    }

    private static Map<String, Object> unpaidOvertime() {
        return Map.of(
                "types",
                List.of("WAGE_VIOLATION"),
                "affected",
                2,
                "occurrences90d",
                1,
                "incidentFirst",
                "2025-01-10",
                "incidentLatest",
                "2025-02-10");
    }

    /** Row B, up to the review of the level. */
    private void pastRecentAndSevere() {
        substantiated(
                Map.of("org-luma", pastTrade("2025-02-10", "2026-01-15")),
                Map.of(
                        "types",
                        List.of("TRAFFICKING_SEXUAL"),
                        "affected",
                        4,
                        "incidentFirst",
                        "2024-03-01",
                        "incidentLatest",
                        "2024-06-20"));
        confirm("smelter");
    }

    /** Row C, up to the smelter's answer. */
    private void pastAndNotSevere() {
        travelTo("2026-03-02T09:00:00Z");
        substantiated(Map.of("org-luma", pastTrade("2025-06-30", "2026-02-20")), unpaidOvertime());
        confirm("smelter");
        acceptLevel();
        assessInvolvement();
    }

    private void lumaInRowAAndNovaInRowC() {
        substantiated(
                Map.of("org-luma", currentTrade(), "org-nova", pastTrade("2025-06-30", "2026-01-15")),
                unpaidOvertime());
    }

    private int lessons() {
        return jdbc.sql("select count(*) from lesson_line where case_number = ? and kind = 'LEVEL_DECLINED'")
                .param(CASE)
                .query(Integer.class)
                .single();
    }

    // What people do

    private void confirm(String smelter) {
        as(smelter).complete("task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
    }

    private Map<String, Object> reviewForm() {
        return as("audit-programme").formVariables(as("audit-programme").task("task_reviewLevel"));
    }

    private void acceptLevel() {
        acceptLevel(as("audit-programme").task("task_reviewLevel"));
    }

    private void acceptEveryLevel() {
        all("task_reviewLevel").forEach(this::acceptLevel);
    }

    private void acceptLevel(Task task) {
        Map<String, Object> decision = new HashMap<>(Map.of("reviewOutcome", "ACCEPT", "reviewReason", WHY));
        String rule = String.valueOf(taskService.getVariable(task.getId(), "relationshipRule"));
        if (List.of("REL5", "REL6").contains(rule)) {
            decision.put("flagsChecked", true);
        }
        as("audit-programme").complete(task, decision);
    }

    private void review(String person, Map<String, Object> decision) {
        as(person).complete("task_reviewLevel", decision);
    }

    private static Map<String, Object> lowerTo(String level1, String level2) {
        return Map.of(
                "reviewOutcome", "LOWER",
                "reviewedLevel1", level1,
                "reviewedLevel2", level2,
                "flagsChecked", true,
                "reviewReason", WHY);
    }

    private void approveLowering(String person, String agrees) {
        as(person).complete("task_approveLowering", Map.of("loweringApproved", agrees, "loweringReason", WHY));
    }

    private void assessInvolvement() {
        assessInvolvement(as("audit-programme").task("task_assessInvolvement"));
    }

    private void assessEveryInvolvement() {
        all("task_assessInvolvement").forEach(this::assessInvolvement);
    }

    private void assessInvolvement(Task task) {
        as("audit-programme")
                .complete(
                        task,
                        Map.of(
                                "operatorInvolvement",
                                "CAUSED",
                                "operatorInvolvementReason",
                                WHY,
                                "smelterInvolvement",
                                "CONTRIBUTED",
                                "smelterInvolvementReason",
                                WHY,
                                "downstreamInvolvement",
                                "LINKED",
                                "downstreamInvolvementReason",
                                WHY));
    }

    private List<Task> all(String element) {
        return as("audit-programme").tasks().stream()
                .filter(task -> task.getTaskDefinitionKey().equals(element))
                .toList();
    }

    private void answer(String smelter, String level1, String level2) {
        as(smelter).complete("task_smelterResponse", answers(level1, level2));
    }

    private static Map<String, Object> answers(String level1, String level2) {
        Map<String, Object> answers = new HashMap<>(Map.of(
                "acceptsLevel1",
                level1,
                "acceptsLevel2",
                level2,
                "fundingIntention",
                "UNDECIDED",
                "levelObjection",
                "NO"));
        if (level1.equals("NO") || level2.equals("NO")) {
            answers.put("declineReason", "We cannot carry this alone.");
        }
        return answers;
    }

    private void planDueDiligence(String smelter) {
        as(smelter).complete("task_enhancedDueDiligence", plan());
        reviewPlan("ACCEPT");
    }

    private static Map<String, Object> plan() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("firstAction", "Age checks at the depot gate"),
                Map.entry("firstActionOwner", "Head of responsible sourcing"),
                Map.entry("firstActionDue", "2026-06-30"),
                Map.entry("firstActionEvidence", "Gate records, seen by the auditor"),
                Map.entry("anotherAfterFirst", "NO"),
                Map.entry("workersLosingIncome", 30),
                Map.entry("effectOnWorkers", "Thirty sorters would lose their day wage."),
                Map.entry("victimsAfterwards", "Back to the families, with a coordinator."),
                Map.entry("relationDecision", "CONTINUE"),
                Map.entry("mitigationGoal", "No child at the gate in three unannounced visits"),
                Map.entry("mitigationDue", "2026-06-30"),
                Map.entry("relationReason", "Leverage keeps the children visible.")));
    }

    private void reviewPlan(String outcome) {
        Map<String, Object> review = new HashMap<>(Map.of("dueDiligenceReview", outcome, "dueDiligenceComment", WHY));
        if (outcome.equals("RETURN")) {
            review.put("dueDiligenceDefects", List.of("NOT_MEASURABLE"));
        }
        as("audit-programme").complete("task_reviewDueDiligence", review);
    }

    private void stepIn(String level1, String level2) {
        as("downstream")
                .complete(
                        "task_askDownstream",
                        Map.of(
                                "downstreamTakesUp1", level1,
                                "downstreamTakesUp2", level2,
                                "takeUpReason", WHY));
    }

    private void completeWithoutFiring(String user, String element, Map<String, Object> values) {
        Task task = as(user).task(element);
        actingAs(user, () -> {
            taskService.claim(task.getId(), user);
            formService.submitTaskForm(task.getId(), formValues(values));
            return task;
        });
    }

    // What comes of it

    /** Runs the jobs that are there now side by side, each again when another was faster, as a job executor would. */
    private int fireAtOnce() throws Exception {
        List<Job> jobs = managementService.createJobQuery().messages().list();
        CyclicBarrier together = new CyclicBarrier(Math.max(1, jobs.size()));
        ExecutorService nodes = Executors.newFixedThreadPool(Math.max(1, jobs.size()));
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (Job job : jobs) {
                runs.add(nodes.submit(() -> {
                    together.await();
                    while (true) {
                        try {
                            managementService.executeJob(job.getId());
                            return null;
                        } catch (OptimisticLockingException e) {
                            // Another job was faster; the job executor would come back to this one.
                            collisions.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            nodes.shutdown();
        }
        return jobs.size();
    }

    private String caseState() {
        return variable(step2, "caseState").map(Object::toString).orElse("");
    }

    private String outcome() {
        return variable(step2, "responseOutcome").map(Object::toString).orElse("");
    }

    private Map<String, Object> duty(String smelter) {
        return responses().getOrDefault(smelter, Map.of());
    }

    private Map<String, Map<String, Object>> responses() {
        try {
            return MAPPER.readValue(
                    variable(step2, "responses").orElseThrow().toString(),
                    MAPPER.getTypeFactory()
                            .constructMapType(
                                    Map.class,
                                    MAPPER.constructType(String.class),
                                    MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The process instance that settles the duty of a smelter. */
    private String dutyOf(String smelter) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .superProcessInstanceId(step2)
                .processDefinitionKey("smelter-duty")
                .variableValueEquals("smelter", smelter)
                .singleResult()
                .getId();
    }

    /** Who got which letter in the case, as {@code template to role.organisation}. */
    private List<String> letters() {
        return jdbc.sql("select template, addressee_role, addressee_organisation from letter where case_number = ?")
                .param(CASE)
                .query((row, index) -> row.getString("template") + " to " + row.getString("addressee_role")
                        + (row.getString("addressee_organisation") == null
                                ? ""
                                : "." + row.getString("addressee_organisation")))
                .list();
    }

    private HistoricTaskInstance finished(String processInstance, String element) {
        return historyService
                .createHistoricTaskInstanceQuery()
                .processInstanceId(processInstance)
                .taskDefinitionKey(element)
                .finished()
                .singleResult();
    }
}
