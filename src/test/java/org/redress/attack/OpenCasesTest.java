package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a bare engine lets be read and done: what was told in a form, in the lists of variables and in the history of forms; and
 * a task of somebody else. The same on the product, where {@code VaultTest} and {@code WhoMayActTest} try each door.
 */
@SuppressWarnings("NullAway.Init")
class OpenCasesTest extends AttackTest {

    private static final String CASE = "R-2026-9301";
    private static final String SECRET = "They come at night, by the south gate";

    private static final String FORM =
            """
            {"id": "open-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "textfield", "id": "f1", "key": "openSecret", "label": "What?",
                "properties": {"audience": "smelter"}}]}
            """;

    /** Where a person's words lie in the engine, as its REST shows it. */
    private static final List<String> LISTS = List.of(
            "/engine-rest/variable-instance?processInstanceIdIn=%s",
            "/engine-rest/history/variable-instance?processInstanceId=%s",
            "/engine-rest/history/detail?processInstanceId=%s");

    @Autowired
    private Parties parties;

    @Autowired
    private JdbcClient jdbc;

    private String instance;

    private static String model(String attributes) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="attack">
                  <process id="open-probe" isExecutable="true" camunda:historyTimeToLive="P1D">
                    <startEvent id="start"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="tell"/>
                    <userTask id="tell" name="Tell" %s/>
                    <sequenceFlow id="f2" sourceRef="tell" targetRef="wait"/>
                    <userTask id="wait" name="Wait" %s/>
                  </process>
                </definitions>
                """
                .formatted(attributes, attributes);
    }

    @BeforeEach
    void aCaseOfLuma() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("open-probe.form", FORM)
                .addString(
                        "open-probe.bpmn",
                        model("camunda:formRef=\"open-probe\" camunda:formRefBinding=\"deployment\""
                                + " camunda:candidateGroups=\"${parties.group(execution, 'smelter')}\"")));
        parties.add(CASE, "smelter", "org-luma");
        instance = start("open-probe", CASE, Map.of()).getId();
    }

    @AfterEach
    void nothingStays() {
        jdbc.sql("delete from case_party where case_number = ?").param(CASE).update();
    }

    private static String begunOnTheBareEngine() {
        Caller anybody = onTheBareEngine();
        anybody.deploy("/engine-rest", "open-probe.bpmn", model("camunda:candidateGroups=\"smelter.org-luma\""));
        return JsonPath.parse(anybody.post("/engine-rest/process-definition/key/open-probe/start", "{}")
                        .body())
                .read("$.id");
    }

    private static String taskOf(Caller caller, String processInstance) {
        return JsonPath.parse(caller.get("/engine-rest/task?processInstanceId=" + processInstance)
                        .body())
                .read("$[0].id");
    }

    private static String told() {
        return "{\"variables\":{\"openSecret\":{\"value\":\"" + SECRET + "\"}}}";
    }

    @Test
    void ofABareEngineEverybodyReadsWhatWasTold() {
        String begun = begunOnTheBareEngine();
        Caller anybody = onTheBareEngine();
        assertThat(anybody.post("/engine-rest/task/" + taskOf(anybody, begun) + "/submit-form", told())
                        .statusCode())
                .isEqualTo(204);
        for (String list : LISTS) {
            assertThat(anybody.get(list.formatted(begun)).body()).as(list).contains(SECRET);
        }
        List<String> fields = JsonPath.parse(
                        anybody.get(LISTS.get(2).formatted(begun)).body())
                .read("$[?(@.type=='formField')].fieldValue");
        assertThat(fields).as("the history of forms has it once more").contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\":\"%s\"}", "{\"value\":\"%s\",\"type\":\"String\"}"})
    void ofTheProductNotEvenAnAdministratorDoes(String value) {
        Caller smelter = signedInAs("smelter");
        HttpResponse<String> sent = smelter.post(
                "/engine-rest/task/" + taskOf(smelter, instance) + "/submit-form",
                "{\"variables\":{\"openSecret\":" + value.formatted(SECRET) + "}}");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
        for (String list : LISTS) {
            assertThat(signedInAs("admin").get(list.formatted(instance)).body())
                    .as(list)
                    .contains("openSecret")
                    .doesNotContain(SECRET);
        }
        assertThat(smelter.get("/engine-rest/task/" + taskOf(smelter, instance) + "/form-variables")
                        .body())
                .as("whom it is for")
                .contains(SECRET);
    }

    @Test
    void ofABareEngineEverybodyOpensAndCompletesATaskThatSomebodyElseHas() {
        String begun = begunOnTheBareEngine();
        Caller anybody = onTheBareEngine();
        String task = taskOf(anybody, begun);
        anybody.post("/engine-rest/task/" + task + "/claim", "{\"userId\":\"luma\"}");
        assertThat(anybody.get("/engine-rest/task/" + task).body()).contains("\"assignee\":\"luma\"");
        assertThat(anybody.get("/engine-rest/task/" + task + "/form-variables").statusCode())
                .isEqualTo(200);
        assertThat(anybody.post("/engine-rest/task/" + task + "/complete", told())
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smelter-b", "legal", "partner"})
    void ofTheProductNobodyDoesWhoseTaskItIsNot(String user) {
        String task = taskOf(signedInAs("smelter"), instance);
        Caller other = signedInAs(user);
        for (HttpResponse<String> answer : List.of(
                other.get("/engine-rest/task/" + task),
                other.get("/engine-rest/task/" + task + "/form-variables"),
                other.post("/engine-rest/task/" + task + "/claim", "{\"userId\":\"" + user + "\"}"),
                other.post("/engine-rest/task/" + task + "/complete", told()))) {
            assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
        }
        assertThat(taskOf(signedInAs("smelter"), instance)).isEqualTo(task);
    }
}
