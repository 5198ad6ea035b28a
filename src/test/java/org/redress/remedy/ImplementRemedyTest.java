package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.deadline.DeadlineMoves;
import org.redress.engine.Cases;
import org.springframework.beans.factory.annotation.Autowired;

/** Step 4 end to end: the money, the start, and the monitoring with its clocks (guideline step 4, remedy.md A.4). */
@SuppressWarnings("NullAway.Init")
class ImplementRemedyTest extends ApprovedPlanTest {

    @Autowired
    private ProgrammeWorkflow programmes;

    @Autowired
    private DeadlineMoves moves;

    @Autowired
    private Cases cases;

    // The money

    @Test
    void fundsAreRaisedTogetherAndTheRemedyStartsWhenThePlanIsCovered() {
        approvePlan();

        assertThat(state()).isEqualTo("FUNDING");
        assertThat(day(as("facilitator").task("task_raiseFunds").getDueDate())).isEqualTo("2026-07-22");
        assertThat(as("smelter").sees("task_raiseFunds"))
                .as("no company reports what another pays")
                .isFalse();
        assertThat(as("smelter-b").sees("task_raiseFunds")).isFalse();
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));

        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 100)
                .containsEntry("level2Covered", 100)
                .containsEntry("fundsSmelterReceived", 50_000)
                .hasEntrySatisfying(
                        "fundingDefects", defects -> assertThat(defects).hasToString("[]"));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));

        assertThat(day(as("facilitator").task("task_startImplementation").getDueDate()))
                .isEqualTo("2026-06-29");
        assertThat(letters("funding-gap")).isZero();
    }

    @Test
    void aStartAgainstTheGateNeedsAReason() {
        approvePlan();
        as("facilitator").complete("task_raiseFunds", funds(19_999.99, 0));

        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 99)
                .containsEntry("level2Covered", 0)
                .hasEntrySatisfying("fundingDefects", defects -> assertThat(defects.toString())
                        .contains("LEVEL1_NEEDS_BRIDGE", "FG01", "LEVEL2_NOT_FUNDED", "FG02", "PROPOSED"));
        refused("Why?: Field is required.", () -> as("audit-programme")
                .complete("task_confirmFunding", Map.of("fundingDecision", "START")));
        as("audit-programme")
                .complete(
                        "task_confirmFunding",
                        Map.of("fundingDecision", "START", "fundingReason", "The last cent is on its way."));

        assertThat(as("facilitator").sees("task_startImplementation")).isTrue();
    }

    @Test
    void figuresThatDoNotAgreeWithTheProofsGoBack() {
        approvePlan();
        refused("More is shared out than was received", () -> as("facilitator")
                .complete("task_raiseFunds", with(funds(20_000, 30_000), "fundsSmelterReceived", 49_999)));
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        refused("Why?: Field is required.", () -> as("audit-programme")
                .complete("task_confirmFunding", Map.of("fundingDecision", "CORRECT")));
        as("audit-programme")
                .complete(
                        "task_confirmFunding",
                        Map.of("fundingDecision", "CORRECT", "fundingReason", "One proof of payment is missing."));

        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("fundingReason", "One proof of payment is missing.")
                .containsEntry("level1FirstNeed", 20_000);
        assertThat(letters("funding-gap")).isZero();
    }

    @Test
    @DisplayName("E12 Money is short: a gap is told and level 1 is bridged by downstream, then pool, then donors")
    void aGapIsToldAndLevel1IsBridgedByDownstreamThenPoolThenDonors() {
        approvePlan();
        as("facilitator").complete("task_raiseFunds", funds(5_000, 0));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE"));

        assertThat(letters("funding-gap")).isEqualTo(2);
        assertThat(shown("downstream", "task_offerBridge")).containsEntry("level1Missing", 15_000.0);
        as("downstream").complete("task_offerBridge", Map.of("bridgeDownstream", 5_000));
        as("audit-programme").complete("task_releasePool", Map.of("bridgePool", 5_000));
        as("facilitator")
                .complete("task_askDonor", Map.of("bridgeDonor", 0, "donorsAsked", List.of("UN", "FOUNDATION")));

        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 75)
                .containsEntry("level1Missing", 5_000.0)
                .hasEntrySatisfying("fundingDefects", defects -> assertThat(defects.toString())
                        .doesNotContain("FG01")
                        .contains("FG02"));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE"));
        as("downstream").complete("task_offerBridge", Map.of("bridgeDownstream", 10_000));
        as("audit-programme").complete("task_releasePool", Map.of("bridgePool", 5_000));

        assertThat(shown("audit-programme", "task_confirmFunding")).containsEntry("level1Covered", 100);
        refused("Level 1 is not short of money", () -> as("audit-programme")
                .complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE")));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START_LEVEL1"));
        assertThat(as("facilitator").sees("task_startImplementation")).isTrue();
        assertThat(as("facilitator").sees("task_raiseFunds")).isFalse();
    }

    @Test
    void theDownstreamCompanyAloneMayBridgeLevel1() {
        approvePlan();
        as("facilitator").complete("task_raiseFunds", funds(0, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE"));
        as("downstream").complete("task_offerBridge", Map.of("bridgeDownstream", 20_000));

        assertThat(shown("audit-programme", "task_confirmFunding"))
                .hasEntrySatisfying(
                        "fundingDefects", defects -> assertThat(defects).hasToString("[]"));
    }

    @Test
    void moreMoneyIsRaisedWhileItIsMissing() {
        approvePlan(Map.of("level1Planned", false));
        as("facilitator").complete("task_raiseFunds", level2Funds(10_000));
        refused("No Level 1 is planned", () -> as("audit-programme")
                .complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE")));
        refused("Only one level is planned", () -> as("audit-programme")
                .complete("task_confirmFunding", Map.of("fundingDecision", "START_LEVEL1")));
        as("audit-programme")
                .complete(
                        "task_confirmFunding",
                        Map.of("fundingDecision", "RAISE_MORE", "fundingReason", "Ask the government, too."));

        assertThat(letters("funding-gap")).isEqualTo(2);
        as("facilitator").complete("task_raiseFunds", level2Funds(30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
        assertThat(as("facilitator").sees("task_startImplementation")).isTrue();
    }

    @Test
    @DisplayName("E12 Money is short: on the stop day the audit programme decides with what there is")
    void onTheStopDayTheAuditProgrammeDecidesWithWhatThereIs() {
        approvePlan();
        travelTo("2026-08-06T23:59:58Z");
        fireDueJobs();
        assertThat(as("audit-programme").tasks()).isEmpty();

        travelTo("2026-08-06T23:59:59Z");
        fireDueJobs();
        assertThat(as("facilitator").sees("task_raiseFunds")).isFalse();
        assertThat(day(as("audit-programme").task("task_decideOnShortFunds").getDueDate()))
                .isEqualTo("2026-08-13");
        refused(
                "No service for safety, shelter or health is cut or delayed: Field is required.",
                () -> as("audit-programme")
                        .complete(
                                "task_decideOnShortFunds",
                                Map.of(
                                        "shortFundsDecision",
                                        "REDUCE",
                                        "reducedParts",
                                        List.of("FEES"),
                                        "safetyKept",
                                        false,
                                        "shortFundsReason",
                                        "The smelter is insolvent.")));
        as("audit-programme")
                .complete(
                        "task_decideOnShortFunds",
                        Map.of(
                                "shortFundsDecision",
                                "BRIDGE",
                                "bridgePool",
                                20_000,
                                "safetyKept",
                                true,
                                "shortFundsReason",
                                "The smelter is insolvent, the pool carries Level 1."));

        start("2026-08-07", "2026-08-07T10:00:00Z");
        assertThat(state()).isEqualTo("IMPLEMENTING");
        assertThat(day(as("facilitator").task("task_raiseLevel2Funds").getDueDate()))
                .isEqualTo("2026-09-06");
    }

    @Test
    void whatIsPlannedLimitsWhatMayBeDecidedOnTheStopDay() {
        approvePlan(Map.of("level2Planned", false));
        travelTo("2026-08-07T08:00:00Z");
        fireDueJobs();
        refused("No Level 2 is planned", () -> as("audit-programme")
                .complete(
                        "task_decideOnShortFunds",
                        Map.of(
                                "shortFundsDecision",
                                "PHASE_LEVEL2",
                                "safetyKept",
                                true,
                                "shortFundsReason",
                                "There is too little money.")));
    }

    @Test
    @DisplayName("E12 Money is short: the rest of level 2 is raised beside the monitoring")
    void theRestOfLevel2IsRaisedBesideTheMonitoring() {
        approvePlan();
        as("facilitator").complete("task_raiseFunds", funds(20_000, 10_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START_LEVEL1"));
        start("2026-06-29", "2026-06-29T10:00:00Z");

        as("facilitator")
                .complete(
                        "task_raiseLevel2Funds",
                        Map.of("level2RestReceived", 20_000, "level2RestFunded", "NO", "level2NextSource", "A fund"));
        assertThat(letters("funding-gap")).isEqualTo(2);
        as("facilitator")
                .complete("task_raiseLevel2Funds", Map.of("level2RestReceived", 30_000, "level2RestFunded", "YES"));
        assertThat(as("facilitator").tasks()).isEmpty();
    }

    // The start

    @Test
    void theFirstDayIsNeitherBeforeTheApprovalNorInTheFuture() {
        funded();
        refused("This day is in the future", () -> as("facilitator")
                .complete("task_startImplementation", startOn("2026-06-23")));
        refused("This day is before the plan was approved on 2026-06-22", () -> as("facilitator")
                .complete("task_startImplementation", startOn("2026-06-21")));
        as("facilitator").complete("task_startImplementation", startOn("2026-06-22"));
        assertThat(variable(instance, "startDate")).contains(date("2026-06-22T00:00:00Z"));
    }

    @Test
    void peopleAndProgrammesHearOfTheStartAndTheirFiguresAreInTheReport() {
        programmes.begin(
                caseNumber,
                Map.of(
                        "caseNumber",
                        caseNumber,
                        "programmeRef",
                        "P-1",
                        "facilitator",
                        "org-facilitator",
                        "l2Unit",
                        "% of miners",
                        "l2Baseline",
                        5,
                        "l2Target",
                        80));
        victims.register(
                caseNumber,
                Map.of(
                        "caseNumber", caseNumber,
                        "victimRef", "V-BOY1",
                        "isChild", true,
                        "riskLevel", "MEDIUM",
                        "coordinator", "org-vsc"));
        victims.register(
                caseNumber,
                Map.of(
                        "caseNumber", caseNumber,
                        "victimRef", "V-ADULT1",
                        "isChild", false,
                        "riskLevel", "LOW",
                        "coordinator", "org-vsc"));
        fireDueJobs();
        String person = caseOf("V-ADULT1");
        task(person, "task_immediateNeeds", VictimForms.immediateNeeds());
        task(person, "task_needsAssessment", VictimForms.needsAssessment());
        task(person, "task_caseManagementPlan", VictimForms.plan("SHELTER"));
        funded();
        assertThat(as("facilitator").sees("task_l2Progress")).isFalse();
        assertThat(as("vsc").sees("task_referToService")).isFalse();

        start("2026-06-29", "2026-06-29T10:00:00Z");
        assertThat(as("facilitator").sees("task_l2Progress")).isTrue();
        assertThat(as("vsc").sees("task_referToService")).isTrue();

        runtimeService.setVariable(
                runtimeService
                        .createProcessInstanceQuery()
                        .processDefinitionKey(ProgrammeWorkflow.PROCESS)
                        .processInstanceBusinessKey(caseNumber)
                        .singleResult()
                        .getId(),
                "l2Actual",
                40);
        travelTo("2026-12-29T08:00:00Z");
        fireDueJobs();
        assertThat(shown("facilitator", "task_monitoringReport"))
                .hasEntrySatisfying("figures", figures -> assertThat(figures.toString())
                        .contains("\"victims\":\"2\"", "\"children\":\"1\"", "\"servicesOverdue\":\"1\""))
                .hasEntrySatisfying("programmes", shown -> assertThat(shown.toString())
                        .contains("\"target\":\"80\"", "\"actual\":\"40\"", "% of miners"));
        report("SOME", "NO");
        assertThat(shown("smelter", "task_endorseReport"))
                .doesNotContainKeys("peopleBoys", "privacyChecked")
                .hasEntrySatisfying("figures", figures -> assertThat(figures.toString())
                        .contains("\"victims\":\"fewer than 5\"", "\"children\":\"fewer than 5\"")
                        .doesNotContain("degree", "satisfaction"));
    }

    @Test
    void aRiskThatTheLastContactLeftOpenIsNoneWhenTheCoordinatorSaysSo() {
        victims.register(
                caseNumber,
                Map.of(
                        "caseNumber", caseNumber,
                        "victimRef", "V-RISK1",
                        "isChild", false,
                        "riskLevel", "HIGH",
                        "coordinator", "org-vsc"));
        fireDueJobs();
        runtimeService.setVariable(caseOf("V-RISK1"), "openSafetyRisk", "YES");
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        assertThat(shown("audit-programme", "task_monitoringDecision"))
                .hasEntrySatisfying(
                        "figures", figures -> assertThat(figures.toString()).contains("\"atRisk\":\"1\""));
        refused("Somebody is in danger", () -> decide("ON_TRACK", Map.of()));
        decide("ESCALATE", Map.of());
        assertThat(variable(instance, "monitoringRule")).contains("MD1");
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "NOBODY"));
        refused("Somebody is in danger", () -> decide("ON_TRACK", Map.of()));
        runtimeService.setVariable(caseOf("V-RISK1"), "openSafetyRisk", "NO");
        decide("ON_TRACK", Map.of());
        assertThat(as("audit-programme").tasks()).isEmpty();
    }

    // The clocks

    @Test
    void reportsAreDueSixAndTwelveMonthsAfterTheStart() {
        running("2026-06-29");

        travelTo("2026-12-28T23:59:59Z");
        fireDueJobs();
        assertThat(as("facilitator").tasks()).isEmpty();
        assertThat(state()).isEqualTo("IMPLEMENTING");

        travelTo("2026-12-29T00:00:00Z");
        fireDueJobs();
        assertThat(state()).isEqualTo("MONITORING");
        assertThat(as("facilitator").task("task_monitoringReport").getDueDate()).isEqualTo("2026-12-29T23:59:59Z");
        report("SOME", "NO");
        assertThat(day(as("smelter").task("task_endorseReport").getDueDate())).isEqualTo("2027-01-12");
        as("smelter").complete("task_endorseReport", Map.of("statement", "AGREE"));
        assertThat(letters("progress")).isPositive();
        assertThat(day(as("audit-programme").task("task_monitoringDecision").getDueDate()))
                .isEqualTo("2027-01-12");
        decide("ON_TRACK", Map.of());
        assertThat(as("audit-programme").tasks()).isEmpty();

        travelTo("2027-06-28T23:59:59Z");
        fireDueJobs();
        assertThat(as("facilitator").tasks()).isEmpty();
        travelTo("2027-06-29T00:00:00Z");
        fireDueJobs();
        assertThat(as("facilitator").task("task_monitoringReport").getDueDate()).isEqualTo("2027-06-29T23:59:59Z");
        reportAndEndorse("ALL", "NO");
        decide("READY_TO_CLOSE", Map.of());

        assertThat(endOf(instance)).isEqualTo("end_readyToClose");
        assertThat(state()).isEqualTo("FINAL_REPORT");
        assertThat(variable(instance, "monitoringOutcome")).contains("READY_TO_CLOSE");
        assertThat(variable(instance, "goalsMet")).contains("ALL");
        assertThat(variable(instance, "reportsSubmitted")).contains(2);
        assertThat(variable(instance, "reportsInWindow")).contains(2);
        assertThat(variable(instance, "extensions")).contains(0);
        assertThat(variable(instance, "startDate")).contains(date("2026-06-29T00:00:00Z"));
        assertThat(variable(instance, "finalReportAt")).contains(date("2027-06-29T00:00:00Z"));
    }

    @Test
    void sixMonthsAfterTheLastOfAugustIsTheLastOfFebruary() {
        funded();
        start("2026-08-31", "2026-08-31T12:00:00Z");

        travelTo("2027-02-27T23:59:59Z");
        fireDueJobs();
        assertThat(as("facilitator").tasks()).isEmpty();
        travelTo("2027-02-28T00:00:00Z");
        fireDueJobs();
        assertThat(as("facilitator").task("task_monitoringReport").getDueDate()).isEqualTo("2027-02-28T23:59:59Z");
        reportAndEndorse("ALL", "NO");

        assertThat(shown("audit-programme", "task_monitoringDecision")).containsEntry("monthsElapsed", 6);
        decide("READY_TO_CLOSE", Map.of());
        assertThat(endOf(instance)).isEqualTo("end_readyToClose");
    }

    @Test
    void aReportAfterMonthTwelveIsLate() {
        running("2026-06-29");
        travelTo("2027-06-30T00:00:00Z");
        fireDueJobs();
        reportAndEndorse("ALL", "NO");
        assertThat(variable(instance, "reportsSubmitted")).contains(1);
        assertThat(variable(instance, "reportsInWindow")).contains(0);
    }

    /** B.12: monitoring has more time, the gates of closing are unchanged. */
    @Test
    void inAnEmergencyTheFinalReportHasAMonthMoreAndIsLateForClosingAllTheSame() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        runtimeService.setVariable(instance, "mode", "EMERGENCY");
        decide("ON_TRACK", Map.of());

        travelTo("2027-07-28T23:59:59Z");
        fireDueJobs();
        assertThat(as("facilitator").tasks()).isEmpty();
        travelTo("2027-07-29T00:00:00Z");
        fireDueJobs();
        assertThat(as("facilitator").task("task_monitoringReport").getDueDate()).isEqualTo("2027-07-29T23:59:59Z");
        as("facilitator").complete("task_monitoringReport", with(reportOf("ALL", "NO"), "factFinding", "ON_SITE"));
        as("smelter").complete("task_endorseReport", Map.of("statement", "AGREE"));
        assertThat(variable(instance, "reportsSubmitted")).contains(2);
        assertThat(variable(instance, "reportsInWindow")).contains(1);
    }

    // The reports

    @Test
    void aReportThatIsNotCheckedForPrivacyIsNotTaken() {
        running("2026-06-29");
        travelTo("2026-12-29T08:00:00Z");
        fireDueJobs();
        refused(
                "I have checked that nobody can be recognised in this report: Field is required.",
                () -> as("facilitator")
                        .complete("task_monitoringReport", with(reportOf("SOME", "NO"), "privacyChecked", false)));
    }

    @Test
    void theSmelterReadsTheReportWithoutSmallGroupsAndAddsItsStatement() {
        running("2026-06-29");
        travelTo("2026-12-29T08:00:00Z");
        fireDueJobs();
        report("SOME", "NO");

        assertThat(as("smelter-b").sees("task_endorseReport")).isFalse();
        as("smelter")
                .complete(
                        "task_endorseReport",
                        Map.of("statement", "DISAGREE", "statementComment", "The school has taken everybody."));
        assertThat(shown("audit-programme", "task_monitoringDecision"))
                .hasEntrySatisfying("smelterStatements", statements -> assertThat(statements.toString())
                        .contains("\"answer\":\"DISAGREE\"", "The school has taken everybody."));
    }

    @Test
    void severalSmeltersEachSayWhatTheyHaveToSay() {
        parties.add(caseNumber, "smelter", "org-nova");
        approvePlan(Map.of("smelters", List.of("org-luma", "org-nova")));
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
        start("2026-06-29", "2026-06-29T10:00:00Z");
        travelTo("2026-12-29T08:00:00Z");
        fireDueJobs();
        report("SOME", "NO");
        as("smelter").complete("task_endorseReport", Map.of("statement", "AGREE"));
        assertThat(as("audit-programme").tasks()).isEmpty();
        as("smelter-b")
                .complete("task_endorseReport", Map.of("statement", "COMMENT", "statementComment", "We paid on time."));
        assertThat(shown("audit-programme", "task_monitoringDecision"))
                .hasEntrySatisfying("smelterStatements", statements -> assertThat(statements.toString())
                        .contains("AGREE", "COMMENT", "We paid on time."));
    }

    @Test
    void aSilentSmelterDoesNotHoldUpTheReport() {
        running("2026-06-29");
        travelTo("2026-12-29T08:00:00Z");
        fireDueJobs();
        report("SOME", "NO");

        travelTo("2027-01-12T23:59:58Z");
        fireDueJobs();
        assertThat(as("audit-programme").tasks()).isEmpty();
        travelTo("2027-01-12T23:59:59Z");
        fireDueJobs();
        assertThat(as("smelter").tasks()).isEmpty();
        assertThat(shown("audit-programme", "task_monitoringDecision"))
                .hasEntrySatisfying("smelterStatements", statements -> assertThat(statements)
                        .hasToString("[]"));
    }

    // The decisions

    @Test
    @DisplayName("E18 The aims are missed at month twelve: activities that do not work are revised")
    void activitiesThatDoNotWorkAreRevised() {
        running("2026-06-29");
        reportAt("2026-12-29", "NONE", "NO");
        refused("What has to change?: Field is required.", () -> decide("REVISE", Map.of()));
        decide("REVISE", Map.of("changesWanted", "Another trainer, closer to the pit."));

        assertThat(state()).isEqualTo("REVISED");
        assertThat(shown("facilitator", "task_reviseActivities"))
                .containsEntry("changesWanted", "Another trainer, closer to the pit.");
        as("facilitator").complete("task_reviseActivities", revision());
        assertThat(as("facilitator").tasks()).isEmpty();

        travelTo("2027-06-29T00:00:00Z");
        fireDueJobs();
        assertThat(as("facilitator").task("task_monitoringReport").getDueDate()).isEqualTo("2027-06-29T23:59:59Z");
        assertThat(state()).isEqualTo("MONITORING");
    }

    @Test
    @DisplayName(
            "E18 The aims are missed at month twelve: a target missed at month twelve is extended once and then reached in part")
    void aTargetMissedAtMonthTwelveIsExtendedOnceAndThenReachedInPart() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        decide("ON_TRACK", Map.of());
        reportAt("2027-06-29", "SOME", "NO");
        refused("Twelve months are over", () -> decide("ON_TRACK", Map.of()));
        refused("Twelve months are over", () -> decide("REVISE", Map.of("changesWanted", "Reach more miners.")));
        refused(
                "One extension is six months at most, until 2027-12-29",
                () -> decide("EXTEND", Map.of("changesWanted", "Reach more miners.", "extendedUntil", "2027-12-30")));
        refused(
                "This day is over",
                () -> decide("EXTEND", Map.of("changesWanted", "Reach more miners.", "extendedUntil", "2027-06-29")));
        decide("EXTEND", Map.of("changesWanted", "Reach more miners.", "extendedUntil", "2027-12-29"));

        assertThat(state()).isEqualTo("EXTENDED");
        assertThat(variable(instance, "extensions").map(Object::toString)).contains("1");
        assertThat(moves.ofCase(caseNumber))
                .as("on the extension log")
                .singleElement()
                .satisfies(recorded -> {
                    assertThat(recorded.move().clockId()).isEqualTo("D18");
                    assertThat(recorded.move().fromDue()).isEqualTo("2027-06-29T23:59:59Z");
                    assertThat(recorded.move().toDue()).isEqualTo("2027-12-29T23:59:59Z");
                    assertThat(recorded.move().approvedBy()).isEqualTo("audit-programme");
                });
        as("facilitator").complete("task_planExtension", revision());
        travelTo("2027-12-28T23:59:59Z");
        fireDueJobs();
        assertThat(as("facilitator").tasks()).isEmpty();

        travelTo("2027-12-29T00:00:00Z");
        fireDueJobs();
        assertThat(as("facilitator").task("task_monitoringReport").getDueDate()).isEqualTo("2027-12-29T23:59:59Z");
        reportAndEndorse("SOME", "NO");
        decide("PARTIAL", Map.of());
        assertThat(shown("audit-programme", "task_settleMonitoring"))
                .containsEntry("monitoringJudgement", "PARTIAL")
                .containsEntry("advisedMonitoring", "EXTEND")
                .containsEntry("monitoringBasis", "PROPOSED");
        refused("Why?: Field is required.", () -> as("audit-programme")
                .complete("task_settleMonitoring", Map.of("monitoringResult", "PARTIAL")));
        as("audit-programme")
                .complete(
                        "task_settleMonitoring",
                        Map.of(
                                "monitoringResult",
                                "PARTIAL",
                                "monitoringReason",
                                "Half of the miners were reached, the mine closes."));

        assertThat(endOf(instance)).isEqualTo("end_reachedInPart");
        assertThat(state()).isEqualTo("FINAL_REPORT");
        assertThat(variable(instance, "monitoringOutcome")).contains("PARTIAL");
        assertThat(variable(instance, "goalsMet")).contains("SOME");
        assertThat(variable(instance, "reportsSubmitted")).contains(3);
        assertThat(lessons("AIMS_MISSED")).as("E18: with a lesson").isEqualTo(1);
    }

    @Test
    @DisplayName(
            "E18 The aims are missed at month twelve: after two extensions a panel decides and a second person records it")
    void afterTwoExtensionsAPanelDecidesAndASecondPersonRecordsIt() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        decide("ON_TRACK", Map.of());
        reportAt("2027-06-29", "SOME", "NO");
        extendUntil("2027-12-29");
        reportAt("2027-12-29", "SOME", "NO");
        extendUntil("2028-06-29");
        reportAt("2028-06-29", "SOME", "NO");
        refused(
                "There were two extensions",
                () -> decide("EXTEND", Map.of("changesWanted", "Reach more miners.", "extendedUntil", "2028-12-29")));
        decide("ESCALATE", Map.of());
        assertThat(as("protection").tasks()).isEmpty();

        Map<String, Object> outcome = Map.of(
                "panelMembers",
                List.of("AUDIT_PROGRAMME", "CIVIL_SOCIETY"),
                "monitoringResult",
                "PARTIAL",
                "openObligations",
                "The training of the last group stays with the local school.",
                "panelReason",
                "More time would not change it.");
        refused("This step needs a second person", () -> as("audit-programme")
                .complete("task_decideAfterExtensions", outcome));
        as("audit-programme-2").complete("task_decideAfterExtensions", outcome);

        assertThat(endOf(instance)).isEqualTo("end_reachedInPart");
        assertThat(variable(instance, "extensions").map(Object::toString)).contains("2");
    }

    @Test
    void peopleInDangerComeBeforeThePanelToo() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        decide("ON_TRACK", Map.of());
        reportAt("2027-06-29", "SOME", "NO");
        extendUntil("2027-12-29");
        reportAt("2027-12-29", "SOME", "NO");
        extendUntil("2028-06-29");
        reportAt("2028-06-29", "SOME", "YES");
        decide("ESCALATE", Map.of());
        assertThat(as("audit-programme-2").tasks()).isEmpty();
        as("protection").complete("task_takeInReport", Map.of("othersInDanger", "NO"));
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "NOBODY"));
        decide("READY_TO_CLOSE", Map.of());
        as("audit-programme")
                .complete(
                        "task_settleMonitoring",
                        Map.of("monitoringResult", "READY_TO_CLOSE", "monitoringReason", "Nearly all was reached."));
        Map<String, Object> enough = Map.of(
                "panelMembers",
                List.of("EXPERT"),
                "monitoringResult",
                "READY_TO_CLOSE",
                "panelReason",
                "Enough was reached for everybody.");
        reportDanger();
        refused("Somebody is in danger", () -> as("audit-programme-2").complete("task_decideAfterExtensions", enough));
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "NOBODY"));
        as("audit-programme-2").complete("task_decideAfterExtensions", enough);
        assertThat(endOf(instance)).isEqualTo("end_readyToClose");
    }

    @Test
    void beforeMonthTwelveThereIsNothingToExtend() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        refused(
                "Month 12 is still to come",
                () -> decide("EXTEND", Map.of("changesWanted", "Reach more miners.", "extendedUntil", "2027-06-29")));
    }

    /** E04: with the report itself, not weeks later with the decision on it. */
    @Test
    @DisplayName("E04 Exploitation goes on: danger in a report calls protection at once, before anybody decides")
    void dangerInAReportCallsProtectionAtOnceBeforeTheSmelterSpeaksAndAnybodyDecides() {
        running("2026-06-29");
        travelTo("2026-12-29T08:00:00Z");
        fireDueJobs();
        as("facilitator")
                .complete(
                        "task_monitoringReport",
                        with(reportOf("SOME", "YES"), "placesOfDanger", "At the washing place, four girls."));

        assertThat(letters("ongoing-exploitation")).isPositive();
        assertThat(as("protection").task("task_assessDanger").getDueDate()).isEqualTo("2026-12-29T09:00:00Z");
        assertThat(shown("protection", "task_assessDanger"))
                .containsEntry("eventNote", "At the washing place, four girls.");
        assertThat(as("smelter").sees("task_assessDanger")).isFalse();
        assertThat(shown("smelter", "task_endorseReport").toString())
                .as("companies read neither where they are, nor that they are in danger")
                .doesNotContain("washing place");

        as("smelter").complete("task_endorseReport", Map.of("statement", "AGREE"));
        assertThat(shown("audit-programme", "task_monitoringDecision")).containsEntry("dangerOpen", true);
        for (String other : List.of("ON_TRACK", "READY_TO_CLOSE", "PARTIAL")) {
            refused("Somebody is in danger", () -> decide(other, Map.of()));
        }
        refused("Somebody is in danger", () -> decide("REVISE", Map.of("changesWanted", "Reach more miners.")));
        decide("ESCALATE", Map.of());
        assertThat(rescues()).as("never a second rescue").isEqualTo(1);
        assertThat(as("audit-programme").tasks())
                .as("until people are safe, nobody decides on a report")
                .isEmpty();
        as("protection").complete("task_takeInReport", Map.of("othersInDanger", "NO"));
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 4));

        assertThat(shown("audit-programme", "task_monitoringDecision")).containsEntry("dangerOpen", false);
        decide("ON_TRACK", Map.of());
        assertThat(as("audit-programme").tasks()).isEmpty();
        assertThat(variable(instance, "reportsSubmitted")).contains(1);
    }

    /** E04: the rescue is mostly over long before anybody decides on the report. */
    @Test
    @DisplayName("E04 Exploitation goes on: whoever is safe by the decision holds up nothing")
    void whoeverIsSafeByTheDecisionHoldsUpNothing() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "YES");
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 1));
        decide("ON_TRACK", Map.of());
        assertThat(as("audit-programme").tasks()).isEmpty();
        assertThat(rescues()).isEqualTo(1);
    }

    /** E04: danger that is reported while the audit programme settles a difference. */
    @Test
    @DisplayName("E04 Exploitation goes on: danger that comes between judgement and settlement comes first")
    void dangerThatComesBetweenJudgementAndSettlementComesFirst() {
        running("2026-06-29");
        reportAt("2026-12-29", "NONE", "NO");
        decide("ON_TRACK", Map.of());
        reportDanger();
        Map<String, Object> stays =
                Map.of("monitoringResult", "ON_TRACK", "monitoringReason", "The school year has only begun.");
        refused("Somebody is in danger", () -> as("audit-programme").complete("task_settleMonitoring", stays));
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "NOBODY"));
        as("audit-programme").complete("task_settleMonitoring", stays);
        assertThat(as("audit-programme").tasks()).isEmpty();
    }

    /** E04: a case of an earlier model called nobody when the report came in. */
    @Test
    @DisplayName("E04 Exploitation goes on: where nobody was called only an escalation is taken")
    void wherePeopleWereReportedInDangerAndNobodyWasCalledOnlyAnEscalationIsTaken() {
        running("2026-06-29");
        reportAt("2026-12-29", "SOME", "NO");
        runtimeService.setVariable(instance, "safetyRiskOpen", "YES");
        runtimeService.removeVariable(instance, "protectionCalled");
        refused("Somebody is in danger", () -> decide("ON_TRACK", Map.of()));
        decide("ESCALATE", Map.of());
        assertThat(as("protection").sees("task_assessDanger")).isTrue();
        as("protection").complete("task_assessDanger", Map.of("dangerNow", "NOBODY"));
        decide("ON_TRACK", Map.of());
        assertThat(as("audit-programme").tasks()).isEmpty();
    }

    @Test
    void theAuditProgrammeMayFindThatFewerGoalsAreReached() {
        running("2026-06-29");
        reportAt("2026-12-29", "ALL", "NO");
        assertThat(shown("audit-programme", "task_monitoringDecision")).containsEntry("goalsMet", "ALL");
        as("audit-programme")
                .complete("task_monitoringDecision", Map.of("goalsMet", "SOME", "monitoringJudgement", "ON_TRACK"));
        assertThat(as("audit-programme").tasks()).isEmpty();
        assertThat(variable(instance, "goalsMet")).contains("SOME");
    }

    // What happens, in the words of this step

    private void funded() {
        approvePlan();
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
    }

    private void running(String firstDay) {
        funded();
        start(firstDay, firstDay + "T10:00:00Z");
    }

    private void start(String firstDay, String recordedAt) {
        travelTo(recordedAt);
        as("facilitator").complete("task_startImplementation", startOn(firstDay));
    }

    private void reportAt(String day, String goalsMet, String danger) {
        travelTo(day + "T08:00:00Z");
        fireDueJobs();
        reportAndEndorse(goalsMet, danger);
    }

    private void reportAndEndorse(String goalsMet, String danger) {
        report(goalsMet, danger);
        as("smelter").complete("task_endorseReport", Map.of("statement", "AGREE"));
    }

    private void report(String goalsMet, String danger) {
        as("facilitator").complete("task_monitoringReport", reportOf(goalsMet, danger));
    }

    private void decide(String judgement, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("monitoringJudgement", judgement);
        values.put("goalsMet", variable(instance, "goalsMet").orElseThrow());
        as("audit-programme").complete("task_monitoringDecision", values);
    }

    private void reportDanger() {
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "SOMEBODY_IN_DANGER"));
        fireDueJobs();
    }

    private long rescues() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("emergency-protection")
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    private void extendUntil(String day) {
        decide("EXTEND", Map.of("changesWanted", "Reach more miners.", "extendedUntil", day));
        as("facilitator").complete("task_planExtension", revision());
    }

    private String caseOf(String victimRef) {
        return runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .variableValueEquals("victimRef", victimRef)
                .singleResult()
                .getId();
    }

    private void task(String person, String element, Map<String, ?> values) {
        as("vsc").tasks().stream()
                .filter(task -> task.getProcessInstanceId().equals(person))
                .filter(task -> task.getTaskDefinitionKey().equals(element))
                .findFirst()
                .ifPresentOrElse(task -> as("vsc").complete(task, values), () -> {
                    throw new AssertionError("vsc sees no " + element + " of this person");
                });
    }

    private static Map<String, Object> revision() {
        return Map.of(
                "revisedParts",
                List.of("LEVEL2", "SCHEDULE"),
                "revisedActivities",
                "Evening meetings at each pit, to reach 80 % of the miners.",
                "revisionAgreedWith",
                List.of("LOCAL_BODIES"));
    }

    private static Map<String, Object> level2Funds(double level2) {
        return Map.of(
                "level2FirstNeed",
                30_000,
                "fundsGovernmentReceived",
                level2,
                "fundsGovernmentConditions",
                "Only for the school.",
                "level2Received",
                level2);
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    // What one sees

    private String state() {
        return String.valueOf(variable(instance, "caseState").orElse(""));
    }

    private int lessons(String kind) {
        return jdbc.sql("select count(*) from lesson_line where case_number = ? and kind = ?")
                .params(caseNumber, kind)
                .query(Integer.class)
                .single();
    }

    private static Date date(String instant) {
        return Date.from(Instant.parse(instant));
    }
}
