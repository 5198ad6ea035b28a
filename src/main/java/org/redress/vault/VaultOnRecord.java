package org.redress.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was done with the secrets of a case past the engine, as a part of its audit trail: files, break-glass, consents, legal
 * holds, hidden identities, erasures. No reason and no name of a file: they may name people.
 */
@Component
class VaultOnRecord implements AuditSource {

    private static final String PERSON = "person";

    private final JdbcClient jdbc;

    VaultOnRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        List<AuditLine> lines = new ArrayList<>();
        lines.addAll(jdbc.sql("select f.kind, f.added_by, f.added_at, k.person from vault_file f"
                        + " join vault_key k on k.id = f.key_id where k.case_number = ?")
                .param(caseNumber)
                .query((row, index) -> line(row, "added_at", "added_by", "FILE", "added", "kind", PERSON))
                .list());
        lines.addAll(jdbc.sql("select reader, asked_at, ends_at, person from vault_break_glass where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> line(row, "asked_at", "reader", "BREAK_GLASS", "began", PERSON))
                .list());
        lines.addAll(
                jdbc.sql("select reader, revoked_at, revoked_by, person from vault_break_glass where case_number = ?"
                                + " and revoked_at is not null")
                        .param(caseNumber)
                        .query((row, index) ->
                                line(row, "revoked_at", "revoked_by", "BREAK_GLASS", "revoked", "reader", PERSON))
                        .list());
        lines.addAll(jdbc.sql("select purpose, recipient, version, recorded_by, recorded_at, person from vault_consent"
                        + " where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> line(
                        row,
                        "recorded_at",
                        "recorded_by",
                        "CONSENT",
                        "given",
                        "purpose",
                        "recipient",
                        "version",
                        PERSON))
                .list());
        lines.addAll(jdbc.sql("select purpose, recipient, version, ended_by, ended_at, person from vault_consent"
                        + " where case_number = ? and ended_as = 'WITHDRAWN'")
                .param(caseNumber)
                .query((row, index) -> line(
                        row, "ended_at", "ended_by", "CONSENT", "withdrawn", "purpose", "recipient", "version", PERSON))
                .list());
        lines.addAll(jdbc.sql("select recipient, ground, recorded_by, recorded_at, person from vault_disclosure"
                        + " where case_number = ?")
                .param(caseNumber)
                .query((row, index) ->
                        line(row, "recorded_at", "recorded_by", "DISCLOSURE", "told", "recipient", "ground", PERSON))
                .list());
        lines.addAll(jdbc.sql("select what, changed_by, changed_at from vault_hold_change where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> line(
                        row,
                        "changed_at",
                        "changed_by",
                        "HOLD",
                        row.getString("what").equals("SET") ? "set" : "lifted"))
                .list());
        lines.addAll(jdbc.sql("select hidden_by, hidden_at from vault_hidden_identity where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> line(row, "hidden_at", "hidden_by", "IDENTITY", "hidden"))
                .list());
        lines.addAll(jdbc.sql("select erased_by, erased_at, keys_destroyed, values_gone, files_gone, person"
                        + " from vault_erasure where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> line(
                        row,
                        "erased_at",
                        "erased_by",
                        "ERASURE",
                        "erased",
                        "keys_destroyed",
                        "values_gone",
                        "files_gone",
                        PERSON))
                .list());
        lines.addAll(jdbc.sql(
                        "select asked_by, asked_at, forced, person from vault_erasure_asked where case_number = ?")
                .param(caseNumber)
                .query((row, index) ->
                        line(row, "asked_at", "asked_by", "ERASURE", "asked for, by a first of two", "forced", PERSON))
                .list());
        lines.addAll(jdbc.sql("select reopened_by, reopened_at, person from vault_reopening where case_number = ?")
                .param(caseNumber)
                .query((row, index) ->
                        line(row, "reopened_at", "reopened_by", "ERASURE", "opened again for new values", PERSON))
                .list());
        return lines;
    }

    private static AuditLine line(ResultSet row, String at, String by, String kind, String what, String... facts)
            throws SQLException {
        Instant moment = row.getTimestamp(at).toInstant();
        Map<String, Object> told = new LinkedHashMap<>();
        for (String fact : facts) {
            @Nullable Object value = row.getObject(fact);
            if (value != null && !value.toString().isEmpty()) {
                told.put(fact, value);
            }
        }
        return new AuditLine(moment, row.getString(by), kind, what, told);
    }
}
