package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;
import static org.redress.remedy.VictimForms.but;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * S02, from the report to the lessons: a boy of sixteen was sold into a gold camp, is sick, and is still there; the police
 * take money from those who run it (remedy.md F, E04, E05).
 *
 * <p>Somebody in danger makes the case urgent, so its clocks are the shorter ones of the deadline matrix (B.9): none ends
 * after the day that scenarios/remedy.json names for urgency NORMAL, which {@link ScenarioTest} walks.
 */
class BoyInTheGoldCampTest extends WholeStory {

    private static final String WORDS =
            "His cousin sold him to the camp at the third bend; he pushes barrows for the fee.";

    /** E04, E05. */
    @Test
    @DisplayName(
            "E05 The police are a danger: S02, the boy is freed through the UN at once and the police hear nothing until the case is closed")
    void s02TheBoyIsFreedThroughTheUnAtOnceAndThePoliceHearNothingUntilTheCaseIsClosed() {
        Scenario scenario = Scenario.of("S02");
        wasReported(WORDS);
        heIsReportedByNight(scenario);
        heIsFreedBeforeAnybodyHasDecided();
        theAllegationIsVerifiedInUrgency(scenario);
        nobodyAsksHimBefore("2026-03-05T23:59:59Z");
        theLevelIsDecidedInUrgency(scenario);
        remedyIsOwedAsExpected(scenario);
        heIsPlannedFor();
        theHelpRunsOnBridgeMoneyAtOnce();
        itIsMonitoredAndClosed();
        theLessonsAreLearned("ALL", "Nobody at the camp asked how old the boys were.");
        assertThat(states()).containsSubsequence(WALKED).endsWith("CLOSED_COMPLETED", "LESSONS");
        assertThat(visits("task_reportToPolice")).isZero();
        assertThat(variable(process("emergency-protection"), "reportedTo")).contains("UN_ENTITY");
    }

    private void heIsReportedByNight(Scenario scenario) {
        receive(
                scenario.received() + "T20:10:00Z",
                with(scenario.grievance(), Map.of("ongoing", "YES", "whatHappened", WORDS)));
        fireDueJobs();
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(clock("D01-target", "receivedAt")).isEqualTo(endOf(scenario.due("D01-target")));
        assertThat(clock("D01-hard", "receivedAt")).isEqualTo(endOf(scenario.due("D01-hard")));
        assertThat(clock("D08", (Date)
                        variable(process("verify-allegation"), "acknowledgedAt").orElseThrow()))
                .isEqualTo(endOf(LocalDate.parse("2026-05-03")))
                .isBefore(endOf(scenario.due("D08")));
        assertThat(dueAt("protection", "task_safetyTriage"))
                .as("life at risk: within the hour")
                .isEqualTo("2026-02-03T21:10:00Z");
        assertThat(dueAt("downstream", "task_screenCredibility"))
                .isEqualTo(endOf(LocalDate.parse("2026-02-06")))
                .isBefore(endOf(scenario.due("D03")));
    }

