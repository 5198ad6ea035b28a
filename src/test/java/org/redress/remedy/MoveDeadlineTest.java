package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redress.Decision;
import org.redress.PartnerCalls;
import org.redress.deadline.DeadlineMoves;
import org.redress.deadline.Deadlines;
import org.redress.deadline.OpenClocks;
import org.redress.deadline.OpenClocks.Kind;
import org.redress.deadline.OpenClocks.Ring;
import org.redress.engine.InvalidForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clocks that are moved or stand still, with a reason, an approver and a ceiling (remedy.md B.9, C.10). */
@SuppressWarnings("NullAway.Init")
class MoveDeadlineTest extends StoryTest {

    private static final String WHY = "The road to the mine is under water, and the guide is not back yet.";

    private final Scenario scenario = Scenario.of("S06");

    @Autowired
    private Deadlines deadlines;

    @Autowired
    private DeadlineMoves moves;

    @Autowired
    private OpenClocks openClocks;

    @Autowired
    private MessageSource words;

    @Autowired
    private JdbcClient jdbc;

    private final List<String> guests = new ArrayList<>();

    @AfterEach
    void forgetTheGuests() {
        guests.forEach(identityService::deleteUser);
        jdbc.sql("delete from organisation_role where organisation = 'org-elsewhere'")
                .update();
    }

    @Test
    void moreTimeHoldsForWhateverCountsTheSameClockUpToItsCeiling() throws Exception {
        investigated();
        String triage = moment(task("protection", "task_safetyTriage"));
        assertThat(moment(task("audit-programme", "task_investigate"))).isEqualTo("2026-05-02T23:59:59Z");
        assertThatThrownBy(() -> ask("audit-programme", "D06", "EXTENSION", "2026-09-03"))
                .hasStackTraceContaining("moveUntil: at the latest 2026-09-02");
        ask("audit-programme", "D06", "EXTENSION", "2026-09-02");

        Task decision = task("audit-programme-2", "task_decideMove");
        assertThat(day(decision.getDueDate())).isEqualTo("2026-03-04");
        assertThat(reads("audit-programme-2", "task_decideMove"))
                .contains("investigate (D06)", "2026-05-02", "2026-09-02", "the place or the people cannot be reached");
        assertThat(shown("audit-programme-2", "task_decideMove", "moveText")).isEqualTo(WHY);
        assertThatThrownBy(() -> as("audit-programme").complete(decision, granted()))
                .hasStackTraceContaining("second person");
        assertThatThrownBy(() -> as("audit-programme-2").complete(decision, shorter("2026-09-02")))
                .hasStackTraceContaining("grantedUntil: shorter is before 2026-09-02");
        assertThatThrownBy(() -> as("audit-programme-2").complete(decision, shorter("2026-05-02")))
                .hasStackTraceContaining("it is due on 2026-05-02 anyway");
        as("audit-programme-2").complete(decision, shorter("2026-08-20"));

        assertThat(moment(task("audit-programme", "task_investigate"))).isEqualTo("2026-08-20T23:59:59Z");
        assertThat(moment(task("protection", "task_safetyTriage")))
                .as("no clock of this one")
                .isEqualTo(triage);
        assertThat(endOf(decision.getProcessInstanceId())).isEqualTo("end_deadlineMoved");
        assertThat(lettersTo("audit-programme", caseNumber)).contains("deadline-moved");
        assertThat(lettersTo("downstream", caseNumber)).doesNotContain("deadline-moved");
        String trail = new PartnerCalls(port)
                .get("dpo", "/api/audit?caseNumber=" + caseNumber)
                .body();
        assertThat(trail).doesNotContain(WHY);
        assertThat(JsonPath.parse(trail).<List<Map<String, Object>>>read("$.lines[?(@.kind=='DEADLINE')]"))
                .singleElement()
                .satisfies(line -> assertThat(line.toString())
                        .contains("D06", "EXTENSION", "ACCESS", "2026-05-02", "2026-08-20", "audit-programme-2"));

        // A case that becomes urgent has shorter clocks; what was granted stays
        hastenTheInvestigation();
        assertThat(moment(task("audit-programme", "task_investigate"))).isEqualTo("2026-08-20T23:59:59Z");
        complete("audit-programme", "task_investigate", scenario.investigation());
        assertThat(moment(task("audit-programme", "task_decideSubstantiation")))
                .as("the next one counts from the same moment")
                .isEqualTo("2026-08-20T23:59:59Z");

        ask("audit-programme-2", "D06", "EXTENSION", "2026-09-02");
        complete("audit-programme", "task_decideMove", granted());
        assertThat(moment(task("audit-programme", "task_decideSubstantiation")))
                .as("as often as there is reason, up to the ceiling")
                .isEqualTo("2026-09-02T23:59:59Z");
        assertThatThrownBy(() -> ask("audit-programme", "D06", "EXTENSION", "2026-09-03"))
                .hasStackTraceContaining("at the latest 2026-09-02");
        assertThat(moves.ofCase(caseNumber))
                .filteredOn(recorded -> recorded.move().clockId().equals("D06"))
                .as("granted twice, and no move by the urgency")
                .hasSize(2);
    }

