package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name of a person, kept in clear under a name that no form has: the vault does not know it, and no erasure finds it. */
class VariablesOfNoFormTest extends AttackTest {

    @Test
    void aBareEngineKeepsWhatItIsGivenUnderAnyName() {
        String instance = caseOnTheBareEngine("to-tell", "", "{}");
        Caller anybody = onTheBareEngine();
        String path = "/engine-rest/process-instance/" + instance + "/variables/whoItIs";
        assertThat(anybody.put(path, "{\"value\":\"Anna\",\"type\":\"String\"}").statusCode())
                .isEqualTo(204);
        assertThat(anybody.get(path).body()).contains("Anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /process-instance/{case}/variables/whoItIs {\"value\":\"Anna\",\"type\":\"String\"}",
                "POST /process-instance/{case}/variables {\"modifications\":{\"urgency\":{\"value\":\"NORMAL\"},\"whoItIs\":{\"value\":\"Anna\"}}}",
                "PUT /execution/{case}/localVariables/whoItIs {\"value\":\"Anna\",\"type\":\"String\"}",
                "POST /execution/{case}/localVariables {\"modifications\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "PUT /task/{task}/variables/whoItIs {\"value\":\"Anna\",\"type\":\"String\"}",
                "POST /task/{task}/variables {\"modifications\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "PUT /task/{task}/localVariables/whoItIs {\"value\":\"Anna\",\"type\":\"String\"}",
                "POST /task/{task}/localVariables {\"modifications\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /task/{task}/complete {\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /task/{task}/submit-form {\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /task/{task}/resolve {\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /process-definition/key/log-lesson/start {\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /process-definition/key/log-lesson/submit-form {\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /process-definition/key/log-lesson/start {\"startInstructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"start_lessonLearned\",\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}]}",
                "POST /message {\"messageName\":\"grievance-received\",\"processVariables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /process-instance/{case}/modification {\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\",\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}]}",
                "POST /process-instance/variables-async {\"processInstanceIds\":[\"{case}\"],\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}",
                "POST /process-instance/message-async {\"processInstanceIds\":[\"{case}\"],\"messageName\":\"complaint-withdrawn\",\"variables\":{\"whoItIs\":{\"value\":\"Anna\"}}}"
            })
    void theProductKeepsNothingUnderANameThatNoFormAndNoModelHas(String attack) {
        String instance = newCase();
        fireDueJobs();
        List<HttpResponse<String>> answers =
                sentByAnAdministrator(attack.replace("{case}", instance).replace("{task}", screeningOf(instance)));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
            assertThat(answer.body()).doesNotContain("Anna");
        });
        nothingIsKept();
    }

    @Test
    void aFileUnderSuchANameIsNotKeptEither() {
        String instance = newCase();
        HttpResponse<String> answer = signedInAs("admin")
                .multipart(
                        "/engine-rest/process-instance/" + instance + "/variables/whoItIs/data",
                        Map.of("data", "Anna", "valueType", "Bytes"));
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
        nothingIsKept();
    }

    /** Modellers bring names of their own: in a form, an expression, a mapping or a decision, in a version of before, too. */
    @Test
    void whatAModelOfAnyVersionUsesIsKept() {
        String key = "names-" + UUID.randomUUID().toString().substring(0, 8);
        String first = "first" + key.substring(6);
        String second = "second" + key.substring(6);
        deploy(key, "camunda:assignee=\"${" + first + "}\"");
        String instance = runtimeService
                .startProcessInstanceByKey(key, Map.of(first, "vsc"))
                .getId();
        deploy(key, "camunda:candidateGroups=\"${empty " + second + " ? 'vsc' : " + second + "}\"");
        for (String name : List.of(first, second)) {
            HttpResponse<String> answer = signedInAs("admin")
                    .put(
                            "/engine-rest/process-instance/" + instance + "/variables/" + name,
                            "{\"value\":\"legal\",\"type\":\"String\"}");
            assertThat(answer.statusCode()).as(name + answer.body()).isEqualTo(204);
            assertThat(runtimeService.getVariable(instance, name)).isEqualTo("legal");
        }
        HttpResponse<String> another = signedInAs("admin")
                .put(
                        "/engine-rest/process-instance/" + instance + "/variables/third" + key.substring(6),
                        "{\"value\":\"Anna\",\"type\":\"String\"}");
        assertThat(another.statusCode()).as(another.body()).isEqualTo(403);
        assertThat(another.body()).contains("no form and no model uses").doesNotContain("third", "Anna");
    }

    private void deploy(String key, String attributesOfTask) {
        deployForThisTest(repositoryService
                .createDeployment()
                .name(key)
                .addString(key + ".bpmn", model(key, attributesOfTask, "", "")));
    }

    private void nothingIsKept() {
        assertThat(runtimeService
                        .createVariableInstanceQuery()
                        .variableName("whoItIs")
                        .count())
                .isZero();
        assertThat(historyService
                        .createHistoricVariableInstanceQuery()
                        .variableName("whoItIs")
                        .count())
                .isZero();
    }
}
