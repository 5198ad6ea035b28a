package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;

/** Whatever goes wrong at our API is told in one way, wherever on the way to a controller it goes wrong. */
class ProblemsTest extends ProcessTest {

    private static final String DOCUMENT =
            """
            --x
            Content-Disposition: form-data; name="kind"

            evidence
            --x
            Content-Disposition: form-data; name="file"; filename="note.txt"
            Content-Type: text/plain

            Seen at the gate.
            --x--
            """
                    .replace("\n", "\r\n");

    @Test
    void everyErrorOfTheApiIsAProblem() throws Exception {
        problem(401, "/api/grievances", "", "POST", "application/json", "{}");
        problem(401, "/api/audit/cases/R-2026-0001", "", "GET", "application/json", "");
        problem(404, "/api/cases/R-2026-9999/files", "partner", "POST", "multipart/form-data; boundary=x", DOCUMENT);
        problem(415, "/api/grievances", "partner", "POST", "multipart/form-data; boundary=x", DOCUMENT);
        problem(400, "/api/vault/break-glass", "dpo", "POST", "application/json", "{\"caseNumber\": ");
        problem(404, "/api/nowhere", "partner", "GET", "application/json", "");
        problem(400, "/api//nowhere", "partner", "GET", "application/json", "");
        problem(405, "/api/emergencies", "partner", "DELETE", "application/json", "");
    }

    @Test
    void whoeverIsUnknownIsToldByATypeOfItsOwn() throws Exception {
        HttpResponse<byte[]> answer = send("/api/grievances", "", "POST", "application/json", "{}");
        assertThat(json(answer).<String>read("$.type")).isEqualTo("urn:redress:problem:not-signed-in");
    }

    @Test
    void anEmergencyThatIsOverIsRefusedInASentence() throws Exception {
        for (String over : List.of("2020-01-01", today())) {
            HttpResponse<byte[]> answer = send(
                    "/api/emergencies",
                    "partner",
                    "POST",
                    "application/json",
                    "{\"emergencyArea\": [\"TV\"], \"emergencyReason\": \"DISASTER\", \"emergencyUntil\": \"" + over
                            + "\"}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).<List<String>>read("$.errors[?(@.pointer=='/emergencyUntil')].detail"))
                    .containsExactly("This day is no longer ahead: choose a day after " + today() + ".");
        }
    }

    private static String today() {
        return ClockUtil.getCurrentTime().toInstant().toString().substring(0, 10);
    }

    @Test
    void theEnginesRestAnswersInItsOwnWords() throws Exception {
        HttpResponse<byte[]> unknown = send("/engine-rest/task/nobody", "partner", "GET", "application/json", "");
        assertThat(unknown.statusCode()).isBetween(400, 499);
        assertThat(json(unknown).<Map<String, Object>>read("$")).containsKeys("type", "message");
        HttpResponse<byte[]> broken = send("/engine-rest/task", "partner", "POST", "application/json", "{\"a\": ");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(json(broken).<Map<String, Object>>read("$"))
                .containsEntry("type", "InvalidInput")
                .containsKey("message");
    }

    private void problem(int status, String path, String user, String method, String type, String body)
            throws Exception {
        HttpResponse<byte[]> answer = send(path, user, method, type, body);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        String what = method + " " + path + ": " + text;
        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).as(what).contains("application/problem+json");
        DocumentContext problem = JsonPath.parse(text);
        assertThat(problem.<Integer>read("$.status")).as(what).isEqualTo(status);
        assertThat(problem.<String>read("$.type")).as(what).isNotEmpty();
        assertThat(problem.<String>read("$.title")).as(what).isNotEmpty();
        assertThat(problem.<String>read("$.instance")).as(what).isEqualTo(path);
    }

    private static DocumentContext json(HttpResponse<byte[]> answer) {
        return JsonPath.parse(new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** @param user empty for nobody */
    private HttpResponse<byte[]> send(String path, String user, String method, String type, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