    private void heIsFreedBeforeAnybodyHasDecided() {
        travelThrough("2026-02-03T20:30:00Z");
        complete(
                "protection",
                "task_safetyTriage",
                with(
                        Step1.safe(),
                        Map.of(
                                "stillExploited", "YES",
                                "childInDanger", "YES",
                                "medicalEmergency", "YES",
                                "actionTaken", "A nurse is on her way to the fence.")));
        wasTold("A nurse is on her way to the fence.");
        assertThat(lettersTo("protection", caseNumber)).contains("ongoing-exploitation");
        assertThat(dueAt("protection", "task_assessDanger")).isEqualTo("2026-02-03T21:30:00Z");
        assertThat(shown("protection", "task_assessDanger", "eventNote"))
                .isEqualTo("A nurse is on her way to the fence.");
        complete("protection", "task_assessDanger", DangerForms.inDanger("YES", "YES"));
        String rescue = process("emergency-protection");
        assertThat(variable(rescue, "channelRule")).contains("RC2");
        assertThat(dueAt("protection", "task_signProtection")).isEqualTo("2026-02-03T21:30:00Z");
        assertThat(sees("legal")).isEmpty();
        complete("protection", "task_signProtection", DangerForms.signed());
        assertThat(dueAt("legal", "task_clarifyDuty")).as("law is informed").isEqualTo("2026-02-04T20:30:00Z");
        assertThat(dueAt("protection", "task_reportToAuthority")).isEqualTo("2026-02-03T21:30:00Z");
        for (String police : List.of("POLICE", "MINISTRY")) {
            assertThatThrownBy(() -> complete("protection", "task_reportToAuthority", DangerForms.reported(police)))
                    .hasMessageContaining("does not go to the police");
        }
        complete("protection", "task_reportToAuthority", DangerForms.reported("UN_ENTITY"));
        assertThat(dueAt("protection", "task_bringToSafety"))
                .as("a child: within a day")
                .isEqualTo("2026-02-04T20:30:00Z");
        complete("protection", "task_bringToSafety", DangerForms.broughtOut());
        complete("protection", "task_coverNeeds", with(DangerForms.covered(), Map.of("needsAdvancedBy", "BRIDGE")));
        complete("protection", "task_recordRescue", DangerForms.recorded("NO"));
        assertThat(variable(rescue, "emergencyState")).contains("OVER");
        assertThat(variable(rescue, "childrenSafe"))
                .as("the rescue is recorded")
                .contains(1);
        assertThat(sees("downstream"))
                .as("before anybody has decided whether it is credible")
                .containsExactly("task_screenCredibility");
        assertThat(visits("task_reportToPolice")).isZero();
        travelThrough("2026-02-04T10:00:00Z");
        complete("legal", "task_clarifyDuty", DangerForms.duty());
        assertThat(isEnded(rescue)).isTrue();
    }

    private void theAllegationIsVerifiedInUrgency(Scenario scenario) {
        travelThrough("2026-02-06T17:00:00Z");
        complete("downstream", "task_screenCredibility", scenario.credibility());
        assertThat(dueAt("downstream", "task_screenActionability")).isEqualTo(endOf(LocalDate.parse("2026-02-06")));
        complete("downstream", "task_screenActionability", scenario.actionability());
        assertThat(lettersTo("audit-programme", caseNumber)).contains("dossier");
        assertThat(sees("smelter")).as("nobody warns the smelter").isEmpty();
        complete("audit-programme", "task_openReview", Step1.review());
        assertThat(dueAt("audit-programme", "task_investigate"))
                .as("one month")
                .isEqualTo(endOf(LocalDate.parse("2026-03-06")))
                .isBefore(endOf(scenario.due("D06")));
        travelThrough("2026-03-04T17:00:00Z");
        complete("audit-programme", "task_investigate", scenario.investigation());
    }

    /** D24: no pressure to cooperate with the police for thirty days. */
    private void nobodyAsksHimBefore(String end) {
        travelThrough(Instant.parse(end).minusSeconds(1).toString());
        assertThat(visits("task_askCooperation")).isZero();
        travelThrough(end);
        assertThat(visits("task_askCooperation")).isEqualTo(1);
        complete("protection", "task_askCooperation", Map.of("cooperationWish", "NO"));
        assertThat(endOf(process("recovery-and-reflection"))).isEqualTo("end_leftInPeace");
    }

    private void theLevelIsDecidedInUrgency(Scenario scenario) {
        travelThrough("2026-03-06T09:00:00Z");
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_assessLink", scenario.link());
        assertThat(clock("D06-max", "notifiedAt"))
                .isEqualTo(endOf(LocalDate.parse("2026-08-06")))
                .isBefore(endOf(scenario.due("D06-max")));
        assertThat(dueAt("smelter", "task_confirmFacts")).isEqualTo(endOf(LocalDate.parse("2026-03-09")));
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        assertThat(dueAt("audit-programme", "task_reviewLevel"))
                .as("three business days")
                .isEqualTo(endOf(LocalDate.parse("2026-03-11")))
                .isBefore(endOf(scenario.due("D09")));
        asExpected(scenario);
        complete("audit-programme", "task_reviewLevel", accepted());
        theSmelterAnswers("NO");
    }

