package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A stranger guesses passwords; and a stranger holds somebody out by guessing wrong on purpose. */
@SuppressWarnings("NullAway.Init")
class GuessedPasswordsTest extends AttackTest {

    private static final String PATH = "/api/letters";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ProcessEngine processEngine;

    @BeforeEach
    @AfterEach
    void nothingIsRemembered() {
        jdbc.sql("delete from sign_in_failure").update();
    }

    @Test
    void aStrangerHoldsNobodyOut() {
        onTheBareEngine()
                .post(
                        "/engine-rest/user/create",
                        "{\"profile\":{\"id\":\"worker\",\"firstName\":\"W\",\"lastName\":\"W\"},"
                                + "\"credentials\":{\"password\":\"worker-worker\"}}");
        assertThat(verified("worker-worker")).contains("true");
        for (int guess = 0; guess < 3; guess++) {
            verified("wrong");
        }
        assertThat(verified("worker-worker"))
                .as("on a bare engine the right password does not help")
                .contains("false");
        assertThat(onTheBareEngine()
                        .signIn("tasklist", "worker", "worker-worker")
                        .statusCode())
                .as("nor in its web apps")
                .isEqualTo(401);

        for (int guess = 0; guess < 30; guess++) {
            tryFrom("198.51.100.7", "downstream", "wrong-" + guess);
        }
        assertThat(tryFrom("198.51.100.7", "downstream", "downstream").statusCode())
                .isEqualTo(429);
        assertThat(tryFrom("203.0.113.9", "downstream", "downstream").statusCode())
                .isEqualTo(200);
        Caller inBrowser = asNobody();
        assertThat(inBrowser.signIn("tasklist", "downstream", "downstream").statusCode())
                .isEqualTo(200);
    }

    @Test
    void guessingGetsSlowerEachTime() {
        for (int guess = 0; guess < 4; guess++) {
            assertThat(tryFrom("198.51.100.7", "legal", "wrong").statusCode()).isEqualTo(401);
        }
        assertThat(tryFrom("198.51.100.7", "legal", "wrong").headers().firstValue("Retry-After"))
                .as("the fifth tells how long the next has to wait")
                .hasValue("3");
        long before = 0;
        for (int guess = 0; guess < 12; guess++) {
            HttpResponse<String> answer = tryFrom("198.51.100.7", "legal", "wrong");
            assertThat(answer.statusCode()).isEqualTo(429);
            long wait =
                    Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
            assertThat(wait).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(901);
            assertThat(tryFrom("198.51.100.7", "legal", "legal").statusCode())
                    .as("the right one tells nothing while they wait")
                    .isEqualTo(429);
            before = wait;
            travel(Duration.ofSeconds(wait));
            tryFrom("198.51.100.7", "legal", "wrong");
        }
        assertThat(before).isGreaterThan(890);
        travel(Duration.ofMinutes(16));
        assertThat(tryFrom("198.51.100.7", "legal", "legal").statusCode()).isEqualTo(200);
        assertThat(tryFrom("198.51.100.7", "legal", "wrong").statusCode())
                .as("whoever got in begins anew")
                .isEqualTo(401);
    }

    @Test
    void guessesSentAllAtOnceWinNothing() {
        List<CompletableFuture<Integer>> guesses = IntStream.range(0, 60)
                .mapToObj(guess -> CompletableFuture.supplyAsync(
                        () -> tryFrom("198.51.100.8", "legal", guess == 59 ? "legal" : "wrong-" + guess)
                                .statusCode()))
                .toList();
        List<Integer> answers = guesses.stream().map(CompletableFuture::join).toList();
        assertThat(answers.subList(0, 59)).isSubsetOf(401, 429);
        assertThat(tryFrom("198.51.100.8", "legal", "legal").statusCode()).isEqualTo(429);
    }

