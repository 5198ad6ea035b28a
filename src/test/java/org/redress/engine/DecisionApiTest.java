package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;

/** Outside systems evaluate decisions over HTTP. */
class DecisionApiTest extends ProcessTest {

    private static final String PAST_LINK =
            """
            {"variables": {
              "tradeOngoing": {"value": false, "type": "Boolean"},
              "selfDetected": {"value": true, "type": "Boolean"},
              "exposureDate": {"value": "2026-01-15", "type": "String"},
              "effectiveCessation": {"value": "2025-02-10T00:00:00.000+0000", "type": "Date"},
              "incidentFirst": {"value": null},
              "incidentLatest": {"value": "%s", "type": "String"},
              "types": {"value": "[\\"%s\\"]", "type": "Json"},
              "affected": {"value": 4, "type": "Integer"}
            }}
            """;

    @Test
    void anOutsideSystemAsksForTheLevel() throws Exception {
        HttpResponse<String> answer = evaluate("response-level", PAST_LINK.formatted("2024-06-20", "DEBT_BONDAGE"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"row\":{\"type\":\"String\",\"value\":\"B\"")
                .contains("\"severe\":{\"type\":\"Boolean\",\"value\":true")
                .contains("TYPE_EXPLICIT");
    }

    @Test
    void badInputIsAnsweredWith400AndNamesTheInput() throws Exception {
        HttpResponse<String> future = evaluate("response-level", PAST_LINK.formatted("2026-02-03", "DEBT_BONDAGE"));
        assertThat(future.statusCode()).as(future.body()).isEqualTo(400);
        assertThat(future.body()).contains("incidentLatest = 2026-02-03 is not allowed");

        HttpResponse<String> unknown = evaluate("response-level", PAST_LINK.formatted("2024-06-20", "BAD_LUCK"));
        assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(400);
        assertThat(unknown.body()).contains("types = [BAD_LUCK] is not allowed");

        HttpResponse<String> nothing = evaluate("credibility", "{\"variables\": {}}");
        assertThat(nothing.statusCode()).as(nothing.body()).isEqualTo(400);
        assertThat(nothing.body())
                .contains("disproved is missing")
                .contains("sourceClass is missing")
                .contains("specificity is missing");

        HttpResponse<String> clock = evaluate(
                "deadline-matrix",
                "{\"variables\": {\"clock\": {\"value\": \"D99\"}, \"urgency\": {\"value\": \"NORMAL\"}, \"mode\": {\"value\": \"NORMAL\"}}}");
        assertThat(clock.statusCode()).as(clock.body()).isEqualTo(400);
        assertThat(clock.body()).contains("clock = D99");
    }

    private HttpResponse<String> evaluate(String decision, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port
                                        + "/engine-rest/decision-definition/key/" + decision + "/evaluate"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                "partner:partner".getBytes(StandardCharsets.UTF_8)))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
