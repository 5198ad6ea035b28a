package org.redress.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cmd.AbstractPatchVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractRemoveVariableCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetVariableCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * The number of a case says whose it is: parties, the vault and the trail are asked by it. Nobody who is signed in gives a
 * running case another one, administrators included.
 */
final class CaseNumbersStay extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        CommandContext context = Context.getCommandContext();
        if (context != null
                && context.isAuthorizationCheckEnabled()
                && RowGuard.isAskedByAPerson()
                && names(command).contains(EngineCases.CASE_NUMBER)) {
            throw new InvalidInput(EngineCases.CASE_NUMBER + ": a running case keeps its number");
        }
        return next.execute(command);
    }

    private static Collection<String> names(Command<?> command) {
        if (command instanceof AbstractSetVariableCmd) {
            return keys(command, "variables");
        }
        if (command instanceof AbstractPatchVariablesCmd) {
            Collection<String> told = keys(command, "variables");
            return told.contains(EngineCases.CASE_NUMBER) ? told : listed(command, "deletions");
        }
        return command instanceof AbstractRemoveVariableCmd ? listed(command, "variableNames") : List.of();
    }

    private static Collection<String> keys(Command<?> command, String field) {
        Map<String, ?> map = CommandFields.map(command, field);
        return map == null ? List.of() : map.keySet();
    }

    @SuppressWarnings("unchecked")
    private static Collection<String> listed(Command<?> command, String field) {
        return CommandFields.value(command, field) instanceof Collection<?> names
                ? (Collection<String>) names
                : List.of();
    }
}
