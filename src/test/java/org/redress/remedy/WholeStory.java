package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.Step1.with;
import static org.redress.remedy.VictimForms.but;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.task.Task;
import org.redress.vault.Consents;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A story of remedy.md F from the report to the lessons, people's own cases included. Time passes as it does, so that whatever
 * falls due on the way happens at its moment; and at every turn no company has read of anybody.
 */
@SuppressWarnings("NullAway.Init")
abstract class WholeStory extends UnderWay {

    private static final List<String> COMPANIES = List.of("smelter", "smelter-b", "downstream", "member");
    private static final List<String> HOUSE = List.of(
            "complainant",
            "downstream",
            "smelter",
            "audit-programme",
            "facilitator",
            "vsc",
            "provider",
            "protection",
            "legal",
            "dpo");

    /** The states on the way to a closing. */
    static final List<String> WALKED = List.of(
            "SCREENING",
            "IN_INVESTIGATION",
            "SUBSTANTIATED",
            "LEVEL_DECIDED",
            "PLANNING",
            "PLAN_SUBMITTED",
            "PLAN_APPROVED",
            "FUNDING",
            "IMPLEMENTING",
            "MONITORING",
            "FINAL_REPORT",
            "CLOSING_REVIEW");

    @Autowired
    VictimCases people;

    @Autowired
    Consents consents;

    @Autowired
    JdbcClient jdbc;

    /** Names, words and places of people, as they were told by now. */
    private final List<String> told = new ArrayList<>();

    /** What was reported, in the words of whoever reported it. */
    private final List<String> reported = new ArrayList<>();

    // 3 Plan the remedy

    void theGroundIsKnown(Map<String, ?> coordinator) {
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_selectCoordinator", coordinator);
    }

    /** People are met, one after the other, and each has a file of their own from that moment. */
    void areRegistered(List<Map<String, Object>> found) {
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        for (int number = 1; number <= found.size(); number++) {
            Map<String, Object> person = found.get(number - 1);
            told.add(String.valueOf(person.get("victimName")));
            told.add(String.valueOf(person.get("contactRules")));
            complete(
                    "vsc",
                    "task_registerVictim",
                    with(person, Map.of("personToRegister", number < found.size() ? "YES" : "NO")));
        }
    }

    /** A person with a name and a place of their own. */
    static Map<String, Object> somebody(String name, String child) {
        Map<String, Object> person = new HashMap<>(RemedyForms.person(today()));
        person.put("victimName", name);
        person.put("preferredName", name + " K.");
        person.put("contactRules", "Ask for " + name + " at the well, never at the camp");
        person.put("isChild", child);
        if (child.equals("YES")) {
            person.put("childGuardianPart", "NO");
        }
        return person;
    }

