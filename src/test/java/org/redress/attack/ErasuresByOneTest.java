package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.vault.SealedTexts;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One data protection officer lifts somebody else's legal hold and erases within a second, or erases by force while somebody is
 * helped, and nobody hears of it. A bare engine has no such routes: there everybody deletes a case with its history
 * ({@link NothingIsLostTest}).
 */
@SuppressWarnings("NullAway.Init")
class ErasuresByOneTest extends AttackTest {

    private static final String SECOND = "second-officer";
    private static final String PASSWORD = "the second officer's words";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SealedTexts texts;

    @Autowired
    private PlatformTransactionManager transactions;

    private String number;
    private String told;

    @BeforeEach
    void aCaseInWhichSomethingWasTold() {
        jdbc.sql("delete from letter where template in ('hold-lifted', 'erasure-asked', 'erasure-done')")
                .update();
        number = newCaseNumber();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                .params(number, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        told = new TransactionTemplate(transactions)
                .execute(status ->
                        texts.keep(number, "probe", "legal", "Amina told it").orElseThrow());
        User second = identityService.newUser(SECOND);
        second.setPassword(PASSWORD);
        identityService.saveUser(second);
        identityService.createMembership(SECOND, "dpo");
    }

    @AfterEach
    void theSecondOfficerIsGone() {
        identityService.deleteUser(SECOND);
    }

    private String body(boolean force) {
        return "{\"caseNumber\":\"" + number + "\",\"reason\":\"as she wished\",\"force\":" + force + "}";
    }

    private HttpResponse<String> erase(String user, boolean force) {
        return caller(user).post("/api/vault/erasures", body(force));
    }

    private Caller caller(String user) {
        return user.equals(SECOND) ? Caller.as(SECOND, PASSWORD, port) : signedInAs(user);
    }

    private void holdAndLift() {
        assertThat(signedInAs("legal")
                        .put("/api/vault/holds/" + number, "{\"reason\":\"a court asked\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(lift("{\"reason\":\"it is over\"}").statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> lift(String body) {
        return signedInAs("dpo").send("DELETE", "/api/vault/holds/" + number, body, "Content-Type", "application/json");
    }

    private boolean isThere() {
        return jdbc.sql("select count(*) from vault_key where case_number = ? and destroyed_at is null")
                        .param(number)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private List<String> toldTo(String letter) {
        return jdbc.sql(
                        "select addressee_role from letter where template = ? and subject like ? order by addressee_role")
                .params(letter, number + "%")
                .query(String.class)
                .list();
    }

    private List<String> onTrail(String kind) {
        return JsonPath.parse(signedInAs("overseer")
                        .get("/api/audit?caseNumber=" + number)
                        .body())
                .<List<Map<String, Object>>>read("$.lines[?(@.kind=='" + kind + "')]")
                .stream()
                .map(line -> line.get("by") + " " + line.get("what"))
                .toList();
    }

    @Test
    void aHoldIsNotLiftedWithoutAReasonAndThoseWhoMayHoldAreTold() {
        signedInAs("legal").put("/api/vault/holds/" + number, "{\"reason\":\"a court asked\"}");
        for (String nothing : List.of("{}", "{\"reason\":\" \"}")) {
            HttpResponse<String> answer = lift(nothing);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("why the hold is lifted");
        }
        assertThat(signedInAs("dpo")
                        .send("DELETE", "/api/vault/holds/" + number, null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(toldTo("hold-lifted")).isEmpty();
        assertThat(erase("dpo", true).statusCode()).as("held still").isEqualTo(409);

        assertThat(lift("{\"reason\":\"it is over\"}").statusCode()).isEqualTo(204);
        assertThat(toldTo("hold-lifted")).containsExactly("dpo", "legal", "overseer");
        assertThat(lift("{\"reason\":\"once more\"}").statusCode()).isEqualTo(204);
        assertThat(toldTo("hold-lifted")).hasSize(3);
        assertThat(onTrail("HOLD")).containsExactlyInAnyOrder("legal set", "dpo lifted");
        assertThat(jdbc.sql("select reason from vault_hold_change where case_number = ? and what = 'LIFTED'")
                        .param(number)
                        .query(String.class)
                        .single())
                .startsWith("sealed:");
    }

    @Test
    void afterAHoldOneAloneErasesNothing() {
        holdAndLift();
        HttpResponse<String> first = erase("dpo", false);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(first.body()).contains("Another officer must confirm", "2026-02-05T09:00:00Z");
        assertThat(erase("dpo", false).statusCode()).as("the same again").isEqualTo(202);
        assertThat(isThere()).isTrue();
        assertThat(toldTo("erasure-asked")).containsExactly("dpo", "legal", "overseer");
        assertThat(toldTo("erasure-done")).isEmpty();
        assertThat(onTrail("ERASURE")).containsExactly("dpo asked for, by a first of two");

        HttpResponse<String> confirmed = erase(SECOND, false);
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.body()).contains("\"keysDestroyed\":1");
        assertThat(isThere()).isFalse();
        assertThat(toldTo("erasure-done")).containsExactly("dpo", "legal", "overseer");
        assertThat(onTrail("ERASURE"))
                .containsExactlyInAnyOrder("dpo asked for, by a first of two", SECOND + " erased");
        assertThat(erase("dpo", false).statusCode())
                .as("nothing new to ask for")
                .isEqualTo(200);
        assertThat(toldTo("erasure-asked")).hasSize(3);
        assertThat(vault.open(told, number, "test")).isEmpty();
    }

    /** Two accounts with one mail address are one person's: both would confirm what the other asked. */
    @Test
    void twoAccountsWithOneMailAddressAreNotTwoPeople() {
        User officer = identityService.createUserQuery().userId(SECOND).singleResult();
        officer.setEmail(" DPO@demo.example");
        identityService.saveUser(officer);
        assertThat(erase("dpo", true).statusCode()).isEqualTo(202);
        HttpResponse<String> same = erase(SECOND, true);
        assertThat(same.statusCode()).as(same.body()).isEqualTo(409);
        assertThat(same.body()).contains("two accounts of one person are not two people");
        assertThat(isThere()).isTrue();
        assertThat(erase("legal", true).statusCode()).as("somebody else").isEqualTo(200);
        assertThat(isThere()).isFalse();
    }

    @Test
    void byForceTooAndLegalConfirmsButBeginsNothing() {
        assertThat(erase("legal", true).statusCode()).as("nobody asked").isEqualTo(403);
        assertThat(erase("dpo", true).statusCode()).isEqualTo(202);
        assertThat(erase("legal", false).statusCode()).as("another demand").isEqualTo(403);
        for (String other : List.of("protection", "overseer", "admin")) {
            assertThat(erase(other, true).statusCode()).as(other).isEqualTo(403);
        }
        assertThat(isThere()).isTrue();
        assertThat(erase("legal", true).statusCode()).isEqualTo(200);
        assertThat(isThere()).isFalse();
    }

    @Test
    void whatWasAskedForWaitsThreeDaysAndAHoldMakesItVoid() {
        assertThat(erase("dpo", true).statusCode()).isEqualTo(202);
        travel(Duration.ofHours(73));
        assertThat(erase("legal", true).statusCode()).as("too late").isEqualTo(403);
        assertThat(erase("dpo", true).statusCode()).isEqualTo(202);
        holdAndLift();
        assertThat(erase("legal", true).statusCode()).as("held since").isEqualTo(403);
        assertThat(isThere()).isTrue();
    }

    @Test
    void withoutAHoldOneErasesAsBeforeAndIsTold() {
        assertThat(erase("dpo", false).statusCode()).isEqualTo(200);
        assertThat(toldTo("erasure-done")).containsExactly("dpo", "legal", "overseer");
        assertThat(textsOfLetters("ACCOUNTS", "erasure-done"))
                .allSatisfy(body -> assertThat(body).doesNotContain("as she wished", "Amina"));
        assertThat(signedInAs("dpo").get("/api/letters", "Accept", "text/html").body())
                .contains(number + ": records were erased")
                .doesNotContain("ACCOUNTS");
    }

    @Test
    void threeDaysAfterAHoldOneErasesAgain() {
        holdAndLift();
        travel(Duration.ofHours(73));
        assertThat(erase("dpo", false).statusCode()).isEqualTo(200);
    }

    /** Two tabs, or two nodes. */
    @Test
    void twoAtOnceAreOneDemandAndOneErasure() {
        List<Integer> answers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> erase("dpo", true).statusCode()))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).containsOnly(202);
        assertThat(jdbc.sql("select count(*) from vault_erasure_asked where case_number = ?")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aPersonWhomTheCaseDoesNotKnowIsNeitherErasedNorReopened() {
        String body = "{\"caseNumber\":\"" + number + "\",\"person\":\"V-MISTYPED\",\"reason\":\"asked for it\"}";
        for (String door : List.of("erasures", "reopenings")) {
            HttpResponse<String> answer = signedInAs("dpo").post("/api/vault/" + door, body);
            assertThat(answer.statusCode()).as(door).isEqualTo(404);
            assertThat(answer.body()).contains("knows no such person").doesNotContain("MISTYPED");
        }
        for (String table : List.of("vault_erasure", "vault_reopening", "vault_erasure_asked")) {
            assertThat(jdbc.sql("select count(*) from " + table + " where case_number = ?")
                            .param(number)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        for (String path : List.of("reads?caseNumber=R-2026-0000", "consents?person=V-1&caseNumber=R-2026-0000")) {
            assertThat(signedInAs("dpo").get("/api/vault/" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(signedInAs("dpo")
                        .get("/api/vault/reads?caseNumber=" + number)
                        .statusCode())
                .isEqualTo(200);
    }
}