    @Test
    void whatCannotBeMovedIsSaidAtOnce() {
        investigated();
        assertThatThrownBy(() -> ask("audit-programme", "D12", "EXTENSION", "2026-06-01"))
                .as("a clock that protects people is not among those to choose from")
                .isInstanceOf(InvalidForm.class);
        refused(
                "audit-programme",
                "D09",
                "EXTENSION",
                "2026-06-01",
                "no open task of yours in this case has this clock");
        refused("audit-programme", "D06", "EXTENSION", "2026-05-02", "it is due on 2026-05-02 anyway");
        refused("audit-programme", "D06", "PAUSE", "2026-03-02", "name a day after today");
        refused(
                "audit-programme",
                "D06",
                "PAUSE",
                "2026-07-04",
                "it may stand still until 2026-07-03 at the latest, so that it ends on 2026-09-02");
        assertThatThrownBy(() -> ask("audit-programme", "R-2026-99999", "D06", "EXTENSION", "2026-06-01"))
                .hasStackTraceContaining("you have no such case");
        travelTo("2026-05-10T09:30:00Z");
        refused("audit-programme", "D06", "PAUSE", "2026-05-20", "it is late already");
        refused("audit-programme", "D06", "EXTENSION", "2026-05-09", "name a day that is still to come");
        assertThat(moves.ofCase(caseNumber)).isEmpty();
        assertThat(sees("audit-programme")).doesNotContain("task_decideMove");
    }

