package org.redress.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Passwords are kept by bcrypt, which is slow to guess for whoever has the database; the engine's own SHA-512 is quick. A hash
 * of before is checked as it was, and renewed when its owner signs in ({@link OldPasswords}). Since HTTP Basic sends the password with each request,
 * a pair of password and hash that was right is remembered for a while on this node, as a code under a key that only this
 * process has: another password, or a changed hash, is checked in full.
 */
final class SlowPasswords implements PasswordEncryptor {

    /** Stands before each hash in {@code ACT_ID_USER.PWD_}. */
    static final String NAME = "BCRYPT";

    private static final String CODE = "HmacSHA256";
    private static final int REMEMBERED_AT_MOST = 1_000;

    private final int strength;
    private final SecretKeySpec key;
    private final Map<String, Boolean> right = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_AT_MOST;
        }
    });

    /** @param strength the power of two of rounds, 4 to 31 */
    SlowPasswords(int strength) {
        this.strength = strength;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, CODE);
    }

    @Override
    public String encrypt(String password) {
        return BCrypt.hashpw(whole(password), BCrypt.gensalt("$2b", strength));
    }

    @Override
    public boolean check(String password, String encrypted) {
        String code = code(password, encrypted);
        if (right.containsKey(code)) {
            return true;
        }
        boolean matches = BCrypt.checkpw(whole(password), encrypted);
        if (matches) {
            right.put(code, Boolean.TRUE);
        }
        return matches;
    }

    @Override
    public String hashAlgorithmName() {
        return NAME;
    }

    /** bcrypt reads 72 bytes and no more, and the engine puts its own salt behind the password. */
    private static String whole(String password) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-384").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-384", e);
        }
    }

    private String code(String password, String encrypted) {
        try {
            Mac mac = Mac.getInstance(CODE);
            mac.init(key);
            mac.update(encrypted.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + CODE, e);
        }
    }
}
