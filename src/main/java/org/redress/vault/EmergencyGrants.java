package org.redress.vault;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The grants of break-glass. Whether somebody may ask for one is not its business. */
@Component
class EmergencyGrants {

    private static final String ACTIVE = " g.revoked_at is null and g.ends_at > ?";

    /**
     * That one person may read one case, or one survivor of it, for a while. Moments are UTC.
     *
     * @param person reference of a survivor; null for the whole case
     */
    record Grant(
            String id,
            String caseNumber,
            @Nullable String person,
            String reader,
            Instant askedAt,
            Instant endsAt,
            @Nullable Instant revokedAt,
            @Nullable String revokedBy) {

        /** As the read log knows its reason. */
        Entry entry() {
            return new Entry(
                    new org.redress.engine.Reference(UUID.fromString(id)),
                    new Subject(caseNumber, person),
                    "reason of break-glass",
                    java.util.Set.of(),
                    "String");
        }
    }

    private final JdbcClient jdbc;
    private final DataKeys keys;
    private final Clock clock;

    EmergencyGrants(JdbcClient jdbc, DataKeys keys, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.clock = clock;
    }

    /** Whether somebody may read now what is about this subject. */
    boolean cover(String reader, Subject subject) {
        return subject.caseNumber() != null
                && of(reader, subject.caseNumber()).stream()
                        .anyMatch(grant ->
                                grant.person() == null || grant.person().equals(subject.person()));
    }

    /** The grants of somebody in a case that hold now, the first to end first. */
    List<Grant> of(String reader, String caseNumber) {
        return jdbc.sql("select g.* from vault_break_glass g where g.reader = ? and g.case_number = ? and" + ACTIVE
                        + " order by g.ends_at, g.id")
                .params(reader, caseNumber, Timestamp.from(clock.instant()))
                .query(EmergencyGrants::grant)
                .list();
    }

    /** The grants of all in a case that hold now, the first to end first. */
    List<Grant> in(String caseNumber) {
        return jdbc.sql("select g.* from vault_break_glass g where g.case_number = ? and" + ACTIVE
                        + " order by g.ends_at, g.id")
                .params(caseNumber, Timestamp.from(clock.instant()))
                .query(EmergencyGrants::grant)
                .list();
    }

    /** A grant, over or not. */
    Optional<Grant> find(String id) {
        return jdbc.sql("select g.* from vault_break_glass g where g.id = ?")
                .param(id)
                .query(EmergencyGrants::grant)
                .optional();
    }

    /** The newest grants of all, at most so many. */
    List<Grant> newest(int most) {
        return jdbc.sql("select g.* from vault_break_glass g order by g.asked_at desc, g.id fetch first " + most
                        + " rows only")
                .query(EmergencyGrants::grant)
                .list();
    }

    void keep(Grant grant, String reason) {
        DataKeys.DataKey key = keys.of(new Subject(grant.caseNumber(), grant.person()));
        try {
            jdbc.sql("insert into vault_break_glass (id, case_number, person, reader, key_id, sealed_reason, asked_at,"
                            + " ends_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            grant.id(),
                            grant.caseNumber(),
                            grant.person(),
                            grant.reader(),
                            key.id(),
                            key.aead().encrypt(reason.getBytes(StandardCharsets.UTF_8), associated(grant.id())),
                            Timestamp.from(grant.askedAt()),
                            Timestamp.from(grant.endsAt()))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A reason could not be sealed", e);
        }
    }

    /** Why somebody asked; empty when it was erased. */
    Optional<String> reason(String id) {
        return jdbc.sql(
                        "select g.sealed_reason, k.id as key_id, k.case_number, k.person, k.binding, k.master_key, k.wrapped"
                                + " from vault_break_glass g"
                                + " join vault_key k on k.id = g.key_id where g.id = ? and k.destroyed_at is null")
                .param(id)
                .query((row, index) -> {
                    Aead key = keys.unwrap(DataKeys.Wrapped.of(row));
                    return open(key, row.getBytes("sealed_reason"), id);
                })
                .optional();
    }

    /** Ends a grant; false when there is none that holds. */
    boolean revoke(String id, String by) {
        Timestamp now = Timestamp.from(clock.instant());
        return jdbc.sql("update vault_break_glass g set revoked_at = ?, revoked_by = ? where g.id = ? and" + ACTIVE)
                        .params(now, by, id, now)
                        .update()
                > 0;
    }

    /** Holds whoever else asks in this case until the transaction ends. */
    void lock(String caseNumber) {
        jdbc.sql("select case_number from case_file where case_number = ? for update")
                .param(caseNumber)
                .query(String.class)
                .list();
    }

    /** Whether the case, or the survivor's file, was erased and nothing came since. */
    boolean isErased(Subject subject) {
        boolean erased = jdbc.sql("select count(*) from vault_erasure where case_number = :case"
                                + " and (person is null or person = :person)")
                        .param("case", subject.caseNumber())
                        .param("person", subject.person())
                        .query(Integer.class)
                        .single()
                > 0;
        return erased
                && jdbc.sql("select count(*) from vault_key where case_number = :case and destroyed_at is null"
                                        + (subject.person() == null ? "" : " and person = :person"))
                                .param("case", subject.caseNumber())
                                .param("person", subject.person())
                                .query(Integer.class)
                                .single()
                        == 0;
    }

    private static String open(Aead key, byte[] sealed, String id) {
        try {
            return new String(key.decrypt(sealed, associated(id)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The reason of " + id + " does not open: it was changed", e);
        }
    }

    private static byte[] associated(String id) {
        return ("break-glass\n" + id).getBytes(StandardCharsets.UTF_8);
    }

    private static Grant grant(ResultSet row, int index) throws SQLException {
        Timestamp revoked = row.getTimestamp("revoked_at");
        return new Grant(
                row.getString("id"),
                row.getString("case_number"),
                row.getString("person"),
                row.getString("reader"),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                revoked == null ? null : revoked.toInstant(),
                row.getString("revoked_by"));
    }
}
