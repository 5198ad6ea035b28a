package org.redress.access;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is wrong with a request is said by 400, 403 or 404 and in words: where the engine as shipped says 500, or nothing. */
@SuppressWarnings("NullAway.Init")
class PlainAnswersTest extends ProcessTest {

    private static final Visitor SMELTER = new Visitor("smelter", "smelter", "smelter", "tasklist");

    /** Bodies, and what the answer says of each. */
    private static final Map<String, String> BAD = Map.ofEntries(
            entry("null", "body"),
            entry("{\"variables\":{\"answer\":null}}", "missing"),
            entry("{\"variables\":\"x\"}", "variables"),
            entry(answer("\"value\":\"{\",\"type\":\"Json\""), "type"),
            entry(answer("\"value\":\"x\",\"type\":\"Object\""), "type"),
            entry(object("no.such.Thing", "application/json"), "type"),
            entry(object("java.lang.String", "no/such"), "type"),
            entry(answer("\"value\":\"eA==\",\"type\":\"File\""), "type"),
            entry(answer("\"value\":7,\"type\":\"File\",\"valueInfo\":{\"filename\":\"a\"}"), "type"),
            entry(answer("\"value\":\"eA==\",\"type\":\"File\",\"valueInfo\":{\"filename\":\"a\"}"), "type"),
            entry(answer("\"value\":\"x\",\"type\":\"Nothing\""), "type"),
            entry(answer("\"value\":\"x\",\"type\":\"Integer\""), "type"),
            entry("{\"variables\":", "JSON"));

    private static final Map<String, Integer> UNREADABLE = Map.of(
            "/engine-rest/task/{finishedTask}/deployed-form", 404,
            "/engine-rest/task/{finishedTask}/form-variables", 400,
            "/engine-rest/task/{finishedTask}/form", 400,
            "/engine-rest/task?maxResults=x", 400,
            "/engine-rest/task?dueAfter=yesterday", 400,
            "/engine-rest/decision-definition/{decisionDefinition}", 403,
            "/engine-rest/decision-requirements-definition/{requirements}/xml", 403,
            "/engine-rest/nothing-of-that-name", 404);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private BeanFactory house;

    private AccessCase data;

    private static String answer(String value) {
        return "{\"variables\":{\"answer\":{" + value + "}}}";
    }

    private static String object(String type, String format) {
        return answer("\"value\":\"x\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"" + type
                + "\",\"serializationDataFormat\":\"" + format + "\"}");
    }

    @BeforeEach
    void aCase() {
        data = new AccessCase(engine, jdbc, house);
        data.make();
    }

    @AfterEach
    void nothingIsLeft() {
        data.remove();
    }

    @Test
    void aValueThatCannotBeTakenIsBadInput() {
        SoftAssertions all = new SoftAssertions();
        BAD.forEach((body, words) -> List.of("complete", "submit-form").forEach(way -> {
            HttpResponse<String> answer = send("POST", "/engine-rest/task/{task}/" + way, body);
            all.assertThat(answer.statusCode())
                    .as(way + " " + body + answer.body())
                    .isEqualTo(400);
            all.assertThat(answer.body())
                    .as(way + " " + body)
                    .containsIgnoringCase(words)
                    .doesNotContain("\"message\":\"\"", "NullPointerException", "because");
        }));
        all.assertAll();
        assertThat(send("POST", "/engine-rest/task/{task}/complete", "{\"variables\":{\"answer\":{\"value\":\"yes\"}}}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void whatCannotBeReadIsSaid() {
        SoftAssertions all = new SoftAssertions();
        UNREADABLE.forEach((path, status) -> {
            HttpResponse<String> answer = send("GET", path, "");
            all.assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(status);
            all.assertThat(answer.body())
                    .as(path)
                    .contains("\"message\":\"")
                    .doesNotContain("\"message\":\"\"", "NullPointerException", "because");
        });
        all.assertAll();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return Session.byPassword(SMELTER, port)
                .send(
                        method,
                        Request.filled(path, word -> data.fact(word, SMELTER, true)),
                        body.isEmpty() ? "" : "application/json",
                        body);
    }
}