    @Test
    void nobodyAsksForTheClocksOfOthers() {
        received();
        guest("downstream-elsewhere", "downstream");
        guest("facilitator-elsewhere", "facilitator");
        for (String other : List.of("downstream-elsewhere", "facilitator-elsewhere", "smelter", "facilitator", "vsc")) {
            assertThatThrownBy(() -> ask(other, "D03", "EXTENSION", "2026-03-20"))
                    .as("%s is no party", other)
                    .hasStackTraceContaining("you have no such case");
        }
        for (String other : List.of("provider", "protection", "overseer")) {
            assertThatThrownBy(() -> ask(other, "D03", "EXTENSION", "2026-03-20"))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        ask("downstream", "D03", "EXTENSION", "2026-03-20");
        for (String other : List.of("downstream", "downstream-elsewhere", "facilitator-elsewhere", "smelter")) {
            assertThat(sees(other)).as(other).doesNotContain("task_decideMove");
            Task decision = task("audit-programme", "task_decideMove");
            assertThatThrownBy(() -> as(other).complete(decision, granted()))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        investigatedOn();
        refused("downstream", "D06", "EXTENSION", "2026-06-01", "no open task of yours in this case has this clock");
    }

    @Test
    void aCompanyAsksForItsOwnClockAndHearsWhyItGetsNoMoreTime() {
        received();
        assertThat(moment(task("downstream", "task_screenCredibility"))).isEqualTo("2026-03-16T23:59:59Z");
        ask("downstream", "D03", "EXTENSION", "2026-03-30");
        assertThatThrownBy(() -> ask("downstream", "D03", "EXTENSION", "2026-03-25"))
                .as("a second click")
                .hasStackTraceContaining("somebody has asked for this clock already");
        Task decision = task("audit-programme", "task_decideMove");
        assertThat(as("audit-programme").formVariables(decision))
                .containsEntry("askedRole", "downstream")
                .containsEntry("moveLatestDay", "2026-03-30");
        as("audit-programme").complete(decision, declined("PEOPLE_WAIT"));
        assertThat(endOf(decision.getProcessInstanceId())).isEqualTo("end_deadlineStays");
        assertThat(moment(task("downstream", "task_screenCredibility"))).isEqualTo("2026-03-16T23:59:59Z");
        assertThat(lettersTo("downstream", caseNumber)).contains("deadline-not-moved");
        assertThat(lettersTo("audit-programme", caseNumber)).doesNotContain("deadline-not-moved");
        assertThat(lettersTo("complainant", caseNumber)).doesNotContain("deadline-not-moved", "deadline-moved");
        assertThat(moves.ofCase(caseNumber)).isEmpty();

        ask("downstream", "D03", "EXTENSION", "2026-03-30");
        complete("audit-programme", "task_decideMove", granted());
        assertThat(moment(task("downstream", "task_screenCredibility"))).isEqualTo("2026-03-30T23:59:59Z");
        complete("downstream", "task_screenCredibility", scenario.credibility());
        assertThat(moment(task("downstream", "task_screenActionability")))
                .as("the next one counts from the same moment")
                .isEqualTo("2026-03-30T23:59:59Z");
    }

    @Test
    void whatIsGrantedTooLateOrForNothingIsRefused() {
        received();
        ask("downstream", "D03", "EXTENSION", "2026-03-20");
        Task decision = task("audit-programme", "task_decideMove");
        travelTo("2026-03-21T09:30:00Z");
        assertThatThrownBy(() -> as("audit-programme").complete(decision, granted()))
                .hasStackTraceContaining("moveDecision: name a day that is still to come");
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        assertThatThrownBy(() -> as("audit-programme").complete(decision, granted()))
                .hasStackTraceContaining("nothing waits on this clock any more");
        as("audit-programme").complete(decision, declined("NOTHING_WAITS"));
        assertThat(endOf(decision.getProcessInstanceId())).isEqualTo("end_deadlineStays");
    }

    @Test
    void theReminderIsSetAnewForTheDayToWhichAClockMoved() {
        investigated();
        String investigation = task("audit-programme", "task_investigate").getId();
        travelTo("2026-04-18T23:58:59Z");
        assertThat(rings(investigation)).isEmpty();
        travelTo("2026-04-18T23:59:59Z");
        assertThat(rings(investigation)).containsExactly("REMINDER 2026-05-02T23:59:59Z");
        ask("audit-programme", "D06", "EXTENSION", "2026-06-30");
        complete("audit-programme-2", "task_decideMove", granted());
        assertThat(rings(investigation)).isEmpty();
        travelTo("2026-05-03T00:00:00Z");
        assertThat(rings(investigation)).as("late for the old day").isEmpty();
        travelTo("2026-06-16T23:59:58Z");
        assertThat(rings(investigation)).isEmpty();
        travelTo("2026-06-16T23:59:59Z");
        assertThat(rings(investigation)).containsExactly("REMINDER 2026-06-30T23:59:59Z");
        travelTo("2026-06-30T23:59:59Z");
        assertThat(rings(investigation)).containsExactly("ESCALATION 2026-06-30T23:59:59Z");
    }

    @Test
    void aClockThatStandsStillGoesOnAfterItsDayAndRemindsNobodyMeanwhile() {
        investigated();
        String investigation = task("audit-programme", "task_investigate").getId();
        travelTo("2026-04-22T09:30:00Z");
        assertThat(rings(investigation)).as("two weeks before").isNotEmpty();
        ask("audit-programme", "D06", "PAUSE", "2026-05-02");
        Task decision = task("audit-programme-2", "task_decideMove");
        assertThat(reads("audit-programme-2", "task_decideMove")).contains("that it stands still until");
        as("audit-programme-2").complete(decision, granted());

        Task still = task("audit-programme", "task_investigate");
        assertThat(moment(still)).as("ten days later").isEqualTo("2026-05-12T23:59:59Z");
        assertThat(taskService.getVariableLocal(investigation, "clock"))
                .isEqualTo("investigate (D06), stands still until 2026-05-02");
        assertThat(lettersTo("audit-programme", caseNumber)).contains("clock-paused");
        refused(
                "audit-programme",
                "D06",
                "EXTENSION",
                "2026-07-01",
                "it stands still until 2026-05-02; end that pause");
        travelTo("2026-05-02T23:59:00Z");
        fireDueJobs();
        assertThat(rings(investigation)).isEmpty();
        complete("audit-programme", "task_investigate", scenario.investigation());
        Task next = task("audit-programme", "task_decideSubstantiation");
        assertThat(moment(next)).isEqualTo("2026-05-12T23:59:59Z");
        assertThat(taskService.getVariableLocal(next.getId(), "clock"))
                .isEqualTo("investigate (D06), stands still until 2026-05-02");
        assertThat(sees("audit-programme")).contains("task_endPause");

        travelTo("2026-05-02T23:59:59Z");
        fireDueJobs();
        assertThat(sees("audit-programme")).doesNotContain("task_endPause");
        assertThat(endOf(decision.getProcessInstanceId())).isEqualTo("end_clockRunsOn");
        assertThat(lettersTo("audit-programme", caseNumber)).contains("clock-runs-on");
        assertThat(moment(task("audit-programme", "task_decideSubstantiation"))).isEqualTo("2026-05-12T23:59:59Z");
        assertThat(taskService.getVariableLocal(next.getId(), "clock")).isEqualTo("investigate (D06)");
        assertThat(moves.ofCase(caseNumber)).hasSize(1);
        travelTo("2026-05-12T23:59:59Z");
        assertThat(rings(next.getId())).containsExactly("ESCALATION 2026-05-12T23:59:59Z");
    }

    @Test
    void aPauseThatEndsBeforeItsDayTakesBackTheDaysThatAreLeft() {
        received();
        guest("downstream-elsewhere", "downstream");
        travelTo("2026-03-10T09:30:00Z");
        ask("downstream", "D03", "PAUSE", "2026-03-20");
        Task decision = task("audit-programme", "task_decideMove");
        as("audit-programme").complete(decision, granted());
        assertThat(moment(task("downstream", "task_screenCredibility")))
                .as("eight business days later")
                .isEqualTo("2026-03-26T23:59:59Z");
        assertThat(sees("downstream-elsewhere")).isEmpty();
        Task pause = task("downstream", "task_endPause");
        for (String other : List.of("downstream-elsewhere", "smelter", "protection")) {
            assertThatThrownBy(() -> as(other).complete(pause, Map.of("pauseEnded", true)))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }

        // On a Sunday: Wednesday, Thursday and Friday have gone by
        travelTo("2026-03-15T09:30:00Z");
        as("downstream").complete(pause, Map.of("pauseEnded", true));
        assertThat(moment(task("downstream", "task_screenCredibility"))).isEqualTo("2026-03-19T23:59:59Z");
        assertThat(endOf(decision.getProcessInstanceId())).isEqualTo("end_clockRunsOn");
        assertThat(lettersTo("downstream", caseNumber)).contains("clock-paused", "clock-runs-on");
        assertThat(moves.ofCase(caseNumber))
                .extracting(recorded -> recorded.move().toDue().toString())
                .containsExactly("2026-03-26T23:59:59Z", "2026-03-19T23:59:59Z");
        assertThat(moves.ofCase(caseNumber).get(1).move().approvedBy()).isEqualTo("downstream");
        complete("downstream", "task_screenCredibility", scenario.credibility());
        assertThat(moment(task("downstream", "task_screenActionability"))).isEqualTo("2026-03-19T23:59:59Z");
    }

    @Test
    void whatMovedDuringAPauseStaysWhenThePauseEnds() {
        investigated();
        ask("audit-programme", "D06", "PAUSE", "2026-03-12");
        complete("audit-programme-2", "task_decideMove", granted());
        DeadlineMoves.Move pause = moves.ofCase(caseNumber).get(0).move();
        moves.record(
                caseNumber + "/emergency",
                new DeadlineMoves.Move(
                        caseNumber,
                        pause.clockId(),
                        pause.elementId(),
                        pause.countedFrom(),
                        pause.toDue(),
                        Instant.parse("2026-08-02T23:59:59Z"),
                        DeadlineMoves.Kind.EMERGENCY,
                        "EMERGENCY",
                        null,
                        null,
                        null,
                        null));
        travelTo("2026-03-05T09:30:00Z");
        complete("audit-programme", "task_endPause", Map.of("pauseEnded", true));
        assertThat(moment(task("audit-programme", "task_investigate"))).isEqualTo("2026-08-02T23:59:59Z");
    }

    @Test
    void anInvestigationThatFoundTooLittleGoesOnOnRecord() {
        investigated();
        complete("audit-programme", "task_investigate", scenario.investigation());
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_extendInvestigation",
                        Map.of("extensionReason", "I want more time.", "reviewAgainOn", "2026-08-31")))
                .as("nobody extends what they found inconclusive themselves")
                .isInstanceOf(RuntimeException.class);
        complete(
                "audit-programme-2",
                "task_extendInvestigation",
                Map.of("extensionReason", "Two of the three witnesses are travelling.", "reviewAgainOn", "2026-08-31"));
        assertThat(moment(task("audit-programme", "task_investigate"))).isEqualTo("2026-09-02T23:59:59Z");
        assertThat(moves.ofCase(caseNumber)).singleElement().satisfies(recorded -> {
            assertThat(recorded.move().clockId()).isEqualTo("D06-max");
            assertThat(recorded.move().fromDue()).isEqualTo("2026-05-02T23:59:59Z");
            assertThat(recorded.move().toDue()).isEqualTo("2026-09-02T23:59:59Z");
            assertThat(recorded.move().reason()).isEqualTo("INCONCLUSIVE");
            assertThat(recorded.move().askedBy()).isEqualTo("audit-programme");
            assertThat(recorded.move().approvedBy()).isEqualTo("audit-programme-2");
        });
        refused(
                "audit-programme",
                "D06",
                "EXTENSION",
                "2026-09-10",
                "no open task of yours in this case has this clock");
    }

