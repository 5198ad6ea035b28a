package org.redress.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of keys: it wraps data keys, and the key for the cookies of sessions is derived from it. */
final class MasterKey {

    private static final int BYTES = 32;

    private final String id;
    private final Aead aead;
    private final byte[] cookieKey;

    private MasterKey(String id, Aead aead, byte[] cookieKey) {
        this.id = id;
        this.aead = aead;
        this.cookieKey = cookieKey;
    }

    /**
     * @param text 32 bytes in Base64
     * @param source where it comes from, for the message
     * @throws IllegalStateException if it is anything else; the message does not repeat it
     */
    @AccessesPartialKey
    static MasterKey of(String text, String source) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new IllegalStateException("The master key in " + source
                    + " is not 32 bytes in Base64: make one with 'openssl rand -base64 32', and keep it safe");
        }
        try {
            AeadConfig.register();
            AesGcmParameters parameters = AesGcmParameters.builder()
                    .setKeySizeBytes(BYTES)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
            AesGcmKey key = AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                    .build();
            Aead aead = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
            return new MasterKey(fingerprint(bytes), aead, cookieKey(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The master key in " + source + " cannot be used", e);
        }
    }

    private static String fingerprint(byte[] key) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("redress vault master key".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(key), 0, 8);
    }

    /** Says nothing about the key that it comes from. */
    private static byte[] cookieKey(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal("redress session cookies".getBytes(StandardCharsets.UTF_8));
    }

    /** Names the key and gives nothing of it away. */
    String id() {
        return id;
    }

    Aead aead() {
        return aead;
    }

    byte[] cookieKey() {
        return cookieKey.clone();
    }
}
