package org.redress.deadline;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Counts the clocks of a case anew that runs when the emergency mode begins (remedy.md B.12). Only those move later for which
 * the deadline matrix gives more time in that mode; whatever protects people has no such row. What it gives less time, money for
 * the people, is wanted within that time from now on, unless it was wanted earlier or somebody has granted more. Each move is in
 * the extension log, so that whatever counts the same clock later keeps a longer one, also after the mode has ended.
 */
@Component
public class EmergencyClocks {

    private static final String NORMAL = "NORMAL";
    private static final String EMERGENCY = "EMERGENCY";

    private final ProcessEngine engine;
    private final CaseClocks clocks;
    private final Deadlines deadlines;
    private final DeadlineMoves moves;

    EmergencyClocks(@Lazy ProcessEngine engine, CaseClocks clocks, Deadlines deadlines, DeadlineMoves moves) {
        this.engine = engine;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.moves = moves;
    }

    /**
     * Gives the clocks of one process instance the time that they have in an emergency: as much longer as their two rows are
     * apart, none later than {@code latest} says, none a second time; what is shorter in an emergency, that time from now on. A
     * clock that stands still has no due date and is left alone.
     *
     * @param key of the moves in the extension log, at most 40 characters; the same for all of a case
     * @param latest the last moment to which a due date may move
     * @param reason of the emergency, a code
     */
    public void enter(
            String instance,
            String caseNumber,
            String key,
            UnaryOperator<Date> latest,
            String reason,
            @Nullable String declaredBy,
            @Nullable String confirmedBy) {
        SystemWork.run(engine, context -> {
            for (CaseClocks.Running clock : clocks.of(context, instance)) {
                Date later = lengthened(clock, caseNumber, key, latest);
                Date to = later.after(clock.due()) ? later : nearer(clock, caseNumber);
                if (to.getTime() != clock.due().getTime()) {
                    moves.record(
                            clock.keyOf(key),
                            new Move(
                                    caseNumber,
                                    clock.clockId(),
                                    clock.element(),
                                    clock.from(),
                                    clock.due().toInstant(),
                                    to.toInstant(),
                                    Kind.EMERGENCY,
                                    reason,
                                    null,
                                    declaredBy,
                                    "audit-programme",
                                    confirmedBy));
                    clock.set().accept(to);
                }
            }
        });
    }

    /**
     * What began in the mode, and so has its longer time already, keeps it when the mode ends.
     *
     * @param key of the moves in the extension log, at most 40 characters
     * @param reason of the emergency, a code; null where it is not known any more
     */
    public void keep(
            String instance,
            String caseNumber,
            String key,
            @Nullable String reason,
            @Nullable String declaredBy,
            @Nullable String confirmedBy) {
        SystemWork.run(engine, context -> {
            for (CaseClocks.Running clock : clocks.of(context, instance)) {
                Instant normally = deadlines.endIn(NORMAL, clock.execution(), clock.clockId(), clock.from());
                boolean longer = deadlines
                        .endIn(EMERGENCY, clock.execution(), clock.clockId(), clock.from())
                        .isAfter(normally);
                if (longer
                        && clock.due().toInstant().isAfter(normally)
                        && last(clock, caseNumber).isEmpty()) {
                    moves.record(
                            clock.keyOf(key),
                            new Move(
                                    caseNumber,
                                    clock.clockId(),
                                    clock.element(),
                                    clock.from(),
                                    normally,
                                    clock.due().toInstant(),
                                    Kind.EMERGENCY,
                                    reason == null ? EMERGENCY : reason,
                                    null,
                                    declaredBy,
                                    "audit-programme",
                                    confirmedBy));
                }
            }
        });
    }

    private Date lengthened(CaseClocks.Running clock, String caseNumber, String key, UnaryOperator<Date> latest) {
        Optional<Move> before = last(clock, caseNumber);
        Instant due = clock.due().toInstant();
        if (before.isPresent()) {
            // Another task or timer of the same clock goes as far; what an earlier emergency gave is not given again.
            Instant given = before.get().toDue();
            Instant to = deadlines.later(due, before.get().fromDue(), given);
            return moves.isKnown(clock.keyOf(key)) && due.isBefore(given)
                    ? Date.from(to.isAfter(given) ? given : to)
                    : clock.due();
        }
        Instant normally = deadlines.endIn(NORMAL, clock.execution(), clock.clockId(), clock.from());
        Instant inEmergency = deadlines.endIn(EMERGENCY, clock.execution(), clock.clockId(), clock.from());
        if (!inEmergency.isAfter(normally)) {
            return clock.due();
        }
        // A clock that was moved before has as much more as any other.
        Date to = Date.from(due.equals(normally) ? inEmergency : deadlines.later(due, normally, inEmergency));
        Date limit = latest.apply(clock.due());
        return to.after(limit) ? limit : to;
    }

    private Date nearer(CaseClocks.Running clock, String caseNumber) {
        Instant normally = deadlines.endIn(NORMAL, clock.execution(), clock.clockId(), clock.from());
        Instant inEmergency = deadlines.endIn(EMERGENCY, clock.execution(), clock.clockId(), clock.from());
        if (!inEmergency.isBefore(normally) || isGranted(clock, caseNumber)) {
            return clock.due();
        }
        Instant now = deadlines.now().toInstant();
        Instant from = clock.from().isAfter(now) ? clock.from() : now;
        Date to = Date.from(deadlines.endIn(EMERGENCY, clock.execution(), clock.clockId(), from));
        return to.before(clock.due()) ? to : clock.due();
    }

    /** Whether somebody has granted more time, or the clock stood still. */
    private boolean isGranted(CaseClocks.Running clock, String caseNumber) {
        return moves.ofCase(caseNumber).stream()
                .map(DeadlineMoves.Recorded::move)
                .filter(move -> move.kind() == Kind.EXTENSION || move.kind() == Kind.PAUSE)
                .anyMatch(move -> move.counted().clockId().equals(clock.clockId())
                        && move.countedFrom().toEpochMilli() == clock.from().toEpochMilli()
                        && Objects.equals(move.elementId(), clock.element()));
    }

    private Optional<Move> last(CaseClocks.Running clock, String caseNumber) {
        return moves.ofCase(caseNumber).stream()
                .map(DeadlineMoves.Recorded::move)
                .filter(move -> move.kind() == Kind.EMERGENCY && move.clockId().equals(clock.clockId()))
                .filter(move ->
                        move.countedFrom().toEpochMilli() == clock.from().toEpochMilli())
                .filter(move -> Objects.equals(move.elementId(), clock.element()))
                .reduce((first, last) -> last);
    }
}
