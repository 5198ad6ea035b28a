package org.redress.vault;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master key comes from, and what a survivor is called in a case. A key is 32 bytes in Base64, as
 * {@code openssl rand -base64 32} makes them, in a file or right here; of both, one.
 *
 * @param keyFile file with the master key; without any key, the embedded database gets a file of its own beside it
 * @param key the master key itself, for an environment variable
 * @param otherKeyFile file with a second key that opens data keys, for the time of a rotation
 * @param otherKey the second key itself
 * @param personVariables variables whose first known value names the survivor whom a value is about
 */
@ConfigurationProperties("redress.vault")
record VaultSettings(
        @DefaultValue("") String keyFile,
        @DefaultValue("") String key,
        @DefaultValue("") String otherKeyFile,
        @DefaultValue("") String otherKey,
        @DefaultValue({"newRef", "victimRef"}) List<String> personVariables) {

    /** Says nothing of keys: it could end in a log. */
    @Override
    public String toString() {
        return "VaultSettings";
    }
}
