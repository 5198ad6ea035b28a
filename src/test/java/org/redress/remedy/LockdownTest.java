package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.deadline.DeadlineMoves;
import org.redress.engine.InvalidForm;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * S22, from the report to the lessons: nine children work where nobody may travel to for three months. What is established from
 * a distance helps them at once, and closes nothing (remedy.md F, B.12, E23).
 */
@SuppressWarnings("NullAway.Init")
class LockdownTest extends WholeStory {

    private static final List<String> NINE =
            List.of("Abelo", "Bosembo", "Colette", "Dieudonne", "Emeka", "Fatuma", "Grace", "Hodari", "Ilunga");

    @Autowired
    private DeadlineMoves moves;

    @Autowired
    private RemoteFindings findings;

    @AfterEach
    void forgetTheEmergency() {
        forgetEmergencies(jdbc);
    }

    @Test
    @DisplayName(
            "E23 Emergency mode: S22, nine children are helped through the lockdown and the case is closed once the site was seen")
    void s22NineChildrenAreHelpedThroughTheLockdownAndTheCaseIsClosedOnceTheSiteWasSeen() {
        Scenario scenario = Scenario.of("S22");
        wasReported(scenario.toString());
        theInvestigationBegins(scenario);
        theAreaIsShutForThreeMonths();
        theHarmIsEstablishedFromADistance(scenario);
        theNineAreMetWithinADayEach();
        theLockdownIsLifted();
        theRemedyIsMonitored();
        itIsNotClosedBeforeTheSiteIsSeen();
        theLessonsAreLearned("ALL", "Nobody could be met at the site for three months.");
        assertThat(states()).containsSubsequence(WALKED).endsWith("CLOSED_COMPLETED", "LESSONS");
    }

    private void theInvestigationBegins(Scenario scenario) {
        investigatedIn("KI");
        assertThat(dueAt("audit-programme", "task_investigate"))
                .isEqualTo(endOf(LocalDate.parse("2026-09-01")))
                .isEqualTo(endOf(scenario.due("D06")));
    }

    private void theAreaIsShutForThreeMonths() {
        travelThrough("2026-07-20T08:00:00Z");
        begin(
                "declare-emergency",
                "audit-programme",
                Map.of(
                        "emergencyArea",
                        List.of("KI"),
                        "emergencyReason",
                        "EPIDEMIC",
                        "emergencyUntil",
                        "2026-10-20",
                        "emergencyGrounds",
                        "The ministry has closed all roads to the islands."));
        as("audit-programme-2").complete("task_confirmEmergency", Map.of("emergencyConfirmed", "YES"));
        fireDueJobs();
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        assertThat(dueAt("audit-programme", "task_investigate"))
                .as("three months more at most")
                .isEqualTo(endOf(LocalDate.parse("2026-12-01")));
        assertThat(moves.ofCase(caseNumber))
                .singleElement()
                .satisfies(recorded -> assertThat(recorded.move().clockId()).isEqualTo("D06"));
    }

