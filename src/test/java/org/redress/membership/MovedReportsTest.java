package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The Plenary moves, and the years of all members with it, all of them or none (membership.md C and E.7, 5). */
@SuppressWarnings("NullAway.Init")
class MovedReportsTest extends StandingTest {

    private static final Logger LOG = LoggerFactory.getLogger(MovedReportsTest.class);
    private static final int MEMBERS = 200;

    private static final Map<String, Integer> BEFORE = Map.of(
            "task_fileAnnualReport 2027-02-18T23:59:59Z", MEMBERS,
            "boundary_firstReminder 2026-12-20T23:59:59Z", MEMBERS,
            "boundary_secondReminder 2027-01-19T23:59:59Z", MEMBERS,
            "boundary_reportOverdue 2027-02-18T23:59:59Z", MEMBERS,
            "boundary_graceOver 2027-03-20T23:59:59Z", MEMBERS);

    private static final Map<String, Integer> AFTER = Map.of(
            "task_fileAnnualReport 2027-04-30T23:59:59Z", MEMBERS,
            "boundary_firstReminder 2027-03-01T23:59:59Z", MEMBERS,
            "boundary_secondReminder 2027-03-31T23:59:59Z", MEMBERS,
            "boundary_reportOverdue 2027-04-30T23:59:59Z", MEMBERS,
            "boundary_graceOver 2027-05-30T23:59:59Z", MEMBERS);

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void theReportDeadlinesOfTwoHundredMembersMoveInOneTransactionOrNoneDoes() {
        List<String> years = twoHundredYears();
        assertThat(everyDeadline()).isEqualTo(BEFORE);
        String broken = instance(years.get(137)).getId();
        runtimeService.setVariable(broken, "urgency", "SOMETIME");

        assertThatThrownBy(() -> governance.movePlenary(PLENARY, "2027-05-31", "2027-06-02", BY, WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Nothing was moved. The deadline of ")
                .hasMessageContaining(years.get(137))
                .hasMessageContaining("urgency = SOMETIME is not allowed")
                .hasMessageEndingWith("Ask an administrator to mend that case, then move the Plenary again");
        assertThat(governance.dayOf(PLENARY)).isEqualTo("2027-03-18");
        assertThat(everyDeadline()).as("nothing is half moved").isEqualTo(BEFORE);

        runtimeService.setVariable(broken, "urgency", "NORMAL");
        long start = System.nanoTime();
        assertThat(governance.movePlenary(PLENARY, "2027-05-31", "2027-06-02", BY, WHY))
                .isEqualTo(MEMBERS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("The reports of {} members, {} deadlines, moved in {} ms", MEMBERS, MEMBERS * 5, took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(60));
        assertThat(everyDeadline()).isEqualTo(AFTER);
    }

    @Test
    void whatTheMemberHasInTheGraceMovesAndWhatTheSecretariatHasStays() {
        String open = begin(MEMBER);
        as("member").complete("task_fileAnnualReport", REPORT);
        as("secretariat")
                .complete(
                        "task_checkReport",
                        Map.of(
                                "reportComplete",
                                "NO",
                                "duesState",
                                "PAID",
                                "openNote",
                                "Section C is missing altogether"));
        String checked = begin(NGO);
        as("member-ngo").complete("task_fileAnnualReport", REPORT);
        Map<String, String> before = deadlines(checked);
        assertThat(deadlines(open)).containsEntry("task_completeReport", "2027-03-20T23:59:59Z");

        governance.movePlenary(PLENARY, "2027-05-31", "2027-06-02", BY, WHY);
        assertThat(deadlines(open))
                .containsOnly(
                        Map.entry("task_completeReport", "2027-05-30T23:59:59Z"),
                        Map.entry("boundary_timeUp", "2027-05-30T23:59:59Z"));
        assertThat(deadlines(checked)).containsOnlyKeys("task_checkReport").isEqualTo(before);
    }

    @Test
    void aYearThatBeginsWhileThePlenaryMovesIsNotLeftOnTheOldDay() throws Exception {
        ExecutorService otherNode = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch moving = new CountDownLatch(1);
            Future<Integer> moved = new TransactionTemplate(transactions).execute(status -> {
                standing.begin(MEMBER, PLENARY);
                Future<Integer> move = otherNode.submit(() -> {
                    moving.countDown();
                    return governance.movePlenary(PLENARY, "2027-05-31", "2027-06-02", BY, WHY);
                });
                assertThatThrownBy(() -> {
                            moving.await();
                            move.get(500, TimeUnit.MILLISECONDS);
                        })
                        .as("the move waits for the year that is beginning")
                        .isInstanceOf(TimeoutException.class);
                return move;
            });
            assertThat(moved).isNotNull();
            assertThat(moved.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            otherNode.shutdownNow();
        }
        assertThat(deadlines(standing.begin(MEMBER, PLENARY)))
                .containsEntry("task_fileAnnualReport", "2027-04-30T23:59:59Z");
    }

    @Test
    void remindersThatWentOutForTheOldDayGoOutAgainForTheNewOneAndTheMemberIsToldTheNewDays() {
        String year = begin(MEMBER);
        travelTo("2027-02-19T06:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("member", year)).endsWith("report-overdue");
        assertThat(deadlines(year)).containsOnlyKeys("task_fileAnnualReport", "boundary_graceOver");

        travelTo("2027-03-01T09:00:00Z");
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            governance.movePlenary(PLENARY, "2027-05-28", "2027-05-30", BY, WHY);
            governance.movePlenary(PLENARY, "2027-05-31", "2027-06-02", BY, WHY);
        });
        fireDueJobs();
        assertThat(lettersTo("member", year)).endsWith("report-overdue", "report-moved");
        assertThat(letters(year, "report-moved"))
                .singleElement()
                .asString()
                .contains("due on 2027-04-30")
                .contains("until 2027-05-30");
        assertThat(timers(year))
                .as("each once")
                .containsExactly(
                        "boundary_firstReminder 2027-03-01T23:59:59Z",
                        "boundary_graceOver 2027-05-30T23:59:59Z",
                        "boundary_reportOverdue 2027-04-30T23:59:59Z",
                        "boundary_secondReminder 2027-03-31T23:59:59Z");

        int told = lettersTo("member", year).size();
        travelTo("2027-03-02T06:00:00Z");
        fireDueJobs();
        travelTo("2027-04-01T06:00:00Z");
        fireDueJobs();
        travelTo("2027-05-01T06:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("member", year).subList(told, told + 3))
                .containsExactly("report-reminder", "report-reminder", "report-overdue");
        assertThat(letters(year, "report-overdue")).last().asString().contains("until 2027-05-30");
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
        travelTo("2027-05-31T06:00:00Z");
        fireDueJobs();
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
    }

    @Test
    void aReminderWhoseNewDayHasPassedTooIsNotSetAgain() {
        String year = begin(MEMBER);
        travelTo("2027-01-20T06:00:00Z");
        fireDueJobs();
        governance.movePlenary(PLENARY, "2027-04-07", "2027-04-09", BY, WHY);
        fireDueJobs();
        assertThat(timers(year))
                .as("due on 7 March, so that only the second reminder has a day to come")
                .containsExactly(
                        "boundary_graceOver 2027-04-06T23:59:59Z",
                        "boundary_reportOverdue 2027-03-07T23:59:59Z",
                        "boundary_secondReminder 2027-02-05T23:59:59Z");
        governance.cancel(PLENARY, BY, WHY);
        fireDueJobs();
        assertThat(letters(year, "report-moved")).as("its day stays").hasSize(1);
    }

    @Test
    void nothingOfTheRemindersIsLeftWhenTheMoveFails() {
        String year = begin(MEMBER);
        travelTo("2027-02-19T06:00:00Z");
        fireDueJobs();
        runtimeService.setVariable(instance(begin(NGO)).getId(), "urgency", "SOMETIME");
        List<String> before = timers(year);
        assertThatThrownBy(() -> governance.movePlenary(PLENARY, "2027-05-31", "2027-06-02", BY, WHY))
                .isInstanceOf(InvalidInput.class);
        fireDueJobs();
        assertThat(timers(year)).isEqualTo(before);
        assertThat(letters(year, "report-moved")).isEmpty();
    }

    /** Element and due date of every waiting timer of a case, each as often as it waits. */
    private List<String> timers(String caseNumber) {
        return managementService
                .createJobQuery()
                .processInstanceId(instance(caseNumber).getId())
                .timers()
                .list()
                .stream()
                .map(job -> element(job) + " " + job.getDuedate().toInstant())
                .sorted()
                .toList();
    }

    private List<String> letters(String caseNumber, String template) {
        return textsOfLetters(caseNumber, template).stream()
                .map(body -> body.replaceAll("\\s+", " "))
                .toList();
    }

    private List<String> twoHundredYears() {
        List<String> years = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            String organisation = "org-probe-%03d".formatted(member);
            admit(organisation, "corporate", "FULL");
            years.add(standing.begin(organisation, PLENARY));
        }
        return years;
    }

    /** Element and due date of every open task and waiting timer, and how many cases have it so. */
    private Map<String, Integer> everyDeadline() {
        Map<String, Integer> counts = new TreeMap<>();
        taskService
                .createTaskQuery()
                .processDefinitionKey(StandingWorkflow.PROCESS)
                .list()
                .forEach(task -> counts.merge(
                        task.getTaskDefinitionKey() + " " + task.getDueDate().toInstant(), 1, Integer::sum));
        for (String timer : List.of(
                "boundary_firstReminder", "boundary_secondReminder", "boundary_reportOverdue", "boundary_graceOver")) {
            managementService
                    .createJobQuery()
                    .processDefinitionKey(StandingWorkflow.PROCESS)
                    .activityId(timer)
                    .list()
                    .forEach(job -> counts.merge(timer + " " + job.getDuedate().toInstant(), 1, Integer::sum));
        }
        return counts;
    }
}
