package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * S25, from the report to the lessons: somebody reports bad air underground and is dismissed for it (remedy.md F, E19). The
 * answer to it runs beside the case, which is row A though the harm is not severe.
 */
@SuppressWarnings("NullAway.Init")
class WhistleBlowerTest extends WholeStory {

    private static final String WORDS = "The air below is bad, and I wrote it to the safety committee.";
    private static final String CONTACT = "Only on the old number.";

    @Autowired
    private MeterRegistry meters;

    @Test
    @DisplayName(
            "E19 Retaliation: S25, who is dismissed for speaking is protected within a day and gets remedy though the harm is not severe")
    void s25WhoIsDismissedForSpeakingIsProtectedWithinADayAndGetsRemedyThoughTheHarmIsNotSevere() {
        Scenario reported = Scenario.of("S25");
        wasReported(WORDS);
        wasTold(CONTACT);
        arrives(reported, Map.of("whatHappened", WORDS, "contact", CONTACT));
        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .isEqualTo(WORDS);
        theWhistleBlowerIsDismissed();
        theIdentityIsMasked();
        thePersonIsProtectedWithinADay();

        // Dates of the file are those of a case that is not urgent
        Scenario scenario = reported.dueOtherwise(
                Map.of("D04", "2026-07-20", "D06", "2026-08-20", "D06-max", "2027-01-20", "D09", "2026-08-25"));
        theDossierGoesOutAtOnce(scenario);
        assertThat(shown("audit-programme", "task_openReview", "whatHappened"))
                .as("who investigates goes on by what was told")
                .isEqualTo(WORDS);
        theHarmIsInvestigated(scenario);
        isSubstantiated(scenario);
        theLevelIsReviewedThoughNothingIsSevere(scenario);
        theSmelterAnswers("NO");
        remedyIsOwedAsExpected(scenario);
        theRemedyIsForThePerson();
        itIsClosed();
        theLessonsAreLearned("ALL", "Who wrote to the committee was known to the foreman the next day.");
        assertThat(states()).containsSubsequence(WALKED).endsWith("CLOSED_COMPLETED", "LESSONS");
        assertThat(jdbc.sql("select count(*) from vault_hidden_identity where case_number = ?")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single())
                .as("masked for good")
                .isEqualTo(1);
    }

    /** On a Saturday, before anything is decided. */
    private void theWhistleBlowerIsDismissed() {
        double before = reportsEver();
        double openBefore = open();
        travelTo("2026-07-18T16:20:00Z");
        cases.begin(
                "case-event-reported",
                caseNumber,
                Map.of("eventKind", "RETALIATION", "eventNote", "Dismissed this morning.", "mode", "EMERGENCY"));
        fireDueJobs();
        wasTold("Dismissed this morning.");
        assertThat(reportsEver()).as("the metric").isEqualTo(before + 1);
        assertThat(open()).isEqualTo(openBefore + 1);
        for (String[] who : List.of(
                new String[] {"protection", "task_protectReporter"},
                new String[] {"legal", "task_offerLegalAid"},
                new String[] {"protection", "task_demandRedress"})) {
            assertThat(dueAt(who[0], who[1]))
                    .as(who[1] + " within a day, on a Sunday, in whichever mode")
                    .isEqualTo("2026-07-19T16:20:00Z");
        }
        assertThat(lettersTo("protection", caseNumber)).contains("retaliation");
        assertThat(lettersTo("smelter", caseNumber)).isEmpty();
    }

    private void theIdentityIsMasked() {
        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .as("who screens reads it no more")
                .isEqualTo("•••");
        for (String user : List.of("smelter", "downstream", "vsc", "provider", "member", "audit-programme")) {
            assertThat(sees(user))
                    .as(user)
                    .doesNotContain("task_protectReporter", "task_offerLegalAid", "task_demandRedress");
        }
    }

