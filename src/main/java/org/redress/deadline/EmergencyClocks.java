package org.redress.deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Counts the clocks of a case anew that runs when the emergency mode begins (remedy.md B.12). Only those move for which the
 * deadline matrix gives more time in that mode; whatever protects people has no such row. Each move is in the extension log,
 * so that whatever counts the same clock later keeps it, also after the mode has ended.
 */
@Component
public class EmergencyClocks {

    private static final String NORMAL = "NORMAL";
    private static final String EMERGENCY = "EMERGENCY";

    private final ProcessEngine engine;
    private final Deadlines deadlines;
    private final DeadlineMoves moves;

    EmergencyClocks(@Lazy ProcessEngine engine, Deadlines deadlines, DeadlineMoves moves) {
        this.engine = engine;
        this.deadlines = deadlines;
        this.moves = moves;
    }

    /**
     * A clock that runs on an open task or a timer.
     *
     * @param from when it started
     * @param element the task or timer that it started with; null for one that the whole case shares
     * @param due when it ends now
     */
    private record Running(
            DelegateExecution execution,
            String clockId,
            Instant from,
            @Nullable String element,
            Date due,
            Consumer<Date> set) {}

    /**
     * Gives the clocks of one process instance the time that they have in an emergency: as much longer as their two rows are
     * apart, none nearer, none later than {@code latest} says, none a second time. A clock that stands still has no due date
     * and is left alone.
     *
     * @param key of the moves in the extension log, at most 40 characters; the same for all of a case
     * @param latest the last moment to which a due date may move
     * @param reason of the emergency, a code
     */
    public void lengthen(
            String instance,
            String caseNumber,
            String key,
            UnaryOperator<Date> latest,
            String reason,
            @Nullable String declaredBy,
            @Nullable String confirmedBy) {
        asTheSystem(context -> {
            for (Running clock : running(context, instance)) {
                Date to = lengthened(clock, caseNumber, key, latest);
                if (to.after(clock.due())) {
                    moves.record(
                            keyOf(key, clock),
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
     */
    public void keep(String instance, String caseNumber, String key) {
        asTheSystem(context -> {
            for (Running clock : running(context, instance)) {
                Instant normally = deadlines.endIn(NORMAL, clock.execution(), clock.clockId(), clock.from());
                boolean longer = deadlines
                        .endIn(EMERGENCY, clock.execution(), clock.clockId(), clock.from())
                        .isAfter(normally);
                if (longer
                        && clock.due().toInstant().isAfter(normally)
                        && last(clock, caseNumber).isEmpty()) {
                    moves.record(
                            keyOf(key, clock),
                            new Move(
                                    caseNumber,
                                    clock.clockId(),
                                    clock.element(),
                                    clock.from(),
                                    normally,
                                    clock.due().toInstant(),
                                    Kind.EMERGENCY,
                                    EMERGENCY,
                                    null,
                                    null,
                                    null,
                                    null));
                }
            }
        });
    }

    private Date lengthened(Running clock, String caseNumber, String key, UnaryOperator<Date> latest) {
        Optional<Move> before = last(clock, caseNumber);
        Instant due = clock.due().toInstant();
        if (before.isPresent()) {
            // Another task or timer of the same clock goes as far; what an earlier emergency gave is not given again.
            Instant given = before.get().toDue();
            Instant to = deadlines.later(due, before.get().fromDue(), given);
            return moves.isKnown(keyOf(key, clock)) && due.isBefore(given)
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

    private Optional<Move> last(Running clock, String caseNumber) {
        return moves.ofCase(caseNumber).stream()
                .map(DeadlineMoves.Recorded::move)
                .filter(move -> move.kind() == Kind.EMERGENCY && move.clockId().equals(clock.clockId()))
                .filter(move ->
                        move.countedFrom().toEpochMilli() == clock.from().toEpochMilli())
                .filter(move -> Objects.equals(move.elementId(), clock.element()))
                .reduce((first, last) -> last);
    }

    private static String keyOf(String key, Running clock) {
        return key + "/" + clock.clockId() + "/" + clock.from().toEpochMilli()
                + (clock.element() == null
                        ? ""
                        : "/" + Integer.toHexString(clock.element().hashCode()));
    }

    private List<Running> running(CommandContext context, String instance) {
        List<Running> running = new ArrayList<>();
        for (TaskEntity task : context.getTaskManager().findTasksByProcessInstanceId(instance)) {
            Date due = task.getDueDate();
            Expression day = task.getTaskDefinition() == null
                    ? null
                    : task.getTaskDefinition().getDueDateExpression();
            if (due != null && day != null) {
                deadlines
                        .counts(task.getTaskDefinitionKey(), () -> day.getValue(task.getExecution()))
                        .map(counted -> new Running(
                                task.getExecution(),
                                counted.clockId(),
                                counted.from() == null ? task.getCreateTime().toInstant() : counted.from(),
                                counted.from() == null ? task.getTaskDefinitionKey() : null,
                                due,
                                to -> set(context, task, to)))
                        .ifPresent(running::add);
            }
        }
        for (JobEntity job : context.getJobManager().findJobsByProcessInstanceId(instance)) {
            if (job instanceof TimerEntity timer && timer.getDuedate() != null) {
                dayOf(timer)
                        .flatMap(day -> deadlines
                                .counts(timer.getActivityId(), () -> context.getProcessEngineConfiguration()
                                        .getExpressionManager()
                                        .createExpression(day)
                                        .getValue(timer.getExecution()))
                                .map(counted -> new Running(
                                        timer.getExecution(),
                                        counted.clockId(),
                                        counted.from() == null
                                                ? timer.getCreateTime().toInstant()
                                                : counted.from(),
                                        counted.from() == null ? timer.getActivityId() : null,
                                        timer.getDuedate(),
                                        to -> engine.getManagementService().setJobDuedate(timer.getId(), to))))
                        .ifPresent(running::add);
            }
        }
        return running;
    }

    private static void set(CommandContext context, TaskEntity task, Date to) {
        context.getOperationLogManager()
                .logTaskOperations(
                        UserOperationLogEntry.OPERATION_TYPE_SET_DUEDATE,
                        task,
                        List.of(new PropertyChange("dueDate", task.getDueDate(), to)));
        task.setDueDate(to);
    }

    /** The expression of a timer that is drawn with a day. */
    private Optional<String> dayOf(TimerEntity timer) {
        return engine.getRepositoryService()
                                .getBpmnModelInstance(timer.getProcessDefinitionId())
                                .getModelElementById(timer.getActivityId())
                        instanceof CatchEvent event
                ? event.getEventDefinitions().stream()
                        .filter(TimerEventDefinition.class::isInstance)
                        .map(definition -> ((TimerEventDefinition) definition).getTimeDate())
                        .filter(Objects::nonNull)
                        .map(day -> day.getTextContent().strip())
                        .findFirst()
                : Optional.empty();
    }

    private void asTheSystem(Consumer<CommandContext> work) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> {
                    work.accept(context);
                    return Boolean.TRUE;
                }));
    }
}
