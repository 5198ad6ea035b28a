package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;

/** What a template of the Modeler cannot say is so all the same: work that fails is tried again, later each time. */
class UsualRetriesTest extends ProcessTest {

    @Test
    void workThatDoesNotSayHowItIsTriedAgainIsTriedAgainAsEverythingIs() {
        assertThat(afterAFailure("")).as("a minute, and five more times").isEqualTo("PT1M 5");
        assertThat(afterAFailure("<camunda:failedJobRetryTimeCycle>PT2M,PT7M</camunda:failedJobRetryTimeCycle>"))
                .as("what a diagram says itself counts")
                .isEqualTo("PT2M 2");
    }

    private String afterAFailure(String cycle) {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString(
                        "retries-probe.bpmn",
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="probe">
                          <process id="retries-probe" isExecutable="true" camunda:historyTimeToLive="P1D">
                            <startEvent id="start"/>
                            <sequenceFlow id="f1" sourceRef="start" targetRef="tell"/>
                            <serviceTask id="tell" camunda:expression="${nobodyKnows}" camunda:asyncBefore="true">
                              <extensionElements>%s</extensionElements>
                            </serviceTask>
                          </process>
                        </definitions>
                        """
                                .formatted(cycle)));
        String instance = runtimeService
                .startProcessInstanceByKey("retries-probe", Map.of("caseNumber", "R-2026-9601"))
                .getId();
        Job job = managementService.createJobQuery().processInstanceId(instance).singleResult();
        assertThatThrownBy(() -> managementService.executeJob(job.getId())).hasMessageContaining("nobodyKnows");
        Job again = managementService.createJobQuery().jobId(job.getId()).singleResult();
        return Duration.ofMillis(again.getDuedate().getTime()
                        - ClockUtil.getCurrentTime().getTime())
                + " " + again.getRetries();
    }
}
