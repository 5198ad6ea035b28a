package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redress.engine.CaseDecisions;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a case worker sees as due date, through a real engine and, where the table changes, tables of this test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlinesTest {

    /** A Friday. */
    private static final Instant NOW = Instant.parse("2026-02-06T09:30:00Z");

    private final AnnotationConfigApplicationContext house = new AnnotationConfigApplicationContext();
    private final ProcessEngine engine;
    private final Deadlines deadlines;

    DeadlinesTest() {
        Map<Object, Object> beans = new HashMap<>();
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:deadlines");
        configuration.setProcessEngineName("deadlines");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setAuthorizationEnabled(true);
        configuration.setBeans(beans);
        engine = configuration.buildProcessEngine();

        house.registerBean(ProcessEngine.class, () -> engine);
        house.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
        house.registerBean(BusinessCalendar.class, () -> new BusinessCalendar(ZoneOffset.UTC, day -> false));
        house.registerBean(JdbcClient.class, () -> JdbcClient.create(configuration.getDataSource()));
        house.register(CaseDecisions.class, DeadlineMoves.class, Deadlines.class, CaseClocks.class, UrgentClocks.class);
        house.refresh();
        deadlines = house.getBean(Deadlines.class);
        beans.put("deadlines", deadlines);
    }

    @AfterEach
    void forgetTheModels() {
        engine.getRepositoryService().createDeploymentQuery().list().forEach(deployment -> engine.getRepositoryService()
                .deleteDeployment(deployment.getId(), true));
    }

    @AfterAll
    void stopEngine() {
        house.close();
        engine.close();
    }

    @Test
    void aTaskIsDueWhenItsClockEnds() throws IOException {
        deploy(
                process("${deadlines.due(execution, 'D03')}"),
                Files.readString(Path.of("dmn/shared/deadline-matrix.dmn")));

        assertThat(task(Map.of()).getDueDate()).isEqualTo("2026-02-20T23:59:59Z");
    }

    @Test
    void anUrgentCaseAndAnEmergencyHaveClocksOfTheirOwn() {
        deploy(process("${deadlines.due(execution, 'D03')}"), matrix(10));

        assertThat(task(Map.of("urgency", "URGENT")).getDueDate()).isEqualTo("2026-02-11T23:59:59Z");
        assertThat(task(Map.of("urgency", "NORMAL", "mode", "EMERGENCY")).getDueDate())
                .isEqualTo("2026-03-06T23:59:59Z");
    }

    @Test
    void aCaseThatBecomesUrgentHasLessTimeFromWhereItsTasksBegan() {
        deploy(process("${deadlines.due(execution, 'D03')}"), matrix(10));
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-02-04T12:00:00Z")));
        try {
            String instance = start(Map.of());
            next(instance);
            hasten(instance);
            assertThat(current(instance).getDueDate())
                    .as("counted from the day on which the task began")
                    .isEqualTo("2026-02-18T23:59:59Z");

            engine.getRuntimeService().setVariable(instance, "urgency", "URGENT");
            hasten(instance);
            assertThat(current(instance).getDueDate()).isEqualTo("2026-02-09T23:59:59Z");

            engine.getRuntimeService().setVariable(instance, "urgency", "NORMAL");
            hasten(instance);
            assertThat(current(instance).getDueDate()).as("nothing moves away").isEqualTo("2026-02-09T23:59:59Z");
        } finally {
            ClockUtil.reset();
        }
    }

    private void hasten(String instance) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    deadlines.hasten(context.getExecutionManager().findExecutionById(instance));
                    return instance;
                });
    }

    @Test
    void aClockMayStartOnADayThatIsKnown() {
        deploy(process("${deadlines.dueFrom(execution, 'D03', notifiedAt)}"), matrix(10));

        assertThat(task(Map.of("notifiedAt", Date.from(Instant.parse("2026-02-02T20:00:00Z"))))
                        .getDueDate())
                .isEqualTo("2026-02-16T23:59:59Z");
        assertThat(task(Map.of("notifiedAt", "2026-02-02")).getDueDate()).isEqualTo("2026-02-16T23:59:59Z");
    }

    @Test
    void aClockMayBeCountedBackwardsFromADay() {
        deploy(process("${deadlines.before(execution, 'D03', '2026-03-16')}"), matrix(10));
        assertThat(task(Map.of()).getDueDate()).isEqualTo("2026-03-02T23:59:59Z");

        deploy(
                process("${deadlines.before(execution, 'D03', deadlines.before(execution, 'D03', '2026-03-16'))}"),
                matrix(10));
        assertThat(task(Map.of()).getDueDate()).isEqualTo("2026-02-16T23:59:59Z");
    }

    @Test
    void aTimerOfADiagramFiresWhenItsClockEnds() {
        deploy(
                Bpmn.createExecutableProcess("waiting")
                        .startEvent()
                        .intermediateCatchEvent()
                        .timerWithDate("${deadlines.dateOf(execution, 'D03', deadlines.now())}")
                        .endEvent()
                        .done(),
                matrix(10));
        engine.getRuntimeService().startProcessInstanceByKey("waiting");

        assertThat(engine.getManagementService().createJobQuery().singleResult().getDuedate())
                .isEqualTo("2026-02-20T23:59:59Z");
    }

    @Test
    void whatIsDueOnTheLastDayOfAClockOpensWhenThatDayBegins() {
        deploy(
                Bpmn.createExecutableProcess("waiting")
                        .startEvent()
                        .intermediateCatchEvent()
                        .timerWithDate("${deadlines.lastDay(execution, 'D03', '2026-02-02')}")
                        .endEvent()
                        .done(),
                matrix(10));
        engine.getRuntimeService().startProcessInstanceByKey("waiting");

        assertThat(engine.getManagementService().createJobQuery().singleResult().getDuedate())
                .isEqualTo("2026-02-16T00:00:00Z");
    }

    @Test
    void aDayBeginsAtMidnightAndEndsWithItsLastSecond() {
        assertThat(deadlines.startOf("2026-02-06")).isEqualTo("2026-02-06T00:00:00Z");
        assertThat(deadlines.endOf("2026-02-06")).isEqualTo("2026-02-06T23:59:59Z");
        assertThat(deadlines.day(deadlines.now())).isEqualTo("2026-02-06");
    }

    @Test
    void aMonthIsOverOnTheSameDayOfTheNext() {
        assertThat(deadlines.monthsSince(deadlines.startOf("2025-08-06"))).isEqualTo(6);
        assertThat(deadlines.monthsSince(deadlines.startOf("2025-08-07"))).isEqualTo(5);
        assertThat(deadlines.monthsSince(deadlines.startOf("2026-03-07"))).isZero();
    }

    @Test
    void whatSharesTheTimeThatThereIsHasHalfOfIt() {
        Date friday = Date.from(NOW);
        assertThat(deadlines.halfway(friday, deadlines.startOf("2026-02-16"))).isEqualTo("2026-02-11T23:59:59Z");
        assertThat(deadlines.halfway(friday, deadlines.startOf("2026-02-07")))
                .as("never after the end")
                .isEqualTo("2026-02-06T23:59:59Z");
    }

    @Test
    void aPeriodEndsOnTheSameDayOrOnTheLastOfAShorterMonth() {
        assertThat(deadlines.dayAfter("2023-05-26", Period.ofYears(2))).isEqualTo("2025-05-26");
        assertThat(deadlines.dayAfter("2024-02-29", Period.ofYears(1))).isEqualTo("2025-02-28");
    }

    @Test
    void aRunningCaseKeepsTheClocksThatItBeganWith() {
        BpmnModelInstance process = process("${deadlines.due(execution, 'D03')}");
        deploy(process, matrix(10));
        String before = start(Map.of());
        deploy(process, matrix(2));
        String after = start(Map.of());

        assertThat(next(before).getDueDate()).isEqualTo("2026-02-20T23:59:59Z");
        assertThat(next(after).getDueDate()).isEqualTo("2026-02-10T23:59:59Z");
    }

    @Test
    void aCaseWorkerWithoutRightsOnDecisionsGetsADueDateAllTheSame() {
        deploy(process("${deadlines.due(execution, 'D03')}"), matrix(10));
        String instance = start(Map.of());
        Task first = current(instance);
        grant("case-worker", Resources.TASK, first.getId(), Permissions.READ, Permissions.TASK_WORK);

        engine.getIdentityService().setAuthenticatedUserId("case-worker");
        try {
            engine.getTaskService().complete(first.getId());
        } finally {
            engine.getIdentityService().clearAuthentication();
        }

        assertThat(current(instance).getDueDate()).isEqualTo("2026-02-20T23:59:59Z");
    }

    @Test
    void aClockThatTheMatrixDoesNotKnowIsNamed() {
        deploy(process("${deadlines.due(execution, 'D99')}"), matrix(10));

        assertThatThrownBy(() -> task(Map.of("urgency", "URGENT")))
                .hasMessageContaining("deadline-matrix")
                .hasMessageContaining("D99 (urgency URGENT, mode NORMAL)");
    }

    @Test
    void aStartThatIsNoDayIsNamed() {
        deploy(process("${deadlines.dueFrom(execution, 'D03', notifiedAt)}"), matrix(10));
        Map<String, Object> unknown = new HashMap<>();
        unknown.put("notifiedAt", null);

        assertThatThrownBy(() -> task(unknown)).hasMessageContaining("The clock D03 needs a day to count from");
        assertThatThrownBy(() -> task(Map.of("notifiedAt", 4))).hasMessageContaining("not java.lang.Integer");
        assertThatThrownBy(() -> task(Map.of("notifiedAt", "next week")))
                .hasMessageContaining("The clock D03 cannot be counted from 'next week'");
    }

    private void grant(String user, Resource resource, String id, Permission... permissions) {
        Authorization grant = engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setUserId(user);
        grant.setResource(resource);
        grant.setResourceId(id);
        grant.setPermissions(permissions);
        engine.getAuthorizationService().saveAuthorization(grant);
    }

    private Task task(Map<String, Object> variables) {
        return next(start(variables));
    }

    private String start(Map<String, Object> variables) {
        return engine.getRuntimeService()
                .startProcessInstanceByKey("case", variables)
                .getId();
    }

    private Task next(String instance) {
        engine.getTaskService().complete(current(instance).getId());
        return current(instance);
    }

    private Task current(String instance) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
    }

    private void deploy(BpmnModelInstance process, String matrix) {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("case.bpmn", process)
                .addString("deadline-matrix.dmn", matrix)
                .deploy();
    }

    private static BpmnModelInstance process(String dueDate) {
        return Bpmn.createExecutableProcess("case")
                .startEvent()
                .userTask("task_register")
                .userTask("task_screen")
                .camundaDueDate(dueDate)
                .endEvent()
                .done();
    }

    /** A matrix with one clock: so many business days, three if urgent, and four weeks in an emergency. */
    private static String matrix(int businessDays) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="clocks" name="Clocks" namespace="test">
                  <decision id="deadline-matrix" name="Deadline matrix">
                    <decisionTable id="table" hitPolicy="UNIQUE">
                      <input id="i1"><inputExpression id="e1" typeRef="string"><text>clock</text></inputExpression></input>
                      <input id="i2"><inputExpression id="e2" typeRef="string"><text>urgency</text></inputExpression></input>
                      <input id="i3"><inputExpression id="e3" typeRef="string"><text>mode</text></inputExpression></input>
                      <output id="o1" name="amount" typeRef="integer"/>
                      <output id="o2" name="unit" typeRef="string"/>
                      %s
                      %s
                      %s
                    </decisionTable>
                  </decision>
                </definitions>
                """
                .formatted(
                        rule(1, "NORMAL", "NORMAL", businessDays, "BUSINESS_DAYS"),
                        rule(2, "URGENT", "NORMAL", 3, "BUSINESS_DAYS"),
                        rule(3, "NORMAL", "EMERGENCY", 28, "DAYS"));
    }

    private static String rule(int number, String urgency, String mode, int amount, String unit) {
        return """
                <rule id="r%1$d"><inputEntry id="c%1$d"><text>"D03"</text></inputEntry>
                  <inputEntry id="u%1$d"><text>"%2$s"</text></inputEntry>
                  <inputEntry id="m%1$d"><text>"%3$s"</text></inputEntry>
                  <outputEntry id="a%1$d"><text>%4$d</text></outputEntry>
                  <outputEntry id="n%1$d"><text>"%5$s"</text></outputEntry></rule>
                """
                .formatted(number, urgency, mode, amount, unit);
    }
}
