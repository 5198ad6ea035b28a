package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.batch.Batch;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case, its model or its record made to vanish by whoever has every right. */
class NothingIsLostTest extends AttackTest {

    @Test
    void ofABareEngineOneRequestDeletesAModelWithItsCasesAndTheirHistory() {
        String instance = caseOnTheBareEngine("to-lose", "", "{}");
        Caller anybody = onTheBareEngine();
        String deployment = JsonPath.parse(
                        anybody.get("/engine-rest/deployment?name=attack&sortBy=deploymentTime&sortOrder=desc")
                                .body())
                .read("$[0].id");
        assertThat(anybody.send("DELETE", "/engine-rest/deployment/" + deployment + "?cascade=true", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(anybody.get("/engine-rest/history/process-instance/" + instance)
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /deployment/{deployment}?cascade=true",
                "DELETE /deployment/{deployment}?cascade=true&skipCustomListeners=true",
                "DELETE /process-definition/{definition}?cascade=true",
                "DELETE /process-definition/key/remedy-case?cascade=true",
                "DELETE /process-instance/{case}",
                "DELETE /process-instance/{case}?skipCustomListeners=true",
                "POST /process-instance/delete {\"processInstanceIds\":[\"{case}\"]}",
                "POST /process-instance/delete-historic-query-based {\"historicProcessInstanceQuery\":{\"processDefinitionKey\":\"remedy-case\"}}",
                "DELETE /history/process-instance/{case}/variable-instances",
                "POST /history/process-instance/delete {\"historicProcessInstanceIds\":[\"{case}\"]}",
                "POST /history/process-instance/set-removal-time {\"absoluteRemovalTime\":\"2020-01-01T00:00:00.000+0000\",\"historicProcessInstanceIds\":[\"{case}\"]}",
                "PUT /process-definition/{definition}/history-time-to-live {\"historyTimeToLive\":0}",
                "POST /process-instance/{case}/modification {\"skipCustomListeners\":true,\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /process-instance/{case}/modification {\"skipIoMappings\":true,\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /modification/execute {\"processDefinitionId\":\"{definition}\",\"skipCustomListeners\":true,\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}],\"processInstanceIds\":[\"{case}\"]}",
                "POST /process-instance/{case}/modification {\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /process-instance/{case}/modification {\"instructions\":[{\"type\":\"cancel\",\"activityInstanceId\":\"{step}\"}]}",
                "POST /process-instance/{case}/modification {\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"},{\"type\":\"startBeforeActivity\",\"activityId\":\"{end}\"}]}",
                "POST /process-instance/{case}/modification {\"annotation\":\"Her name is Anna\",\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /process-instance/{case}/modification-async {\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /modification/execute {\"processDefinitionId\":\"{definition}\",\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}],\"processInstanceIds\":[\"{case}\"]}",
                "POST /modification/executeAsync {\"processDefinitionId\":\"{definition}\",\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"call_verifyAllegation\"}],\"processInstanceIds\":[\"{case}\"]}",
                "POST /process-instance/variables-async {\"processInstanceIds\":[\"{case}\"],\"variables\":{\"urgency\":{\"value\":\"NORMAL\",\"type\":\"String\"}}}",
                "POST /process-instance/message-async {\"processInstanceIds\":[\"{case}\"],\"messageName\":\"complaint-withdrawn\"}",
                "POST /process-instance/job-retries {\"processInstances\":[\"{case}\"],\"retries\":0}",
                "POST /job/retries {\"jobIds\":[\"{case}\"],\"retries\":0}",
                "POST /process-instance/suspended-async {\"processInstanceIds\":[\"{case}\"],\"suspended\":true}",
                "PUT /process-instance/suspended {\"processInstanceIds\":[\"{case}\"],\"suspended\":true}",
                "PUT /process-instance/suspended {\"processDefinitionKey\":\"remedy-case\",\"suspended\":true}",
                "POST /process-definition/{definition}/restart {\"processInstanceIds\":[\"{case}\"],\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /process-definition/{definition}/restart-async {\"processInstanceIds\":[\"{case}\"],\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\"}]}",
                "POST /migration/execute {\"migrationPlan\":{\"sourceProcessDefinitionId\":\"{definition}\",\"targetProcessDefinitionId\":\"{definition}\",\"instructions\":[]},\"processInstanceIds\":[\"{case}\"]}",
                "POST /migration/executeAsync {\"migrationPlan\":{\"sourceProcessDefinitionId\":\"{definition}\",\"targetProcessDefinitionId\":\"{definition}\",\"instructions\":[]},\"processInstanceIds\":[\"{case}\"]}",
                "PUT /process-definition/suspended {\"processDefinitionKey\":\"report-to-case\",\"suspended\":true}",
                "PUT /process-definition/{definition}/suspended {\"suspended\":true,\"includeProcessInstances\":true}",
                "PUT /job-definition/suspended {\"processDefinitionKey\":\"remedy-case\",\"suspended\":true}",
                "POST /message {\"messageName\":\"complaint-withdrawn\",\"processInstanceId\":\"{case}\"}",
                "POST /signal {\"name\":\"anything\"}",
                "PUT /task/{task} {\"name\":\"The victim is Anna\"}",
                "PUT /task/{task} {\"name\":null,\"description\":\"The victim is Anna\"}",
                "PUT /task/{task} {\"caseInstanceId\":\"The victim is Anna\"}",
                "PUT /task/{task} {\"owner\":\"The victim is Anna\"}",
                "POST /task/{task}/assignee {\"userId\":\"The victim is Anna\"}",
                "POST /task/{task}/claim {\"userId\":\"The victim is Anna\"}",
                "POST /task/{task}/delegate {\"userId\":\"The victim is Anna\"}",
                "POST /task/{task}/identity-links {\"userId\":\"The victim is Anna\",\"type\":\"candidate\"}",
                "POST /task/{task}/identity-links {\"userId\":\"admin\",\"type\":\"The victim is Anna\"}",
                "POST /process-instance/{case}/modification {\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\",\"variables\":{\"urgency\":{\"value\":\"NORMAL\",\"type\":\"String\"}}}]}",
                "PUT /process-instance/{case}/suspended {\"suspended\":true}",
                "PUT /job/suspended {\"processDefinitionKey\":\"verify-allegation\",\"suspended\":true}",
                "PUT /job/{job}/suspended {\"suspended\":true}",
                "DELETE /job/{job}",
                "PUT /job-definition/{jobDefinition}/retries {\"retries\":1}"
            })
    void ofTheProductNotEvenAnAdministratorDoes(String attack) {
        String instance = newCase();
        String definition = runtimeService
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
        String deployment = repositoryService.getProcessDefinition(definition).getDeploymentId();
        String[] parts = attack.replace("{case}", instance)
                .replace("{definition}", definition)
                .replace("{deployment}", deployment)
                .replace("{step}", step(instance))
                .replace("{task}", openTask(instance))
                .replace("{jobDefinition}", job(instance).getJobDefinitionId())
                .replace("{job}", job(instance).getId())
                .replace("{end}", end(definition))
                .split(" ", 3);
        Caller byPassword = signedInAs("admin");
        Caller inCockpit = asNobody();
        inCockpit.signIn("cockpit", "admin", "admin");
        List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(call(byPassword, parts[0], "/engine-rest" + parts[1], parts));
        answers.add(call(inCockpit, parts[0], "/camunda/api/engine/engine/default" + parts[1], parts));
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403, 404, 500));
        assertThat(answers.get(0).statusCode()).as(answers.get(0).body()).isEqualTo(403);
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isEqualTo(1);
        assertThat(historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .variableName("whereCountry")
                        .count())
                .isEqualTo(1);
        assertThat(historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getRemovalTime())
                .isNull();
        assertThat(managementService.createBatchQuery().count()).isZero();
    }

