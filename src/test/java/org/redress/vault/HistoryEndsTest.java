package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the engine knows of a case goes five years after the case is over (remedy.md A.7 D25), and not while it is held. */
@SuppressWarnings("NullAway.Init")
class HistoryEndsTest extends ProcessTest {

    private final String overCase = newCaseNumber();
    private final String openCase = newCaseNumber();
    private final String heldCase = newCaseNumber();
    private final String heldLateCase = newCaseNumber();

    @Autowired
    private PastHistory history;

    @Autowired
    private Erasures erasures;

    @Autowired
    private JdbcClient jdbc;

    private Deployment probe;

    @BeforeEach
    void aProcess() {
        probe = repositoryService
                .createDeployment()
                .addModelInstance(
                        "history-probe.bpmn",
                        Bpmn.createExecutableProcess("history-probe")
                                .camundaHistoryTimeToLiveString("P1825D")
                                .startEvent()
                                .userTask("task_work")
                                .endEvent()
                                .done())
                .deploy();
    }

    @AfterEach
    void undeploy() {
        repositoryService.deleteDeployment(probe.getId(), true);
    }

    private String done(String caseNumber) {
        String instance = begun(caseNumber);
        taskService.complete(taskService
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId());
        return instance;
    }

    private String begun(String caseNumber) {
        return start("history-probe", caseNumber, Map.of("caseNumber", caseNumber, "row", "B"))
                .getId();
    }

    private List<PastHistory.Past> over() {
        return history.over(100_000).stream()
                .filter(past -> past.caseNumber() != null
                        && Set.of(overCase, openCase, heldCase, heldLateCase).contains(past.caseNumber()))
                .toList();
    }

    /** As at night. */
    private void removed() {
        historyService.cleanUpHistoryAsync(true);
        List<Job> jobs = historyService.findHistoryCleanupJobs();
        for (Job job : jobs) {
            managementService.executeJob(job.getId());
        }
        for (Job job : historyService.findHistoryCleanupJobs()) {
            managementService.deleteJob(job.getId());
        }
    }

    private long known(String instance) {
        return historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count()
                + historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .count()
                + historyService
                        .createHistoricDetailQuery()
                        .processInstanceId(instance)
                        .count()
                + historyService
                        .createHistoricTaskInstanceQuery()
                        .processInstanceId(instance)
                        .count()
                + historyService
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instance)
                        .count();
    }

    @Test
    void theHistoryOfACaseThatIsOverForFiveYearsGoesAndOfNoOther() {
        String over = done(overCase);
        String part = done(openCase);
        begun(openCase);
        String held = done(heldCase);
        String heldLate = done(heldLateCase);
        erasures.hold(heldCase, "a court asks", "legal");

        travel(Period.ofDays(1824));
        assertThat(over()).isEmpty();
        travel(Period.ofDays(2));
        assertThat(over()).extracting(PastHistory.Past::id).containsExactlyInAnyOrder(over, heldLate);
        over().forEach(history::end);
        erasures.hold(heldLateCase, "a court asks", "legal");
        long before = known(over);
        removed();

        assertThat(before).isGreaterThan(5);
        assertThat(known(over)).isZero();
        for (String kept : List.of(part, held, heldLate)) {
            assertThat(known(kept)).as(kept).isEqualTo(before);
        }

        history.end(new PastHistory.Past(held, heldCase));
        history.end(new PastHistory.Past(part, openCase));
        removed();
        assertThat(known(held)).as("whoever asks too early").isEqualTo(before);
        assertThat(known(part)).as("whoever asks too early").isEqualTo(before);

        erasures.lift(heldCase, "the court has decided", "legal");
        travel(Period.ofDays(4));
        assertThat(over()).extracting(PastHistory.Past::id).containsExactly(held);
        over().forEach(history::end);
        removed();
        assertThat(known(held)).isZero();
        erasures.lift(heldLateCase, "the court has decided", "legal");
    }

    /** A model that keeps its history for ten years holds up none that keeps it for five. */
    @Test
    void whatIsOlderAndNotYetDueHoldsUpNothing() {
        Deployment longer = repositoryService
                .createDeployment()
                .addModelInstance(
                        "history-probe-kept.bpmn",
                        Bpmn.createExecutableProcess("history-probe-kept")
                                .camundaHistoryTimeToLiveString("P36500D")
                                .startEvent()
                                .endEvent()
                                .done())
                .deploy();
        try {
            int due = history.over(100_000).size();
            for (int each = 0; each < 3; each++) {
                start("history-probe-kept", openCase, Map.of("caseNumber", openCase));
            }
            travel(Period.ofDays(1));
            String over = done(overCase);
            travel(Period.ofDays(1826));
            assertThat(over()).extracting(PastHistory.Past::id).containsExactly(over);
            List<PastHistory.Past> all = history.over(100_000);
            assertThat(history.over(all.size())).isEqualTo(all);
            assertThat(all).hasSizeGreaterThan(due);
            assertThat(history.over(1)).containsExactly(all.get(0));
            long before =
                    all.stream().takeWhile(past -> !past.id().equals(over)).count();
            assertThat(history.over((int) before + 1))
                    .extracting(PastHistory.Past::id)
                    .endsWith(over);
        } finally {
            repositoryService.deleteDeployment(longer.getId(), true);
        }
    }

    @Test
    void aCaseThatIsOpenedAgainBeforeTheNightKeepsItsHistory() {
        String open = done(openCase);
        travel(Period.ofDays(3));
        jdbc.sql("update ACT_HI_PROCINST set REMOVAL_TIME_ = ? where ROOT_PROC_INST_ID_ = ?")
                .params(Timestamp.from(Instant.parse("2020-02-02T09:00:00Z")), open)
                .update();
        begun(openCase);
        history.keepWhatHasADayToCome();
        removed();
        assertThat(known(open)).isPositive();
    }

    @Test
    void aDayThatAVersionOfBeforeGaveIsTakenBack() {
        String open = done(openCase);
        begun(openCase);
        String gone = done(overCase);
        travel(Period.ofDays(3));
        for (String root : List.of(open, gone)) {
            jdbc.sql("update ACT_HI_PROCINST set REMOVAL_TIME_ = ? where ROOT_PROC_INST_ID_ = ?")
                    .params(Timestamp.from(Instant.parse("2031-02-02T09:00:00Z")), root)
                    .update();
        }
        history.keepWhatHasADayToCome();
        travelTo("2031-02-03T09:00:00Z");
        removed();
        assertThat(known(open)).isPositive();
        assertThat(known(gone)).as("until the sweep comes").isPositive();
    }
}
