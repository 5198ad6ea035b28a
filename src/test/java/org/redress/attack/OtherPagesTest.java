package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of somebody else, open in the browser of a person who is signed in: the browser adds the cookie, or the password that
 * it remembers, to whatever the page sends (CSRF, CORS); and what answers tell browsers to do.
 */
@SuppressWarnings("NullAway.Init")
class OtherPagesTest extends AttackTest {

    private static final String[] FROM_ELSEWHERE = {"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"};

    private String taskId;

    @BeforeEach
    void aTask() {
        Task task = taskService.newTask();
        task.setName("probe");
        task.setAssignee("admin");
        taskService.saveTask(task);
        taskId = task.getId();
    }

    @AfterEach
    void noTask() {
        taskService.deleteTask(taskId, true);
    }

    /** A form that a page sends unseen; browsers ask nobody whether they may. */
    @Test
    void aFormElsewhereChangesNothing() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("deployment-name", "attack");
        parts.put("data;filename=\"attack.bpmn\";type=text/plain", model("attack", "", "", ""));
        assertThat(onTheBareEngine()
                        .multipart("/engine-rest/deployment/create", parts, FROM_ELSEWHERE)
                        .statusCode())
                .as("a bare engine deploys what any page sends")
                .isEqualTo(200);

        String unclaim = "/engine-rest/task/" + taskId + "/unclaim";
        for (String[] headers : List.of(
                FROM_ELSEWHERE,
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"},
                new String[] {"Origin", "http://localhost.evil.example:" + port},
                new String[] {"Origin", "http://localhost:" + (port + 1)},
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"})) {
            HttpResponse<String> answer = signedInAs("admin").send("POST", unclaim, null, headers);
            assertThat(answer.statusCode()).as(String.join(" ", headers)).isEqualTo(403);
        }
        assertThat(assignee()).isEqualTo("admin");

        assertThat(signedInAs("admin")
                        .send(
                                "POST",
                                unclaim,
                                null,
                                "Origin",
                                "http://localhost:" + port,
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode())
                .as("a page of ours")
                .isEqualTo(204);
        assertThat(assignee()).isNull();
    }

    /** A cache, a link or a balancer that trusts it would hand the answer on to others. */
    @Test
    void nobodyIsSentToTheNameThatTheCallerGave() throws Exception {
        assertThat(whereTo(BareEngine.port(), "/")).contains("evil.example");
        for (String path :
                List.of("/", "/camunda", "/camunda/", "/camunda/app", "/camunda/app/tasklist", "/cases/R-1")) {
            assertThat(whereTo(port, path)).as(path).startsWith("/").doesNotStartWith("//");
        }
    }

    /** Where a redirect leads; the path itself for none. Java's client lets nobody choose the Host. */
    private static String whereTo(int port, String path) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer.split("\r\n\r\n", 2)[0]).as(path).contains("HTTP/1.1 ");
            return answer.lines()
                    .takeWhile(line -> !line.isBlank())
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                    .map(line -> line.substring("location:".length()).strip())
                    .findFirst()
                    .orElse(path);
        }
    }

    /** Shipped so too: the web apps want a token beside their cookie. From whichever page it comes, they do not ask. */
    @Test
    void theCookieAloneChangesNothing() {
        Caller onBare = inAWebAppOfTheBareEngine("worksThere");
        String count = "/camunda/api/engine/engine/default/task/count";
        assertThat(onBare.post(count, "{}").statusCode()).isEqualTo(403);
        Caller anew = inAWebAppOfTheBareEngine("worksThere");
        assertThat(anew.post(count, "{}", anew.token()[0], anew.token()[1], "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(200);

        Caller admin = asNobody();
        assertThat(admin.signIn("tasklist", "admin", "admin").statusCode()).isEqualTo(200);
        String unclaim = "/camunda/api/engine/engine/default/task/" + taskId + "/unclaim";
        assertThat(admin.send("POST", unclaim, null, FROM_ELSEWHERE).statusCode())
                .isEqualTo(403);
        String[] token = admin.token();
        String[] stolen = {token[0], token[1], "Origin", "https://evil.example"};
        assertThat(admin.send("POST", unclaim, null, stolen).statusCode()).isEqualTo(403);
        assertThat(assignee()).isEqualTo("admin");
        assertThat(admin.send("POST", unclaim, null, token).statusCode()).isEqualTo(204);
        assertThat(assignee()).isNull();

        admin.signIn("tasklist", "admin", "admin");
        assertThat(admin.send("POST", unclaim, null).statusCode())
                .as("without its token")
                .isEqualTo(403);
    }

    /** The cookie of the web apps opens no other door. */
    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task/%s/unclaim", "/api/outbox", "/engine-rest/user/admin/unlock"})
    void theCookieOpensOneDoorOnly(String path) {
        Caller admin = asNobody();
        admin.signIn("tasklist", "admin", "admin");
        assertThat(admin.send("POST", path.formatted(taskId), null, admin.token())
                        .statusCode())
                .isEqualTo(401);
        assertThat(onTheBareEngine()
                        .send("POST", "/engine-rest/user/nobody/unlock", null, FROM_ELSEWHERE)
                        .statusCode())
                .as("a bare engine asks for nothing at all")
                .isNotIn(401, 403);
    }

    /** Shipped so too, where no filter is set up; it stays so. */
    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task", "/api/letters", "/camunda/api/engine/engine/default/task"})
    void noPageElsewhereReadsAnAnswer(String path) {
        HttpResponse<String> onBare = onTheBareEngine().get("/engine-rest/task", "Origin", "https://evil.example");
        assertThat(onBare.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));

        Caller admin = path.startsWith("/camunda") ? asNobody() : signedInAs("admin");
        if (path.startsWith("/camunda")) {
            admin.signIn("tasklist", "admin", "admin");
        }
        for (HttpResponse<String> answer : List.of(
                admin.get(path, "Origin", "https://evil.example"),
                admin.send(
                        "OPTIONS",
                        path,
                        null,
                        "Origin",
                        "https://evil.example",
                        "Access-Control-Request-Method",
                        "DELETE"),
                asNobody()
                        .send(
                                "OPTIONS",
                                path,
                                null,
                                "Origin",
                                "https://evil.example",
                                "Access-Control-Request-Method",
                                "DELETE"))) {
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/engine-rest/task, no-referrer",
        "/engine-rest/history/variable-instance?maxResults=1, no-referrer",
        "/engine-rest/task/none, no-referrer",
        "/api/letters, no-referrer",
        "/api/ballots?caseNumber=C-2026-0001, no-referrer",
        "/camunda/api/engine/engine/default/task, same-origin",
        "/camunda/api/admin/auth/user/default, same-origin"
    })
    void answersWithCaseDataAreKeptNowhere(String path, String referrers) {
        Caller admin = path.startsWith("/camunda") ? asNobody() : signedInAs("admin");
        if (path.startsWith("/camunda")) {
            admin.signIn("tasklist", "admin", "admin");
        }
        HttpResponse<String> answer = admin.get(path);
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo(referrers);
        assertThat(header(answer, "Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(header(answer, "Server")).isEmpty();
        assertThat(header(answer, "X-Powered-By")).isEmpty();

        HttpResponse<String> onBare = onTheBareEngine().get("/engine-rest/task");
        assertThat(header(onBare, "Cache-Control")).isNotEqualTo("no-store");
        assertThat(header(onBare, "X-Content-Type-Options")).isEmpty();
        assertThat(header(onBare, "Content-Security-Policy")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/letters", "/actuator/health", "/nothing-there"})
    void ourOwnPagesRunNothingThatStandsInThem(String path) {
        HttpResponse<String> answer = signedInAs("smelter").get(path, "Accept", "text/html, application/json;q=0.5");
        String policy = header(answer, "Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.body()).doesNotContain("<script", "style=", "<style");
    }

    /**
     * Scripts run by a nonce, and by nothing that stands in a page. The web apps cannot do without styles of their own in
     * their pages: these alone may have them, and no answer with data.
     */
    @Test
    void onlyThePagesOfTheWebAppsMayBringStyles() {
        String page = "/camunda/app/%s/default/";
        String bare = header(onTheBareEngine().get(page.formatted("tasklist")), "Content-Security-Policy");
        assertThat(bare).contains("'unsafe-eval'", "'unsafe-inline'", "https:");

        for (String app : List.of("tasklist", "cockpit", "admin", "welcome")) {
            Caller admin = asNobody();
            admin.signIn(app, "admin", "admin");
            Map<String, String> policy = policy(admin.get(page.formatted(app)));
            assertThat(policy.get("style-src")).isEqualTo("'unsafe-inline' 'self'");
            assertThat(policy.get("script-src")).matches("'nonce-[^' ]+' 'strict-dynamic'");
            assertThat(policy.get("object-src")).isEqualTo("'none'");
            policy.remove("style-src");
            assertThat(policy.values()).noneMatch(sources -> sources.contains("unsafe") || sources.contains("http"));
        }
        Caller admin = asNobody();
        admin.signIn("tasklist", "admin", "admin");
        for (String path : List.of(
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/admin/auth/user/default",
                "/my/finished",
                "/cases/R-2026-0",
                "/files/R-2026-0",
                "/",
                "/redress.css",
                "/nothing-there")) {
            assertThat(header(admin.get(path), "Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    private static Map<String, String> policy(HttpResponse<String> answer) {
        Map<String, String> directives = new LinkedHashMap<>();
        for (String directive : header(answer, "Content-Security-Policy").split(";", -1)) {
            String[] words = directive.strip().split(" ", 2);
            directives.put(words[0], words.length > 1 ? words[1].strip() : "");
        }
        return directives;
    }

    @Test
    void aLetterIsShownWithoutAStyleOfItsOwn() {
        HttpResponse<String> page = signedInAs("smelter").get("/api/letters", "Accept", "text/html");
        assertThat(page.body()).contains("<link rel=\"stylesheet\" href=\"/redress.css\">");
        HttpResponse<String> style = asNobody().get("/redress.css");
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(header(style, "Content-Type")).contains("text/css");
    }

    @Test
    void overTlsABrowserIsToldToStayThere() {
        for (String path : List.of("/engine-rest/task", "/api/letters", "/camunda/app/tasklist/default/")) {
            assertThat(header(signedInAs("admin").get(path), "Strict-Transport-Security"))
                    .as("without TLS it would shut people out")
                    .isEmpty();
        }
        assertThat(header(
                        onTheBareEngine().get("/engine-rest/task", "X-Forwarded-Proto", "https"),
                        "Strict-Transport-Security"))
                .isEmpty();
        for (String path : List.of("/engine-rest/task", "/api/letters", "/camunda/app/tasklist/default/")) {
            assertThat(header(overTls(path), "Strict-Transport-Security")).contains("max-age=31536000");
        }
    }

    /** As a balancer that ends TLS says it. */
    private HttpResponse<String> overTls(String path) {
        return signedInAs("admin").get(path, "X-Forwarded-Proto", "https");
    }

    private String assignee() {
        return taskService.createTaskQuery().taskId(taskId).singleResult().getAssignee();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
