package org.redress.governance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.RunningClocks;
import org.redress.engine.InvalidInput;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The Plenaries, as models ask for them: {@code ${governance.dayOf(plenaryId)}}. Days are texts {@code yyyy-MM-dd} of
 * {@code redress.zone}.
 *
 * <p>A process that hangs on a Plenary holds its id in the plain variable {@code plenaryId} and names that variable in
 * every due date and timer that follows it ({@link RunningClocks}); when the Plenary moves, all of them move in the same
 * transaction (membership.md C and E.7, 5).
 *
 * <p>Whatever changes something takes who changes it (a user id or a case number) and why, in plain words that every
 * reader of the calendar may read.
 */
@Component("governance")
public class Governance {

    /** The variable by which a process says on which Plenary it hangs. */
    public static final String PLENARY_ID = "plenaryId";

    private static final String COLUMNS = "select id, kind, starts_on, ends_on, state, reason from plenary ";

    private final JdbcClient jdbc;
    private final ChangeLog changes;
    private final RunningClocks clocks;
    private final Day day;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Governance(
            JdbcClient jdbc,
            ChangeLog changes,
            RunningClocks clocks,
            Day day,
            Clock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.clocks = clocks;
        this.day = day;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Keeps the calendar as it is until the caller's transaction ends. Whoever begins what hangs on a day of the calendar
     * calls this first: a move at the same time would not see the new case, and leave it on the old day.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keepStill() {
        changes.lock();
    }

    /** Every Plenary, the earliest first. */
    public List<Plenary> plenaries() {
        return jdbc.sql(COLUMNS + "order by starts_on, id")
                .query(Governance::read)
                .list();
    }

    /**
     * A Plenary, whatever became of it.
     *
     * @throws InvalidInput if there is none with this id
     */
    public Plenary plenary(String id) {
        return plenary(id, "");
    }

    private Plenary plenary(String id, String lock) {
        return find(id, lock)
                .orElseThrow(() -> new InvalidInput("There is no Plenary " + id + ": choose one of "
                        + plenaries().stream().map(Plenary::id).collect(Collectors.joining(", "))));
    }

    /** The first day of a Plenary, {@code yyyy-MM-dd}; one that was cancelled keeps the day that it last had. */
    public String dayOf(String plenaryId) {
        return plenary(plenaryId, changes.shared()).startsOn().toString();
    }

    /** {@code PLANNED}, {@code HELD} or {@code CANCELLED}. */
    public String stateOf(String plenaryId) {
        return plenary(plenaryId).state().name();
    }

    /** Whether a Plenary is held, or was planned for today or an earlier day. */
    public boolean hasBegun(String plenaryId) {
        Plenary plenary = plenary(plenaryId);
        return plenary.state() == Plenary.State.HELD
                || (plenary.state() == Plenary.State.PLANNED
                        && !plenary.startsOn().isAfter(day.today()));
    }

    /**
     * The id of the first planned annual Plenary that begins on this day or later.
     *
     * @throws IllegalStateException if none is planned
     */
    public String nextAnnualPlenary(String from) {
        return firstFrom(from, planned(plenary -> plenary.kind() == Plenary.Kind.ANNUAL))
                .orElseThrow(() -> new IllegalStateException("No annual Plenary is planned on " + from
                        + " or later: the Secretariat plans one (Keep the governance calendar)"));
    }

    /**
     * The id of the first planned annual Plenary that begins on this day or later; null if none is planned yet. The calendar is
     * kept still, so that whoever waits for that Plenary is told if it is cancelled the next moment.
     */
    @Transactional
    public @Nullable String nextAnnualPlenaryIfAny(String from) {
        changes.lock();
        return firstFrom(from, planned(plenary -> plenary.kind() == Plenary.Kind.ANNUAL))
                .orElse(null);
    }

    /**
     * The same of those that may decide on an admission: the annual ones, and the special ones convened for it (membership.md
     * A.3).
     */
    @Transactional
    public @Nullable String nextPlenaryForAdmissionIfAny(String from) {
        changes.lock();
        return firstFrom(
                        from,
                        planned(plenary ->
                                plenary.kind() == Plenary.Kind.ANNUAL || plenary.reason() == Plenary.Reason.ADMISSION))
                .orElse(null);
    }

    private static Optional<String> firstFrom(String from, Stream<Plenary> planned) {
        LocalDate earliest = Day.of("The day", from);
        return planned.filter(plenary -> !plenary.startsOn().isBefore(earliest))
                .findFirst()
                .map(Plenary::id);
    }

    /** Whether a planned annual Plenary begins today or later and not after this day (membership.md B, 6, presentBy). */
    public boolean annualPlenaryBy(String latest) {
        LocalDate last = Day.of("The day", latest);
        LocalDate today = day.today();
        return planned(plenary -> plenary.kind() == Plenary.Kind.ANNUAL)
                .anyMatch(plenary -> !plenary.startsOn().isBefore(today)
                        && !plenary.startsOn().isAfter(last));
    }

    private Stream<Plenary> planned(Predicate<Plenary> which) {
        return plenaries().stream()
                .filter(plenary -> plenary.state() == Plenary.State.PLANNED)
                .filter(which);
    }

    /**
     * Plans the annual Plenary of a year.
     *
     * @return its id
     * @throws InvalidInput if the days are reversed or not in the future, or the year has an annual Plenary
     */
    @Transactional
    public String plan(String startsOn, String endsOn, String by, String why) {
        changes.lock();
        Days days = future(startsOn, endsOn);
        int year = days.first().getYear();
        refuseSecondAnnual(year, "");
        String id = freeId("P-" + year, "P-" + year + "-%", true);
        insert(new Plenary(id, Plenary.Kind.ANNUAL, days.first(), days.last(), Plenary.State.PLANNED, null), by);
        changes.note(id, "PLANNED", null, days.toString(), by, why);
        events.publishEvent(new PlenariesChanged());
        return id;
    }

    /**
     * Convenes a special Plenary.
     *
     * @param reason a {@link Plenary.Reason}
     * @param latest the day on which it must begin at the latest; null when nothing presses
     * @return its id
     * @throws InvalidInput if the days are reversed, not in the future or too late
     */
    @Transactional
    public String convene(
            String startsOn, String endsOn, String reason, @Nullable String latest, String by, String why) {
        changes.lock();
        Days days = future(startsOn, endsOn);
        LocalDate last = Day.ofNullable("The latest day", latest);
        if (last != null && days.first().isAfter(last)) {
            throw new InvalidInput("The Plenary must begin on " + last + " at the latest, and " + days.first()
                    + " is later: choose an earlier day");
        }
        Plenary.Reason because = Arrays.stream(Plenary.Reason.values())
                .filter(each -> each.name().equals(reason))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("There is no such reason for a special Plenary: choose one of "
                        + Arrays.toString(Plenary.Reason.values())));
        String stem = "S-" + days.first().getYear() + "-";
        String id = freeId(stem, stem + "%", false);
        insert(new Plenary(id, Plenary.Kind.SPECIAL, days.first(), days.last(), Plenary.State.PLANNED, because), by);
        changes.note(id, "CONVENED", null, days.toString(), by, why);
        events.publishEvent(new PlenariesChanged());
        return id;
    }

