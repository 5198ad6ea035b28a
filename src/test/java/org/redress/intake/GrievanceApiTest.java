package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@SpringBootTest(classes = IntakeSlice.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class GrievanceApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private CaseBook cases;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private GrievanceReader reader;

    @Autowired
    private Clock clock;

    @LocalServerPort
    private int port;

    @BeforeEach
    void emptyBooks() {
        cases.clear();
        jdbc.sql("delete from intake_request").update();
    }

    @Test
    void aGrievanceOpensACaseAndTellsItsNumber() throws Exception {
        HttpResponse<String> answer = post(Grievances.full());

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode receipt = JSON.readTree(answer.body());
        String number = receipt.path("caseNumber").asText();
        assertThat(number).matches("R-2026-\\d{4}");
        assertThat(answer.body())
                .isEqualTo("{\"caseNumber\":\"" + number + "\",\"state\":\"RECEIVED\","
                        + "\"receivedAt\":\"2026-02-02T09:30:00.123Z\","
                        + "\"_links\":{\"self\":{\"href\":\"/api/grievances/" + number + "\"}}}");
        assertThat(answer.headers().firstValue("Location")).contains("/api/grievances/" + number);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(cases.received()).singleElement().satisfies(variables -> {
            assertThat(variables.get("whereCountry")).isEqualTo("CD");
            assertThat(variables.get("exploitationTypes"))
                    .isEqualTo(List.of("WORST_FORM_CHILD_LABOUR", "CHILD_TRAFFICKING"));
            assertThat(variables.containsKey("urgency")).isFalse();
        });
    }

    @Test
    void theSmallestGrievanceIsEnough() {
        assertThat(post(Grievances.smallest()).statusCode()).isEqualTo(201);
    }

    @Test
    void aMangledBodyIsToldAllItsFaultsAtOnceAndOpensNoCase() throws Exception {
        ObjectNode body = Grievances.full();
        body.remove("channel");
        body.put("childrenInvolved", "true").put("affectedEstimate", 0).put("whenLatest", "2026-02-03");
        body.put("whatHappened", "x".repeat(10_001)).put("receiptCode", "1234");
        ((ObjectNode) body.get("where")).put("country", "Congo").remove("longitude");

        HttpResponse<String> answer = post(body);

        assertThat(pointers(problem(answer, 400)))
                .containsExactlyInAnyOrder(
                        "/channel",
                        "/childrenInvolved",
                        "/affectedEstimate",
                        "/whenLatest",
                        "/whatHappened",
                        "/receiptCode",
                        "/where/country",
                        "/where/longitude");
        assertThat(answer.body()).doesNotContain("Congo\"").doesNotContain("Amalia");
        assertThat(cases.count()).isZero();
        assertThat(keys()).isZero();
    }

    @Test
    void aBodyThatWasCutOffIsToldWhere() throws Exception {
        String body = Grievances.full().toString();
        JsonNode problem = problem(
                post(BodyPublishers.ofString(body.substring(0, body.indexOf("Kolwezi"))), UnaryOperator.identity()),
                400);
        assertThat(pointers(problem)).containsExactly("/where/district");
        assertThat(problem.at("/errors/0/detail").asText()).contains("ends too early at line 1, column ");
        assertThat(pointers(problem(post(BodyPublishers.noBody(), UnaryOperator.identity()), 400)))
                .containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json;charset=ISO-8859-1",
                "application/x-www-form-urlencoded",
                "multipart/form-data;boundary=x",
                "nonsense"
            })
    void whatIsNotJsonIsRefused(String contentType) throws Exception {
        problem(post(Grievances.full(), request -> request.setHeader("Content-Type", contentType)), 415);
    }

    @Test
    void jsonInUtf8IsAcceptedAndNothingCompressed() throws Exception {
        assertThat(post(
                                Grievances.full(),
                                request -> request.setHeader("Content-Type", "Application/JSON; charset=\"UTF-8\""))
                        .statusCode())
                .isEqualTo(201);
        problem(post(Grievances.full(), request -> request.setHeader("Content-Encoding", "gzip")), 415);
        HttpRequest noType = HttpRequest.newBuilder(uri("/api/grievances"))
                .header("Authorization", basic("partner"))
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(Grievances.full().toString()))
                .build();
        problem(send(noType), 415);
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWithAndWithoutItsLengthToldBefore() throws Exception {
        byte[] large = (Grievances.full() + " ".repeat(256 * 1024)).getBytes(StandardCharsets.UTF_8);
        problem(post(BodyPublishers.ofByteArray(large), UnaryOperator.identity()), 413);
        problem(
                post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)), UnaryOperator.identity()),
                413);
        byte[] fits = (Grievances.full() + " ".repeat(250 * 1024)).getBytes(StandardCharsets.UTF_8);
        assertThat(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(fits)), UnaryOperator.identity())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aRequestWithoutAProperKeyIsRefusedTogetherWithItsOtherFaults() throws Exception {
        for (String key : List.of("x".repeat(201), "", "a\tb")) {
            JsonNode problem =
                    problem(post(Grievances.full(), request -> request.setHeader("Idempotency-Key", key)), 400);
            assertThat(problem.at("/errors/0/header").asText()).isEqualTo("Idempotency-Key");
        }
        problem(post(Grievances.full(), request -> request.header("Idempotency-Key", "another")), 400);
        HttpRequest none = HttpRequest.newBuilder(uri("/api/grievances"))
                .header("Authorization", basic("partner"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        JsonNode problem = problem(send(none), 400);
        assertThat(problem.at("/errors/0/header").asText()).isEqualTo("Idempotency-Key");
        assertThat(pointers(problem)).contains("/channel", "/where");
        assertThat(post(Grievances.full(), request -> request.setHeader("Idempotency-Key", "x".repeat(200)))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void onlyPartnersAndTheOperatorMayFile() throws Exception {
        problem(post(Grievances.full(), as("smelter")), 403);
        HttpRequest nobody = HttpRequest.newBuilder(uri("/api/grievances"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(Grievances.full().toString()))
                .build();
        problem(send(nobody), 401);
        assertThat(cases.count()).isZero();
        assertThat(post(Grievances.full(), as("admin")).statusCode()).isEqualTo(201);
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        HttpRequest put = HttpRequest.newBuilder(uri("/api/grievances"))
                .header("Authorization", basic("partner"))
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        problem(send(put), 405);
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswerAndOpensNoSecondCase() {
        HttpResponse<String> first = post(Grievances.full(), key("again"));
        cases.moveOn("SCREENING");
        HttpResponse<String> second =
                post(BodyPublishers.ofString(Grievances.full().toPrettyString()), key("again"));
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(cases.count()).isEqualTo(1);
    }

    @Test
    void aKeyThatWasUsedForAnotherBodyIsRefused() throws Exception {
        post(Grievances.full(), key("mine"));
        problem(post(Grievances.full().put("mineral", "tin"), key("mine")), 422);
        assertThat(cases.count()).isEqualTo(1);
    }

    @Test
    void twoPartnersMayUseTheSameKey() {
        HttpResponse<String> one = post(Grievances.full(), key("1"));
        HttpResponse<String> other = post(
                Grievances.full(), request -> as("partner-2").apply(request).setHeader("Idempotency-Key", "1"));
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(other.body()).isNotEqualTo(one.body());
        assertThat(cases.count()).isEqualTo(2);
    }

    @Test
    void sixtyFourRequestsAtOnceWithOneKeyOpenOneCaseAndGetOneAnswer() throws Exception {
        cases.whileStarting(attempt -> sleep(Duration.ofMillis(300))); // so that the others really wait
        List<HttpResponse<String>> answers = atOnce(64, number -> key("crowd"));
        assertThat(answers).hasSize(64).allSatisfy(answer -> assertThat(answer.statusCode())
                .isEqualTo(201));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(cases.count()).isEqualTo(1);
        assertThat(cases.received()).hasSize(1);
    }

    @Test
    void twoKeysDoNotWaitForEachOther() throws Exception {
        CountDownLatch secondDone = new CountDownLatch(1);
        CountDownLatch firstInside = new CountDownLatch(1);
        cases.whileStarting(attempt -> {
            if (attempt == 1) {
                firstInside.countDown();
                await(secondDone);
            }
        });
        CompletableFuture<HttpResponse<String>> slow = later(Grievances.full(), key("slow"));
        await(firstInside);
        assertThat(post(Grievances.full(), key("quick")).statusCode()).isEqualTo(201);
        secondDone.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }

    @Test
    void whenTheFirstRequestFailsTheOneThatWaitedOpensTheCase() throws Exception {
        CountDownLatch firstInside = new CountDownLatch(1);
        cases.whileStarting(attempt -> {
            if (attempt == 1) {
                firstInside.countDown();
                sleep(Duration.ofMillis(500));
                throw new IllegalStateException("the engine refuses");
            }
        });
        CompletableFuture<HttpResponse<String>> first = later(Grievances.full(), key("shaky"));
        await(firstInside);
        HttpResponse<String> second = post(Grievances.full(), key("shaky"));
        problem(first.get(10, TimeUnit.SECONDS), 500);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(cases.count()).isEqualTo(1);
        assertThat(post(Grievances.full(), key("shaky")).body()).isEqualTo(second.body());
    }

    @Test
    void whoWaitedTooLongIsAskedToComeBackAndThenGetsTheAnswer() throws Exception {
        CountDownLatch firstInside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        cases.whileStarting(attempt -> {
            firstInside.countDown();
            await(goOn);
        });
        CompletableFuture<HttpResponse<String>> first = later(Grievances.full(), key("long"));
        await(firstInside);
        FilingDesk impatient = new FilingDesk(
                cases, new IntakeRequests(dataSource, jdbc, clock, Duration.ofSeconds(1)), transactions, clock);
        Filing same = reader.read(Grievances.full().toString().getBytes(StandardCharsets.UTF_8));
        RefusedRequest refused =
                catchThrowableOfType(RefusedRequest.class, () -> impatient.file("partner", "long", same));
        var answer = new IntakeProblems().refused(refused);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        goOn.countDown();
        HttpResponse<String> late = first.get(10, TimeUnit.SECONDS);
        assertThat(late.statusCode()).isEqualTo(201);
        assertThat(post(Grievances.full(), key("long")).body()).isEqualTo(late.body());
    }

    @Test
    void patienceEndsWithTheWaitForTheKey() {
        List<String> timeouts = new ArrayList<>();
        cases.whileStarting(attempt ->
                timeouts.add(jdbc.sql("show lock_timeout").query(String.class).single()));
        post(Grievances.full());
        timeouts.add(jdbc.sql("show lock_timeout").query(String.class).single());
        assertThat(timeouts).containsExactly("0", "0");
    }

    @Test
    void aPartnerFollowsItsOwnCaseInTheComplainantsWords() throws Exception {
        String own = location(post(Grievances.full()));
        cases.moveOn("IN_INVESTIGATION");
        HttpResponse<String> seen = get(own, "partner");
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(seen.body()))
                .isEqualTo(JSON.readTree("{\"caseNumber\":\"" + own.substring("/api/grievances/".length())
                        + "\",\"state\":\"IN_INVESTIGATION\",\"view\":\"Being investigated\","
                        + "\"receivedAt\":\"2026-02-02T09:30:00.123Z\",\"_links\":{\"self\":{\"href\":\"" + own
                        + "\"}}}"));
    }

    @Test
    void nobodyElsesCaseIsShown() throws Exception {
        String own = location(post(Grievances.full()));
        JsonNode foreign = problem(get(own, "partner-2"), 404);
        JsonNode missing = problem(get("/api/grievances/R-2026-9999", "partner"), 404);
        ((ObjectNode) foreign).remove("instance");
        ((ObjectNode) missing).remove("instance");
        assertThat(foreign).isEqualTo(missing);
        problem(get(own, "smelter"), 403);
        assertThat(get(own, "admin").statusCode()).isEqualTo(200);
        problem(get("/api/grievances/R-2026-9999", "admin"), 404);
    }

    @Test
    void nothingThatSomebodyWroteReachesAnyLog() {
        List<String> log = logOf(org.slf4j.Logger.ROOT_LOGGER_NAME, () -> {
            ObjectNode body = telling("Amalia");
            assertThat(post(body, key("quiet")).statusCode()).isEqualTo(201);
            assertThat(post(telling("Amalia again"), key("quiet")).statusCode()).isEqualTo(422);
            assertThat(post(body.put("Amalia", "Amalia")).statusCode()).isEqualTo(400);
            assertThat(post(BodyPublishers.ofString("{\"contact\": Amalia"), UnaryOperator.identity())
                            .statusCode())
                    .isEqualTo(400);
        });
        assertThat(log)
                .anySatisfy(line -> assertThat(line).contains("partner filed R-2026-"))
                .noneSatisfy(line -> assertThat(line).contains("Amalia"));
    }

    @Test
    void aFailureIsLoggedWithItsPlaceAndWithoutItsMessage() {
        cases.whileStarting(attempt -> {
            throw new IllegalStateException("Cannot store 'Amalia'", new IllegalArgumentException("Amalia"));
        });
        List<String> log =
                logOf("org.redress", () -> assertThat(post(telling("Amalia")).body())
                        .contains("reference")
                        .doesNotContain("Amalia"));
        assertThat(log)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "A request failed, reference ", "IllegalArgumentException", "\tat org.redress.intake."))
                .noneSatisfy(line -> assertThat(line).contains("Amalia"));
    }

    private static ObjectNode telling(String secret) {
        ObjectNode body = Grievances.full();
        for (String field :
                List.of("contact", "whatHappened", "allegedActor", "desiredOutcome", "otherProceedings", "mineral")) {
            body.put(field, secret);
        }
        ((ObjectNode) body.get("where")).put("site", secret).put("district", secret);
        return body;
    }

    /** What the server writes below this logger, with everything switched on. */
    private static List<String> logOf(String name, Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> captor = new ListAppender<>();
        captor.start();
        logger.addAppender(captor);
        logger.setLevel(Level.DEBUG);
        try {
            work.run();
        } finally {
            logger.detachAppender(captor);
            logger.setLevel(before);
        }
        return List.copyOf(captor.list).stream()
                .filter(line -> !line.getLoggerName().startsWith("jdk.")) // the test's own client
                .map(line -> line.getFormattedMessage()
                        + (line.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(line.getThrowableProxy())))
                .toList();
    }

    private HttpResponse<String> post(JsonNode body) {
        return post(body, UnaryOperator.identity());
    }

    private HttpResponse<String> post(JsonNode body, UnaryOperator<HttpRequest.Builder> as) {
        return post(BodyPublishers.ofString(body.toString()), as);
    }

    private HttpResponse<String> post(BodyPublisher body, UnaryOperator<HttpRequest.Builder> as) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/grievances"))
                .header("Authorization", basic("partner"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body);
        return send(as.apply(request).build());
    }

    private CompletableFuture<HttpResponse<String>> later(JsonNode body, UnaryOperator<HttpRequest.Builder> as) {
        return CompletableFuture.supplyAsync(() -> post(body, as));
    }

    private List<HttpResponse<String>> atOnce(
            int crowd, java.util.function.IntFunction<UnaryOperator<HttpRequest.Builder>> as) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(crowd);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                UnaryOperator<HttpRequest.Builder> each = as.apply(i);
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            await(go);
                            return post(Grievances.full(), each);
                        },
                        threads));
            }
            go.countDown();
            List<HttpResponse<String>> all = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                all.add(answer.get(60, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private HttpResponse<String> get(String path, String user) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(user))
                .header("Accept", "text/html")
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private int keys() {
        return jdbc.sql("select count(*) from intake_request")
                .query(Integer.class)
                .single();
    }

    private static UnaryOperator<HttpRequest.Builder> key(String key) {
        return request -> request.setHeader("Idempotency-Key", key);
    }

    private static UnaryOperator<HttpRequest.Builder> as(String user) {
        return request -> request.setHeader("Authorization", basic(user));
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    /** An RFC 9457 problem with this status. */
    private static JsonNode problem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(Stream.of("type", "title", "detail")
                        .map(name -> problem.path(name).asText()))
                .noneMatch(String::isBlank);
        return problem;
    }

    private static List<String> pointers(JsonNode problem) {
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .filter(error -> error.has("pointer"))
                .map(error -> error.path("pointer").asText())
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
