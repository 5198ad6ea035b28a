package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an answer or a log tells of the machine, and what a caller puts into it. */
@ExtendWith(OutputCaptureExtension.class)
class WhatTheMachineTellsTest extends AttackTest {

    private static final String WADL = "application/vnd.sun.wadl+xml";

    /** What a caller sends into its log is not shown here: it is another process's, and nobody keeps it. */
    @Test
    void aBareEngineTellsOfItself() {
        assertThat(onTheBareEngine()
                        .send("OPTIONS", "/engine-rest/task", null, "Accept", WADL)
                        .body())
                .contains("<resource");
        // Which of two mappers a bare engine finds first is not the same at each start: one names the class, one the
        // exception.
        assertThat(onTheBareEngine()
                        .post("/engine-rest/task/any/submit-form", "{\"variables\":\"MARKED\"}")
                        .body())
                .containsAnyOf("org.camunda", "InvalidRequestException");
    }

    @Test
    void nobodyIsGivenTheDescriptionOfEveryRoute() {
        Caller inTasklist = asNobody();
        inTasklist.signIn("tasklist", "smelter", "smelter");
        for (HttpResponse<String> answer : List.of(
                signedInAs("smelter").send("OPTIONS", "/engine-rest/task", null, "Accept", WADL),
                signedInAs("admin").send("OPTIONS", "/engine-rest/engine/default/task", null, "Accept", WADL),
                inTasklist.send("OPTIONS", "/camunda/api/engine/engine/default/task", null, "Accept", WADL),
                inTasklist.send(
                        "OPTIONS",
                        "/camunda/api/admin/auth/user/default",
                        null,
                        "Accept",
                        WADL,
                        inTasklist.token()[0],
                        inTasklist.token()[1]))) {
            assertThat(answer.body()).doesNotContain("<resource", "wadl.dev.java.net");
        }
    }

    @Test
    void aDefinitionDoesNotTellWhereItLiesOnTheMachine() {
        List<String> resources = JsonPath.parse(signedInAs("admin")
                        .get("/engine-rest/process-definition")
                        .body())
                .read("$[*].resource");
        assertThat(resources).isNotEmpty().noneMatch(name -> name.contains("/") || name.contains("\\"));
    }

    /** What the engine cannot evaluate it would write into its log as it came. */
    @Test
    void whatACallerSentBeginsNoLineOfTheLog(CapturedOutput log) {
        String forged = "2026-11-28T03:50:00.000Z  INFO 1 --- [main] org.redress.Audit : admin FORGEDLINE";
        for (String body : List.of(
                "{\"orQueries\":[{\"assigneeExpression\":\"${'x'}\\n" + forged + "\"}]}",
                "{\"orQueries\":[{\"assigneeExpression\":\"${'x' nothing\\n" + forged + "\"}]}",
                "{\"assigneeExpression\":\"${'x'}\\n" + forged + "\"}",
                "{\"sorting\":[{\"sortBy\":\"x\\n" + forged + "\",\"sortOrder\":\"asc\"}]}")) {
            HttpResponse<String> answer = signedInAs("smelter-b").post("/engine-rest/task", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
        }
        signedInAs("smelter-b").get("/engine-rest/task/x%0A2026-11-28T03:50:00.000Z%20FORGEDLINE");
        assertThat(log.getAll().lines().filter(line -> line.startsWith("2026-11-28T03:50")))
                .isEmpty();
        assertThat(log.getAll()).doesNotContain("${'x'}");
    }

    @Test
    void aBodyOfAnotherKindIsRefusedInASentenceThatNamesNoClass() {
        Caller inTasklist = asNobody();
        inTasklist.signIn("tasklist", "smelter", "smelter");
        for (String body : List.of("{\"variables\":\"MARKED\"}", "[\"MARKED\"]", "{\"variables\":[1]}")) {
            HttpResponse<String> answer = signedInAs("smelter").post("/engine-rest/task/any/submit-form", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
            HttpResponse<String> person = inTasklist.post(
                    "/camunda/api/engine/engine/default/task/any/submit-form", body, inTasklist.token());
            assertThat(person.statusCode()).as(body + person.body()).isEqualTo(400);
            assertThat(answer.body() + person.body())
                    .doesNotContain("org.camunda", "java.", "com.fasterxml", "MARKED", "Dto");
        }
    }

    @Test
    void aReferenceThatIsTooLongIsNotAFaultOfTheServer() {
        String caseNumber = (String) runtimeService.getVariable(newCase(), "caseNumber");
        for (String door : List.of("erasures", "reopenings")) {
            HttpResponse<String> answer = signedInAs("dpo")
                    .post(
                            "/api/vault/" + door,
                            "{\"caseNumber\":\"" + caseNumber + "\",\"person\":\"" + "x".repeat(300)
                                    + "\",\"reason\":\"asked for\"}");
            assertThat(answer.statusCode()).as(door + answer.body()).isEqualTo(400);
        }
    }

    @Test
    void aRefusalIsInTheLettersOfAllLanguages() {
        HttpResponse<String> answer = signedInAs("smelter").post("/engine-rest/condition", "{}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow().toLowerCase(java.util.Locale.ROOT))
                .contains("utf-8");
    }
}