    /**
     * Moves a planned Plenary, and with it every deadline of a running case that hangs on it; all of it or nothing. To
     * where it is already, it does not move.
     *
     * @return in how many running process instances deadlines were counted anew
     * @throws InvalidInput if there is no such planned Plenary, the days are reversed or not in the future, the year has
     *     another annual Plenary, or a deadline cannot be counted (the message names the case)
     */
    @Transactional
    public int movePlenary(String id, String startsOn, String endsOn, String by, String why) {
        changes.lock();
        Plenary plenary = planned(id);
        Days days = future(startsOn, endsOn);
        if (days.equals(new Days(plenary.startsOn(), plenary.endsOn()))) {
            return 0;
        }
        Integer year = null;
        if (plenary.kind() == Plenary.Kind.ANNUAL) {
            year = days.first().getYear();
            refuseSecondAnnual(year, id);
        }
        jdbc.sql("update plenary set starts_on = ?, ends_on = ?, annual_year = ?, changed_by = ? where id = ?")
                .params(days.first(), days.last(), year, by, id)
                .update();
        changes.note(id, "MOVED", plenary.days(), days.toString(), by, why);
        try {
            int counted = clocks.recount(PLENARY_ID, id);
            events.publishEvent(new PlenaryMoved(id));
            events.publishEvent(new PlenariesChanged());
            return counted;
        } catch (IllegalStateException e) {
            throw new InvalidInput(
                    "Nothing was moved. " + e.getMessage()
                            + ". Ask an administrator to mend that case, then move the Plenary again",
                    e);
        }
    }

