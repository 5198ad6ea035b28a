package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who reads which letter, over HTTP, tried as the wrong organisation too. */
@SuppressWarnings("NullAway.Init")
class LettersOverHttpTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private Notifications notifications;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void lettersToLumaToTheProgrammeAndToTheComplainant() {
        List.of("letter_read", "letter", "outbox")
                .forEach(table -> jdbc.sql("delete from " + table).update());
        notifications.give(new Notice(
                "job-1",
                "R-2026-0042",
                "level-decided",
                List.of(
                        new Notice.Post("level-decided", new Addressee("smelter", "org-luma")),
                        new Notice.Post("dossier", new Addressee("audit-programme", null)),
                        new Notice.Post("remedy-planned", new Addressee(Addressee.COMPLAINANT, null))),
                new FactsOfAnyCase()));
    }

    @Test
    void theSmelterFindsItsLetterAndOpeningItIsReadingIt() throws Exception {
        JsonNode waiting = json(get("smelter", "/api/letters"));
        assertThat(waiting.get("unread").asInt()).isEqualTo(1);
        assertThat(waiting.get("letters")).hasSize(1);
        JsonNode envelope = waiting.get("letters").get(0);
        assertThat(envelope.get("caseNumber").asText()).isEqualTo("R-2026-0042");
        assertThat(envelope.get("event").asText()).isEqualTo("level-decided");
        assertThat(envelope.get("read").asBoolean()).isFalse();
        assertThat(envelope.has("body")).isFalse();

        JsonNode letter =
                json(get("smelter", "/api/letters/" + envelope.get("id").asLong()));
        assertThat(letter.get("subject").asText()).isEqualTo("What is asked of you – case R-2026-0042");
        assertThat(letter.get("body").asText()).contains("harmed: mandatory");

        JsonNode afterwards = json(get("smelter", "/api/letters"));
        assertThat(afterwards.get("unread").asInt()).isZero();
        assertThat(afterwards.get("letters").get(0).get("read").asBoolean()).isTrue();
        assertThat(json(get("smelter", "/api/letters?unread=true")).get("letters"))
                .isEmpty();
    }

    @Test
    void aLetterIsReadByEachColleagueForThemselves() throws Exception {
        get("audit-programme", "/api/letters/" + idOfLetterTo("audit-programme"));

        assertThat(json(get("audit-programme", "/api/letters")).get("unread").asInt())
                .isZero();
        assertThat(json(get("audit-programme-2", "/api/letters")).get("unread").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"smelter-b", "audit-programme", "downstream", "facilitator", "partner", "admin", "overseer"})
    void nobodyElseFindsTheSmeltersLetter(String user) throws Exception {
        long id = idOfLetterTo("smelter");

        assertThat(get(user, "/api/letters/" + id).statusCode()).isEqualTo(404);
        assertThat(get(user, "/api/letters").body()).doesNotContain("\"id\":" + id + ",");
        assertThat(browse(user, "/api/letters/" + id).statusCode()).isEqualTo(404);
        assertThat(json(get("smelter", "/api/letters")).get("unread").asInt())
                .as("still unread")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smelter", "audit-programme", "protection", "admin"})
    void aLetterToAComplainantIsForNobodyWithAnAccount(String user) throws Exception {
        assertThat(get(user, "/api/letters/" + idOfLetterTo(Addressee.COMPLAINANT))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void withoutSigningInThereIsNothingToRead() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/letters"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void inABrowserALetterIsAPlainPage() throws Exception {
        HttpResponse<String> list = browse("smelter", "/api/letters");
        assertThat(list.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(list.body())
                .contains("<h1>Your letters</h1>", "What is asked of you – case R-2026-0042", "(unread)")
                .contains("February 2, 2026");

        String letter =
                browse("smelter", "/api/letters/" + idOfLetterTo("smelter")).body();
        assertThat(letter)
                .contains("<html lang=\"en\">", "harmed: mandatory", "All letters")
                .doesNotContain("<script");
        assertThat(browse("smelter", "/api/letters").body()).doesNotContain("(unread)");
    }

    @Test
    void whoDoesNotSayWhatTheyWantGetsJson() throws Exception {
        assertThat(json(get("smelter", "/api/letters", "*/*")).get("unread").asInt())
                .isEqualTo(1);
        assertThat(json(get("smelter", "/api/letters/" + idOfLetterTo("smelter"), "*/*"))
                        .get("language")
                        .asText())
                .isEqualTo("en");
    }

    @Test
    void theOperatorSeesTheOutboxAndNobodyElseDoes() throws Exception {
        JsonNode outbox = json(get("admin", "/api/outbox"));
        assertThat(outbox.get("smtp").asBoolean()).isFalse();
        assertThat(outbox.get("counts").get("WAITING").asInt()).isEqualTo(5);
        assertThat(outbox.get("mails").findValuesAsText("recipient"))
                .containsExactlyInAnyOrder(
                        "smelter", "audit-programme", "audit-programme-2", "audit-programme-3", "audit-programme-4");
        assertThat(outbox.toString()).doesNotContain("R-2026", "@demo", "dossier");

        for (String user : List.of("smelter", "audit-programme", "partner", "overseer")) {
            assertThat(get(user, "/api/outbox").statusCode()).as(user).isEqualTo(403);
        }
    }

    private long idOfLetterTo(String role) {
        return jdbc.sql("select id from letter where addressee_role = ?")
                .param(role)
                .query(Long.class)
                .single();
    }

    private HttpResponse<String> get(String user, String path) throws Exception {
        return get(user, path, "application/json");
    }

    private HttpResponse<String> browse(String user, String path) throws Exception {
        return get(user, path, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    }

    private HttpResponse<String> get(String user, String path, String accept) throws Exception {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Basic " + credentials)
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
