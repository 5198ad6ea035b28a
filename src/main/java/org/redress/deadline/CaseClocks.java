package org.redress.deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The clocks that run in a process instance, on its open tasks and its timers, so that whoever has a reason may count them
 * anew: the emergency mode gives them more time, a case that becomes urgent less. A clock that stands still without a day
 * has no due date and is not among them.
 */
@Component
class CaseClocks {

    private final ProcessEngine engine;
    private final Deadlines deadlines;

    CaseClocks(@Lazy ProcessEngine engine, Deadlines deadlines) {
        this.engine = engine;
        this.deadlines = deadlines;
    }

    /**
     * A clock that runs on an open task or a timer.
     *
     * @param expression the due date as the model asks for it
     * @param from when it started
     * @param element the task or timer that it started with; null for one that the whole case shares
     * @param task the task on whose border a timer stands, as a clock that counts from where that task began; else the same
     *     clock
     * @param due when it ends now
     */
    record Running(
            DelegateExecution execution,
            Expression expression,
            String clockId,
            Instant from,
            @Nullable String element,
            CountedClock task,
            Date due,
            Consumer<Date> set) {

        /** What the extension log knows it by. */
        String keyOf(String key) {
            return key + "/" + clockId + "/" + from.toEpochMilli()
                    + (element == null ? "" : "/" + Integer.toHexString(element.hashCode()));
        }

        CountedClock counted() {
            return new CountedClock(clockId, element, from);
        }
    }

    /** Those of one process instance, in the command that runs. */
    List<Running> of(CommandContext context, String instance) {
        List<Running> running = new ArrayList<>();
        List<TaskEntity> tasks = context.getTaskManager().findTasksByProcessInstanceId(instance);
        for (TaskEntity task : tasks) {
            Date due = task.getDueDate();
            Expression day = task.getTaskDefinition() == null
                    ? null
                    : task.getTaskDefinition().getDueDateExpression();
            if (due != null && day != null) {
                counts(task.getTaskDefinitionKey(), day, task.getExecution())
                        .map(counted -> {
                            CountedClock clock = clock(
                                    counted,
                                    task.getTaskDefinitionKey(),
                                    task.getCreateTime().toInstant());
                            return new Running(
                                    task.getExecution(),
                                    day,
                                    clock.clockId(),
                                    clock.from(),
                                    clock.elementId(),
                                    clock,
                                    due,
                                    to -> RunningClocks.move(task, to));
                        })
                        .ifPresent(running::add);
            }
        }
        for (JobEntity job : context.getJobManager().findJobsByProcessInstanceId(instance)) {
            if (job instanceof TimerEntity timer && timer.getDuedate() != null) {
                dayOf(timer)
                        .map(day -> context.getProcessEngineConfiguration()
                                .getExpressionManager()
                                .createExpression(day))
                        .flatMap(day -> counts(timer.getActivityId(), day, timer.getExecution())
                                .map(counted -> running(timer, day, counted, tasks)))
                        .ifPresent(running::add);
            }
        }
        return running;
    }

    private Running running(TimerEntity timer, Expression day, Deadlines.Counted counted, List<TaskEntity> tasks) {
        CountedClock own =
                clock(counted, timer.getActivityId(), timer.getCreateTime().toInstant());
        CountedClock ofTask = isBorder(timer)
                ? tasks.stream()
                        .filter(task -> Objects.equals(task.getExecutionId(), timer.getExecutionId()))
                        .map(task -> clock(
                                counted,
                                task.getTaskDefinitionKey(),
                                task.getCreateTime().toInstant()))
                        .findFirst()
                        .orElse(own)
                : own;
        return new Running(
                timer.getExecution(),
                day,
                own.clockId(),
                own.from(),
                own.elementId(),
                ofTask,
                timer.getDuedate(),
                to -> engine.getManagementService().setJobDuedate(timer.getId(), to));
    }

    private Optional<Deadlines.Counted> counts(String element, Expression day, DelegateExecution execution) {
        return deadlines.counts(element, () -> day.getValue(execution));
    }

    private static CountedClock clock(Deadlines.Counted counted, String element, Instant began) {
        return counted.from() == null
                ? new CountedClock(counted.clockId(), element, began)
                : new CountedClock(counted.clockId(), null, counted.from());
    }

    private boolean isBorder(TimerEntity timer) {
        return engine.getRepositoryService()
                        .getBpmnModelInstance(timer.getProcessDefinitionId())
                        .getModelElementById(timer.getActivityId())
                instanceof BoundaryEvent;
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
}
