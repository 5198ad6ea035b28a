package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals why something was held, reopened or erased: somebody may have written a name into it, and it outlives the keys of the
 * case that it is about. So it has a key of the house's own. What was written before lies sealed from the next start on.
 */
@Component
class Reasons {

    private static final String SEALED = "sealed:";

    /**
     * In small letters, as no number of a case is: nobody erases it. By the lock of a case there is one key, however many nodes
     * begin at once: what is sealed here does not say by which.
     */
    private static final Subject HOUSE = new Subject("house", null);

    private static final byte[] ABOUT = "reason".getBytes(StandardCharsets.UTF_8);

    private static final List<String> TABLES =
            List.of("vault_hold", "vault_hold_change", "vault_reopening", "vault_erasure", "vault_erasure_asked");

    private final DataKeys keys;
    private final JdbcClient jdbc;

    Reasons(DataKeys keys, JdbcClient jdbc) {
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /** To be called within a transaction. */
    String seal(String reason) {
        try {
            return SEALED
                    + Base64.getEncoder()
                            .encodeToString(
                                    keys.of(HOUSE).aead().encrypt(reason.getBytes(StandardCharsets.UTF_8), ABOUT));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A reason could not be sealed", e);
        }
    }

    /** The words again; those of before the seal as they are. */
    String open(String kept) {
        if (!kept.startsWith(SEALED)) {
            return kept;
        }
        try {
            return new String(
                    keys.of(HOUSE).aead().decrypt(Base64.getDecoder().decode(kept.substring(SEALED.length())), ABOUT),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A reason could not be opened", e);
        }
    }

    @EventListener(ApplicationStartedEvent.class)
    @Transactional
    void sealThoseOfBefore() {
        for (String table : TABLES) {
            jdbc.sql("select distinct reason from " + table + " where reason is not null and reason <> ''"
                            + " and reason not like '" + SEALED + "%'")
                    .query(String.class)
                    .list()
                    .forEach(reason -> jdbc.sql("update " + table + " set reason = ? where reason = ?")
                            .params(seal(reason), reason)
                            .update());
        }
    }
}
