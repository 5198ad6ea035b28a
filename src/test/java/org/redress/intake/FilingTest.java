package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Reference;

/** Filing over HTTP with the real engine behind it. */
class FilingTest extends ProcessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aPostedGrievanceIsACaseOfWhichEveryFieldIsKnown() throws Exception {
        HttpResponse<String> answer = post("partner", UUID.randomUUID().toString(), Grievances.full());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode receipt = JSON.readTree(answer.body());
        String number = receipt.path("caseNumber").asText();
        assertThat(number).matches("R-2026-\\d{4}");
        assertThat(receipt.path("state").asText()).isEqualTo("RECEIVED");
        assertThat(receipt.path("receivedAt").asText()).isEqualTo("2026-02-02T09:00:00Z");
        ProcessInstance opened = runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("remedy-case")
                .processInstanceBusinessKey(number)
                .singleResult();
        Map<String, Object> variables = runtimeService.getVariables(opened.getId());
        Filing sent = new GrievanceReader(java.time.Clock.systemUTC(), java.time.ZoneOffset.UTC)
                .read(Grievances.full().toString().getBytes(StandardCharsets.UTF_8));
        for (String confidential : List.of("whatHappened", "contact", "whereSite", "whereLatitude", "allegedActor")) {
            assertThat(variables.get(confidential)).as(confidential).matches(Reference::is);
        }
        sent.variables().forEach((name, value) -> {
            if (value instanceof List<?> list) {
                assertThat(JSON.valueToTree(list).toString()).isEqualTo(String.valueOf(variables.get(name)));
            } else if (Reference.is(variables.get(name))) {
                assertThat(vault.open((String) variables.get(name), number, "test"))
                        .as(name)
                        .contains(String.valueOf(value));
            } else {
                assertThat(variables.get(name)).as(name).isEqualTo(value);
            }
        });
    }

    @Test
    void harmThatGoesOnAndConcernsAChildIsUrgentFromTheStart() throws Exception {
        assertThat(urgencyOf(Grievances.full())).isEqualTo("URGENT");
        assertThat(urgencyOf(Grievances.full().put("childrenInvolved", false))).isEqualTo("NORMAL");
        assertThat(urgencyOf(Grievances.full().put("ongoing", "NO"))).isEqualTo("NORMAL");
        assertThat(urgencyOf(Grievances.smallest().put("ongoing", "YES").put("fearOfRetaliation", "HIGH")))
                .isEqualTo("URGENT");
    }

    @Test
    void sixtyFourPostsAtOnceWithOneKeyMakeOneCase() throws Exception {
        long before = runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("remedy-case")
                .count();
        String key = UUID.randomUUID().toString();
        List<HttpResponse<String>> answers = atOnce(64, number -> post("partner", key, Grievances.full()));
        assertThat(answers).hasSize(64).allSatisfy(answer -> assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(201));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(runtimeService
                                .createProcessInstanceQuery()
                                .processDefinitionKey("remedy-case")
                                .count()
                        - before)
                .isEqualTo(1);
    }

    @Test
    void postsAtOnceWithAKeyEachGetNumbersOfTheirOwn() throws Exception {
        List<HttpResponse<String>> answers =
                atOnce(24, number -> post("partner", UUID.randomUUID().toString(), Grievances.smallest()));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(24);
    }

    @Test
    void whenTheEngineCannotOpenTheCaseTheKeyStaysFree() throws Exception {
        String key = UUID.randomUUID().toString();
        travelTo("2061-01-03T09:00:00Z"); // a year without a counter for case numbers
        HttpResponse<String> failed = post("partner", key, Grievances.full());
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(failed.body()).contains("reference").doesNotContain("counter");
        travelTo("2026-02-02T09:00:00Z");
        assertThat(post("partner", key, Grievances.smallest()).statusCode()).isEqualTo(201);
    }

    @Test
    void otherRolesMayNotFileAndStrangersGetAProblemToo() throws Exception {
        for (String role : List.of("smelter", "downstream", "audit-programme", "overseer")) {
            HttpResponse<String> refused = post(role, UUID.randomUUID().toString(), Grievances.full());
            assertThat(refused.statusCode()).as(role).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        HttpResponse<String> stranger = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/grievances"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Grievances.full().toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void thePartnerFollowsTheCaseAndTheOperatorToo() throws Exception {
        HttpResponse<String> answer = post("partner", UUID.randomUUID().toString(), Grievances.full());
        String self = answer.headers().firstValue("Location").orElseThrow();
        for (String user : List.of("partner", "admin")) {
            HttpResponse<String> seen = get(user, self);
            assertThat(seen.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(seen.body()).path("view").asText()).isNotEmpty();
            assertThat(seen.body()).doesNotContain("Kolwezi").doesNotContain("Amalia");
        }
        assertThat(get("downstream", self).statusCode()).isEqualTo(403);
    }

    private String urgencyOf(ObjectNode grievance) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("partner", UUID.randomUUID().toString(), grievance);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        ProcessInstance opened = runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("remedy-case")
                .processInstanceBusinessKey(
                        JSON.readTree(answer.body()).path("caseNumber").asText())
                .singleResult();
        return String.valueOf(runtimeService.getVariable(opened.getId(), "urgency"));
    }

    private interface Posting {
        HttpResponse<String> post(int number) throws IOException, InterruptedException;
    }

    private static List<HttpResponse<String>> atOnce(int crowd, Posting posting) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(crowd);
        try {
            List<Callable<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                int number = i;
                all.add(() -> posting.post(number));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private HttpResponse<String> post(String user, String key, JsonNode body) throws IOException, InterruptedException {
        return HTTP.send(
                request(user, "/api/grievances")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return HTTP.send(request(user, path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
    }
}
