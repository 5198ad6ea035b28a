package org.redress.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.ProcessInstanceModificationBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractInstantiationCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractProcessInstanceModificationCommand;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;
import org.jspecify.annotations.Nullable;

/**
 * A case ends by its own ways, and what was done in it stays on record: nobody who is signed in deletes a case, a model with
 * its cases, a history or how long it is kept, administrators included, by whichever door. What a person does to a running case
 * runs its listeners, so that parties, ballots and clocks follow; leaves it running; and is done to one case at a time, in that
 * person's name, since what the engine does in a batch is on no case's trail. Notes and files are given in forms: a comment or
 * an attachment of the engine would lie readable beside the vault.
 */
final class NothingIsLost extends CommandInterceptor {

    /** What a modification took out of a case and began in it, on the engine's record of operations. */
    private static final String CANCELLED = "cancelled";

    private static final String STARTED = "started";

    private static final Map<Pattern, String> REFUSED = Map.of(
            Pattern.compile("Delete(Deployment|ProcessDefinition.*)Cmd"),
            "Deleting a model deletes its cases; old versions stay, they cost nothing",
            Pattern.compile("Delete(Task|ProcessInstance(s|Batch)?)Cmd"),
            "A case is not deleted: it is withdrawn, ended or closed by its own tasks",
            Pattern.compile("Delete(Historic|UserOperationLog).*Cmd|SetRemovalTime.*Cmd|Update.*HistoryTimeToLiveCmd"),
            "What was done stays on record, as long as the model says",
            Pattern.compile("(Add|Delete)GroupIdentityLinkCmd"),
            "Whose task it is says the model, and who is party to the case: a person of the group is named instead",
            Pattern.compile("SetAnnotationForOperationLog"),
            "Nobody writes on the record of what was done",
            Pattern.compile(
                    "(Add|Update)CommentCmd|Delete.*CommentCmd|(Create|Save)AttachmentCmd|Delete.*AttachmentCmd"),
            "Notes and files are given in the form of a task, where they are kept safe",
            Pattern.compile("ProcessInstanceModification(Batch)?Cmd|ModifyProcessInstanceAsyncCmd"),
            "Modify one case at a time, and not as a batch: then it is on the trail of that case");

    @Override
    public <T> T execute(Command<T> command) {
        // What the product does as the system, such as erasing a case, is not what a person asks the engine for.
        if (RowGuard.isAskedByAPerson() && Context.getCommandContext().isAuthorizationCheckEnabled()) {
            String name = command.getClass().getSimpleName();
            REFUSED.forEach((refused, reason) -> {
                if (refused.matcher(name).matches()) {
                    throw new AuthorizationException(reason);
                }
            });
            if (skipsListeners(command)) {
                throw new AuthorizationException(
                        "What changes a running case runs its listeners: parties, ballots and clocks follow by them");
            }
            if (command instanceof ModifyProcessInstanceCmd
                    && CommandFields.value(command, "builder")
                            instanceof ProcessInstanceModificationBuilderImpl modification) {
                return modify(command, modification);
            }
        }
        return next.execute(command);
    }

    /**
     * Lets a person move a running case, not end it: however it ends, its clock of erasure would begin.
     *
     * @throws AuthorizationException if it does not run any more afterwards; nothing of it has happened then
     */
    private <T> T modify(Command<T> command, ProcessInstanceModificationBuilderImpl modification) {
        if (modification.getAnnotation() != null) {
            throw new AuthorizationException("Nobody writes on the record of what was done");
        }
        CommandContext context = Context.getCommandContext();
        String instance = modification.getProcessInstanceId();
        List<PropertyChange> changes = new ArrayList<>();
        for (AbstractProcessInstanceModificationCommand step :
                List.copyOf(modification.getModificationOperations())) {
            changes.add(new PropertyChange(
                    step instanceof AbstractInstantiationCmd ? STARTED : CANCELLED, null, element(context, step)));
        }
        T result = next.execute(command);
        ExecutionEntity moved = context.getExecutionManager().findExecutionById(instance);
        if (moved == null || moved.isEnded() || context.getDbEntityManager().isDeleted(moved)) {
            throw new AuthorizationException(
                    "This would end a running process: a case is withdrawn, ended or closed by its own tasks");
        }
        if (!changes.isEmpty()) {
            context.getOperationLogManager()
                    .logProcessInstanceOperation("ModifyProcessInstance", instance, null, null, changes);
        }
        return result;
    }

    /** The id in the model of what is cancelled or started. */
    private static @Nullable String element(CommandContext context, AbstractProcessInstanceModificationCommand step) {
        String named = Stream.of("activityId", "transitionId", "activityInstanceId", "transitionInstanceId")
                .map(field -> CommandFields.value(step, field))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst()
                .orElse(null);
        if (named == null) {
            return null;
        }
        ExecutionEntity waiting = context.getExecutionManager().findExecutionById(named);
        // The engine calls what runs by its element and a number.
        return waiting != null ? waiting.getActivityId() : named.split(":", 2)[0];
    }

    private static boolean skipsListeners(Command<?> command) {
        return Optional.ofNullable(CommandFields.value(command, "builder"))
                .or(() -> Optional.ofNullable(CommandFields.value(command, "executionBuilder")))
                .filter(builder -> isSet(builder, "skipCustomListeners") || isSet(builder, "skipIoMappings"))
                .isPresent();
    }

    private static boolean isSet(Object builder, String flag) {
        return Boolean.TRUE.equals(CommandFields.value(builder, flag));
    }
}
