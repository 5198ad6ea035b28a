package org.redress.engine;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.jspecify.annotations.Nullable;

/** Reads (and where it must, replaces) what a command or a query of the engine was given; most have no getters. */
final class CommandFields {

    private record Key(Class<?> type, String name) {}

    private static final Map<Key, Optional<Field>> KNOWN = new ConcurrentHashMap<>();

    private CommandFields() {}

    static @Nullable String text(Command<?> command, String name) {
        return (String) value(command, name);
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, ?> map(Command<?> command, String name) {
        return (Map<String, ?>) value(command, name);
    }

    static @Nullable Object value(Object command, String name) {
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
    static void put(Command<?> command, String name, Object value) {
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
