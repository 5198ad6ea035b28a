package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.digest.Sha512HashDigest;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How passwords lie in the database, and that accounts of before still open. */
@SuppressWarnings("NullAway.Init")
class SlowPasswordsTest extends ProcessTest {

    private static final String SOMEBODY = "somebody-with-a-password";

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void anAccount() {
        User user = identityService.newUser(SOMEBODY);
        user.setPassword("three words that nobody knows");
        identityService.saveUser(user);
    }

    @AfterEach
    void isGone() {
        identityService.deleteUser(SOMEBODY);
    }

    @Test
    void aPasswordIsKeptSlowToGuessAndOpensTheAccount() {
        assertThat(kept()).startsWith("{BCRYPT}$2b$").hasSizeLessThan(255);
        for (int i = 0; i < 2; i++) {
            assertThat(identityService.checkPassword(SOMEBODY, "three words that nobody knows"))
                    .isTrue();
            assertThat(identityService.checkPassword(SOMEBODY, "three words that nobody knew"))
                    .isFalse();
        }
        newPassword("another one");
        assertThat(identityService.checkPassword(SOMEBODY, "three words that nobody knows"))
                .as("though it was right a moment ago")
                .isFalse();
        assertThat(identityService.checkPassword(SOMEBODY, "another one")).isTrue();
    }

    @Test
    void anAccountOfBeforeStillOpensAndIsKeptTheNewWayFromItsNextSignInOn() {
        String salt = jdbc.sql("select SALT_ from ACT_ID_USER where ID_ = ?")
                .param(SOMEBODY)
                .query(String.class)
                .single();
        String old = "{SHA-512}" + new Sha512HashDigest().encrypt(EncryptionUtil.saltPassword("of long ago", salt));
        jdbc.sql("update ACT_ID_USER set PWD_ = ? where ID_ = ?")
                .params(old, SOMEBODY)
                .update();
        assertThat(identityService.checkPassword(SOMEBODY, "of last year")).isFalse();
        assertThat(kept()).as("nobody signed in").isEqualTo(old);
        long changes = passwordChanges();
        long operations = historyService.createUserOperationLogQuery().count();

        List<CompletableFuture<Boolean>> atOnce = IntStream.range(0, 6)
                .mapToObj(one ->
                        CompletableFuture.supplyAsync(() -> identityService.checkPassword(SOMEBODY, "of long ago")))
                .toList();
        assertThat(atOnce).allSatisfy(answer -> assertThat(answer.join()).isTrue());

        String renewed = kept();
        assertThat(renewed).startsWith("{BCRYPT}$2b$");
        assertThat(identityService.checkPassword(SOMEBODY, "of long ago")).isTrue();
        assertThat(identityService.checkPassword(SOMEBODY, "of last year")).isFalse();
        assertThat(kept()).as("once").isEqualTo(renewed);
        assertThat(passwordChanges()).as("what ends sessions, and is told").isEqualTo(changes);
        assertThat(historyService.createUserOperationLogQuery().count()).isEqualTo(operations);

        newPassword("of today");
        assertThat(kept()).startsWith("{BCRYPT}");
        assertThat(identityService.checkPassword(SOMEBODY, "of today")).isTrue();
    }

    @Test
    void everyByteOfALongPasswordCounts() {
        SlowPasswords passwords = new SlowPasswords(4);
        String longer = "x".repeat(200);
        String hash = passwords.encrypt(longer + "a");
        assertThat(passwords.check(longer + "a", hash)).isTrue();
        assertThat(passwords.check(longer + "b", hash)).isFalse();
        assertThat(passwords.encrypt(longer + "a")).as("salted").isNotEqualTo(hash);
    }

    private long passwordChanges() {
        return jdbc.sql("select count(*) from password_change where user_id = ?")
                .param(SOMEBODY)
                .query(Long.class)
                .single();
    }

    private void newPassword(String password) {
        User user = identityService.createUserQuery().userId(SOMEBODY).singleResult();
        user.setPassword(password);
        identityService.saveUser(user);
    }

    private String kept() {
        return jdbc.sql("select PWD_ from ACT_ID_USER where ID_ = ?")
                .param(SOMEBODY)
                .query(String.class)
                .single();
    }
}
