package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.jayway.jsonpath.JsonPath;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.deadline.DeadlineMoves;
import org.redress.engine.FormRule;
import org.redress.engine.InvalidForm;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** E23, S22: sites of an area cannot be reached (remedy.md A.8, B.12). Nothing that protects people takes longer. */
@SuppressWarnings("NullAway.Init")
class EmergencyModeTest extends UnderWay {

    private static final String GROUNDS = "The ministry has closed all roads to the islands.";
    private static final String PERSON = "V-7K2M9Q";

    @Autowired
    private Parties parties;

    @Autowired
    private DeadlineMoves moves;

    @Autowired
    private RemoteFindings findings;

    @Autowired
    private VictimWorkflow people;

    @Autowired
    private List<FormRule> rules;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void forgetTheEmergencies() {
        forgetEmergencies(jdbc);
    }

    // The story

    /** S22. */
    @Test
    @DisplayName("E23 Emergency mode: a lockdown gives the investigation three months and children not a minute")
    void aLockdownGivesTheInvestigationThreeMonthsAndChildrenNotAMinute() {
        investigatedIn("KI");
        assertThat(moment("audit-programme", "task_investigate")).isEqualTo("2026-09-01T23:59:59Z");
        travelTo("2026-07-20T06:00:00Z");
        String firstContact = childMet();
        assertThat(moment("vsc", "task_registerVictim")).isEqualTo("2026-07-21T06:00:00Z");

        travelTo("2026-07-20T08:00:00Z");
        String emergency = inForce("2026-10-20", "KI");

        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        for (String told : List.of("audit-programme", "downstream", "vsc")) {
            assertThat(lettersTo(told, caseNumber)).as(told).contains("emergency-entered");
        }
        for (String untold : List.of("smelter", "complainant", "protection", "provider")) {
            assertThat(lettersTo(untold, caseNumber))
                    .as(untold + ": nothing is established, and no clock of theirs changes")
                    .noneMatch(letter -> letter.startsWith("emergency"));
        }
        assertThat(variable(process("verify-allegation"), "mode")).contains("EMERGENCY");
        assertThat(variable(firstContact, "mode")).contains("EMERGENCY");
        assertThat(moment("audit-programme", "task_investigate"))
                .as("three months more")
                .isEqualTo("2026-12-01T23:59:59Z");
        assertThat(moment("vsc", "task_registerVictim"))
                .as("first contact with a child: unchanged")
                .isEqualTo("2026-07-21T06:00:00Z");
        assertThat(moves.ofCase(caseNumber)).singleElement().satisfies(recorded -> {
            assertThat(recorded.move().clockId()).isEqualTo("D06");
            assertThat(recorded.move().kind()).isEqualTo(DeadlineMoves.Kind.EMERGENCY);
            assertThat(recorded.move().reason()).isEqualTo("EPIDEMIC");
            assertThat(recorded.move().fromDue()).isEqualTo("2026-09-01T23:59:59Z");
            assertThat(recorded.move().toDue()).isEqualTo("2026-12-01T23:59:59Z");
            assertThat(recorded.move().askedBy()).isEqualTo("audit-programme");
            assertThat(recorded.move().approvedBy()).isEqualTo("audit-programme-2");
        });

        travelTo("2026-08-20T09:30:00Z");
        complete("audit-programme", "task_investigate", fromADistance("LOCAL_NGO", "VOICE_INTERVIEW"));
        assertThat(ofTheCase("foundRemotely")).isEqualTo("true");
        assertThat(moment("audit-programme", "task_decideSubstantiation")).isEqualTo("2026-12-01T23:59:59Z");
        assertThat(reads("audit-programme", "task_decideSubstantiation"))
                .contains("Established from a distance", "no case is closed on them");
        assertThatThrownBy(() ->
                        complete("audit-programme", "task_decideSubstantiation", Step1.decided("NOT_SUBSTANTIATED")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("nobody has checked it on site");
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));

        travelThrough("2026-10-20T23:59:58Z");
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        travelThrough("2026-10-20T23:59:59Z");
        assertThat(endOf(emergency)).isEqualTo("end_lifted");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        assertThat(lettersTo("downstream", caseNumber).stream().filter(letter -> letter.startsWith("emergency")))
                .as("once each, though the cases are looked through every day")
                .containsExactly("emergency-entered", "emergency-left");
        assertThat(moment("audit-programme-2", "task_confirmSubstantiation"))
                .as("what was lengthened keeps its day")
                .isEqualTo("2026-12-01T23:59:59Z");
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        assertThat(moment("audit-programme", "task_assessLink"))
                .as("and so does whatever counts the same clock later")
                .isEqualTo("2026-12-01T23:59:59Z");

        assertThat(moment("audit-programme", "task_checkOnSite")).isEqualTo("2026-12-19T23:59:59Z");
        assertThat(findings.isUnchecked(caseNumber)).isTrue();
        for (String other : List.of("smelter", "downstream", "facilitator", "protection")) {
            assertThat(sees(other)).as(other).doesNotContain("task_checkOnSite");
        }
        travelTo("2026-11-12T09:30:00Z");
        complete("audit-programme", "task_checkOnSite", seen("CONFIRMED"));
        assertThat(visits("end_confirmedOnSite")).isEqualTo(1);
        assertThat(findings.isUnchecked(caseNumber)).isFalse();
        complete("audit-programme", "task_assessLink", Scenario.of("S22").link());
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        assertThat(reads("audit-programme", "task_reviewLevel")).contains("They were confirmed on site since.");

        String trail = new PartnerCalls(port)
                .get("dpo", "/api/audit?caseNumber=" + caseNumber)
                .body();
        assertThat(JsonPath.parse(trail).<List<String>>read("$.lines[?(@.kind=='EMERGENCY')].what"))
                .containsExactly(
                        "entered the emergency mode",
                        "established from a distance",
                        "left the emergency mode",
                        "checked on site");
        assertThat(JsonPath.parse(trail).<List<Map<String, Object>>>read("$.lines[?(@.kind=='EMERGENCY')].facts"))
                .first()
                .satisfies(facts -> assertThat(facts)
                        .containsEntry("country", "KI")
                        .containsEntry("reason", "EPIDEMIC")
                        .containsEntry("until", "2026-10-20")
                        .containsEntry("declaredBy", "audit-programme"));
    }

