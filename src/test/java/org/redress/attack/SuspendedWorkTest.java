package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;

/**
 * Nobody suspends a case or a model any more; one may be from before, or by code. Whoever works on it then, or files, hears that
 * in a sentence, keeps what they wrote, and enters the same when it goes on.
 */
class SuspendedWorkTest extends AttackTest {

    private static final String GRIEVANCE =
            """
            {"channel":"PARTNER_SYSTEM","reporterType":"NGO","anonymous":false,"language":"en",
             "whatHappened":"Children carry bags at the depot.","where":{"country":"CD"},"ongoing":"UNKNOWN",
             "exploitationTypes":["WORST_FORM_CHILD_LABOUR"],"childrenInvolved":true,"fearOfRetaliation":"LOW",
             "consentToShareIdentity":"NONE"}
            """;

    private static final String CREDIBLE =
            """
            {"variables":{
              "sourceClass":{"value":"NGO","type":"String"},"specificity":{"value":4,"type":"Integer"},
              "corroborations":{"value":1,"type":"Integer"},"factsDisproved":{"value":"NO","type":"String"},
              "conflictOfInterest":{"value":"NO","type":"String"},
              "credibilityJudgement":{"value":"CREDIBLE","type":"String"},
              "credibilityReason":{"value":"A known organisation tells who, what, where and when.","type":"String"}}}
            """;

    private static final String NEW_FACTS =
            """
            {"variables":{"caseNumber":{"value":"R-2026-0001","type":"String"},
              "newInformation":{"value":"There is a second depot by the river.","type":"String"}}}
            """;

    @Test
    void ofABareEngineWorkOnWhatIsSuspendedIsAFaultOfTheServer() {
        Caller anybody = onTheBareEngine();
        anybody.deploy("/engine-rest", "to-suspend.bpmn", model("to-suspend", "", "", ""));
        anybody.put(
                "/engine-rest/process-definition/suspended",
                "{\"processDefinitionKey\":\"to-suspend\",\"suspended\":true}");
        assertThat(anybody.post("/engine-rest/process-definition/key/to-suspend/start", "{}")
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void whoeverWorksOnASuspendedCaseHearsThatAtBothDoorsAndEntersTheSameLater() {
        Task screening = screening();
        Caller inTasklist = asNobody();
        inTasklist.signIn("tasklist", "downstream", "downstream");
        String task = "/task/" + screening.getId();
        suspend(screening.getProcessInstanceId());
        for (String way : List.of("/submit-form", "/complete", "/claim")) {
            String body = way.equals("/claim") ? "{\"userId\":\"downstream\"}" : CREDIBLE;
            isToldSo(signedInAs("downstream").post("/engine-rest" + task + way, body));
            isToldSo(inTasklist.post("/camunda/api/engine/engine/default" + task + way, body, inTasklist.token()));
        }
        assertThat(taskService
                        .createTaskQuery()
                        .taskId(screening.getId())
                        .singleResult()
                        .getAssignee())
                .as("nothing of it happened")
                .isNull();

        runtimeService.activateProcessInstanceById(screening.getProcessInstanceId());
        HttpResponse<String> later = signedInAs("downstream").post("/engine-rest" + task + "/submit-form", CREDIBLE);
        assertThat(later.statusCode()).as(later.body()).isEqualTo(204);
    }

    @Test
    void whoeverBeginsWhatIsSuspendedHearsThatToo() {
        repositoryService.suspendProcessDefinitionByKey("reopen-case");
        try {
            for (String way : List.of("/start", "/submit-form")) {
                isToldSo(signedInAs("admin").post("/engine-rest/process-definition/key/reopen-case" + way, NEW_FACTS));
            }
        } finally {
            repositoryService.activateProcessDefinitionByKey("reopen-case");
        }
    }

    /** The key is free again: the same request opens the one case, later. */
    @Test
    void whoeverFilesByASuspendedModelIsAskedToSendTheSameAgain() {
        PartnerCalls partner = new PartnerCalls(port);
        String key = UUID.randomUUID().toString();
        repositoryService.suspendProcessDefinitionByKey("remedy-case");
        try {
            isAskedToRepeat(partner.file("partner", "/api/grievances", key, GRIEVANCE));
        } finally {
            repositoryService.activateProcessDefinitionByKey("remedy-case");
        }
        HttpResponse<String> filed = partner.file("partner", "/api/grievances", key, GRIEVANCE);
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        String caseNumber = JsonPath.parse(filed.body()).read("$.caseNumber");

        String event = "{\"eventKind\":\"NEW_INFORMATION\",\"newInformation\":\"There is a second depot.\"}";
        String second = UUID.randomUUID().toString();
        String path = "/api/grievances/" + caseNumber + "/events";
        repositoryService.suspendProcessDefinitionByKey("report-to-case");
        try {
            isAskedToRepeat(partner.file("partner", path, second, event));
        } finally {
            repositoryService.activateProcessDefinitionByKey("report-to-case");
        }
        HttpResponse<String> told = partner.file("partner", path, second, event);
        assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    }

    private Task screening() {
        String instance = newCase();
        fireDueJobs();
        String caseNumber = (String) runtimeService.getVariable(instance, "caseNumber");
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey("task_screenCredibility")
                .singleResult();
    }

    private void suspend(String instance) {
        runtimeService.suspendProcessInstanceById(instance);
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .suspended()
                        .list())
                .extracting(ProcessInstance::getId)
                .containsExactly(instance);
    }

    private static void isToldSo(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        Map<String, Object> said = JsonPath.parse(answer.body()).read("$");
        assertThat(String.valueOf(said.get("message")))
                .contains("is suspended at the moment", "nothing of what you sent was entered")
                .doesNotContain("ENGINE-", "Exception");
    }

    private static void isAskedToRepeat(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("300");
        assertThat(answer.body())
                .contains("urn:redress:problem:suspended", "nothing was stored", "same Idempotency-Key")
                .doesNotContain("bags", "depot");
    }
}
