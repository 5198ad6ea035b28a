package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No key destroys which shelter took somebody in, or what a failure said: it lay in the engine's history as it was. */
@SuppressWarnings("NullAway.Init")
class ChoicesErasedTest extends ProcessTest {

    private static final String CASE = "R-2026-9611";
    private static final String HER = "V-9611";
    private static final String ANOTHER = "V-9612";
    private static final String HERS = "org-willow-shelter";
    private static final String ANOTHERS = "org-poplar-shelter";

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
                        "referral-probe.bpmn",
                        Bpmn.createExecutableProcess("referral-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_help")
                                .camundaCandidateGroups("provider.${provider}")
                                .endEvent()
                                .done())
                .addModelInstance(
                        "stumbling-probe.bpmn",
                        Bpmn.createExecutableProcess("stumbling-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .serviceTask("task_stumble")
                                .camundaAsyncBefore()
                                .camundaExpression("${plainNote * 2}")
                                .userTask("task_wait")
                                .endEvent()
                                .done())
                .deploy();
    }

    @AfterEach
    void undeploy() {
        repositoryService.deleteDeployment(probe.getId(), true);
    }

    private String referred(String person, String shelter) {
        return start(
                        "referral-probe",
                        CASE,
                        Map.of(
                                "caseNumber",
                                CASE,
                                "victimRef",
                                person,
                                "provider",
                                shelter,
                                "services",
                                json(List.of("SHELTER " + shelter))))
                .getId();
    }

    private void helped(String instance, String shelter) {
        formService.submitTaskForm(
                taskService
                        .createTaskQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getId(),
                Variables.createVariables().putValue("failingHelp", shelter).putValue("plainAnswer", "yes"));
    }

    /** The tables of the engine that tell it, without what it knows of the organisation itself. */
    private Set<String> engineTells(String shelter) {
        Set<String> tables = new TreeSet<>(new Dump(jdbc).rowsWith(shelter).keySet());
        tables.removeIf(
                table -> !table.startsWith("act_hi") && !table.startsWith("act_ru") && !table.startsWith("act_ge"));
        return tables;
    }

    @Test
    void whoHelpedSomebodyGoesWithTheirFile() {
        helped(referred(HER, HERS), HERS);
        helped(referred(ANOTHER, ANOTHERS), ANOTHERS);
        assertThat(engineTells(HERS))
                .as("the search finds what is there")
                .contains("act_hi_varinst", "act_hi_detail", "act_hi_identitylink");

        Erasures.Report report = erasures.erase(CASE, HER, "asked for", "dpo");
        assertThat(report.found().choices()).isGreaterThan(4);
        assertThat(report.left().choices()).isZero();
        assertThat(engineTells(HERS)).isEmpty();
        assertThat(engineTells(ANOTHERS)).contains("act_hi_varinst", "act_hi_detail", "act_hi_identitylink");

        Erasures.Report whole = erasures.erase(CASE, null, "asked for", "dpo");
        assertThat(whole.found().choices()).isPositive();
        assertThat(whole.left().choices()).isZero();
        assertThat(engineTells(ANOTHERS)).isEmpty();
    }

    @Test
    void whatTheProcessStillGoesByIsCountedAsLeft() {
        String instance = referred(HER, HERS);
        Erasures.Report report = erasures.erase(CASE, HER, "asked for", "dpo");
        assertThat(report.left().choices()).as("two answers and the open task").isEqualTo(3);
        assertThat(runtimeService.getVariable(instance, "provider")).isEqualTo(HERS);

        helped(instance, HERS);
        assertThat(erasures.erase(CASE, HER, "asked for", "dpo").left().choices())
                .isZero();
        assertThat(engineTells(HERS)).isEmpty();
    }

    /** A step that failed once and was done then has no incident, and its stack trace says with what it failed. */
    @Test
    void aFailureThatWasMendedIsCountedAndGoes() {
        String written = "She sleeps above the bakery";
        String instance = runtimeService
                .startProcessInstanceByKey("stumbling-probe", CASE, Map.of("caseNumber", CASE, "plainNote", written))
                .getId();
        String job = managementService
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
        assertThatThrownBy(() -> managementService.executeJob(job)).isInstanceOf(RuntimeException.class);
        assertThat(erasures.erase(CASE, null, "asked for", "dpo").left().failures())
                .as("somebody has to mend it")
                .isEqualTo(1);
        runtimeService.setVariable(instance, "plainNote", "2");
        managementService.executeJob(job);
        historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableName("plainNote")
                .list()
                .forEach(plain -> historyService.deleteHistoricVariableInstance(plain.getId()));
        assertThat(new Dump(jdbc).rowsWith(written)).containsOnlyKeys("act_ge_bytearray", "act_hi_job_log");

        Erasures.Report report = erasures.erase(CASE, null, "asked for", "dpo");
        assertThat(report.found().failures()).isEqualTo(1);
        assertThat(report.left().failures()).isZero();
        assertThat(new Dump(jdbc).rowsWith(written)).isEmpty();
    }
}
