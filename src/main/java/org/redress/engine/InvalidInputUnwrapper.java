package org.redress.engine;

import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * The engine wraps what a listener throws, which would turn bad input into a server error: the cause is thrown instead. For
 * a form, in the engine's own words for it: its REST interface calls everything else a server error.
 */
final class InvalidInputUnwrapper extends CommandInterceptor {

    private static final Set<Class<?>> FORMS = Set.of(
            CompleteTaskCmd.class, SubmitTaskFormCmd.class, SubmitStartFormCmd.class, StartProcessInstanceCmd.class);

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (ProcessEngineException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InvalidInput invalid) {
                    throw FORMS.contains(command.getClass()) ? new InvalidForm(invalid) : invalid;
                }
            }
            throw e;
        }
    }
}
