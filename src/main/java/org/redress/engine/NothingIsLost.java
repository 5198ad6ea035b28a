package org.redress.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.ProcessInstanceModificationBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractAddIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractInstantiationCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractProcessInstanceModificationCommand;
import org.camunda.bpm.engine.impl.cmd.ActivityAfterInstantiationCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SaveTaskCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;

/**
 * A case ends by its own ways, and what was done in it stays on record: nobody who is signed in deletes a case, a model with
 * its cases, a history or how long it is kept, administrators included, by whichever door. What a person does to a running case
 * runs its listeners, so that parties, ballots and clocks follow; leaves it running; and is done to one case at a time, in that
 * person's name, since what the engine does in a batch is on no case's trail. Notes and files are given in forms: a comment or
 * an attachment of the engine, another name of a task, a note on an incident would lie readable beside the vault.
 */
final class NothingIsLost extends CommandInterceptor {

    /** What a modification took out of a case and began in it, on the engine's record of operations. */
    private static final String CANCELLED = "cancelled";

    private static final String STARTED = "started";

    private static final String ON_ITS_TRAIL =
            "Change one case at a time, and not as a batch: then it is on the trail of that case";

    private static final String CALLED_BY_ITS_MODEL =
            "A task is called what its model says; what there is to say about it is told in its form";

    private static final String ENDS =
            "This would end a running process: a case is withdrawn, ended or closed by its own tasks";

    private static final Set<String> LINKS =
            Set.of(IdentityLinkType.CANDIDATE, IdentityLinkType.ASSIGNEE, IdentityLinkType.OWNER);

