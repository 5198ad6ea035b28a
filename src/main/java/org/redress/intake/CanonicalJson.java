package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * One spelling for equal JSON, so that a repeated request is recognised whatever its white space, order of names, escapes
 * or number format ({@code 1}, {@code 1.0}, {@code 1e0}). The order of a list counts.
 */
final class CanonicalJson {

    private CanonicalJson() {}

    /** SHA-256 of the canonical form, 64 hexadecimal digits. */
    static String hash(JsonNode value) {
        try {
            byte[] text = canonical(value).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static JsonNode canonical(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
            return nodes.objectNode().setAll(sorted);
        }
        if (value.isArray()) {
            var list = nodes.arrayNode();
            value.forEach(element -> list.add(canonical(element)));
            return list;
        }
        if (value.isFloatingPointNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
            return nodes.numberNode(value.longValue());
        }
        return value.isInt() ? nodes.numberNode(value.longValue()) : value;
    }
}
