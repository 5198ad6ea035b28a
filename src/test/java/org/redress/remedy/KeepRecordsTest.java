package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.redress.vault.Erasures;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the records of a closed case are kept, and that they are gone afterwards (remedy.md A.7 D25). */
@SuppressWarnings("NullAway.Init")
class KeepRecordsTest extends ProcessTest {

    private static final String PERSON = "V-3KQ7ZP";

    private static final Map<String, Map<String, Object>> FILED = Map.of(
            "application-received",
            Map.of(
                    "applicantName", "Endeavour",
                    "applicantType", "COMPANY",
                    "sector", "EXTRACTION",
                    "targetStatus", "ENGAGED",
                    "applicantContact", "By letter",
                    "applicationStatement", "The board has adopted a policy."),
            "concern-raised",
            Map.of(
                    "concernAbout", "A mine at the lake",
                    "concernCriterion", "LACK_OF_EFFORT",
                    "dialogueTried", "NO",
                    "concernNarrative", "Guards fired at people at the gate.",
                    "accessBarriers", List.of("FEAR")));

    @Autowired
    private Erasures erasures;

    @Autowired
    private RecordsWorkflow records;

    @Autowired
    private Cases cases;

    @Autowired
    private VictimWorkflow victims;

    @Autowired
    private Parties parties;

    @Autowired
    private JdbcClient jdbc;

    private String caseNumber;
    private Date closedAt;

    @BeforeEach
    void aCaseThatWasClosed() {
        caseNumber = newCaseNumber();
        parties.add(caseNumber, "vsc", "org-vsc");
        closedAt = ClockUtil.getCurrentTime();
    }

    @Test
    void aYearAfterClosingSomebodyLooksAndWhatIsNoMoreNeededIsErased() {
        String person = aPersonWhoseCaseIsOver();
        String comment = "The mother is at the river camp";
        taskService.createComment(null, person, comment);
        records.begin(caseNumber, closedAt, false);
        records.begin(caseNumber, closedAt, false);
        travel(Period.ofYears(1).minusDays(1));
        fireDueJobs();
        assertThat(as("dpo").tasksOf(caseNumber)).isEmpty();
        travel(Period.ofDays(2));
        fireDueJobs();
        assertThat(as("dpo").tasksOf(caseNumber))
                .as("once, however often it was begun")
                .containsExactly("task_reviewRecords");
        assertThat(keys()).isEqualTo(2);

        as("dpo").complete("task_reviewRecords", Map.of("recordsDecision", "ERASE"));
        fireDueJobs();

        assertThat(keys()).isZero();
        assertThat(taskService.getProcessInstanceComments(person)).isEmpty();
        Task left = as("dpo").task("task_checkErasure");
        assertThat(as("dpo").formVariables(left))
                .containsEntry("commentsErased", 1L)
                .containsEntry("attachmentsErased", 0L)
                .containsEntry("failuresLeft", 0L);
        assertThat((Integer) as("dpo").formVariables(left).get("valuesErased")).isPositive();
        as("dpo").complete(left, Map.of("copiesLookedAt", true));
        assertThat(endOf(left.getProcessInstanceId())).isEqualTo("end_recordsErased");
    }

    @Test
    void whatIsStillNeededIsKeptUntilADayAndNoLongerThanFiveYears() {
        aPersonWhoseCaseIsOver();
        records.begin(caseNumber, closedAt, false);
        travel(Period.ofYears(1).plusDays(1));
        fireDueJobs();
        Task review = as("dpo").task("task_reviewRecords");
        assertThat(as("dpo").formVariables(review)).containsEntry("keepAtMostUntilDay", "2031-02-02");
        for (String wrong : new String[] {"2027-02-02", "2031-02-03"}) {
            assertThatThrownBy(() -> as("dpo").complete(review, keepUntil(wrong)))
                    .as(wrong)
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining("keepUntil");
        }
        as("dpo").complete(review, keepUntil("2031-02-01"));
        fireDueJobs();
        assertThat(as("dpo").tasksOf(caseNumber)).isEmpty();
        travelTo("2031-02-02T00:00:01Z");
        fireDueJobs();
        Task again = as("dpo").task("task_reviewRecords");
        assertThat(as("dpo").formVariables(again).get("recordsDecision"))
                .as("asked anew")
                .isNull();
        travelTo("2031-02-03T10:00:00Z");
        fireDueJobs();
        assertThat(keys()).as("nobody decided, and the five years are over").isZero();
        assertThat(as("dpo").tasksOf(caseNumber)).containsExactly("task_checkErasure");
    }

