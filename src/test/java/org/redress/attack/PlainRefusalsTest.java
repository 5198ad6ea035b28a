package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;

/** A no is said in our own words: to people on a page, to programs in a sentence, and by rights before by contents. */
class PlainRefusalsTest extends StoryTest {

    private static String message(HttpResponse<String> answer) {
        return JsonPath.parse(answer.body()).read("$.message");
    }

    private Caller inTasklist(String user) {
        Caller caller = Caller.nobody(port);
        assertThat(caller.signIn("tasklist", user, user).statusCode()).isEqualTo(200);
        return caller;
    }

    private static HttpResponse<String> page(Caller caller, String path) {
        return caller.get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    @Test
    void aFormThatIsRefusedBeginsWithWhatIsToBeCorrectedAtBothDoors() throws Exception {
        post(BagSorter.story());
        fireDueJobs();
        String task = task("downstream", "task_screenCredibility").getId();
        Caller tasklist = inTasklist("downstream");
        Caller rest = Caller.as("downstream", port);
        for (String path : List.of(
                "/task/" + task + "/submit-form",
                "/task/" + task + "/complete",
                "/process-definition/key/reopen-case/submit-form")) {
            HttpResponse<String> program = rest.post("/engine-rest" + path, "{\"variables\":{}}");
            HttpResponse<String> person =
                    tasklist.post("/camunda/api/engine/engine/default" + path, "{\"variables\":{}}", tasklist.token());
            for (HttpResponse<String> answer : List.of(program, person)) {
                assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
                assertThat(message(answer)).as(path).startsWith("Please correct: ");
            }
        }
    }

    /** Shipped, the web apps' own door calls what is wrong in a form, a body or an address a fault of the server. */
    @Test
    void whatIsWrongIsNoFaultOfTheServerAtTheDoorOfTheWebAppsEither() {
        String bare = "/camunda/api/engine/engine/default";
        Caller there = AttackTest.inAWebAppOfTheBareEngine("asksWrongly");
        assertThat(there.post(bare + "/task/none/complete", "null", there.token())
                        .statusCode())
                .as("a bare engine")
                .isEqualTo(500);

        Caller tasklist = inTasklist("downstream");
        Caller rest = Caller.as("downstream", port);
        for (String path : List.of(
                "/process-definition/key/reopen-case/start", "/process-definition/key/reopen-case/submit-form")) {
            for (String body :
                    List.of("{}", "{\"variables\":{}}", "{\"variables\":{\"nonsense\":{\"value\":\"x\"}}}")) {
                HttpResponse<String> program = rest.post("/engine-rest" + path, body);
                HttpResponse<String> person = tasklist.post(bare + path, body, tasklist.token());
                for (HttpResponse<String> answer : List.of(program, person)) {
                    assertThat(answer.statusCode())
                            .as(path + body + answer.body())
                            .isEqualTo(400);
                    assertThat(message(answer)).startsWith("Please correct: ");
                }
                assertThat(message(person)).isEqualTo(message(program));
            }
            for (String body : List.of(
                    "null",
                    "{\"variables\":1}",
                    "{\"variables\":{\"caseNumber\":{\"value\":\"x\",\"type\":\"Integer\"}}}")) {
                HttpResponse<String> person = tasklist.post(bare + path, body, tasklist.token());
                assertThat(person.statusCode()).as(body + person.body()).isEqualTo(400);
                assertThat(person.body()).doesNotContain("Cannot instantiate", "ENGINE-", "Exception: ");
            }
        }
    }

    @Test
    void whoMayNotStartAProcessHearsThatAndNothingOfItsForm() {
        Caller tasklist = inTasklist("smelter");
        for (String process : List.of("keep-calendar", "reopen-case", "withdraw-consent")) {
            for (String way : List.of("submit-form", "start")) {
                String path = "/process-definition/key/" + process + "/" + way;
                List<HttpResponse<String>> answers = List.of(
                        Caller.as("smelter", port).post("/engine-rest" + path, "{\"variables\":{}}"),
                        tasklist.post(
                                "/camunda/api/engine/engine/default" + path, "{\"variables\":{}}", tasklist.token()));
                for (HttpResponse<String> answer : answers) {
                    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(403);
                    assertThat(answer.body()).doesNotContain("Please correct");
                }
            }
        }
    }

    @Test
    void aCaseThatIsNotThereIsNotFound() {
        for (String kind : List.of("process-instance", "execution")) {
            String path = "/engine-rest/" + kind + "/" + UUID.randomUUID()
                    + (kind.equals("execution") ? "/localVariables" : "/variables");
            HttpResponse<String> answer = Caller.as("admin", port).get(path);
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("NullValue", "is null");
        }
    }

    @Test
    void nobodyButTheAdministratorMovesACaseNotEvenByNothing() throws Exception {
        post(BagSorter.story());
        for (String way : List.of("modification", "modification-async")) {
            String path = "/process-instance/" + caseId + "/" + way;
            Caller tasklist = inTasklist("smelter");
            for (String body : List.of("{\"instructions\":[]}", "{}")) {
                assertThat(Caller.as("smelter", port)
                                .post("/engine-rest" + path, body)
                                .statusCode())
                        .as(path)
                        .isEqualTo(403);
                assertThat(tasklist.post("/camunda/api/engine/engine/default" + path, body, tasklist.token())
                                .statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void whereThereIsNothingForSomebodyTheyReadAPlainPage() {
        Caller smelter = inTasklist("smelter");
        for (String path :
                List.of("/cases", "/my", "/files", "/camunda/app/cockpit/default/", "/camunda/app/admin/default/")) {
            HttpResponse<String> answer = page(smelter, path);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body())
                    .as(path)
                    .contains("<h1>This page is not open to you</h1>", "/redress.css")
                    .doesNotContain("Whitelabel", "timestamp");
        }
        assertThat(page(smelter, "/cases/").body()).contains("<h1>There is no such page</h1>");
        assertThat(smelter.get("/cases", "Accept", "application/json").body()).startsWith("{");
    }
}