    private void thePersonIsProtectedWithinADay() {
        double openBefore = open();
        travelTo("2026-07-19T09:00:00Z");
        complete(
                "protection",
                "task_protectReporter",
                Map.of(
                        "retaliationKind", "DISMISSAL",
                        "relocated", "OFFERED",
                        "inDangerToo", "NO",
                        "protectionSteps", "Two people know of it, and a safe number was given."));
        complete(
                "legal",
                "task_offerLegalAid",
                Map.of("legalAid", "ACCEPTED", "legalAidNote", "Counsel has filed for interim pay."));
        assertThat(sees("audit-programme")).doesNotContain("task_decideSanction");
        complete(
                "protection",
                "task_demandRedress",
                Map.of(
                        "redressDemanded", List.of("REINSTATEMENT", "PAY"),
                        "leverageUsed", "LETTER",
                        "redressNote", "The management looks into all dismissals of July."));
        String answer = process("answer-retaliation");
        assertThat(variable(answer, "redressDemanded").map(Object::toString))
                .hasValueSatisfying(demanded -> assertThat(demanded).contains("REINSTATEMENT"));
        assertThat(variable(answer, "leverageUsed")).contains("LETTER");
        Task sanction = task("audit-programme", "task_decideSanction");
        assertThat(sanction.getDueDate().toInstant())
                .as("ten business days")
                .isEqualTo(endOf(LocalDate.parse("2026-07-31")));
        Map<String, Object> warning = Map.of(
                "retaliationStopped",
                "YES",
                "sanction",
                "WARNING",
                "sanctionReason",
                "The rule on those who speak was broken once.");
        for (String other : List.of("smelter", "downstream", "protection")) {
            assertThatThrownBy(() -> as(other).complete(sanction, warning))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        complete("audit-programme", "task_decideSanction", warning);
        assertThat(endOf(answer)).isEqualTo("end_retaliationAnswered");
        assertThat(open()).as("answered").isEqualTo(openBefore - 1);
        theIdentityIsMasked();
    }

    /** Retaliation makes the case urgent (B.9): it was to be screened by Thursday, and the dossier goes out within a day. */
    private void theDossierGoesOutAtOnce(Scenario scenario) {
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(dueAt("downstream", "task_screenCredibility"))
                .as("D03, three business days")
                .isEqualTo(endOf(LocalDate.parse("2026-07-16")));
        onThisDay("downstream", "task_screenCredibility", scenario.credibility());
        onThisDay("downstream", "task_screenActionability", scenario.actionability());
        assertThat(clock("D04", ClockUtil.getCurrentTime())).isEqualTo("2026-07-20T09:00:00Z");
        travelTo("2026-07-20T09:00:00Z");
        fireDueJobs();
    }

    private void theLevelIsReviewedThoughNothingIsSevere(Scenario scenario) {
        onItsLastDay("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        fireDueJobs();
        assertThat(reads("audit-programme", "task_reviewLevel"))
                .contains("Not severe.", "Row A: current trade.")
                .doesNotContain("Severe because of");
        assertThat(dueAt("audit-programme", "task_reviewLevel")).isEqualTo(endOf(scenario.due("D09")));
        asExpected(scenario);
        onItsLastDay("audit-programme", "task_reviewLevel", accepted());
    }

    private void theRemedyIsForThePerson() {
        theGroundIsKnown(RemedyForms.coordinator());
        areRegistered(List.of(somebody("Gustave", "NO")));
        haveTheirPlans("LEGAL");
        thePlanIsApproved();
        theRemedyBegins();
        LocalDate start = today();
        theCoordinatorHelps();
        everybodyIsMet();
        isReportedInMonth(6, start, RemedyForms.report("SOME"));
        decidedOnTheReport("SOME", "ON_TRACK");
        travelThrough(start.plusMonths(12).minusDays(7) + "T09:00:00Z");
        everybodyIsMet();
        awarenessWorkEnds(84, "REACHED", "YES");
        isReportedInMonth(12, start, RemedyForms.report("ALL"));
        decidedOnTheReport("ALL", "READY_TO_CLOSE");
    }

    private void itIsClosed() {
        theFinalReportIsChecked("COMPLETED", "One person was helped to have their work back, with wages owed.");
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .isEqualTo("[]");
        theIncidentIsClosed("COMPLETED", Map.of());
    }

    /** Other tests leave answers open. */
    private double open() {
        return meters.get("redress.retaliation.open").gauge().value();
    }

    private double reportsEver() {
        return meters.get("redress.retaliation.reported").gauge().value();
    }
}
