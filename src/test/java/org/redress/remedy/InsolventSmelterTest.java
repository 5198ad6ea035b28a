package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * S16, from the report to the lessons: the smelter is insolvent when five people wait for help, so others bridge Level 1, and
 * Level 2 comes in phases and ends in part (remedy.md F, D15, E12).
 */
class InsolventSmelterTest extends WholeStory {

    @Test
    @DisplayName("E12 Money is short: S16, others bridge the help for the people and the case is closed in part")
    void s16OthersBridgeTheHelpForThePeopleAndTheCaseIsClosedInPart() {
        Scenario scenario = Scenario.of("S16");
        wasReported(scenario.toString());
        arrives(scenario);
        theHarmIsSubstantiated(scenario);
        theLevelIsReviewed(scenario);
        theSmelterAnswers("NO");
        remedyIsOwedAsExpected(scenario);

        fiveArePlannedFor();
        LocalDate approved = today();
        theSmelterPaysNothing(approved);
        nothingForSafetyStops(approved);
        othersBridgeLevel1(approved);
        LocalDate start = today();
        level2ComesInPhases(approved);
        theAimsAreReachedInPart(start);
        itIsClosedInPart();
        theLessonsAreLearned("SOME", "The smelter was insolvent, and nobody had asked how it stood.", "AIMS_MISSED");
        assertThat(states()).containsSubsequence(WALKED).endsWith("CLOSED_PARTIAL", "LESSONS");
    }

    private void fiveArePlannedFor() {
        theGroundIsKnown(RemedyForms.coordinator());
        areRegistered(Stream.of("Amina", "Benoit", "Cecile", "Daudi", "Eliane")
                .map(name -> somebody(name, "NO"))
                .toList());
        haveTheirPlans("SHELTER");
        thePlanIsApproved();
        assertThat(state()).isEqualTo("FUNDING");
    }

