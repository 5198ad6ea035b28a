package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;

/** Whoever has a task sets its follow-up date over REST, and nothing else of it. */
@SuppressWarnings("NullAway.Init")
class FollowUpDatesTest extends StoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String DAY = "\"2026-02-09T08:00:00.000+0000\"";

    private String taskId;
    private Date due;

    @BeforeEach
    void aTaskWaits() throws Exception {
        post(BagSorter.story());
        fireDueJobs();
        Task task = task("downstream", "task_screenCredibility");
        taskId = task.getId();
        due = task.getDueDate();
    }

    private HttpResponse<String> send(String user, String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String user, String body) throws Exception {
        return send(user, "PUT", "/engine-rest/task/" + taskId, body);
    }

    private Task now() {
        return taskService.createTaskQuery().taskId(taskId).singleResult();
    }

    private List<String> followUps(String user) {
        Filter filter = engine.getFilterService()
                .createTaskFilterQuery()
                .filterName("My follow-ups")
                .singleResult();
        return actingAs(user, () -> engine.getFilterService().<Task>list(filter.getId())).stream()
                .map(Task::getId)
                .toList();
    }

    private void claim() {
        taskService.claim(taskId, "downstream");
    }

    @Test
    void whoHasTheTaskSetsItsFollowUpDateAndFindsItInTheList() throws Exception {
        claim();
        assertThat(followUps("downstream")).isEmpty();
        Task before = now();
        assertThat(put("downstream", "{\"followUp\": " + DAY + "}").statusCode())
                .isEqualTo(204);
        assertThat(now().getFollowUpDate()).isEqualTo("2026-02-09T08:00:00.000Z");
        assertThat(now())
                .usingRecursiveComparison()
                .comparingOnlyFields("name", "assignee", "owner", "dueDate", "priority", "parentTaskId", "tenantId")
                .isEqualTo(before);
        assertThat(followUps("downstream")).containsExactly(taskId);
        assertThat(put("downstream", "{\"followUp\": null}").statusCode()).isEqualTo(204);
        assertThat(now().getFollowUpDate()).isNull();
        assertThat(followUps("downstream")).isEmpty();
    }

    @Test
    void theWholeTaskAsItWasReadIsTakenBack() throws Exception {
        claim();
        ObjectNode task = (ObjectNode) JSON.readTree(
                send("downstream", "GET", "/engine-rest/task/" + taskId, "").body());
        task.set("followUp", JSON.readTree(DAY));
        assertThat(task.has("camundaFormRef")).isTrue();
        HttpResponse<String> answer = put("downstream", task.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(now().getFollowUpDate()).isNotNull();
        assertThat(now().getDueDate()).isEqualTo(due);
    }

    @Test
    void aColleaguesFollowUpDateIsNotMine() throws Exception {
        claim();
        put("downstream", "{\"followUp\": " + DAY + "}");
        taskService.setAssignee(taskId, "downstream-colleague");
        assertThat(followUps("downstream")).isEmpty();
    }

    @Test
    void whoHasNotClaimedItIsToldToClaimIt() throws Exception {
        HttpResponse<String> answer = put("downstream", "{\"followUp\": " + DAY + "}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Claim the task first");
        assertThat(now().getFollowUpDate()).isNull();
    }

    @Test
    void theDueDateIsTheClocksAndTheRefusalSaysSo() throws Exception {
        claim();
        for (String wish : List.of("null", DAY)) {
            HttpResponse<String> answer = put("downstream", "{\"due\": " + wish + "}");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("The due date is when the clock of this task ends")
                    .doesNotContain("org.camunda");
        }
        assertThat(now().getDueDate()).isEqualTo(due);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\": \"Another\"",
                "\"description\": \"Another\"",
                "\"assignee\": \"smelter\"",
                "\"assignee\": null",
                "\"owner\": \"downstream\"",
                "\"delegationState\": \"PENDING\"",
                "\"priority\": 99",
                "\"parentTaskId\": \"another\"",
                "\"caseInstanceId\": \"another\"",
                "\"tenantId\": \"another\""
            })
    void nothingElseIsChanged(String change) throws Exception {
        claim();
        Task before = now();
        HttpResponse<String> answer = put("downstream", "{\"followUp\": " + DAY + ", " + change + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(now())
                .usingRecursiveComparison()
                .comparingOnlyFields(
                        "name", "description", "assignee", "owner", "dueDate", "followUpDate", "priority", "tenantId")
                .isEqualTo(before);
    }

    @Test
    void anotherOrganisationFindsNoSuchTask() throws Exception {
        claim();
        for (String stranger : List.of("smelter", "smelter-b", "vsc", "partner", "secretariat")) {
            assertThat(put(stranger, "{\"followUp\": " + DAY + "}").statusCode())
                    .as(stranger)
                    .isIn(403, 404);
        }
        assertThat(now().getFollowUpDate()).isNull();
    }
}
