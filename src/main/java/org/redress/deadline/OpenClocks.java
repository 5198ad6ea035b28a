package org.redress.deadline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Which open tasks are soon due or late (remedy.md A.7, B.9). When a reminder is due is said by the decision
 * {@code reminder-matrix}, who hears of a late task by {@code escalation-matrix}. Knows no process. Moments are UTC; hours run
 * through weekends and holidays.
 */
@Component
public class OpenClocks {

    private static final String CASE_NUMBER = "caseNumber";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final LiveTables tables;
    private final DeadlineMoves moves;
    private final Deadlines deadlines;
    private final Clock clock;

    OpenClocks(
            @Lazy ProcessEngine engine,
            SystemWork asTheSystem,
            LiveTables tables,
            DeadlineMoves moves,
            Deadlines deadlines,
            Clock clock) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
        this.tables = tables;
        this.moves = moves;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * What an open task calls for at this moment: a reminder until it is due, an escalation from then on; or nothing, as long
     * as its clock stands still.
     */
    public List<Ring> ringing() {
        return asTheSystem.call(() -> {
            LiveTables.Table reminders = tables.newest("reminder-matrix");
            Map<Long, Duration> leads = new HashMap<>();
            Instant now = clock.instant();
            List<Ring> rings = new ArrayList<>();
            Map<String, Set<CountedClock>> still = standingStill();
            for (Task task : engine.getTaskService().createTaskQuery().active().list()) {
                if (task.getDueDate() == null || isStill(task, still)) {
                    continue;
                }
                Instant due = task.getDueDate().toInstant();
                Duration length = Duration.between(task.getCreateTime().toInstant(), due);
                if (!now.isBefore(due)) {
                    rings.add(new Ring(task.getId(), Kind.ESCALATION, due));
                } else if (!length.isNegative()) {
                    Duration lead = leads.computeIfAbsent(length.toMinutes(), minutes -> lead(reminders, minutes));
                    if (lead.compareTo(length) < 0 && !now.isBefore(due.minus(lead))) {
                        rings.add(new Ring(task.getId(), Kind.REMINDER, due));
                    }
                }
            }
            return rings;
        });
    }

    /** The clocks that stand still at this moment, by the process instances of their cases. */
    private Map<String, Set<CountedClock>> standingStill() {
        Map<String, Set<CountedClock>> still = new HashMap<>();
        for (DeadlineMoves.Recorded pause : moves.paused()) {
            engine.getRuntimeService()
                    .createProcessInstanceQuery()
                    .processInstanceBusinessKey(pause.move().caseNumber())
                    .list()
                    .forEach(instance -> still.computeIfAbsent(instance.getId(), id -> new HashSet<>())
                            .add(pause.move().counted()));
        }
        return still;
    }

    private boolean isStill(Task task, Map<String, Set<CountedClock>> still) {
        Set<CountedClock> ofCase = still.get(task.getProcessInstanceId());
        return ofCase != null
                && task instanceof TaskEntity open
                && CountedClock.of(open, deadlines).filter(ofCase::contains).isPresent();
    }

    /** What there is to tell; empty if the task is finished, suspended, of no case, or due at another moment by now. */
    public Optional<Waiting> waiting(Ring ring) {
        return asTheSystem.call(() -> {
            Task found = engine.getTaskService()
                    .createTaskQuery()
                    .taskId(ring.taskId())
                    .active()
                    .singleResult();
            if (!(found instanceof TaskEntity task)
                    || task.getDueDate() == null
                    || !task.getDueDate().toInstant().equals(ring.due())
                    || !(task.getVariable(CASE_NUMBER) instanceof String caseNumber)) {
                return Optional.empty();
            }
            Set<String> groups = groups(task);
            // The number stands behind the name in the lists.
            String name = String.valueOf(task.getName());
            int number = name.lastIndexOf(caseNumber);
            String plain = number < 0 ? name : name.substring(0, number).replaceAll("[\\s·]+$", "");
            return Optional.of(new Waiting(
                    plain,
                    caseNumber,
                    List.copyOf(groups),
                    ring.kind() == Kind.ESCALATION ? escalateTo(clockOf(task), groups) : List.of()));
        });
    }

    private static Duration lead(LiveTables.Table reminders, long minutes) {
        List<Map<String, Object>> rows = reminders.rows(Map.of("lengthMinutes", (int) minutes));
        return rows.isEmpty()
                ? Duration.ZERO
                : Duration.ofMinutes(
                        ((Number) Objects.requireNonNull(rows.get(0).get("leadMinutes"))).longValue());
    }

    private Set<String> groups(TaskEntity task) {
        Set<String> groups = new LinkedHashSet<>();
        engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null)
                .forEach(link -> groups.add(link.getGroupId()));
        return groups;
    }

    /** What ran out; empty where the due date names no clock. */
    private String clockOf(TaskEntity task) {
        return CountedClock.of(task, deadlines).map(CountedClock::clockId).orElse("");
    }

    private List<String> escalateTo(String clockId, Set<String> groups) {
        LiveTables.Table escalation = tables.newest("escalation-matrix");
        Set<String> recipients = new LinkedHashSet<>();
        for (String group : groups) {
            int end = group.indexOf('.');
            String role = end < 0 ? group : group.substring(0, end);
            for (Map<String, Object> row : escalation.rows(Map.of("clock", clockId, "role", role))) {
                if (row.get("escalateTo") instanceof Collection<?> several) {
                    several.forEach(recipient -> recipients.add(String.valueOf(recipient)));
                }
            }
        }
        return List.copyOf(recipients);
    }

    /** What is told of a task. */
    public enum Kind {
        /** To those whose task it is, before it is due. */
        REMINDER,
        /** To whom it escalates, once it is due. */
        ESCALATION
    }

    /**
     * A task that calls.
     *
     * @param due the due date for which it does (UTC); another one is another call
     */
    public record Ring(String taskId, Kind kind, Instant due) {}

    /**
     * An open task.
     *
     * @param name as the diagram has it
     * @param groups whose it is: {@code role} or {@code role.organisation}
     * @param escalateTo roles, or recipients that are no role; empty for a reminder
     */
    public record Waiting(String name, String caseNumber, List<String> groups, List<String> escalateTo) {}
}
