package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too long, too deep, or read in two ways. */
@SuppressWarnings("NullAway.Init")
class BodiesTest extends AttackTest {

    private static final String COUNT = "/task/count";
    private static final String LONG = "{\"name\":\"harmless\"" + " ".repeat(1_500_000) + "}";
    private static final String DEEP = "{\"processVariables\":[{\"name\":\"caseState\",\"operator\":\"eq\",\"value\":"
            + "[".repeat(500) + "]".repeat(500) + "}]}";
    private static final String TWICE = "{\"name\":\"harmless\",\"name\":\"other\"}";

    private List<Function<String, HttpResponse<String>>> doors;

    @BeforeEach
    void twoDoors() {
        Caller rest = signedInAs("admin");
        Caller browser = asNobody();
        browser.signIn("tasklist", "admin", "admin");
        doors = List.of(
                body -> rest.post("/engine-rest" + COUNT, body),
                body -> browser.post("/camunda/api/engine/engine/default" + COUNT, body, browser.token()));
    }

    @Test
    void aLongBodyIsNotRead() {
        assertThat(onTheBareEngine().post("/engine-rest" + COUNT, LONG).statusCode())
                .isEqualTo(200);
        doors.forEach(door -> assertThat(door.apply(LONG).statusCode()).isEqualTo(413));
    }

    @Test
    void norOneThatHidesItsLength() throws Exception {
        for (String type : List.of("application/json", "application/octet-stream")) {
            HttpResponse<String> onBare = piecemeal(BareEngine.port(), "/engine-rest" + COUNT, type);
            HttpResponse<String> answer = piecemeal(port, "/engine-rest" + COUNT, type);
            if (type.endsWith("json")) {
                assertThat(onBare.statusCode()).isEqualTo(200);
                assertThat(answer.statusCode()).isEqualTo(413);
            } else {
                assertThat(answer.statusCode()).isEqualTo(411);
            }
        }
    }

    @Test
    void aDeepOneIsRefused() {
        assertThat(onTheBareEngine().post("/engine-rest" + COUNT, DEEP).body())
                .as("a bare engine reads it to its end, and falls over the value only")
                .doesNotContain("nested");
        doors.forEach(door -> {
            HttpResponse<String> answer = door.apply(DEEP);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("nested at most 64 levels");
        });
    }

    @Test
    void aNameThatOccursTwiceIsRefused() {
        assertThat(onTheBareEngine().post("/engine-rest" + COUNT, TWICE).statusCode())
                .isEqualTo(200);
        doors.forEach(door -> {
            HttpResponse<String> answer = door.apply(TWICE);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("occurs twice").doesNotContain("harmless");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":", "{'name':1}", "{\"name\":NaN}"})
    void whatIsNoJsonIsToldWithoutRepeatingIt(String body) {
        doors.forEach(door -> {
            HttpResponse<String> answer = door.apply(body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("Not JSON at line 1").doesNotContain("name");
        });
    }

    /** A bare engine has none of these doors: what comes nearest is one where it makes something of what is sent. */
    @Test
    void ourOwnDoorsReadNoLongBodyAndNoDeepOne() throws Exception {
        assertThat(onTheBareEngine()
                        .post(
                                "/engine-rest/group/create",
                                "{\"id\":\"longOne\",\"name\":\"L\",\"type\":\"X\"" + " ".repeat(1_500_000) + "}")
                        .statusCode())
                .isEqualTo(204);

        Caller admin = signedInAs("admin");
        for (String door : List.of("/api/vault/erasures", "/api/vault/break-glass", "/api/migrations")) {
            assertThat(admin.post(door, LONG).statusCode()).as(door).isEqualTo(413);
            assertThat(admin.post(door, DEEP).body()).as(door).contains("nested at most 64 levels");
            assertThat(piecemeal(port, door, "application/json").statusCode())
                    .as(door)
                    .isEqualTo(413);
            assertThat(piecemeal(port, door, "application/octet-stream").statusCode())
                    .as(door)
                    .isEqualTo(411);
        }
    }

    @Test
    void ourOwnDoorsReadANameOnceToo() {
        onTheBareEngine()
                .post(
                        "/engine-rest/group/create",
                        "{\"id\":\"twiceNamed\",\"name\":\"Shown to the guard\",\"type\":\"X\",\"name\":\"Other\"}");
        assertThat(onTheBareEngine().get("/engine-rest/group/twiceNamed").body())
                .contains("\"name\":\"Other\"");

        String before = nameOf("org-luma");
        String twice = "{\"name\":\"Luma Cobalt Refining\",\"roles\":[\"smelter\"],\"name\":\"Other\"}";
        HttpResponse<String> answer = signedInAs("admin").put("/api/organisations/org-luma", twice);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(nameOf("org-luma")).isEqualTo(before).isNotEqualTo("Other");
    }

    private String nameOf(String organisation) {
        return identityService
                .createGroupQuery()
                .groupId(organisation)
                .singleResult()
                .getName();
    }

    @Test
    void whatTheEngineIsAskedEveryDayGoesOn() {
        String query = "{\"orQueries\":[{\"processVariables\":[{\"name\":\"caseState\",\"operator\":\"eq\","
                + "\"value\":\"RECEIVED\"}]}]}";
        doors.forEach(door -> assertThat(door.apply(query).statusCode()).isEqualTo(200));
    }

    private static HttpResponse<String> piecemeal(int port, String door, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + door))
                .header("Content-Type", type)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(LONG.getBytes(StandardCharsets.UTF_8))))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
