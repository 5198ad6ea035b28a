package org.redress.engine;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What the system itself looks up and does in the engine, whoever caused it: in the transaction that runs, or in one of its
 * own, and past the grants of the person who acts.
 */
@Component
public class SystemWork {

    private final ProcessEngine engine;

    SystemWork(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /** Does it and gives its result. */
    public <T> T call(Supplier<T> work) {
        return call(engine, context -> work.get());
    }

    /** Does it. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Does it and gives its result, for whoever works in the engine itself. */
    public static <T> T call(ProcessEngine engine, Function<CommandContext, T> work) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> work.apply(context)));
    }

    /** Does it, for whoever works in the engine itself. */
    public static void run(ProcessEngine engine, Consumer<CommandContext> work) {
        call(engine, context -> {
            work.accept(context);
            return Boolean.TRUE;
        });
    }
}