    // Declaring

    @Test
    @DisplayName("E23 Emergency mode: what one person declares is not in force")
    void whatOnePersonDeclaresIsNotInForce() {
        investigatedIn("KI");
        travelTo("2026-07-20T08:00:00Z");
        assertThatThrownBy(() -> declare("audit-programme", "2026-07-20", "KI"))
                .hasStackTraceContaining("choose a day after 2026-07-20");
        assertThatThrownBy(() -> declare("audit-programme", "2026-10-21", "KI"))
                .hasStackTraceContaining("2026-10-20 is the latest day");
        assertThatThrownBy(() -> declare("audit-programme", "2026-10-20", "XX"))
                .hasStackTraceContaining("emergencyArea");
        String declared = declare("audit-programme", "2026-10-20", "KI", "TL");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        Task confirm = as("audit-programme").task("task_confirmEmergency");
        assertThat(day(confirm.getDueDate())).isEqualTo("2026-07-21");
        assertThat(as("audit-programme-2").formVariables(confirm))
                .containsEntry("emergencyGrounds", GROUNDS)
                .containsEntry("emergencyAreaNames", "Kiribati, Timor-Leste");
        assertThatThrownBy(() -> as("audit-programme").complete(confirm, confirmed()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
        for (String other : List.of("smelter", "downstream", "facilitator", "vsc", "provider", "protection", "legal")) {
            assertThat(as(other).sees("task_confirmEmergency")).as(other).isFalse();
            assertThatThrownBy(() -> as(other).complete(confirm, confirmed()))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> declare(other, "2026-10-20", "KI"))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        as("audit-programme-2")
                .complete(
                        confirm,
                        Map.of("emergencyConfirmed", "NO", "emergencyDoubts", "The ferry still goes twice a week."));
        assertThat(endOf(declared)).isEqualTo("end_notInForce");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        assertThat(moment("audit-programme", "task_investigate")).isEqualTo("2026-09-01T23:59:59Z");
    }

    /** E23: a second click, or a second person who declares what is declared already. */
    @Test
    @DisplayName("E23 Emergency mode: one emergency is declared once until the second person has decided")
    void oneEmergencyIsDeclaredOnceUntilTheSecondPersonHasDecided() {
        travelTo("2026-07-20T08:00:00Z");
        String declared = declare("audit-programme", "2026-10-20", "PW", "TL");
        for (String user : List.of("audit-programme", "audit-programme-2")) {
            assertThatThrownBy(() -> declare(user, "2026-10-19", "PW"))
                    .as(user)
                    .hasStackTraceContaining("declared already for Palau")
                    .hasStackTraceContaining("go on with Confirm the emergency");
        }
        as("audit-programme-2")
                .complete(
                        "task_confirmEmergency",
                        Map.of("emergencyConfirmed", "NO", "emergencyDoubts", "The ferry still goes twice a week."));
        assertThat(endOf(declared)).isEqualTo("end_notInForce");
        String again = declare("audit-programme", "2026-10-19", "PW");
        as("audit-programme-2")
                .complete(
                        "task_confirmEmergency",
                        Map.of("emergencyConfirmed", "NO", "emergencyDoubts", "The ferry still goes twice a week."));
        assertThat(endOf(again)).isEqualTo("end_notInForce");
    }

    @Test
    @DisplayName("E23 Emergency mode: cases outside of the area are untouched and new ones in it begin in the mode")
    void casesOutsideOfTheAreaAreUntouchedAndNewOnesInItBeginInTheMode() {
        investigatedIn("NR");
        String outside = caseNumber;
        travelTo("2026-07-20T08:00:00Z");
        inForce("2026-10-20", "KI", "TL");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        assertThat(moment("audit-programme", "task_investigate")).isEqualTo("2026-09-01T23:59:59Z");
        assertThat(moves.ofCase(outside)).isEmpty();

        receive("2026-07-21T09:30:00Z", grievanceIn("TL"));
        fireDueJobs();
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        assertThat(variable(process("verify-allegation"), "mode")).contains("EMERGENCY");
        assertThat(moment("protection", "task_safetyTriage")).as("D02").isEqualTo("2026-07-22T09:30:00Z");
        throughScreening("2026-07-24T09:30:00Z");
        assertThat(moment("audit-programme", "task_investigate")).isEqualTo("2026-12-24T23:59:59Z");
        assertThat(moves.ofCase(caseNumber)).isEmpty();

        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The ferries go again since today."));
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        assertThat(moves.ofCase(caseNumber))
                .as("what began in the mode keeps its time")
                .singleElement()
                .satisfies(recorded -> {
                    assertThat(recorded.move().toDue()).isEqualTo("2026-12-24T23:59:59Z");
                    assertThat(recorded.move().reason()).as("why").isNotEqualTo("EMERGENCY");
                    assertThat(List.of(
                                    String.valueOf(recorded.move().askedBy()),
                                    String.valueOf(recorded.move().approvedBy())))
                            .as("who declared it, and who confirmed it")
                            .containsExactly("audit-programme", "audit-programme-2");
                });
        complete("audit-programme", "task_investigate", Scenario.of("S22").investigation());
        assertThat(moment("audit-programme", "task_decideSubstantiation")).isEqualTo("2026-12-24T23:59:59Z");
        assertThat(sees("audit-programme")).as("seen on site").doesNotContain("task_checkOnSite");
    }

    @Test
    @DisplayName("E23 Emergency mode: a case that the declaration missed is taken in the next day")
    void aCaseThatTheDeclarationMissedIsTakenInTheNextDay() {
        travelTo("2026-07-01T09:00:00Z");
        inForce("2026-09-30", "KI");
        receive("2026-07-01T09:30:00Z", grievanceIn("KI"));
        fireDueJobs();
        runtimeService.setVariable(caseId, "mode", "NORMAL");
        travelThrough("2026-07-02T09:00:00Z");
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
    }

    // Reported from outside

    @Test
    @DisplayName("E23 Emergency mode: what an outside system reports is a proposal that two persons declare or not")
    void whatAnOutsideSystemReportsIsAProposalThatTwoPersonsDeclareOrNot() {
        investigatedIn("KI");
        travelTo("2026-07-20T08:00:00Z");
        PartnerCalls calls = new PartnerCalls(port);
        String key = java.util.UUID.randomUUID().toString();
        String body =
                "{\"emergencyArea\": [\"KI\"], \"emergencyReason\": \"DISASTER\", \"emergencyUntil\": \"2027-02-20\"}";
        for (String other : List.of("smelter", "downstream", "audit-programme", "protection", "vsc", "member")) {
            assertThat(calls.file(other, "/api/emergencies", key, body).statusCode())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(calls.file(
                                "partner",
                                "/api/emergencies",
                                key,
                                "{\"emergencyArea\": [\"XX\"], \"emergencyReason\": \"WEATHER\", \"emergencyUntil\": \"2026-02-30\","
                                        + " \"note\": \"Ask for Joseph\"}")
                        .body())
                .contains("/emergencyArea/0", "/emergencyReason", "/emergencyUntil", "/note")
                .doesNotContain("Joseph");
        for (int time = 1; time <= 2; time++) {
            assertThat(calls.file("partner", "/api/emergencies", key, body))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(202))
                    .satisfies(answer -> assertThat(answer.body()).contains("PROPOSED"));
        }
        assertThat(calls.file("partner", "/api/emergencies", key, body.replace("KI", "TL"))
                        .statusCode())
                .as("another body")
                .isEqualTo(422);
        fireDueJobs();
        Task weigh = as("audit-programme").task("task_weighEmergency");
        assertThat(open("audit-programme", weigh).text()).contains("partner", "disaster", "Kiribati", "2027-02-20");
        for (String other : List.of("smelter", "downstream", "facilitator", "vsc", "provider", "protection", "legal")) {
            assertThat(as(other).sees("task_weighEmergency")).as(other).isFalse();
            assertThatThrownBy(() -> as(other).complete(weigh, weighed("2026-10-20")))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> as("audit-programme").complete(weigh, weighed("2027-02-20")))
                .hasStackTraceContaining("2026-10-20 is the latest day");
        as("audit-programme").complete(weigh, weighed("2026-10-20"));
        assertThat(ofTheCase("mode")).as("one person is not enough").isEqualTo("NORMAL");
        assertThatThrownBy(() -> as("audit-programme").complete("task_confirmEmergency", confirmed()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
        as("audit-programme-2").complete("task_confirmEmergency", confirmed());
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        assertThat(lettersTo("downstream", caseNumber)).contains("emergency-entered");
        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The ferries go again since today."));
    }

    @Test
    @DisplayName("E23 Emergency mode: what is over or ends today is neither reported nor declared")
    void whatIsOverOrEndsTodayIsNeitherReportedNorDeclared() {
        travelTo("2026-07-20T08:00:00Z");
        PartnerCalls calls = new PartnerCalls(port);
        for (String over : List.of("2020-01-01", "2026-07-19", "2026-07-20")) {
            assertThat(calls.file(
                            "partner",
                            "/api/emergencies",
                            java.util.UUID.randomUUID().toString(),
                            "{\"emergencyArea\": [\"KI\"], \"emergencyReason\": \"DISASTER\", \"emergencyUntil\": \""
                                    + over + "\"}"))
                    .as(over)
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                    .satisfies(answer ->
                            assertThat(answer.body()).contains("/emergencyUntil", "choose a day after 2026-07-20"));
            assertThatThrownBy(() -> declare("audit-programme", over, "KI"))
                    .as(over)
                    .hasStackTraceContaining("choose a day after 2026-07-20");
        }
    }

    @Test
    @DisplayName("E23 Emergency mode: a report that nobody declares puts nothing in force")
    void aReportThatNobodyDeclaresPutsNothingInForce() {
        travelTo("2026-07-20T08:00:00Z");
        assertThat(new PartnerCalls(port)
                        .file(
                                "partner",
                                "/api/emergencies",
                                java.util.UUID.randomUUID().toString(),
                                "{\"emergencyArea\": [\"TV\", \"NR\"], \"emergencyReason\": \"CONFLICT\", \"emergencyUntil\": \"2026-08-01\"}")
                        .statusCode())
                .isEqualTo(202);
        fireDueJobs();
        Task weigh = as("audit-programme").task("task_weighEmergency");
        as("audit-programme")
                .complete(
                        weigh,
                        Map.of("emergencyWeighed", "NOT", "weighedReason", "The ferry still goes twice a week."));
        assertThat(endOf(weigh.getProcessInstanceId())).isEqualTo("end_notDeclared");
        assertThat(jdbc.sql("select count(*) from emergency where country in ('TV', 'NR')")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    // Renewing, lifting

    @Test
    @DisplayName("E23 Emergency mode: an emergency is renewed by two persons and lengthens nothing twice")
    void anEmergencyIsRenewedByTwoPersonsAndLengthensNothingTwice() {
        investigatedIn("KI");
        travelTo("2026-07-20T08:00:00Z");
        String emergency = inForce("2026-10-20", "KI");
        Task lift = as("audit-programme").task("task_liftEmergency");
        assertThat(lift.getDueDate().toInstant()).isEqualTo("2026-10-20T23:59:59Z");
        assertThat(taskService.getVariableLocal(lift.getId(), "clock")).isEqualTo("last day of the emergency");
        assertThat(as("smelter").sees("task_liftEmergency")).isFalse();

        travelThrough("2026-10-06T23:59:58Z");
        assertThat(as("audit-programme").sees("task_renewEmergency")).isFalse();
        travelThrough("2026-10-06T23:59:59Z");
        Task renew = as("audit-programme").task("task_renewEmergency");
        assertThat(renew.getDueDate().toInstant()).isEqualTo("2026-10-20T23:59:59Z");
        assertThatThrownBy(() -> as("audit-programme").complete(renew, renewed("2027-01-21")))
                .hasStackTraceContaining("2027-01-20 is the latest day");
        as("audit-programme").complete(renew, renewed("2027-01-20"));
        assertThatThrownBy(() -> as("audit-programme").complete("task_confirmRenewal", renewalConfirmed("YES")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
        as("audit-programme-2").complete("task_confirmRenewal", renewalConfirmed("YES"));
        assertThat(as("audit-programme").task("task_liftEmergency").getDueDate().toInstant())
                .isEqualTo("2027-01-20T23:59:59Z");
        assertThat(lettersTo("audit-programme", caseNumber)).containsOnlyOnce("emergency-entered", "emergency-renewed");
        assertThat(textsOfLetters(caseNumber, "emergency-renewed")).isNotEmpty().allSatisfy(body -> assertThat(body)
                .contains("an epidemic", "2027-01-20"));
        assertThat(moment("audit-programme", "task_investigate"))
                .as("once is enough")
                .isEqualTo("2026-12-01T23:59:59Z");

        travelThrough("2026-10-21T08:00:00Z");
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        travelThrough("2027-01-07T08:00:00Z");
        as("audit-programme").complete("task_renewEmergency", renewed("2027-04-20"));
        as("audit-programme-2")
                .complete(
                        "task_confirmRenewal",
                        Map.of("renewalConfirmed", "NO", "renewalDoubts", "Two ferries went last week."));
        travelThrough("2027-01-20T23:59:59Z");
        assertThat(endOf(emergency)).isEqualTo("end_lifted");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        assertThat(moves.ofCase(caseNumber)).hasSize(1);
    }

    @Test
    @DisplayName("E23 Emergency mode: a second emergency of the area adds nothing and the last one counts")
    void aSecondEmergencyOfTheAreaAddsNothingAndTheLastOneCounts() {
        investigatedIn("KI");
        travelTo("2026-07-20T08:00:00Z");
        String epidemic = inForce("2026-10-20", "KI");
        Task lift = as("audit-programme").task("task_liftEmergency");
        travelTo("2026-08-03T08:00:00Z");
        String second = inForce("2026-11-03", "KI");
        assertThat(moment("audit-programme", "task_investigate")).isEqualTo("2026-12-01T23:59:59Z");
        assertThat(moves.ofCase(caseNumber)).hasSize(1);

        as("audit-programme").complete(lift, Map.of("liftReason", "Everybody is vaccinated by now."));
        assertThat(endOf(epidemic)).isEqualTo("end_lifted");
        assertThat(visitsOf(epidemic, "end_liftedEarly")).isEqualTo(1);
        assertThat(ofTheCase("mode")).as("the other one stands").isEqualTo("EMERGENCY");
        travelThrough("2026-10-21T08:00:00Z");
        as("audit-programme").complete("task_renewEmergency", Map.of("emergencyRenewal", "END"));
        assertThat(visitsOf(second, "end_endsOnItsDay")).isEqualTo(1);
        travelThrough("2026-11-03T23:59:59Z");
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");

        travelTo("2026-11-10T08:00:00Z");
        inForce("2027-02-10", "KI");
        assertThat(ofTheCase("mode")).isEqualTo("EMERGENCY");
        assertThat(moment("audit-programme", "task_investigate"))
                .as("nor does a later one")
                .isEqualTo("2026-12-01T23:59:59Z");
    }

    // What moves

    @Test
    @DisplayName("E23 Emergency mode: the plan has thirty days more and no other task moves")
    void thePlanHasThirtyDaysMoreAndNoOtherTaskMoves() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        String before = moment("facilitator", "task_groundAnalysis");
        Map<String, String> others = dueOfAll();
        inForce(today().plusMonths(3).toString(), "CD");
        assertThat(day(task("facilitator", "task_groundAnalysis").getDueDate()))
                .isEqualTo(LocalDate.parse(before.substring(0, 10)).plusDays(30));
        others.remove("task_groundAnalysis");
        assertThat(dueOfAll()).as("all other clocks stay").containsAllEntriesOf(others);
    }

    /** B.12: monitoring too. */
    @Test
    @DisplayName("E23 Emergency mode: the report on the monitoring has a month more and keeps it")
    void theReportOnTheMonitoringHasAMonthMoreAndKeepsIt() {
        remedyBegins();
        LocalDate began = today();
        assertThat(sixMonths().getDuedate().toInstant()).isEqualTo(began.plusMonths(6) + "T00:00:00Z");
        inForce(today().plusMonths(3).toString(), "CD");
        assertThat(sixMonths().getDuedate().toInstant()).isEqualTo(began.plusMonths(7) + "T00:00:00Z");
        assertThat(moves.ofCase(caseNumber))
                .filteredOn(recorded -> recorded.move().clockId().equals("D17-first"))
                .singleElement()
                .satisfies(recorded -> {
                    assertThat(recorded.move().kind()).isEqualTo(DeadlineMoves.Kind.EMERGENCY);
                    assertThat(recorded.move().reason()).isEqualTo("EPIDEMIC");
                });

        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The roads are open since today."));
        assertThat(ofTheCase("mode")).isEqualTo("NORMAL");
        travelTo(began.plusMonths(7) + "T00:00:00Z");
        managementService.executeJob(sixMonths().getId());
        assertThat(moment("facilitator", "task_monitoringReport")).isEqualTo(began.plusMonths(7) + "T23:59:59Z");
    }

    /** B.12: funds are released within ten days, also those that are looked for already. */
    @Test
    @DisplayName("E23 Emergency mode: money that is being raised is wanted within ten days of the emergency")
    void moneyThatIsBeingRaisedIsWantedWithinTenDaysOfTheEmergency() {
        remedyIsOwed();
        planIsDrawnUp();
        planIsApproved();
        LocalDate approved = today();
        assertThat(due("facilitator", "task_raiseFunds")).isEqualTo(approved.plusDays(30));
        assertThat(day(timer("start_moneyStillMissing").getDuedate())).isEqualTo(approved.plusDays(15));
        travelThrough(approved.plusDays(9) + "T09:00:00Z");
        inForce(today().plusMonths(3).toString(), "CD");

        LocalDate entered = approved.plusDays(9);
        assertThat(due("facilitator", "task_raiseFunds")).isEqualTo(entered.plusDays(10));
        assertThat(due("smelter", "task_sayWhatYouGive"))
                .as("whoever counts it")
                .isEqualTo(entered.plusDays(10));
        assertThat(day(timer("start_moneyStillMissing").getDuedate())).isEqualTo(entered.plusDays(5));
        assertThat(day(timer("boundary_stopDay").getDuedate())).as("D15-stop").isEqualTo(approved.plusDays(45));
        assertThat(moves.ofCase(caseNumber))
                .filteredOn(recorded -> recorded.move().clockId().startsWith("D15"))
                .extracting(recorded -> recorded.move().clockId(), recorded -> recorded.move()
                        .kind())
                .containsExactlyInAnyOrder(
                        tuple("D15", DeadlineMoves.Kind.EMERGENCY),
                        tuple("D15-reminder", DeadlineMoves.Kind.EMERGENCY));

        travelThrough(entered.plusDays(5) + "T23:59:58Z");
        assertThat(lettersTo("smelter", caseNumber)).doesNotContain("funding-gap");
        travelThrough(entered.plusDays(5) + "T23:59:59Z");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("funding-gap");
        assertThat(day(timer("catch_escalationDay").getDuedate()))
                .as("what begins later counts from the emergency, too")
                .isEqualTo(entered.plusDays(10));
        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        assertThat(due("audit-programme", "task_confirmFunding")).isEqualTo(entered.plusDays(10));
        travelThrough(entered.plusDays(10) + "T23:59:59Z");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("funding-overdue");
    }

    @Test
    @DisplayName("E23 Emergency mode: money that was wanted earlier has no more time by it")
    void moneyThatWasWantedEarlierHasNoMoreTimeByIt() {
        remedyIsOwed();
        planIsDrawnUp();
        planIsApproved();
        LocalDate approved = today();
        travelThrough(approved.plusDays(25) + "T09:00:00Z");
        String before = moment("facilitator", "task_raiseFunds");
        inForce(today().plusMonths(3).toString(), "CD");
        assertThat(variable(process("implement-remedy"), "mode")).contains("EMERGENCY");
        assertThat(moment("facilitator", "task_raiseFunds")).isEqualTo(before);
        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        assertThat(moment("audit-programme", "task_confirmFunding"))
                .as("nor what counts the same clock later")
                .isEqualTo(before);
    }

    /** B.12: each is logged, and not only when it is over. */
    @Test
    @DisplayName("E23 Emergency mode: what begins with a longer time is on record at once")
    void whatBeginsWithALongerTimeIsOnRecordAtOnce() {
        travelTo("2026-07-20T08:00:00Z");
        inForce("2026-10-20", "TL");
        receive("2026-07-21T09:30:00Z", grievanceIn("TL"));
        fireDueJobs();
        throughScreening("2026-07-24T09:30:00Z");
        assertThat(moves.ofCase(caseNumber)).as("nothing was moved").isEmpty();
        assertThat(longerClocks()).singleElement().satisfies(facts -> assertThat(facts)
                .containsEntry("clock", "D06")
                .containsEntry("normally", "2026-09-24T23:59:59Z")
                .containsEntry("to", "2026-12-24T23:59:59Z"));
        complete("audit-programme", "task_investigate", fromADistance("LOCAL_NGO", "DOCUMENTS"));
        assertThat(moment("audit-programme", "task_decideSubstantiation")).isEqualTo("2026-12-24T23:59:59Z");
        assertThat(longerClocks()).as("the same clock, once").hasSize(1);
    }

    @Test
    @DisplayName("E23 Emergency mode: a report that begins to wait in the mode is on record with its longer time")
    void aReportThatBeginsToWaitInTheModeIsOnRecordWithItsLongerTime() {
        remedyIsOwed();
        planIsDrawnUp();
        planIsApproved();
        inForce(today().plusMonths(3).toString(), "CD");
        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        LocalDate began = today();
        assertThat(sixMonths().getDuedate().toInstant()).isEqualTo(began.plusMonths(7) + "T00:00:00Z");
        assertThat(longerClocks())
                .filteredOn(facts -> "D17-first".equals(facts.get("clock")))
                .singleElement()
                .satisfies(facts -> assertThat(facts)
                        .containsEntry("normally", began.plusMonths(6) + "T23:59:59Z")
                        .containsEntry("to", began.plusMonths(7) + "T23:59:59Z"));
    }

    private List<Map<String, Object>> longerClocks() {
        return JsonPath.parse(new PartnerCalls(port)
                        .get("dpo", "/api/audit?caseNumber=" + caseNumber)
                        .body())
                .read("$.lines[?(@.what=='began with the longer time of an emergency')].facts");
    }

    private Job timer(String element) {
        return managementService.createJobQuery().activityId(element).timers().singleResult();
    }

    @Test
    @DisplayName("E23 Emergency mode: who is in contact with a person does it as the emergency asks")
    void whoIsInContactWithAPersonDoesItAsTheEmergencyAsks() {
        investigatedIn("KI");
        Map<String, Object> person = new HashMap<>(Map.of(
                "caseNumber", caseNumber,
                "victimRef", PERSON,
                "coordinator", "org-vsc",
                "facilitator", "org-facilitator",
                "contactRules", "Only on Sundays",
                "isChild", false,
                "riskLevel", "HIGH"));
        parties.add(caseNumber, "vsc", "org-vsc");
        people.register(caseNumber, person);
        fireDueJobs();
        complete("vsc", "task_immediateNeeds", Step1.with(VictimForms.immediateNeeds(), Map.of("riskLevel", "HIGH")));
        String needs = moment("vsc", "task_needsAssessment");
        inForce(today().plusMonths(2).toString(), "KI");
        assertThat(moment("vsc", "task_needsAssessment")).isEqualTo(needs);
        complete("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        assertThat(due("vsc", "task_reviewCase")).as("every month now").isEqualTo(today().plusMonths(1));
    }

    // From a distance

    @Test
    @DisplayName("E23 Emergency mode: evidence from a distance needs an emergency and two independent sources")
    void evidenceFromADistanceNeedsAnEmergencyAndTwoIndependentSources() {
        investigatedIn("KI");
        assertThatThrownBy(
                        () -> complete("audit-programme", "task_investigate", fromADistance("LOCAL_NGO", "DOCUMENTS")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("factFinding");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_investigate",
                        Step1.with(
                                Scenario.of("S22").investigation(), Map.of("investigationMethod", List.of("REMOTE")))))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("in emergency mode only");
        inForce(today().plusMonths(3).toString(), "KI");
        for (List<String> tooLittle : List.of(
                List.of("LOCAL_NGO"),
                List.of("LOCAL_NGO", "UPSTREAM_PROGRAMME"),
                List.of("DOCUMENTS", "VOICE_INTERVIEW"))) {
            assertThatThrownBy(() -> complete(
                            "audit-programme", "task_investigate", fromADistance(tooLittle.toArray(String[]::new))))
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining("two independent sources");
        }
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_investigate",
                        Step1.with(
                                fromADistance("LOCAL_NGO", "DOCUMENTS"),
                                Map.of("investigationMethod", List.of("SITE_VISIT")))))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("You have visited the site");
        complete("audit-programme", "task_investigate", fromADistance("UPSTREAM_PROGRAMME", "DOCUMENTS"));
        assertThat(findings.isUnchecked(caseNumber)).isTrue();
    }

    @Test
    @DisplayName("E23 Emergency mode: when the investigation sees the site itself nothing is left to check")
    void whenTheInvestigationSeesTheSiteItselfNothingIsLeftToCheck() {
        investigatedIn("KI");
        inForce(today().plusMonths(3).toString(), "KI");
        complete("audit-programme", "task_investigate", fromADistance("LOCAL_NGO", "DOCUMENTS"));
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The ferries go again since today."));
        assertThat(sees("audit-programme")).contains("task_checkOnSite");
        complete(
                "audit-programme-2",
                "task_extendInvestigation",
                Map.of("extensionReason", "The families could not be reached before.", "reviewAgainOn", "2026-12-01"));
        complete("audit-programme", "task_investigate", Scenario.of("S22").investigation());
        assertThat(visits("end_seenMeanwhile")).isEqualTo(1);
        assertThat(ofTheCase("foundRemotely")).isEqualTo("false");
        assertThat(findings.isUnchecked(caseNumber)).isFalse();
    }

    @Test
    @DisplayName("E23 Emergency mode: an extended investigation is not closed as inconclusive from a distance")
    void anExtendedInvestigationIsNotClosedAsInconclusiveFromADistance() {
        investigatedIn("KI");
        inForce(today().plusMonths(3).toString(), "KI");
        for (int round = 1; round <= 2; round++) {
            complete("audit-programme", "task_investigate", fromADistance("LOCAL_NGO", "DOCUMENTS"));
            if (round == 1) {
                complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE"));
                complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
                complete(
                        "audit-programme-2",
                        "task_extendInvestigation",
                        Map.of(
                                "extensionReason",
                                "The families could not be reached before.",
                                "reviewAgainOn",
                                "2026-12-01"));
            }
        }
        assertThatThrownBy(
                        () -> complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("nobody has checked it on site");
    }

    /** E23, B.9 D17: a report from a distance is marked, and checked on site before anything is closed. */
    @Test
    @DisplayName("E23 Emergency mode: a report on the monitoring from a distance is marked and checked on site")
    void aReportOnTheMonitoringFromADistanceIsMarkedAndCheckedOnSite() {
        remedyBegins();
        LocalDate began = today();
        travelTo(began.plusMonths(5) + "T09:00:00Z");
        inForce(today().plusMonths(3).toString(), "CD");
        travelTo(began.plusMonths(7) + "T00:00:00Z");
        managementService.executeJob(sixMonths().getId());

        Map<String, Object> unseen =
                Step1.with(RemedyForms.report("SOME"), Map.of("level2Methods", List.of("BENEFICIARIES", "GOVERNMENT")));
        monitoringRefused(unseen, "factFinding");
        monitoringRefused(remotely(unseen, "LOCAL_NGO"), "two independent sources");
        monitoringRefused(remotely(RemedyForms.report("SOME"), "LOCAL_NGO", "DOCUMENTS"), "You have visited the site");
        complete("facilitator", "task_monitoringReport", remotely(unseen, "LOCAL_NGO", "VOICE_INTERVIEW"));

        assertThat(findings.isUnchecked(caseNumber)).isTrue();
        assertThat(ofTheCase("foundRemotely")).isEqualTo("true");
        assertThat(variable(process("implement-remedy"), "foundRemotely")).contains(true);
        assertThat(stopped("review-closing", caseNumber, Map.of("closingDecision", "CLOSE")))
                .as("no case is closed on it alone")
                .isTrue();

        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The roads are open since today."));
        complete("facilitator", "task_checkOnSite", seen("CONFIRMED"));
        assertThat(findings.isUnchecked(caseNumber)).isFalse();
        assertThat(stopped("review-closing", caseNumber, Map.of("closingDecision", "CLOSE")))
                .isFalse();
    }

    /** E23, B.12: the outcome of a programme, too. */
    @Test
    @DisplayName("E23 Emergency mode: an outcome that is verified from a distance is marked and checked on site")
    void anOutcomeThatIsVerifiedFromADistanceIsMarkedAndCheckedOnSite() {
        remedyBegins();
        inForce(today().plusMonths(3).toString(), "CD");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 81, "YES"));
        Map<String, Object> unseen = Map.of(
                "l2VerificationMethod",
                List.of("RECORDS", "INTERVIEWS"),
                "l2Verification",
                "REACHED",
                "l2AimsReached",
                "YES",
                "l2VerificationReason",
                "The registers of four pits agree with it.");
        assertThatThrownBy(() -> complete("audit-programme", "task_verifyOutcomes", unseen))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("factFinding");
        assertThatThrownBy(() -> complete("audit-programme", "task_verifyOutcomes", remotely(unseen, "DOCUMENTS")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("two independent sources");
        complete("audit-programme", "task_verifyOutcomes", remotely(unseen, "UPSTREAM_PROGRAMME", "DOCUMENTS"));
        assertThat(findings.isUnchecked(caseNumber)).isTrue();
        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The roads are open since today."));
        assertThat(sees("facilitator")).contains("task_checkOnSite");
    }

    /** B.12: a visit of today did not look at what was found from a distance before. */
    @Test
    void aVisitOfTheMonitoringTakesNoMarkAway() {
        remedyBegins();
        inForce(today().plusMonths(3).toString(), "CD");
        findings.found(caseNumber, "audit-programme");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 81, "YES"));
        complete(
                "audit-programme",
                "task_verifyOutcomes",
                Map.of(
                        "l2VerificationMethod",
                        List.of("SITE_VISIT"),
                        "factFinding",
                        "ON_SITE",
                        "l2Verification",
                        "REACHED",
                        "l2AimsReached",
                        "YES",
                        "l2VerificationReason",
                        "The registers of four pits agree with it."));
        assertThat(findings.isUnchecked(caseNumber)).isTrue();
    }

    private void monitoringRefused(Map<String, Object> report, String why) {
        assertThatThrownBy(() -> complete("facilitator", "task_monitoringReport", report))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining(why);
    }

    private static Map<String, Object> remotely(Map<String, Object> form, String... sources) {
        return Step1.with(form, Map.of("factFinding", "REMOTE", "remoteSources", List.of(sources)));
    }

    @Test
    @DisplayName("E23 Emergency mode: what differs on site is weighed as new information")
    void whatDiffersOnSiteIsWeighedAsNewInformation() {
        investigatedIn("CD");
        inForce(today().plusMonths(3).toString(), "CD");
        complete("audit-programme", "task_investigate", fromADistance("LOCAL_NGO", "DOCUMENTS"));
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_assessLink", Scenario.of("S22").link());
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "YES"));
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        as("audit-programme").complete("task_liftEmergency", Map.of("liftReason", "The roads are open since today."));

        assertThat(lettersTo("smelter", caseNumber))
                .as("it was told what was established")
                .contains("emergency-left");
        assertThat(lettersTo("facilitator", caseNumber)).contains("emergency-left");
        assertThat(sees("audit-programme")).doesNotContain("task_checkOnSite");
        complete(
                "facilitator",
                "task_checkOnSite",
                Step1.with(seen("DIFFERS"), Map.of("newInformation", "Twenty children work there, and not nine.")));
        assertThat(visits("end_differs")).isEqualTo(1);
        assertThat(reads("audit-programme", "task_weighInformation")).contains("Twenty children work there");
        assertThat(findings.isUnchecked(caseNumber)).isFalse();
    }

    // Integrity

    @Test
    @DisplayName("E23 Emergency mode: on evidence from a distance no level is lowered and no case is closed")
    void onEvidenceFromADistanceNoLevelIsLoweredAndNoCaseIsClosed() {
        String number = newCaseNumber();
        Map<String, Map<String, Object>> decisions = Map.of(
                "review-level", Map.of("reviewOutcome", "LOWER"),
                "approve-lowering", Map.of("loweringApproved", "YES", "reviewOutcome", "LOWER"),
                "review-closing", Map.of("closingDecision", "CLOSE"),
                "examine-bad-faith", Map.of("knownFalse", "YES"),
                "withdraw-complaint", Map.of("harmPlausible", "NO"));
        decisions.forEach((form, answer) ->
                assertThat(stopped(form, number, answer)).as(form).isFalse());
        findings.found(number, "audit-programme");
        decisions.forEach((form, answer) ->
                assertThat(stopped(form, number, answer)).as(form).isTrue());
        assertThat(stopped("approve-lowering", number, Map.of("loweringApproved", "NO", "reviewOutcome", "LOWER")))
                .as("not to lower it is possible")
                .isFalse();
        findings.checked(number, "CONFIRMED", today(), "audit-programme");
        decisions.forEach((form, answer) ->
                assertThat(stopped(form, number, answer)).as(form).isFalse());
    }

    @Test
    @DisplayName("E23 Emergency mode: the closing gate names the missing check whatever is answered")
    void theClosingGateNamesTheMissingCheckWhateverIsAnswered() {
        caseNumber = newCaseNumber();
        travelTo("2027-07-01T09:00:00Z");
        parties.add(caseNumber, "downstream", "org-downstream");
        parties.add(caseNumber, "smelter", "org-luma");
        parties.add(caseNumber, "facilitator", "org-facilitator");
        findings.found(caseNumber, "audit-programme");
        ProcessInstance step = start(
                "close-incident",
                caseNumber,
                Map.of(
                        "finalReportAt",
                        java.util.Date.from(java.time.Instant.parse("2027-07-01T09:00:00Z")),
                        "startDate",
                        java.util.Date.from(java.time.Instant.parse("2026-07-01T09:00:00Z")),
                        "reportsInWindow",
                        2,
                        "goalsMet",
                        "ALL",
                        "facilitator",
                        "org-facilitator",
                        "foundRemotely",
                        true,
                        "level1Planned",
                        false,
                        "level2Planned",
                        false));
        complete(
                "facilitator",
                "task_finalReport",
                Map.of(
                        "openObligations", "School support goes on with the coordinator.",
                        "recommendedOutcome", "COMPLETED",
                        "reportPrivacyChecked", true));
        complete(
                "smelter",
                "task_endorseFinalReport",
                Map.of("smelterHandoverRecorded", "NOT_APPLICABLE", "smelterDueDiligence", "YES"));
        complete(
                "audit-programme",
                "task_checkFinalReport",
                Map.of(
                        "complainantHeard", "YES",
                        "dueDiligenceEvidenced", "YES",
                        "emergencyOpen", "NO",
                        "remoteEvidenceOnly", "NO",
                        "waiveMonitoring", "NO"));
        assertThat(variable(step.getId(), "closingDefects").orElseThrow().toString())
                .contains("REMOTE_EVIDENCE_ONLY");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_reviewClosing",
                        Map.of(
                                "closingDecision", "CLOSE",
                                "closingOutcome", "COMPLETED",
                                "closingReason", "All the same, as it seems to us.")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("whatever the reason");
    }

    @Test
    @DisplayName("E23 Emergency mode: where no remedy is owed the case waits for the site to be seen")
    void whereNoRemedyIsOwedTheCaseWaitsForTheSiteToBeSeen() {
        caseNumber = newCaseNumber();
        parties.add(caseNumber, "smelter", "org-luma");
        parties.add(caseNumber, "downstream", "org-downstream");
        findings.found(caseNumber, "audit-programme");
        Map<String, Object> link = Map.of(
                "tradeOngoing",
                false,
                "effectiveCessation",
                "2025-02-10",
                "selfDetected",
                true,
                "exposureDate",
                "2026-01-15");
        ProcessInstance step = start(
                "determine-response",
                caseNumber,
                Map.of(
                        "types",
                        List.of("FORCED_LABOUR"),
                        "exploitationTypes",
                        List.of("FORCED_LABOUR"),
                        "affected",
                        3,
                        "incidentFirst",
                        "2025-03-01",
                        "incidentLatest",
                        "2025-06-01",
                        "links",
                        Map.of("org-luma", link),
                        "smelters",
                        List.of("org-luma"),
                        "language",
                        "en",
                        "whereCountry",
                        "CD"));
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        assertThat(runtimeService.getActiveActivityIds(step.getId())).contains("catch_checkedOnSite");
        assertThat(sees("downstream")).doesNotContain("task_offerReferral");

        runtimeService
                .createMessageCorrelation("on-site-check-due")
                .processInstanceBusinessKey(caseNumber)
                .setVariable("caseNumber", caseNumber)
                .setVariable("liftedAt", org.camunda.bpm.engine.impl.util.ClockUtil.getCurrentTime())
                .correlateStartMessage();
        complete("audit-programme", "task_checkOnSite", seen("CONFIRMED"));
        assertThat(sees("downstream")).contains("task_offerReferral");
    }

    // Helpers

    private boolean stopped(String form, String number, Map<String, Object> answer) {
        Map<String, @Nullable Object> values = new HashMap<>(answer);
        values.put("caseNumber", number);
        return rules.stream()
                .filter(rule -> rule.forms().contains(form))
                .filter(rule -> !(rule instanceof LevelReview))
                .flatMap(rule -> rule.check(values).stream())
                .anyMatch(problem -> problem.message().contains("nobody has checked it on site"));
    }

    /** Received on 15 June 2026, with the audit programme since 1 July: the investigation is due on 1 September. */
    private static Map<String, Object> grievanceIn(String country) {
        return Step1.with(Scenario.of("S22").grievance(), Map.of("whereCountry", country));
    }

    /** A coordinator has met a child of this case: first contact within a day. */
    private String childMet() {
        parties.add(caseNumber, "vsc", "org-vsc");
        String contact = start(
                        "register-people",
                        caseNumber,
                        Map.of("urgency", "URGENT", "coordinator", "org-vsc", "facilitator", "org-facilitator"))
                .getId();
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        return contact;
    }

    private String declare(String user, String until, String... area) {
        String declared = startByForm(
                        user,
                        "declare-emergency",
                        Map.of(
                                "emergencyArea",
                                List.of(area),
                                "emergencyReason",
                                "EPIDEMIC",
                                "emergencyUntil",
                                until,
                                "emergencyGrounds",
                                GROUNDS))
                .getId();
        fireDueJobs();
        return declared;
    }

    private String inForce(String until, String... area) {
        String declared = declare("audit-programme", until, area);
        as("audit-programme-2").complete("task_confirmEmergency", confirmed());
        return declared;
    }

    private static Map<String, Object> weighed(String until) {
        return Map.of(
                "emergencyWeighed",
                "DECLARE",
                "emergencyReason",
                "DISASTER",
                "emergencyUntil",
                until,
                "emergencyGrounds",
                GROUNDS);
    }

    private static Map<String, Object> confirmed() {
        return Map.of("emergencyConfirmed", "YES");
    }

    private static Map<String, Object> renewed(String until) {
        return Map.of("emergencyRenewal", "RENEW", "renewUntil", until, "renewGrounds", "The roads are still closed.");
    }

    private static Map<String, Object> renewalConfirmed(String answer) {
        return Map.of("renewalConfirmed", answer);
    }

    private static Map<String, Object> fromADistance(String... sources) {
        return Step1.with(
                Scenario.of("S22").investigation(),
                Map.of(
                        "investigationMethod", List.of("DESK", "REMOTE"),
                        "factFinding", "REMOTE",
                        "remoteSources", List.of(sources)));
    }

    private static Map<String, Object> seen(String outcome) {
        return Map.of("siteVisitedOn", today().toString(), "siteOutcome", outcome);
    }

    private Job sixMonths() {
        return managementService
                .createJobQuery()
                .processInstanceId(process("implement-remedy"))
                .activityId("catch_sixMonths")
                .singleResult();
    }

    private String moment(String user, String element) {
        return task(user, element).getDueDate().toInstant().toString();
    }

    private Map<String, String> dueOfAll() {
        Map<String, String> due = new HashMap<>();
        taskService.createTaskQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .filter(task -> task.getDueDate() != null)
                .forEach(task -> due.put(
                        task.getTaskDefinitionKey(),
                        task.getDueDate().toInstant().toString()));
        return due;
    }

    private long visitsOf(String instance, String element) {
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityId(element)
                .count();
    }
}
