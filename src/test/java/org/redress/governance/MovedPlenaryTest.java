package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.ProcessBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.deadline.RunningClocks;
import org.redress.engine.InvalidForm;
import org.redress.engine.InvalidInput;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The Plenary moves, and the deadlines of every member with it (membership.md E.7, 5): on a process of this test's own, in
 * which a report and its reminder hang on the Plenary, and another task does not.
 */
@SuppressWarnings("NullAway.Init")
class MovedPlenaryTest extends CalendarTest {

    private static final String REPORT_DUE = "deadlines.before(execution, 'report-lead', governance.dayOf(plenaryId))";
    private static final int MEMBERS = 200;

    @Autowired
    private RunningClocks clocks;

    @Autowired
    private PlatformTransactionManager transactions;

    @BeforeEach
    void aProcessThatHangsOnAPlenary() throws Exception {
        BpmnModelInstance process = Bpmn.createExecutableProcess("yearly-probe")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .parallelGateway("fork")
                .userTask("report")
                .camundaDueDate("${" + REPORT_DUE + "}")
                .boundaryEvent("reminder")
                .cancelActivity(false)
                .timerWithDate("${deadlines.before(execution, reminderClock, " + REPORT_DUE + ")}")
                .userTask("remind")
                .endEvent()
                .moveToNode("fork")
                .userTask("other")
                .camundaDueDate("${deadlines.due(execution, 'D05')}")
                .boundaryEvent("otherReminder")
                .cancelActivity(false)
                .timerWithDuration("P10D")
                .endEvent()
                .moveToNode("fork")
                .intermediateCatchEvent("grace")
                .timerWithDate("${deadlines.dueFrom(execution, 'standing-grace', " + REPORT_DUE + ")}")
                .endEvent()
                .done();
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance("yearly-probe.bpmn", process)
                .addString("deadline-matrix.dmn", Files.readString(Path.of("dmn/shared/deadline-matrix.dmn"))));
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        governance.plan("2028-03-31", "2028-04-02", BY, WHY);
    }

    @Test
    void everyDeadlineThatHangsOnThePlenaryMovesWithIt() {
        String member = begin("M-2026-0001", "P-2027");
        String other = begin("M-2026-0002", "P-2028");
        assertThat(deadlines(member))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "report", "2027-02-18T23:59:59Z",
                        "reminder", "2027-01-19T23:59:59Z",
                        "grace", "2027-03-20T23:59:59Z",
                        "other", "2026-02-09T23:59:59Z",
                        "otherReminder", "2026-02-12T09:00:00Z"));
        Map<String, String> ofTheOther = deadlines(other);
        assertThat(ofTheOther).containsEntry("report", "2028-02-29T23:59:59Z");

        travelTo("2026-02-04T15:00:00Z");
        assertThat(clocks.count("plenaryId", "P-2027")).isEqualTo(1);
        assertThat(governance.movePlenary("P-2027", "2027-05-31", "2027-06-02", BY, WHY))
                .isEqualTo(1);

        assertThat(deadlines(member))
                .as("what was counted from its own start stays")
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "report", "2027-04-30T23:59:59Z",
                        "reminder", "2027-03-31T23:59:59Z",
                        "grace", "2027-05-30T23:59:59Z",
                        "other", "2026-02-09T23:59:59Z",
                        "otherReminder", "2026-02-12T09:00:00Z"));
        assertThat(deadlines(other)).isEqualTo(ofTheOther);
        assertThat(historyService
                        .createHistoricTaskInstanceQuery()
                        .processInstanceId(member)
                        .taskDefinitionKey("report")
                        .singleResult()
                        .getDueDate())
                .as("history tells the due date that counts")
                .isEqualTo("2027-04-30T23:59:59Z");
    }

    @Test
    void aReminderWhoseDayHasPassedByThenGoesOutAtOnce() {
        String member = begin("M-2026-0001", "P-2027");
        fireDueJobs();
        assertThat(open(member)).containsExactlyInAnyOrder("report", "other");

        governance.movePlenary("P-2027", "2026-04-01", "2026-04-01", BY, WHY);
        assertThat(deadlines(member)).containsEntry("reminder", "2026-01-30T23:59:59Z");
        fireDueJobs();
        assertThat(open(member)).containsExactlyInAnyOrder("report", "other", "remind");
    }

    @Test
    void theReportsOfTwoHundredMembersMoveInOneTransaction() {
        beginWithTheReport("M-2026-9999", "P-2028");
        for (int member = 0; member < MEMBERS; member++) {
            beginWithTheReport("M-2027-%04d".formatted(member), "P-2027");
        }
        long start = System.nanoTime();
        assertThat(governance.movePlenary("P-2027", "2027-04-14", "2027-04-16", BY, WHY))
                .isEqualTo(MEMBERS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));

        assertThat(dueDates("report"))
                .containsOnly(Map.entry("2027-03-14T23:59:59Z", MEMBERS), Map.entry("2028-02-29T23:59:59Z", 1));
        assertThat(timers("reminder"))
                .containsOnly(Map.entry("2027-02-12T23:59:59Z", MEMBERS), Map.entry("2028-01-30T23:59:59Z", 1));
    }

    @Test
    void aCaseThatBeginsWhileThePlenaryMovesIsNotForgotten() {
        TransactionTemplate onAnotherNode = new TransactionTemplate(transactions);
        CompletableFuture<Integer> move = Objects.requireNonNull(onAnotherNode.execute(status -> {
            begin("M-2026-0001", "P-2027");
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(
                    () -> governance.movePlenary("P-2027", "2027-04-14", "2027-04-16", BY, WHY));
            assertThatThrownBy(() -> waiting.get(2, TimeUnit.SECONDS))
                    .as("it waits for the case that has read the old day")
                    .isInstanceOf(TimeoutException.class);
            return waiting;
        }));
        assertThat(move.join()).isEqualTo(1);
        assertThat(dueDates("report")).containsOnly(Map.entry("2027-03-14T23:59:59Z", 1));
    }

    @Test
    void whenOneDeadlineCannotBeCountedNothingHasMoved() {
        for (int member = 0; member < 20; member++) {
            String instance = begin("M-2027-%04d".formatted(member), "P-2027");
            if (member == 13) {
                runtimeService.setVariable(instance, "reminderClock", "D99");
            }
        }
        assertThatThrownBy(() -> governance.movePlenary("P-2027", "2027-04-14", "2027-04-16", BY, WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(
                        "Nothing was moved. The deadline of reminder in M-2027-0013 cannot be counted anew")
                .hasMessageContaining("D99")
                .hasMessageEndingWith("Ask an administrator to mend that case, then move the Plenary again");

        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-03-18");
        assertThat(history("P-2027")).containsExactly("PLANNED null -> 2027-03-18 to 2027-03-21");
        assertThat(dueDates("report")).containsOnly(Map.entry("2027-02-18T23:59:59Z", 20));
        assertThat(timers("reminder")).containsOnly(Map.entry("2027-01-19T23:59:59Z", 20));
        assertThat(timers("grace")).containsOnly(Map.entry("2027-03-20T23:59:59Z", 20));

        runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("M-2027-0013")
                .list()
                .forEach(mended ->
                        runtimeService.setVariable(mended.getId(), "reminderClock", "report-reminder-second"));
        assertThat(governance.movePlenary("P-2027", "2027-04-14", "2027-04-16", BY, WHY))
                .isEqualTo(20);
        assertThat(dueDates("report")).containsOnly(Map.entry("2027-03-14T23:59:59Z", 20));
    }

    @Test
    void theSecretariatIsToldWhichCaseStandsInTheWayAndLosesNothing() {
        begin("M-2027-0001", "P-2027");
        String broken = begin("M-2027-0002", "P-2027");
        runtimeService.setVariable(broken, "reminderClock", "D99");
        startByForm("secretariat", "keep-calendar", Map.of("calendarChange", "MOVE_PLENARY"));
        Task task = as("secretariat").task("task_changeCalendar");
        assertThat(String.valueOf(as("secretariat").formVariables(task).get("plenaryLines")))
                .contains("P-2027: annual, 2027-03-18 to 2027-03-21, planned, 2 running cases hang on it");
        Map<String, Object> form = Map.of(
                "calendarDecision", "APPLY",
                "plenaryChosen", "P-2027",
                "plenaryStartsOn", "2027-04-14",
                "calendarReason", WHY);

        assertThatThrownBy(() -> as("secretariat").complete(task, form))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("Nothing was moved. The deadline of reminder in M-2027-0002");
        assertThat(dueDates("report")).containsOnly(Map.entry("2027-02-18T23:59:59Z", 2));
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-03-18");

        runtimeService.setVariable(broken, "reminderClock", "report-reminder-first");
        as("secretariat").complete(task, form);
        assertThat(dueDates("report")).containsOnly(Map.entry("2027-03-14T23:59:59Z", 2));
    }

    @Test
    void whatWaitsForTheEndOfAWindowFollowsItsLastDay() {
        windows.set("2026-spring", null, "2026-03-31", "2026-03", BY, WHY);
        String windowEnds = "${deadlines.endOf(windows.closesOn(windowId))}";
        ProcessBuilder process = Bpmn.createExecutableProcess("window-probe").camundaHistoryTimeToLiveString("P1D");
        process.eventSubProcess()
                .startEvent("late")
                .interrupting(false)
                .timerWithDate(windowEnds)
                .endEvent();
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "window-probe.bpmn",
                        process.startEvent()
                                .intermediateCatchEvent("closing")
                                .timerWithDate(windowEnds)
                                .endEvent()
                                .done()));
        String instance = start("window-probe", "M-2026-0001", Map.of("windowId", "2026-spring"))
                .getId();
        assertThat(windows.set("2026-spring", null, "2026-04-10", "2026-04", BY, WHY))
                .isEqualTo(1);
        assertThat(deadlines(instance))
                .containsOnly(Map.entry("closing", "2026-04-10T23:59:59Z"), Map.entry("late", "2026-04-10T23:59:59Z"));
    }

    @Test
    void aCancelledPlenaryLeavesTheDeadlinesWhereTheyAre() {
        String member = begin("M-2026-0001", "P-2027");
        Map<String, String> before = deadlines(member);
        governance.cancel("P-2027", BY, WHY);
        assertThat(deadlines(member)).isEqualTo(before);
    }

    private String begin(String caseNumber, String plenary) {
        return start(
                        "yearly-probe",
                        caseNumber,
                        Map.of("plenaryId", plenary, "reminderClock", "report-reminder-second"))
                .getId();
    }

    /** Begins where nothing but the report and its reminder hang on the Plenary: two hundred begin in half the time. */
    private void beginWithTheReport(String caseNumber, String plenary) {
        runtimeService
                .createProcessInstanceByKey("yearly-probe")
                .businessKey(caseNumber)
                .setVariables(Map.of("plenaryId", plenary, "reminderClock", "report-reminder-second"))
                .startBeforeActivity("report")
                .execute();
    }

    private List<String> open(String instance) {
        return taskService.createTaskQuery().processInstanceId(instance).list().stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    /** Element to due date, of open tasks and waiting timers. */
    private Map<String, String> deadlines(String instance) {
        Map<String, String> found = new TreeMap<>();
        taskService
                .createTaskQuery()
                .processInstanceId(instance)
                .list()
                .forEach(task -> found.put(task.getTaskDefinitionKey(), text(task.getDueDate())));
        managementService
                .createJobQuery()
                .processInstanceId(instance)
                .list()
                .forEach(job -> found.put(element(job), text(job.getDuedate())));
        return found;
    }

    private String element(Job job) {
        return managementService
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    private Map<String, Integer> dueDates(String element) {
        Map<String, Integer> counts = new HashMap<>();
        taskService
                .createTaskQuery()
                .processDefinitionKey("yearly-probe")
                .taskDefinitionKey(element)
                .list()
                .forEach(task -> counts.merge(text(task.getDueDate()), 1, Integer::sum));
        return counts;
    }

    private Map<String, Integer> timers(String element) {
        Map<String, Integer> counts = new HashMap<>();
        managementService
                .createJobQuery()
                .processDefinitionKey("yearly-probe")
                .activityId(element)
                .list()
                .forEach(job -> counts.merge(text(job.getDuedate()), 1, Integer::sum));
        return counts;
    }

    private static String text(Date moment) {
        return moment.toInstant().toString();
    }
}
