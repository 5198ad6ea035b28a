package org.redress.deadline;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseDecisions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The due dates of the house, as models ask for them: {@code ${deadlines.due(execution, 'D03')}}.
 *
 * <p>How long a clock runs is law in rows: the decision {@code deadline-matrix}, in the version that was deployed with
 * the case's process, for the case's {@code urgency} and {@code mode}, both {@code NORMAL} unless a variable says
 * otherwise. A clock in hours ends to the moment; every other one at 23:59:59 of its last day in {@code redress.zone},
 * and the day on which it starts does not count.
 */
@Component("deadlines")
public final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final String MATRIX = "deadline-matrix";
    private static final String NORMAL = "NORMAL";
    private static final String EMERGENCY = "EMERGENCY";

    /** Since when a case is in the emergency mode; unknown where the process began in it. */
    private static final String MODE_SINCE = "modeSince";

    private static final String CASE_NUMBER = "caseNumber";

    private static final ThreadLocal<@Nullable Map<List<String>, Allowance>> LOOKED_UP = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable List<Counted>> COUNTED = new ThreadLocal<>();

    private final CaseDecisions decisions;
    private final BusinessCalendar calendar;
    private final DeadlineMoves moves;
    private final Clock clock;
    private final UrgentClocks urgent;

    Deadlines(
            CaseDecisions decisions,
            BusinessCalendar calendar,
            DeadlineMoves moves,
            Clock clock,
            @Lazy UrgentClocks urgent) {
        this.urgent = urgent;
        this.decisions = decisions;
        this.calendar = calendar;
        this.moves = moves;
        this.clock = clock;
    }

    /**
     * When a clock that starts now ends.
     *
     * @param clockId a clock of the deadline matrix, for example {@code D03}
     * @throws IllegalArgumentException if the matrix has no such clock
     */
    public Date due(DelegateExecution execution, String clockId) {
        note(new Counted(clockId, null));
        return Date.from(end(execution, new CountedClock(clockId, null, clock.instant())));
    }

    /**
     * When a clock that started earlier, or starts later, ends.
     *
     * @param start a moment as {@link Date}, or a day as text {@code yyyy-MM-dd}
     * @throws IllegalArgumentException if the matrix has no such clock, or there is no such start
     */
    public Date dueFrom(DelegateExecution execution, String clockId, @Nullable Object start) {
        Instant from = moment(clockId, start);
        note(new Counted(clockId, from));
        return Date.from(end(execution, new CountedClock(clockId, null, from)));
    }

    /**
     * When a clock ends that takes the place of a shorter one counted from the same moment, such as the investigation that goes
     * on up to its ceiling (D06-max for D06): what the shorter one stood still, or was given in an emergency that is over, is
     * not lost, and the longer one never ends before the shorter.
     *
     * @param start when both began
     * @throws IllegalArgumentException if the matrix has no such clock, or {@code start} is no moment
     */
    public Date goingOn(DelegateExecution execution, String shorter, String longer, @Nullable Object start) {
        Instant from = moment(longer, start);
        CountedClock before = new CountedClock(shorter, null, from);
        String caseNumber = variable(execution, CASE_NUMBER);
        Instant end = end(execution, new CountedClock(longer, null, from)).plus(moves.heldFor(caseNumber, before));
        if (NORMAL.equals(variable(execution, "mode"))) {
            end = end.plus(moves.givenInEmergency(caseNumber, before));
        }
        Instant present = end(execution, before);
        return Date.from(end.isBefore(present) ? present : end);
    }

    /** The same as {@link #dueFrom}, by the name that reads well in a timer drawn in a diagram. */
    public Date dateOf(DelegateExecution execution, String clockId, @Nullable Object start) {
        return dueFrom(execution, clockId, start);
    }

    /**
     * When something is due that must be done so long before a day, such as the report of a member before a Plenary
     * (membership.md E.0, {@code reportLead}): the clock is counted backwards, and ends with the day that it reaches.
     *
     * @param end a moment as {@link Date}, or a day as text {@code yyyy-MM-dd}; the day itself does not count
     * @throws IllegalArgumentException if the matrix has no such clock, or there is no such day
     */
    public Date before(DelegateExecution execution, String clockId, @Nullable Object end) {
        return Date.from(calendar.before(moment(clockId, end), allowance(execution, clockId)));
    }

    /** The end of the day half-way between two moments, for what shares the time that there is. */
    public Date halfway(Date start, Date end) {
        return endOf(day(new Date(start.getTime() + (end.getTime() - start.getTime()) / 2)));
    }

    /**
     * When the last day of a clock begins: what is due on that day, and makes no sense before, opens then. A timer drawn
     * in a diagram fires at this moment, and the task behind it is due at {@link #dateOf}.
     */
    public Date lastDay(DelegateExecution execution, String clockId, @Nullable Object start) {
        return startOf(day(dueFrom(execution, clockId, start)));
    }

    /**
     * Counts the clocks of the case anew that are open, from where they started, since the case became urgent (B.9: urgent
     * clocks are shorter). A due date may move nearer; none moves away ({@link UrgentClocks}).
     */
    public void hasten(DelegateExecution execution) {
        urgent.hasten(execution);
    }

    /** Makes the case urgent on what was just learned of it, and counts its clocks anew ({@link UrgentClocks}). */
    public void becomeUrgent(DelegateExecution execution) {
        urgent.becomeUrgent(execution);
    }

    /** This moment. */
    public Date now() {
        return Date.from(clock.instant());
    }

    /** The day that people write at this moment, as text {@code yyyy-MM-dd}. */
    public String day(Date moment) {
        return calendar.dayOf(moment.toInstant()).toString();
    }

    /** The first moment of a day that is written {@code yyyy-MM-dd}. */
    public Date startOf(String day) {
        return Date.from(calendar.startOf(LocalDate.parse(day)));
    }

    /** How many business days have ended since a moment: 0 on its own day, 1 at the end of the next business day. */
    public int businessDaysSince(Date start) {
        LocalDate day = calendar.dayOf(start.toInstant());
        Instant now = clock.instant();
        int days = 0;
        while (!calendar.endOf(calendar.plusBusinessDays(day, days + 1)).isAfter(now)) {
            days++;
        }
        return days;
    }

    /** The end of the last of so many business days after a moment; the day on which it lies does not count. */
    public Date afterBusinessDays(Date start, int days) {
        return Date.from(calendar.endOf(calendar.plusBusinessDays(calendar.dayOf(start.toInstant()), days)));
    }

    /** The end of a day that is written {@code yyyy-MM-dd}: when something that is due on that day is due. */
    public Date endOf(String day) {
        return Date.from(calendar.endOf(LocalDate.parse(day)));
    }

    /** The day so long after a day, both written {@code yyyy-MM-dd}; a month that is too short gives its last day. */
    public String dayAfter(String day, Period length) {
        return LocalDate.parse(day).plus(length).toString();
    }

    /**
     * How many whole months have passed since a day. A month is over on the same day of the next one, or on its last day
     * if it is shorter: on 28 February six months have passed since 31 August.
     *
     * @param start a moment as {@link Date}; 0 when it lies in the future
     */
    public int monthsSince(Date start) {
        return calendar.monthsBetween(start.toInstant(), clock.instant());
    }

    /**
     * A clock that an expression counts.
     *
     * @param from null for one that starts now
     */
    record Counted(String clockId, @Nullable Instant from) {}

    /**
     * Which clock the due date of an element counts; empty if it counts none or several, and also if it cannot be counted
     * any more, since the case has moved on.
     */
    Optional<Counted> counts(String element, Runnable expression) {
        List<Counted> counted = new ArrayList<>();
        COUNTED.set(counted);
        try {
            expression.run();
        } catch (RuntimeException e) {
            LOG.warn("The clock of {} stays as it is, since it cannot be counted anew", element, e);
            return Optional.empty();
        } finally {
            COUNTED.remove();
        }
        return counted.size() == 1 ? Optional.of(counted.get(0)) : Optional.empty();
    }

    private static void note(Counted counted) {
        List<Counted> noted = COUNTED.get();
        if (noted != null) {
            noted.add(counted);
        }
    }

    /**
     * When a clock ends outside of an emergency, whatever was granted: for what must be done by then all the same.
     *
     * @param start a moment as {@link Date}, or a day as text {@code yyyy-MM-dd}
     * @throws IllegalArgumentException if the matrix has no such clock, or there is no such start
     */
    public Date normally(DelegateExecution execution, String clockId, @Nullable Object start) {
        return Date.from(endIn(NORMAL, execution, clockId, moment(clockId, start)));
    }

    /** When a clock would end in a mode, whatever was granted. */
    Instant endIn(String mode, DelegateExecution execution, String clockId, Instant from) {
        return calendar.end(from, lookUp(execution, clockId, variable(execution, "urgency"), mode));
    }

    /** A moment as many days later as two others are apart. */
    Instant later(Instant moment, Instant first, Instant second) {
        return calendar.plusDays(moment, ChronoUnit.DAYS.between(calendar.dayOf(first), calendar.dayOf(second)));
    }

    /** When a clock ends in a case. What was granted holds for whatever counts it, and also when it is counted anew. */
    Instant end(DelegateExecution execution, CountedClock counted) {
        Instant end = endNow(execution, counted);
        return execution.getVariable(CASE_NUMBER) instanceof String caseNumber
                ? moves.movedTo(caseNumber, counted).filter(end::isBefore).orElse(end)
                : end;
    }

    /**
     * By the rows of the case as it is now. What an emergency makes shorter has that time from when the case is in the mode, and
     * never more than without it (B.12: money is released within ten days).
     */
    private Instant endNow(DelegateExecution execution, CountedClock counted) {
        Allowance allowance = allowance(execution, counted.clockId());
        Instant end = calendar.end(counted.from(), allowance);
        if (EMERGENCY.equals(variable(execution, "mode"))
                && execution.getVariable(MODE_SINCE) instanceof Date since
                && since.toInstant().isAfter(counted.from())) {
            Instant normally = endIn(NORMAL, execution, counted.clockId(), counted.from());
            if (end.isBefore(normally)) {
                Instant inTheMode = calendar.end(since.toInstant(), allowance);
                return inTheMode.isBefore(normally) ? inTheMode : normally;
            }
        }
        return end;
    }

    /**
     * Looks each clock up once for all cases of the same process definition, urgency and mode while the work runs: many
     * cases are counted anew by the same row, and asking the table is what takes the time.
     */
    <T> T lookingUpOnce(Supplier<T> work) {
        LOOKED_UP.set(new HashMap<>());
        try {
            return work.get();
        } finally {
            LOOKED_UP.remove();
        }
    }

    private Allowance allowance(DelegateExecution execution, String clockId) {
        String urgency = variable(execution, "urgency");
        String mode = variable(execution, "mode");
        Map<List<String>, Allowance> known = LOOKED_UP.get();
        return known == null
                ? lookUp(execution, clockId, urgency, mode)
                : known.computeIfAbsent(
                        List.of(execution.getProcessDefinitionId(), clockId, urgency, mode),
                        clock -> lookUp(execution, clockId, urgency, mode));
    }

    private Allowance lookUp(DelegateExecution execution, String clockId, String urgency, String mode) {
        List<Map<String, Object>> rows =
                decisions.evaluate(execution, MATRIX, Map.of("clock", clockId, "urgency", urgency, "mode", mode));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("The decision %s has no row for the clock %s (urgency %s, mode %s)"
                    .formatted(MATRIX, clockId, urgency, mode));
        }
        return Allowance.ofRow(rows.get(0));
    }

    private static String variable(DelegateExecution execution, String name) {
        return Optional.ofNullable(execution.getVariable(name))
                .map(Object::toString)
                .orElse(NORMAL);
    }

    Instant moment(String clockId, @Nullable Object start) {
        if (start instanceof Date date) {
            return date.toInstant();
        }
        if (start instanceof String day) {
            try {
                return calendar.startOf(LocalDate.parse(day));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "The clock %s cannot be counted from '%s': a day is written yyyy-MM-dd".formatted(clockId, day),
                        e);
            }
        }
        throw new IllegalArgumentException("The clock %s needs a day to count from, a Date or yyyy-MM-dd, not %s"
                .formatted(clockId, start == null ? "nothing" : start.getClass().getName()));
    }
}