    @Test
    void whereAChildWasHarmedTheTimeIsLonger() {
        records.begin(caseNumber, closedAt, true);
        travel(Period.ofYears(1).plusDays(1));
        fireDueJobs();
        assertThat(as("dpo").formVariables(as("dpo").task("task_reviewRecords")))
                .containsEntry("keepAtMostUntilDay", "2046-02-02");
    }

    /** Of a model of before the clock, or ended before its outcome stood. */
    @Test
    void aCaseThatIsOverWithoutAClockIsGivenOneAndNoSecond() {
        String run = started("learn-lessons", Map.of("childrenInvolved", true));
        assertThat(records.overWithoutClock(10_000)).as("while it runs").doesNotContain(caseNumber);
        records.beginWhereOver(caseNumber);
        assertThat(clocks()).isZero();
        travel(Period.ofMonths(3));
        runtimeService.deleteProcessInstance(run, "over");
        assertThat(records.overWithoutClock(10_000)).contains(caseNumber);
        records.beginWhereOver(caseNumber);
        records.beginWhereOver(caseNumber);
        assertThat(records.overWithoutClock(10_000)).doesNotContain(caseNumber);
        assertThat(clocks()).isEqualTo(1);

        travel(Period.ofYears(1).plusDays(1));
        fireDueJobs();
        assertThat(as("dpo").formVariables(as("dpo").task("task_reviewRecords")))
                .as("counted from the day on which it ended, and longer for a child")
                .containsEntry("keepAtMostUntilDay", "2046-05-02");
        for (String other : List.of("audit-programme", "legal", "protection", "vsc", "smelter", "secretariat")) {
            assertThat(as(other).sees("task_reviewRecords")).as(other).isFalse();
        }
    }

    /** D25 by analogy. */
    @Test
    void anApplicationAndAConcernAreKeptNoLongerThanACase() {
        for (Map.Entry<String, Map<String, Object>> filed : FILED.entrySet()) {
            caseNumber = cases.start(filed.getKey(), filed.getValue()).caseNumber();
            fireDueJobs();
            assertThat(keys()).as(caseNumber).isEqualTo(1);
            assertThat(erasures.neededFor(caseNumber, null)).as("while it runs").isNotEmpty();
            String run = jdbc.sql("select process_instance_id from case_file where case_number = ?")
                    .param(caseNumber)
                    .query(String.class)
                    .single();
            runtimeService.deleteProcessInstance(run, "over");
            records.beginWhereOver(caseNumber);
            travel(Period.ofYears(1).plusDays(1));
            fireDueJobs();
            Task review = as("dpo").task("task_reviewRecords");
            assertThat(as("dpo").formVariables(review)).containsEntry("recordsState", "FREE");
            as("dpo").complete(review, Map.of("recordsDecision", "ERASE"));
            fireDueJobs();
            assertThat(keys()).as(caseNumber).isZero();
        }
    }

