package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redress.engine.CaseDecisions;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** B.12: what an emergency does to clocks that run already, by the table of the house, in models of this test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmergencyClocksTest {

    private static final Instant NOW = Instant.parse("2026-02-06T09:30:00Z");
    private static final String CASE = "R-2026-0001";

    private final AnnotationConfigApplicationContext house = new AnnotationConfigApplicationContext();
    private final ProcessEngine engine;
    private final EmergencyClocks clocks;
    private final DeadlineMoves moves;
    private final JdbcClient jdbc;

    EmergencyClocksTest() throws IOException {
        Map<Object, Object> beans = new HashMap<>();
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:emergency-clocks");
        configuration.setProcessEngineName("emergency-clocks");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setBeans(beans);
        engine = configuration.buildProcessEngine();
        jdbc = JdbcClient.create(configuration.getDataSource());
        for (String statement : Files.readString(
                        Path.of("src/main/resources/db/migration/common/V100__deadline_moves.sql"))
                .split(";\n", -1)) {
            if (!statement.isBlank()) {
                jdbc.sql(statement).update();
            }
        }

        house.registerBean(ProcessEngine.class, () -> engine);
        house.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
        house.registerBean(BusinessCalendar.class, () -> new BusinessCalendar(ZoneOffset.UTC, day -> false));
        house.registerBean(JdbcClient.class, () -> jdbc);
        house.register(
                CaseClocks.class, CaseDecisions.class, DeadlineMoves.class, Deadlines.class, EmergencyClocks.class);
        house.refresh();
        beans.put("deadlines", house.getBean(Deadlines.class));
        clocks = house.getBean(EmergencyClocks.class);
        moves = house.getBean(DeadlineMoves.class);
    }

    @BeforeEach
    void theDayBegins() {
        ClockUtil.setCurrentTime(Date.from(NOW));
    }

    @AfterEach
    void forgetTheModels() {
        ClockUtil.reset();
        jdbc.sql("delete from deadline_moves").update();
        engine.getRepositoryService().createDeploymentQuery().list().forEach(deployment -> engine.getRepositoryService()
                .deleteDeployment(deployment.getId(), true));
    }

    @AfterAll
    void stopEngine() {
        house.close();
        engine.close();
    }

    @Test
    void aClockThatBeganWithItsTaskIsCountedFromThere() throws IOException {
        String instance = begun("${deadlines.due(execution, 'D13-l1')}", "${deadlines.due(execution, 'D13-l1')}");
        assertThat(task(instance).getDueDate()).isEqualTo("2026-03-23T23:59:59Z");
        ClockUtil.setCurrentTime(Date.from(NOW.plusSeconds(20 * 86400)));
        lengthen(instance, "emergency/1", EmergencyClocksTest::anyDay);
        assertThat(task(instance).getDueDate()).isEqualTo("2026-04-22T23:59:59Z");
        assertThat(timer(instance).getDuedate()).as("so is a timer").isEqualTo("2026-04-22T23:59:59Z");
        assertThat(moves.ofCase(CASE))
                .extracting(recorded -> recorded.move().elementId())
                .containsExactly("task_submitPlan", "boundary_windowOver");
        lengthen(instance, "emergency/1", EmergencyClocksTest::anyDay);
        lengthen(instance, "emergency/2", EmergencyClocksTest::anyDay);
        assertThat(task(instance).getDueDate()).as("never twice").isEqualTo("2026-04-22T23:59:59Z");
        assertThat(timer(instance).getDuedate()).isEqualTo("2026-04-22T23:59:59Z");
        assertThat(moves.ofCase(CASE)).hasSize(2);
    }

    @Test
    void everythingThatCountsTheSameClockGoesToTheSameDay() throws IOException {
        String instance = begun(
                "${deadlines.dueFrom(execution, 'D06', notifiedAt)}",
                "${deadlines.lastDay(execution, 'D06', notifiedAt)}");
        assertThat(task(instance).getDueDate()).isEqualTo("2026-04-06T23:59:59Z");
        lengthen(instance, "emergency/1", EmergencyClocksTest::anyDay);
        assertThat(task(instance).getDueDate()).isEqualTo("2026-07-06T23:59:59Z");
        assertThat(timer(instance).getDuedate()).as("opens that day").isEqualTo("2026-07-06T00:00:00Z");
        assertThat(moves.ofCase(CASE)).hasSize(1);
        clocks.keep(instance, CASE, "emergency/left/1", "EPIDEMIC", "one", "another");
        assertThat(moves.ofCase(CASE)).as("on record already").hasSize(1);
    }

    /** Money for the people. */
    @Test
    void whatIsShorterInAnEmergencyHasThatTimeFromNowOnUnlessMoreWasGranted() throws IOException {
        String instance =
                begun("${deadlines.dueFrom(execution, 'D15', notifiedAt)}", "${deadlines.endOf('2026-05-05')}");
        assertThat(task(instance).getDueDate()).isEqualTo("2026-03-08T23:59:59Z");
        lengthen(instance, "emergency/1", EmergencyClocksTest::anyDay);
        assertThat(task(instance).getDueDate()).isEqualTo("2026-02-16T23:59:59Z");
        clocks.keep(instance, CASE, "emergency/left/1", "EPIDEMIC", "one", "another");
        assertThat(moves.ofCase(CASE)).as("nothing that would hold afterwards").hasSize(1);

        String other =
                begun("${deadlines.dueFrom(execution, 'D15', '2026-02-03')}", "${deadlines.endOf('2026-05-05')}");
        Instant granted = Instant.parse("2026-03-12T23:59:59Z");
        moves.record(
                "granted",
                new DeadlineMoves.Move(
                        CASE,
                        "D15",
                        null,
                        Instant.parse("2026-02-03T00:00:00Z"),
                        Instant.parse("2026-03-05T23:59:59Z"),
                        granted,
                        DeadlineMoves.Kind.EXTENSION,
                        "ACCESS",
                        null,
                        "one",
                        "facilitator",
                        "another"));
        engine.getTaskService().setDueDate(task(other).getId(), Date.from(granted));
        lengthen(other, "emergency/1", EmergencyClocksTest::anyDay);
        assertThat(task(other).getDueDate()).isEqualTo(granted);
    }

    @Test
    void whatWasMovedBeforeHasAsMuchMoreAndNothingGoesTooFar() throws IOException {
        String instance =
                begun("${deadlines.dueFrom(execution, 'D06', notifiedAt)}", "${deadlines.endOf('2026-05-05')}");
        engine.getTaskService().setDueDate(task(instance).getId(), Date.from(Instant.parse("2026-04-16T23:59:59Z")));
        lengthen(instance, "emergency/1", due -> Date.from(Instant.parse("2026-07-10T23:59:59Z")));
        assertThat(task(instance).getDueDate()).isEqualTo("2026-07-10T23:59:59Z");
        assertThat(timer(instance).getDuedate()).as("no clock at all").isEqualTo("2026-05-05T23:59:59Z");

        String other =
                begun("${deadlines.dueFrom(execution, 'D06', '2026-02-03')}", "${deadlines.endOf('2026-05-05')}");
        engine.getTaskService().setDueDate(task(other).getId(), Date.from(Instant.parse("2026-04-13T23:59:59Z")));
        lengthen(other, "emergency/1", EmergencyClocksTest::anyDay);
        assertThat(task(other).getDueDate()).as("ten days and ninety-one").isEqualTo("2026-07-13T23:59:59Z");
    }

    @Test
    void aReportThatOpensOnItsLastDayOpensAMonthLater() throws IOException {
        String instance =
                begun("${deadlines.due(execution, 'D12')}", "${deadlines.lastDay(execution, 'D17-first', notifiedAt)}");
        assertThat(timer(instance).getDuedate()).isEqualTo("2026-08-06T00:00:00Z");
        lengthen(instance, "emergency/1", EmergencyClocksTest::anyDay);
        lengthen(instance, "emergency/2", EmergencyClocksTest::anyDay);
        assertThat(timer(instance).getDuedate()).as("once").isEqualTo("2026-09-06T00:00:00Z");
        assertThat(task(instance).getDueDate()).isEqualTo("2026-02-09T09:30:00Z");
        assertThat(moves.ofCase(CASE))
                .extracting(recorded -> recorded.move().clockId())
                .containsExactly("D17-first");
    }

    @Test
    void whatProtectsPeopleStaysAndSoDoesWhatCannotBeCountedAnyMore() throws IOException {
        String instance =
                begun("${deadlines.due(execution, 'D12')}", "${deadlines.dateOf(execution, 'D06', notifiedAt)}");
        engine.getRuntimeService().setVariable(instance, "notifiedAt", null);
        lengthen(instance, "emergency/1", EmergencyClocksTest::anyDay);
        assertThat(task(instance).getDueDate()).isEqualTo("2026-02-09T09:30:00Z");
        assertThat(timer(instance).getDuedate()).isEqualTo("2026-04-06T23:59:59Z");
        assertThat(moves.ofCase(CASE)).isEmpty();
    }

    private void lengthen(String instance, String key, UnaryOperator<Date> latest) {
        clocks.enter(instance, CASE, key, latest, "CONFLICT", "first", "second");
    }

    private String begun(String dueDate, String timer) throws IOException {
        BpmnModelInstance process = Bpmn.createExecutableProcess("case")
                .startEvent()
                .userTask("task_submitPlan")
                .camundaDueDate(dueDate)
                .boundaryEvent("boundary_windowOver")
                .timerWithDate(timer)
                .endEvent()
                .moveToActivity("task_submitPlan")
                .endEvent()
                .done();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("case.bpmn", process)
                .addString("deadline-matrix.dmn", Files.readString(Path.of("dmn/shared/deadline-matrix.dmn")))
                .deploy();
        return engine.getRuntimeService()
                .startProcessInstanceByKey("case", Map.of("notifiedAt", Date.from(NOW), "caseNumber", CASE))
                .getId();
    }

    private Task task(String instance) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
    }

    private Job timer(String instance) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult();
    }

    /** As if there were no ceiling. */
    private static Date anyDay(Date due) {
        return Date.from(due.toInstant().plus(Duration.ofDays(3650)));
    }
}
