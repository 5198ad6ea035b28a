package org.redress.engine;

import java.util.List;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormVariablesCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.type.ValueType;

/**
 * Hands a form only values that are known. Tasklist sends a list back with the type that its variable had before, and the
 * engine refuses a list of the type "Null"; to a form, null and not there are the same.
 */
final class KnownValuesOnly extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        T result = next.execute(command);
        if (command instanceof GetTaskFormVariablesCmd && result instanceof VariableMap values) {
            List.copyOf(values.keySet()).stream()
                    .filter(name -> values.getValueTyped(name).getType() == ValueType.NULL)
                    .forEach(values::remove);
        }
        return result;
    }
}