    private String started(String process, Map<String, Object> variables) {
        String run = start(process, caseNumber, variables).getId();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, ?, ?)")
                .params(caseNumber, run, Timestamp.from(closedAt.toInstant()))
                .update();
        return run;
    }

    private long clocks() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("keep-records")
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    @Test
    void nothingIsErasedUnderALegalHold() {
        aPersonWhoseCaseIsOver();
        jdbc.sql("insert into vault_hold (case_number, reason, set_by, set_at) values (?, 'A court asked', 'legal', ?)")
                .params(caseNumber, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        records.begin(caseNumber, closedAt, false);
        travel(Period.ofYears(1).plusDays(1));
        fireDueJobs();
        Task review = as("dpo").task("task_reviewRecords");
        assertThat(as("dpo").formVariables(review)).containsEntry("recordsState", "HELD");
        as("dpo").complete(review, Map.of("recordsDecision", "ERASE"));
        fireDueJobs();
        assertThat(keys()).isEqualTo(2);
        assertThat(as("dpo").tasksOf(caseNumber)).isEmpty();
        jdbc.sql("delete from vault_hold where case_number = ?")
                .param(caseNumber)
                .update();
        travel(Period.ofMonths(6).plusDays(1));
        fireDueJobs();
        as("dpo").complete("task_reviewRecords", Map.of("recordsDecision", "ERASE"));
        fireDueJobs();
        assertThat(keys()).isZero();
    }

    @Test
    void nobodysFileIsErasedWhileTheyAreHelped() {
        register();
        records.begin(caseNumber, closedAt, false);
        travel(Period.ofYears(1).plusDays(1));
        fireDueJobs();
        Task review = as("dpo").task("task_reviewRecords");
        assertThat(as("dpo").formVariables(review)).containsEntry("recordsState", "STILL_HELPED");
        as("dpo").complete(review, Map.of("recordsDecision", "ERASE"));
        fireDueJobs();
        assertThat(keys()).isPositive();
        assertThat(as("vsc").sees("task_immediateNeeds")).isTrue();
    }

    /** What a person demands is done all the same; a slip is not. */
    @Test
    void theDataProtectionOfficerIsToldThatSomebodyIsStillHelped() {
        register();
        for (String person : Arrays.asList(PERSON, null)) {
            assertThatThrownBy(() -> erasures.eraseUnneeded(caseNumber, person, "A slip", "dpo"))
                    .isInstanceOf(Erasures.Needed.class)
                    .hasMessageContaining("still helped");
        }
        assertThat(erasures.neededFor(caseNumber, "V-000000")).isEmpty();
        assertThat(keys()).isPositive();
        assertThat(erasures.erase(caseNumber, PERSON, "Demanded by the person", "dpo")
                        .keysDestroyed())
                .isPositive();
    }

    /** E04, E19: danger and retaliation do not end with the case. */
    @Test
    @DisplayName("E04 Exploitation goes on: nothing is erased while somebody is brought to safety or protected")
    void nothingIsErasedWhileSomebodyIsBroughtToSafetyOrProtected() {
        for (String begins : List.of("danger-reported", "recovery-begun", "retaliation-reported")) {
            assertThat(erasures.neededFor(caseNumber, null))
                    .as("before " + begins)
                    .isEmpty();
            ProcessInstance running = runtimeService
                    .createMessageCorrelation(begins)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariable("caseNumber", caseNumber)
                    .correlateStartMessage();
            assertThat(erasures.neededFor(caseNumber, null)).as(begins).isNotEmpty();
            runtimeService.deleteProcessInstance(running.getId(), "the test goes on");
        }
    }

    private static Map<String, Object> keepUntil(String day) {
        return Map.of(
                "recordsDecision", "KEEP", "keepUntil", day, "keepReason", "A claim for wages is before the court");
    }

    private void register() {
        victims.register(
                caseNumber,
                Map.of(
                        "caseNumber",
                        caseNumber,
                        "victimRef",
                        PERSON,
                        "coordinator",
                        "org-vsc",
                        "facilitator",
                        "org-facilitator",
                        "contactRules",
                        "Only on Sundays, by the neighbour",
                        "isChild",
                        false));
        fireDueJobs();
    }

    /** With something told about the person, and something about the case. */
    private String aPersonWhoseCaseIsOver() {
        register();
        String person = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKey("victim-case")
                .singleResult()
                .getId();
        String about = start("learn-lessons", caseNumber, Map.of("whatHappened", "A story"))
                .getId();
        runtimeService.deleteProcessInstance(about, "over");
        runtimeService.deleteProcessInstance(person, "over");
        return person;
    }

    private int keys() {
        return jdbc.sql("select count(*) from vault_key where case_number = ? and destroyed_at is null")
                .param(caseNumber)
                .query(Integer.class)
                .single();
    }
}
