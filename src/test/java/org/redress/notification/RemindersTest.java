package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.Decision;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionOperations;

/** Clocks that bite: reminders before a task is due, and who hears when it is late (remedy.md A.7, B.9). */
@SuppressWarnings("NullAway.Init")
class RemindersTest extends ProcessTest {

    private static final String FRIDAY = "2026-02-06T18:00:00Z";
    private static final String NUMBER = "R-2026-9801";
    private static final String OTHER = "R-2026-9802";

    @Autowired
    private Reminders reminders;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private TransactionOperations transactions;

    private final List<String> tasks = new ArrayList<>();

    @AfterEach
    void clearTheDesk() {
        taskService.deleteTasks(tasks, true);
        jdbc.sql("delete from letter where case_number like '_-2026-98%'").update();
        jdbc.sql("delete from outbox where recipient = 'to:on-call-director'").update();
        jdbc.sql("delete from task_reminder").update();
    }

    @Test
    void theOnesWhoseTaskItIsAreRemindedOnceAndNotAMinuteTooEarly() {
        task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");

        assertThat(after("2026-02-07T13:59:00Z", "protection")).isEmpty();
        assertThat(after("2026-02-07T14:00:00Z", "protection")).containsExactly("task-reminder");
        assertThat(after("2026-02-07T14:01:00Z", "protection")).containsExactly("task-reminder");
    }

