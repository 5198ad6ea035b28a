package org.redress.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.redress.engine.CommandFields;

/**
 * The variables that a command was given, wherever it keeps them: in itself, in its builder, in the steps of a
 * modification. What they are is decided elsewhere; here they are found and replaced, before the command runs.
 */
final class CommandMaps {

    private static final String ENGINE = "org.camunda.bpm.engine.impl.";
    private static final int DEEPEST = 4;

    private static final Set<String> PARTS =
            Set.of("Builder", "BuilderImpl", "Cmd", "Command", "Instruction", "PlanImpl");

    /** Decides and keeps nothing: what it was given is no variable of a case. */
    private static final String DECISION = "EvaluateDecision";

    /** Variables by which a message finds its case; they are asked for, not written. */
    private static final String ASKED_BY = "correlation";

    /** What the engine calls the answers of a form. */
    private static final String OF_FORMS = "properties";

    /** One map, and where it lies. */
    record Slot(Object owner, String field, Map<String, ?> map) {

        boolean isAskedBy() {
            return field.startsWith(ASKED_BY);
        }

        /** Whether it holds variables to be written: what a form sends, too. */
        boolean isOfVariables() {
            return !isAskedBy()
                    && (field.equals(OF_FORMS) || field.toLowerCase(Locale.ROOT).contains("variable"));
        }

        /** The entry, as a typed value where it has one; an untyped null for null. */
        Object value(String name) {
            Object value = map instanceof VariableMap typed ? typed.getValueTyped(name) : map.get(name);
            return value == null ? Variables.untypedNullValue() : value;
        }

        /**
         * Replaces the named entries.
         *
         * @param change from name and value to what stands there instead; empty takes the entry out
         */
        void replace(Collection<String> names, BiFunction<String, Object, Optional<Object>> change) {
            Map<String, Object> changed = new HashMap<>();
            for (String name : map.keySet()) {
                Object value = value(name);
                if (names.contains(name)) {
                    change.apply(name, value).ifPresent(next -> changed.put(name, next));
                } else {
                    changed.put(name, value);
                }
            }
            CommandFields.put(owner, field, Variables.fromMap(changed));
        }
    }

    private CommandMaps() {}

    /** Every map of variables in the command; none for a query. */
    static List<Slot> of(Command<?> command) {
        List<Slot> slots = new ArrayList<>();
        if (!(command instanceof AbstractQuery<?, ?>)
                && !command.getClass().getSimpleName().startsWith(DECISION)) {
            collect(command, slots, DEEPEST);
        }
        return slots;
    }

    private static void collect(Object owner, List<Slot> slots, int depth) {
        for (String field : CommandFields.names(owner.getClass(), CommandMaps::mayHold)) {
            Object value = CommandFields.value(owner, field);
            if (value instanceof Map<?, ?> map) {
                if (!map.isEmpty() && map.keySet().stream().allMatch(String.class::isInstance)) {
                    slots.add(new Slot(owner, field, texts(map)));
                }
            } else if (depth > 0 && value instanceof Collection<?> parts) {
                parts.stream().filter(CommandMaps::isPart).forEach(part -> collect(part, slots, depth - 1));
            } else if (depth > 0 && value != null && isPart(value)) {
                collect(value, slots, depth - 1);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> texts(Map<?, ?> map) {
        return (Map<String, ?>) map;
    }

    private static boolean mayHold(Class<?> type) {
        return Map.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || isPart(type)
                || type.getName().startsWith("org.camunda.bpm.engine.migration.");
    }

    private static boolean isPart(Object value) {
        return isPart(value.getClass());
    }

    private static boolean isPart(Class<?> type) {
        return type.getName().startsWith(ENGINE) && PARTS.stream().anyMatch(type.getSimpleName()::endsWith);
    }
}
