package org.redress.deadline;

import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.jspecify.annotations.Nullable;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lets the deadlines of running cases follow a day that people move (membership.md C: all deadlines are relative to the
 * configured Plenary date). A process that hangs on such a day holds a plain variable that says on which, such as
 * {@code plenaryId}; a due date or a timer hangs on it when its expression names that variable:
 * {@code ${deadlines.before(execution, 'report-lead', governance.dayOf(plenaryId))}}. No day is kept in a variable, and
 * no process is known here.
 */
@Component
public class RunningClocks {

    private final ProcessEngine engine;
    private final Deadlines deadlines;

    RunningClocks(@Lazy ProcessEngine engine, Deadlines deadlines) {
        this.engine = engine;
        this.deadlines = deadlines;
    }

    /** How many running process instances hold the variable with this value. */
    public int count(String variable, String value) {
        return SystemWork.call(engine, context -> instances(variable, value).size());
    }

    /**
     * Counts anew what hangs on a day that has moved, in every running process instance that holds the variable with this
     * value: the due dates of open tasks, and the timers, whose expression names the variable. All others stay, those
     * above all that were counted from the moment at which they began. A timer whose day has passed by now is due at once.
     * A reminder of an open task (a timer on its border that does not interrupt it) that went off for the old day is set
     * again if its new day lies ahead.
     *
     * <p>Runs in the caller's transaction, which must be the one that moves the day: then all of it moves, or none.
     *
     * @return how many process instances were looked at
     * @throws IllegalStateException if a deadline cannot be counted; the message names the case and the element
     */
    public int recount(String variable, String value) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(variable) + "\\b");
        return SystemWork.call(engine, context -> {
            List<ProcessInstance> instances = instances(variable, value);
            return deadlines.lookingUpOnce(() -> {
                instances.forEach(instance -> recount(context, instance, name));
                return instances.size();
            });
        });
    }

    /**
     * The same within one process instance that changes the variable itself, in its own transaction: what it sets there is
     * not yet in the database, so that nobody could look it up.
     *
     * @throws IllegalStateException if a deadline cannot be counted
     */
    public void recountOf(DelegateExecution execution, String variable) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(variable) + "\\b");
        SystemWork.run(engine, context -> recount(context, ((ExecutionEntity) execution).getProcessInstance(), name));
    }

    private List<ProcessInstance> instances(String variable, String value) {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .variableValueEquals(variable, value)
                .list();
    }

    private void recount(CommandContext context, ProcessInstance instance, Pattern name) {
        List<JobEntity> jobs = context.getJobManager().findJobsByProcessInstanceId(instance.getId());
        for (TaskEntity task : context.getTaskManager().findTasksByProcessInstanceId(instance.getId())) {
            setAgain(context, instance, task, jobs, name);
            if (task.getTaskDefinition() != null
                    && hangsOn(name, task.getTaskDefinition().getDueDateExpression())) {
                counted(instance, task.getTaskDefinitionKey(), () -> recount(task));
            }
        }
        for (JobEntity job : jobs) {
            if (job instanceof TimerEntity timer && hangsOn(name, timer)) {
                counted(instance, timer.getActivityId(), () -> engine.getManagementService()
                        .recalculateJobDuedate(timer.getId(), false));
            }
        }
    }

    private static void recount(TaskEntity task) {
        Object due = task.getTaskDefinition().getDueDateExpression().getValue(task.getExecution());
        if (!(due instanceof Date moved)) {
            throw new IllegalStateException("its due date is no Date");
        }
        move(task, moved);
    }

    /** Sets the due date of an open task, on the record of its case. */
    static void move(TaskEntity task, Date moved) {
        if (task.getDueDate() == null || moved.getTime() != task.getDueDate().getTime()) {
            // Whoever moves the day is on the record of each case whose clock it moves.
            Context.getCommandContext()
                    .getOperationLogManager()
                    .logTaskOperations(
                            UserOperationLogEntry.OPERATION_TYPE_SET_DUEDATE,
                            task,
                            List.of(new PropertyChange("dueDate", task.getDueDate(), moved)));
        }
        task.setDueDate(moved);
    }

    /** Sets the reminders of an open task again that went off for the old day, if they have a day to come. */
    private void setAgain(
            CommandContext context, ProcessInstance instance, TaskEntity task, List<JobEntity> jobs, Pattern name) {
        ExecutionEntity execution = task.getExecution();
        if (execution == null || execution.getActivity() == null) {
            return;
        }
        TimerDeclarationImpl.getDeclarationsForScope(execution.getActivity()).forEach((reminder, declaration) -> {
            if (declaration.isInterruptingTimer()
                    || isSet(reminder, execution, jobs)
                    || isSet(reminder, execution, execution.getJobs())) {
                return;
            }
            dayOf(engine, reminder, task.getProcessDefinitionId())
                    .filter(day -> name.matcher(day).find())
                    .ifPresent(day -> counted(instance, reminder, () -> {
                        Object moved = context.getProcessEngineConfiguration()
                                .getExpressionManager()
                                .createExpression(day)
                                .getValue(execution);
                        if (!(moved instanceof Date due)) {
                            throw new IllegalStateException("its day is no Date");
                        }
                        if (due.after(deadlines.now())) {
                            declaration.createTimerInstance(execution);
                        }
                    }));
        });
    }

    private static boolean isSet(String timer, ExecutionEntity execution, List<JobEntity> jobs) {
        return jobs.stream()
                .anyMatch(job -> execution.getId().equals(job.getExecutionId()) && timer.equals(job.getActivityId()));
    }

    /** The expression that gives the day of a reminder on the border of a task; empty for any other timer. */
    static Optional<String> dayOf(ProcessEngine engine, String reminder, String definition) {
        if (!(engine.getRepositoryService().getBpmnModelInstance(definition).getModelElementById(reminder)
                instanceof BoundaryEvent border)) {
            return Optional.empty();
        }
        return border.getEventDefinitions().stream()
                .filter(TimerEventDefinition.class::isInstance)
                .map(timer -> ((TimerEventDefinition) timer).getTimeDate())
                .filter(Objects::nonNull)
                .map(day -> day.getTextContent().strip())
                .findFirst();
    }

    private static boolean hangsOn(Pattern name, @Nullable Expression expression) {
        return expression != null
                && name.matcher(expression.getExpressionText()).find();
    }

    private boolean hangsOn(Pattern name, TimerEntity timer) {
        return engine.getRepositoryService()
                                .getBpmnModelInstance(timer.getProcessDefinitionId())
                                .getModelElementById(timer.getActivityId())
                        instanceof CatchEvent event
                && event.getEventDefinitions().stream()
                        .filter(TimerEventDefinition.class::isInstance)
                        .anyMatch(definition ->
                                name.matcher(definition.getTextContent()).find());
    }

    private static void counted(ProcessInstance instance, String element, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String of = instance.getBusinessKey() == null ? instance.getId() : instance.getBusinessKey();
            throw new IllegalStateException(
                    "The deadline of " + element + " in " + of + " cannot be counted anew: " + root.getMessage(), e);
        }
    }
}
