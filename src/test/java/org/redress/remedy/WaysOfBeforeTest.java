package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.Reference;

/** A case began before these answers were sealed: its model asks by the old fields, and goes by them (remedy.md E10, E11). */
@SuppressWarnings("NullAway.Init")
class WaysOfBeforeTest extends OnePersonTest {

    /** As victim-case and renew-safety-plan asked and decided then, without what lay between. */
    private static final String MODEL =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="before"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
              <error id="away" errorCode="person-away" />
              <process id="person-of-before" isExecutable="true" camunda:historyTimeToLive="P1D">
                <startEvent id="begun" />
                <sequenceFlow id="f1" sourceRef="begun" targetRef="early" />
                <subProcess id="early">
                  <startEvent id="met" />
                  <sequenceFlow id="f2" sourceRef="met" targetRef="ask" />
                  <userTask id="ask">
                    <extensionElements>
                      <camunda:taskListener event="complete" delegateExpression="${leaveForSearch}" />
                    </extensionElements>
                  </userTask>
                </subProcess>
                <boundaryEvent id="gone" attachedToRef="early"><errorEventDefinition errorRef="away" /></boundaryEvent>
                <sequenceFlow id="f3" sourceRef="gone" targetRef="search" />
                <userTask id="search">
                  <extensionElements>
                    <camunda:executionListener event="start" expression="${recordAway.notify(execution)}" />
                  </extensionElements>
                </userTask>
                <sequenceFlow id="f4" sourceRef="search" targetRef="record" />
                <serviceTask id="record" camunda:delegateExpression="${recordFollowUp}" />
                <sequenceFlow id="f5" sourceRef="record" targetRef="law" />
                <userTask id="law">
                  <extensionElements>
                    <camunda:taskListener event="complete" expression="${repayments.begin(task)}" />
                  </extensionElements>
                </userTask>
                <subProcess id="back" triggeredByEvent="true">
                  <startEvent id="isBack" isInterrupting="false">
                    <conditionalEventDefinition camunda:variableName="backWithExploiter"
                        camunda:variableEvents="create, update">
                      <condition xsi:type="tFormalExpression"
                      >${execution.getVariable('backWithExploiter') == 'YES'}</condition>
                    </conditionalEventDefinition>
                  </startEvent>
                  <sequenceFlow id="f6" sourceRef="isBack" targetRef="plan" />
                  <userTask id="plan" />
                  <sequenceFlow id="f7" sourceRef="plan" targetRef="wanted" />
                  <exclusiveGateway id="wanted" default="f9" />
                  <sequenceFlow id="f8" sourceRef="wanted" targetRef="rescue">
                    <conditionExpression xsi:type="tFormalExpression">${rescueWanted == 'YES'}</conditionExpression>
                  </sequenceFlow>
                  <sequenceFlow id="f9" sourceRef="wanted" targetRef="renewed" />
                  <userTask id="rescue" />
                  <endEvent id="renewed" />
                </subProcess>
              </process>
            </definitions>
            """;

    private String instance;

    @BeforeEach
    void theEarlierModel() {
        deployForThisTest(repositoryService.createDeployment().addString("person-of-before.bpmn", MODEL));
        instance = start(
                        "person-of-before",
                        caseNumber,
                        personWith("safetyIncidents", 1, "followUpsAfterHandover", 0, "failedAttempts", 0))
                .getId();
    }

    private List<String> waiting() {
        return taskService.createTaskQuery().processInstanceId(instance).list().stream()
                .map(task -> task.getTaskDefinitionKey())
                .sorted()
                .toList();
    }

    private void answer(String task, Map<String, Object> values) {
        taskService.complete(
                taskService
                        .createTaskQuery()
                        .processInstanceId(instance)
                        .taskDefinitionKey(task)
                        .listPage(0, 1)
                        .get(0)
                        .getId(),
                values);
    }

    @Test
    void itGoesOnByWhatItAsked() {
        answer("ask", Map.of("personAway", "BACK"));
        assertThat(waiting()).containsExactly("plan", "search");
        answer("plan", Map.of("rescueWanted", "YES"));
        assertThat(waiting()).containsExactly("rescue", "search");
        answer(
                "search",
                Map.of(
                        "contactResult",
                        "REACHED",
                        "contactDate",
                        "2026-02-02",
                        "backWithExploiter",
                        "YES",
                        "safetyIncident",
                        "YES"));
        assertThat(waiting()).containsExactly("law", "plan", "rescue");
        assertThat(runtimeService.getVariable(instance, "safetyIncidents"))
                .as("goes on counting where it counted")
                .isEqualTo(2);
        assertThat(runtimeService.getVariable(instance, "riskLevel")).isEqualTo("HIGH");
        assertThat(keptOf("safetyPlanRoute")).isEmpty();
        assertThat(keptOf("harmTold")).isEmpty();

        answer("law", Map.of("moneyOwed", "FEES", "amountFixed", "NO"));
        assertThat(as("vsc").formVariables(as("vsc").task("task_fixAmount")))
                .as("the repayment is of today, and its form knows what was said")
                .containsEntry("owedKind", "FEES");
        assertThat(keptOf("owedKind")).isNotEmpty().allMatch(Reference::is);
        assertThat(keptOf("backWithExploiter")).contains("YES").noneMatch(Reference::is);
    }
}
