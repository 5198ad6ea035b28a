package org.redress.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.util.TypedValueField;
import org.camunda.bpm.engine.runtime.MessageCorrelationResultWithVariables;
import org.camunda.bpm.engine.runtime.ProcessInstanceWithVariables;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CommandFields;
import org.redress.engine.People;
import org.redress.engine.Reference;

/**
 * Puts plain values into the answers of the few commands by which people read variables, after these have run: the engine
 * itself never sees them. Everything else, gateways, decisions, jobs, other commands and what runs inside a command, gets
 * the reference. Whoever may not read a value sees a mask in its place.
 */
final class ReadingCommands extends CommandInterceptor {

    /** The commands whose answers are opened, and what the read log says of them. */
    private static final Map<String, String> DOORS = Map.of(
            "GetTaskFormVariablesCmd", "task form",
            "GetTaskVariablesCmd", "task variables",
            "GetTaskVariableCmd", "task variables",
            "GetTaskVariableCmdTyped", "task variables",
            "GetExecutionVariablesCmd", "variables",
            "GetExecutionVariableCmd", "variables",
            "GetExecutionVariableTypedCmd", "variables",
            "VariableInstanceQueryImpl", "variables",
            "HistoricVariableInstanceQueryImpl", "history",
            "HistoricDetailQueryImpl", "history");

    private static final List<String> WITHOUT_OBJECTS = List.of(
            "deserializeValues", "deserializeValue", "deserializeObjectValues", "isCustomObjectDeserializationEnabled");

    private final Vault vault;
    private final Readers readers;
    private final People people;

    ReadingCommands(Vault vault, Readers readers, People people) {
        this.vault = vault;
        this.readers = readers;
        this.people = people;
    }

    @Override
    public <T> T execute(Command<T> command) {
        boolean outermost = Context.getCommandContext() == null;
        T answer = next.execute(command);
        if (answer == null || !outermost) {
            return answer;
        }
        String purpose = DOORS.get(command.getClass().getSimpleName());
        List<VariableMap> told = purpose == null ? told(answer) : List.of();
        if (purpose == null && told.isEmpty()) {
            return answer;
        }
        Optional<String> reader = people.acting();
        if (reader.isEmpty()) {
            return answer;
        }
        Set<String> groups = people.actingGroups();
        if (purpose == null) {
            veil(groups).ifPresent(veil -> told.forEach(values -> veiled(values, veil)));
            return answer;
        }
        Set<Reference> references = references(answer);
        T shown = references.isEmpty() ? answer : opened(command, answer, references, reader.get(), purpose);
        return veil(groups).map(veil -> veiled(command, shown, veil)).orElse(shown);
    }

    private static Optional<Veil> veil(Set<String> groups) {
        if (UnsealedChoices.areHiddenFrom(groups)) {
            return Optional.of(new Veil(UnsealedChoices.NAMES, UnsealedChoices::veil));
        }
        return SmallGroups.areHiddenFrom(groups)
                ? Optional.of(new Veil(SmallGroups.NAMES, (name, value) -> SmallGroups.veil(groups, name, value)))
                : Optional.empty();
    }

    /** The variables that a command other than those of {@link #DOORS} tells in return, if it was asked to. */
    private static List<VariableMap> told(Object answer) {
        List<VariableMap> told = new ArrayList<>();
        for (Object part : answer instanceof Collection<?> parts ? parts : List.of(answer)) {
            if (part instanceof VariableMap values) {
                told.add(values);
            } else if (part instanceof ProcessInstanceWithVariables started && started.getVariables() != null) {
                told.add(started.getVariables());
            } else if (part instanceof MessageCorrelationResultWithVariables correlated
                    && correlated.getVariables() != null) {
                told.add(correlated.getVariables());
            }
        }
        return told;
    }

    /**
     * What stands in the place of plain values.
     *
     * @param names whose values are looked at; a JSON that was looked at would be written out as an object, and not as it is
     * @param over empty where the value is shown
     */
    private record Veil(Set<String> names, BiFunction<String, Object, Optional<String>> over) {

        Optional<String> of(@Nullable Object name, Supplier<@Nullable Object> value) {
            if (!(name instanceof String text) || !names.contains(text)) {
                return Optional.empty();
            }
            Object plain = value.get();
            return plain == null ? Optional.empty() : over.apply(text, plain);
        }
    }

