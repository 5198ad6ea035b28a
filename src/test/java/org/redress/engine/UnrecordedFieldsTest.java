package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An answer that goes past the engine, and what a second click on the same task is told. */
@SuppressWarnings("NullAway.Init")
class UnrecordedFieldsTest extends ProcessTest {

    private static final String FORM =
            """
            {"id": "unrecorded-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "group", "id": "group_1", "label": "Both", "components": [
                 {"type": "textfield", "id": "field_whisper", "key": "whisper", "label": "A secret?",
                  "properties": {"unrecorded": "true"}, "validate": {"required": true}},
                 {"type": "textfield", "id": "field_plain", "key": "plainAnswer", "label": "And else?"}]}]}
            """;

    @Autowired
    private KeptAnswers keeper;

    @Autowired
    private JdbcClient jdbc;

    private String instance;
    private String task;

    @BeforeEach
    void aTaskThatAsksForASecret() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("unrecorded-probe.form", FORM)
                .addModelInstance(
                        "unrecorded-probe.bpmn",
                        Bpmn.createExecutableProcess("unrecorded-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_whisper")
                                .camundaFormRef("unrecorded-probe")
                                .camundaFormRefBinding("deployment")
                                .camundaCandidateGroups("secretariat")
                                .userTask("task_next")
                                .camundaCandidateGroups("secretariat")
                                .done()));
        keeper.taken().clear();
        instance = start("unrecorded-probe", "M-2026-9001", Map.of("stage", "first"))
                .getId();
        task = as("secretariat").task("task_whisper").getId();
    }

    @Test
    void theAnswerIsHandedOverWithWhoGaveItAndTheEngineHoldsNothingOfIt() {
        as("secretariat").complete("task_whisper", Map.of("whisper", "xyzzy-plugh", "plainAnswer", "open"));

        assertThat(keeper.taken()).singleElement().satisfies(answer -> {
            assertThat(answer.user()).isEqualTo("secretariat");
            assertThat(answer.groups()).contains("secretariat", "org-secretariat");
            assertThat(answer.values()).isEqualTo(Map.of("whisper", "xyzzy-plugh"));
            assertThat(answer.known()).containsEntry("stage", "first").doesNotContainKey("whisper");
        });
        assertThat(variable(instance, "plainAnswer")).contains("open");
        for (String table : List.of("act_ru_variable", "act_hi_varinst", "act_hi_detail")) {
            assertThat(jdbc.sql("select text_ from " + table + " where proc_inst_id_ = ? and text_ is not null")
                            .param(instance)
                            .query(String.class)
                            .list())
                    .as(table)
                    .contains("open")
                    .doesNotContain("xyzzy-plugh");
            assertThat(jdbc.sql("select name_ from " + table + " where proc_inst_id_ = ?")
                            .param(instance)
                            .query(String.class)
                            .list())
                    .as("names in " + table)
                    .doesNotContain("whisper");
        }
    }

    @Test
    void completingWithoutTheFormIsTheSame() {
        actingAs("secretariat", () -> {
            taskService.complete(task, Map.of("whisper", "xyzzy-plugh"));
            return task;
        });
        assertThat(keeper.taken()).hasSize(1);
        assertThat(variable(instance, "whisper")).isEmpty();
        assertThat(as("secretariat").sees("task_next")).isTrue();
    }

    @Test
    void anAnswerThatIsRefusedLeavesTheTaskOpen() {
        assertThatThrownBy(() -> as("secretariat").complete("task_whisper", Map.of("whisper", "refuse me")))
                .hasMessageContaining("This answer cannot be taken");
        assertThat(as("secretariat").sees("task_whisper")).isTrue();
        assertThat(keeper.taken()).isEmpty();
    }

    @Test
    void theFormIsCheckedBeforeTheAnswerIsTaken() {
        assertThatThrownBy(() -> as("secretariat").complete("task_whisper", Map.of("plainAnswer", "open")))
                .hasMessageContaining("Please correct: whisper – A secret?: Field is required.");
        assertThat(keeper.taken()).isEmpty();
    }

    @Test
    void aTaskIsNotResolvedWithASecretInIt() {
        assertThatThrownBy(() -> actingAs("secretariat", () -> {
                    taskService.resolveTask(task, Map.of("whisper", "xyzzy-plugh"));
                    return task;
                }))
                .hasMessageContaining("answered by completing the task");
        assertThat(variable(instance, "whisper")).isEmpty();
    }

    @Test
    void aStrangerHandsInNothing() {
        assertThatThrownBy(() -> actingAs("member", () -> {
                    formService.submitTaskForm(task, Map.of("whisper", "xyzzy-plugh"));
                    return task;
                }))
                .hasMessageContaining("This task is not yours");
        assertThat(keeper.taken()).isEmpty();
    }

    @Test
    void theSecondClickIsToldThatNothingWasEnteredTwice() {
        as("secretariat").complete("task_whisper", Map.of("whisper", "xyzzy-plugh"));
        assertThatThrownBy(() -> actingAs("secretariat", () -> {
                    formService.submitTaskForm(task, Map.of("whisper", "plugh"));
                    return task;
                }))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("completed already, by you or by a colleague");
        assertThat(keeper.taken()).hasSize(1);
    }

    @Test
    void whatCameTooLateIsToldSo() {
        runtimeService.deleteProcessInstance(instance, "withdrawn");
        assertThatThrownBy(() -> actingAs("secretariat", () -> {
                    formService.submitTaskForm(task, Map.of("whisper", "plugh"));
                    return task;
                }))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("no longer open");
    }
}