    @Test
    void aTimerOnTheBorderOfATaskWaitsForTheDayToWhichItsClockMoved() {
        begin(BagSorter.story());
        walkTo("task_engageFacilitator");
        Task engagement = task("smelter", "task_engageFacilitator");
        String until = day(engagement.getDueDate()).plus(Period.ofDays(14)).toString();
        Instant silent = silence(engagement);
        ask("smelter", "D11", "EXTENSION", until);
        complete("audit-programme", "task_decideMove", granted());
        assertThat(moment(task("smelter", "task_engageFacilitator"))).isEqualTo(until + "T23:59:59Z");
        assertThat(silence(engagement)).isAfter(silent).isEqualTo(until + "T23:59:59Z");
    }

    /** A.7 D27, GDPR 12(3): a month, and two further ones with a reason that the person hears. */
    @Test
    void dataProtectionHasTwoFurtherMonthsToAnswerAPersonAndAsksForThemItself() {
        received();
        guest("downstream-elsewhere", "downstream");
        startByForm(
                "downstream",
                "answer-data-request",
                Map.of(
                        "caseNumber", caseNumber,
                        "requestFrom", "COMPLAINANT",
                        "requestKind", "ACCESS",
                        "requestNote", "They want to read what was written."));
        Task answering = task("dpo", "task_answerDataRequest");
        assertThat(moment(answering)).isEqualTo("2026-04-02T23:59:59Z");
        Map<String, Object> longer = ofAPersonsData(caseNumber, "2026-06-02");
        for (String other :
                List.of("audit-programme", "downstream", "downstream-elsewhere", "smelter", "vsc", "legal")) {
            assertThatThrownBy(() -> startByForm(other, "move-deadline", longer))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> startByForm("audit-programme", "move-deadline", longer))
                .as("who decides on it asks for it in nobody's place")
                .hasStackTraceContaining("no open task of yours in this case has this clock");
        Map<String, Object> silently = new HashMap<>(longer);
        silently.remove("delayTold");
        assertThatThrownBy(() -> startByForm("dpo", "move-deadline", silently))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("delayTold");
        assertThatThrownBy(() -> startByForm("dpo", "move-deadline", ofAPersonsData(caseNumber, "2026-06-03")))
                .hasStackTraceContaining("moveUntil: at the latest 2026-06-02");

        Map<String, Object> still = new HashMap<>(longer);
        still.put("moveKind", "PAUSE");
        assertThatThrownBy(() -> startByForm("dpo", "move-deadline", still))
                .hasStackTraceContaining("moveKind: the month in which a person is answered does not stand still");
        travelTo("2026-04-03T00:00:00Z");
        assertThatThrownBy(() -> startByForm("dpo", "move-deadline", longer))
                .hasStackTraceContaining("before the day on which the person is answered, 2026-04-02; answer now");
        travelTo("2026-04-02T12:00:00Z");

        startByForm("dpo", "move-deadline", longer);
        travelTo("2026-04-03T09:00:00Z");
        Task decision = task("audit-programme", "task_decideMove");
        assertThat(reads("audit-programme", "task_decideMove"))
                .contains("answer a person about their data (D27)", "data protection", "2026-06-02");
        assertThatThrownBy(() -> as("dpo").complete(decision, granted())).isInstanceOf(RuntimeException.class);
        complete("audit-programme", "task_decideMove", granted());
        assertThat(moment(task("dpo", "task_answerDataRequest"))).isEqualTo("2026-06-02T23:59:59Z");
        assertThat(lettersTo("dpo", caseNumber)).contains("deadline-moved");
        assertThat(lettersTo("downstream", caseNumber)).doesNotContain("deadline-moved");
        assertThatThrownBy(() -> startByForm("dpo", "move-deadline", ofAPersonsData(caseNumber, "2026-07-01")))
                .hasStackTraceContaining("at the latest 2026-06-02");
    }

