package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** Three documents that come in a byte at a time shut the door on the evidence of everybody else. */
@SuppressWarnings("NullAway.Init")
class SlowUploadsTest extends AttackTest {

    private static final int CLOSED = -1;
    private static final int CONNECTIONS = 210;
    private static final int FLOODED = 300;
    private static final int AT_ONCE = 4;
    private static final int AT_MOST = 10_000;
    private static final String SIGN_IN = "/camunda/api/admin/auth/user/default/login/tasklist";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Autowired
    private Parties parties;

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private String aCase() {
        String number = (String) runtimeService.getVariable(newCase(), "caseNumber");
        parties.add(number, "vsc", "org-vsc");
        return number;
    }

    /** Begins to send a document, and does not go on. */
    private Socket slow(String user, String caseNumber) throws IOException {
        String who = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return begin(
                port,
                "POST /api/cases/" + caseNumber + "/files HTTP/1.1\r\nAuthorization: Basic " + who
                        + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000"
                        + "\r\nHost: localhost\r\n\r\n--b\r\n");
    }

    private Socket begin(int at, String said) throws IOException {
        Socket socket = new Socket("localhost", at);
        open.add(socket);
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** How soon somebody else is answered. */
    private String answered(int at, String path) throws IOException {
        Socket socket = begin(at, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        socket.setSoTimeout(5_000);
        return firstLine(socket);
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next != '\r' && next != CLOSED; ) {
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        return line.toString();
    }

    private HttpResponse<String> add(String user, String caseNumber) {
        return signedInAs(user)
                .multipart(
                        "/api/cases/" + caseNumber + "/files",
                        Map.of("kind", "evidence", "file;filename=\"a.txt\";type=text/plain", "what we saw"));
    }

    @Test
    void whoHasNoBusinessInACaseTakesNoPlace() throws Exception {
        String number = aCase();
        for (int i = 0; i < 4; i++) {
            assertThat(firstLine(slow("association", number))).contains(" 404");
        }
        assertThat(firstLine(slow("vsc", "R-1999-0001"))).contains(" 404");
        assertThat(add("vsc", number).statusCode()).isEqualTo(201);
    }

    @Test
    void onePersonTakesOnePlace() throws Exception {
        String number = aCase();
        for (int i = 0; i < 5; i++) {
            slow("vsc", number);
        }
        Thread.sleep(500);
        Instant asked = Instant.now();
        assertThat(add("protection", number).statusCode()).isEqualTo(201);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(7));
    }

    /** A server has 200 hands, and shakes each that is held out. */
    @Test
    void aBareEngineAnswersNobodyWhileTwoHundredSendSlowly() throws Exception {
        int bare = BareEngine.port();
        assertThat(answered(bare, "/engine-rest/engine")).contains(" 200");
        for (int i = 0; i < CONNECTIONS; i++) {
            begin(
                    bare,
                    "POST /engine-rest/deployment/create HTTP/1.1\r\nHost: localhost"
                            + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n");
        }
        Thread.sleep(1_000);
        assertThatThrownBy(() -> answered(bare, "/engine-rest/engine")).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void twoHundredConnectionsOfOnePersonStopNobody() throws Exception {
        String number = aCase();
        slow("vsc", number);
        Thread.sleep(1_000);
        List<Socket> more = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            more.add(slow("vsc", number));
        }
        for (Socket socket : more) {
            socket.setSoTimeout(30_000);
            assertThat(firstLine(socket)).contains(" 429");
        }
        assertThat(answered(port, "/actuator/health")).contains(" 200");
        assertThat(add("protection", number).statusCode()).isEqualTo(201);
        HttpResponse<String> told = add("vsc", number);
        assertThat(told.statusCode()).isEqualTo(429);
        assertThat(told.headers().firstValue("Retry-After")).isPresent();
        assertThat(told.body()).contains("One document of an account comes in at a time");
    }

    /** What is refused already is not waited for. */
    @Test
    void twoHundredConnectionsOfNobodyStopNobody() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            strangers.add(begin(
                    port,
                    "POST /api/grievances HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
                            + "\r\nContent-Length: 100000\r\n\r\n{"));
        }
        for (Socket socket : strangers) {
            assertThat(firstLine(socket)).contains(" 401");
        }
        assertThat(answered(port, "/actuator/health")).contains(" 200");
    }

