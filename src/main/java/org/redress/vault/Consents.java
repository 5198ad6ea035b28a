package org.redress.vault;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.jspecify.annotations.Nullable;
import org.redress.engine.People;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What survivors agreed to, and until when (remedy.md C.2): one row for each purpose and, for sharing, for each
 * organisation; versioned, never written over. {@link Readers} asks here before a provider is shown anything: with the
 * withdrawal the value is closed, in every task that is open.
 */
@Component
public class Consents {

    private static final String NOBODY_NAMED = "";
    private static final String SYSTEM = "system";
    private static final String WITHDRAWN = "WITHDRAWN";
    private static final String RENEWED = "RENEWED";

    private final JdbcClient jdbc;
    private final CaseLock cases;
    private final People people;
    private final Clock clock;

    Consents(JdbcClient jdbc, CaseLock cases, People people, Clock clock, @Value("${redress.zone:UTC}") ZoneId zone) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.people = people;
        this.clock = clock.withZone(zone);
    }

    /**
     * Whose consent for what.
     *
     * @param person reference of the survivor
     * @param recipient organisation that may be told; null where the purpose names none
     */
    public record Matter(String caseNumber, String person, Purpose purpose, @Nullable String recipient) {

        private String recipientOrNobody() {
            return recipient == null ? NOBODY_NAMED : recipient;
        }
    }

    /**
     * How it was given.
     *
     * @param givenBy PERSON, GUARDIAN, APPOINTED (guardian) or AUTHORITY
     * @param evidence SIGNED, THUMBPRINT, RECORDED or WITNESSED; null when it is not known
     * @param on the day on which it was given
     * @param until the last day on which it counts; null for no end
     * @param explained reference to how it was explained; null if that was not written down
     * @param withheld reference to what must be kept from whom; null for nothing
     */
    public record Manner(
            String givenBy,
            @Nullable String evidence,
            LocalDate on,
            @Nullable LocalDate until,
            @Nullable String explained,
            @Nullable String withheld) {}

    /**
     * A consent as it was recorded.
     *
     * @param endedAs WITHDRAWN, RENEWED by the next version, or null while it counts (until the last day, if it has one)
     */
    public record Line(
            Purpose purpose,
            @Nullable String recipient,
            int version,
            String givenBy,
            @Nullable String evidence,
            LocalDate givenOn,
            @Nullable LocalDate validUntil,
            String recordedBy,
            Instant recordedAt,
            @Nullable Instant endedAt,
            @Nullable String endedAs,
            @Nullable String endedBy) {}

    /**
     * Records a consent; one that stands for the same matter ends with it.
     *
     * @throws OptimisticLockingException if somebody records the same at the same moment: done again, it works
     * @throws IllegalArgumentException if a text stands where a reference belongs
     */
    public void give(Matter matter, Manner manner) {
        cases.take(matter.caseNumber());
        end(List.of(matter), RENEWED);
        int version = jdbc.sql(
                        "select coalesce(max(version), 0) from vault_consent where case_number = ? and person = ?"
                                + " and purpose = ? and recipient = ?")
                .params(matter.caseNumber(), matter.person(), matter.purpose().name(), matter.recipientOrNobody())
                .query(Integer.class)
                .single();
        try {
            jdbc.sql("insert into vault_consent (id, case_number, person, purpose, recipient, version, given_by,"
                            + " evidence, given_on, valid_until, explained_ref, withheld_ref, recorded_by, recorded_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            UUID.randomUUID().toString(),
                            matter.caseNumber(),
                            matter.person(),
                            matter.purpose().name(),
                            matter.recipientOrNobody(),
                            version + 1,
                            manner.givenBy(),
                            manner.evidence(),
                            Date.valueOf(manner.on()),
                            day(manner.until()),
                            reference(manner.explained()),
                            reference(manner.withheld()),
                            who(),
                            Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new OptimisticLockingException("Somebody else recorded the same consent at the same time");
        }
    }

    /** The organisations with which something may be shared today for this purpose, by id. */
    public List<String> recipients(String caseNumber, String person, Purpose purpose) {
        return jdbc.sql("select recipient from vault_consent where case_number = ? and person = ? and purpose = ?"
                        + " and recipient <> '' and ended_at is null and (valid_until is null or valid_until >= ?)"
                        + " order by recipient")
                .params(caseNumber, person, purpose.name(), Date.valueOf(today()))
                .query(String.class)
                .list();
    }

    /**
     * The organisations with which something was shared for this purpose and nobody has taken it back, by id; also where the
     * last day is over. Whoever gives or takes back consent in this case waits from here on.
     */
    public List<String> everShared(String caseNumber, String person, Purpose purpose) {
        cases.take(caseNumber);
        return jdbc.sql("select distinct recipient from vault_consent where case_number = ? and person = ?"
                        + " and purpose = ? and recipient <> '' and ended_at is null order by recipient")
                .params(caseNumber, person, purpose.name())
                .query(String.class)
                .list();
    }

    /** Whether somebody agrees today to this for whoever is told, or for this one. */
    public boolean stands(String caseNumber, String person, Purpose purpose, String recipient) {
        return jdbc.sql("select count(*) from vault_consent where case_number = ? and person = ? and purpose = ?"
                                + " and recipient in ('', ?) and ended_at is null and given_on <= ?"
                                + " and (valid_until is null or valid_until >= ?)")
                        .params(
                                caseNumber,
                                person,
                                purpose.name(),
                                recipient,
                                Date.valueOf(today()),
                                Date.valueOf(today()))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The last day on which somebody took a consent back, in {@code redress.zone}; empty if they never did. */
    public Optional<LocalDate> withdrawnOn(String caseNumber, String person) {
        return jdbc
                .sql("select ended_at from vault_consent where case_number = ? and person = ? and ended_as = ?"
                        + " order by ended_at desc")
                .params(caseNumber, person, WITHDRAWN)
                .query(Timestamp.class)
                .list()
                .stream()
                .map(at -> LocalDate.ofInstant(at.toInstant(), clock.getZone()))
                .findFirst();
    }

    /** The people of a case who agree today to this purpose, by their references. */
    public Set<String> whoAgree(String caseNumber, Purpose purpose) {
        return new HashSet<>(jdbc.sql("select distinct person from vault_consent where case_number = ? and purpose = ?"
                        + " and ended_at is null and (valid_until is null or valid_until >= ?)")
                .params(caseNumber, purpose.name(), Date.valueOf(today()))
                .query(String.class)
                .list());
    }

    /** How the consent was given that stands for this; empty when none does. */
    public Optional<Manner> manner(Matter matter) {
        return jdbc
                .sql("select * from vault_consent where case_number = ? and person = ? and purpose = ?"
                        + " and recipient = ? and ended_at is null")
                .params(matter.caseNumber(), matter.person(), matter.purpose().name(), matter.recipientOrNobody())
                .query((row, index) -> new Manner(
                        row.getString("given_by"),
                        row.getString("evidence"),
                        row.getDate("given_on").toLocalDate(),
                        lastDay(row),
                        row.getString("explained_ref"),
                        row.getString("withheld_ref")))
                .list()
                .stream()
                .findFirst();
    }

    /**
     * Takes consents back; from then on nobody is shown anything by them. Repeated, it does nothing more.
     *
     * @return how many counted until now
     */
    public int withdraw(Collection<Matter> matters) {
        matters.stream().map(Matter::caseNumber).distinct().sorted().forEach(cases::take);
        return end(matters, WITHDRAWN);
    }

    /**
     * Takes back everything that somebody consented to. Repeated, it does nothing more.
     *
     * @return how many counted until now
     */
    public int withdrawAll(String caseNumber, String person) {
        cases.take(caseNumber);
        return jdbc.sql("update vault_consent set ended_at = ?, ended_as = ?, ended_by = ? where case_number = ?"
                        + " and person = ? and ended_at is null")
                .params(Timestamp.from(clock.instant()), WITHDRAWN, who(), caseNumber, person)
                .update();
    }

    /**
     * Takes back every consent that somebody gave in the place of a survivor (remedy.md E08). Repeated, it does nothing more.
     *
     * @param givenBy as in {@link Manner#givenBy}
     * @return what counted until now
     */
    public List<Matter> withdrawGivenBy(String caseNumber, String person, String givenBy) {
        cases.take(caseNumber);
        List<Matter> matters = jdbc.sql("select purpose, recipient from vault_consent where case_number = ?"
                        + " and person = ? and given_by = ? and ended_at is null order by purpose, recipient")
                .params(caseNumber, person, givenBy)
                .query((row, index) -> new Matter(
                        caseNumber,
                        person,
                        Purpose.valueOf(row.getString("purpose")),
                        Optional.of(row.getString("recipient"))
                                .filter(named -> !named.isEmpty())
                                .orElse(null)))
                .list();
        end(matters, WITHDRAWN);
        return matters;
    }

    /**
     * Records that somebody else consents to what had ended; until when, and what is kept from whom, stay as they were.
     *
     * @throws java.util.NoSuchElementException if it was never consented to
     */
    public void giveAnew(Matter matter, String givenBy) {
        Manner last = jdbc
                .sql("select * from vault_consent where case_number = ? and person = ? and purpose = ?"
                        + " and recipient = ? order by version desc")
                .params(matter.caseNumber(), matter.person(), matter.purpose().name(), matter.recipientOrNobody())
                .query((row, index) ->
                        new Manner(givenBy, null, today(), lastDay(row), null, row.getString("withheld_ref")))
                .list()
                .stream()
                .findFirst()
                .orElseThrow();
        give(matter, last);
    }

    /** Every consent of a survivor that was ever recorded, the earliest first. */
    public List<Line> of(String caseNumber, String person) {
        return jdbc.sql("select * from vault_consent where case_number = ? and person = ?"
                        + " order by recorded_at, purpose, recipient, version")
                .params(caseNumber, person)
                .query((row, index) -> new Line(
                        Purpose.valueOf(row.getString("purpose")),
                        Optional.of(row.getString("recipient"))
                                .filter(named -> !named.isEmpty())
                                .orElse(null),
                        row.getInt("version"),
                        row.getString("given_by"),
                        row.getString("evidence"),
                        row.getDate("given_on").toLocalDate(),
                        lastDay(row),
                        row.getString("recorded_by"),
                        row.getTimestamp("recorded_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("ended_at"))
                                .map(Timestamp::toInstant)
                                .orElse(null),
                        row.getString("ended_as"),
                        row.getString("ended_by")))
                .list();
    }

    private int end(Collection<Matter> matters, String as) {
        int ended = 0;
        for (Matter matter : matters) {
            ended += jdbc.sql("update vault_consent set ended_at = ?, ended_as = ?, ended_by = ? where case_number = ?"
                            + " and person = ? and purpose = ? and recipient = ? and ended_at is null")
                    .params(
                            Timestamp.from(clock.instant()),
                            as,
                            who(),
                            matter.caseNumber(),
                            matter.person(),
                            matter.purpose().name(),
                            matter.recipientOrNobody())
                    .update();
        }
        return ended;
    }

    private String who() {
        return people.acting().orElse(SYSTEM);
    }

    /** A consent counts to the end of its last day in {@code redress.zone}. */
    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static @Nullable LocalDate lastDay(ResultSet row) throws SQLException {
        Date until = row.getDate("valid_until");
        return until == null ? null : until.toLocalDate();
    }

    private static @Nullable Date day(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    /** Words have no place in this table. */
    private static @Nullable String reference(@Nullable String text) {
        return text == null || text.isBlank() ? null : Reference.parse(text).toString();
    }
}