    @Test
    void ofABareEngineOneModificationEndsACase() {
        String instance = caseOnTheBareEngine("to-end", "", "{}");
        Caller anybody = onTheBareEngine();
        assertThat(anybody.post(
                                "/engine-rest/process-instance/" + instance + "/modification",
                                "{\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"task\"}]}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(anybody.get("/engine-rest/process-instance/" + instance).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoeverMovesACaseIsOnItsTrailWithWhatTheyCancelledAndBegan() {
        String instance = newCase();
        String caseNumber = (String) runtimeService.getVariable(instance, "caseNumber");
        assertThat(signedInAs("admin")
                        .post(
                                "/engine-rest/process-instance/" + instance + "/modification",
                                "{\"instructions\":[{\"type\":\"cancel\",\"activityInstanceId\":\"" + step(instance)
                                        + "\"},{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\"}]}")
                        .statusCode())
                .isEqualTo(204);
        List<Map<String, Object>> lines = JsonPath.parse(signedInAs("dpo")
                        .get("/api/audit?caseNumber=" + caseNumber)
                        .body())
                .read("$.lines[?(@.by == 'admin' && @.what =~ /.*ModifyProcessInstance/)].facts.changed");
        assertThat(lines)
                .containsExactly(Map.of(
                        "cancelled", Map.of("is", "call_verifyAllegation"),
                        "started", Map.of("is", "call_verifyAllegation")));
    }

    /** A letter on its way to an end asks nobody: whoever stands there has ended the step, a moment later. */
    @Test
    void nobodyMovesACaseToWhereItEndsByItself() {
        String instance = called(newCase());
        ActivityInstance running = runtimeService.getActivityInstance(instance);
        String cancelled = Stream.concat(
                        Stream.of(running.getChildActivityInstances())
                                .map(step -> "\"activityInstanceId\":\"" + step.getId()),
                        Stream.of(running.getChildTransitionInstances())
                                .map(step -> "\"transitionInstanceId\":\"" + step.getId()))
                .map(step -> "{\"type\":\"cancel\"," + step + "\"},")
                .collect(Collectors.joining());
        HttpResponse<String> answer = signedInAs("admin")
                .post(
                        "/engine-rest/process-instance/" + instance + "/modification",
                        "{\"instructions\":[" + cancelled
                                + "{\"type\":\"startBeforeActivity\",\"activityId\":\"task_tellSubstantiated\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("This would end a running process");
        assertThat(runtimeService.getActiveActivityIds(instance))
                .contains("task_safetyTriage")
                .doesNotContain("task_tellSubstantiated");
    }

    /** What was suspended before nobody could any more, goes on by hand. */
    @Test
    void whatIsSuspendedGoesOnByHand() {
        String instance = newCase();
        runtimeService.suspendProcessInstanceById(instance);
        HttpResponse<String> answer = signedInAs("admin")
                .put("/engine-rest/process-instance/" + instance + "/suspended", "{\"suspended\":false}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private String called(String instance) {
        return runtimeService
                .createProcessInstanceQuery()
                .superProcessInstanceId(instance)
                .singleResult()
                .getId();
    }

    private Job job(String instance) {
        return managementService
                .createJobQuery()
                .processInstanceId(called(instance))
                .list()
                .get(0);
    }

    /** What runs in the case, as the engine calls it. */
    private String step(String instance) {
        return runtimeService
                .getActivityInstance(instance)
                .getChildActivityInstances()[0]
                .getId();
    }

    /** A task of what the case called. */
    private String openTask(String instance) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getBusinessKey())
                .list()
                .get(0)
                .getId();
    }

    @Test
    void ofABareEngineABatchChangesACaseInNobodysName() {
        String instance = caseOnTheBareEngine("to-change", "", "{}");
        Caller anybody = onTheBareEngine();
        HttpResponse<String> batch = anybody.post(
                "/engine-rest/process-instance/variables-async",
                "{\"processInstanceIds\":[\"" + instance
                        + "\"],\"variables\":{\"urgency\":{\"value\":\"NORMAL\",\"type\":\"String\"}}}");
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
        assertThat(anybody.get("/engine-rest/history/user-operation?processInstanceId=" + instance)
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void aTaskKeepsItsNameWhereADateIsSetByWhoeverSendsNothingElse() {
        String task = openTask(newCase());
        String name = taskService.createTaskQuery().taskId(task).singleResult().getName();
        HttpResponse<String> answer =
                signedInAs("admin").put("/engine-rest/task/" + task, "{\"followUp\":\"2026-03-01T12:00:00.000+0000\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(taskService.createTaskQuery().taskId(task).singleResult())
                .satisfies(kept -> assertThat(kept.getName()).isEqualTo(name))
                .satisfies(kept -> assertThat(kept.getFollowUpDate()).isNotNull());
    }

    /** An end of the case's model. */
    private String end(String definition) {
        return repositoryService
                .getBpmnModelInstance(definition)
                .getModelElementsByType(Process.class)
                .iterator()
                .next()
                .getChildElementsByType(EndEvent.class)
                .iterator()
                .next()
                .getId();
    }

    @Test
    void theJobsOfNoCaseAreTheAdministratorsAlone() {
        Batch batch = runtimeService
                .updateProcessInstanceSuspensionState()
                .byProcessInstanceIds(newCase())
                .suspendAsync();
        try {
            Job job = managementService
                    .createJobQuery()
                    .jobDefinitionId(batch.getSeedJobDefinitionId())
                    .singleResult();
            for (String user : List.of("smelter", "overseer", "partner")) {
                assertThatThrownBy(() -> actingAs(user, () -> {
                            managementService.executeJob(job.getId());
                            return user;
                        }))
                        .as(user)
                        .isInstanceOf(AuthorizationException.class);
                assertThatThrownBy(() -> actingAs(user, () -> {
                            managementService.deleteJob(job.getId());
                            return user;
                        }))
                        .as(user)
                        .isInstanceOf(AuthorizationException.class);
                for (String call : List.of("suspended {\"suspended\":true}", "retries {\"retries\":0}")) {
                    String[] parts = call.split(" ", 2);
                    assertThat(signedInAs(user)
                                    .put("/engine-rest/job/" + job.getId() + "/" + parts[0], parts[1])
                                    .statusCode())
                            .as(user + " " + call)
                            .isEqualTo(403);
                }
            }
            assertThat(managementService
                            .createJobQuery()
                            .jobId(job.getId())
                            .active()
                            .count())
                    .isEqualTo(1);
        } finally {
            managementService.deleteBatch(batch.getId(), true);
        }
    }

    private static HttpResponse<String> call(Caller caller, String method, String path, String[] parts) {
        List<String> headers = new ArrayList<>(List.of(caller.token()));
        if (parts.length > 2) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        return caller.send(method, path, parts.length > 2 ? parts[2] : null, headers.toArray(String[]::new));
    }
}