    @Test
    void theFeedbackWaitsUntilTheSixthMonthAtTheLatestAndTheUpdatesGoOn() {
        receive("2026-03-02T09:30:00Z", Step1.with(scenario.grievance(), Map.of("contactMode", "RECEIPT_CODE")));
        fireDueJobs();
        travelThrough("2026-04-01T09:30:00Z");
        refused(
                "audit-programme",
                "D08",
                "EXTENSION",
                "2026-08-20",
                "no open task of yours in this case has this clock");
        travelThrough("2026-06-01T09:30:00Z");
        Task feedback = task("audit-programme", "task_giveFeedback");
        assertThat(moment(feedback)).isEqualTo("2026-06-02T23:59:59Z");
        refused("audit-programme", "D08", "EXTENSION", "2026-09-03", "at the latest 2026-09-02");
        assertThatThrownBy(() -> ask("protection", "D08", "EXTENSION", "2026-08-20"))
                .as("protection asks for no clock of others")
                .isInstanceOf(AuthorizationException.class);
        refused("downstream", "D08", "EXTENSION", "2026-08-20", "no open task of yours in this case has this clock");
        String update = moment(task("audit-programme", "task_tellHowItStands"));
        ask("audit-programme", "D08", "EXTENSION", "2026-08-20");
        assertThat(reads("audit-programme-2", "task_decideMove")).contains("feedback to the complainant (D08)");
        complete("audit-programme-2", "task_decideMove", granted());

        assertThat(moment(task("audit-programme", "task_giveFeedback"))).isEqualTo("2026-08-20T23:59:59Z");
        assertThat(moment(task("audit-programme", "task_tellHowItStands")))
                .as("another clock")
                .isEqualTo(update);
        assertThat(rings(feedback.getId())).as("nor late for the old day").isEmpty();
        assertThat(lettersTo("audit-programme", caseNumber)).contains("deadline-moved");
        assertThat(lettersTo("complainant", caseNumber)).doesNotContain("deadline-moved");
        travelTo("2026-08-20T23:59:59Z");
        assertThat(rings(feedback.getId())).contains("ESCALATION 2026-08-20T23:59:59Z");
    }

