package org.redress.vault;

import java.nio.charset.StandardCharsets;

/**
 * A confidential value as it is sealed.
 *
 * @param type name of its type, such as {@code String} or {@code Json}
 * @param text the value as text
 */
record Content(String type, String text) {

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Content of(String type, byte[] bytes) {
        return new Content(type, new String(bytes, StandardCharsets.UTF_8));
    }

    /** Says nothing of the value: it could end in a log. */
    @Override
    public String toString() {
        return type;
    }
}
