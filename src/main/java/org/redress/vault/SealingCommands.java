package org.redress.vault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.MessageCorrelationResult;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceWithVariables;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Reference;

/**
 * Seals what a command was given before it runs, whichever command it is: the engine, its caches and its history then never
 * hold anything but the reference. {@link SealingSerializer} is the net below it.
 */
final class SealingCommands extends CommandInterceptor {

    private final ConfidentialNames names;
    private final Vault vault;
    private final NewCases newCases;
    private final KnownNames known = new KnownNames();
    private final List<String> persons;

    SealingCommands(ConfidentialNames names, Vault vault, NewCases newCases, List<String> persons) {
        this.names = names;
        this.vault = vault;
        this.newCases = newCases;
        this.persons = persons;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (command.getClass().getSimpleName().equals("DeployCmd")) {
            try {
                return next.execute(command);
            } finally {
                names.forget();
            }
        }
        List<CommandMaps.Slot> slots = CommandMaps.of(command);
        if (slots.isEmpty()) {
            return next.execute(command);
        }
        Set<String> told = new HashSet<>();
        slots.forEach(slot -> told.addAll(slot.map().keySet()));
        refuseUnknown(slots);
        CommandPlace place = CommandPlace.of(command, slots, persons);
        Map<String, Set<String>> audiences = names.audiencesWith(place.deployment());
        refuseTales(slots, place, audiences.keySet());
        told.retainAll(audiences.keySet());
        if (told.isEmpty()) {
            return next.execute(command);
        }
        Optional<String> key = seal(slots, told, place, audiences);
        return key.isPresent() && place.starts() && place.subject().caseNumber() == null
                ? started(command, key.get())
                : next.execute(command);
    }

    /**
     * Nobody who is signed in, an administrator neither, keeps something under a name that no form and no model has: it would
     * lie in clear, and outlive the erasure. The name is not repeated: it may be what was to be kept.
     */
    private void refuseUnknown(List<CommandMaps.Slot> slots) {
        CommandContext context = Context.getCommandContext();
        if (!isOfAPerson(context)) {
            return;
        }
        Set<String> given = new HashSet<>();
        slots.stream()
                .filter(CommandMaps.Slot::isOfVariables)
                .forEach(slot -> given.addAll(slot.map().keySet()));
        if (!given.isEmpty() && !known.hasAll(given, context)) {
            throw new AuthorizationException(
                    "One of these variables has a name that no form and no model uses: what is told in a case"
                            + " is told in its forms, where it is kept safe");
        }
    }

    private static boolean isOfAPerson(CommandContext context) {
        Authentication who = context.getAuthentication();
        return who != null && who.getUserId() != null && context.isAuthorizationCheckEnabled();
    }

    /**
     * Nor do they keep a tale under a name that holds a choice, a number, a date or a code. What is there already may be sent
     * back, and what was written is not repeated. Forbidden, as it is to whoever may not write there at all: nobody learns by it
     * what they may.
     */
    private void refuseTales(List<CommandMaps.Slot> slots, CommandPlace place, Set<String> confidential) {
        if (!isOfAPerson(Context.getCommandContext())) {
            return;
        }
        Map<String, PlainField> plain = names.plainWith(place.deployment());
        for (CommandMaps.Slot slot : slots) {
            for (String name : slot.isOfVariables() ? slot.map().keySet() : Set.<String>of()) {
                Object value = slot.value(name);
                boolean tale = !confidential.contains(name)
                        && !PlainField.takes(plain, name, value)
                        && !Objects.equals(EngineValues.plain(value), place.current(name));
                if (tale || !PlainField.isPlainlyTyped(value)) {
                    throw new AuthorizationException(
                            "The variable " + name + " holds "
                                    + PlainField.wanted(plain.get(name))
                                    + ". Leave words out here: what is told in a case is told in its forms, where it is kept safe");
                }
            }
        }
    }

    /** The key by which it sealed; empty when there was nothing to seal. */
    private Optional<String> seal(
            List<CommandMaps.Slot> slots, Set<String> told, CommandPlace place, Map<String, Set<String>> audiences) {
        Map<String, Content> before = current(told, place);
        List<Values.Fresh> fresh = new ArrayList<>();
        for (CommandMaps.Slot slot : slots) {
            if (slot.isAskedBy()) {
                refuseAsking(slot, told);
                continue;
            }
            slot.replace(told, (name, value) -> {
                if (EngineValues.isNothing(value) || Reference.is(EngineValues.plain(value))) {
                    return Optional.of(value);
                }
                Content content = EngineValues.content(name, value);
                if (content.equals(before.get(name))) {
                    return Optional.of(Variables.stringValue((String) place.current(name)));
                }
                Reference reference = Reference.random();
                fresh.add(new Values.Fresh(reference, name, audiences.getOrDefault(name, Set.of()), content));
                return Optional.of(Variables.stringValue(reference.toString()));
            });
        }
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        if (place.scope() == null && !place.starts() && place.subject().caseNumber() == null) {
            throw new InvalidInput("The confidential field " + fresh.get(0).variable()
                    + " is written for one case at a time: name its task or instance");
        }
        return Optional.of(vault.seal(place.subject(), fresh));
    }

    private static void refuseAsking(CommandMaps.Slot slot, Set<String> told) {
        slot.map().keySet().stream().filter(told::contains).findFirst().ifPresent(name -> {
            throw new InvalidInput("The field " + name + " is confidential: nobody asks by its value");
        });
    }

    /** What the fields hold now, so that what was sent back unchanged is not kept twice. */
    private Map<String, Content> current(Set<String> told, CommandPlace place) {
        Map<Reference, String> references = new HashMap<>();
        for (String name : told) {
            if (place.current(name) instanceof String text && Reference.is(text)) {
                references.put(Reference.parse(text), name);
            }
        }
        Map<String, Content> contents = new HashMap<>();
        vault.find(references.keySet()).forEach((reference, kept) -> {
            if (kept.opens()) {
                contents.put(String.valueOf(references.get(reference)), kept.open());
            }
        });
        return contents;
    }

    private <T> T started(Command<T> command, String key) {
        newCases.begin(key);
        String caseNumber = null;
        try {
            T result = next.execute(command);
            caseNumber = caseNumberOf(result);
            return result;
        } finally {
            newCases.end(caseNumber);
        }
    }

    private static @Nullable String caseNumberOf(@Nullable Object result) {
        if (result instanceof MessageCorrelationResult correlated) {
            return caseNumberOf(correlated.getProcessInstance());
        }
        if (result instanceof ProcessInstanceWithVariables started
                && started.getVariables().get(CommandPlace.CASE_NUMBER) instanceof String number
                && !number.isBlank()) {
            return number;
        }
        if (result instanceof ExecutionEntity started
                && !started.isEnded()
                && started.getVariable(CommandPlace.CASE_NUMBER) instanceof String number
                && !number.isBlank()) {
            return number;
        }
        return result instanceof ProcessInstance started ? started.getBusinessKey() : null;
    }
}
