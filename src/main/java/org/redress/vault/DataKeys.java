package org.redress.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.annotation.PostConstruct;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.redress.engine.InvalidInput;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys that seal values: one of each case, and one of each survivor in it, so that a person's file can be destroyed
 * alone. They lie in the database, wrapped, and are unwrapped for one command; nothing keeps them in memory.
 */
@Component
class DataKeys {

    /** @param id its row, also the associated data of its wrapping */
    record DataKey(String id, Aead aead) {}

    private final JdbcClient jdbc;
    private final MasterKeys masters;
    private final CaseLock cases;
    private final Clock clock;
    private final String kept;

    DataKeys(
            JdbcClient jdbc,
            MasterKeys masters,
            CaseLock cases,
            Clock clock,
            @Value("${spring.datasource.url:}") String database) {
        this.jdbc = jdbc;
        this.masters = masters;
        this.cases = cases;
        this.clock = clock;
        // Until the value is there: an erasure waits for it, and takes it along. H2 cannot share a row.
        this.kept = database.startsWith("jdbc:postgresql:") ? " for share" : "";
    }

    /**
     * A new database gets a key at once, which belongs to no case: so a second node that was given another master key does
     * not start, though nothing is sealed yet.
     */
    @PostConstruct
    void pin() {
        if (jdbc.sql("select count(*) from vault_key").query(Integer.class).single() == 0) {
            make(Subject.NONE);
        }
        masters.check();
    }

    /** The key of a case or survivor, made if there is none; a new one for whatever belongs to no case yet. */
    DataKey of(Subject subject) {
        return find(subject).orElseGet(() -> {
            if (subject.caseNumber() == null) {
                return make(subject);
            }
            cases.take(subject.caseNumber());
            return find(subject).orElseGet(() -> {
                refuseErased(subject);
                return make(subject);
            });
        });
    }

    /** The key of what the house writes and that belongs to no case; made if there is none, never any case's. */
    DataKey ofTheHouse() {
        return jdbc.sql("select id, master_key, wrapped from vault_key where house and destroyed_at is null"
                        + " order by created_at, id fetch first 1 rows only" + kept)
                .query(this::unwrapped)
                .optional()
                .orElseGet(() -> {
                    DataKey made = make(Subject.NONE);
                    jdbc.sql("update vault_key set house = true where id = ?")
                            .param(made.id())
                            .update();
                    return made;
                });
    }

    private Optional<DataKey> find(Subject subject) {
        if (subject.caseNumber() == null) {
            return Optional.empty();
        }
        String person = subject.person();
        return jdbc.sql(
                        "select id, master_key, wrapped from vault_key where case_number = :case and destroyed_at is null"
                                + (person == null ? " and person is null" : " and person = :person")
                                + " order by created_at, id fetch first 1 rows only" + kept)
                .param("case", subject.caseNumber())
                .param("person", person)
                .query(this::unwrapped)
                .optional();
    }

    private DataKey unwrapped(ResultSet row, int index) throws SQLException {
        String id = row.getString("id");
        return new DataKey(id, unwrap(id, row.getString("master_key"), row.getBytes("wrapped")));
    }

    /** An erased file stays erased: nobody fills it again unnoticed, by a form that was open or a job that came late. */
    private void refuseErased(Subject subject) {
        String person = subject.person();
        boolean erased =
                jdbc.sql("select count(*) from vault_key k where k.case_number = :case and k.destroyed_at is not null"
                                        + (person == null
                                                ? " and k.person is null"
                                                : " and (k.person = :person or k.person is null)")
                                        + " and not exists (select 1 from vault_reopening r where r.case_number = :case"
                                        + " and (r.person is null"
                                        + (person == null ? "" : " or r.person = :person")
                                        + ") and r.reopened_at >= k.destroyed_at)")
                                .param("case", subject.caseNumber())
                                .param("person", person)
                                .query(Integer.class)
                                .single()
                        > 0;
        if (erased) {
            throw new InvalidInput("What was told in confidence in " + subject.caseNumber()
                    + (person == null ? "" : " by this person")
                    + " was erased, and nothing new is kept there: file a new case, or ask the data protection officer"
                    + " to open the records again");
        }
    }

    private DataKey make(Subject subject) {
        String id = UUID.randomUUID().toString();
        try {
            KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            jdbc.sql("insert into vault_key (id, case_number, person, master_key, wrapped, created_at)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(
                            id,
                            subject.caseNumber(),
                            subject.person(),
                            masters.current().id(),
                            wrap(id, key),
                            Timestamp.from(clock.instant()))
                    .update();
            return new DataKey(id, aead(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A data key could not be made", e);
        }
    }

    /** What a key was made for is known now. */
    void bind(String id, Subject subject) {
        if (subject.caseNumber() != null) {
            cases.take(subject.caseNumber());
        }
        jdbc.sql(
                        "update vault_key set case_number = ?, person = coalesce(person, ?) where id = ? and case_number is null")
                .params(subject.caseNumber(), subject.person(), id)
                .update();
    }

    /**
     * Wraps by the current master key what the other one wraps: the values are not touched. Repeated, it goes on where it
     * stopped.
     *
     * @return how many keys it wrapped
     */
    @Transactional
    int rotate() {
        List<String> old = jdbc.sql(
                        "select id from vault_key where master_key <> ? and destroyed_at is null order by id for update")
                .param(masters.current().id())
                .query(String.class)
                .list();
        old.forEach(id -> jdbc.sql("select master_key, wrapped from vault_key where id = ?")
                .param(id)
                .query((row, index) -> rewrap(id, row.getString("master_key"), row.getBytes("wrapped")))
                .single());
        return old.size();
    }

    private int rewrap(String id, String master, byte[] wrapped) {
        try {
            return jdbc.sql("update vault_key set master_key = ?, wrapped = ? where id = ?")
                    .params(masters.current().id(), wrap(id, open(id, master, wrapped)), id)
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data key " + id + " could not be wrapped anew", e);
        }
    }

    /** Opens a data key as it lies in the database. */
    Aead unwrap(String id, String master, byte[] wrapped) {
        try {
            return aead(open(id, master, wrapped));
        } catch (GeneralSecurityException e) {
            throw new Unopened("The data key " + id + " does not open: it was changed", e);
        }
    }

    private KeysetHandle open(String id, String master, byte[] wrapped) throws GeneralSecurityException {
        MasterKey key = masters.of(master)
                .orElseThrow(() -> new Unopened("The data key " + id + " is wrapped by the master key " + master
                        + ", which this node was not given: add it as redress.vault.other-key-file"));
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, key.aead(), bytes(id));
    }

    private byte[] wrap(String id, KeysetHandle key) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                key, masters.current().aead(), bytes(id));
    }

    private static Aead aead(KeysetHandle key) throws GeneralSecurityException {
        return key.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
