package org.redress.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/** Adds to the engine's lists of interceptors, which are null until somebody sets them. */
final class Interceptors {

    private Interceptors() {}

    static void add(
            Supplier<@Nullable List<CommandInterceptor>> present,
            Consumer<List<CommandInterceptor>> set,
            CommandInterceptor... more) {
        List<CommandInterceptor> known = present.get();
        List<CommandInterceptor> all = known == null ? new ArrayList<>() : new ArrayList<>(known);
        all.addAll(List.of(more));
        set.accept(all);
    }
}