    /** Its tables had no word of how far a clock may move; what the house allows today holds. */
    @Test
    void aCaseThatRunsOnAnOlderModelGetsMoreTimeAndStandsStillToo() throws IOException {
        received();
        String matrix = Files.readString(Path.of("dmn/shared/deadline-matrix.dmn"))
                .replaceAll("(?s)<output id=\"[^\"]*_output_(?:extension|ceiling)\"[^>]*/>", "")
                .replaceAll(
                        "(?s)<outputEntry id=\"[^\"]*_is_(?:extension|ceiling)\">\\s*<text>[^<]*</text>\\s*</outputEntry>",
                        "");
        assertThat(matrix).doesNotContain("_is_ceiling", "_is_extension");
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("deadline-matrix.dmn", matrix)
                .addModelInstance(
                        "older-model.bpmn",
                        Bpmn.createExecutableProcess("older-model")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_olderEngage")
                                .camundaCandidateGroups("audit-programme")
                                .camundaDueDate("${deadlines.due(execution, 'D11')}")
                                .userTask("task_olderDecide")
                                .camundaCandidateGroups("audit-programme")
                                .camundaDueDate("${deadlines.dueFrom(execution, 'D09', since)}")
                                .endEvent()
                                .done()));
        start("older-model", caseNumber, Map.of("since", "2026-03-02"));
        Task engage = task("audit-programme", "task_olderEngage");
        String until = day(engage.getDueDate()).plusDays(5).toString();
        ask("audit-programme", "D11", "EXTENSION", until);
        complete("audit-programme-2", "task_decideMove", granted());
        assertThat(moment(task("audit-programme", "task_olderEngage"))).isEqualTo(until + "T23:59:59Z");
        assertThat(taskService.getVariableLocal(engage.getId(), "clock"))
                .asString()
                .endsWith("(D11)");
        actingAs("audit-programme", () -> {
            taskService.claim(engage.getId(), "audit-programme");
            taskService.complete(engage.getId());
            return null;
        });

