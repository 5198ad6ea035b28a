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

/** The key of keys: it wraps data keys and nothing else. */
final class MasterKey {

    private static final int BYTES = 32;

    private final String id;
    private final Aead aead;

    private MasterKey(String id, Aead aead) {
        this.id = id;
        this.aead = aead;
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
            return new MasterKey(fingerprint(bytes), aead);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The master key in " + source + " cannot be used", e);
        }
    }

    private static String fingerprint(byte[] key) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("redress vault master key".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(key), 0, 8);
    }

    /** Names the key and gives nothing of it away. */
    String id() {
        return id;
    }

    Aead aead() {
        return aead;
    }
}
