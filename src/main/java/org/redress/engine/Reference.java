package org.redress.engine;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the engine holds in place of a confidential value, {@code vault:<uuid>}: it says nothing of the value, and is never
 * what a person meant to say.
 *
 * @param id of the value in the vault
 */
public record Reference(UUID id) {

    private static final String PREFIX = "vault:";
    private static final Pattern FORMAT = Pattern.compile(PREFIX + "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A new one, which nobody can guess. */
    public static Reference random() {
        return new Reference(UUID.randomUUID());
    }

    /** Whether this value is a reference, as text. */
    public static boolean is(@Nullable Object value) {
        return value instanceof String text && FORMAT.matcher(text).matches();
    }

    /** The reference that this text is.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Reference parse(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException("Not a reference to a value in the vault");
        }
        return new Reference(UUID.fromString(text.substring(PREFIX.length())));
    }

    @Override
    public String toString() {
        return PREFIX + id;
    }
}
