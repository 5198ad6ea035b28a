package org.redress.vault;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Reference;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** The sealed values: in by the transaction of whoever writes, out with all that are asked for at once. */
@Component
class Values {

    private static final int AT_ONCE = 500;
    private static final String COLUMNS = "select v.id, v.variable, v.value_type, v.audience, v.sealed, v.key_id,"
            + " v.created_at, k.case_number, k.person, k.binding, k.master_key, k.wrapped from vault_value v"
            + " join vault_key k on k.id = v.key_id";

    /** A value to seal. */
    record Fresh(Reference reference, String variable, Set<String> audience, Content content) {}

    /** A value as it lies there; whether it may be opened is not its business. */
    static final class Kept {

        private final Entry entry;
        private final Instant writtenAt;
        private final byte[] sealed;
        private final @Nullable Supplier<Aead> key;

        private Kept(Entry entry, Instant writtenAt, byte[] sealed, @Nullable Supplier<Aead> key) {
            this.entry = entry;
            this.writtenAt = writtenAt;
            this.sealed = sealed;
            this.key = key;
        }

        Entry entry() {
            return entry;
        }

        Instant writtenAt() {
            return writtenAt;
        }

        /** Whether its key was destroyed: nobody opens it any more. */
        boolean isErased() {
            return key == null;
        }

        /**
         * The plain value.
         *
         * @throws Unopened if somebody changed it or its key, or this node was not given the master key
         * @throws IllegalStateException if its key is destroyed
         */
        Content open() {
            if (key == null) {
                throw new IllegalStateException("The value " + entry.reference() + " was erased");
            }
            try {
                return Content.of(entry.type(), key.get().decrypt(sealed, associated(entry)));
            } catch (GeneralSecurityException e) {
                throw new Unopened("The value " + entry.reference() + " does not open: it was changed", e);
            }
        }

        /** Whether it opens; false for what was erased. */
        boolean opens() {
            try {
                return key != null && open() != null;
            } catch (Unopened e) {
                return false;
            }
        }
    }

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final DataKeys keys;
    private final Clock clock;

    Values(JdbcClient jdbc, JdbcTemplate batch, DataKeys keys, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.keys = keys;
        this.clock = clock;
    }

    /** Seals the values by one key. */
    void seal(DataKeys.DataKey key, Subject subject, Collection<Fresh> values) {
        Timestamp now = Timestamp.from(clock.instant());
        List<Object[]> rows = new ArrayList<>();
        for (Fresh value : values) {
            Entry entry = new Entry(
                    value.reference(),
                    subject,
                    value.variable(),
                    value.audience(),
                    value.content().type());
            try {
                rows.add(new Object[] {
                    value.reference().id().toString(),
                    key.id(),
                    value.variable(),
                    entry.type(),
                    audience(entry),
                    key.aead().encrypt(value.content().bytes(), associated(entry)),
                    now
                });
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A value of the field " + value.variable() + " could not be sealed", e);
            }
        }
        batch.batchUpdate(
                "insert into vault_value (id, key_id, variable, value_type, audience, sealed, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /** The values with these references that are there, by reference. */
    Map<Reference, Kept> find(Collection<Reference> references) {
        Map<Reference, Kept> found = new LinkedHashMap<>();
        Map<String, Supplier<Aead>> open = new HashMap<>();
        List<String> ids =
                references.stream().map(each -> each.id().toString()).distinct().toList();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            jdbc.sql(COLUMNS + " where v.id in (:ids)")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + AT_ONCE)))
                    .query((row, index) -> kept(row, open))
                    .list()
                    .forEach(kept -> found.put(kept.entry().reference(), kept));
        }
        return found;
    }

    /** What was told in a case and by its survivors and was not erased, the oldest first; not what the house wrote. */
    List<Kept> of(String caseNumber) {
        Map<String, Supplier<Aead>> open = new HashMap<>();
        return jdbc.sql(COLUMNS + " where k.case_number = ? and k.destroyed_at is null and v.value_type <> ?"
                        + " order by v.created_at, v.id")
                .params(caseNumber, SealedTexts.TYPE)
                .query((row, index) -> kept(row, open))
                .list();
    }

    private Kept kept(ResultSet row, Map<String, Supplier<Aead>> open) throws SQLException {
        Entry entry = new Entry(
                new Reference(java.util.UUID.fromString(row.getString("id"))),
                new Subject(row.getString("case_number"), row.getString("person")),
                row.getString("variable"),
                Set.of(row.getString("audience").split(",", -1)),
                row.getString("value_type"));
        Instant writtenAt = row.getTimestamp("created_at").toInstant();
        if (row.getBytes("wrapped") == null) {
            return new Kept(entry, writtenAt, row.getBytes("sealed"), null);
        }
        DataKeys.Wrapped wrapped = DataKeys.Wrapped.of(row);
        // Only when a value is asked for: one key that does not open leaves the other fields of a form readable.
        Supplier<Aead> key = open.computeIfAbsent(wrapped.id(), id -> SingletonSupplier.of(() -> keys.unwrap(wrapped)));
        return new Kept(entry, writtenAt, row.getBytes("sealed"), key);
    }

    private static String audience(Entry entry) {
        return String.join(",", new TreeSet<>(entry.audience()));
    }

    /** What is sealed with the value: nobody moves it under another reference, name or audience. */
    private static byte[] associated(Entry entry) {
        return String.join("\n", entry.reference().toString(), entry.variable(), entry.type(), audience(entry))
                .getBytes(StandardCharsets.UTF_8);
    }
}
