package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;
import static org.redress.remedy.Step1.without;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** Step 5 of the guideline: gates, agreement, outcomes; and what follows closing: objections and lessons. */
@SuppressWarnings("NullAway.Init")
class CloseIncidentTest extends ProcessTest {

    private static final String CASE = "R-2026-9500";

    @Autowired
    private Parties parties;

    @Autowired
    private Retaliations retaliations;

    private String step;

    @BeforeEach
    void monitoringHasEnded() {
        travelTo("2027-07-01T09:00:00Z");
        parties.add(CASE, "downstream", "org-downstream");
        parties.add(CASE, "smelter", "org-luma");
        parties.add(CASE, "facilitator", "org-facilitator");
        step = start("close-incident", CASE, monitored(12)).getId();
    }

    @Test
    void aMonitoredCaseWithAllEvidenceIsClosedAsCompleted() {
        assertThat(variable(step, "caseState")).contains("FINAL_REPORT");
        assertThat(variable(step, "finalFigures").orElseThrow().toString()).contains("People registered: 0");
        assertThat(day(as("facilitator").task("task_finalReport").getDueDate()))
                .isEqualTo(LocalDate.parse("2027-07-29"));
        report();
        assertThat(variable(step, "caseState")).contains("CLOSING_REVIEW");
        as("audit-programme").complete("task_checkFinalReport", checked());
        assertThat(variable(step, "closingDefects").orElseThrow().toString()).isEqualTo("[]");
        decide("COMPLETED");
        assertThat(as("smelter").tasks()).isEmpty();
        as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(variable(step, "caseState")).contains("CLOSED_COMPLETED");
        assertThat(day((Date) variable(step, "retentionReviewAt").orElseThrow()))
                .as("retention is reviewed a year after closing (D25)")
                .isEqualTo(LocalDate.parse("2028-07-01"));
        assertThat(endOf(step)).isEqualTo("end_completed");
    }

    @Test
    void closingBeforeMonthSixIsADefectUnlessItIsWaivedWithAReason() {
        restart(monitored(3));
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        assertThat(defects()).contains("CG13", "CG14");
        assertThatThrownBy(() -> as("audit-programme")
                        .complete(
                                "task_reviewClosing",
                                Map.of("closingDecision", "CLOSE", "closingOutcome", "COMPLETED")))
                .as("a decision against the gate needs a reason")
                .hasMessageContaining("closingReason");
        restart(monitored(3));
        report();
        as("audit-programme")
                .complete(
                        "task_checkFinalReport",
                        with(
                                checked(),
                                Map.of(
                                        "waiveMonitoring", "YES",
                                        "waiverReason", "The only person concerned moved away safely.")));
        assertThat(defects()).doesNotContain("CG13", "CG14");
    }

    @Test
    void whatTheSmelterDoesNotRecordHoldsTheClosingUp() {
        travelTo("2027-07-05T09:00:00Z");
        as("facilitator").complete("task_finalReport", finalReport());
        travelTo("2027-07-20T00:00:00Z");
        fireDueJobs();
        assertThat(variable(step, "smelterHandoverRecorded")).contains("NO_ANSWER");
        as("audit-programme")
                .complete(
                        "task_checkFinalReport",
                        with(checked(), Map.of("complainantHeard", "NO", "emergencyOpen", "YES")));
        assertThat(defects()).contains("CG15", "CG16");
    }

    @Test
    @DisplayName("E04 Exploitation goes on: while a rescue runs the case is not closed whatever is answered")
    void whileARescueRunsTheCaseIsNotClosedWhateverIsAnswered() {
        runtimeService
                .createMessageCorrelation("danger-reported")
                .processInstanceBusinessKey(CASE)
                .setVariable("caseNumber", CASE)
                .correlateStartMessage();
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        assertThat(defects()).contains("CG16");
        assertThatThrownBy(() -> decide("PARTIAL"))
                .as("no reason outweighs it")
                .hasMessageContaining("closingDecision")
                .hasMessageContaining("a rescue, or a report of danger");
        assertThat(as("audit-programme").task("task_reviewClosing")).isNotNull();
        assertThat(variable(step, "caseState")).contains("CLOSING_REVIEW");
    }

