package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions in a process engine: from outside, in a process, and what history keeps of them. */
class DecisionPluginTest {

    private static ProcessEngine engine;

    @BeforeAll
    static void startEngine() {
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:decision-plugin");
        configuration.setProcessEngineName("decision-plugin");
        configuration.setHistory(ProcessEngineConfigurationImpl.HISTORY_FULL);
        configuration.setDefaultSerializationFormat("application/json");
        configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
        configuration.getProcessEnginePlugins().add(new DecisionPlugin(ZoneOffset.UTC));
        Interceptors.add(
                configuration::getCustomPreCommandInterceptorsTxRequired,
                configuration::setCustomPreCommandInterceptorsTxRequired,
                new InvalidInputUnwrapper());
        engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("dmn/remedy/response-level.dmn")
                .addClasspathResource("dmn/shared/deadline-matrix.dmn")
                .addModelInstance(
                        "decide.bpmn",
                        Bpmn.createExecutableProcess("decide")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .businessRuleTask("level")
                                .camundaAsyncBefore()
                                .camundaDecisionRef("response-level")
                                .camundaMapDecisionResult("singleResult")
                                .camundaResultVariable("decided")
                                .userTask()
                                .done())
                .deploy();
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @AfterEach
    void backToTheRealClock() {
        ClockUtil.reset();
    }

    private static Map<String, @Nullable Object> pastLink() {
        Map<String, @Nullable Object> inputs = new HashMap<>();
        inputs.put("tradeOngoing", false);
        inputs.put("selfDetected", true);
        inputs.put("exposureDate", date("2026-01-15"));
        inputs.put("effectiveCessation", "2025-02-10");
        inputs.put("incidentFirst", null);
        inputs.put("incidentLatest", "2024-11-01");
        inputs.put("types", Variables.objectValue(List.of("DEBT_BONDAGE")).create());
        inputs.put("affected", 4L);
        return inputs;
    }

    @Test
    void badInputIsTheCallersFault() {
        Map<String, @Nullable Object> inputs = pastLink();
        inputs.put("incidentFirst", "2024-12-01");

        assertThatThrownBy(() -> engine.getDecisionService()
                        .evaluateDecisionByKey("response-level")
                        .variables(inputs)
                        .evaluate())
                .as("REST answers 400 to a NotValidException")
                .isInstanceOf(NotValidException.class)
                .hasMessageStartingWith("recency: incidentLatest = 2024-11-01 is not allowed");
    }

    @Test
    void anUnknownClockIsNamed() {
        assertThatThrownBy(() -> engine.getDecisionService()
                        .evaluateDecisionByKey("deadline-matrix")
                        .variables(Map.of("clock", "D99", "urgency", "NORMAL", "mode", "NORMAL"))
                        .evaluate())
                .isInstanceOf(BadDecisionInput.class)
                .hasMessage("deadline-matrix: no rule fits clock = D99, urgency = NORMAL, mode = NORMAL");
    }

    @Test
    void datesInTheFutureAreJudgedByTheEnginesClock() {
        ClockUtil.setCurrentTime(date("2026-01-14"));
        assertThatThrownBy(() -> evaluate(pastLink())).hasMessageContaining("exposureDate = 2026-01-15");

        ClockUtil.setCurrentTime(date("2026-01-15"));
        assertThat(evaluate(pastLink())).containsEntry("row", "B");
    }

    @Test
    void inAProcessBadInputIsATechnicalFaultThatNamesIt() {
        Map<String, @Nullable Object> inputs = pastLink();
        inputs.remove("selfDetected");
        ProcessInstance process = engine.getRuntimeService().startProcessInstanceByKey("decide", inputs);

        assertThatThrownBy(() -> runTheJobOf(process))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessage("relationship: selfDetected is missing");
    }

    @Test
    void aProcessDecidesAndHistoryKeepsInputsAndRules() {
        Map<String, @Nullable Object> inputs = pastLink();
        inputs.put("types", Spin.JSON("[\"DEBT_BONDAGE\"]"));
        ProcessInstance process = engine.getRuntimeService().startProcessInstanceByKey("decide", inputs);
        runTheJobOf(process);

        assertThat(engine.getRuntimeService().getVariable(process.getId(), "decided"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("row", "B")
                .containsEntry("grounds", List.of("TYPE_EXPLICIT"))
                .containsEntry("flags", List.of());
        HistoricDecisionInstance relationship = engine.getHistoryService()
                .createHistoricDecisionInstanceQuery()
                .processInstanceId(process.getId())
                .decisionDefinitionKey("relationship")
                .includeInputs()
                .includeOutputs()
                .singleResult();
        assertThat(relationship.getInputs())
                .filteredOn(input -> "effectiveCessation".equals(input.getClauseName()))
                .singleElement()
                .satisfies(input -> assertThat(input.getValue()).isEqualTo(date("2025-02-10")));
        assertThat(relationship.getOutputs())
                .allSatisfy(output -> assertThat(output.getRuleId()).isEqualTo("relationship_REL6"));
        HistoricDecisionInstance severity = engine.getHistoryService()
                .createHistoricDecisionInstanceQuery()
                .processInstanceId(process.getId())
                .decisionDefinitionKey("severity")
                .includeInputs()
                .singleResult();
        assertThat(severity.getInputs())
                .filteredOn(input -> "types".equals(input.getClauseName()))
                .singleElement()
                .satisfies(input -> assertThat(input.getValue()).isEqualTo(List.of("DEBT_BONDAGE")));
    }

    private static Map<String, @Nullable Object> evaluate(Map<String, @Nullable Object> inputs) {
        return engine.getDecisionService()
                .evaluateDecisionByKey("response-level")
                .variables(inputs)
                .evaluate()
                .getSingleResult();
    }

    private static void runTheJobOf(ProcessInstance process) {
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(process.getId())
                        .singleResult()
                        .getId());
    }

    private static Date date(String day) {
        return Date.from(LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
