package org.redress.engine;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.SaveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Commands on one task which the engine runs without a check (comments, attachments, events, subtasks) get the rule of
 * the row too; a task is claimed for oneself only; and whoever claimed a task may release it, and set its follow-up date.
 */
final class TaskCommandGuard extends CommandInterceptor {

    private static final ThreadLocal<@Nullable String> OWN = new ThreadLocal<>();

    /**
     * Whether the command that runs on this thread gives the task back to its group, or sets its follow-up date, and does
     * nothing else: whoever works on a task may do so, without the right to assign it.
     */
    static boolean isOwn(String taskId) {
        return taskId.equals(OWN.get());
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (!RowGuard.applies()) {
            return next.execute(command);
        }
        String taskId = CommandFields.value(command, "taskId") instanceof String id ? id : null;
        if (taskId != null) {
            checkRow(taskId);
        }
        if (command instanceof HandleTaskBpmnErrorCmd || command instanceof HandleTaskEscalationCmd) {
            throw new AuthorizationException("A task is completed through its form");
        }
        if (command instanceof ClaimTaskCmd) {
            String claimant = CommandFields.text(command, "userId");
            CommandContext context = Context.getCommandContext();
            if (claimant != null && !claimant.equals(context.getAuthenticatedUserId())) {
                throw new AuthorizationException(
                        "A task is claimed by the person who will do it, not for somebody else");
            }
        }
        if (taskId != null && (command instanceof CompleteTaskCmd || command instanceof SubmitTaskFormCmd)) {
            signedBy(taskId);
        }
        if (command instanceof SubmitStartFormCmd) {
            checkStart(CommandFields.text(command, "processDefinitionId"));
        } else if (command instanceof StartProcessInstanceCmd
                && CommandFields.value(command, "instantiationBuilder")
                        instanceof ProcessInstantiationBuilderImpl start) {
            checkStart(FormGate.definitionOf(start));
        }
        if (command instanceof AssignTaskCmd && taskId != null && CommandFields.text(command, "userId") == null) {
            return own(taskId, command);
        }
        if (command instanceof SaveTaskCmd
                && CommandFields.value(command, "task") instanceof TaskEntity changed
                && changed.getRevision() > 0) {
            TaskEntity task = checkOnlyFollowUp(changed);
            task.setFollowUpDate(changed.getFollowUpDate());
            // The one that was sent has no case to note the change in.
            CommandFields.put(command, "task", task);
            return own(task.getId(), command);
        }
        return next.execute(command);
    }

    /** Whoever may not start a process hears that, before their form is looked at. */
    private static void checkStart(@Nullable String definitionId) {
        if (definitionId != null) {
            ProcessEngineConfigurationImpl configuration =
                    Context.getCommandContext().getProcessEngineConfiguration();
            ProcessDefinition definition =
                    configuration.getDeploymentCache().findDeployedProcessDefinitionById(definitionId);
            configuration.getCommandCheckers().forEach(checker -> checker.checkCreateProcessInstance(definition));
        }
    }

    private <T> T own(String taskId, Command<T> command) {
        OWN.set(taskId);
        try {
            return next.execute(command);
        } finally {
            OWN.remove();
        }
    }

    /**
     * @param changed the task as it is to be
     * @return the task as it is
     * @throws AuthorizationException if it is not the task of whoever asks, or something else would change
     */
    private static TaskEntity checkOnlyFollowUp(TaskEntity changed) {
        CommandContext context = Context.getCommandContext();
        TaskEntity known = context.getTaskManager().findTaskById(changed.getId());
        if (known == null) {
            FormGate.sayWhatIsOver(changed.getId());
            throw new AuthorizationException("This task is no longer open");
        }
        RowGuard.checkRead(known);
        if (seconds(known.getDueDate()) != seconds(changed.getDueDate())) {
            throw new AuthorizationException(
                    "The due date is when the clock of this task ends: nobody sets or removes it by hand. To be reminded,"
                            + " set a follow-up date");
        }
        if (!settled(known).equals(settled(changed))) {
            throw new AuthorizationException("Of a task, nothing but its follow-up date is changed by hand");
        }
        if (!Objects.equals(context.getAuthenticatedUserId(), known.getAssignee())) {
            throw new AuthorizationException("Claim the task first: whoever has it sets its follow-up date");
        }
        return known;
    }

    /** Browsers leave the thousandths out. */
    private static long seconds(@Nullable Date moment) {
        return moment == null ? Long.MIN_VALUE : moment.toInstant().getEpochSecond();
    }

    /** What nobody changes, of all that the engine's interface can change of a task. */
    private static List<@Nullable Object> settled(TaskEntity task) {
        return Arrays.asList(
                task.getName(),
                task.getDescription(),
                task.getAssignee(),
                task.getOwner(),
                task.getDelegationState(),
                task.getPriority(),
                task.getParentTaskId(),
                task.getCaseInstanceId(),
                task.getTenantId());
    }

    /** Whoever completes a task that nobody claimed is on record as the one who did it. */
    private static void signedBy(String taskId) {
        CommandContext context = Context.getCommandContext();
        TaskEntity task = context.getTaskManager().findTaskById(taskId);
        if (task != null && task.getAssignee() == null) {
            RowGuard.checkWork(task);
            task.setAssignee(context.getAuthenticatedUserId());
        }
    }

    private static void checkRow(String taskId) {
        TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(taskId);
        if (task != null) {
            RowGuard.checkRead(task);
        }
    }
}