    /** E04: the facts of the gates are of the day on which they were gathered, danger is not. */
    @Test
    @DisplayName(
            "E04 Exploitation goes on: a rescue that begins after the gates holds up whoever decides and whoever agrees")
    void aRescueThatBeginsAfterTheGatesHoldsUpWhoeverDecidesAndWhoeverAgrees() {
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        assertThat(defects()).isEqualTo("[]");
        String rescue = rescued();
        assertThatThrownBy(() -> decide("COMPLETED")).hasMessageContaining("a rescue, or a report of danger");
        runtimeService.deleteProcessInstance(rescue, "as if it were over");
        decide("COMPLETED");
        rescued();
        assertThatThrownBy(() -> as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE")))
                .hasMessageContaining("cannot be closed just now")
                .as("what it is, is not for the downstream company")
                .hasMessageNotContaining("rescue");
        assertThat(variable(step, "caseState")).contains("CLOSING_REVIEW");

        runtimeService
                .createProcessInstanceModification(step)
                .cancelAllForActivity("sub_agree")
                .startBeforeActivity("gateway_agreed")
                .setVariable("downstreamAnswer", "AGREE")
                .execute();
        assertThat(as("audit-programme").task("task_checkFinalReport"))
                .as("whoever agreed at the same moment closes nothing either")
                .isNotNull();
        assertThat(variable(step, "caseState")).contains("CLOSING_REVIEW");
    }

    private String rescued() {
        return runtimeService
                .createMessageCorrelation("danger-reported")
                .processInstanceBusinessKey(CASE)
                .setVariable("caseNumber", CASE)
                .correlateStartMessage()
                .getId();
    }

    private String widening() {
        return runtimeService
                .startProcessInstanceByKey(
                        "widen-remedy",
                        CASE,
                        Map.of(
                                "caseNumber",
                                CASE,
                                "caseState",
                                "IMPLEMENTING",
                                "level1Planned",
                                true,
                                "moreFound",
                                2,
                                "childrenFound",
                                0))
                .getId();
    }

    /** E06, E19. */
    @Test
    @DisplayName(
            "E19 Retaliation: while somebody suffers for having spoken or more people are taken in the case is not closed")
    void whileSomebodySuffersForHavingSpokenOrMorePeopleAreTakenInTheCaseIsNotClosed() {
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        retaliations.reported(CASE, "a report of CloseIncidentTest");
        String widening = widening();
        assertThat(isEnded(widening)).isFalse();
        assertThatThrownBy(() -> decide("COMPLETED"))
                .hasMessageContaining("retaliation that has not stopped; more people, who are being taken in");
        retaliations.answered("a report of CloseIncidentTest");
        assertThatThrownBy(() -> decide("COMPLETED")).hasMessageContaining("more people, who are being taken in");
        runtimeService.deleteProcessInstance(widening, "as if they were in");
        decide("COMPLETED");
        as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(endOf(step)).isEqualTo("end_completed");
    }

    /** E06, E19: the gates say what is open, and the company that is asked to agree does not read it. */
    @Test
    @DisplayName(
            "E19 Retaliation: the gates name retaliation and people who are taken in to whoever decides and not to companies")
    void theGatesNameRetaliationAndPeopleWhoAreTakenInToWhoeverDecidesAndNotToCompanies() {
        retaliations.reported(CASE, "another report of CloseIncidentTest");
        String widening = widening();
        report();
        as("audit-programme").complete("task_checkFinalReport", with(checked(), Map.of("complainantHeard", "NO")));
        assertThat(defects())
                .contains("RETALIATION_NOT_STOPPED", "CG20", "PEOPLE_BEING_TAKEN_IN", "CG21")
                .doesNotContain("CG16");
        retaliations.answered("another report of CloseIncidentTest");
        runtimeService.deleteProcessInstance(widening, "as if they were in");
        decide("PARTIAL");
        assertThat(as("downstream")
                        .formVariables(as("downstream").task("task_agreeClosing"))
                        .get("closingDefects"))
                .asString()
                .contains("CG15")
                .doesNotContain("CG16", "CG20", "CG21");
    }

    /** E17: a level that somebody takes up late is not lost by closing. */
    @Test
    @DisplayName("E17 A recommended level is declined: while a level is added to the plan the case is not closed")
    void whileALevelIsAddedToThePlanTheCaseIsNotClosed() {
        report();
        String adding = levelIsAdded();
        as("audit-programme").complete("task_checkFinalReport", checked());
        assertThat(defects()).contains("LEVEL_BEING_ADDED", "CG22");
        assertThatThrownBy(() -> decide("PARTIAL")).hasMessageContaining("a level that is being added to the plan");
        runtimeService.deleteProcessInstance(adding, "as if it had begun");
        decide("PARTIAL");
        String later = levelIsAdded();
        assertThatThrownBy(() -> as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE")))
                .hasMessageContaining("cannot be closed just now");
        runtimeService.deleteProcessInstance(later, "as if it had begun");
        as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(endOf(step)).isEqualTo("end_partial");
    }

    private String levelIsAdded() {
        return runtimeService
                .startProcessInstanceByKey(
                        "add-level",
                        CASE,
                        Map.of("caseNumber", CASE, "facilitator", "org-facilitator", "levelToAdd", "2"))
                .getId();
    }

    @Test
    void aReportIsReturnedTwiceAndThenDecided() {
        for (int round = 1; round <= 2; round++) {
            report();
            as("audit-programme").complete("task_checkFinalReport", checked());
            as("audit-programme").complete("task_reviewClosing", returned());
        }
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        assertThatThrownBy(() -> as("audit-programme").complete("task_reviewClosing", returned()))
                .hasMessageContaining("returned twice already");
        decide("PARTIAL");
        as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(endOf(step)).isEqualTo("end_partial");
        assertThat(variable(step, "caseState")).contains("CLOSED_PARTIAL");
    }

    @Test
    void theSilenceOfTheDownstreamCompanyClosesNothing() {
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        decide("COMPLETED");
        long letters = letters("closing-recommended");
        travelTo("2027-07-16T00:00:00Z");
        fireDueJobs();
        assertThat(letters("closing-recommended")).as("asked again").isGreaterThan(letters);
        assertThat(as("downstream").task("task_agreeClosing")).isNotNull();
        assertThat(variable(step, "caseState")).contains("CLOSING_REVIEW");
        as("downstream")
                .complete(
                        "task_agreeClosing",
                        Map.of("downstreamAnswer", "OBJECT", "downstreamReason", "Two services were never given."));
        assertThat(as("audit-programme").task("task_checkFinalReport")).isNotNull();
    }

    @Test
    void aCaseMayBeDeclinedOrTransferred() {
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        decide("TRANSFERRED");
        as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(endOf(step)).isEqualTo("end_transferred");
        assertThat(variable(step, "caseState")).contains("TRANSFERRED");

        restart(monitored(12));
        report();
        as("audit-programme").complete("task_checkFinalReport", checked());
        decide("DECLINED");
        as("downstream").complete("task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(endOf(step)).isEqualTo("end_declined");
    }

    @Test
    void lessonsBecomeActionsAndSomebodyLooksWhetherTheyWereTakenUp() {
        String lessons = lessonsUntilActions();
        assertThat(as("downstream").tasks()).hasSize(2);
        as("downstream").tasks().forEach(task -> as("downstream").complete(task, action()));
        assertThat(as("audit-programme").tasks()).isEmpty();
        travelTo("2027-12-31T23:59:59Z");
        fireDueJobs();
        assertThat(as("audit-programme").tasks()).isEmpty();
        travelTo("2028-01-01T00:00:00Z");
        fireDueJobs();
        Task verify = as("audit-programme").task("task_verifyUptake");
        assertThat(verify.getDueDate().toInstant()).as("month six itself").hasToString("2028-01-01T23:59:59Z");
        assertThat(taskService.getVariableLocal(verify.getId(), "clock")).isEqualTo("check the uptake (D22)");
        assertThat(String.valueOf(as("audit-programme")
                        .formVariables(as("audit-programme").task("task_verifyUptake"))
                        .get("lessonLogEntries")))
                .contains("POLICY", "TRAINING", "Purchasing terms");
        as("audit-programme")
                .complete("task_verifyUptake", Map.of("uptake", "ALL", "uptakeNote", "Seen in the new terms."));
        assertThat(endOf(lessons)).isEqualTo("end_lessonsTakenUp");
    }

    @Test
    void lessonsThatNobodyTookUpAreSaidToBeSo() {
        String lessons = lessonsUntilActions();
        travelTo("2028-01-03T09:00:00Z");
        as("downstream").tasks().forEach(task -> as("downstream").complete(task, action()));
        fireDueJobs();
        assertThat(as("audit-programme").task("task_verifyUptake").getDueDate().toInstant())
                .as("the actions took longer, and whoever looks at them is not late for it")
                .hasToString("2028-02-02T23:59:59Z");
        as("audit-programme")
                .complete("task_verifyUptake", Map.of("uptake", "NONE", "uptakeNote", "Nothing was changed."));
        assertThat(endOf(lessons)).isEqualTo("end_lessonsNotTakenUp");
    }

    private String lessonsUntilActions() {
        String lessons = start(
                        "learn-lessons",
                        CASE,
                        Map.of(
                                "closedAt", Date.from(Instant.parse("2027-07-01T09:00:00Z")),
                                "closingOutcome", "COMPLETED",
                                "facilitator", "org-facilitator"))
                .getId();
        // The other process of this test has its own report waiting.
        runtimeService.deleteProcessInstance(step, "not of this test");
        assertThat(day(as("audit-programme").task("task_collectLessons").getDueDate()))
                .isEqualTo(LocalDate.parse("2027-07-31"));
        as("audit-programme")
                .complete(
                        "task_collectLessons",
                        Map.of(
                                "aimsReached", "ALL",
                                "victimsSatisfied", "YES",
                                "communityBenefited", "PARTLY",
                                "budgetEnough", "YES",
                                "lessonAreas", List.of("channel"),
                                "whatHappened6", "The hotline number was not known at the depot.",
                                "lessonCause", "It was only on paper.",
                                "lessonProposal", "Paint it on the wall of every depot."));
        as("audit-programme")
                .complete(
                        "task_lessonsReview",
                        Map.of(
                                "rolesHeard",
                                List.of("downstream", "facilitator"),
                                "survivorVoices",
                                "DECLINED",
                                "lessonActions",
                                List.of("POLICY", "TRAINING"),
                                "lessonsConclusion",
                                "A channel that nobody knows is no channel."));
        as("audit-programme")
                .complete(
                        "task_publishLessons",
                        Map.of(
                                "lessonsShareable",
                                "A channel that nobody knows is no channel.",
                                "lessonsSanitised",
                                true));
        assertThat(letters("lessons")).isPositive();
        return lessons;
    }

    private static Map<String, Object> action() {
        return Map.of(
                "actionOwner", "Purchasing",
                "actionDone", "Purchasing terms name the channel now.",
                "actionDue", "2027-09-01",
                "actionEvidence", "Terms of September 2027");
    }

    private long letters(String event) {
        return jdbc.sql("select count(*) from letter where case_number = ? and event = ?")
                .params(CASE, event)
                .query(Long.class)
                .single();
    }

    @Autowired
    private org.springframework.jdbc.core.simple.JdbcClient jdbc;

    private void restart(Map<String, @Nullable Object> variables) {
        if (!isEnded(step)) {
            runtimeService.deleteProcessInstance(step, "begun anew");
        }
        step = start("close-incident", CASE, variables).getId();
    }

    private String defects() {
        return variable(step, "closingDefects").orElseThrow().toString();
    }

    private void report() {
        as("facilitator").complete("task_finalReport", finalReport());
        as("smelter")
                .complete(
                        "task_endorseFinalReport",
                        Map.of("smelterHandoverRecorded", "NOT_APPLICABLE", "smelterDueDiligence", "YES"));
    }

    private void decide(String outcome) {
        Map<String, Object> decision = new HashMap<>(Map.of(
                "closingDecision", "CLOSE",
                "closingOutcome", outcome,
                "closingReason", "What was owed and could be given was given."));
        as("audit-programme")
                .complete(
                        "task_reviewClosing",
                        outcome.equals("COMPLETED") ? without(decision, "closingReason") : decision);
    }

    private static Map<String, Object> returned() {
        return Map.of("closingDecision", "RETURN", "returnReason", "The open obligations are missing.");
    }

    private static Map<String, Object> finalReport() {
        return Map.of(
                "openObligations", "School support goes on with the coordinator.",
                "recommendedOutcome", "COMPLETED",
                "reportPrivacyChecked", true);
    }

    private static Map<String, Object> checked() {
        return Map.of(
                "complainantHeard", "YES",
                "dueDiligenceEvidenced", "YES",
                "emergencyOpen", "NO",
                "remoteEvidenceOnly", "NO",
                "waiveMonitoring", "NO");
    }

    /** A case after so many months of monitoring, with no personal cases and no programme. */
    private static Map<String, @Nullable Object> monitored(int months) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put(
                "startDate",
                Date.from(Instant.parse("2027-07-01T00:00:00Z")
                        .atZone(java.time.ZoneOffset.UTC)
                        .minusMonths(months)
                        .toInstant()));
        variables.put("finalReportAt", Date.from(Instant.parse("2027-07-01T09:00:00Z")));
        variables.put("reportsInWindow", months >= 12 ? 2 : 0);
        variables.put("goalsMet", "ALL");
        variables.put("level1Planned", false);
        variables.put("level2Planned", false);
        variables.put("facilitator", "org-facilitator");
        return variables;
    }
}
