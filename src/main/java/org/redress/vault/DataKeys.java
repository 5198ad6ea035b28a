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
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    /** What a key that is wrapped now is bound to: its row, its case and its survivor. Before, it was its row alone. */
    private static final int BOUND = 2;

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final String COLUMNS = "select id as key_id, case_number, person, binding, master_key, wrapped";

    /** @param id its row */
    record DataKey(String id, Aead aead) {}

    /** A data key as it lies in the database. */
    static final class Wrapped {

        private final String id;
        private final Subject subject;
        private final int binding;
        private final String master;
        private final byte[] bytes;

        private Wrapped(String id, Subject subject, int binding, String master, byte[] bytes) {
            this.id = id;
            this.subject = subject;
            this.binding = binding;
            this.master = master;
            this.bytes = bytes;
        }

        /** Of a row with {@code key_id} and the columns of {@code vault_key}. */
        static Wrapped of(ResultSet row) throws SQLException {
            return new Wrapped(
                    row.getString("key_id"),
                    new Subject(row.getString("case_number"), row.getString("person")),
                    row.getInt("binding"),
                    row.getString("master_key"),
                    row.getBytes("wrapped"));
        }

        String id() {
            return id;
        }

        /** Whose values it seals, as the row says. */
        Subject subject() {
            return subject;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

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
        int before = jdbc.sql("select count(*) from vault_key where binding < ? and destroyed_at is null")
                .param(BOUND)
                .query(Integer.class)
                .single();
        if (before > 0) {
            LOG.warn(
                    "{} data keys are not bound to their cases yet: when all nodes run this version, POST"
                            + " /api/vault/rotation wraps them anew",
                    before);
        }
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
        return jdbc.sql(COLUMNS + " from vault_key where house and destroyed_at is null"
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
        return jdbc.sql(COLUMNS + " from vault_key where case_number = :case and destroyed_at is null"
                        + (person == null ? " and person is null" : " and person = :person")
                        + " order by created_at, id fetch first 1 rows only" + kept)
                .param("case", subject.caseNumber())
                .param("person", person)
                .query(this::unwrapped)
                .optional();
    }

    private DataKey unwrapped(ResultSet row, int index) throws SQLException {
        Wrapped wrapped = Wrapped.of(row);
        return new DataKey(wrapped.id(), unwrap(wrapped));
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
                    + " was erased, and nothing new is kept there. "
                    + (person == null
                            ? "File a new case, or ask the data protection officer to open the records again."
                            : "To end what still waits for this person, start \"Withdraw consent\" and say that no help is"
                                    + " wanted. To go on with them, ask the data protection officer to open the records"
                                    + " again."));
        }
    }

    private DataKey make(Subject subject) {
        String id = UUID.randomUUID().toString();
        try {
            KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            jdbc.sql("insert into vault_key (id, case_number, person, binding, master_key, wrapped, created_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            id,
                            subject.caseNumber(),
                            subject.person(),
                            BOUND,
                            masters.current().id(),
                            wrap(id, subject, key),
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
        jdbc.sql(COLUMNS + " from vault_key where id = ? and case_number is null and destroyed_at is null for update")
                .param(id)
                .query((row, index) -> Wrapped.of(row))
                .optional()
                .ifPresent(key -> rewrap(
                        key,
                        new Subject(
                                subject.caseNumber(),
                                key.subject().person() == null
                                        ? subject.person()
                                        : key.subject().person())));
    }

    /**
     * Wraps by the current master key what the other one wraps, and what was not bound to its case yet: the values are not
     * touched. Repeated, it goes on where it stopped.
     *
     * @return how many keys it wrapped
     */
    @Transactional
    int rotate() {
        List<String> old = jdbc.sql("select id from vault_key where (master_key <> ? or binding < ?)"
                        + " and destroyed_at is null order by id for update")
                .params(masters.current().id(), BOUND)
                .query(String.class)
                .list();
        old.forEach(id -> {
            Wrapped key = jdbc.sql(COLUMNS + " from vault_key where id = ?")
                    .param(id)
                    .query((row, index) -> Wrapped.of(row))
                    .single();
            rewrap(key, key.subject());
        });
        return old.size();
    }

    private void rewrap(Wrapped key, Subject subject) {
        try {
            jdbc.sql("update vault_key set case_number = ?, person = ?, binding = ?, master_key = ?, wrapped = ?"
                            + " where id = ?")
                    .params(
                            subject.caseNumber(),
                            subject.person(),
                            BOUND,
                            masters.current().id(),
                            wrap(key.id(), subject, open(key)),
                            key.id())
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data key " + key.id() + " could not be wrapped anew", e);
        }
    }

    /** @throws Unopened if it, or whose it is, was changed, or this node was not given its master key */
    Aead unwrap(Wrapped key) {
        try {
            return aead(open(key));
        } catch (GeneralSecurityException e) {
            throw new Unopened(
                    "The data key " + key.id() + " does not open: it, or the case that it belongs to, was changed", e);
        }
    }

    private KeysetHandle open(Wrapped key) throws GeneralSecurityException {
        MasterKey master = masters.of(key.master)
                .orElseThrow(() -> new Unopened("The data key " + key.id() + " is wrapped by the master key "
                        + key.master + ", which this node was not given: add it as redress.vault.other-key-file"));
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                key.bytes, master.aead(), key.binding < BOUND ? bytes(key.id()) : bound(key.id(), key.subject()));
    }

    private byte[] wrap(String id, Subject subject, KeysetHandle key) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                key, masters.current().aead(), bound(id, subject));
    }

    /** With the length of each, so that no text of one runs over into the other; none is not the same as an empty one. */
    private static byte[] bound(String id, Subject subject) {
        return bytes(String.join("\n", id, counted(subject.caseNumber()), counted(subject.person())));
    }

    private static String counted(@Nullable String text) {
        return text == null ? "-" : text.length() + ":" + text;
    }

    private static Aead aead(KeysetHandle key) throws GeneralSecurityException {
        return key.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