    private static final Map<Pattern, String> REFUSED = Map.ofEntries(
            Map.entry(
                    Pattern.compile("Delete(Deployment|ProcessDefinition.*)Cmd"),
                    "Deleting a model deletes its cases; old versions stay, they cost nothing"),
            Map.entry(
                    Pattern.compile("Delete(Task|ProcessInstance(s|Batch)?)Cmd"),
                    "A case is not deleted: it is withdrawn, ended or closed by its own tasks"),
            Map.entry(
                    Pattern.compile(
                            "Delete(Historic|UserOperationLog).*Cmd|SetRemovalTime.*Cmd|Update.*HistoryTimeToLiveCmd"),
                    "What was done stays on record, as long as the model says"),
            Map.entry(
                    Pattern.compile("(Add|Delete)GroupIdentityLinkCmd"),
                    "Whose task it is says the model, and who is party to the case: a person of the group is named"
                            + " instead"),
            Map.entry(
                    Pattern.compile("SetAnnotationFor(OperationLog|Incident)(Cmd)?"),
                    "Nobody writes on the record of what was done"),
            Map.entry(
                    Pattern.compile("(Add|Update)CommentCmd|Delete.*CommentCmd|(Create|Save)AttachmentCmd"
                            + "|Delete.*AttachmentCmd|CreateIncidentCmd"),
                    "Notes and files are given in the form of a task, where they are kept safe"),
            Map.entry(Pattern.compile("SetTask(Name|Description)Cmd"), CALLED_BY_ITS_MODEL),
            Map.entry(
                    Pattern.compile("ProcessInstanceModification(Batch)?Cmd|ModifyProcessInstanceAsyncCmd"
                            + "|SetVariablesToProcessInstancesBatchCmd|CorrelateAllMessageBatchCmd"
                            + "|SetJobsRetries(ByProcess)?BatchCmd|SetExternalTasksRetries(Batch)?Cmd"
                            + "|UpdateProcessInstancesSuspendState(Batch)?Cmd"),
                    ON_ITS_TRAIL),
            Map.entry(
                    Pattern.compile("Suspend(ProcessDefinition|JobDefinition|ProcessInstance|Job)Cmd"),
                    "What is suspended forgets the people in it, and takes no report of danger: bring a better model live"
                            + " instead"),
            Map.entry(
                    Pattern.compile("DeleteJobs?Cmd"),
                    "A clock, a letter or a step that waits is not deleted: try it again, or give it another date"),
            Map.entry(
                    Pattern.compile("RestartProcessInstances(Batch)?Cmd"),
                    "A case that is over does not begin again by hand: it is reopened by its own tasks"),
            Map.entry(
                    Pattern.compile("MigrateProcessInstance(Batch)?Cmd"),
                    "Cases are taken to a newer model at /api/migrations: then it is on their trails"),
            Map.entry(
                    Pattern.compile("Correlate(All|Start)?MessageCmd|MessageEventReceivedCmd|SignalEventReceivedCmd"
                            + "|SignalCmd"),
                    "A case hears of news through its forms and the API, not by a raw message"));

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
            if (isOfManyCases(name, command)) {
                throw new AuthorizationException(ON_ITS_TRAIL);
            }
            if (command instanceof SaveTaskCmd && CommandFields.value(command, "task") instanceof TaskEntity task) {
                keepWords(task);
            }
            checkNamed(command);
            if (command instanceof ModifyProcessInstanceCmd
                    && CommandFields.value(command, "builder")
                            instanceof ProcessInstanceModificationBuilderImpl modification) {
                return modify(command, modification);
            }
        }
        return next.execute(command);
    }

    private static boolean isOfManyCases(String name, Command<?> command) {
        return switch (name) {
            case "ActivateProcessInstanceCmd" -> CommandFields.value(command, "processInstanceId") == null;
            case "ActivateJobCmd" ->
                CommandFields.value(command, "jobId") == null
                        && CommandFields.value(command, "processInstanceId") == null;
            case "SetJobRetriesCmd" -> CommandFields.value(command, "jobDefinitionId") != null;
            default -> false;
        };
    }

    /**
     * Name and description of a task that was changed stay: whoever left them out did not mean to empty them. Nor is anything
     * else of it a place for words.
     */
    private static void keepWords(TaskEntity task) {
        if (task.getRevision() == 0) {
            return;
        }
        Map<String, PropertyChange> changes = task.getPropertyChanges();
        for (String words : List.of(TaskEntity.NAME, TaskEntity.DESCRIPTION)) {
            PropertyChange change = changes.get(words);
            if (change == null || !isOne(change)) {
                continue;
            }
            if (change.getNewValue() != null) {
                throw new AuthorizationException(CALLED_BY_ITS_MODEL);
            }
            if (words.equals(TaskEntity.NAME)) {
                task.setName((String) change.getOrgValue());
            } else {
                task.setDescription((String) change.getOrgValue());
            }
        }
        if (isOne(changes.get(TaskEntity.PARENT_TASK)) || isOne(changes.get(TaskEntity.CASE_INSTANCE_ID))) {
            throw new AuthorizationException(CALLED_BY_ITS_MODEL);
        }
        for (String person : List.of(TaskEntity.ASSIGNEE, TaskEntity.OWNER)) {
            PropertyChange change = changes.get(person);
            if (change != null && isOne(change)) {
                checkAccount(change.getNewValue());
            }
        }
    }

    private static boolean isOne(@Nullable PropertyChange change) {
        return change != null && !Objects.equals(change.getOrgValue(), change.getNewValue());
    }

    /** Whoever is named on a task has an account: in the place of their id, anything could be written. */
    private static void checkNamed(Command<?> command) {
        if (command instanceof AbstractAddIdentityLinkCmd) {
            if (!LINKS.contains(String.valueOf(CommandFields.value(command, "type")))) {
                throw new AuthorizationException("Somebody is named on a task as its candidate, assignee or owner");
            }
            checkAccount(CommandFields.value(command, "userId"));
        } else if (command instanceof DelegateTaskCmd || command instanceof ClaimTaskCmd) {
            checkAccount(CommandFields.value(command, "userId"));
        }
    }

    private static void checkAccount(@Nullable Object person) {
        CommandContext context = Context.getCommandContext();
        if (person == null || person.equals(context.getAuthenticatedUserId())) {
            return;
        }
        boolean known = context.runWithoutAuthorization(() -> context.getProcessEngineConfiguration()
                        .getIdentityService()
                        .createUserQuery()
                        .userId(person.toString())
                        .count()
                > 0);
        if (!known) {
            throw new AuthorizationException("Nobody has an account of that name");
        }
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
        WaitingSteps steps = steps(context, instance);
        for (AbstractProcessInstanceModificationCommand step : List.copyOf(modification.getModificationOperations())) {
            changes.add(new PropertyChange(
                    step instanceof AbstractInstantiationCmd ? STARTED : CANCELLED, null, element(context, step)));
            if (step instanceof AbstractInstantiationCmd start) {
                checkStart(steps, start);
            }
        }
        T result = next.execute(command);
        ExecutionEntity moved = context.getExecutionManager().findExecutionById(instance);
        if (moved == null
                || moved.isEnded()
                || context.getDbEntityManager().isDeleted(moved)
                || (steps != null && !steps.isLeftIn(moved))) {
            throw new AuthorizationException(ENDS);
        }
        if (!changes.isEmpty()) {
            context.getOperationLogManager()
                    .logProcessInstanceOperation("ModifyProcessInstance", instance, null, null, changes);
        }
        return result;
    }

    /** Null where there is no such instance, which the engine says better. */
    private static @Nullable WaitingSteps steps(CommandContext context, String instance) {
        ExecutionEntity execution = context.getExecutionManager().findExecutionById(instance);
        return execution == null
                ? null
                : new WaitingSteps(context.getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findBpmnModelInstanceForProcessDefinition(execution.getProcessDefinitionId()));
    }

    private static void checkStart(@Nullable WaitingSteps steps, AbstractInstantiationCmd start) {
        if (isGiven(start.getVariables()) || isGiven(start.getVariablesLocal())) {
            throw new AuthorizationException(
                    "A case is moved as it is: what it knows is changed by itself, and is on its trail then");
        }
        String id = Stream.of("activityId", "transitionId")
                .map(field -> CommandFields.value(start, field))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
        if (steps != null && steps.mayEndAll(steps.from(id, start instanceof ActivityAfterInstantiationCmd))) {
            throw new AuthorizationException(ENDS);
        }
    }

    private static boolean isGiven(@Nullable Map<String, Object> variables) {
        return variables != null && !variables.isEmpty();
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
