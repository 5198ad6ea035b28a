package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.redress.engine.Reference;
import org.redress.vault.Erasures;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who reads which letter, over HTTP, tried as the wrong organisation too. */
@SuppressWarnings("NullAway.Init")
class LettersOverHttpTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ERASED = "R-2026-0743";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private Notifications notifications;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Erasures erasures;

    @Autowired
    private MeterRegistry meters;

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

    /** The text goes with its case; that there was a letter stays, and nobody meets an error. */
    @Test
    void aLetterOfACaseThatWasErasedSaysSo() throws Exception {
        notifications.give(new Notice(
                "job-2",
                ERASED,
                "level-decided",
                List.of(new Notice.Post("level-decided", new Addressee("smelter", "org-luma"))),
                new FactsOfAnyCase()));
        long id = jdbc.sql("select id from letter where case_number = ?")
                .param(ERASED)
                .query(Long.class)
                .single();
        assertThat(jdbc.sql("select coalesce(body, '') || reference from letter where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .matches(Reference::is);

        erasures.hold(ERASED, "A court may ask", "dpo");
        assertThatThrownBy(() -> erasures.erase(ERASED, null, "asked for", "dpo"))
                .isInstanceOf(Erasures.Held.class);
        assertThat(json(get("smelter", "/api/letters/" + id)).get("body").asText())
                .contains("mandatory");
        erasures.lift(ERASED, "It is over", "dpo");
        assertThat(erasures.erase(ERASED, null, "asked for", "dpo").valuesGone())
                .isEqualTo(1);

        JsonNode letter = json(get("smelter", "/api/letters/" + id));
        assertThat(letter.get("erased").asBoolean()).isTrue();
        assertThat(letter.get("body").isNull()).isTrue();
        assertThat(browse("smelter", "/api/letters/" + id).body())
                .contains("erased together with the confidential records")
                .doesNotContain("mandatory");
        assertThat(browse("smelter", "/api/letters").body()).contains("(erased)");
        assertThat(jdbc.sql("select state from outbox where message_key = 'job-2'")
                        .query(String.class)
                        .list())
                .containsOnly("ERASED");
        assertThat(jdbc.sql("select reader || ' ' || purpose from vault_read where case_number = ?")
                        .param(ERASED)
                        .query(String.class)
                        .list())
                .as("the one time that it was shown")
                .containsExactly("smelter letter");
        assertThat(meters.get("redress.outbox.erased").gauge().value()).isPositive();
        assertThat(meters.get("redress.letters.plain").gauge().value()).isZero();
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
                .contains("2026-02-02");

        String letter =
                browse("smelter", "/api/letters/" + idOfLetterTo("smelter")).body();
        assertThat(letter)
                .contains("<html lang=\"en\">", "harmed: mandatory", "All letters", "href=\"/cases/R-2026-0042\"")
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
