package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is code: whoever deploys one owns the machine. */
class ModelsFromOutsideTest extends AttackTest {

    private static final String SCRIPT =
            """
            <sequenceFlow id="f2" sourceRef="task" targetRef="script"/>
            <scriptTask id="script" scriptFormat="%s" camunda:resultVariable="owned"><script>%s</script></scriptTask>
            <sequenceFlow id="f3" sourceRef="script" targetRef="after"/>
            <userTask id="after"/>
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest",
                "/engine-rest/engine/default",
                "/engine-rest//engine/default",
                "/engine-rest/engine/%64efault",
                "/engine-rest/engine/default;a=b"
            })
    void nobodyDeploysOverRest(String engineRest) {
        HttpResponse<String> onBare =
                onTheBareEngine().deploy("/engine-rest/engine/default", "attack.bpmn", model("attack", "", "", ""));
        assertThat(onBare.statusCode()).as(onBare.body()).isEqualTo(200);

        for (String user : List.of("smelter", "overseer", "partner", "admin")) {
            HttpResponse<String> answer =
                    signedInAs(user).deploy(engineRest, "attack.bpmn", model("attack", "", "", ""));
            assertThat(answer.statusCode()).as(user + " " + answer.body()).isBetween(400, 404);
        }
        assertNothingDeployed();
    }

    @Test
    void norThroughAWebApp() {
        assertThat(inAWebAppOfTheBareEngine("deploys")
                        .deploy("/camunda/api/engine/engine/default", "attack.bpmn", model("attack", "", "", ""))
                        .statusCode())
                .isEqualTo(200);

        Caller admin = asNobody();
        admin.signIn("cockpit", "admin", "admin");
        HttpResponse<String> answer =
                admin.deploy("/camunda/api/engine/engine/default", "attack.bpmn", model("attack", "", "", ""));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 404);
        assertNothingDeployed();
    }

    @Test
    void norByDeployingAnOldFileAnew() {
        String onBare = JsonPath.parse(onTheBareEngine()
                        .deploy("/engine-rest", "old.bpmn", model("old", "", "", ""))
                        .body())
                .read("$.id");
        assertThat(onTheBareEngine()
                        .post("/engine-rest/deployment/" + onBare + "/redeploy", "{}")
                        .statusCode())
                .isEqualTo(200);

        String deployment = repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey("remedy-case")
                .latestVersion()
                .singleResult()
                .getDeploymentId();
        long before = repositoryService.createDeploymentQuery().count();
        for (String path : List.of("/engine-rest/deployment/", "/engine-rest/engine/default/deployment/")) {
            assertThat(signedInAs("admin")
                            .post(path + deployment + "/redeploy", "{}")
                            .statusCode())
                    .isBetween(400, 404);
        }
        assertThat(repositoryService.createDeploymentQuery().count()).isEqualTo(before);
    }

    @Test
    void whoeverIsSignedInDeploysNothingByJavaEither() {
        assertThatThrownBy(() -> actingAs("admin", () -> deployed(model("attack", "", "", ""))))
                .isInstanceOf(AuthorizationException.class);
        assertNothingDeployed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"juel", "groovy", "javascript"})
    void aScriptRunsOnABareEngine(String language) {
        String script = language.equals("juel") ? "${'' + (6 * 7)}" : "6 * 7";
        assertThat(onTheBareEngine()
                        .deploy(
                                "/engine-rest",
                                "scripted.bpmn",
                                model("scripted", "", "", SCRIPT.formatted(language, script)))
                        .statusCode())
                .isEqualTo(200);
        String started = onTheBareEngine()
                .post("/engine-rest/process-definition/key/scripted/start", "{}")
                .body();
        String instance = started.replaceAll(".*\"id\":\"([^\"]+)\",\"definitionId.*", "$1");
        String task = onTheBareEngine()
                .get("/engine-rest/task?processInstanceId=" + instance)
                .body()
                .replaceAll("^\\[\\{\"id\":\"([^\"]+)\".*", "$1");
        assertThat(onTheBareEngine()
                        .post("/engine-rest/task/" + task + "/complete", "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(onTheBareEngine()
                        .get("/engine-rest/process-instance/" + instance + "/variables/owned")
                        .body())
                .contains(language.equals("juel") ? "42" : "ran 6 * 7");
    }

    static Stream<Arguments> code() {
        return Stream.of(
                Arguments.of("a script task", "", "", SCRIPT.formatted("juel", "${6 * 7}")),
                Arguments.of("a script task", "", "", SCRIPT.formatted("groovy", "6 * 7")),
                Arguments.of(
                        "a listener with a script",
                        "",
                        extension("<camunda:taskListener event=\"create\"><camunda:script scriptFormat=\"groovy\">6 * 7"
                                + "</camunda:script></camunda:taskListener>"),
                        ""),
                Arguments.of(
                        "an execution listener with a script",
                        "",
                        extension(
                                "<camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"javascript\">"
                                        + "6 * 7</camunda:script></camunda:executionListener>"),
                        ""),
                Arguments.of(
                        "an input by script",
                        "",
                        extension("<camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script"
                                + " scriptFormat=\"groovy\">6 * 7</camunda:script></camunda:inputParameter>"
                                + "</camunda:inputOutput>"),
                        ""),
                Arguments.of(
                        "a script from a file",
                        "",
                        extension("<camunda:taskListener event=\"create\"><camunda:script scriptFormat=\"groovy\""
                                + " resource=\"classpath://x.groovy\"/></camunda:taskListener>"),
                        ""),
                Arguments.of(
                        "a condition in groovy",
                        "",
                        "",
                        "<sequenceFlow id=\"f2\" sourceRef=\"task\" targetRef=\"end\"><conditionExpression"
                                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                + " xsi:type=\"tFormalExpression\" language=\"groovy\">6 == 7</conditionExpression>"
                                + "</sequenceFlow><endEvent id=\"end\"/>"),
                Arguments.of(
                        "a connector",
                        "",
                        "",
                        "<sequenceFlow id=\"f2\" sourceRef=\"task\" targetRef=\"call\"/><serviceTask id=\"call\""
                                + " camunda:delegateExpression=\"${notify}\"><extensionElements><camunda:connector>"
                                + "<camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>"
                                + "</extensionElements></serviceTask>"),
                Arguments.of(
                        "a class by name",
                        "",
                        extension("<camunda:taskListener event=\"create\" class=\"" + Gadget.class.getName() + "\"/>"),
                        ""),
                Arguments.of("an embedded form", "camunda:formKey=\"embedded:deployment:form.html\"", "", ""),
                Arguments.of("a form of another app", "camunda:formKey=\"app:form.html\"", "", ""),
                Arguments.of(
                        "a generated form",
                        "",
                        extension(
                                "<camunda:formData><camunda:formField id=\"a\" label=\"&lt;script>\" type=\"string\"/>"
                                        + "</camunda:formData>"),
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("code")
    void whoeverPutsAModelWithCodeAmongTheFilesIsRefused(String what, String attributes, String inside, String more) {
        assertThat(onTheBareEngine()
                        .deploy("/engine-rest", "code.bpmn", model("code", attributes, inside, more))
                        .statusCode())
                .as(what)
                .isEqualTo(200);

        assertThatThrownBy(() -> deployed(model("attack", attributes, inside, more)))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("Models bring no code");
        assertNothingDeployed();
    }

    /** What the product takes none of ({@link #code}), and nobody deploys. */
    @Test
    void aFormWithAScriptReachesWhoeverOpensTheTaskOfABareEngine() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("deployment-name", "attack");
        parts.put(
                "data;filename=\"shown.bpmn\";type=application/octet-stream",
                model("shown", "camunda:formKey=\"embedded:deployment:shown.html\"", "", ""));
        parts.put(
                "form;filename=\"shown.html\";type=application/octet-stream",
                "<form><script cam-script type=\"text/form-script\">steal(document.cookie)</script></form>");
        assertThat(onTheBareEngine()
                        .multipart("/engine-rest/deployment/create", parts)
                        .statusCode())
                .isEqualTo(200);
        String onBare = JsonPath.parse(onTheBareEngine()
                        .post("/engine-rest/process-definition/key/shown/start", "{}")
                        .body())
                .read("$.id");
        String task = JsonPath.parse(onTheBareEngine()
                        .get("/engine-rest/task?processInstanceId=" + onBare)
                        .body())
                .read("$[0].id");
        HttpResponse<String> bare = onTheBareEngine().get("/engine-rest/task/" + task + "/deployed-form");
        assertThat(bare.body()).contains("<script cam-script");
        assertThat(bare.headers().firstValue("Content-Security-Policy")).isEmpty();

        newCase();
        String ours = as("protection").task("task_safetyTriage").getId();
        HttpResponse<String> form = signedInAs("protection").get("/engine-rest/task/" + ours + "/deployed-form");
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.body()).startsWith("{").doesNotContain("<script");
        assertThat(form.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox")
                .doesNotContain("allow-scripts");
        assertThat(form.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void aDecisionInGroovyIsNotEvaluated() {
        String decision =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="attacks" name="Attacks"
                    xmlns:camunda="http://camunda.org/schema/1.0/dmn" namespace="http://camunda.org/schema/1.0/dmn">
                  <decision id="attack" name="Attack" camunda:historyTimeToLive="P1D">
                    <variable id="v" name="owned"/>
                    <literalExpression id="l" expressionLanguage="groovy"><text>6 * 7</text></literalExpression>
                  </decision>
                </definitions>
                """;
        String path = "/engine-rest/decision-definition/key/attack/evaluate";
        assertThat(onTheBareEngine()
                        .deploy("/engine-rest", "attack.dmn", decision)
                        .statusCode())
                .isEqualTo(200);
        assertThat(onTheBareEngine().post(path, "{\"variables\":{}}").body()).contains("ran 6 * 7");

        deployForThisTest(repositoryService.createDeployment().addString("attack.dmn", decision));
        HttpResponse<String> answer = signedInAs("admin").post(path, "{\"variables\":{}}");
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain("ran 6 * 7");
    }

    private Deployment deployed(String model) {
        return deployForThisTest(
                repositoryService.createDeployment().name("attack").addString("attack.bpmn", model));
    }

    private void assertNothingDeployed() {
        assertThat(repositoryService
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("attack")
                        .count())
                .isZero();
        assertThat(repositoryService
                        .createDeploymentQuery()
                        .deploymentName("attack")
                        .count())
                .isZero();
    }

    private static String extension(String elements) {
        return "<extensionElements>" + elements + "</extensionElements>";
    }
}