    /** Nor what is refused for another reason than that nobody is signed in. */
    @ParameterizedTest
    @CsvSource({"/nowhere,text/plain,60000000,403", "/camunda/api/engine/engine,application/json,60000000,401"})
    void whatIsRefusedIsNotReadToItsEnd(String path, String type, int length, String answer) throws Exception {
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            strangers.add(begin(
                    port,
                    "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                            + length + "\r\n\r\n{"));
        }
        for (Socket socket : strangers) {
            assertThat(firstLine(socket)).contains(" " + answer);
        }
        assertThat(answered(port, "/actuator/health")).contains(" 200");
    }

    /** The web apps have the engine's REST once more, and ask who calls when the body is read. */
    @Test
    void norAtTheWebAppsOfABareEngine() throws Exception {
        int bare = BareEngine.port();
        for (int i = 0; i < CONNECTIONS; i++) {
            begin(bare, slowly("POST", "/camunda/api/admin/auth/user/default/login/tasklist", FORM, 1_000));
        }
        Thread.sleep(1_000);
        assertThatThrownBy(() -> answered(bare, "/engine-rest/engine")).isInstanceOf(SocketTimeoutException.class);
    }

    private static String slowly(String method, String path, String type, int length) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + length + "\r\n\r\n{";
    }

    /** Of what somebody sends who has not signed in nothing is read, whatever it is and wherever it goes. */
    @ParameterizedTest
    @CsvSource({
        "POST,/camunda/api/engine/engine/default/task,application/json,100000,401",
        "POST,/camunda/api/engine/engine/default/process-definition,application/x-www-form-urlencoded,1000,401",
        "PUT,/camunda/api/engine/engine/default/process-definition,application/x-www-form-urlencoded,1000,401",
        "POST,/camunda/api/engine/engine/default/deployment/create,multipart/form-data; boundary=b,1000,401",
        "POST,/camunda/api/admin/auth/user/default/login/tasklist,application/x-www-form-urlencoded,100000,401",
        "POST,/nowhere,application/x-www-form-urlencoded,1000,403",
        "PUT,/engine-rest/task,application/x-www-form-urlencoded,1000,401",
        "PUT,/api/grievances,application/x-www-form-urlencoded,1000,401",
        "POST,/cases/R-2026-0001,application/x-www-form-urlencoded,1000,303"
    })
    void whatAStrangerSendsSlowlyIsNotRead(String method, String path, String type, int length, String answer)
            throws Exception {
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            strangers.add(begin(port, slowly(method, path, type, length)));
        }
        assertThat(answered(port, "/actuator/health")).contains(" 200");
        for (Socket socket : strangers) {
            assertThat(firstLine(socket)).contains(" " + answer);
        }
    }

