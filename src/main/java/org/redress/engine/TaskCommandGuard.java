package org.redress.engine;

import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * Commands on one task which the engine runs without a check (comments, attachments, events, subtasks) get the rule of
 * the row too; a task is claimed for oneself only; and whoever claimed a task may release it.
 */
final class TaskCommandGuard extends CommandInterceptor {

    /** Messages and signals that a person would send around every form. */
    private static final Set<String> MESSAGES = Set.of(
            "CorrelateMessageCmd",
            "CorrelateAllMessageCmd",
            "CorrelateStartMessageCmd",
            "MessageEventReceivedCmd",
            "SignalEventReceivedCmd",
            "SignalCmd");

    private static final ThreadLocal<@Nullable String> RELEASING = new ThreadLocal<>();

    /** Whether the command that runs on this thread gives the task back to its group, and does nothing else. */
    static boolean isReleasing(String taskId) {
        return taskId.equals(RELEASING.get());
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
        if (MESSAGES.contains(command.getClass().getSimpleName())) {
            throw new AuthorizationException(
                    "A case hears of news through its forms and the API, not by a raw message");
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
        if (command instanceof AssignTaskCmd && taskId != null && CommandFields.text(command, "userId") == null) {
            RELEASING.set(taskId);
            try {
                return next.execute(command);
            } finally {
                RELEASING.remove();
            }
        }
        return next.execute(command);
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