    /**
     * Records that a Plenary was held. Twice is as good as once.
     *
     * @throws InvalidInput if it has not begun, or was cancelled
     */
    @Transactional
    public void hold(String id, String by, String why) {
        changes.lock();
        if (plenary(id).state() == Plenary.State.HELD) {
            return;
        }
        Plenary plenary = planned(id);
        if (plenary.startsOn().isAfter(day.today())) {
            throw new InvalidInput("The Plenary " + id + " begins on " + plenary.startsOn()
                    + ": record that it was held once it has begun, or move it first");
        }
        end(plenary, Plenary.State.HELD, by, why);
        events.publishEvent(new PlenariesChanged());
    }

    /**
     * Cancels a planned Plenary. Twice is as good as once. Deadlines that hang on it are counted anew: most stay where they
     * are, since its day stays known; to put them off, move the Plenary instead.
     *
     * @throws InvalidInput if it was held
     */
    @Transactional
    public void cancel(String id, String by, String why) {
        changes.lock();
        if (plenary(id).state() == Plenary.State.CANCELLED) {
            return;
        }
        Plenary plenary = planned(id);
        end(plenary, Plenary.State.CANCELLED, by, why);
        jdbc.sql("update plenary set annual_year = null where id = ?").param(id).update();
        clocks.recount(PLENARY_ID, id);
        events.publishEvent(new PlenaryMoved(id));
        events.publishEvent(new PlenariesChanged());
    }

    private void end(Plenary plenary, Plenary.State state, String by, String why) {
        jdbc.sql("update plenary set state = ?, changed_by = ? where id = ?")
                .params(state.name(), by, plenary.id())
                .update();
        changes.note(plenary.id(), state.name(), plenary.days(), null, by, why);
    }

    private Plenary planned(String id) {
        Plenary plenary = plenary(id);
        if (plenary.state() != Plenary.State.PLANNED) {
            throw new InvalidInput(
                    "The Plenary " + id + " was " + (plenary.state() == Plenary.State.HELD ? "held" : "cancelled")
                            + " and changes no more: plan another");
        }
        return plenary;
    }

    private void refuseSecondAnnual(int year, String but) {
        jdbc.sql("select id from plenary where annual_year = ? and id <> ?")
                .params(year, but)
                .query(String.class)
                .optional()
                .ifPresent(other -> {
                    throw new InvalidInput(other + " is the annual Plenary of " + year
                            + " already: move or cancel that one first, or convene a special one");
                });
    }

    private record Days(LocalDate first, LocalDate last) {

        @Override
        public String toString() {
            return first.equals(last) ? first.toString() : first + " to " + last;
        }
    }

    private Days future(String startsOn, String endsOn) {
        LocalDate first = Day.of("The first day", startsOn);
        LocalDate last = Day.of("The last day", endsOn);
        if (last.isBefore(first)) {
            throw new InvalidInput(
                    "The last day " + last + " is before the first day " + first + ": correct one of them");
        }
        if (!first.isAfter(day.today())) {
            throw new InvalidInput("The first day " + first + " is not in the future: choose a later day");
        }
        return new Days(first, last);
    }

    /** Ids are never given away again, so the number of those that were given says which one is free. */
    private String freeId(String stem, String more, boolean firstIsBare) {
        int given = jdbc.sql("select count(*) from plenary where id = ? or id like ?")
                .params(stem, more)
                .query(Integer.class)
                .single();
        if (firstIsBare) {
            return given == 0 ? stem : stem + "-" + (given + 1);
        }
        return stem + (given + 1);
    }

    private void insert(Plenary plenary, String by) {
        boolean annual = plenary.kind() == Plenary.Kind.ANNUAL;
        jdbc.sql(
                        "insert into plenary (id, kind, annual_year, starts_on, ends_on, state, reason, convened_at, changed_by)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        plenary.id(),
                        plenary.kind().name(),
                        annual ? plenary.startsOn().getYear() : null,
                        plenary.startsOn(),
                        plenary.endsOn(),
                        plenary.state().name(),
                        plenary.reason() == null ? null : plenary.reason().name(),
                        annual ? null : Timestamp.from(clock.instant()),
                        by)
                .update();
    }

    private Optional<Plenary> find(String id, String lock) {
        return jdbc.sql(COLUMNS + "where id = ?" + lock)
                .param(id)
                .query(Governance::read)
                .optional();
    }

    private static Plenary read(ResultSet row, int index) throws SQLException {
        String reason = row.getString("reason");
        return new Plenary(
                row.getString("id"),
                Plenary.Kind.valueOf(row.getString("kind")),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                Plenary.State.valueOf(row.getString("state")),
                reason == null ? null : Plenary.Reason.valueOf(reason));
    }
}
