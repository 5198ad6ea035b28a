package org.redress.remedy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where an emergency stands, who declared it, and which cases were in the mode (remedy.md A.8 E23, B.12). Everything happens
 * in the transaction that runs; repeated, nothing happens twice.
 */
@Component
class EmergencyRecord implements AuditSource {

    private final JdbcClient jdbc;
    private final Clock clock;

    EmergencyRecord(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An emergency of one country that is in force.
     *
     * @param reason EPIDEMIC, CONFLICT or DISASTER
     * @param lastDay in {@code redress.zone}
     */
    record Standing(
            long id, String reason, LocalDate lastDay, @Nullable String declaredBy, @Nullable String confirmedBy) {}

    /** Puts an emergency in force in each of these countries (ISO 3166-1 alpha-2). */
    void putInForce(
            String declaration,
            List<String> countries,
            String reason,
            LocalDate firstDay,
            LocalDate lastDay,
            @Nullable String declaredBy,
            @Nullable String confirmedBy) {
        for (String country : countries) {
            boolean known = jdbc.sql("select count(*) from emergency where declaration = ? and country = ?")
                            .params(declaration, country)
                            .query(Integer.class)
                            .single()
                    > 0;
            if (!known) {
                jdbc.sql("insert into emergency (declaration, country, reason, first_day, last_day, declared_by,"
                                + " confirmed_by, in_force_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                        .params(
                                declaration,
                                country,
                                reason,
                                firstDay,
                                lastDay,
                                declaredBy,
                                confirmedBy,
                                Timestamp.from(clock.instant()))
                        .update();
            }
        }
    }

    /** It stands until another day. */
    void extend(String declaration, LocalDate lastDay) {
        jdbc.sql("update emergency set last_day = ?, renewals = renewals + 1 where declaration = ? and last_day <> ?")
                .params(lastDay, declaration, lastDay)
                .update();
    }

    /** It stands no more. Waits for the cases that begin in this moment. */
    void lift(String declaration, Instant at, @Nullable String by) {
        jdbc.sql("update emergency set lifted_at = ?, lifted_by = ? where declaration = ? and lifted_at is null")
                .params(Timestamp.from(at), by, declaration)
                .update();
    }

    /**
     * The emergency that stands in a country; the first of several. Holds its row until the transaction ends, so that it is
     * not lifted before a case that relies on it can be seen.
     */
    Optional<Standing> in(@Nullable String country) {
        if (country == null) {
            return Optional.empty();
        }
        return jdbc
                .sql("select * from emergency where country = ? and lifted_at is null" + " order by id for update")
                .param(country)
                .query(EmergencyRecord::standing)
                .list()
                .stream()
                .findFirst();
    }

    /** By which emergency a case is on record as being in the mode now. */
    Optional<Standing> by(String caseNumber) {
        return jdbc
                .sql("select e.* from emergency_case c join emergency e on e.id = c.emergency_id"
                        + " where c.case_number = ? and c.left_at is null")
                .param(caseNumber)
                .query(EmergencyRecord::standing)
                .list()
                .stream()
                .findFirst();
    }

    /** What one declaration says of a country. */
    Optional<Standing> declared(String declaration, String country) {
        return jdbc
                .sql("select * from emergency where declaration = ? and country = ? and lifted_at is null")
                .params(declaration, country)
                .query(EmergencyRecord::standing)
                .list()
                .stream()
                .findFirst();
    }

    /** Holds whoever else declares an emergency until this transaction ends. */
    void takeTurns() {
        jdbc.sql("select id from emergency_turn where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    private static Standing standing(ResultSet row, int index) throws SQLException {
        return new Standing(
                row.getLong("id"),
                row.getString("reason"),
                row.getDate("last_day").toLocalDate(),
                row.getString("declared_by"),
                row.getString("confirmed_by"));
    }

    /** Cases wait for one another here, on all nodes, until the transaction ends. */
    void takeTurns(String caseNumber) {
        jdbc.sql("select case_number from case_file where case_number = ? for update")
                .param(caseNumber)
                .query(String.class)
                .optional();
    }

    /** Notes that the case is in the mode from now on, if it is not on record already; gives the id of that record. */
    long enter(String caseNumber, Standing standing) {
        Optional<Long> known = jdbc.sql("select id from emergency_case where case_number = ? and left_at is null")
                .param(caseNumber)
                .query(Long.class)
                .optional();
        if (known.isEmpty()) {
            jdbc.sql("insert into emergency_case (emergency_id, case_number, entered_at) values (?, ?, ?)")
                    .params(standing.id(), caseNumber, Timestamp.from(clock.instant()))
                    .update();
        }
        return known.orElseGet(() -> jdbc.sql("select id from emergency_case where case_number = ? and left_at is null")
                .param(caseNumber)
                .query(Long.class)
                .single());
    }

    /** Notes that the case is in the mode no more. */
    void leave(String caseNumber) {
        jdbc.sql("update emergency_case set left_at = ? where case_number = ? and left_at is null")
                .params(Timestamp.from(clock.instant()), caseNumber)
                .update();
    }

    /** The numbers of the cases that are on record as being in the mode now. */
    Set<String> casesInTheMode() {
        return Set.copyOf(jdbc.sql("select distinct case_number from emergency_case where left_at is null")
                .query(String.class)
                .list());
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        List<AuditLine> lines = new ArrayList<>();
        jdbc.sql("select * from emergency_case c join emergency e on e.id = c.emergency_id where c.case_number = ?"
                        + " order by c.id")
                .param(caseNumber)
                .query(row -> {
                    Map<String, Object> facts = facts(row);
                    lines.add(new AuditLine(
                            row.getTimestamp("entered_at").toInstant(),
                            row.getString("confirmed_by"),
                            "EMERGENCY",
                            "entered the emergency mode",
                            facts));
                    Timestamp left = row.getTimestamp("left_at");
                    if (left != null) {
                        lines.add(new AuditLine(
                                left.toInstant(),
                                row.getString("lifted_by"),
                                "EMERGENCY",
                                "left the emergency mode",
                                facts));
                    }
                });
        return lines;
    }

    private static Map<String, Object> facts(ResultSet row) throws SQLException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("country", row.getString("country"));
        facts.put("reason", row.getString("reason"));
        facts.put("from", row.getDate("first_day").toString());
        facts.put("until", row.getDate("last_day").toString());
        facts.put("renewals", row.getInt("renewals"));
        String declaredBy = row.getString("declared_by");
        if (declaredBy != null) {
            facts.put("declaredBy", declaredBy);
        }
        return facts;
    }
}