    /** A password is read; yet few are waited for, and everybody else signs in meanwhile. */
    @Test
    void passwordsThatComeSlowlyKeepNobodyOut() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            strangers.add(
                    begin(port, slowly("POST", "/camunda/api/admin/auth/user/default/login/tasklist", FORM, 1_000)));
        }
        assertThat(answered(port, "/actuator/health")).contains(" 200");
        Instant asked = Instant.now();
        Caller person = asNobody();
        assertThat(person.signIn("tasklist", "vsc", "vsc").statusCode()).isEqualTo(200);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8));
        int told = 0;
        for (Socket socket : strangers) {
            String line = firstLine(socket);
            assertThat(line).containsAnyOf(" 503", " 408");
            told += line.contains(" 503") ? 1 : 0;
        }
        assertThat(told).as("whoever is not waited for").isGreaterThanOrEqualTo(CONNECTIONS / 2);
    }

    /** A poor line brings the head first, and the password a moment later. */
    @Test
    void aPasswordThatComesALittleLaterIsRead() throws Exception {
        String sent = "username=vsc&password=wrong-and-long-enough";
        Socket socket = begin(
                port,
                "POST /camunda/api/admin/auth/user/default/login/tasklist HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                        + FORM + "\r\nContent-Length: " + sent.length() + "\r\n\r\n");
        for (String piece : List.of(sent.substring(0, 10), sent.substring(10))) {
            Thread.sleep(1_500);
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(firstLine(socket)).containsAnyOf(" 401", " 403");
    }

    /** Whoever was too late is told so, and not cut off while they still send. */
    @Test
    void whoseRestComesAfterTheAnswerReadsTheAnswer() throws Exception {
        Socket socket = begin(port, slowly("POST", SIGN_IN, FORM, 1_000));
        socket.setSoTimeout(20_000);
        awaitAnswer(socket);
        for (int i = 0; i < 3; i++) {
            socket.getOutputStream().write("x".repeat(333).getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
        }
        assertThat(firstLine(socket)).contains(" 408");
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as("to its end, and no reset")
                .contains("This came too slowly: try again");
    }

    @Test
    void soDoesWhoIsNotWaitedFor() throws Exception {
        for (int i = 0; i < CONNECTIONS / 2; i++) {
            begin(port, slowly("POST", SIGN_IN, FORM, 1_000));
        }
        Thread.sleep(2_000);
        Socket socket = begin(port, slowly("POST", SIGN_IN, FORM, 1_000));
        awaitAnswer(socket);
        socket.getOutputStream().write("x".repeat(999).getBytes(StandardCharsets.US_ASCII));
        assertThat(firstLine(socket)).contains(" 503");
    }

    private static void awaitAnswer(Socket socket) throws IOException, InterruptedException {
        for (int i = 0; i < 1_500 && socket.getInputStream().available() == 0; i++) {
            Thread.sleep(10);
        }
        assertThat(socket.getInputStream().available()).as("an answer").isPositive();
    }

    /** Whoever is refused comes back at once, and so for seconds. */
    @Test
    void norDoPasswordsThatNeverEndHoweverOftenTheyBegin() throws Exception {
        String number = aCase();
        ExecutorService strangers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Instant end = Instant.now().plusSeconds(9);
            List<Future<Integer>> floods = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                floods.add(strangers.submit(() -> flood(FLOODED / AT_ONCE, AT_MOST / AT_ONCE, end)));
            }
            Thread.sleep(1_500);
            for (int i = 0; i < 3; i++) {
                Instant asked = Instant.now();
                assertThat(asNobody().signIn("tasklist", "vsc", "vsc").statusCode())
                        .isEqualTo(200);
                assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
                asked = Instant.now();
                assertThat(add("protection", number).statusCode()).isEqualTo(201);
                assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(Instant.now()).as("the flood goes on meanwhile").isBefore(end);
            int begun = 0;
            for (Future<Integer> flood : floods) {
                begun += flood.get();
            }
            assertThat(begun).as("connections, renewed").isGreaterThan(2 * FLOODED);
        } finally {
            strangers.shutdownNow();
        }
    }

    /** Keeps connections open at the sign-in door, a new one for each that is answered; gives how many it began. */
    private int flood(int atATime, int atMost, Instant end) throws IOException, InterruptedException {
        Socket[] sockets = new Socket[atATime];
        String said = slowly("POST", SIGN_IN, FORM, 1_000);
        int begun = 0;
        try {
            while (Instant.now().isBefore(end)) {
                for (int i = 0; i < atATime; i++) {
                    Socket before = sockets[i];
                    if (before != null && before.getInputStream().available() == 0) {
                        continue;
                    }
                    if (before != null) {
                        before.close();
                        sockets[i] = null;
                    }
                    if (begun < atMost) {
                        sockets[i] = new Socket("localhost", port);
                        sockets[i].getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                        begun++;
                    }
                }
                Thread.sleep(300);
            }
        } finally {
            for (Socket socket : sockets) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
        return begun;
    }

    @Test
    void whatComesTooSlowlyIsNotWaitedFor() throws Exception {
        String number = aCase();
        Socket socket = slow("vsc", number);
        int sent = 0;
        try {
            for (; sent < 80; sent++) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                Thread.sleep(250);
                if (socket.getInputStream().available() > 0) {
                    break;
                }
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
        assertThat(sent).as("twenty seconds").isLessThan(80);
        assertThat(add("vsc", number).statusCode()).isEqualTo(201);
    }
}
