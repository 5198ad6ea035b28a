package org.redress.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A balancer that sends each request to another node: whoever signed in at one is signed in at both, and out at both. */
@SuppressWarnings("NullAway.Init")
class SessionsOnTwoNodesTest {

    private static final String PASSWORD = "a long password of the dpo";
    private static final String COUNT = "/camunda/api/engine/engine/default/task/count";
    private static final String WHO = "/camunda/api/admin/auth/user/default";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String GRIEVANCE =
            """
            {"channel":"PARTNER_SYSTEM","reporterType":"NGO","anonymous":false,"language":"en",
             "whatHappened":"A kanarienvogel sings at a depot.","where":{"country":"CD"},"ongoing":"NO",
             "exploitationTypes":["OTHER"],"childrenInvolved":false,"fearOfRetaliation":"LOW",
             "consentToShareIdentity":"NONE"}
            """;

    private static EmbeddedPostgres postgres;
    private static JdbcClient database;
    private static Product one;
    private static Product two;
    private static String first;
    private static String second;
    private static String caseNumber;

    @BeforeAll
    static void twoNodes() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = JdbcClient.create(postgres.getPostgresDatabase());
        int port = Provider.freePort();
        int other = Provider.freePort();
        first = "http://localhost:" + port;
        second = "http://localhost:" + other;
        one = node(port);
        assertThat(one.started()).as(one.said()).isTrue();
        two = node(other);
        assertThat(two.started()).as(two.said()).isTrue();
        person("hotline", "partner");
        person("dora", "dpo");
        HttpResponse<String> filed = call(
                "POST",
                "/api/grievances",
                "hotline",
                PASSWORD,
                GRIEVANCE,
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        caseNumber = JsonPath.parse(filed.body()).read("$.caseNumber");
    }

    @AfterAll
    static void theEnd() throws Exception {
        two.close();
        one.close();
        postgres.close();
    }

    private static Product node(int port) {
        return new Product(
                "--spring.profiles.active=postgres",
                "--REDRESS_DB_URL=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--REDRESS_DB_USER=postgres",
                "--REDRESS_DB_PASSWORD=postgres",
                "--REDRESS_PUBLIC_URL=" + first,
                "--REDRESS_ADDRESS=127.0.0.1",
                "--REDRESS_PORT=" + port,
                "--REDRESS_DB_POOL=8",
                "--REDRESS_VAULT_KEY=dGhlIG1hc3RlciBrZXkgb2YgYWxsIG91ciB0ZXN0cy4=",
                "--REDRESS_ADMIN_USER=operator",
                "--REDRESS_ADMIN_PASSWORD=" + PASSWORD,
                "--camunda.bpm.job-execution.enabled=false");
    }

    private static void person(String id, String role) {
        assertThat(call(
                                "POST",
                                "/engine-rest/user/create",
                                "operator",
                                PASSWORD,
                                "{\"profile\":{\"id\":\"" + id + "\",\"firstName\":\"D\",\"lastName\":\"D\"},"
                                        + "\"credentials\":{\"password\":\"" + PASSWORD + "\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(call("PUT", "/engine-rest/group/" + role + "/members/" + id, "operator", PASSWORD, "")
                        .statusCode())
                .isEqualTo(204);
    }

    private static HttpResponse<String> call(
            String method, String path, String user, String password, String body, String... more) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        String[] headers = new String[more.length + 6];
        System.arraycopy(more, 0, headers, 6, more.length);
        headers[0] = "Authorization";
        headers[1] = "Basic " + basic;
        headers[2] = "Content-Type";
        headers[3] = "application/json";
        headers[4] = "Accept";
        headers[5] = "application/json";
        return new Browser(first).send(method, URI.create(first + path), body, headers);
    }

    private static Browser signedIn(String node) {
        Browser dora = new Browser(node);
        dora.get("/camunda/app/tasklist/default/");
        assertThat(signIn(dora).statusCode()).isEqualTo(200);
        return dora;
    }

    private static HttpResponse<String> signIn(Browser dora) {
        return dora.send(
                "POST",
                dora.at(WHO + "/login/tasklist"),
                "username=dora&password=" + PASSWORD.replace(' ', '+'),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "application/json",
                "X-XSRF-TOKEN",
                dora.cookie("XSRF-TOKEN").orElse(""));
    }

    private static int count(Browser dora, String node) {
        return dora.send("GET", URI.create(node + COUNT), "", "Accept", "application/json")
                .statusCode();
    }

    private static int countByPost(Browser dora, String node, String token) {
        return dora.send(
                        "POST",
                        URI.create(node + COUNT),
                        "{}",
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json",
                        "X-XSRF-TOKEN",
                        token)
                .statusCode();
    }

    private static String id(Browser dora) {
        String cookie = dora.cookie("JSESSIONID").orElseThrow();
        return cookie.substring(0, cookie.indexOf('.'));
    }

