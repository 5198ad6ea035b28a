package org.redress.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;

/** A refusal to engage is told to the standing of that one member (contract, Messages): a message, never a signal to all. */
@SuppressWarnings("NullAway.Init")
class RefusalTest extends ProcessTest {

    private static final String WAITER = "refusal-waiter";

    @Autowired
    private ComplaintWorkflow workflow;

    @Test
    void onlyTheStandingOfThatMemberHearsOfIt() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        WAITER + ".bpmn",
                        Bpmn.createExecutableProcess(WAITER)
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .intermediateCatchEvent()
                                .message("engagement-refused")
                                .endEvent()
                                .done()));
        ProcessInstance refuses = follow("org-member");
        ProcessInstance other = follow("org-member-gov");

        assertThat(workflow.tellRefusal("org-member")).isEqualTo(1);
        assertThat(isEnded(refuses.getId())).isTrue();
        assertThat(isEnded(other.getId())).as("another member's").isFalse();
        assertThat(workflow.tellRefusal("org-member"))
                .as("told again, nobody waits, and that is no fault")
                .isZero();
    }

    private ProcessInstance follow(String member) {
        return runtimeService.startProcessInstanceByKey(WAITER, Map.of("memberId", member));
    }
}
