package org.redress.deadline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The extension log (remedy.md C.10): every move of a due date, with who asked, who granted and why. What is on record here
 * holds: {@link Deadlines} asks it whenever it counts a clock of a case. It holds a reason as a code and no text; what people
 * wrote stays in the process in which they did.
 */
@Component
public class DeadlineMoves implements AuditSource {

    private final JdbcClient jdbc;
    private final Clock clock;

    DeadlineMoves(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Records a move, in the transaction that runs. With a key that is known already nothing happens.
     *
     * @param key of what moved the clock, such as the id of a process instance with a step; at most 128 characters
     * @return whether it was recorded now
     */
    public boolean record(String key, Move move) {
        boolean known = isKnown(key);
        if (!known) {
            jdbc.sql("insert into deadline_moves (move_key, case_number, clock_id, element_id, counted_from, from_due,"
                            + " to_due, kind, reason, paused_until, asked_by, asked_for, approved_by, moved_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            key,
                            move.caseNumber(),
                            move.clockId(),
                            move.elementId(),
                            utc(move.countedFrom()),
                            utc(move.fromDue()),
                            utc(move.toDue()),
                            move.kind().name(),
                            move.reason(),
                            move.pausedUntil() == null ? null : utc(move.pausedUntil()),
                            move.askedBy(),
                            move.askedFor(),
                            move.approvedBy(),
                            utc(clock.instant()))
                    .update();
        }
        return !known;
    }

    /**
     * How long a clock of a case stood still because a court, a state or another programme had the case (E20, E21): nobody asked
     * for that time, and none of it counts towards a ceiling.
     */
    Duration heldFor(String caseNumber, CountedClock counted) {
        return lengthened(caseNumber, counted, move -> move.kind() == Kind.PAUSE && move.askedFor() == null);
    }

    /** How much longer a clock of a case became in emergency mode (B.12). */
    Duration givenInEmergency(String caseNumber, CountedClock counted) {
        return lengthened(caseNumber, counted, move -> move.kind() == Kind.EMERGENCY);
    }

    private Duration lengthened(String caseNumber, CountedClock counted, Predicate<Move> which) {
        return ofCase(caseNumber).stream()
                .map(Recorded::move)
                .filter(move -> move.counted().equals(counted))
                .filter(which)
                .map(move -> Duration.between(move.fromDue(), move.toDue()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether a move with this key is on record. */
    boolean isKnown(String key) {
        return jdbc.sql("select count(*) from deadline_moves where move_key = ?")
                        .param(key)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** All moves of a case, the first one first. */
    public List<Recorded> ofCase(String caseNumber) {
        return jdbc.sql("select * from deadline_moves where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> recorded(row))
                .list();
    }

    /** When a clock of a case ends that was moved; empty for one that never was. */
    Optional<Instant> movedTo(String caseNumber, CountedClock counted) {
        return jdbc.sql("select to_due from deadline_moves where case_number = ? and clock_id = ? and counted_from = ?"
                        + " and coalesce(element_id, '') = ? order by id desc limit 1")
                .params(
                        caseNumber,
                        counted.clockId(),
                        utc(counted.from()),
                        counted.elementId() == null ? "" : counted.elementId())
                .query((row, index) -> moment(row, "to_due"))
                .optional();
    }

    /** Until when a clock of a case stands still, if it does at this moment. */
    Optional<Instant> pausedUntil(String caseNumber, CountedClock counted) {
        return jdbc.sql(
                        "select paused_until from deadline_moves where case_number = ? and clock_id = ? and counted_from = ?"
                                + " and coalesce(element_id, '') = ? and paused_until is not null order by id desc limit 1")
                .params(
                        caseNumber,
                        counted.clockId(),
                        utc(counted.from()),
                        counted.elementId() == null ? "" : counted.elementId())
                .query((row, index) -> moment(row, "paused_until"))
                .optional()
                .filter(until -> until.isAfter(clock.instant()));
    }

    /** What was recorded under a key; empty if nothing was. */
    Optional<Recorded> find(String key) {
        return jdbc.sql("select * from deadline_moves where move_key = ?")
                .param(key)
                .query((row, index) -> recorded(row))
                .optional();
    }

    /** The pauses of all cases that go on at this moment: of each clock the last one, if its day has not come. */
    List<Recorded> paused() {
        return jdbc.sql(
                        "select * from deadline_moves m where paused_until > ? and not exists (select 1 from deadline_moves"
                                + " later where later.case_number = m.case_number and later.clock_id = m.clock_id"
                                + " and later.counted_from = m.counted_from and later.paused_until is not null"
                                + " and coalesce(later.element_id, '') = coalesce(m.element_id, '') and later.id > m.id)"
                                + " order by m.id")
                .param(utc(clock.instant()))
                .query((row, index) -> recorded(row))
                .list();
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return ofCase(caseNumber).stream().map(DeadlineMoves::line).toList();
    }

    private static AuditLine line(Recorded recorded) {
        Move move = recorded.move();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("clock", move.clockId());
        facts.put("kind", move.kind().name());
        facts.put("from", move.fromDue().toString());
        facts.put("to", move.toDue().toString());
        facts.put("reason", move.reason());
        if (move.pausedUntil() != null) {
            facts.put("pausedUntil", move.pausedUntil().toString());
        }
        if (move.askedBy() != null) {
            facts.put("askedBy", move.askedBy());
        }
        return new AuditLine(recorded.at(), move.approvedBy(), "DEADLINE", "moved a due date", facts);
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                new Move(
                        row.getString("case_number"),
                        row.getString("clock_id"),
                        row.getString("element_id"),
                        moment(row, "counted_from"),
                        moment(row, "from_due"),
                        moment(row, "to_due"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("reason"),
                        row.getObject("paused_until") == null ? null : moment(row, "paused_until"),
                        row.getString("asked_by"),
                        row.getString("asked_for"),
                        row.getString("approved_by")),
                moment(row, "moved_at"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Moments of the engine know milliseconds; what is compared with them must not know more. */
    private static OffsetDateTime utc(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    /** Why a clock ends at another moment than the deadline matrix says. */
    public enum Kind {
        /** Somebody granted more time. */
        EXTENSION,
        /** The clock stood still. */
        PAUSE,
        /** The emergency mode of the programme (B.12). */
        EMERGENCY,
        /** The case became urgent (B.9): it ends earlier, unless something above gives it longer. */
        URGENT
    }

    /**
     * A move of one clock. All moments in UTC.
     *
     * @param clockId a clock of the deadline matrix
     * @param elementId the task alone whose clock it is, since that task began; null for everything in the case that counts
     *     the clock from {@code countedFrom}
     * @param fromDue when it ended before
     * @param toDue when it ends now
     * @param reason a code of at most 32 characters, never a text that somebody wrote
     * @param pausedUntil until when it stands still; null for what is no pause
     * @param askedBy account; null where nobody asked
     * @param askedFor the candidate group for which they did, {@code role} or {@code role.organisation}
     * @param approvedBy account; null where nobody had to
     */
    public record Move(
            String caseNumber,
            String clockId,
            @Nullable String elementId,
            Instant countedFrom,
            Instant fromDue,
            Instant toDue,
            Kind kind,
            String reason,
            @Nullable Instant pausedUntil,
            @Nullable String askedBy,
            @Nullable String askedFor,
            @Nullable String approvedBy) {

        CountedClock counted() {
            return new CountedClock(clockId, elementId, countedFrom.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    /** A move and when it was recorded (UTC). */
    public record Recorded(Move move, Instant at) {}
}
