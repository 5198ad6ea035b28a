package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may begin a case asks with the same request for what the house put into it. */
class StartedCasesTest extends AttackTest {

    private static final String CONCERN =
            """
            {"variables": {
               "concernAbout": {"value": "Tarnwick Minerals"}, "concernCriterion": {"value": "LACK_OF_EFFORT"},
               "dialogueTried": {"value": "YES"}, "concernNarrative": {"value": "Three letters were not answered."},
               "accessBarriers": {"type": "Json", "value": "[]"}},
             "withVariablesInReturn": true}
            """;

    @Test
    void ofABareEngineTheAnswerHoldsEveryVariable() {
        Caller anybody = onTheBareEngine();
        anybody.deploy(
                "/engine-rest",
                "to-start.bpmn",
                model("to-start", "", "", "")
                        .replace(
                                "<startEvent id=\"start\"/>",
                                "<startEvent id=\"start\"><extensionElements><camunda:executionListener event=\"start\""
                                        + " expression=\"${execution.setVariable('inside', 'of the house')}\"/>"
                                        + "</extensionElements></startEvent>"));
        assertThat(anybody.post(
                                "/engine-rest/process-definition/key/to-start/start",
                                "{\"withVariablesInReturn\":true}")
                        .body())
                .contains("of the house");
    }

    @Test
    void whoBeginsACaseReadsOfItWhatTheFormOfTheStartNames() {
        HttpResponse<String> started =
                signedInAs("member-ngo").post("/engine-rest/process-definition/key/complaint-review/start", CONCERN);
        assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
        Map<String, Object> shown = JsonPath.parse(started.body()).read("$.variables");
        assertThat(shown.keySet())
                .contains("concernCriterion")
                .isSubsetOf("concernAbout", "concernCriterion", "dialogueTried", "concernNarrative", "accessBarriers");
        assertThat(runtimeService
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(JsonPath.parse(started.body()).<String>read("$.id"))
                        .count())
                .as("there is more in it")
                .isGreaterThan(5);
    }

    /** Which case a condition begins, nobody says: it begins what fits. */
    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest", "/camunda/api/engine/engine/default"})
    void nobodyBeginsCasesByACondition(String door) {
        String body = "{\"variables\":{\"ongoing\":{\"value\":\"YES\"}}}";
        for (String user : new String[] {"smelter", "admin"}) {
            Caller caller = door.equals("/engine-rest") ? signedInAs(user) : asNobody();
            if (!door.equals("/engine-rest")) {
                caller.signIn("tasklist", user, user);
            }
            assertThat(caller.post(door + "/condition", body, caller.token()).statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
    }
}