    private void theHarmIsEstablishedFromADistance(Scenario scenario) {
        travelThrough("2026-10-15T09:00:00Z");
        Map<String, Object> found = with(
                scenario.investigation(),
                Map.of("investigationMethod", List.of("DESK", "REMOTE"), "factFinding", "REMOTE"));
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_investigate",
                        with(found, Map.of("remoteSources", List.of("LOCAL_NGO")))))
                .as("one source alone")
                .isInstanceOf(InvalidForm.class);
        complete(
                "audit-programme",
                "task_investigate",
                with(found, Map.of("remoteSources", List.of("LOCAL_NGO", "VOICE_INTERVIEW"))));
        assertThat(ofTheCase("foundRemotely")).isEqualTo("true");
        assertThat(reads("audit-programme", "task_decideSubstantiation")).contains("Established from a distance");
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_assessLink", scenario.link());
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        asExpected(scenario);
        assertThat(reads("audit-programme", "task_reviewLevel")).contains("Established from a distance");
        complete("audit-programme", "task_reviewLevel", accepted());
        theSmelterAnswers("NO");
        remedyIsOwedAsExpected(scenario);
    }

    private void theNineAreMetWithinADayEach() {
        theGroundIsKnown(with(RemedyForms.coordinator(), Map.of("childCover", "SPECIALISED")));
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        for (int number = 1; number <= NINE.size(); number++) {
            Map<String, Object> child = somebody(NINE.get(number - 1), "YES");
            wasTold(String.valueOf(child.get("victimName")));
            assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
            assertThat(dueAt("vsc", "task_registerVictim"))
                    .as("child %d: no emergency lengthens it", number)
                    .isEqualTo(ClockUtil.getCurrentTime().toInstant().plus(Duration.ofHours(24)));
            complete(
                    "vsc",
                    "task_registerVictim",
                    with(child, Map.of("personToRegister", number < NINE.size() ? "YES" : "NO")));
        }
        assertThat(people.facts(caseNumber).children()).isEqualTo(9);
        haveTheirPlans("SHELTER");
        thePlanIsApproved();
    }

    private void theLockdownIsLifted() {
        travelThrough("2026-10-20T23:59:58Z");
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        travelThrough("2026-10-20T23:59:59Z");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        assertThat(dueAt("facilitator", "task_checkOnSite"))
                .as("sixty days")
                .isEqualTo(endOf(LocalDate.parse("2026-12-19")));
        for (String other : List.of("smelter", "downstream", "vsc", "provider", "protection")) {
            assertThat(sees(other)).as(other).doesNotContain("task_checkOnSite");
            assertThatThrownBy(() -> as(other).complete(task("facilitator", "task_checkOnSite"), seen()))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        travelThrough("2026-10-21T09:00:00Z");
        theRemedyBegins();
        assertThat(tasks("vsc", "task_referToService")).hasSize(9);
        theCoordinatorHelps();
        everybodyIsMet();
        everybodyIsMet();
        noCompanyHasReadOfAnybody();
    }

    private void theRemedyIsMonitored() {
        LocalDate start = today();
        isReportedInMonth(6, start, reportOnNine("SOME"));
        decidedOnTheReport("SOME", "ON_TRACK");
        travelThrough(start.plusMonths(12).minusDays(7) + "T09:00:00Z");
        everybodyIsMet();
        awarenessWorkEnds(84, "REACHED", "YES");
        isReportedInMonth(12, start, reportOnNine("ALL"));
        decidedOnTheReport("ALL", "READY_TO_CLOSE");
    }

    private void itIsNotClosedBeforeTheSiteIsSeen() {
        String help = "Nine children were helped with shelter and school.";
        theFinalReportIsChecked("COMPLETED", help);
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .contains("REMOTE_EVIDENCE_ONLY");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_reviewClosing",
                        Map.of(
                                "closingDecision", "CLOSE",
                                "closingOutcome", "COMPLETED",
                                "closingReason", "The children are at school.")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("nobody has checked it on site");
        assertThat(findings.isUnchecked(caseNumber)).isTrue();
        complete("facilitator", "task_checkOnSite", seen());
        assertThat(visits("end_confirmedOnSite")).isEqualTo(1);
        complete(
                "audit-programme",
                "task_reviewClosing",
                Map.of("closingDecision", "RETURN", "returnReason", "Say what was seen on site."));
        complete(
                "facilitator",
                "task_finalReport",
                with(RemedyForms.finalReport("COMPLETED"), Map.of("assistanceSummary", help)));
        complete("smelter", "task_endorseFinalReport", RemedyForms.handedOver());
        complete("audit-programme", "task_checkFinalReport", RemedyForms.evidence());
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .isEqualTo("[]");
        theIncidentIsClosed("COMPLETED", Map.of());
    }

    private static Map<String, Object> seen() {
        return Map.of("siteVisitedOn", today().toString(), "siteOutcome", "CONFIRMED");
    }

    private static Map<String, Object> reportOnNine(String goalsMet) {
        return with(RemedyForms.report(goalsMet), Map.of("peopleWomen", 0, "peopleGirls", 4, "peopleBoys", 5));
    }
}