    /** Or guessing would take the processors and the connections of everybody else, refused or not. */
    @Test
    void noPasswordOfWhoeverWaitsIsLookedAt() {
        ProcessEngineConfigurationImpl house =
                (ProcessEngineConfigurationImpl) processEngine.getProcessEngineConfiguration();
        PasswordManager before = house.getPasswordManager();
        AtomicInteger looked = new AtomicInteger();
        house.setPasswordManager(new PasswordManager(house.getPasswordEncryptor(), house.getCustomPasswordChecker()) {
            @Override
            public boolean check(String password, String encrypted) {
                looked.incrementAndGet();
                return before.check(password, encrypted);
            }

            @Override
            public String encrypt(String password) {
                looked.incrementAndGet();
                return before.encrypt(password);
            }
        });
        try {
            for (String account : List.of("finance", "nobody-at-all")) {
                for (int guess = 0; guess < 5; guess++) {
                    assertThat(tryFrom("198.51.100.9", account, "wrong").statusCode())
                            .as("the fifth is told that the next waits")
                            .isEqualTo(guess < 4 ? 401 : 429);
                }
                assertThat(looked.getAndSet(0)).as("guesses of %s", account).isEqualTo(5);
                for (int guess = 0; guess < 20; guess++) {
                    assertThat(tryFrom("198.51.100.9", account, "wrong").statusCode())
                            .isEqualTo(429);
                }
                assertThat(looked.get()).as("while %s waits", account).isZero();
            }
        } finally {
            house.setPasswordManager(before);
        }
    }

    @Test
    void whoTriesManyAccountsWaitsForAll() {
        onTheBareEngine()
                .post(
                        "/engine-rest/user/create",
                        "{\"profile\":{\"id\":\"tried\",\"firstName\":\"W\",\"lastName\":\"W\"},"
                                + "\"credentials\":{\"password\":\"found-at-last\"}}");
        for (int account = 0; account < 100; account++) {
            verified("nobody" + account, "wrong");
        }
        assertThat(verified("tried", "found-at-last"))
                .as("a bare engine lets one address try all accounts")
                .contains("true");

        for (int account = 0; account < 100; account++) {
            tryFrom("2001:db8:1:2::" + Integer.toHexString(account + 1), "nobody-" + account, "wrong");
        }
        assertThat(tryFrom("2001:db8:1:2::ffff", "dpo", "dpo").statusCode())
                .as("one network of IPv6 is one caller")
                .isEqualTo(429);
        assertThat(tryFrom("2001:db8:1:3::1", "dpo", "dpo").statusCode()).isEqualTo(200);
    }

    /** The other doors at which a password is checked. */
    @Test
    void theWebAppsAndTheEnginesOwnCheckAreSlowedToo() {
        Caller stranger = asNobody();
        for (int guess = 0; guess < 6; guess++) {
            assertThat(stranger.signIn("tasklist", "vsc", "wrong").statusCode()).isEqualTo(401);
        }
        assertThat(stranger.signIn("tasklist", "vsc", "vsc").statusCode()).isEqualTo(401);
        assertThat(asNobody().signIn("tasklist", "provider", "provider").statusCode())
                .isEqualTo(200);

        for (int guess = 0; guess < 6; guess++) {
            signedInAs("admin").post("/engine-rest/identity/verify", "{\"username\":\"dpo\",\"password\":\"wrong\"}");
        }
        assertThat(signedInAs("admin")
                        .post("/engine-rest/identity/verify", "{\"username\":\"dpo\",\"password\":\"dpo\"}")
                        .body())
                .contains("false");
    }

    @Test
    void whatSomebodyTypedIsNotKept() {
        tryFrom("198.51.100.7", "my-password-in-the-wrong-field", "x");
        assertThat(jdbc.sql("select account_digest || address_digest from sign_in_failure")
                        .query(String.class)
                        .single())
                .doesNotContain("password", "198.51");
    }

    @Test
    void noAccountIsMarkedAsLocked() {
        for (int guess = 0; guess < 12; guess++) {
            tryFrom("198.51.100.7", "protection", "wrong");
        }
        User user = identityService.createUserQuery().userId("protection").singleResult();
        assertThat(user).isNotNull();
        assertThat(jdbc.sql("select count(*) from act_id_user where lock_exp_time_ is not null")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static String verified(String password) {
        return verified("worker", password);
    }

    private static String verified(String user, String password) {
        return onTheBareEngine()
                .post(
                        "/engine-rest/identity/verify",
                        "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}")
                .body();
    }

    /** A balancer on this machine tells for whom it asks. */
    private HttpResponse<String> tryFrom(String address, String user, String password) {
        return Caller.as(user, password, port).get(PATH, "X-Forwarded-For", address, "Accept", "application/json");
    }
}
