package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;

/** An overseer looks at the processes in Cockpit, and learns no variable of a case by asking for it. */
@SuppressWarnings("NullAway.Init")
class CockpitSearchesTest extends ProcessTest {

    private static final String LIST = "/camunda/api/cockpit/plugin/base/default/process-instance";

    private CookieManager cookies;
    private HttpClient client;

    @BeforeEach
    void anOverseerSignsIn() throws Exception {
        cookies = new CookieManager();
        client = HttpClient.newBuilder().cookieHandler(cookies).build();
        runtimeService.startProcessInstanceByMessage(
                "grievance-received",
                "",
                Variables.fromMap(formValues(Map.of(
                        "ongoing", "NO",
                        "childrenInvolved", false,
                        "fearOfRetaliation", "LOW",
                        "whereCountry", "CD",
                        "language", "en",
                        "contact", "+243 97 000",
                        "whatHappened", "Somebody was beaten."))));
        send(HttpRequest.newBuilder().GET(), "/camunda/app/cockpit/default/");
        HttpResponse<String> login = send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=overseer&password=overseer")),
                "/camunda/api/admin/auth/user/default/login/cockpit");
        assertThat(login.statusCode()).isEqualTo(200);
        send(HttpRequest.newBuilder().GET(), "/camunda/app/cockpit/default/");
    }

    /** Of one variable's history the condition lies apart from those of all other lists. */
    @Test
    void theHistoryOfVariablesIsNotAskedForAValueEither() {
        VariablesInQueries lists = new VariablesInQueries(Set.of("caseState"));
        assertThatThrownBy(() -> lists.check(historyService
                        .createHistoricVariableInstanceQuery()
                        .variableValueEquals("contact", "+243 97 000")))
                .isInstanceOf(InvalidInput.class);
        assertThatCode(() -> lists.check(historyService
                        .createHistoricVariableInstanceQuery()
                        .variableValueEquals("caseState", "RECEIVED")))
                .doesNotThrowAnyException();
        assertThatCode(() -> lists.check(historyService.createHistoricVariableInstanceQuery()))
                .doesNotThrowAnyException();
    }

    @Test
    void theProcessesAreListedAndNarrowedByPlainFacts() throws Exception {
        assertThat(ask(LIST + "?firstResult=0&maxResults=50", "{}").body()).contains("R-2026-");
        assertThat(ask(LIST + "/count", condition("caseState", "eq", "RECEIVED"))
                        .statusCode())
                .isEqualTo(200);
    }

    /** A value that is asked for is looked at by the vault, which reads the models anew every some seconds. */
    @Test
    void aListIsNarrowedHoweverLongNobodyHasAskedForTheModels() throws Exception {
        String search = condition("caseState", "eq", "RECEIVED");
        for (String path : new String[] {LIST + "/count", LIST + "?firstResult=0&maxResults=50"}) {
            // Whatever is deployed, everything known of the models is forgotten.
            Deployment other = repositoryService
                    .createDeployment()
                    .addString("search-probe.form", "{\"id\": \"search-probe\", \"components\": []}")
                    .deploy();
            repositoryService.deleteDeployment(other.getId());
            HttpResponse<String> answer = ask(path, search);
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        }
    }

    /** Without the check each of these answers 200, and a count tells whether the guess was right. */
    @ParameterizedTest
    @CsvSource({"contact, like, +2%", "whatHappened, like, %beaten%", "whatHappened, eq, x"})
    void nobodyFindsOutAConfidentialValueByAskingCockpitForIt(String name, String operator, String value)
            throws Exception {
        for (String path : new String[] {LIST, LIST + "/count", LIST + "?firstResult=0&maxResults=10"}) {
            HttpResponse<String> answer = ask(path, condition(name, operator, value));
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("others may be confidential");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIST + "/count?variables=contact_like_%252B2%25",
                LIST + "/count?variables=caseState_eq_RECEIVED,contact_like_x",
                "//camunda/api/cockpit/plugin/base/default/process-instance/count?variables=contact_like_x",
                "/camunda/api/;a=b/cockpit/plugin/base/default/process-instance/count?variables=contact_like_x",
                "/camunda/api/%63ockpit/plugin/base/default/process-instance/count?variables=contact_like_x"
            })
    void norByAnAddress(String path) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder().GET(), path);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain("\"count\"");
    }

    @Test
    void aQueryThatNeverEndsIsRefused() throws Exception {
        assertThat(ask(LIST, "{\"variables\":[" + "{\"name\":\"caseState\"},".repeat(4000) + "{}]}")
                        .statusCode())
                .isEqualTo(413);
    }

    private static String condition(String name, String operator, String value) {
        return "{\"variables\":[{\"name\":\"%s\",\"operator\":\"%s\",\"value\":\"%s\"}]}"
                .formatted(name, operator, value);
    }

    private HttpResponse<String> ask(String path, String query) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(query)),
                path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        return client.send(
                request.uri(URI.create("http://localhost:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
