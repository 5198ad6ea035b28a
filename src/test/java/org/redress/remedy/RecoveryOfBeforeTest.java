package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.Reference;

/** A case began before the wish to cooperate was sealed: its model asks by the old field, and goes by it (remedy.md D24). */
@SuppressWarnings("NullAway.Init")
class RecoveryOfBeforeTest extends OnePersonTest {

    @BeforeEach
    void theEarlierModel() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "recovery-of-before.bpmn",
                        Bpmn.createExecutableProcess("recovery-of-before")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_ask")
                                .camundaCandidateGroups("protection")
                                .camundaTaskListenerExpression("complete", "${recordConsent.afterRescue(task)}")
                                .exclusiveGateway("gateway_ask")
                                .condition("yes", "${wantsToCooperate == 'YES'}")
                                .endEvent("end_asAgreed")
                                .moveToNode("gateway_ask")
                                .condition("no", "${wantsToCooperate != 'YES'}")
                                .endEvent("end_inPeace")
                                .done()));
    }

    private String answered(String answer) {
        String instance = start("recovery-of-before", caseNumber, Map.of()).getId();
        taskService.complete(
                taskService
                        .createTaskQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getId(),
                Map.of("wantsToCooperate", answer));
        return instance;
    }

    @Test
    void itGoesOnByWhatItAsked() {
        assertThat(endOf(answered("YES"))).isEqualTo("end_asAgreed");
        assertThat(consents.of(caseNumber, "RESCUED"))
                .filteredOn(line -> line.endedAt() == null)
                .hasSize(1);
        assertThat(endOf(answered("NO"))).isEqualTo("end_inPeace");
        assertThat(consents.of(caseNumber, "RESCUED"))
                .filteredOn(line -> line.endedAt() == null)
                .isEmpty();
        assertThat(keptOf("wantsToCooperate")).contains("YES").noneMatch(Reference::is);
    }
}
