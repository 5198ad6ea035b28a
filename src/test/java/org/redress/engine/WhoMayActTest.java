package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Two smelters, one task: the guard over REST, as an outsider would try it. */
@SuppressWarnings("NullAway.Init")
class WhoMayActTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String FORM =
            """
            {"id": "guard-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "text", "id": "text_1", "text": "Found: {{shownFact}}, people: {{affected}}"},
               {"type": "textfield", "id": "field_answer", "key": "answer", "label": "Your answer?"}]}
            """;

    @Autowired
    private Parties parties;

    private String taskId;
    private String processInstanceId;

    @BeforeEach
    void aCaseOfLuma() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("guard-probe.form", FORM)
                .addModelInstance(
                        "guard-probe.bpmn",
                        Bpmn.createExecutableProcess("guard-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_answer")
                                .name("Answer the audit programme")
                                .camundaFormRef("guard-probe")
                                .camundaFormRefBinding("deployment")
                                .camundaCandidateGroups("${parties.group(execution, 'smelter')}")
                                .endEvent()
                                .done()));
        parties.add("R-2026-9001", "smelter", "org-luma");
        processInstanceId = start(
                        "guard-probe",
                        "R-2026-9001",
                        Map.of("shownFact", "what was found", "hiddenFact", "after dark", "affected", 3))
                .getId();
        taskId = as("smelter").task("task_answer").getId();
    }

    @Test
    void theSmelterOfTheCaseSeesItsTaskWithTheCaseNumber() throws Exception {
        JsonNode tasks = json(get("smelter", "/engine-rest/task?processDefinitionKey=guard-probe"));
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).get("name").asText()).isEqualTo("Answer the audit programme · R-2026-9001");
        assertThat(get("smelter", "/engine-rest/task/" + taskId + "/form-variables")
                        .body())
                .contains("what was found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/task/{task}/form-variables",
                "/engine-rest/task/{task}/form-variables?variableNames=hiddenFact,shownFact",
                "/engine-rest/task/{task}/variables",
                "/engine-rest/task/{task}/variables?deserializeValues=false"
            })
    void aPersonReadsOfACaseWhatTheFormOfTheirTaskNames(String path) throws Exception {
        assertThat(json(get("admin", path)).has("hiddenFact")).isTrue();
        JsonNode shown = json(get("smelter", path));
        assertThat(shown.path("shownFact").path("value").asText()).isEqualTo("what was found");
        assertThat(shown.has("hiddenFact")).isFalse();
    }

    @Test
    void aVariableThatTheFormDoesNotNameIsNotThere() throws Exception {
        assertThat(get("admin", "/engine-rest/task/{task}/variables/hiddenFact").body())
                .contains("after dark");
        assertThat(get("smelter", "/engine-rest/task/{task}/variables/shownFact")
                        .body())
                .contains("what was found");
        for (String end : new String[] {"hiddenFact", "hiddenFact/data", "hiddenFact?deserializeValue=false"}) {
            HttpResponse<String> answer = get("smelter", "/engine-rest/task/{task}/variables/" + end);
            assertThat(answer.statusCode()).as(end).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("after dark");
        }
        assertThat(post("smelter", "/engine-rest/task?withTaskVariablesInReturn=true", "{}")
                        .body())
                .contains(taskId)
                .doesNotContain("after dark");
        assertThat(post("smelter", "/engine-rest/task", "{\"withTaskVariablesInReturn\":true}")
                        .body())
                .contains(taskId)
                .doesNotContain("after dark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void aFormThatCannotBeTakenIsToldAsBadInput(String way) throws Exception {
        HttpResponse<String> answer = post(
                "smelter", "/engine-rest/task/{task}/" + way, "{\"variables\":{\"shownFact\":{\"value\":\"mine\"}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("Please correct: shownFact", "leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void theAnswerToACompletedTaskTellsNoMoreThanItsForm(String way) throws Exception {
        HttpResponse<String> answer = post(
                "smelter",
                "/engine-rest/task/{task}/" + way,
                "{\"variables\":{\"answer\":{\"value\":\"yes\"}},\"withVariablesInReturn\":true}");
        JsonNode returned = json(answer);
        assertThat(returned.path("shownFact").path("value").asText()).isEqualTo("what was found");
        assertThat(returned.has("hiddenFact")).isFalse();
        assertThat(returned.path("affected").path("value").asText())
                .as("no company counts so few people, in return either")
                .isEqualTo("fewer than 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/task {\"processVariables\":[%s]}",
                "/engine-rest/task {\"taskVariables\":[%s]}",
                "/engine-rest/task/count {\"processVariables\":[%s]}",
                "/engine-rest/task {\"orQueries\":[{\"processVariables\":[%s]}]}",
                "/engine-rest/filter/{filter}/list {\"processVariables\":[%s]}",
                "/engine-rest/filter/{filter}/count {\"orQueries\":[{\"processVariables\":[%s]}]}",
                "/engine-rest/process-instance {\"variables\":[%s]}",
                "/engine-rest/process-instance/count {\"orQueries\":[{\"variables\":[%s]}]}",
                "/engine-rest/execution {\"processVariables\":[%s]}",
                "/engine-rest/execution {\"variables\":[%s]}",
                "/engine-rest/history/process-instance {\"variables\":[%s]}",
                "/engine-rest/history/process-instance/count {\"orQueries\":[{\"variables\":[%s]}]}",
                "/engine-rest/history/task {\"processVariables\":[%s]}",
                "/engine-rest/history/task/count {\"taskVariables\":[%s]}"
            })
    void nobodyFindsOutAConfidentialValueByAskingForIt(String call) throws Exception {
        int space = call.indexOf(' ');
        String path = call.substring(0, space).replace("{filter}", filter("All open"));
        String condition = "{\"name\":\"%s\",\"operator\":\"eq\",\"value\":\"after dark\"}";
        // Filters are Tasklist's, which an overseer has not.
        String[] users = path.contains("/filter/") ? new String[] {"smelter"} : new String[] {"smelter", "overseer"};
        for (String user : users) {
            HttpResponse<String> answer =
                    post(user, path, call.substring(space + 1).formatted(condition.formatted("hiddenFact")));
            assertThat(answer.statusCode()).as(user + " " + answer.body()).isEqualTo(400);
            assertThat(answer.body()).containsAnyOf("others may be confidential", "extended by an invalid query");
        }
        assertThat(post("smelter", path, call.substring(space + 1).formatted(condition.formatted("caseState")))
                        .statusCode())
                .as("by the plain facts of a case")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task", "/engine-rest/filter/{filter}/list"})
    void nobodyFindsOutAConfidentialValueByItsPlaceInAList(String path) throws Exception {
        HttpResponse<String> answer = post(
                "smelter",
                path.replace("{filter}", filter("All open")),
                "{\"sorting\":[{\"sortBy\":\"processVariable\",\"sortOrder\":\"asc\",\"parameters\":{\"variable\":\"hiddenFact\",\"type\":\"String\"}}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    private String filter(String name) {
        return engine.getFilterService()
                .createTaskFilterQuery()
                .filterName(name)
                .singleResult()
                .getId();
    }

    @Test
    void theOtherSmelterFindsNothingInAnyList() throws Exception {
        assertThat(json(get("smelter-b", "/engine-rest/task?processDefinitionKey=guard-probe")))
                .isEmpty();
        assertThat(json(get("smelter-b", "/engine-rest/task/count?processDefinitionKey=guard-probe"))
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(json(post(
                        "smelter-b",
                        "/engine-rest/task",
                        "{\"orQueries\":[{\"taskId\":\"" + taskId + "\",\"nameLike\":\"%\"}]}")))
                .isEmpty();
        for (JsonNode filter : json(get("smelter-b", "/engine-rest/filter"))) {
            assertThat(json(get(
                            "smelter-b",
                            "/engine-rest/filter/" + filter.get("id").asText() + "/list")))
                    .as("filter " + filter.get("name"))
                    .noneMatch(task -> task.get("id").asText().equals(taskId));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/task/{task}",
                "/engine-rest/task/{task}/form-variables",
                "/engine-rest/task/{task}/variables",
                "/engine-rest/task/{task}/variables/shownFact",
                "/engine-rest/task/{task}/localVariables",
                "/engine-rest/task/{task}/identity-links",
                "/engine-rest/task/{task}/deployed-form",
                "/engine-rest/task/{task}/comment",
                "/engine-rest/task/{task}/attachment",
                "/engine-rest/process-instance/{instance}/variables",
                "/engine-rest/process-instance/{instance}"
            })
    void theOtherSmelterReadsNothingOfTheTask(String path) throws Exception {
        HttpResponse<String> answer = get("smelter-b", path);
        assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
        assertThat(answer.body()).doesNotContain("what was found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/variable-instance?processInstanceIdIn={instance}",
                "/engine-rest/process-instance?businessKey=R-2026-9001",
                "/engine-rest/execution?processInstanceId={instance}",
                "/engine-rest/history/variable-instance?processInstanceId={instance}",
                "/engine-rest/history/task?processInstanceId={instance}",
                "/engine-rest/history/detail?processInstanceId={instance}",
                "/engine-rest/history/process-instance?processInstanceBusinessKey=R-2026-9001"
            })
    void caseRolesGetNothingFromInstancesVariablesAndHistory(String path) throws Exception {
        for (String user : new String[] {"smelter", "smelter-b", "audit-programme", "vsc", "partner"}) {
            HttpResponse<String> answer = get(user, path);
            if (answer.statusCode() == 200) {
                assertThat(json(answer)).as(user + " " + path).isEmpty();
            } else {
                assertThat(answer.statusCode()).isIn(403, 404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claim {\"userId\":\"smelter-b\"}",
                "claim {\"userId\":\"smelter\"}",
                "unclaim {}",
                "complete {}",
                "submit-form {}",
                "resolve {}",
                "assignee {\"userId\":\"smelter-b\"}",
                "delegate {\"userId\":\"smelter-b\"}",
                "bpmnError {\"errorCode\":\"x\"}",
                "bpmnEscalation {\"escalationCode\":\"x\"}",
                "identity-links {\"groupId\":\"smelter.org-nova\",\"type\":\"candidate\"}",
                "comment/create {\"message\":\"hello\"}",
                "localVariables {\"modifications\":{\"x\":{\"value\":\"y\"}}}",
                "variables {\"modifications\":{\"x\":{\"value\":\"y\"}}}"
            })
    void theOtherSmelterChangesNothing(String call) throws Exception {
        int space = call.indexOf(' ');
        HttpResponse<String> answer =
                post("smelter-b", "/engine-rest/task/{task}/" + call.substring(0, space), call.substring(space + 1));
        assertThat(answer.statusCode()).as(call + " " + answer.body()).isIn(403, 404);
        assertThat(as("smelter").task("task_answer").getAssignee()).isNull();
    }

    @Test
    void nobodyGivesARunningCaseAnotherNumber() throws Exception {
        for (String door :
                List.of("/engine-rest/process-instance/{instance}/variables", "/engine-rest/task/{task}/variables")) {
            for (String body : List.of(
                    "{\"modifications\":{\"caseNumber\":{\"value\":\"R-2026-0001\",\"type\":\"String\"}}}",
                    "{\"deletions\":[\"caseNumber\"]}")) {
                HttpResponse<String> answer = post("admin", door, body);
                assertThat(answer.statusCode()).as(door + body + answer.body()).isEqualTo(400);
                assertThat(answer.body()).contains("keeps its number");
            }
        }
        assertThat(post(
                                "admin",
                                "/engine-rest/process-instance/{instance}/variables",
                                "{\"modifications\":{\"shownFact\":{\"value\":\"yes\",\"type\":\"String\"}}}")
                        .statusCode())
                .isEqualTo(204);
    }

    /** An administrator may hand a task to somebody of the party; nobody else becomes party to the case by it. */
    @Test
    void whoeverAnAdministratorNamesIsStillToBeOfTheParty() throws Exception {
        for (String call : List.of(
                "assignee {\"userId\":\"smelter-b\"}",
                "identity-links {\"userId\":\"smelter-b\",\"type\":\"candidate\"}")) {
            int space = call.indexOf(' ');
            assertThat(post("admin", "/engine-rest/task/{task}/" + call.substring(0, space), call.substring(space + 1))
                            .statusCode())
                    .as(call)
                    .isEqualTo(204);
            for (String path : List.of("/engine-rest/task/{task}", "/engine-rest/task/{task}/form-variables")) {
                assertThat(get("smelter-b", path).statusCode())
                        .as(call + " " + path)
                        .isIn(403, 404);
            }
            assertThat(post("smelter-b", "/engine-rest/task/{task}/submit-form", "{}")
                            .statusCode())
                    .as(call)
                    .isIn(403, 404);
            assertThat(json(get("smelter-b", "/engine-rest/task?processInstanceBusinessKey=R-2026-9001")))
                    .as(call)
                    .isEmpty();
        }
        assertThat(post("admin", "/engine-rest/task/{task}/assignee", "{\"userId\":\"smelter\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(json(get("smelter", "/engine-rest/task?processInstanceBusinessKey=R-2026-9001")))
                .hasSize(1);
    }

    /** Whose task it is says the model: a group that somebody writes beside it would make a company party to a case. */
    @Test
    void nobodyGivesATaskToAnotherGroupOrTakesItFromIts() throws Exception {
        for (String call : List.of(
                "identity-links {\"groupId\":\"smelter.org-nova\",\"type\":\"candidate\"}",
                "identity-links/delete {\"groupId\":\"smelter.org-luma\",\"type\":\"candidate\"}")) {
            int space = call.indexOf(' ');
            HttpResponse<String> answer =
                    post("admin", "/engine-rest/task/{task}/" + call.substring(0, space), call.substring(space + 1));
            assertThat(answer.statusCode()).as(call + answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("a person of the group is named instead");
        }
        assertThat(json(get("smelter-b", "/engine-rest/task?processInstanceBusinessKey=R-2026-9001")))
                .isEmpty();
        assertThat(json(get("smelter", "/engine-rest/task?processInstanceBusinessKey=R-2026-9001")))
                .hasSize(1);
    }

    /** As an administrator could before, and whoever has the database still can. */
    @Test
    void aGroupThatStandsOnATaskAndNowhereInItsCaseOpensItForNobody() throws Exception {
        taskService.addCandidateGroup(taskId, "smelter.org-nova");
        for (String path : List.of("", "/form-variables", "/variables", "/deployed-form")) {
            assertThat(get("smelter-b", "/engine-rest/task/{task}" + path).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        for (String call : List.of("claim {\"userId\":\"smelter-b\"}", "complete {}", "submit-form {}")) {
            String[] parts = call.split(" ", 2);
            assertThat(post("smelter-b", "/engine-rest/task/{task}/" + parts[0], parts[1])
                            .statusCode())
                    .as(call)
                    .isEqualTo(403);
        }
        assertThat(get("smelter", "/engine-rest/task/{task}/form-variables").statusCode())
                .isEqualTo(200);
    }

    /** Whoever takes over answers before they are party: the process names them. */
    @Test
    void whoeverTheProcessNamesAnswersBeforeTheyAreParty() throws Exception {
        taskService.addCandidateGroup(taskId, "smelter.org-nova");
        runtimeService.setVariable(processInstanceId, "successor", "org-nova");
        assertThat(get("smelter-b", "/engine-rest/task/{task}/form-variables").statusCode())
                .isEqualTo(200);
    }

    /** Roles that a provider's token claims reach the engine as those of this one request. */
    @Test
    void claimedRolesBesideTheOverseersReadNoAnswersOfOthersEither() {
        for (List<String> claimed : List.of(
                List.of("overseer"), List.of("overseer", "smelter", "org-nova"), List.of("smelter", "org-nova"))) {
            assertThatThrownBy(() -> by(claimed, () -> formService.getTaskFormVariables(taskId)))
                    .as(claimed.toString())
                    .isInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> by(claimed, () -> taskService.getVariables(taskId)))
                    .as(claimed.toString())
                    .isInstanceOf(AuthorizationException.class);
            assertThat(by(claimed, () -> runtimeService
                            .createVariableInstanceQuery()
                            .taskIdIn(taskId)
                            .list()))
                    .isEmpty();
        }
        assertThat(by(List.of("overseer", "smelter", "org-luma"), () -> formService.getTaskFormVariables(taskId)))
                .containsKey("shownFact");
    }

    private <T> T by(List<String> claimed, Supplier<T> act) {
        identityService.setAuthentication("somebody-by-claims", claimed);
        try {
            return act.get();
        } finally {
            identityService.clearAuthentication();
        }
    }

    /** The right of a role to read what its tasks show is not one to read what all tasks show. */
    @Test
    void whoeverOverseesAndHasARoleBesidesReadsNoAnswersOfOthers() throws Exception {
        String both = "overseer-and-smelter-b";
        User user = identityService.newUser(both);
        user.setPassword(both);
        identityService.saveUser(user);
        try {
            List.of("overseer", "smelter", "org-nova").forEach(group -> identityService.createMembership(both, group));
            for (String path : List.of(
                    "/engine-rest/task/{task}/form-variables",
                    "/engine-rest/task/{task}/variables",
                    "/engine-rest/task/{task}/variables/shownFact",
                    "/engine-rest/task/{task}/localVariables")) {
                HttpResponse<String> answer = get(both, path);
                assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(403);
            }
            assertThat(get(both, "/engine-rest/task/{task}").statusCode()).isEqualTo(200);
        } finally {
            identityService.deleteUser(both);
        }
    }

    /** From a number that grows a company learns that somebody complained. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/process-definition/statistics?failedJobs=true",
                "/engine-rest/process-definition/key/remedy-case/statistics",
                "/engine-rest/engine/default/process-definition/statistics",
                "/engine-rest/deployment/statistics",
                "/engine-rest/process-definition?incidentType=failedJob",
                "/engine-rest/process-definition/count?incidentMessageLike=%25a%25",
                "/engine-rest/history/task/report?reportType=count"
            })
    void whoeverWorksOnCasesCountsNone(String path) throws Exception {
        for (String user : List.of("smelter", "smelter-b", "member-ngo", "audit-programme", "partner")) {
            assertThat(get(user, path).statusCode()).as(user).isEqualTo(403);
        }
    }

    @Test
    void aTaskIsClaimedForOneselfReleasedAndCompletedByWhoHasIt() throws Exception {
        assertThat(post("smelter", "/engine-rest/task/{task}/claim", "{\"userId\":\"admin\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("smelter", "/engine-rest/task/{task}/claim", "{\"userId\":\"smelter\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(post("smelter", "/engine-rest/task/{task}/unclaim", "{}").statusCode())
                .isEqualTo(204);
        assertThat(as("smelter").task("task_answer").getAssignee()).isNull();
        assertThat(post("smelter", "/engine-rest/task/{task}/complete", "{}").statusCode())
                .isEqualTo(204);
        assertThat(isEnded(processInstanceId)).isTrue();
        assertThat(historyService
                        .createHistoricTaskInstanceQuery()
                        .taskId(taskId)
                        .singleResult()
                        .getAssignee())
                .as("whoever completes an unclaimed task is on record")
                .isEqualTo("smelter");
    }

    @Test
    void aColleagueDoesNotCompleteWhatSomebodyClaimed() {
        taskService.setAssignee(taskId, "somebody-else");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> actingAs("smelter", () -> {
                    taskService.complete(taskId);
                    return taskId;
                }))
                .hasMessageContaining("Somebody else has claimed this task");
    }

    @Test
    void caseRolesDeployNothingAndStartOnlyWhatIsTheirs() throws Exception {
        assertThat(post("smelter", "/engine-rest/deployment/create", "{}").statusCode())
                .isEqualTo(403);
        assertThat(post("admin", "/engine-rest/deployment/create", "{}").statusCode())
                .isEqualTo(403);
        assertThat(post("smelter", "/engine-rest/process-definition/key/guard-probe/start", "{}")
                        .statusCode())
                .isIn(403, 404);
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processDefinitionKey("guard-probe")
                        .count())
                .isEqualTo(1);
        assertThat(post("smelter", "/engine-rest/message", "{\"messageName\":\"grievance-received\"}")
                        .statusCode())
                .isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/task {\"orQueries\":[{\"assigneeExpression\":\"%s\"}]}",
                "/engine-rest/task/count {\"orQueries\":[{\"assigneeExpression\":\"%s\"}]}",
                "/engine-rest/task {\"assigneeExpression\":\"%s\"}",
                "/engine-rest/filter/{filter}/list {\"orQueries\":[{\"assigneeExpression\":\"%s\"}]}",
                "/engine-rest/filter/{filter}/count {\"assigneeExpression\":\"%s\"}"
            })
    void nobodyRunsCodeByAQuery(String call) throws Exception {
        String filter = filter("All open");
        int space = call.indexOf(' ');
        for (String user : new String[] {"smelter-b", "partner", "admin"}) {
            for (String expression :
                    new String[] {"${'alice'}", "${parties.add('R-2026-9001','smelter','org-nova') == null ? 'a' : 'b'}"
                    }) {
                HttpResponse<String> answer = post(
                        user,
                        call.substring(0, space).replace("{filter}", filter),
                        call.substring(space + 1).formatted(expression));
                assertThat(answer.statusCode())
                        .as(user + " " + call + " " + answer.body())
                        .isIn(400, 403, 404);
            }
        }
        assertThat(parties.organisations("R-2026-9001", "smelter")).containsExactly("org-luma");
    }

    @Test
    void nobodySendsARawMessageAroundTheForms() throws Exception {
        for (String user : new String[] {"downstream", "audit-programme", "smelter", "partner"}) {
            assertThat(post(
                                    user,
                                    "/engine-rest/message",
                                    "{\"messageName\":\"grievance-received\",\"processVariables\":{\"verificationOutcome\":{\"value\":\"SUBSTANTIATED\"}}}")
                            .statusCode())
                    .as(user)
                    .isIn(400, 403);
        }
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processDefinitionKey("remedy-case")
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/engine",
                "/engine-rest/task",
                "/api/grievances",
                "/api/anything",
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/app/admin/default/setup/",
                "/h2-console",
                "/actuator/env",
                "/something-else"
            })
    void withoutSigningInNobodyGetsIn(String path) throws Exception {
        assertThat(get(null, path).statusCode()).isIn(401, 403);
        assertThat(post(null, path, "{}").statusCode()).isIn(401, 403);
    }

    @Test
    void healthIsForEverybody() throws Exception {
        assertThat(get(null, "/actuator/health").statusCode()).isEqualTo(200);
    }

    @Test
    void cockpitIsNotForCaseRoles() {
        assertThat(authorizedFor("smelter", "cockpit")).isFalse();
        assertThat(authorizedFor("smelter", "tasklist")).isTrue();
        assertThat(authorizedFor("overseer", "cockpit")).isTrue();
        assertThat(authorizedFor("partner", "tasklist")).isFalse();
    }

    private boolean authorizedFor(String user, String app) {
        var groups = identityService.createGroupQuery().groupMember(user).list().stream()
                .map(org.camunda.bpm.engine.identity.Group::getId)
                .toList();
        return engine.getAuthorizationService()
                .isUserAuthorized(
                        user,
                        groups,
                        org.camunda.bpm.engine.authorization.Permissions.ACCESS,
                        org.camunda.bpm.engine.authorization.Resources.APPLICATION,
                        app);
    }

    private HttpResponse<String> get(@Nullable String user, String path) throws IOException, InterruptedException {
        return send(user, path, HttpRequest.newBuilder().GET());
    }

    private HttpResponse<String> post(@Nullable String user, String path, String body)
            throws IOException, InterruptedException {
        return send(
                user,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(@Nullable String user, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        request.uri(URI.create(
                "http://localhost:" + port + path.replace("{task}", taskId).replace("{instance}", processInstanceId)));
        if (user != null) {
            String basic = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + basic);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