        Task decide = task("audit-programme", "task_olderDecide");
        String before = moment(decide);
        ask("audit-programme", "D09", "PAUSE", "2026-03-05");
        complete("audit-programme-2", "task_decideMove", granted());
        String still = moment(task("audit-programme", "task_olderDecide"));
        assertThat(still).isGreaterThan(before);
        travelTo("2026-03-05T23:59:59Z");
        fireDueJobs();
        assertThat(moment(task("audit-programme", "task_olderDecide"))).isEqualTo(still);
        assertThat(moves.ofCase(caseNumber)).hasSize(2);
        assertThat(lettersTo("audit-programme", caseNumber))
                .contains("deadline-moved", "clock-paused", "clock-runs-on");
    }

    /** The form offers what the table lets move, in the words that stand on the tasks; letters have words for each. */
    @Test
    void whatTheFormOffersIsWhatTheTableLetsMove() throws IOException {
        JsonNode form = new ObjectMapper()
                .readTree(Files.readString(Path.of("forms/remedy/begin-moving-deadline.form")))
                .path("components");
        List<String> offered = new ArrayList<>();
        for (JsonNode field : form) {
            if (field.path("key").asText().equals("movingClock")) {
                for (JsonNode value : field.path("values")) {
                    String clock = value.path("value").asText();
                    offered.add(clock);
                    assertThat(value.path("label").asText())
                            .isEqualTo(words.getMessage("clock." + clock, null, Locale.ENGLISH));
                    assertThat(words.getMessage("letter.movingClock." + clock, null, Locale.ENGLISH))
                            .isNotBlank();
                }
            }
        }
        Decision matrix = Decision.of("shared/deadline-matrix");
        for (String clock : offered) {
            for (String urgency : List.of("NORMAL", "URGENT")) {
                for (String mode : List.of("NORMAL", "EMERGENCY")) {
                    assertThat(matrix.rows(Decision.given("clock", clock, "urgency", urgency, "mode", mode)))
                            .singleElement()
                            .satisfies(row ->
                                    assertThat(row.get("extension")).as(clock).isNotNull());
                }
            }
        }
        assertThat(offered)
                .containsExactly("D03", "D06", "D08", "D09", "D11", "D13-l1", "D13-l2", "D27-request")
                .as(
                        "whatever the table lets move, but for the monitoring, which the audit programme extends itself (D18)")
                .containsExactlyInAnyOrderElementsOf(movable());
    }

    private static Set<String> movable() throws IOException {
        Matcher row = Pattern.compile(
                        "_clock\">\\s*<text>\"([^\"]+)\".*?_is_extension\">\\s*<text>([^<]*)</text>.*?_is_ceiling\">\\s*<text>([^<]*)</text>",
                        Pattern.DOTALL)
                .matcher(Files.readString(Path.of("dmn/shared/deadline-matrix.dmn")));
        Set<String> clocks = new TreeSet<>();
        while (row.find()) {
            if (!row.group(2).equals("null")
                    && !row.group(3).equals("null")
                    && !row.group(1).equals("D18")) {
                clocks.add(row.group(1));
            }
        }
        return clocks;
    }

    private Instant silence(Task engagement) {
        Job timer = managementService
                .createJobQuery()
                .processInstanceId(engagement.getProcessInstanceId())
                .activityId("boundary_smelterSilent")
                .singleResult();
        return timer.getDuedate().toInstant();
    }

    private void hastenTheInvestigation() {
        String step = process("verify-allegation");
        runtimeService.setVariable(step, "urgency", "URGENT");
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    deadlines.hasten(context.getExecutionManager().findExecutionById(step));
                    return null;
                });
    }

    private List<String> rings(String task) {
        return openClocks.ringing().stream()
                .filter(ring -> ring.taskId().equals(task))
                .map(MoveDeadlineTest::told)
                .toList();
    }

    private static String told(Ring ring) {
        Kind kind = ring.kind();
        return kind + " " + ring.due();
    }

    private void refused(String user, String clock, String kind, String until, String message) {
        assertThatThrownBy(() -> ask(user, clock, kind, until)).hasStackTraceContaining(message);
    }

    private void ask(String user, String clock, String kind, String until) {
        ask(user, caseNumber.toLowerCase(Locale.ROOT), clock, kind, until);
    }

    private void ask(String user, String number, String clock, String kind, String until) {
        startByForm(
                user,
                "move-deadline",
                Map.of(
                        "caseNumber", number,
                        "movingClock", clock,
                        "moveKind", kind,
                        "moveUntil", until,
                        "moveReason", "ACCESS",
                        "moveText", WHY));
        fireDueJobs();
    }

    private static Map<String, Object> ofAPersonsData(String number, String until) {
        return Map.of(
                "caseNumber", number,
                "movingClock", "D27-request",
                "moveKind", "EXTENSION",
                "moveUntil", until,
                "moveReason", "COMPLEXITY",
                "delayTold", true,
                "moveText", "What others told in confidence has to be taken out first.");
    }

    private static Map<String, Object> granted() {
        return decided(Map.of("moveDecision", "GRANTED"));
    }

    private static Map<String, Object> shorter(String until) {
        return decided(Map.of("moveDecision", "SHORTER", "grantedUntil", until));
    }

    private static Map<String, Object> declined(String reason) {
        return decided(Map.of("moveDecision", "DECLINED", "declineReason", reason));
    }

    private static Map<String, Object> decided(Map<String, Object> decision) {
        Map<String, Object> form = new HashMap<>(decision);
        form.put("moveAnswer", "Two families wait for it, and nobody else can go there.");
        return form;
    }

    private static String moment(Task task) {
        return task.getDueDate().toInstant().toString();
    }

    private void received() {
        receive("2026-03-02T09:30:00Z", scenario.grievance());
        fireDueJobs();
    }

    private void investigated() {
        received();
        investigatedOn();
    }

    private void investigatedOn() {
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", Step1.review());
    }

    private void guest(String user, String role) {
        guests.add(user);
        identityService.saveUser(identityService.newUser(user));
        if (identityService.createGroupQuery().groupId("org-elsewhere").count() == 0) {
            var group = identityService.newGroup("org-elsewhere");
            group.setType("ORGANISATION");
            identityService.saveGroup(group);
        }
        identityService.createMembership(user, role);
        identityService.createMembership(user, "org-elsewhere");
        jdbc.sql("insert into organisation_role (organisation, role, name) values ('org-elsewhere', ?, 'Elsewhere')")
                .param(role)
                .update();
    }
}