    private void heIsPlannedFor() {
        assertThat(dueAt("audit-programme", "task_selectFacilitator"))
                .as("urgent: three business days")
                .isEqualTo(endOf(LocalDate.parse("2026-03-11")));
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        assertThat(dueAt("facilitator", "task_selectCoordinator")).as("a day").isEqualTo("2026-03-07T09:00:00Z");
        assertThat(shown("facilitator", "task_selectCoordinator")).containsEntry("childInCase", true);
        complete(
                "facilitator",
                "task_selectCoordinator",
                with(RemedyForms.coordinator(), Map.of("childCover", "SPECIALISED")));
        areRegistered(List.of(somebody("Prosper", "YES")));
        String boy = caseOf(people.of(caseNumber).get(0).victimRef());
        complete("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        complete("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        complete("vsc", "task_assessBestInterests", but(VictimForms.bestInterests(), "schoolAge", "NO"));
        assertThat(variable(boy, "childPackage").map(Object::toString).orElseThrow())
                .as("sixteen, and long out of school")
                .contains("VOCATIONAL_COURSE", "NO_HAZARDOUS_WORK")
                .doesNotContain("SCHOOL_ENROLMENT");
        haveTheirPlans("SHELTER", "HEALTH", "FINANCIAL");
        assertThat(dueAt("vsc", "task_followUp")).as("a child: weekly").isEqualTo(endOf(today().plusDays(7)));
        thePlanIsApproved();
    }

    /** D15, urgent: bridge money within 48 hours; Level 1 does not wait for the smelter's. */
    private void theHelpRunsOnBridgeMoneyAtOnce() {
        Instant approved = ClockUtil.getCurrentTime().toInstant();
        assertThat(dueAt("facilitator", "task_raiseFunds")).isEqualTo(approved.plusSeconds(48 * 3600));
        complete(
                "facilitator",
                "task_raiseFunds",
                Map.of(
                        "level1FirstNeed", 6000,
                        "level2FirstNeed", 10000,
                        "fundsSmelterPledged", 16000,
                        "level1Received", 0,
                        "level2Received", 0));
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "BRIDGE", "bridgeFund", 6000));
        assertThat(sees("downstream")).as("the bridge fund covers it").doesNotContain("task_offerBridge");
        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 100)
                .containsEntry("level2Covered", 0);
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START_LEVEL1"));
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        assertThat(ClockUtil.getCurrentTime().toInstant())
                .as("on the day of the approval")
                .isEqualTo(approved);
        String step4 = process("implement-remedy");
        assertThat(variable(step4, "bridgeFund").map(Object::toString)).contains("6000");
        assertThat(variable(step4, "level1Received").map(Object::toString)).contains("0");
        assertThat(tasks("vsc", "task_referToService")).hasSize(3);
        theCoordinatorHelps();
        assertThat(people.facts(caseNumber).servicesCompleted())
                .as("all on bridge money")
                .isEqualTo(3);
        travelThrough(today().plusDays(20) + "T09:00:00Z");
        complete(
                "facilitator", "task_raiseLevel2Funds", Map.of("level2RestReceived", 22000, "level2RestFunded", "YES"));
        noCompanyHasReadOfAnybody();
    }

    private void itIsMonitoredAndClosed() {
        LocalDate start = LocalDate.parse("2026-03-06");
        everybodyIsMet();
        everybodyIsMet();
        isReportedInMonth(6, start, report("SOME"));
        assertThat(shown("audit-programme", "task_monitoringDecision", "figures"))
                .contains("\"victims\":\"1\"", "\"children\":\"1\"");
        decidedOnTheReport("SOME", "ON_TRACK");
        travelThrough(start.plusMonths(12).minusDays(7) + "T09:00:00Z");
        awarenessWorkEnds(84, "REACHED", "YES");
        isReportedInMonth(12, start, report("ALL"));
        decidedOnTheReport("ALL", "READY_TO_CLOSE");
        theFinalReportIsChecked("COMPLETED", "One child was freed, and helped with shelter, health and a trade.");
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .isEqualTo("[]");
        theIncidentIsClosed("COMPLETED", Map.of());
        assertThat(figuresOfTheClosingReport()).contains("children among them: fewer than 5");
    }

    private static Map<String, Object> report(String goalsMet) {
        return with(RemedyForms.report(goalsMet), Map.of("peopleWomen", 0, "peopleBoys", 1));
    }
}