    private static long rows(String id) {
        return database.sql("select count(*) from browser_session where session_id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    @Test
    void whoSignsInAtOneNodeWorksAtBothInTheWebAppsAndOnOurPages() {
        Browser dora = signedIn(first);
        String token = dora.cookie("XSRF-TOKEN").orElseThrow();
        for (String node : List.of(second, first, second)) {
            assertThat(count(dora, node)).isEqualTo(200);
            assertThat(countByPost(dora, node, token)).isEqualTo(200);
            assertThat(dora.get(node + "/my/finished").statusCode()).isEqualTo(200);
        }
        assertThat(dora.cookie("XSRF-TOKEN")).contains(token);

        HttpResponse<String> page = dora.get(first + "/break-glass/" + caseNumber);
        Matcher asked = TOKEN.matcher(page.body());
        assertThat(asked.find()).as(page.body()).isTrue();
        String reason = "reason=Nobody+answers+and+she+must+be+warned+tonight";
        URI other = URI.create(second + "/break-glass/" + caseNumber);
        String type = "application/x-www-form-urlencoded";
        assertThat(dora.send("POST", other, reason, "Content-Type", type).statusCode())
                .isEqualTo(403);
        assertThat(dora.send("POST", other, reason + "&_csrf=" + asked.group(1), "Content-Type", type)
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aPageElsewhereDoesNotKnowTheTokenAtEitherNode() {
        Browser dora = signedIn(first);
        assertThat(countByPost(dora, second, "guessed")).isEqualTo(403);
    }

    @Test
    void whoSignsOutAtOneNodeIsOutAtBothAndTheOldCookieOpensNothing() {
        Browser dora = signedIn(first);
        String kept = dora.cookie("JSESSIONID").orElseThrow();
        String id = id(dora);
        assertThat(count(dora, second)).isEqualTo(200);
        HttpResponse<String> out = dora.send(
                "POST",
                URI.create(second + WHO + "/logout"),
                "",
                "X-XSRF-TOKEN",
                dora.cookie("XSRF-TOKEN").orElseThrow());
        assertThat(out.statusCode()).isLessThan(300);
        assertThat(rows(id)).isZero();
        assertThat(count(dora, first)).isEqualTo(401);
        assertThat(dora.get(first + "/my/finished").statusCode()).isEqualTo(303);

        Browser thief = new Browser(first);
        thief.setCookie("JSESSIONID", kept);
        assertThat(count(thief, first)).isEqualTo(401);
        assertThat(count(thief, second)).isEqualTo(401);

        assertThat(signIn(dora).statusCode()).as("the same page signs in again").isEqualTo(200);
        assertThat(count(dora, second)).isEqualTo(200);
    }

    @Test
    void aSessionBeginsAnewAtSignIn() {
        Browser dora = new Browser(first);
        dora.get("/camunda/app/tasklist/default/");
        String before = id(dora);
        String token = dora.cookie("XSRF-TOKEN").orElseThrow();
        signIn(dora);
        assertThat(id(dora)).isNotEqualTo(before);
        assertThat(dora.cookie("XSRF-TOKEN").orElseThrow()).isNotEqualTo(token);
        assertThat(rows(before)).isZero();
    }

    /** The page sends many requests at once after sign-in; each would find no token, and make one. */
    @Test
    void manyRequestsAtOnceLeaveTheBrowserWithTheTokenOfItsSession() {
        Browser dora = signedIn(first);
        List<CompletableFuture<Integer>> all = IntStream.range(0, 12)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> count(dora, number % 2 == 0 ? first : second)))
                .toList();
        assertThat(all).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(countByPost(dora, second, dora.cookie("XSRF-TOKEN").orElseThrow()))
                .isEqualTo(200);
    }

    @Test
    void whoeverReadsTheRowsComesInAsNobodyAndLearnsNothingOfACase() {
        Browser dora = signedIn(first);
        dora.get(first + "/break-glass/" + caseNumber);
        dora.get(first + "/cases/" + caseNumber);
        String id = id(dora);
        assertThat(rows(id)).isEqualTo(1);
        List<byte[]> held = database.sql("select a.attribute_bytes from browser_session_attributes a"
                        + " join browser_session s on s.primary_id = a.session_primary_id where s.session_id = ?")
                .param(id)
                .query(byte[].class)
                .list();
        assertThat(held).hasSizeGreaterThan(2).allSatisfy(bytes -> assertThat(
                        new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotContain(
                        "kanarienvogel",
                        caseNumber,
                        PASSWORD,
                        dora.cookie("JSESSIONID").orElseThrow()));

        String code = dora.cookie("JSESSIONID").orElseThrow().substring(id.length() + 1);
        String another = id(signedIn(second));
        for (String forged : List.of(id, id + ".", id + "." + code.replaceFirst("..", "xx"), another + "." + code)) {
            Browser thief = new Browser(second);
            thief.setCookie("JSESSIONID", forged);
            assertThat(count(thief, second)).as("a cookie without its code").isEqualTo(401);
        }
    }

    /** Who writes rows has more than this; but no class that lies about is made an object of, and nobody sees an error. */
    @Test
    void whatIsNotPutIntoSessionsIsNotReadFromThem() throws IOException {
        Browser dora = signedIn(first);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream written = new ObjectOutputStream(bytes)) {
            written.writeObject(DayOfWeek.MONDAY);
        }
        assertThat(database.sql("update browser_session_attributes set attribute_bytes = ? where attribute_name ="
                                + " 'authenticatedUser' and session_primary_id ="
                                + " (select primary_id from browser_session where session_id = ?)")
                        .params(bytes.toByteArray(), id(dora))
                        .update())
                .isEqualTo(1);
        assertThat(count(dora, second)).isEqualTo(401);
        assertThat(two.said()).contains("A session held an object of java.time.DayOfWeek");
        assertThat(signIn(dora).statusCode()).isEqualTo(200);
        assertThat(count(dora, first)).isEqualTo(200);
    }

    @Test
    void theCookieIsKeptFromScriptsAndFromOtherSites() {
        HttpResponse<String> page = new Browser(first).get("/camunda/app/tasklist/default/");
        assertThat(page.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/"));
        assertThat(page.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("XSRF-TOKEN"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie).contains("SameSite=Lax", "Path=/camunda"));
    }
}
