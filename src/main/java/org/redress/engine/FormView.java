package org.redress.engine;

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeployedStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskVariableCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskVariableCmdTyped;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.runtime.ProcessInstanceWithVariables;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What people read of a case is what the form of their task names, and nothing else: the engine by itself hands every
 * variable of the process to whoever has a task of it, over REST and with the answer to a completed task or to a start.
 *
 * <p>What a case says stands in a form to the letter ({@link FormTexts}).
 *
 * <p>A form is handed only values that are known. Tasklist sends a list back with the type that its variable had before,
 * and the engine refuses a list of the type "Null"; to a form, null and not there are the same.
 */
final class FormView extends CommandInterceptor {

    private static final Set<Class<?>> ONE_VARIABLE = Set.of(GetTaskVariableCmd.class, GetTaskVariableCmdTyped.class);

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof GetDeployedTaskFormCmd
                && Context.getCommandContext().getTaskManager().findTaskById(CommandFields.text(command, "taskId"))
                        == null) {
            throw new NotFoundException("There is no open task with this id");
        }
        if (command instanceof GetDeployedTaskFormCmd || command instanceof GetDeployedStartFormCmd) {
            T form = next.execute(command);
            return RowGuard.isAskedByAPerson() ? asWritten(form) : form;
        }
        boolean oneVariable = ONE_VARIABLE.contains(command.getClass());
        if (!RowGuard.applies()) {
            return known(command, next.execute(command));
        }
        String task = taskOf(command);
        // A completed task is gone afterwards, and its form with it.
        Set<String> shown = task == null
                ? Set.of()
                : DeployedForms.ofTask(task).map(FormNames::of).orElse(Set.of());
        T result = known(command, next.execute(command));
        if (task != null && result instanceof VariableMap values) {
            values.keySet().retainAll(shown);
        }
        if (result instanceof ProcessInstanceWithVariables started && started.getVariables() != null) {
            started.getVariables()
                    .keySet()
                    .retainAll(DeployedForms.ofStart(started.getProcessDefinitionId())
                            .map(FormNames::of)
                            .orElse(Set.of()));
        }
        return oneVariable && !shown.contains(String.valueOf(CommandFields.text(command, "variableName")))
                ? nothing()
                : result;
    }

    private static @Nullable String taskOf(Command<?> command) {
        String field = command instanceof GetTaskFormVariablesCmd ? "resourceId" : "taskId";
        return CommandFields.value(command, field) instanceof String id ? id : null;
    }

    private static <T> T known(Command<T> command, T result) {
        if (command instanceof GetTaskFormVariablesCmd && result instanceof VariableMap values) {
            List.copyOf(values.keySet()).stream()
                    .filter(name -> values.getValueTyped(name).getType() == ValueType.NULL)
                    .forEach(values::remove);
        }
        return result;
    }

    @SuppressWarnings("unchecked")
    private static <T> T asWritten(T form) {
        return form instanceof InputStream stream ? (T) FormTexts.asWritten(stream) : form;
    }

    /** As if the variable was not there; the engine says so by null. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
