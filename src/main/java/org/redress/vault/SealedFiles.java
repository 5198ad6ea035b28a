package org.redress.vault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.redress.engine.Reference;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sealed documents. Who may see them is not its business. */
@Component
class SealedFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String COLUMNS =
            "f.id, f.key_id, f.kind, f.media_type, f.audience, f.size_bytes, f.sealed_label,"
                    + " f.added_by, f.added_at, k.case_number, k.person, k.binding, k.master_key, k.wrapped";
    private static final String ALIVE =
            " from vault_file f join vault_key k on k.id = f.key_id where k.case_number = ? and k.destroyed_at is null";

    /**
     * What is known of a document without opening it.
     *
     * @param reference its id
     * @param audience roles, or roles in one organisation, that may read it
     * @param size in bytes
     */
    record Document(
            Reference reference,
            Subject subject,
            String kind,
            String mediaType,
            Set<String> audience,
            long size,
            String addedBy,
            Instant addedAt) {

        /** As the read log knows it. */
        Entry entry() {
            return new Entry(reference, subject, "file: " + kind, audience, mediaType);
        }
    }

    /**
     * What is sealed beside the content.
     *
     * @param name as it was given, without a path
     * @param sha256 of the content as it was given, in hexadecimal
     */
    record Label(String name, String sha256) {

        /** Says nothing of the name: it could end in a log. */
        @Override
        public String toString() {
            return sha256;
        }
    }

    /** A document as it lies there. */
    final class Kept {

        private final Document document;
        private final byte[] label;
        private final Supplier<Aead> key;

        private Kept(Document document, byte[] label, Supplier<Aead> key) {
            this.document = document;
            this.label = label;
            this.key = key;
        }

        Document document() {
            return document;
        }

        /** @throws Unopened if somebody changed it or its key, or this node was not given the master key */
        Label label() {
            try {
                return MAPPER.readValue(decrypt(label, "label"), Label.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** @throws Unopened if somebody changed it or its key, or this node was not given the master key */
        byte[] content() {
            return decrypt(
                    jdbc.sql("select sealed from vault_file where id = ?")
                            .param(document.reference().id().toString())
                            .query((row, index) -> row.getBytes("sealed"))
                            .single(),
                    "content");
        }

        private byte[] decrypt(byte[] sealed, String part) {
            try {
                return key.get().decrypt(sealed, associated(document, part));
            } catch (GeneralSecurityException e) {
                throw new Unopened("The document " + document.reference().id() + " does not open: it was changed", e);
            }
        }
    }

    /** How much a case holds. */
    record Amount(int files, long bytes) {}

    private final JdbcClient jdbc;
    private final DataKeys keys;

    SealedFiles(JdbcClient jdbc, DataKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Seals a document that its account sends for itself. */
    void keep(Document document, Label label, byte[] content) {
        keep(document, label, content, document.addedBy());
    }

    /**
     * Seals a document, in the transaction that runs.
     *
     * @param sender whose share of the case's room it takes
     */
    void keep(Document document, Label label, byte[] content, String sender) {
        DataKeys.DataKey key = keys.of(document.subject());
        try {
            jdbc.sql("insert into vault_file (id, key_id, kind, media_type, audience, size_bytes, sealed_label, sealed,"
                            + " added_by, added_at, sender) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            document.reference().id().toString(),
                            key.id(),
                            document.kind(),
                            document.mediaType(),
                            audience(document),
                            document.size(),
                            key.aead().encrypt(MAPPER.writeValueAsBytes(label), associated(document, "label")),
                            key.aead().encrypt(content, associated(document, "content")),
                            document.addedBy(),
                            Timestamp.from(document.addedAt()),
                            sender)
                    .update();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("A document of the kind " + document.kind() + " could not be sealed", e);
        }
        // An erasure that ran at the same moment has destroyed the key by now, and nobody would know.
        boolean erased = jdbc.sql("select count(*) from vault_key where id = ? and destroyed_at is not null")
                        .param(key.id())
                        .query(Integer.class)
                        .single()
                > 0;
        if (erased) {
            throw new FileRefused(HttpStatus.CONFLICT, "erased");
        }
    }

    /**
     * Holds whoever else adds to the case until this transaction ends, and tells what it has.
     *
     * @return empty when there is no such case
     */
    Optional<Amount> lock(String caseNumber) {
        return jdbc.sql("select case_number from case_file where case_number = ? for update")
                .param(caseNumber)
                .query(String.class)
                .optional()
                .map(known -> jdbc.sql("select count(*) as files, coalesce(sum(f.size_bytes), 0) as bytes" + ALIVE)
                        .param(known)
                        .query((row, index) -> new Amount(row.getInt("files"), row.getLong("bytes")))
                        .single());
    }

    /** What of it one sender added; of documents from before senders were kept, each account is one. */
    Amount ofSender(String caseNumber, String sender) {
        return jdbc.sql("select count(*) as files, coalesce(sum(f.size_bytes), 0) as bytes" + ALIVE
                        + " and coalesce(f.sender, f.added_by) = ?")
                .params(caseNumber, sender)
                .query((row, index) -> new Amount(row.getInt("files"), row.getLong("bytes")))
                .single();
    }

    /** The documents of a case that were not erased, the oldest first. */
    List<Kept> of(String caseNumber) {
        Map<String, Aead> open = new HashMap<>();
        return jdbc.sql("select " + COLUMNS + ALIVE + " order by f.added_at, f.id")
                .param(caseNumber)
                .query((row, index) -> kept(row, open))
                .list();
    }

    /** One document of a case, unless it was erased. */
    Optional<Kept> find(String caseNumber, String id) {
        return jdbc.sql("select " + COLUMNS + ALIVE + " and f.id = ?")
                .params(caseNumber, id)
                .query((row, index) -> kept(row, new HashMap<>()))
                .optional();
    }

    /** The survivors of a case about whom the vault keeps something. */
    List<String> people(String caseNumber) {
        return jdbc.sql("select distinct person from vault_key where case_number = ? and person is not null"
                        + " and destroyed_at is null order by person")
                .param(caseNumber)
                .query(String.class)
                .list();
    }

    boolean isCase(String caseNumber) {
        return jdbc.sql("select count(*) from case_file where case_number = ?")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Kept kept(ResultSet row, Map<String, Aead> open) throws SQLException {
        Document document = new Document(
                new Reference(java.util.UUID.fromString(row.getString("id"))),
                new Subject(row.getString("case_number"), row.getString("person")),
                row.getString("kind"),
                row.getString("media_type"),
                Set.of(row.getString("audience").split(",", -1)),
                row.getLong("size_bytes"),
                row.getString("added_by"),
                row.getTimestamp("added_at").toInstant());
        DataKeys.Wrapped wrapped = DataKeys.Wrapped.of(row);
        // Not before it is asked for: one that does not open closes its own documents only.
        return new Kept(
                document,
                row.getBytes("sealed_label"),
                () -> open.computeIfAbsent(wrapped.id(), id -> keys.unwrap(wrapped)));
    }

    private static String audience(Document document) {
        return String.join(",", new TreeSet<>(document.audience()));
    }

    /** What is sealed with each part: nobody moves it to another document, kind, type or audience. */
    private static byte[] associated(Document document, String part) {
        return String.join(
                        "\n",
                        part,
                        document.reference().toString(),
                        document.kind(),
                        document.mediaType(),
                        audience(document),
                        String.valueOf(document.size()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
