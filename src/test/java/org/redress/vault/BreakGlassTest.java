package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.server.ResponseStatusException;

/** Reading in an emergency: the lawyer has a form whose field is not for lawyers. */
@SuppressWarnings("NullAway.Init")
class BreakGlassTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SECRET = "She sleeps at the mission, behind the mill";
    private static final String OF_PERSON = "Her name is Josephine";
    private static final String REASON = "A judge wants to know tonight where Josephine is";
    private static final String MASK = "•••";
    private static final String FORM =
            """
            {"id": "glass-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "textarea", "id": "f1", "key": "glassSecret", "label": "Where?",
                "properties": {"audience": "protection"}},
               {"type": "checklist", "id": "f3", "key": "glassNeeds", "label": "What helps?",
                "values": [{"label": "Food", "value": "MEALS"}, {"label": "a bed", "value": "BED"}],
                "properties": {"audience": "protection"}},
               {"type": "select", "id": "f4", "key": "glassSafety", "label": "Safety",
                "values": [{"label": "At once", "value": "NOW"}], "properties": {"audience": "protection"}},
               {"type": "textfield", "id": "f2", "key": "glassAnswer", "label": "Your answer?"}]}
            """;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Parties parties;

    private String number;
    private String task;

    @BeforeEach
    void aCase() {
        number = newCaseNumber();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                .params(number, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("glass-probe.form", FORM)
                .addModelInstance(
                        "glass-probe.bpmn",
                        Bpmn.createExecutableProcess("glass-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_look")
                                .camundaFormRef("glass-probe")
                                .camundaFormRefBinding("deployment")
                                .camundaCandidateGroups("legal")
                                .endEvent()
                                .done()));
        start("glass-probe", number, Map.of("glassSecret", SECRET));
        vault.seal(
                new Subject(number, "V-77"),
                List.of(new Values.Fresh(
                        Reference.random(), "victimName", Set.of("vsc"), new Content("String", OF_PERSON))));
        task = as("legal").task("task_look").getId();
        actingAs("legal", () -> {
            taskService.claim(task, "legal");
            return task;
        });
    }

    @AfterEach
    void nothingStays() {
        jdbc.sql("delete from case_party where case_number = ?").param(number).update();
    }

    @Test
    void whileItLastsOnePersonReadsInTheFormsAndOnRecordAsSuch() throws Exception {
        assertThat(inForm("legal")).isEqualTo(MASK);
        HttpResponse<String> asked = ask("legal", null, REASON);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        assertThat(asked.body()).doesNotContain("Josephine");
        assertThat(json(asked).path("endsAt").asText()).isEqualTo("2026-02-02T13:00:00Z");
        assertThat(inForm("legal")).isEqualTo(SECRET);
        assertThat(jdbc.sql("select purpose from vault_read where reader = 'legal' and case_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("break-glass");
        assertThat(new Dump(jdbc).rowsWith("A judge wants"))
                .as("the reason names people")
                .isEmpty();

        travel(Duration.ofHours(4));
        assertThat(inForm("legal")).as("all is as before").isEqualTo(MASK);
    }

    @Test
    void oneReadsAndWritesNothing() throws Exception {
        ask("legal", null, REASON);
        assertThat(inForm("legal")).isEqualTo(SECRET);
        assertThatThrownBy(() -> submit("something else"))
                .hasMessageContaining("is confidential and was filled in by somebody else");
        String before = reference();
        submit(SECRET);
        assertThat(historyReference()).as("what the form showed comes back").isEqualTo(before);
    }

    @Test
    void withoutItTheSameAnswerIsNoWayToGuess() {
        assertThatThrownBy(() -> submit(SECRET))
                .hasMessageContaining("is confidential and was filled in by somebody else");
    }

    @Test
    void aSurvivorIsNotTheWholeCase() throws Exception {
        assertThat(ask("legal", "V-00", REASON).statusCode()).isEqualTo(400);
        assertThat(ask("legal", "V-77", REASON).statusCode()).isEqualTo(201);
        assertThat(inForm("legal")).as("what is about the case").isEqualTo(MASK);
        assertThat(page("legal"))
                .extracting(BreakGlass.Shown::content)
                .containsExactly(new Content("String", OF_PERSON));
        ask("legal", null, REASON);
        assertThat(page("legal")).hasSize(2);
    }

    /** Neither what is about the case nor about another one, though a lawyer reads it by right elsewhere. */
    @Test
    void aGrantForOneSurvivorShowsNothingElse() throws Exception {
        keep("V-88", "victimName", "legal", "Her name is Odile");
        keep(null, "glassOfTheCase", "legal", "They work at night");
        assertThat(ask("legal", "V-77", REASON).statusCode()).isEqualTo(201);
        assertThat(asPage("legal")).contains(OF_PERSON).doesNotContain("Odile", "at night", SECRET);
        assertThat(ask("legal", null, REASON).statusCode()).isEqualTo(201);
        assertThat(asPage("legal")).contains(OF_PERSON, "Odile", "at night", SECRET, "the case");
    }

    @Test
    void answersReadAsTheFormsWordThemUnderTheNameOfTheForm() throws Exception {
        keep("V-77", "glassNeeds", "protection", "[\"MEALS\",\"BED\"]");
        keep("V-77", "glassSafety", "protection", "NOW");
        keep("V-77", "glassWords", "protection", "NOW, she said");
        ask("legal", "V-77", REASON);
        assertThat(asPage("legal"))
                .contains("Glass probe", "What helps?", "Food, a bed", "At once", "NOW, she said")
                .doesNotContain("MEALS", ">NOW<");
    }

    @Test
    void whatWasErasedIsSaidToBeErased() throws Exception {
        ask("legal", "V-77", REASON);
        erasures.erase(number, "V-77", "asked for it", "dpo");
        assertThat(asPage("legal"))
                .contains("about V-77 was erased. There is nothing left to read.")
                .doesNotContain("You may read", "Josephine");
    }

    private void keep(@Nullable String person, String name, String audience, String words) {
        vault.seal(
                new Subject(number, person),
                List.of(new Values.Fresh(Reference.random(), name, Set.of(audience), new Content("String", words))));
    }

    private String asPage(String user) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAttribute(CsrfToken.class.getName(), new DefaultCsrfToken("X-CSRF", "_csrf", "token"));
        return String.valueOf(glassPage
                .show(number, null, new TestingAuthenticationToken(user, "", user, "org-" + user), request)
                .getBody());
    }

    @Autowired
    private BreakGlassPage glassPage;

    @Autowired
    private Erasures erasures;

    @Autowired
    private BreakGlass glass;

    private List<BreakGlass.Shown> page(String user) {
        return glass.values(new Files.Asker(user, Set.of(user, "org-" + user)), number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"facilitator", "smelter", "protection", "admin", "overseer", "partner", "audit-programme"})
    void whoMayNotAskFindsNoSuchCase(String user) throws Exception {
        HttpResponse<String> answer = ask(user, null, REASON);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(page(user)).isEmpty();
    }

    @Test
    void aFacilitatorAsksWhereItIsPartyAndAsLongAsItIs() throws Exception {
        parties.add(number, "facilitator", "org-facilitator");
        assertThat(ask("facilitator", null, REASON).statusCode()).isEqualTo(201);
        assertThat(page("facilitator")).hasSize(2);
        jdbc.sql("delete from case_party where case_number = ?").param(number).update();
        assertThat(page("facilitator")).isEmpty();
    }

    @Test
    void aColleagueReadsNothing() throws Exception {
        ask("legal", null, REASON);
        assertThat(glass.values(new Files.Asker("legal-2", Set.of("legal")), number))
                .isEmpty();
        assertThat(glass.values(new Files.Asker("legal", Set.of("overseer")), number))
                .as("the role was taken away")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too short", "                                        "})
    void aReasonIsAReason(String reason) throws Exception {
        assertThat(ask("legal", null, reason).statusCode()).isEqualTo(400);
        assertThat(ask("legal", null, "x".repeat(501)).statusCode()).isEqualTo(400);
    }

    @Test
    void twoTabsAreOneGrantAndOneLetter() {
        Set<String> grants = IntStream.range(0, 5)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return json(ask("legal", null, REASON)).path("id").asText();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .collect(java.util.stream.Collectors.toSet());
        assertThat(grants).hasSize(1);
        assertThat(lettersTo("dpo", number)).containsExactly("break-glass");
        assertThat(lettersTo("overseer", number)).isEmpty();
    }

    @Test
    void eachOfTwoIsTold() throws Exception {
        mailOf("dpo", "officer@example.org");
        ask("legal", null, REASON);
        travel(Duration.ofMinutes(1));
        parties.add(number, "facilitator", "org-facilitator");
        ask("facilitator", null, REASON);
        assertThat(lettersTo("dpo", number)).hasSize(2);
        assertThat(jdbc.sql("select o.message_key from outbox o join vault_break_glass g on o.message_key ="
                                + " 'break-glass/' || g.id where g.case_number = ? and o.recipient = 'dpo'")
                        .param(number)
                        .query(String.class)
                        .list())
                .as("a mail for each")
                .hasSize(2);
        mailOf("dpo", "");
    }

    private void mailOf(String user, String address) {
        var account = identityService.createUserQuery().userId(user).singleResult();
        account.setEmail(address);
        identityService.saveUser(account);
    }

    /** In the demo there is one data protection officer. */
    @Test
    void whereTheOnlyOfficerReadsSomebodyElseIsTold() throws Exception {
        assertThat(ask("dpo", null, REASON).statusCode()).isEqualTo(201);
        assertThat(lettersTo("dpo", number)).containsExactly("break-glass");
        assertThat(lettersTo("overseer", number)).containsExactly("break-glass");
        assertThat(textsOfLetters(number, "break-glass")).hasSize(2).allSatisfy(body -> assertThat(body)
                .contains("read log")
                .doesNotContain("Josephine")
                .doesNotContain("judge"));
    }

    @Test
    void theOfficerListsAndEndsThem() throws Exception {
        String id = json(ask("legal", null, REASON)).path("id").asText();
        assertThat(send("legal", "", HttpRequest.newBuilder()).statusCode())
                .as("the list is the officers'")
                .isEqualTo(403);
        for (String stranger : List.of("protection", "admin", "facilitator", "overseer")) {
            assertThat(send(stranger, "", HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(403);
            assertThat(send(stranger, "/" + id, HttpRequest.newBuilder().DELETE())
                            .statusCode())
                    .isEqualTo(403);
        }
        JsonNode told = told(id);
        assertThat(told.path("reason").asText()).isEqualTo(REASON);
        assertThat(told.path("grant").path("reader").asText()).isEqualTo("legal");
        assertThat(inForm("legal")).isEqualTo(SECRET);
        assertThat(send("dpo", "/" + id, HttpRequest.newBuilder().DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(inForm("legal")).isEqualTo(MASK);
        assertThat(send("dpo", "/" + id, HttpRequest.newBuilder().DELETE()).statusCode())
                .isEqualTo(404);
    }

    /** Nobody else's: a colleague of the same role is refused, whether there is such a reading or not. */
    @Test
    void whoeverReadsEndsTheirOwnAndNoneOfOthers() throws Exception {
        String own = json(ask("legal", null, REASON)).path("id").asText();
        String officers = json(ask("dpo", null, REASON)).path("id").asText();
        for (String other : List.of(officers, "none")) {
            assertThat(send("legal", "/" + other, HttpRequest.newBuilder().DELETE())
                            .statusCode())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(inForm("legal")).isEqualTo(SECRET);
        assertThat(send("legal", "/" + own, HttpRequest.newBuilder().DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(inForm("legal")).isEqualTo(MASK);
        assertThat(told(own).path("grant").path("revokedBy").asText()).isEqualTo("legal");
        assertThat(told(officers).path("grant").path("revokedBy").isNull()).isTrue();
        assertThat(send("legal", "/" + own, HttpRequest.newBuilder().DELETE()).statusCode())
                .as("it is over")
                .isEqualTo(404);
    }

    /** Whoever ends a reading sees of which case it is. */
    @Test
    void thePageOfACaseEndsNoReadingOfAnotherCase() throws Exception {
        String own = json(ask("legal", null, REASON)).path("id").asText();
        String other = newCaseNumber();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                .params(other, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        for (String user : List.of("legal", "dpo")) {
            var who = new TestingAuthenticationToken(user, "", user, "org-" + user);
            assertThat(glass.maySee(FilesApi.asker(who), other)).isTrue();
            assertThatThrownBy(() -> glassPage.end(other, own, who))
                    .isInstanceOfSatisfying(
                            ResponseStatusException.class,
                            refused -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND));
        }
        assertThat(inForm("legal")).isEqualTo(SECRET);
        assertThat(glassPage
                        .end(number, own, new TestingAuthenticationToken("legal", "", "legal", "org-legal"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.SEE_OTHER);
        assertThat(inForm("legal")).isEqualTo(MASK);
    }

    /** Who may ask is a setting; that the officer sees to it, is not. */
    @Test
    void anOfficerWhoMayNotReadEndsWhatOthersReadAllTheSame(
            @Autowired EmergencyGrants grants,
            @Autowired Readers readers,
            @Autowired SealedFiles files,
            @Autowired CaseLock locks,
            @Autowired Values values,
            @Autowired ReadLog log,
            @Autowired ApplicationEventPublisher news,
            @Autowired Clock clock)
            throws Exception {
        BreakGlass forLegalAlone = new BreakGlass(
                new BreakGlassSettings(Set.of("legal"), Duration.ofHours(4)),
                grants,
                readers,
                files,
                locks,
                values,
                vault,
                log,
                news,
                clock);
        Files.Asker officer = new Files.Asker("dpo", Set.of("dpo"));
        String id = json(ask("legal", null, REASON)).path("id").asText();
        assertThat(forLegalAlone.mayAsk(officer, number)).isFalse();
        assertThat(forLegalAlone.maySee(officer, number)).isTrue();
        assertThat(forLegalAlone.maySee(officer, "R-2026-0000")).isFalse();
        assertThat(forLegalAlone.maySee(new Files.Asker("protection", Set.of("protection")), number))
                .isFalse();
        assertThat(forLegalAlone.others(officer, number))
                .extracting(BreakGlass.Told::reason)
                .containsExactly(REASON);
        assertThat(forLegalAlone.end(officer, id)).isEqualTo(BreakGlass.Ending.ENDED);
        assertThat(inForm("legal")).isEqualTo(MASK);
    }

    @Test
    void whatIsErasedIsNotRead() throws Exception {
        String id = json(ask("legal", null, REASON)).path("id").asText();
        HttpRequest.Builder erasure = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"caseNumber\":\"" + number + "\",\"reason\":\"asked for it\"}"));
        assertThat(call("dpo", "/api/vault/erasures", erasure).statusCode()).isEqualTo(200);
        assertThat(page("legal")).isEmpty();
        assertThat(ask("legal", null, REASON).statusCode()).isEqualTo(409);
        assertThat(told(id).path("reason").isNull()).isTrue();
        assertThat(jdbc.sql("select length(sealed_reason) from vault_break_glass where case_number = ?")
                        .param(number)
                        .query(Integer.class)
                        .list())
                .containsExactly(0);
    }

    private JsonNode told(String id) throws Exception {
        for (JsonNode each : json(send("dpo", "", HttpRequest.newBuilder()))) {
            if (each.path("grant").path("id").asText().equals(id)) {
                return each;
            }
        }
        throw new AssertionError("not in the list: " + id);
    }

    private String reference() {
        return (String) taskService.getVariable(task, "glassSecret");
    }

    private String historyReference() {
        return (String) historyService
                .createHistoricVariableInstanceQuery()
                .variableName("glassSecret")
                .orderByProcessInstanceId()
                .desc()
                .list()
                .stream()
                .filter(found -> number.equals(historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(found.getProcessInstanceId())
                        .singleResult()
                        .getBusinessKey()))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private void submit(String secret) {
        actingAs("legal", () -> {
            formService.submitTaskForm(task, Map.of("glassSecret", secret, "glassAnswer", "seen"));
            return task;
        });
    }

    private String inForm(String user) {
        return String.valueOf(
                actingAs(user, () -> formService.getTaskFormVariables(task).get("glassSecret")));
    }

    private HttpResponse<String> ask(String user, @Nullable String person, String reason) throws Exception {
        Map<String, Object> wish = new HashMap<>(Map.of("caseNumber", number, "reason", reason));
        wish.put("person", person);
        return send(
                user,
                "",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(wish))));
    }

    private HttpResponse<String> send(String user, String tail, HttpRequest.Builder request) throws Exception {
        return call(user, "/api/vault/break-glass" + tail, request);
    }

    private HttpResponse<String> call(String user, String path, HttpRequest.Builder request) throws Exception {
        String basic = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                request.uri(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Basic " + basic)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return MAPPER.readTree(answer.body());
    }
}
