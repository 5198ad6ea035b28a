package org.redress.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CommandFields;
import org.redress.engine.InvalidInput;
import org.redress.engine.Reference;
import org.redress.engine.Roles;

/**
 * What somebody sends back who may not read a field is no answer: a mask, a blank, null or an empty list leaves the value as
 * it is, so that nobody destroys what nobody showed them. A first value is taken, from whoever gives it. And nobody sends a
 * reference.
 */
final class ReturnedValues extends CommandInterceptor {

    /** Where commands keep the names of variables that they remove. */
    private static final List<String> REMOVED = List.of("variableNames", "deletions");

    private static final ThreadLocal<@Nullable CommandContext> OUTER = new ThreadLocal<>();
    /** In the name of a command that writes variables of an instance by its id. */
    private static final String OF_AN_INSTANCE = "ExecutionVariable";

    private final ConfidentialNames names;
    private final Vault vault;
    private final Readers readers;
    private final List<String> persons;

    ReturnedValues(ConfidentialNames names, Vault vault, Readers readers, List<String> persons) {
        this.names = names;
        this.vault = vault;
        this.readers = readers;
        this.persons = persons;
    }

    @Override
    public <T> T execute(Command<T> command) {
        CommandContext context = Context.getCommandContext();
        CommandContext around = OUTER.get();
        if (around == context) {
            // What the engine and the house do inside a person's command is theirs.
            return next.execute(command);
        }
        OUTER.set(context);
        try {
            check(command, context);
            return next.execute(command);
        } finally {
            if (around == null) {
                OUTER.remove();
            } else {
                OUTER.set(around);
            }
        }
    }

    private void check(Command<?> command, CommandContext context) {
        Authentication who = context.getAuthentication();
        if (who != null && who.getUserId() != null && context.isAuthorizationCheckEnabled()) {
            List<CommandMaps.Slot> slots = CommandMaps.of(command);
            Set<String> removed = removed(command);
            if (!slots.isEmpty() || !removed.isEmpty()) {
                boolean tells = groupsOf(who).contains(Roles.ADMINISTRATOR)
                        || !command.getClass().getSimpleName().contains(OF_AN_INSTANCE);
                check(command, slots, removed, readers.with(who.getUserId(), groupsOf(who)), tells);
            }
        }
    }

    private void check(
            Command<?> command,
            List<CommandMaps.Slot> slots,
            Set<String> removed,
            Readers.Reader reader,
            boolean tells) {
        CommandPlace place = CommandPlace.of(command, slots, persons);
        Map<String, Set<String>> audiences = names.audiencesWith(place.deployment());
        for (CommandMaps.Slot slot : slots) {
            slot.map().keySet().forEach(name -> refuseReference(name, slot.value(name), place));
            Set<String> told = new HashSet<>(slot.map().keySet());
            told.retainAll(audiences.keySet());
            if (!told.isEmpty() && !slot.isAskedBy()) {
                if (place.scope() == null
                        && !CommandPlace.STARTS.contains(command.getClass().getSimpleName())) {
                    throw new InvalidInput("The confidential field "
                            + told.iterator().next() + " is written for one case at a time, by its task or instance");
                }
                slot.replace(told, (name, value) -> Optional.of(answer(name, value, place, reader, tells)));
            }
        }
        removed.retainAll(audiences.keySet());
        if (!removed.isEmpty()) {
            keep(
                    command,
                    removed.stream()
                            .filter(name -> isClosed(place.current(name), reader))
                            .toList());
        }
    }

    /**
     * What the command is to write for a field: what was sent, or what is there already.
     *
     * @param tells whether this person may learn that there is something; whoever may not write is refused by the engine
     */
    private Object answer(String name, Object value, CommandPlace place, Readers.Reader reader, boolean tells) {
        Object current = place.current(name);
        if (current == null || EngineValues.isNothing(current)) {
            return EngineValues.isMask(value) ? Variables.untypedNullValue() : value;
        }
        if (EngineValues.isMask(value)) {
            return current;
        }
        if (!isClosed(current, reader)) {
            return value;
        }
        if (!tells
                || EngineValues.isNothing(value)
                || current.equals(EngineValues.plain(value))
                || isShownInEmergency(name, value, (String) current, reader)) {
            return current;
        }
        throw new InvalidInput(
                "Please correct: " + name + " – is confidential and was filled in by somebody else: leave it as it is");
    }

    /** Whether there is a value that this reader may not read, or that nobody can at the moment. */
    private boolean isClosed(@Nullable Object current, Readers.Reader reader) {
        return current instanceof String text
                && Reference.is(text)
                && vault.find(List.of(Reference.parse(text))).values().stream()
                        .noneMatch(kept -> reader.isAudience(kept.entry()) && (kept.isErased() || kept.opens()));
    }

    /** Break-glass lets one read and not write; the form sends back what it showed. */
    private boolean isShownInEmergency(String name, Object value, String current, Readers.Reader reader) {
        return vault.find(List.of(Reference.parse(current))).values().stream()
                .anyMatch(kept -> kept.opens()
                        && reader.breaksGlass(kept.entry().subject())
                        && kept.open().equals(EngineValues.content(name, value)));
    }

    private static void refuseReference(String name, Object value, CommandPlace place) {
        Object plain = EngineValues.plain(value);
        if (Reference.is(plain) && !Objects.equals(plain, place.current(name))) {
            throw new InvalidInput("Please correct: " + name + " – must be what you want to say, not a reference");
        }
    }

    private static Set<String> removed(Command<?> command) {
        Set<String> removed = new HashSet<>();
        if (command.getClass().getSimpleName().matches("(Remove|Patch).*Variables?Cmd")) {
            for (String field : REMOVED) {
                if (CommandFields.value(command, field) instanceof Collection<?> list) {
                    list.forEach(name -> removed.add(String.valueOf(name)));
                }
            }
        }
        return removed;
    }

    private static void keep(Command<?> command, List<String> kept) {
        for (String field : REMOVED) {
            if (CommandFields.value(command, field) instanceof Collection<?> list) {
                List<Object> left = new ArrayList<>(list);
                left.removeAll(kept);
                CommandFields.put(command, field, left);
            }
        }
    }

    private static Set<String> groupsOf(Authentication who) {
        return who.getGroupIds() == null ? Set.of() : Set.copyOf(who.getGroupIds());
    }
}