    @Test
    void aLateTaskIsToldOnceAtTheMomentAtWhichItIsDueOnASaturdayToo() {
        task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");

        assertThat(after("2026-02-07T17:59:00Z", "on-call-director")).isEmpty();
        assertThat(after("2026-02-07T18:00:00Z", "on-call-director")).containsExactly("task-late");
        assertThat(after("2026-02-07T18:01:00Z", "on-call-director")).containsExactly("task-late");
        assertThat(lettersTo("complainant", NUMBER)).isEmpty();
        assertThat(jdbc.sql("select count(*) from outbox where recipient = 'to:on-call-director'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    /** B.9: an upgrade of a database in use. */
    @Test
    void whatWasLateBeforeEscalationCameSendsNoLetterUntilItsDayIsMoved() {
        task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");
        transactions.executeWithoutResult(status -> new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/postgresql/V109__late_before_escalation.sql"))
                .execute(dataSource));

        assertThat(after("2026-02-07T18:01:00Z", "on-call-director")).isEmpty();
        task(OTHER, "protection", FRIDAY, "2026-02-07T19:00:00Z");
        after("2026-02-07T19:01:00Z", "on-call-director");
        assertThat(lettersTo("on-call-director", OTHER))
                .as("what becomes late from now on is told")
                .containsExactly("task-late");

        Task late = taskService.createTaskQuery().taskId(tasks.get(0)).singleResult();
        late.setDueDate(Date.from(Instant.parse("2026-02-08T18:00:00Z")));
        taskService.saveTask(late);
        assertThat(after("2026-02-08T18:01:00Z", "on-call-director"))
                .as("another day is another call")
                .containsExactly("task-late");
    }

    @Test
    void theLetterSaysWhatForWhichCaseAndUntilWhen() {
        task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");
        after("2026-02-07T14:00:00Z", "protection");

        assertThat(jdbc.sql("select subject from letter where case_number = ?")
                        .param(NUMBER)
                        .query(String.class)
                        .list())
                .containsExactly("Assess the danger: due on 2026-02-07, case " + NUMBER);
    }

    @Test
    void aMovedDueDateMovesItsReminders() {
        Task task = task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");
        assertThat(after("2026-02-07T14:00:00Z", "protection")).hasSize(1);

        Task moved = taskService.createTaskQuery().taskId(task.getId()).singleResult();
        moved.setDueDate(Date.from(Instant.parse("2026-02-09T18:00:00Z")));
        taskService.saveTask(moved);

        assertThat(after("2026-02-07T18:00:00Z", "on-call-director")).isEmpty();
        assertThat(after("2026-02-09T05:59:00Z", "protection")).hasSize(1);
        assertThat(after("2026-02-09T06:00:00Z", "protection")).hasSize(2);
        assertThat(after("2026-02-09T18:00:00Z", "on-call-director")).containsExactly("task-late");
    }

    @Test
    void nobodyHearsOfAFinishedTask() {
        Task task = task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");
        taskService.complete(task.getId());

        assertThat(after("2026-02-07T18:00:00Z", "on-call-director")).isEmpty();
        assertThat(lettersTo("protection", NUMBER)).isEmpty();
    }

    @Test
    void twoNodesAtOnceWriteOneLetter() throws Exception {
        task(NUMBER, "protection", FRIDAY, "2026-02-07T18:00:00Z");
        travelTo("2026-02-07T18:00:00Z");
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Boolean> node = () -> {
            both.await();
            reminders.tell();
            return true;
        };
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (Future<Boolean> done : nodes.invokeAll(List.of(node, node))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            nodes.shutdown();
        }

        assertThat(lettersTo("on-call-director", NUMBER)).containsExactly("task-late");
    }

    @Test
    void aTaskOfMembershipEscalatesToTheSecretariat() {
        task("M-2026-9802", "pillar-ngo", FRIDAY, "2026-02-13T23:59:59Z");
        travelTo("2026-02-12T23:59:59Z");
        reminders.tell();
        assertThat(lettersTo("pillar-ngo", "M-2026-9802")).isEqualTo(List.of("task-reminder"));

        travelTo("2026-02-13T23:59:59Z");
        reminders.tell();
        assertThat(lettersTo("secretariat", "M-2026-9802")).containsExactly("task-late");
    }

    @Test
    void whoeverOverseesStandsInForARecipientWithoutAnAddress() {
        task(NUMBER, "legal", FRIDAY, "2026-02-07T18:00:00Z");

        assertThat(after("2026-02-07T18:00:00Z", "overseer")).containsExactly("task-late");
        assertThat(lettersTo("head-of-programme", NUMBER)).isEmpty();
    }

    /** Each row of the table, at its ends. */
    @ParameterizedTest
    @CsvSource({
        "60, 15",
        "240, 15",
        "241, 240",
        "1440, 240",
        "1441, 720",
        "4320, 720",
        "4321, 1440",
        "10080, 1440",
        "10081, 4320",
        "44640, 4320",
        "44641, 20160"
    })
    void theReminderComesTheEarlierTheLongerTheClock(int length, int lead) {
        assertThat(Decision.of("shared/reminder-matrix").row(Decision.given("lengthMinutes", length)))
                .containsEntry("leadMinutes", lead);
    }

    @ParameterizedTest
    @CsvSource({
        "downstream, head-of-responsible-sourcing",
        "audit-programme, programme-board",
        "smelter, audit-programme",
        "facilitator, audit-programme",
        "provider, facilitator",
        "vsc, on-call-director",
        "protection, on-call-director",
        "legal, head-of-programme",
        "dpo, head-of-programme",
        "member, secretariat",
        "pillar-government, secretariat",
        "pillar-corporate, secretariat",
        "pillar-ngo, secretariat",
        "association, secretariat",
        "government-chair, secretariat",
        "secretariat, government-chair",
        "steering-committee, government-chair"
    })
    void everyRoleHasSomebodyWhoHearsWhenItIsLate(String role, String recipient) {
        assertThat(Decision.of("shared/escalation-matrix").row(Decision.given("clock", "D04", "role", role)))
                .containsEntry("escalateTo", List.of(recipient));
    }

    /** B.9: who hears of a clock that ran out, whoever's task it is. */
    @ParameterizedTest
    @CsvSource({
        "D02, facilitator, on-call-director",
        "retaliation, legal, on-call-director",
        "more-victims, audit-programme, on-call-director",
        "D14, audit-programme, panel",
        "D14, facilitator, audit-programme"
    })
    void somebodyInParticularHearsOfSomeClocks(String clock, String role, String recipient) {
        assertThat(Decision.of("shared/escalation-matrix").row(Decision.given("clock", clock, "role", role)))
                .containsEntry("escalateTo", List.of(recipient));
    }

    private List<String> after(String moment, String role) {
        travelTo(moment);
        reminders.tell();
        return lettersTo(role, NUMBER);
    }

    private Task task(String caseNumber, String role, String since, String due) {
        travelTo(since);
        Task task = taskService.newTask();
        task.setName("Assess the danger · " + caseNumber);
        task.setDueDate(Date.from(Instant.parse(due)));
        taskService.saveTask(task);
        tasks.add(task.getId());
        taskService.setVariable(task.getId(), "caseNumber", caseNumber);
        taskService.addCandidateGroup(task.getId(), role);
        return task;
    }
}
