package org.redress.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.context.BpmnExecutionContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CommandFields;

/**
 * Where a command writes: which task or instance, and so whose values they are.
 *
 * @param scope the task or execution; null for a start and for what concerns many
 * @param subject whose values they are, as far as it is known before the command runs
 * @param starts whether it begins a case, which then may get its number on the way
 */
record CommandPlace(@Nullable VariableScope scope, Subject subject, boolean starts) {

    static final String CASE_NUMBER = "caseNumber";
    /** By these a case begins. */
    static final Set<String> STARTS = Set.of(
            "SubmitStartFormCmd",
            "StartProcessInstanceCmd",
            "StartProcessInstanceAtActivitiesCmd",
            "CorrelateStartMessageCmd");

    /** By these a case may begin, or one that runs goes on; only the house sends them with something confidential. */
    private static final Set<String> MESSAGES =
            Set.of("CorrelateMessageCmd", "CorrelateAllMessageCmd", "EvaluateStartConditionCmd");

    /** @param persons variables that name a survivor, the first known one first */
    static CommandPlace of(Command<?> command, List<CommandMaps.Slot> slots, List<String> persons) {
        List<Object> parts = partsOf(command);
        VariableScope named = named(command, parts).orElse(null);
        String kind = command.getClass().getSimpleName();
        boolean begins = named == null && STARTS.contains(kind);
        boolean starts = begins || (named == null && MESSAGES.contains(kind));
        // What code of a running case writes elsewhere than it says belongs to that case.
        VariableScope scope = named != null || starts ? named : around();
        // Which case a start begins, and so whose key seals what it was told, is known when it has begun: what somebody
        // writes there may be another case, or none.
        String caseNumber = begins
                ? null
                : Optional.ofNullable(text(scope, CASE_NUMBER))
                        .or(() -> Optional.ofNullable(first(slots, CASE_NUMBER)))
                        .orElseGet(() -> businessKey(parts));
        String person = persons.stream()
                .map(name -> first(slots, name))
                .filter(known -> known != null)
                .findFirst()
                .orElseGet(() -> personIn(scope, persons));
        return new CommandPlace(scope, new Subject(caseNumber, person), starts);
    }

    /** Whose values an execution writes. */
    static Subject subjectOf(VariableScope scope, List<String> persons) {
        return new Subject(text(scope, CASE_NUMBER), personIn(scope, persons));
    }

    /** The execution whose code runs now, if any. */
    static @Nullable VariableScope around() {
        BpmnExecutionContext running = Context.getBpmnExecutionContext();
        return running == null ? null : running.getExecution();
    }

    /** The deployment that the place belongs to. */
    @Nullable
    String deployment() {
        ExecutionEntity execution = scope instanceof TaskEntity task
                ? task.getExecution()
                : scope instanceof ExecutionEntity running ? running : null;
        return execution == null || execution.getProcessDefinition() == null
                ? null
                : execution.getProcessDefinition().getDeploymentId();
    }

    @Nullable
    Object current(String name) {
        return scope == null ? null : scope.getVariable(name);
    }

    private static @Nullable String personIn(@Nullable VariableScope scope, List<String> persons) {
        return persons.stream()
                .map(name -> text(scope, name))
                .filter(known -> known != null)
                .findFirst()
                .orElse(null);
    }

    private static Optional<VariableScope> named(Command<?> command, List<Object> parts) {
        CommandContext context = Context.getCommandContext();
        boolean ofTask = command.getClass().getSimpleName().contains("Task");
        Function<String, @Nullable VariableScope> task =
                id -> context.getTaskManager().findTaskById(id);
        Function<String, @Nullable VariableScope> execution =
                id -> context.getExecutionManager().findExecutionById(id);
        return Stream.<Optional<VariableScope>>of(
                        found(parts, "taskId", task),
                        found(parts, "entityId", ofTask ? task : execution),
                        found(parts, "executionId", execution),
                        found(parts, "processInstanceId", execution))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<VariableScope> found(
            List<Object> parts, String field, Function<String, @Nullable VariableScope> find) {
        return parts.stream()
                .map(part -> CommandFields.value(part, field))
                .filter(String.class::isInstance)
                .map(id -> find.apply((String) id))
                .filter(scope -> scope != null)
                .map(VariableScope.class::cast)
                .findFirst();
    }

    private static @Nullable String businessKey(List<Object> parts) {
        return parts.stream()
                .map(part -> CommandFields.value(part, "businessKey"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static List<Object> partsOf(Command<?> command) {
        List<Object> parts = new ArrayList<>(List.of(command));
        for (String builder : List.of("builder", "instantiationBuilder")) {
            Object part = CommandFields.value(command, builder);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static @Nullable String first(List<CommandMaps.Slot> slots, String name) {
        for (CommandMaps.Slot slot : slots) {
            if (EngineValues.plain(slot.value(name)) instanceof String text && !text.isBlank()) {
                return text.strip();
            }
        }
        return null;
    }

    private static @Nullable String text(@Nullable VariableScope scope, String name) {
        return scope != null && scope.getVariable(name) instanceof String text && !text.isBlank() ? text : null;
    }
}