    /** Everybody who waits for it is safe, assessed and has a plan for this help. */
    void haveTheirPlans(String... services) {
        each("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        each("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        String today = today().toString();
        each("vsc", "task_assessBestInterests", VictimForms.bestInterests());
        each("vsc", "task_guardianConsent", but(VictimForms.guardianConsents(), "guardianConsentOn", today));
        each("vsc", "task_agreeChildRemedy", but(VictimForms.childAgreement(), "agreementSignedOn", today));
        each(
                "vsc",
                "task_caseManagementPlan",
                but(
                        VictimForms.plan(services),
                        "consentScope",
                        List.of("PROVIDERS", "ANONYMOUS_REPORTING"),
                        "handoverAt",
                        today,
                        "consentOn",
                        today,
                        "goalsUntil",
                        today().plusYears(1).toString()));
    }

    /** The plan for these people and for awareness work is drawn up, handed in and approved in its first round. */
    void thePlanIsApproved() {
        complete("vsc", "task_confirmCasePlans", RemedyForms.casePlansStand(today()));
        complete(
                "facilitator",
                "task_designLevel2",
                with(
                        RemedyForms.awarenessWork(),
                        Map.of("l2TargetDate1", today().plusYears(1).toString())));
        planIsApproved();
        assertThat(ofTheCase("planRounds")).isEqualTo("1");
    }

    // 4 Fund, implement, monitor

    /** All the money is there, and the remedy begins today. */
    void theRemedyBegins() {
        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        assertThat(state()).isEqualTo("IMPLEMENTING");
    }

    /** The coordinator itself gives whatever help waits to be arranged. */
    void theCoordinatorHelps() {
        String today = today().toString();
        Map<String, Object> ownHelp = Map.of(
                "serviceGiver",
                "COORDINATOR",
                "serviceUntil",
                today().plusMonths(3).toString());
        tasks("vsc", "task_referToService").forEach(task -> as("vsc")
                .complete(
                        task,
                        "HEALTH".equals(as("vsc").formVariables(task).get("service"))
                                ? with(ownHelp, Map.of("healthConsent", true))
                                : ownHelp));
        each(
                "vsc",
                "task_giveOwnHelp",
                Map.of(
                        "deliveredOn",
                        today,
                        "endedOn",
                        today,
                        "ownHelpNote",
                        "Found a room with a key, paid for three months",
                        "personRating",
                        "4"));
    }

    /** Everybody who is accompanied is met today. */
    void everybodyIsMet() {
        each("vsc", "task_followUp", VictimForms.reached(today().toString()));
    }

    /** The report of a month opens with that day, is due on it, and reaches the companies without small groups. */
    void isReportedInMonth(int month, LocalDate start, Map<String, Object> report) {
        LocalDate day = start.plusMonths(month);
        travelThrough(day.minusDays(1) + "T23:59:59Z");
        assertThat(tasks("facilitator", "task_monitoringReport"))
                .as("before month %d is over", month)
                .isEmpty();
        travelThrough(day + "T00:00:00Z");
        assertThat(dueAt("facilitator", "task_monitoringReport")).isEqualTo(endOf(day));
        assertThat(state()).isEqualTo("MONITORING");
        complete("facilitator", "task_monitoringReport", report);
        complete("smelter", "task_endorseReport", Map.of("statement", "AGREE"));
        noCompanyHasReadOfAnybody();
    }

    void decidedOnTheReport(String goalsMet, String judgement) {
        complete(
                "audit-programme",
                "task_monitoringDecision",
                Map.of("goalsMet", goalsMet, "monitoringJudgement", judgement));
    }

    /** The awareness work has reached so many per cent of the miners, and is over. */
    void awarenessWorkEnds(int percent, String verification, String aimsReached) {
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), percent, "YES"));
        complete(
                "audit-programme",
                "task_verifyOutcomes",
                Map.of(
                        "l2VerificationMethod",
                        List.of("RECORDS"),
                        "l2Verification",
                        verification,
                        "l2AimsReached",
                        aimsReached,
                        "l2VerificationReason",
                        "Counted at each pit, by day and by night."));
    }

    // 5 Close the incident

    /** Facilitator and smelter report; what the gate then says is for the story. */
    void theFinalReportIsChecked(String recommended, String help) {
        assertThat(state()).isEqualTo("FINAL_REPORT");
        complete(
                "facilitator",
                "task_finalReport",
                with(RemedyForms.finalReport(recommended), Map.of("assistanceSummary", help)));
        complete("smelter", "task_endorseFinalReport", RemedyForms.handedOver());
        complete("audit-programme", "task_checkFinalReport", RemedyForms.evidence());
    }

    /** The audit programme closes, the downstream company agrees, and everybody hears of it. */
    void theIncidentIsClosed(String outcome, Map<String, ?> reason) {
        complete(
                "audit-programme",
                "task_reviewClosing",
                with(Map.of("closingDecision", "CLOSE", "closingOutcome", outcome), reason));
        assertThat(state()).as("the downstream company is asked first").isEqualTo("CLOSING_REVIEW");
        noCompanyHasReadOfAnybody();
        assertThat(reads("downstream", "task_agreeClosing")).contains(figuresOfTheClosingReport());
        complete("downstream", "task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(ofTheCase("closedAs")).isEqualTo(outcome);
        assertThat(visits("end_" + outcome.toLowerCase(Locale.ROOT))).isEqualTo(1);
        for (String role : List.of("downstream", "smelter", "facilitator", "audit-programme")) {
            assertThat(lettersTo(role, caseNumber)).as(role).endsWith("case-closed");
        }
        assertThat(lettersTo("complainant", caseNumber)).endsWith("case-closed-complainant");
        assertThat(lettersTo("vsc", caseNumber)).endsWith("tell-victims");
        noCompanyHasReadOfAnybody();
    }

    /** The figures of the closing report, as the companies read them. */
    String figuresOfTheClosingReport() {
        return variable(process("close-incident"), "finalFigures")
                .map(Object::toString)
                .orElseThrow();
    }

    // 6 Learn the lessons

    /** From the closing to the last lesson, each clock to the second. */
    void theLessonsAreLearned(String aimsReached, String happened, String... log) {
        LocalDate day = today();
        assertThat(state()).isEqualTo("LESSONS");
        assertThat(dueAt("audit-programme", "task_collectLessons")).isEqualTo(endOf(day.plusDays(30)));
        assertThat(dueAt("audit-programme", "task_recordObjection")).isEqualTo(endOf(day.plusDays(30)));
        assertThat(reads("audit-programme", "task_collectLessons"))
                .contains(log.length == 0 ? "Nobody wrote anything into the log." : "**The log:**");
        String lines = shown("audit-programme", "task_collectLessons", "lessonLines");
        assertThat(List.of(log)).allSatisfy(line -> assertThat(lines).contains(line));
        complete(
                "audit-programme",
                "task_collectLessons",
                with(RemedyForms.lessons(aimsReached), Map.of("whatHappened6", happened)));
        complete("audit-programme", "task_lessonsReview", RemedyForms.lessonsReviewed());
        assertThat(dueAt("audit-programme", "task_publishLessons")).isEqualTo(endOf(day.plusDays(60)));
        complete("audit-programme", "task_publishLessons", RemedyForms.lessonsPublished());
        for (String role : List.of("downstream", "smelter", "facilitator", "vsc")) {
            assertThat(lettersTo(role, caseNumber)).as(role).endsWith("lessons");
        }
        assertThat(dueAt("downstream", "task_updateDueDiligence")).isEqualTo(endOf(day.plusDays(60)));
        complete("downstream", "task_updateDueDiligence", RemedyForms.actionDone(today()));

        travelThrough(endOf(day.plusDays(30)).minusSeconds(1).toString());
        assertThat(sees("audit-programme")).containsExactly("task_recordObjection");
        travelThrough(endOf(day.plusDays(30)).toString());
        assertThat(sees("audit-programme"))
                .as("nobody objected: now the summary is published")
                .containsExactly("task_publishSummary");
        complete("audit-programme", "task_publishSummary", RemedyForms.summary());
        assertThat(visits("end_summaryPublished")).isEqualTo(1);

        LocalDate halfAYearOn = day.plusMonths(6);
        travelThrough(endOf(halfAYearOn.minusDays(1)).toString());
        assertThat(sees("audit-programme")).isEmpty();
        travelThrough(endOf(halfAYearOn.minusDays(1)).plusSeconds(1).toString());
        assertThat(dueAt("audit-programme", "task_verifyUptake")).isEqualTo(endOf(halfAYearOn));
        assertThat(shown("audit-programme", "task_verifyUptake", "lessonLogEntries"))
                .contains("TRAINING");
        complete("audit-programme", "task_verifyUptake", RemedyForms.uptake("ALL"));
        assertThat(visits("end_lessonsTakenUp")).isEqualTo(1);
        assertThat(endOf(caseId)).isEqualTo("end_lessonsLearned");
        noCompanyHasReadOfAnybody();
    }

    // What people do, several of them

    /** Does every open task of that element which the user sees. */
    void each(String user, String element, Map<String, ?> form) {
        tasks(user, element).forEach(task -> as(user).complete(task, form));
    }

    /** Over days on which nothing falls due but the daily look whether the remedy has begun: once is enough for all of them. */
    void leapTo(String moment) {
        travelTo(moment);
        fireDueJobs();
    }

    /** Somebody submits the start form of a process. */
    void begin(String process, String user, Map<String, ?> form) {
        startByForm(user, process, form);
        fireDueJobs();
    }

    /** Words of a person that nobody reads but whom they were told to. */
    void wasTold(String words) {
        told.add(words);
    }

    /** The narrative, which no smelter reads. */
    void wasReported(String words) {
        reported.add(words);
    }

    // What people see

    /** The case of one person that runs. */
    String caseOf(String victimRef) {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("victim-case")
                .processInstanceBusinessKey(caseNumber)
                .variableValueEquals("victimRef", victimRef)
                .singleResult()
                .getId();
    }

    /** The states that the case went through, in their order, each once in a row. */
    List<String> states() {
        List<String> states = new ArrayList<>();
        historyService
                .createHistoricDetailQuery()
                .variableUpdates()
                .processInstanceId(caseId)
                .orderPartiallyByOccurrence()
                .asc()
                .list()
                .stream()
                .map(HistoricVariableUpdate.class::cast)
                .filter(update -> update.getVariableName().equals("caseState"))
                .map(update -> String.valueOf(update.getValue()))
                .filter(state ->
                        states.isEmpty() || !states.get(states.size() - 1).equals(state))
                .forEach(states::add);
        return states;
    }

    /**
     * Whatever a company can open, in its task list, in the engine and in its letters: nothing of it tells of a person. Nor
     * does it to those who plan and audit. The operator of the mine has no way in, and no letter goes to it (remedy.md C,
     * B.9).
     */
    void noCompanyHasReadOfAnybody() {
        List<String> ofPeople = historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("victim-case")
                .processInstanceBusinessKey(caseNumber)
                .list()
                .stream()
                .map(HistoricProcessInstance::getId)
                .toList();
        for (String user : COMPANIES) {
            opens(user, ofPeople);
            assertThat(ofPeople.isEmpty() ? 0 : ofPeopleKnownTo(user, ofPeople))
                    .as(user)
                    .isZero();
        }
        opens("facilitator", ofPeople);
        opens("audit-programme", ofPeople);
        for (Map<String, Object> letter : letters()) {
            String role = String.valueOf(letter.get("addressee_role"));
            assertThat(HOUSE).contains(role);
            assertThat(letter.get("subject") + "\n" + letter.get("body"))
                    .as("to " + role)
                    .doesNotContain(told)
                    .doesNotContain(reported);
        }
    }

    private long ofPeopleKnownTo(String user, List<String> casesOfPeople) {
        return actingAs(user, () -> historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceIdIn(casesOfPeople.toArray(String[]::new))
                .count());
    }

    private void opens(String user, List<String> casesOfPeople) {
        List<String> refs =
                people.of(caseNumber).stream().map(VictimFacts::victimRef).toList();
        for (Task task : actingAs(user, () -> taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .list())) {
            String where = user + " at " + task.getTaskDefinitionKey();
            String read = as(user).formVariables(task) + open(user, task).text();
            assertThat(casesOfPeople).as(where).doesNotContain(task.getProcessInstanceId());
            assertThat(read).as(where).doesNotContain(told);
            if (COMPANIES.contains(user)) {
                assertThat(read).as(where).doesNotContain(refs);
            }
            if (user.startsWith("smelter")) {
                assertThat(read).as(where).doesNotContain(reported);
            }
        }
    }

    private List<Map<String, Object>> letters() {
        return jdbc.sql("select addressee_role, subject, reference from letter where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> Map.<String, Object>of(
                        "addressee_role", row.getString("addressee_role"),
                        "subject", row.getString("subject"),
                        "body", textOfLetter(caseNumber, row.getString("reference"))))
                .list();
    }

    /** How many letters of this event went out in the case, whoever got them. */
    long letters(String event) {
        return jdbc.sql("select count(*) from letter where case_number = ? and event = ?")
                .params(caseNumber, event)
                .query(Long.class)
                .single();
    }
}