    private static void veiled(VariableMap values, Veil veil) {
        for (String name : List.copyOf(values.keySet())) {
            veil.of(name, () -> values.get(name))
                    .ifPresent(instead -> values.putValueTyped(name, Variables.stringValue(instead)));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T veiled(Command<T> command, T answer, Veil veil) {
        if (answer instanceof VariableMap values) {
            veiled(values, veil);
            return answer;
        }
        if (CommandFields.value(command, "variableName") instanceof String name
                && command.getClass().getSimpleName().contains("Variable")
                && command.getClass().getSimpleName().startsWith("Get")) {
            return veil.of(name, () -> EngineValues.plain(answer))
                    .map(instead -> (T) (answer instanceof TypedValue ? Variables.stringValue(instead) : instead))
                    .orElse(answer);
        }
        Collection<?> rows = answer instanceof Collection<?> list ? list : List.of(answer);
        for (Object row : rows) {
            fieldOf(row)
                    .flatMap(field -> veil.of(nameOf(row), () -> EngineValues.plain(cached(field))))
                    .ifPresent(instead -> show(row, Variables.stringValue(instead)));
            veil.of(CommandFields.value(row, "propertyId"), () -> CommandFields.value(row, "propertyValue"))
                    .ifPresent(instead -> CommandFields.put(row, "propertyValue", instead));
        }
        return answer;
    }

    private static @Nullable Object nameOf(Object row) {
        Object name = CommandFields.value(row, "name");
        return name == null ? CommandFields.value(row, "variableName") : name;
    }

    @SuppressWarnings("unchecked")
    private <T> T opened(Command<T> command, T answer, Set<Reference> references, String reader, String purpose) {
        Map<Reference, Values.Kept> found = vault.find(references);
        Map<Reference, Content> open =
                vault.openFor(reader, readers.with(reader, people.actingGroups()), purpose, found.values());
        View view = new View(found, open, wantsObjects(command));
        if (answer instanceof VariableMap values) {
            for (String name : List.copyOf(values.keySet())) {
                reference(values.getValueTyped(name)).ifPresent(reference -> {
                    TypedValue shown = view.of(reference);
                    if (shown == null) {
                        values.remove(name);
                    } else {
                        values.putValueTyped(name, shown);
                    }
                });
            }
            return answer;
        }
        if (answer instanceof TypedValue || answer instanceof String) {
            TypedValue shown = view.of(references.iterator().next());
            TypedValue value = shown == null ? Variables.untypedNullValue() : shown;
            return (T) (answer instanceof TypedValue ? value : value.getValue());
        }
        Collection<?> rows = answer instanceof Collection<?> list ? list : List.of(answer);
        rows.forEach(row -> fieldOf(row)
                .flatMap(field -> reference(cached(field)))
                .ifPresent(reference -> show(row, view.of(reference))));
        return answer;
    }

    /** The row is read outside the engine from here on: what it shows is what it remembers. */
    private static void show(Object row, @Nullable TypedValue value) {
        fieldOf(row)
                .ifPresent(field -> CommandFields.put(
                        field, "cachedValue", value == null ? Variables.stringValue(EngineValues.MASK) : value));
    }

    private record View(Map<Reference, Values.Kept> found, Map<Reference, Content> open, boolean objects) {

        /** Null for what looks empty. */
        @Nullable
        TypedValue of(Reference reference) {
            Content content = open.get(reference);
            if (content != null) {
                return EngineValues.typed(content, objects);
            }
            Values.Kept kept = found.get(reference);
            return EngineValues.mask(kept == null ? "String" : kept.entry().type());
        }
    }

    private static Set<Reference> references(Object answer) {
        List<@Nullable Object> values = new ArrayList<>();
        if (answer instanceof VariableMap map) {
            map.keySet().forEach(name -> values.add(map.getValueTyped(name)));
        } else if (answer instanceof Collection<?> rows) {
            rows.forEach(row -> fieldOf(row).ifPresent(field -> values.add(cached(field))));
        } else {
            fieldOf(answer).ifPresentOrElse(field -> values.add(cached(field)), () -> values.add(answer));
        }
        Set<Reference> references = new HashSet<>();
        values.forEach(value -> reference(value).ifPresent(references::add));
        return references;
    }

    private static Optional<Reference> reference(@Nullable Object value) {
        Object plain = EngineValues.plain(value);
        return plain instanceof String text && Reference.is(text)
                ? Optional.of(Reference.parse(text))
                : Optional.empty();
    }

    private static Optional<TypedValueField> fieldOf(Object row) {
        return CommandFields.value(row, "typedValueField") instanceof TypedValueField field
                ? Optional.of(field)
                : Optional.empty();
    }

    private static @Nullable Object cached(TypedValueField field) {
        return CommandFields.value(field, "cachedValue");
    }

    private static boolean wantsObjects(Command<?> command) {
        return WITHOUT_OBJECTS.stream().noneMatch(field -> Boolean.FALSE.equals(CommandFields.value(command, field)));
    }
}
