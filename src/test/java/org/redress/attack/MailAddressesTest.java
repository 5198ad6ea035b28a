package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody changes the mail address of another person's account, so that this person hears of nothing. */
@SuppressWarnings("NullAway.Init")
class MailAddressesTest extends AttackTest {

    private static final String PASSWORD = "a password of some length";
    private static final String OLD = "old@example.org";
    private static final String NEW = "new@example.org";

    @Autowired
    private JdbcClient jdbc;

    private String worker;

    @BeforeEach
    void aCaseWorker() {
        jdbc.sql("delete from letter where template like '%mail-address-changed'")
                .update();
        worker = "reader-" + UUID.randomUUID();
        User user = identityService.newUser(worker);
        user.setFirstName("W");
        user.setLastName("W");
        user.setEmail(OLD);
        user.setPassword(PASSWORD);
        identityService.saveUser(user);
        identityService.createMembership(worker, "vsc");
    }

    @AfterEach
    void isGone() {
        identityService.deleteUser(worker);
    }

    private static String profile(String user, String address) {
        return "{\"id\":\"" + user + "\",\"firstName\":\"W\",\"lastName\":\"W\",\"email\":\"" + address + "\"}";
    }

    private List<String> subjectsOf(Caller caller) {
        return JsonPath.parse(caller.get("/api/letters").body())
                .read("$.letters[?(@.event=='mail-address-changed')].subject");
    }

    private Caller itself() {
        return Caller.as(worker, PASSWORD, port);
    }

    private List<String> mailsTo(String recipient) {
        return jdbc.sql("select address from outbox where recipient = ? and state = 'WAITING'")
                .param(recipient)
                .query(String.class)
                .list();
    }

    @Test
    void ofABareEngineNobodyIsTold() {
        Caller anybody = onTheBareEngine();
        anybody.post(
                "/engine-rest/user/create",
                "{\"profile\":" + profile("addressee", OLD) + ",\"credentials\":{\"password\":\"a-password\"}}");
        assertThat(anybody.put("/engine-rest/user/addressee/profile", profile("addressee", NEW))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void thePersonIsToldByLetterAndAtTheFormerAddressAndItIsOnRecord() {
        HttpResponse<String> answer =
                signedInAs("admin").put("/engine-rest/user/" + worker + "/profile", profile(worker, NEW));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);

        assertThat(subjectsOf(itself())).containsExactly("The mail address of your account was changed");
        for (String other : List.of("admin", "vsc", "dpo", "overseer")) {
            assertThat(subjectsOf(signedInAs(other))).as(other).isEmpty();
        }
        assertThat(mailsTo("was:" + worker)).containsExactly(OLD);
        assertThat(textsOfLetters("ACCOUNTS", "mail-address-changed"))
                .hasSize(1)
                .allSatisfy(body -> assertThat(body).doesNotContain(OLD, NEW, worker));
        String record = signedInAs("dpo").get("/api/audit/accounts?max=1000").body();
        assertThat(JsonPath.parse(record).<List<Map<String, Object>>>read("$.lines[?(@.facts.of=='" + worker + "')]"))
                .extracting(line -> line.get("by") + " " + line.get("what"))
                .containsExactly("admin MailAddressChanged");
        assertThat(record).doesNotContain(OLD, NEW);
    }

    /** By the cookie alone, as whoever finds a browser signed in. */
    @Test
    void aPersonsOwnChangeIsToldTooAndWhatIsNoChangeIsNot() {
        Caller browser = asNobody();
        assertThat(browser.signIn("tasklist", worker, PASSWORD).statusCode()).isEqualTo(200);
        String door = "/camunda/api/engine/engine/default/user/" + worker + "/profile";
        assertThat(browser.put(door, profile(worker, OLD), browser.token()).statusCode())
                .isEqualTo(204);
        assertThat(subjectsOf(itself())).isEmpty();
        assertThat(browser.put(door, profile(worker, NEW), browser.token()).statusCode())
                .isEqualTo(204);
        assertThat(subjectsOf(itself())).hasSize(1);
        assertThat(mailsTo("was:" + worker)).containsExactly(OLD);
    }

    @Test
    void whereThereWasNoneNoMailGoesAndTheHouseItselfTellsNothing() {
        User user = identityService.createUserQuery().userId(worker).singleResult();
        user.setEmail("");
        identityService.saveUser(user);
        assertThat(subjectsOf(itself())).isEmpty();
        signedInAs("admin").put("/engine-rest/user/" + worker + "/profile", profile(worker, NEW));
        assertThat(subjectsOf(itself())).hasSize(1);
        assertThat(mailsTo("was:" + worker)).isEmpty();
    }

    @Test
    void thatOfAnOfficerIsToldToTheOthers() {
        signedInAs("admin").put("/engine-rest/user/" + worker + "/profile", profile(worker, NEW));
        assertThat(subjectsOf(signedInAs("dpo"))).isEmpty();
        identityService.createMembership(worker, "overseer");
        travel(java.time.Duration.ofMinutes(1));
        signedInAs("admin").put("/engine-rest/user/" + worker + "/profile", profile(worker, OLD));
        for (String officer : List.of("dpo", "overseer")) {
            assertThat(subjectsOf(signedInAs(officer)))
                    .as(officer)
                    .containsExactly("The mail address of an officer's account was changed");
        }
        assertThat(subjectsOf(itself())).hasSize(3);
    }
}
