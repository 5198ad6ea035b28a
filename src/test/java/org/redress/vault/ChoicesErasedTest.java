package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
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

    /** A later form seals the answer; what was said by the earlier one, and the table that read it, kept it as it was. */
    @Test
    void whatWasAnsweredBeforeItsFieldWasSealedGoesToo() {
        String number = newCaseNumber();
        String said = "behind-the-mill";
        String since = "behind-the-chapel";
        String form =
                """
                {"type": "default", "schemaVersion": 16, "id": "earlier-answer", "components": [{"type": "textfield",
                 "id": "Field_earlier", "key": "earlierAnswer", "label": "Where?"%s}]}""";
        List<Deployment> models = new ArrayList<>(List.of(repositoryService
                .createDeployment()
                .addModelInstance(
                        "earlier-probe.bpmn",
                        Bpmn.createExecutableProcess("earlier-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .businessRuleTask("task_read")
                                .camundaDecisionRef("earlier-table")
                                .camundaMapDecisionResult("singleEntry")
                                .camundaResultVariable("earlierRow")
                                .userTask("task_again")
                                .endEvent()
                                .done())
                .addString("earlier-answer.form", form.formatted(""))
                .addString(
                        "earlier-table.dmn",
                        """
                        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="earlier"
                            name="earlier" namespace="http://camunda.org/schema/1.0/dmn"
                            xmlns:camunda="http://camunda.org/schema/1.0/dmn">
                          <decision id="earlier-table" name="Earlier" camunda:historyTimeToLive="P1D">
                            <decisionTable id="table" hitPolicy="FIRST">
                              <input id="input_answer"><inputExpression id="asked" typeRef="string">
                                <text>earlierAnswer</text></inputExpression></input>
                              <output id="output_row" name="earlierRow" typeRef="string"/>
                              <rule id="row"><inputEntry id="any"><text></text></inputEntry>
                                <outputEntry id="told"><text>"read"</text></outputEntry></rule>
                            </decisionTable>
                          </decision>
                        </definitions>""")
                .deploy()));
        try {
            String instance = start(
                            "earlier-probe",
                            number,
                            Map.of("caseNumber", number, "victimRef", HER, "earlierAnswer", said))
                    .getId();
            models.add(repositoryService
                    .createDeployment()
                    .addString("earlier-answer.form", form.formatted(", \"properties\": {\"audience\": \"vsc\"}"))
                    .deploy());
            runtimeService.setVariable(instance, "earlierAnswer", since);
            assertThat(engineTells(said))
                    .as("the search finds what is there")
                    .containsExactly("act_hi_dec_in", "act_hi_detail");
            assertThat(engineTells(since)).as("sealed by now").isEmpty();
            String another = start(
                            "earlier-probe",
                            number,
                            Map.of("caseNumber", number, "victimRef", ANOTHER, "earlierRow", "none"))
                    .getId();

            Erasures.Report report = erasures.erase(number, HER, "asked for", "dpo");
            assertThat(report.found().choices())
                    .as("the earlier value, and the decision")
                    .isEqualTo(2);
            assertThat(report.left().choices()).isZero();
            assertThat(engineTells(said)).isEmpty();
            assertThat(historyService
                            .createHistoricDecisionInstanceQuery()
                            .processInstanceId(another)
                            .count())
                    .as("of somebody else, and told nothing")
                    .isEqualTo(1);
        } finally {
            models.forEach(model -> repositoryService.deleteDeployment(model.getId(), true));
        }
    }

    /** One process goes through several people; each is theirs in a part of it. */
    @Test
    void whatWasEnteredAboutOneOfSeveralGoesAndOfNoOther() {
        String number = newCaseNumber();
        Deployment several = repositoryService
                .createDeployment()
                .addModelInstance(
                        "several-probe.bpmn",
                        Bpmn.createExecutableProcess("several-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .subProcess("sub_person")
                                .camundaInputParameter("victimRef", "${loopCounter == 0 ? first : second}")
                                .embeddedSubProcess()
                                .startEvent()
                                .userTask("task_about")
                                .endEvent()
                                .subProcessDone()
                                .multiInstance()
                                .sequential()
                                .cardinality("2")
                                .multiInstanceDone()
                                .endEvent()
                                .done())
                .deploy();
        try {
            String instance = start(
                            "several-probe", number, Map.of("caseNumber", number, "first", HER, "second", ANOTHER))
                    .getId();
            helped(instance, HERS);
            helped(instance, ANOTHERS);
            assertThat(engineTells(HERS)).as("the search finds what is there").contains("act_hi_detail");

            erasures.erase(number, HER, "asked for", "dpo");
            assertThat(enteredFields(HERS)).isZero();
            assertThat(enteredFields(ANOTHERS)).isPositive();
        } finally {
            repositoryService.deleteDeployment(several.getId(), true);
        }
    }

    private long enteredFields(String value) {
        return jdbc.sql("select count(*) from ACT_HI_DETAIL where TYPE_ = 'FormProperty' and TEXT_ = ?")
                .param(value)
                .query(Long.class)
                .single();
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
