package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java asks a decision in the version that belongs to the case. */
class CaseDecisionsTest {

    private final List<Map<String, Object>> answered = new ArrayList<>();
    private ProcessEngine engine;

    @BeforeEach
    void startEngine() {
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:case-decisions");
        configuration.setProcessEngineName("case-decisions");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setHistory(ProcessEngineConfigurationImpl.HISTORY_FULL);
        Map<Object, Object> beans = new HashMap<>();
        configuration.setBeans(beans);
        engine = configuration.buildProcessEngine();
        CaseDecisions decisions = new CaseDecisions(engine);
        beans.put("ask", (JavaDelegate)
                execution -> answered.addAll(decisions.evaluate(execution, "who-answers", Map.of("kind", "a"))));
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    @Test
    void aRunningCaseKeepsTheRulesThatItBeganWith() {
        deploy("old");
        String begunUnderTheOldRules =
                engine.getRuntimeService().startProcessInstanceByKey("asking").getId();
        deploy("new");
        String begunUnderTheNewRules =
                engine.getRuntimeService().startProcessInstanceByKey("asking").getId();

        runTheJobOf(begunUnderTheOldRules);
        runTheJobOf(begunUnderTheNewRules);

        assertThat(answered).containsExactly(Map.of("answer", "old"), Map.of("answer", "new"));
    }

    @Test
    void theEvaluationIsPartOfTheCasesHistory() {
        deploy("old");
        String id =
                engine.getRuntimeService().startProcessInstanceByKey("asking").getId();
        runTheJobOf(id);

        assertThat(engine.getHistoryService()
                        .createHistoricDecisionInstanceQuery()
                        .processInstanceId(id)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aDeploymentWithoutTheDecisionIsRefused() {
        engine.getRepositoryService()
                .createDeployment()
                .addInputStream("asking.bpmn", stream(process()))
                .deploy();
        String id =
                engine.getRuntimeService().startProcessInstanceByKey("asking").getId();

        assertThatThrownBy(() -> runTheJobOf(id))
                .hasMessageContaining("who-answers")
                .hasMessageContaining("deploy all models at once");
    }

    private void runTheJobOf(String processInstanceId) {
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(processInstanceId)
                        .singleResult()
                        .getId());
    }

    private void deploy(String answer) {
        engine.getRepositoryService()
                .createDeployment()
                .addInputStream("asking.bpmn", stream(process()))
                .addInputStream("who-answers.dmn", stream(decision(answer)))
                .deploy();
    }

    private static java.io.InputStream stream(String text) {
        return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String process() {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
                  <process id="asking" isExecutable="true">
                    <startEvent id="start"/>
                    <sequenceFlow id="first" sourceRef="start" targetRef="ask"/>
                    <serviceTask id="ask" camunda:asyncBefore="true" camunda:delegateExpression="${ask}"/>
                  </process>
                </definitions>
                """;
    }

    private static String decision(String answer) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="who" name="Who"
                    namespace="test">
                  <decision id="who-answers" name="Who answers">
                    <decisionTable id="table">
                      <input id="kind"><inputExpression id="kindExpression" typeRef="string"><text>kind</text></inputExpression></input>
                      <output id="answer" name="answer" typeRef="string"/>
                      <rule id="one"><inputEntry id="in"><text>"a"</text></inputEntry>
                        <outputEntry id="out"><text>"%s"</text></outputEntry></rule>
                    </decisionTable>
                  </decision>
                </definitions>
                """
                .formatted(answer);
    }
}
