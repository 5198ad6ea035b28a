package org.redress.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.AbstractVariableQueryImpl;
import org.camunda.bpm.engine.impl.QueryVariableValue;
import org.camunda.bpm.engine.impl.VariableOrderProperty;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * A list narrowed or sorted by a variable tells its value to whoever may not read it: ask often enough "does the contact
 * begin with +2?", and you have it. So people ask by the plain facts of a case only ({@code redress.searchable-variables}),
 * in task lists, filters and histories alike; {@link CockpitSearches} keeps Cockpit's own lists to it.
 */
final class VariablesInQueries extends CommandInterceptor {

    private final Set<String> searchable;

    /** @param searchable names of the variables by which people may ask */
    VariablesInQueries(Set<String> searchable) {
        this.searchable = searchable;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof AbstractQuery<?, ?> && RowGuard.applies()) {
            check(command);
        }
        if (command instanceof AbstractQuery<?, ?>
                && Context.getCommandContext() != null
                && Context.getCommandContext().getAuthentication() != null) {
            checkExpressions(command);
        }
        return next.execute(command);
    }

    /**
     * Checks a query as it is run; those of stored filters come only here.
     *
     * @throws InvalidInput if it asks by a variable that is none of the plain facts
     */
    void check(Object query) {
        for (String name : names(query)) {
            if (!searchable.contains(name)) {
                throw new InvalidInput("Lists are narrowed or sorted by the variables " + String.join(", ", searchable)
                        + " only: others may be confidential");
            }
        }
    }

    /** Before the engine evaluates them: where that fails, it writes them into the log. */
    private static void checkExpressions(Object query) {
        if (CommandFields.value(query, "expressions") instanceof Map<?, ?> expressions) {
            expressions.values().stream()
                    .map(String::valueOf)
                    .filter(expression -> expression.contains("${") || expression.contains("#{"))
                    .forEach(NoExpressionsInQueries::check);
        }
        for (Object part : elements(CommandFields.value(query, "queries"))) {
            if (part != query) {
                checkExpressions(part);
            }
        }
    }

    private static Set<String> names(Object query) {
        Set<String> names = new LinkedHashSet<>();
        Object conditions = query instanceof AbstractVariableQueryImpl<?, ?> ofInstances
                ? ofInstances.getQueryVariableValues()
                : CommandFields.value(query, "variables");
        for (Object condition : elements(conditions)) {
            Object name = condition instanceof QueryVariableValue value
                    ? value.getName()
                    : CommandFields.value(condition, "name");
            names.add(String.valueOf(name));
        }
        // Of one variable's history: the value that is asked for lies apart.
        if (CommandFields.value(query, "queryVariableValue") instanceof QueryVariableValue value) {
            names.add(value.getName());
        }
        // The name by which a list is sorted stands deep inside; no list of ours is sorted so.
        if (elements(CommandFields.value(query, "orderingProperties")).stream()
                .anyMatch(VariableOrderProperty.class::isInstance)) {
            names.add("");
        }
        for (Object part : elements(CommandFields.value(query, "queries"))) {
            if (part != query) {
                names.addAll(names(part));
            }
        }
        return names;
    }

    private static Collection<?> elements(@Nullable Object list) {
        return list instanceof Collection<?> collection ? collection : Set.of();
    }
}