    private void theSmelterPaysNothing(LocalDate approved) {
        assertThat(dueAt("facilitator", "task_raiseFunds")).isEqualTo(endOf(approved.plusDays(30)));
        leapTo(endOf(approved.plusDays(15)).minusSeconds(1).toString());
        assertThat(letters("funding-gap")).isZero();
        travelThrough(endOf(approved.plusDays(15)).toString());
        assertThat(letters("funding-gap"))
                .as("on day 15, to the smelter and the downstream company")
                .isEqualTo(2);

        leapTo(approved.plusDays(16) + "T09:00:00Z");
        complete(
                "facilitator",
                "task_raiseFunds",
                Map.of(
                        "level1FirstNeed", 6000,
                        "level2FirstNeed", 10000,
                        "fundsSmelterAsked", 16000,
                        "fundsSmelterReceived", 0,
                        "level1Received", 0,
                        "level2Received", 0));
        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 0)
                .containsEntry("level1Missing", 6000.0)
                .containsEntry("level2Missing", 10000.0);
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "BRIDGE", "bridgeFund", 1000));
        assertThat(letters("funding-gap")).isEqualTo(4);
        assertThat(shown("downstream", "task_offerBridge"))
                .as("the bridge fund came first, downstream is next")
                .containsEntry("level1Missing", 5000.0);
        assertThat(dueAt("downstream", "task_offerBridge")).isEqualTo(endOf(approved.plusDays(30)));
        assertThat(sees("smelter")).containsExactly("task_sayWhatYouGive");
        assertThat(sees("smelter-b")).isEmpty();
        noCompanyHasReadOfAnybody();
    }

    /** Nobody waits for money to be safe: contacts go on, and a rescue begins within the hour. */
    private void nothingForSafetyStops(LocalDate approved) {
        assertThat(tasks("vsc", "task_followUp")).hasSize(5);
        everybodyIsMet();
        assertThat(tasks("vsc", "task_followUp")).as("and again").hasSize(5);
        leapTo(approved.plusDays(20) + "T22:30:00Z");
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "SOMEBODY_IN_DANGER"));
        fireDueJobs();
        assertThat(dueAt("protection", "task_assessDanger"))
                .as("within the hour")
                .isEqualTo(approved.plusDays(20) + "T23:30:00Z");
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        complete("protection", "task_reportToPolice", DangerForms.reportedToPolice("YES"));
        complete("vsc", "task_bringToSafety", DangerForms.broughtOut());
        complete("vsc", "task_coverNeeds", with(DangerForms.covered(), Map.of("needsAdvancedBy", "BRIDGE")));
        complete("protection", "task_recordRescue", with(DangerForms.recorded("NO"), Map.of("childrenSafe", 0)));
        assertThat(endOf(process("emergency-protection"))).isEqualTo("end_peopleSafe");
    }

    private void othersBridgeLevel1(LocalDate approved) {
        leapTo(endOf(approved.plusDays(30)).minusSeconds(1).toString());
        assertThat(letters("funding-overdue")).isZero();
        travelThrough(endOf(approved.plusDays(30)).toString());
        assertThat(letters("funding-overdue"))
                .as("on day 30, to the smelter, the downstream company and the pool")
                .isEqualTo(3);

        leapTo(approved.plusDays(31) + "T09:00:00Z");
        assertThat(sees("audit-programme")).doesNotContain("task_releasePool");
        complete("downstream", "task_offerBridge", Map.of("bridgeDownstream", 2500));
        assertThat(sees("facilitator")).doesNotContain("task_askDonor");
        complete("audit-programme", "task_releasePool", Map.of("bridgePool", 1500));
        complete("facilitator", "task_askDonor", Map.of("bridgeDonor", 1000, "donorsAsked", List.of("UN")));
        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 100)
                .containsEntry("level2Covered", 0);
        assertThat(shown("audit-programme", "task_confirmFunding", "fundingDefects"))
                .contains("LEVEL2_NOT_FUNDED")
                .doesNotContain("LEVEL1_NEEDS_BRIDGE");
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START_LEVEL1"));
        assertThat(dueAt("facilitator", "task_startImplementation"))
                .as("five business days")
                .isEqualTo(clock("D16", ClockUtil.getCurrentTime()));
        leapTo(approved.plusDays(32) + "T09:00:00Z");
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        assertThat(tasks("vsc", "task_referToService"))
                .as("no shelter is cut, nobody's waits for the rest of the money")
                .hasSize(5)
                .allSatisfy(task -> assertThat(as("vsc").formVariables(task)).containsEntry("service", "SHELTER"));
        theCoordinatorHelps();
        assertThat(people.facts(caseNumber).servicesCompleted()).isEqualTo(5);
        noCompanyHasReadOfAnybody();
    }

    private void level2ComesInPhases(LocalDate approved) {
        travelThrough(endOf(approved.plusDays(45)).plusSeconds(1).toString());
        assertThat(sees("audit-programme"))
                .as("the stop day ends nothing any more")
                .doesNotContain("task_decideOnShortFunds");
        assertThat(shown("facilitator", "task_raiseLevel2Funds")).containsEntry("level2Missing", 10000.0);
        assertThat(sees("smelter")).doesNotContain("task_raiseLevel2Funds");
        complete(
                "facilitator",
                "task_raiseLevel2Funds",
                Map.of(
                        "level2RestReceived", 2000,
                        "level2RestFunded", "NO",
                        "level2NextSource", "The government of the district"));
        assertThat(letters("funding-gap")).as("who could pay is told again").isEqualTo(6);
        assertThat(dueAt("facilitator", "task_raiseLevel2Funds"))
                .as("asked again, until Level 2 is funded to its end")
                .isEqualTo(clock("D15", ClockUtil.getCurrentTime()));
    }

    private void theAimsAreReachedInPart(LocalDate start) {
        isReportedInMonth(6, start, report());
        decidedOnTheReport("SOME", "ON_TRACK");
        travelThrough(start.plusMonths(12).minusDays(7) + "T09:00:00Z");
        everybodyIsMet();
        everybodyIsMet();
        awarenessWorkEnds(12, "MISSED", "NO");
        isReportedInMonth(12, start, report());
        decidedOnTheReport("SOME", "PARTIAL");
        assertThat(shown("audit-programme", "task_settleMonitoring")).containsEntry("advisedMonitoring", "EXTEND");
        complete(
                "audit-programme",
                "task_settleMonitoring",
                Map.of(
                        "monitoringResult", "PARTIAL",
                        "monitoringReason", "More time brings no money: the smelter is insolvent."));
        assertThat(endOf(process("implement-remedy"))).isEqualTo("end_reachedInPart");
        assertThat(variable(process("implement-remedy"), "level2Missing"))
                .as("not funded, on record")
                .contains(10000.0);
    }

    private static Map<String, Object> report() {
        return with(
                RemedyForms.report("SOME"),
                Map.of(
                        "peopleWomen",
                        3,
                        "peopleMen",
                        2,
                        "spentLevel2",
                        2000,
                        "obstacles",
                        List.of("MONEY", "COMPANY"),
                        "obstaclesText",
                        "The smelter is insolvent.",
                        "level2Findings",
                        "The second phase did not begin for want of money.",
                        "progressSummary",
                        "The people have shelter; Level 2 waits for money."));
    }

    /** The smelter is no more there to record the handover; that alone does not keep the case open for ever. */
    private void itIsClosedInPart() {
        complete(
                "facilitator",
                "task_finalReport",
                with(
                        RemedyForms.finalReport("PARTIAL"),
                        Map.of(
                                "assistanceSummary", "Five people were helped with shelter on bridge money.",
                                "openObligations", "Level 2 was not funded to its end; the district asks donors.")));
        LocalDate answers = due("smelter", "task_endorseFinalReport");
        assertThat(endOf(answers)).isEqualTo(clock("smelter-response", ClockUtil.getCurrentTime()));
        travelThrough(endOf(answers).minusSeconds(1).toString());
        assertThat(sees("smelter")).contains("task_endorseFinalReport");
        travelThrough(endOf(answers).toString());
        assertThat(sees("smelter")).doesNotContain("task_endorseFinalReport");
        complete("audit-programme", "task_checkFinalReport", RemedyForms.evidence());
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .as("who does not answer has recorded nothing")
                .contains("CG01")
                .doesNotContain("CG02", "CG04", "CG05", "CG06", "CG16");
        Map<String, Object> inPart = new HashMap<>(Map.of("closingDecision", "CLOSE", "closingOutcome", "PARTIAL"));
        assertThatThrownBy(() -> complete("audit-programme", "task_reviewClosing", inPart))
                .as("why is it accepted?")
                .hasMessageContaining("closingReason");
        theIncidentIsClosed(
                "PARTIAL",
                Map.of("closingReason", "The people are helped; the smelter is insolvent and pays for nothing more."));
        assertThat(figuresOfTheClosingReport())
                .contains("People registered: 5, children among them: 0", "done: 5, overdue: 0", "aims reached: 0");
    }
}
