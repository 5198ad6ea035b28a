package org.redress.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People and programs of organisations at two nodes of the product, with a real provider. The first node takes administrators
 * from the provider's claims, the second, started after one has signed in, does not: as by default.
 */
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignInByProviderTest {

    private static final Path CHROMIUM = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String WHO = "/camunda/api/admin/auth/user/default";
    private static final String GRIEVANCE =
            """
            {"channel":"PARTNER_SYSTEM","reporterType":"NGO","anonymous":false,"language":"en",
             "whatHappened":"A boy sorts ore bags at a depot.","where":{"country":"CD"},"ongoing":"NO",
             "exploitationTypes":["OTHER"],"childrenInvolved":false,"fearOfRetaliation":"LOW",
             "consentToShareIdentity":"NONE"}
            """;

    private static EmbeddedPostgres postgres;
    private static JdbcClient database;
    private static String address;
    private static Provider provider;
    private static Product product;
    private static Product secondNode;
    private static String secondAddress;

    @BeforeAll
    static void aProviderAndTwoNodes() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = JdbcClient.create(postgres.getPostgresDatabase());
        int port = Provider.freePort();
        address = "http://localhost:" + port;
        int second = Provider.freePort();
        secondAddress = "http://localhost:" + second;
        provider = new Provider(List.of(address, secondAddress))
                .says("1", person("Ada", "camunda-admin"))
                .says("2", person("anna.luma", "downstream", "org-luma"))
                .says("3", person("nils.nova", "downstream", "org-nova"))
                .says("hotline", person("service-hotline", "partner"));
        product = node(port, "--redress.sign-in.oidc.administrators=true");
        assertThat(product.started()).as(product.said()).isTrue();
        // The doors are open a moment before the roles of a new database are made.
        await(() -> get("/api/organisations", "1").statusCode() == 200);
        assertThat(send("PUT", "/api/organisations/org-nova", "1", "{\"name\":\"Nova\",\"roles\":[\"downstream\"]}")
                        .statusCode())
                .isEqualTo(200);
        secondNode = node(second, "--REDRESS_PUBLIC_URL=" + secondAddress, "--redress.sign-in.oidc.session=PT4S");
        assertThat(secondNode.started()).as(secondNode.said()).isTrue();
    }

    @AfterAll
    static void theEnd() throws Exception {
        secondNode.close();
        product.close();
        provider.close();
        postgres.close();
    }

    private static Product node(int port, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.profiles.active=postgres",
                "--REDRESS_DB_URL=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--REDRESS_DB_USER=postgres",
                "--REDRESS_DB_PASSWORD=postgres",
                "--REDRESS_PUBLIC_URL=" + address,
                "--REDRESS_ADDRESS=127.0.0.1",
                "--REDRESS_PORT=" + port,
                "--REDRESS_DB_POOL=8",
                "--REDRESS_VAULT_KEY=dGhlIG1hc3RlciBrZXkgb2YgYWxsIG91ciB0ZXN0cy4=",
                "--REDRESS_DOWNSTREAM=org-luma",
                "--redress.sign-in.provider=oidc",
                "--redress.sign-in.oidc.issuer=" + provider.issuer(),
                "--redress.sign-in.oidc.client-id=" + Provider.CLIENT,
                "--redress.sign-in.oidc.client-secret=" + Provider.SECRET,
                "--redress.sign-in.oidc.audience=" + Provider.AUDIENCE));
        for (String setting : more) {
            settings.removeIf(known -> known.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            settings.add(setting);
        }
        return new Product(settings.toArray(String[]::new));
    }

    private static Map<String, Object> person(String name, String role, String... organisations) {
        return Map.of(
                "preferred_username",
                name,
                "groups",
                List.of(role, "all-staff"),
                "organisation",
                List.of(organisations),
                "email",
                name + "@example.org");
    }

    // Programs

    @Test
    @Order(1)
    void aSystemFilesAGrievanceWithItsOwnTokenAndPeopleSeeTheTasksOfTheirOrganisation() {
        String token = clientCredentials();
        HttpResponse<String> filed = new Browser(address)
                .send(
                        "POST",
                        URI.create(address + "/api/grievances"),
                        GRIEVANCE,
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        UUID.randomUUID().toString());
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        assertThat(new Browser(address)
                        .get(TASKLIST, "Authorization", "Bearer " + token)
                        .statusCode())
                .as("a token opens no page")
                .isEqualTo(302);
        assertThat(send("POST", "/api/grievances", "2", GRIEVANCE).statusCode())
                .as("whoever is no partner files nothing")
                .isIn(400, 403);

        await(() -> tasks("2").size() > 0);
        assertThat(tasks("2")).as("anna of luma").isNotEmpty();
        assertThat(tasks("3")).as("nils of nova").isEmpty();
        assertThat(get("/engine-rest/task/" + tasks("2").get(0), "3").statusCode())
                .isIn(403, 404);
    }

    @Test
    void aTokenThatIsNotAsItShouldBeOpensNothing() throws JOSEException, ParseException {
        assertThat(getWith("/engine-rest/task", provider.token("2")).statusCode())
                .isEqualTo(200);
        String good = provider.token("2");
        JWTClaimsSet claims = SignedJWT.parse(good).getJWTClaimsSet();
        SignedJWT byPublicKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(), claims);
        byPublicKey.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));
        String[] parts = good.split("\\.", -1);
        String moreRights = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("downstream", "camunda-admin")
                        .getBytes(StandardCharsets.UTF_8));
        Date past = Date.from(Instant.now().minus(Duration.ofHours(1)));
        Map.ofEntries(
                        Map.entry("no signature", new PlainJWT(claims).serialize()),
                        Map.entry("the public key as a secret", byPublicKey.serialize()),
                        Map.entry("another key", provider.forged("2")),
                        Map.entry("changed", parts[0] + "." + moreRights + "." + parts[2]),
                        Map.entry("another issuer", provider.token("2", said -> said.issuer("https://evil.example"))),
                        Map.entry("another audience", provider.token("2", said -> said.audience("another-api"))),
                        Map.entry("for the web client", provider.token("2", said -> said.audience(Provider.CLIENT))),
                        Map.entry("no audience", provider.token("2", said -> said.audience((String) null))),
                        Map.entry("expired", provider.token("2", said -> said.expirationTime(past))),
                        Map.entry("never ending", provider.token("2", said -> said.expirationTime(null))),
                        Map.entry(
                                "not yet",
                                provider.token(
                                        "2",
                                        said -> said.notBeforeTime(
                                                Date.from(Instant.now().plusSeconds(3600))))),
                        Map.entry("since never", provider.token("2", said -> said.issueTime(null))),
                        Map.entry(
                                "of tomorrow",
                                provider.token(
                                        "2",
                                        said -> said.issueTime(
                                                Date.from(Instant.now().plusSeconds(120))))),
                        Map.entry("of nobody", provider.token("2", said -> said.subject(null))),
                        Map.entry("rubbish", "rubbish"))
                .forEach((what, token) -> {
                    for (String path : List.of("/engine-rest/task", "/api/letters", "/engine-rest/engine")) {
                        assertThat(getWith(path, token).statusCode())
                                .as(what + " at " + path)
                                .isEqualTo(401);
                    }
                });
        assertThat(get("/api/letters?access_token=" + good, "").statusCode())
                .as("in the address, where logs keep it")
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task", "/api/letters", "/api/organisations", "/engine-rest/engine"})
    void thereIsNoPasswordAtTheDoorsForPrograms(String path) {
        localUser("with-a-password", "a-long-password");
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString("with-a-password:a-long-password".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> refused = new Browser(address).get(path, "Authorization", basic);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    // People at the web apps

    @Test
    void aPersonSignsInAtTheProviderAndWorksInTasklist() {
        Browser anna = new Browser(address);
        HttpResponse<String> page = anna.open(TASKLIST, "2");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri()).isEqualTo(URI.create(address + TASKLIST));
        assertThat(page.body()).contains("Camunda Tasklist");
        assertThat(anna.visited().toString())
                .contains("code_challenge_method=S256", "nonce=", "state=")
                .doesNotContain("code_verifier");
        assertThat(json(anna.get(WHO, "Accept", "application/json"))
                        .path("userId")
                        .asText())
                .isEqualTo("anna.luma");
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").body())
                .contains("Screen credibility");
        Browser nils = new Browser(address);
        nils.open(TASKLIST, "3");
        assertThat(nils.get(ENGINE + "/task", "Accept", "application/json").body())
                .isEqualTo("[]");
        assertThat(nils.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(403);
    }

    @Test
    void nothingOfTheWebAppsIsThereForWhoeverHasNotSignedIn() {
        Browser nobody = new Browser(address);
        for (String path : List.of(
                ENGINE + "/task", WHO, "/camunda/api/engine/engine/", "/camunda/lib/deps.js", "/camunda/api/admin")) {
            assertThat(nobody.get(path, "Accept", "application/json").statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        for (String path : List.of("/camunda", "/camunda/", "/camunda/app/tasklist", "/camunda/app/cockpit/default/")) {
            assertThat(Browser.location(nobody.get(path)))
                    .as(path)
                    .contains(URI.create(address + "/oauth2/authorization/redress"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/auth/user/default/login/tasklist",
                "/camunda/api/admin/auth/user/default/login/admin",
                "/camunda/api/admin/auth/user/any/login/tasklist",
                "/camunda/api/admin/setup/default/user/create"
            })
    void theFormForPasswordsAndTheSetUpPageAreClosed(String path) {
        localUser("with-a-password", "a-long-password");
        Browser stranger = new Browser(address);
        Browser anna = new Browser(address);
        anna.open(TASKLIST, "2");
        for (Browser each : List.of(stranger, anna)) {
            HttpResponse<String> answer = each.send(
                    "POST",
                    each.at(path),
                    "username=with-a-password&password=a-long-password",
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "X-XSRF-TOKEN",
                    each.cookie("XSRF-TOKEN").orElse(""));
            assertThat(answer.statusCode()).isIn(401, 403);
        }
        assertThat(json(anna.get(WHO, "Accept", "application/json"))
                        .path("userId")
                        .asText())
                .isEqualTo("anna.luma");
    }

    @Test
    void aSessionThatSomebodyElseKnowsIsNotTheOneThatIsSignedIn() {
        Browser attacker = new Browser(address);
        attacker.openUpTo(TASKLIST, "2", provider.issuer());
        String fixed = attacker.cookie("JSESSIONID").orElseThrow();
        Browser anna = new Browser(address);
        anna.setCookie("JSESSIONID", fixed);
        assertThat(anna.open(TASKLIST, "2").statusCode()).isEqualTo(200);
        assertThat(anna.cookie("JSESSIONID").orElseThrow()).isNotEqualTo(fixed);
        assertThat(attacker.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCodeIsWorthNothingInTheBrowserOfSomebodyElse() {
        Browser attacker = new Browser(address);
        URI answer = attacker.openUpTo(TASKLIST, "3", address + "/login/oauth2/code/");
        Browser victim = new Browser(address);
        victim.openUpTo(TASKLIST, "2", provider.issuer());
        HttpResponse<String> forced = victim.follow(victim.get(answer.toString()), "2", "nowhere");
        assertThat(forced.uri().getPath()).isEqualTo("/sign-in/refused");
        assertThat(victim.get(ENGINE + "/task").statusCode()).isEqualTo(401);

        HttpResponse<String> changed = attacker.get(answer.toString().replaceAll("state=[^&]+", "state=changed"));
        assertThat(Browser.location(changed).orElseThrow().getPath()).isEqualTo("/sign-in/refused");
        assertThat(attacker.get(ENGINE + "/task").statusCode()).isEqualTo(401);
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() {
        provider.wrongNonce(true);
        try {
            Browser anna = new Browser(address);
            HttpResponse<String> refused = anna.open(TASKLIST, "2");
            assertThat(refused.uri().getPath()).isEqualTo("/sign-in/refused");
            assertThat(refused.body()).contains("You were not signed in");
            assertThat(anna.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        } finally {
            provider.wrongNonce(false);
        }
    }

    @Test
    void theProviderMaySendABrowserBackAndNobodyElseMayMore() {
        Browser anna = new Browser(address);
        URI back = anna.openUpTo(TASKLIST, "2", address + "/login/oauth2/code/");
        String[] fromElsewhere = {
            "Sec-Fetch-Site", "cross-site", "Origin", provider.issuer(), "Sec-Fetch-Mode", "navigate"
        };
        assertThat(anna.send("POST", back, "", fromElsewhere).statusCode()).isEqualTo(403);
        HttpResponse<String> in =
                anna.get(back.toString(), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
        assertThat(Browser.location(in)).contains(URI.create(address + TASKLIST));
        anna.get(TASKLIST);
        assertThat(anna.send("POST", anna.at(WHO + "/logout"), "", fromElsewhere)
                        .statusCode())
                .isEqualTo(403);
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theCookieOfASessionIsKeptFromScriptsAndFromOtherSites() {
        HttpResponse<String> start = new Browser(address).get("/oauth2/authorization/redress");
        assertThat(start.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    }

    @Test
    void signOutEndsTheProvidersSessionToo() {
        Browser anna = new Browser(address);
        anna.open(TASKLIST, "2");
        HttpResponse<String> out = anna.post(WHO + "/logout", "");
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(anna.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        URI end = URI.create(out.headers().firstValue("Location").orElseThrow());
        assertThat(end.toString()).startsWith(provider.issuer());
        HttpResponse<String> ended = anna.follow(anna.get(end.toString()), "nobody", "nowhere");
        assertThat(ended.uri()).isEqualTo(URI.create(address + "/sign-in/ended"));
        assertThat(ended.body()).contains("You are signed out");
        assertThat(anna.openUpTo(TASKLIST, "2", provider.issuer()).toString()).contains("/oauth2/authorize");
        HttpResponse<String> again =
                anna.get(anna.visited().get(anna.visited().size() - 1).toString());
        assertThat(Browser.location(again).orElseThrow().getPath())
                .as("the provider asks who it is")
                .isEqualTo("/login");
    }

    /** The second node lets nobody stay longer than four seconds. */
    @Test
    void whoSignedInAtOneNodeIsInAtTheOtherAndOutAtBoth() {
        Browser anna = new Browser(address);
        anna.open(TASKLIST, "2");
        assertThat(anna.get(secondAddress + ENGINE + "/task", "Accept", "application/json")
                        .statusCode())
                .isEqualTo(200);
        assertThat(anna.send(
                                "POST",
                                URI.create(secondAddress + WHO + "/logout"),
                                "",
                                "X-XSRF-TOKEN",
                                anna.cookie("XSRF-TOKEN").orElseThrow())
                        .statusCode())
                .isEqualTo(204);
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whomTheProviderSignsOutIsOutWithTheNextRequestWhicheverNodeHeardOfIt() {
        Browser anna = new Browser(address);
        anna.open(TASKLIST, "2");
        Browser nils = new Browser(address);
        nils.open(TASKLIST, "3");
        String elsewhere = provider.logoutToken("2", "another-session", said -> {});
        assertThat(signedOut(secondAddress, elsewhere)).isEqualTo(200);
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .as("another session of hers")
                .isEqualTo(200);
        assertThat(signedOut(secondAddress, provider.logoutToken("2", null, said -> {})))
                .isEqualTo(200);
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(401);
        assertThat(nils.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(200);
        Browser again = new Browser(address);
        again.open(TASKLIST, "2");
        assertThat(again.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .as("whoever signs in anew is in")
                .isEqualTo(200);
    }

    @Test
    void whoeverIsNotTheProviderSignsNobodyOut() {
        Browser anna = new Browser(address);
        anna.open(TASKLIST, "2");
        Map.of(
                        "an access token", provider.token("2"),
                        "by another key", provider.forged("2"),
                        "for another client", provider.logoutToken("2", null, said -> said.audience("another")),
                        "another event", provider.logoutToken("2", null, said -> said.claim("events", Map.of())),
                        "of another issuer",
                                provider.logoutToken("2", null, said -> said.issuer("https://evil.example")),
                        "an ID token", provider.logoutToken("2", null, said -> said.claim("nonce", "n")),
                        "rubbish", "rubbish")
                .forEach((what, token) ->
                        assertThat(signedOut(address, token)).as(what).isIn(400, 401));
        assertThat(anna.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(200);
    }

    private static int signedOut(String node, String token) {
        return new Browser(node)
                .send(
                        "POST",
                        URI.create(node + "/logout/connect/back-channel/redress"),
                        "logout_token=" + token,
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .statusCode();
    }

    /** Our own pages take the session of the web apps, and its end. */
    @Test
    void afterAWhileOurOwnPagesAskToo() {
        Browser anna = new Browser(secondAddress);
        assertThat(anna.open(TASKLIST, "2").statusCode()).isEqualTo(200);
        assertThat(anna.get("/files/R-2026-0001", "Accept", "text/html").statusCode())
                .as("signed in")
                .isNotEqualTo(303);
        await(() -> anna.get("/files/R-2026-0001", "Accept", "text/html").statusCode() == 303);
    }

    @Test
    void afterAWhileTheProviderIsAskedAgain() {
        Browser anna = new Browser(secondAddress);
        assertThat(anna.open(TASKLIST, "2").statusCode()).isEqualTo(200);
        assertThat(anna.get(WHO, "Accept", "application/json").statusCode()).isEqualTo(200);
        await(() -> anna.get(WHO, "Accept", "application/json").statusCode() == 401);
        int before = anna.visited().size();
        assertThat(anna.open(TASKLIST, "2").statusCode()).isEqualTo(200);
        assertThat(anna.visited().subList(before, anna.visited().size()).toString())
                .contains("/oauth2/authorize")
                .doesNotContain("/login?");
    }

    /** As people see it: one page leads to the next, and no form for passwords but the provider's is ever shown. */
    @Test
    void aPersonSignsInAndOutInChromium() {
        assumeTrue(Files.isExecutable(CHROMIUM), () -> "There is no Chromium at " + CHROMIUM);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                com.microsoft.playwright.Browser chromium = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")))) {
            Page page = chromium.newPage();
            page.setDefaultTimeout(60_000);
            PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(address + "/camunda/app/tasklist");
            signInAtTheProvider(page, "2");
            PlaywrightAssertions.assertThat(page.locator("li.account")).containsText("anna.luma");
            page.locator(".tasks-list .task").first().waitFor();
            PlaywrightAssertions.assertThat(page.locator("ol.tasks-list")).containsText("Screen credibility");
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "sign-in-tasklist.png")));

            page.locator("li.account .dropdown-toggle").click();
            page.locator("li.account .logout a").click();
            page.waitForURL(address + "/sign-in/ended");
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "sign-in-ended.png")));
            page.locator("a").click();
            signInAtTheProvider(page, "2");
            PlaywrightAssertions.assertThat(page.locator("li.account")).containsText("anna.luma");

            // The session ends behind the page's back.
            page.navigate(address + TASKLIST);
            page.locator(".tasks-list .task").first().waitFor();
            page.context().clearCookies();
            page.locator(".tasks-list .task h4 a").first().click();
            PlaywrightAssertions.assertThat(page.locator("input[name=username]"))
                    .isVisible();
            assertThat(URI.create(page.url()).getHost()).isEqualTo("127.0.0.1");
            assertThat(complaints).isEmpty();
        }
    }

    private static void signInAtTheProvider(Page page, String subject) {
        page.locator("input[name=username]").waitFor();
        assertThat(page.url()).startsWith(provider.issuer());
        page.locator("input[name=username]").fill(subject);
        page.locator("input[name=password]").fill(subject);
        page.locator("button[type=submit]").click();
    }

    // Who somebody is here

    @Test
    void anAccountOfTheEngineIsNotTakenOver() {
        localUser("otto", "a-long-password");
        for (String name : List.of("otto", "OTTO")) {
            provider.says("20", person(name, "downstream", "org-luma"));
            assertThat(get("/engine-rest/task", "20").statusCode()).isEqualTo(401);
            HttpResponse<String> page = new Browser(address).open(TASKLIST, "20");
            assertThat(page.uri().getQuery()).isEqualTo("why=NAME_TAKEN");
            assertThat(page.body()).contains("belongs to another account here");
        }
        assertThat(groups("otto")).isEmpty();
    }

    @Test
    void aNameBelongsToWhoeverCameFirstAndStaysTheirs() {
        provider.says("21", person("first", "downstream", "org-luma"));
        assertThat(get("/engine-rest/task", "21").statusCode()).isEqualTo(200);
        provider.says("22", person("First", "camunda-admin"));
        assertThat(get("/engine-rest/task", "22").statusCode()).isEqualTo(401);
        assertThat(groups("first")).containsExactlyInAnyOrder("downstream", "org-luma");

        provider.says("21", person("renamed", "downstream", "org-luma"));
        assertThat(get("/engine-rest/task", "21").statusCode()).isEqualTo(200);
        assertThat(users("renamed")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', NAME_UNUSABLE",
        "with space, NAME_UNUSABLE",
        "'ä', NAME_UNUSABLE",
        "a/b, NAME_UNUSABLE",
        "'${1}', NAME_UNUSABLE"
    })
    void aNameThatTheEngineWouldNotTakeIsRefused(String name, String reason) {
        provider.says("23", person(name, "downstream", "org-luma"));
        assertThat(new Browser(address).open(TASKLIST, "23").uri().getQuery()).isEqualTo("why=" + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "downstream, '', ORGANISATION_MISSING",
        "smelter, luma, ORGANISATION_MISSING",
        "downstream, org-unknown, ORGANISATION_UNKNOWN",
        "steering-committee, downstream, ORGANISATION_MISSING",
        "downstream, org-luma;org-nova, ORGANISATIONS_SEVERAL",
        "legal, org-luma;org-nova, ORGANISATIONS_SEVERAL",
        "director, org-luma, NO_ROLE",
        "org-luma, org-luma, NO_ROLE",
        "smelter.org-luma, org-luma, NO_ROLE"
    })
    void whoeverHasNoRoleOrNoOrganisationIsToldSoAndLosesWhatTheyHad(String role, String organisation, String reason) {
        String subject = "24-" + role + reason;
        String name = "u24." + Integer.toHexString(subject.hashCode());
        provider.says(subject, person(name, role, organisation.split(";", -1)));
        Browser stranger = new Browser(address);
        assertThat(stranger.open(TASKLIST, subject).uri().getQuery()).isEqualTo("why=" + reason);
        assertThat(stranger.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        assertThat(users(name)).as("nobody is made").isZero();

        provider.says(subject, person(name, "downstream", "org-luma"));
        Instant now = Instant.now();
        assertThat(getWith("/engine-rest/task", provider.token(subject, now.minusSeconds(30)))
                        .statusCode())
                .isEqualTo(200);
        provider.says(subject, person(name, role, organisation.split(";", -1)));
        assertThat(get("/engine-rest/task", subject).statusCode()).isEqualTo(401);
        assertThat(groups(name)).isEmpty();
    }

    @Test
    void anAdministratorIsMadeByAClaimOnlyWhereASettingSaysSo() {
        provider.says("25", person("eve", "camunda-admin"));
        assertThat(getWith(secondAddress + "/api/organisations", provider.token("25"))
                        .statusCode())
                .isEqualTo(401);
        provider.says("25", Map.of("preferred_username", "eve", "groups", List.of("camunda-admin", "legal")));
        assertThat(getWith(secondAddress + "/api/organisations", provider.token("25"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(groups("eve")).containsExactly("legal");
        assertThat(getWith(secondAddress + "/api/organisations", provider.token("1"))
                        .statusCode())
                .as("whoever is one stays one")
                .isEqualTo(200);
        assertThat(groups("ada")).contains("camunda-admin");
    }

    @Test
    void whoIsAnAdministratorAndMoreByTheClaimsIsNothingMoreHere() throws Exception {
        provider.says(
                "26",
                Map.of("preferred_username", "both", "groups", List.of("camunda-admin", "legal", "dpo", "overseer")));
        assertThat(get("/api/organisations", "26").statusCode()).isEqualTo(200);
        for (String path :
                List.of("/api/audit?caseNumber=R-2026-0001", "/api/audit/accounts", "/api/vault/break-glass")) {
            assertThat(get(path, "26").statusCode()).as(path).isEqualTo(403);
        }
    }

    // What the provider takes away

    @Test
    void whoeverLosesARoleLosesTheTasksInEveryBrowserAndAnOldTokenDoesNotBringThemBack() {
        provider.says("30", person("marta", "downstream", "org-luma"));
        String old = provider.token("30", Instant.now().minusSeconds(20));
        Browser marta = new Browser(address);
        marta.open(TASKLIST, "30");
        String task = tasks("30").get(0);
        assertThat(marta.post(ENGINE + "/task/" + task + "/claim", "{\"userId\":\"marta\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(assignee(task)).isEqualTo("marta");

        nextSecond();
        provider.says("30", person("marta", "legal", "org-luma"));
        Browser elsewhere = new Browser(address);
        assertThat(elsewhere.open(TASKLIST, "30").statusCode()).isEqualTo(200);
        assertThat(assignee(task)).as("others find it").isEmpty();
        for (Browser each : List.of(elsewhere, marta)) {
            assertThat(each.get(ENGINE + "/task", "Accept", "application/json").body())
                    .isEqualTo("[]");
            assertThat(each.post(ENGINE + "/task/" + task + "/claim", "{\"userId\":\"marta\"}")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(getWith("/engine-rest/task", old).body()).isEqualTo("[]");
        assertThat(groups("marta")).containsExactlyInAnyOrder("legal", "org-luma");
    }

    @Test
    void ofTwoTokensOfTheSameSecondTakingAwayWins() {
        Instant moment = Instant.now().minusSeconds(10);
        provider.says("31", person("two.at.once", "downstream", "org-luma"));
        String with = provider.token("31", moment);
        provider.says("31", person("two.at.once", "legal"));
        String without = provider.token("31", moment);
        assertThat(getWith("/engine-rest/task", with).statusCode()).isEqualTo(200);
        assertThat(getWith("/engine-rest/task", without).statusCode()).isEqualTo(401);
        assertThat(groups("two.at.once")).isEmpty();
        assertThat(getWith("/engine-rest/task", with).statusCode()).isEqualTo(401);
    }

    @Test
    void groupsThatAnAdministratorMadeForOtherEndsStay() {
        provider.says("32", person("gustav", "downstream", "org-luma"));
        get("/engine-rest/task", "32");
        assertThat(send("POST", "/engine-rest/group/create", "1", "{\"id\":\"reading-circle\",\"name\":\"x\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("PUT", "/engine-rest/group/reading-circle/members/gustav", "1", "{}")
                        .statusCode())
                .isEqualTo(204);
        nextSecond();
        provider.says("32", person("gustav", "legal", "org-nova"));
        assertThat(get("/engine-rest/task", "32").statusCode()).isEqualTo(200);
        assertThat(groups("gustav")).containsExactlyInAnyOrder("reading-circle", "legal", "org-nova");
    }

    @Test
    void aPersonWhoComesToTwoNodesInManyTabsAtOnceIsOne() {
        provider.says("33", person("many.tabs", "downstream", "org-luma"));
        Instant start = Instant.now().minusSeconds(40);
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 16)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> getWith(
                                (each % 2 == 0 ? address : secondAddress) + "/engine-rest/task",
                                provider.token("33", start.plusSeconds(each / 2)))
                        .statusCode()))
                .toList();
        assertThat(calls).extracting(CompletableFuture::join).containsOnly(200);
        assertThat(groups("many.tabs")).containsExactlyInAnyOrder("downstream", "org-luma");
        assertThat(database.sql("select count(*) from signed_in_person where user_id = 'many.tabs'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whomAnAdministratorDeletesIsOut() {
        provider.says("34", person("gone", "downstream", "org-luma"));
        Browser gone = new Browser(address);
        gone.open(TASKLIST, "34");
        assertThat(gone.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/engine-rest/user/gone", "1", "").statusCode())
                .isEqualTo(204);
        assertThat(gone.get(ENGINE + "/task", "Accept", "application/json").statusCode())
                .isEqualTo(401);
        assertThat(users("gone")).isZero();
    }

    @Test
    void theLogNamesNobody() {
        provider.says("35", person("secret.name", "nothing", "org-secret"));
        get("/engine-rest/task", "35");
        await(() -> product.said().contains("A sign-in was refused: NO_ROLE"));
        assertThat(product.said()).doesNotContain("secret.name", "org-secret", "all-staff", Provider.SECRET);
    }

    // Starts

    @Test
    void withoutAnybodyWhoCouldOperateItDoesNotStart() {
        database.sql("create database lonely").update();
        try (Product lonely =
                node(Provider.freePort(), "--REDRESS_DB_URL=" + postgres.getJdbcUrl("postgres", "lonely"))) {
            assertThat(lonely.gaveUp()).as(lonely.said()).isTrue();
            assertThat(lonely.said()).contains("REDRESS_SIGNIN_OIDC_ADMINISTRATORS=true");
        }
    }

    @Test
    void withoutItsProviderItDoesNotStart() {
        try (Product alone =
                node(Provider.freePort(), "--redress.sign-in.oidc.issuer=http://127.0.0.1:" + Provider.freePort())) {
            assertThat(alone.gaveUp()).as(alone.said()).isTrue();
            assertThat(alone.said()).contains("REDRESS_SIGNIN_OIDC_ISSUER", "does not answer");
        }
    }

    private static String clientCredentials() {
        HttpResponse<String> answer = new Browser(provider.issuer())
                .send(
                        "POST",
                        URI.create(provider.issuer() + "/oauth2/token"),
                        "grant_type=client_credentials",
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("hotline:hotline-secret".getBytes(StandardCharsets.UTF_8)),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        return json(answer).path("access_token").asText();
    }

    private static HttpResponse<String> get(String path, String subject) {
        return subject.isEmpty()
                ? new Browser(address).get(path, "Accept", "application/json")
                : getWith(path, provider.token(subject));
    }

    private static HttpResponse<String> getWith(String path, String token) {
        return new Browser(address).get(path, "Accept", "application/json", "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(String method, String path, String subject, String json) {
        return new Browser(address)
                .send(
                        method,
                        URI.create(address + path),
                        json,
                        "Accept",
                        "application/json",
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + provider.token(subject));
    }

    private static void localUser(String id, String password) {
        if (users(id) == 0) {
            assertThat(send(
                                    "POST",
                                    "/engine-rest/user/create",
                                    "1",
                                    "{\"profile\":{\"id\":\"" + id
                                            + "\",\"firstName\":\"x\",\"lastName\":\"x\"},\"credentials\":{\"password\":\""
                                            + password + "\"}}")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    private static List<String> tasks(String subject) {
        List<String> ids = new ArrayList<>();
        json(get("/engine-rest/task", subject))
                .forEach(task -> ids.add(task.path("id").asText()));
        return ids;
    }

    private static String assignee(String task) {
        return database.sql("select coalesce(assignee_, '') from act_ru_task where id_ = ?")
                .param(task)
                .query(String.class)
                .single();
    }

    private static List<String> groups(String user) {
        return database.sql("select group_id_ from act_id_membership where user_id_ = ?")
                .param(user)
                .query(String.class)
                .list();
    }

    private static int users(String id) {
        return database.sql("select count(*) from act_id_user where lower(id_) = lower(?)")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /** Tokens tell when they were issued in whole seconds. */
    private static void nextSecond() {
        long now = Instant.now().getEpochSecond();
        await(() -> Instant.now().getEpochSecond() > now);
    }

    private static void await(java.util.function.BooleanSupplier until) {
        Instant end = Instant.now().plusSeconds(30);
        while (!until.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body(), e);
        }
    }
}
