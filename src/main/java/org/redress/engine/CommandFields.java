package org.redress.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.jspecify.annotations.Nullable;

/** Reads (and where it must, replaces) what a command or a query of the engine was given; most have no getters. */
public final class CommandFields {

    private record Key(Class<?> type, String name) {}

    private static final Map<Key, Optional<Field>> KNOWN = new ConcurrentHashMap<>();

    private static final Map<Class<?>, Map<String, Class<?>>> FIELDS = new ConcurrentHashMap<>();

    private CommandFields() {}

    /** The names of the fields whose declared type is wanted, those that it inherits too. */
    public static List<String> names(Class<?> owner, Predicate<Class<?>> wanted) {
        return FIELDS.computeIfAbsent(owner, CommandFields::declared).entrySet().stream()
                .filter(field -> wanted.test(field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Class<?>> declared(Class<?> owner) {
        Map<String, Class<?>> fields = new HashMap<>();
        for (Class<?> type = owner; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.putIfAbsent(field.getName(), field.getType());
                }
            }
        }
        return fields;
    }

    static @Nullable String text(Command<?> command, String name) {
        return (String) value(command, name);
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, ?> map(Command<?> command, String name) {
        return (Map<String, ?>) value(command, name);
    }

    /** What the field holds; null when there is no such field. */
    public static @Nullable Object value(Object command, String name) {
        return KNOWN.computeIfAbsent(new Key(command.getClass(), name), CommandFields::find)
                .map(field -> {
                    try {
                        return field.get(command);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException("Cannot read " + field, e);
                    }
                })
                .orElse(null);
    }

    /** Gives a command that has not run yet another value to run with. */
    public static void put(Object command, String name, Object value) {
        Field field = KNOWN.computeIfAbsent(new Key(command.getClass(), name), CommandFields::find)
                .orElseThrow(() -> new IllegalStateException("No field " + name + " in " + command.getClass()));
        try {
            field.set(command, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot write " + field, e);
        }
    }

    private static Optional<Field> find(Key key) {
        for (Class<?> type = key.type(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(key.name())) {
                    field.setAccessible(true);
                    return Optional.of(field);
                }
            }
        }
        return Optional.empty();
    }
}
