package org.redress.deadline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.deadline.DeadlineMoves.Recorded;
import org.redress.engine.CaseDecisions;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Moves a clock of a case, or lets it stand still, as far as {@code deadline-matrix} allows (remedy.md B.9, column
 * extension/ceiling). A move holds for every open task of the case that counts the clock from the same moment, for the timers
 * that belong to them, and for the tasks that open later. Who may ask and who grants is for the caller. All moments in UTC.
 */
@Component
public class MovableClocks {

    private static final String MATRIX = "deadline-matrix";
    private static final String NORMAL = "NORMAL";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final CaseDecisions decisions;
    private final Deadlines deadlines;
    private final DeadlineMoves moves;
    private final ClockWords words;
    private final BusinessCalendar calendar;
    private final Clock clock;

    MovableClocks(
            @Lazy ProcessEngine engine,
            SystemWork asTheSystem,
            CaseDecisions decisions,
            Deadlines deadlines,
            DeadlineMoves moves,
            ClockWords words,
            BusinessCalendar calendar,
            Clock clock) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
        this.decisions = decisions;
        this.deadlines = deadlines;
        this.moves = moves;
        this.words = words;
        this.calendar = calendar;
        this.clock = clock;
    }

    /**
     * The clock as it runs on open tasks of the case, if it does. Where it runs more than once, from different moments, the one
     * that is due first.
     *
     * @param asking the process that asks: how far the clock may be moved is what the rules of today say
     * @param whose looks at the candidate groups of the tasks ({@code role} or {@code role.organisation})
     */
    public Optional<Running> find(
            DelegateExecution asking, String caseNumber, String clockId, Predicate<Set<String>> whose) {
        return asTheSystem.call(() -> {
            Map<CountedClock, List<TaskEntity>> running = new LinkedHashMap<>();
            for (TaskEntity task : open(caseNumber)) {
                CountedClock.of(task, deadlines)
                        .filter(counted -> counted.clockId().equals(clockId))
                        .ifPresent(counted -> running.computeIfAbsent(counted, first -> new ArrayList<>())
                                .add(task));
            }
            return running.entrySet().stream()
                    .map(entry -> running(asking, caseNumber, entry.getKey(), entry.getValue()))
                    .filter(found -> whose.test(found.groups()))
                    .findFirst();
        });
    }

    /** The same clock as it runs now; empty if no open task has it any more. */
    public Optional<Running> again(
            DelegateExecution asking,
            String caseNumber,
            String clockId,
            @Nullable String elementId,
            Instant countedFrom) {
        CountedClock same = new CountedClock(clockId, elementId, countedFrom);
        return asTheSystem.call(() -> {
            List<TaskEntity> tasks = open(caseNumber).stream()
                    .filter(task -> CountedClock.of(task, deadlines)
                            .filter(same::equals)
                            .isPresent())
                    .toList();
            return tasks.isEmpty() ? Optional.empty() : Optional.of(running(asking, caseNumber, same, tasks));
        });
    }

    /** When a running clock would end if it stood still from now until then. */
    public Instant ifStill(Running running, Instant until) {
        return calendar.stoodStill(running.due(), Allowance.Unit.valueOf(running.unit()), clock.instant(), until);
    }

    /** The last day until which a clock may stand still from now on; empty if it may not at all. */
    public Optional<LocalDate> stillAtTheLatest(Running running) {
        LocalDate today = calendar.dayOf(clock.instant());
        LocalDate day = running.latest().map(calendar::dayOf).orElse(today);
        while (day.isAfter(today)
                && ifStill(running, calendar.endOf(day))
                        .isAfter(running.latest().orElseThrow())) {
            day = day.minusDays(1);
        }
        return Optional.of(day).filter(last -> last.isAfter(today));
    }

    /**
     * Moves a clock in the transaction that runs: on record, and with all that hangs on it. With a key that is known already
     * nothing happens.
     *
     * @param toDue when it ends from now on; for a pause {@link #ifStill} until {@code pausedUntil}
     * @param pausedUntil null for more time
     */
    public void move(
            String key,
            Running running,
            Instant toDue,
            @Nullable Instant pausedUntil,
            String reason,
            @Nullable String askedBy,
            String askedFor,
            String approvedBy) {
        boolean moved = moves.record(
                key,
                new Move(
                        running.caseNumber(),
                        running.clockId(),
                        running.elementId(),
                        running.countedFrom(),
                        running.due(),
                        toDue,
                        pausedUntil == null ? Kind.EXTENSION : Kind.PAUSE,
                        reason,
                        pausedUntil,
                        askedBy,
                        askedFor,
                        approvedBy));
        if (moved) {
            recount(running.caseNumber(), running.counted());
        }
    }

    /**
     * Lets a clock run on that stood still. Before its day, what was moved for the days that are left is taken back; what
     * somebody else moved since stays.
     *
     * @param key under which the pause was recorded
     * @param unit what the clock counts, as {@link Running#unit} told it
     * @param endedBy account; null where the day came by itself
     * @return when the clock ends
     */
    public Instant runOn(String key, String unit, @Nullable String endedBy) {
        Recorded pause = moves.find(key).orElseThrow(() -> new IllegalArgumentException("No pause " + key));
        Move still = pause.move();
        Instant now = clock.instant();
        Instant stands = moves.movedTo(still.caseNumber(), still.counted()).orElse(still.toDue());
        Instant due = stands;
        if (still.pausedUntil() != null && now.isBefore(still.pausedUntil())) {
            due = stands.equals(still.toDue())
                    ? calendar.stoodStill(still.fromDue(), Allowance.Unit.valueOf(unit), pause.at(), now)
                    : stands;
            moves.record(
                    key + "/ended",
                    new Move(
                            still.caseNumber(),
                            still.clockId(),
                            still.elementId(),
                            still.countedFrom(),
                            stands,
                            due,
                            Kind.PAUSE,
                            still.reason(),
                            now,
                            still.askedBy(),
                            still.askedFor(),
                            endedBy));
        }
        recount(still.caseNumber(), still.counted());
        return due;
    }

    /**
     * Notes that the clock of an open task goes on that somebody stopped without a day, such as for a court (E20): what counts
     * it from the same moment ends as late as this task from now on.
     *
     * @param key of what let it go on, the same for all its tasks; at most 40 characters
     * @param due when the task is due now
     */
    public void wentOn(String key, String caseNumber, String taskId, Instant due, String reason) {
        asTheSystem.run(() -> {
            TaskEntity task = (TaskEntity)
                    engine.getTaskService().createTaskQuery().taskId(taskId).singleResult();
            CountedClock.of(task, deadlines).ifPresent(counted -> {
                Instant before = deadlines.end(task.getExecution(), counted);
                if (due.isAfter(before)) {
                    moves.record(
                            key + "/" + counted.clockId() + "/" + counted.from().toEpochMilli(),
                            new Move(
                                    caseNumber,
                                    counted.clockId(),
                                    counted.elementId(),
                                    counted.from(),
                                    before,
                                    due,
                                    Kind.PAUSE,
                                    reason,
                                    clock.instant(),
                                    null,
                                    null,
                                    null));
                }
            });
        });
    }

    /**
     * Notes that a clock stood still while none of its tasks was open, such as while another programme led (E21): whatever
     * counts it from the same moment later ends as much later.
     *
     * @param key of what let it go on; at most 40 characters
     * @param asking the process that asks: what the clock is, is what its rules say
     * @param from from when the clock is counted
     * @param since since when it stood still, until now
     */
    public void stoodStill(
            String key, DelegateExecution asking, String clockId, Instant from, Instant since, String reason) {
        CountedClock counted = new CountedClock(clockId, null, from);
        Instant now = clock.instant();
        Instant begins = since.isBefore(from) ? from : since;
        Instant before = deadlines.end(asking, counted);
        if (now.isAfter(begins)) {
            moves.record(
                    key + "/" + clockId + "/" + from.toEpochMilli(),
                    new Move(
                            asking.getProcessBusinessKey(),
                            clockId,
                            null,
                            from,
                            before,
                            before.plus(Duration.between(begins, now)),
                            Kind.PAUSE,
                            reason,
                            now,
                            null,
                            null,
                            null));
        }
    }

    private Running running(DelegateExecution asking, String caseNumber, CountedClock counted, List<TaskEntity> tasks) {
        TaskEntity first = tasks.get(0);
        Map<String, Object> row = decisions
                .evaluate(
                        asking,
                        MATRIX,
                        Map.of(
                                "clock", counted.clockId(),
                                "urgency", orNormal(first, "urgency"),
                                "mode", orNormal(first, "mode")))
                .get(0);
        Set<String> groups = new LinkedHashSet<>();
        tasks.forEach(task -> engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null)
                .forEach(link -> groups.add(link.getGroupId())));
        return new Running(
                caseNumber,
                counted.clockId(),
                counted.elementId(),
                counted.from(),
                first.getDueDate().toInstant(),
                Ceiling.ofRow(row).map(ceiling -> ceiling.latest(calendar, counted.from())
                        .plus(moves.heldFor(caseNumber, counted))),
                Allowance.ofRow(row).unit().name(),
                groups,
                moves.pausedUntil(caseNumber, counted));
    }

    private static String orNormal(TaskEntity task, String name) {
        return task.getVariable(name) instanceof String text ? text : NORMAL;
    }

    /** Open tasks that have a due date, the next due one first; one whose clock waits for a court has none (E20). */
    private List<TaskEntity> open(String caseNumber) {
        return engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .orderByDueDate()
                .asc()
                .orderByTaskId()
                .asc()
                .list()
                .stream()
                .filter(task -> task.getDueDate() != null)
                .map(TaskEntity.class::cast)
                .toList();
    }

    private void recount(String caseNumber, CountedClock counted) {
        asTheSystem.run(() -> {
            for (TaskEntity task : open(caseNumber)) {
                if (CountedClock.of(task, deadlines).filter(counted::equals).isEmpty()) {
                    continue;
                }
                Instant due = deadlines.end(task.getExecution(), counted);
                RunningClocks.move(task, Date.from(due));
                if (task.hasVariableLocal(ClockOnTasks.CLOCK)) {
                    task.setVariableLocal(ClockOnTasks.CLOCK, words.of(caseNumber, counted));
                }
                Context.getCommandContext()
                        .getJobManager()
                        .findJobsByProcessInstanceId(task.getProcessInstanceId())
                        .forEach(job -> recount(job, task, counted.clockId(), due));
            }
        });
    }

    /** A timer on the border of the task that names its clock goes off when the clock ends, and not before. */
    private void recount(JobEntity job, TaskEntity task, String clockId, Instant due) {
        if (!(job instanceof TimerEntity timer) || !task.getExecutionId().equals(timer.getExecutionId())) {
            return;
        }
        RunningClocks.dayOf(engine, timer.getActivityId(), timer.getProcessDefinitionId())
                .flatMap(day -> CountedClock.of(
                        day,
                        task.getExecution(),
                        task.getTaskDefinitionKey(),
                        task.getCreateTime().toInstant(),
                        deadlines))
                .filter(named -> named.clockId().equals(clockId))
                .map(named -> deadlines.end(task.getExecution(), named))
                .ifPresent(own -> timer.setDuedate(Date.from(own.isAfter(due) ? own : due)));
    }

    /**
     * A clock that runs on open tasks of a case.
     *
     * @param elementId the task whose clock it is alone, since it began; null for one that all tasks share
     * @param countedFrom since when it is counted
     * @param due when it ends
     * @param latest the last moment to which it may be moved; empty for one that cannot be moved
     * @param unit what it counts: HOURS, BUSINESS_DAYS, DAYS or MONTHS
     * @param groups whose tasks they are
     * @param pausedUntil until when it stands still, if it does
     */
    public record Running(
            String caseNumber,
            String clockId,
            @Nullable String elementId,
            Instant countedFrom,
            Instant due,
            Optional<Instant> latest,
            String unit,
            Set<String> groups,
            Optional<Instant> pausedUntil) {

        CountedClock counted() {
            return new CountedClock(clockId, elementId, countedFrom);
        }
    }
}
