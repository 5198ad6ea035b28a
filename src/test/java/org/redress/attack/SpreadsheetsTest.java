package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report as CSV: a name that begins with {@code =} runs as a formula in whatever opens it. */
@SuppressWarnings("NullAway.Init")
class SpreadsheetsTest extends AttackTest {

    private static final String FORMULA = "=HYPERLINK(1)";
    private static final String REPORT = "/engine-rest/task/report/candidate-group-count";

    private String taskId;

    @BeforeEach
    void aGroupNamedLikeAFormula() {
        Task task = taskService.newTask();
        taskService.saveTask(task);
        taskId = task.getId();
        taskService.addCandidateGroup(taskId, FORMULA);
    }

    @AfterEach
    void noTask() {
        taskService.deleteTask(taskId, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "application/csv",
                "text/*",
                "text/html, application/csv;q=0.1",
                "TEXT/CSV",
                "text/ *"
            })
    void noReportIsASheet(String accept) {
        onTheBareEngine()
                .deploy(
                        "/engine-rest",
                        "sheet.bpmn",
                        model("sheet", "camunda:candidateGroups=\"" + FORMULA + "\"", "", ""));
        onTheBareEngine().post("/engine-rest/process-definition/key/sheet/start", "{}");
        if (!accept.contains(" *")) {
            assertThat(onTheBareEngine().get(REPORT, "Accept", accept).body()).contains("\n" + FORMULA + ",");
        }

        for (String path : new String[] {
            REPORT,
            "/engine-rest/engine/default/task/report/candidate-group-count",
            "/engine-rest/history/process-instance/report?reportType=duration&periodUnit=month"
        }) {
            HttpResponse<String> answer = signedInAs("admin").get(path, "Accept", accept);
            assertThat(answer.statusCode()).as(path).isEqualTo(406);
            assertThat(answer.body()).doesNotContain(FORMULA);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/*"})
    void reportsAreJson(String accept) {
        HttpResponse<String> answer = signedInAs("admin").get(REPORT, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }
}
