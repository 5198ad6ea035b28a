package org.redress.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What the forms say that a variable holds which is not confidential: a choice, a tick, a number, a date, or words. Of several
 * fields of one name, in forms of any deployed version, each counts.
 *
 * @param words whether some form asks for plain words
 * @param codes whether the choices are known only when the form is shown
 * @param shapes how texts look that stand for a number, a date or a tick
 * @param choices the values of its choices
 */
record PlainField(boolean words, boolean codes, Set<Shape> shapes, Set<String> choices) {

    /**
     * What no form asks for is a code or a reference: an id, a state, a moment, the name of a role or an organisation. The
     * engine gives its ids and groups 64 characters; a handful of them, or two moments, fit in twice as many. A narrative does
     * not.
     */
    static final int LONGEST_CODE = 128;

    private static final Pattern CODE = Pattern.compile("\\S{1," + LONGEST_CODE + "}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Of a name that no form has. */
    static final PlainField CODE_OR_REFERENCE = new PlainField(false, true, Set.of(), Set.of());

    /** How a text looks that stands for something else. */
    enum Shape {
        /** A number in figures. */
        NUMBER("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?"),
        /** A date, a time of day, or both. */
        DATE("[0-9TZ:+.-]{1,40}"),
        /** A tick. */
        TICK("true|false");

        private final Pattern pattern;

        Shape(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    /** What one field of a form says; null when it asks for nothing. */
    static @Nullable PlainField of(JsonNode component) {
        switch (component.path("type").asText()) {
            case "textfield", "textarea" -> {
                return new PlainField(true, false, Set.of(), Set.of());
            }
            case "number" -> {
                return new PlainField(false, false, Set.of(Shape.NUMBER), Set.of());
            }
            case "datetime" -> {
                return new PlainField(false, false, Set.of(Shape.DATE), Set.of());
            }
            case "checkbox" -> {
                return new PlainField(false, false, Set.of(Shape.TICK), Set.of());
            }
            case "radio", "select", "checklist", "taglist" -> {
                Set<String> choices = new HashSet<>();
                component
                        .path("values")
                        .forEach(choice -> choices.add(choice.path("value").asText()));
                return new PlainField(false, !component.has("values"), Set.of(), choices);
            }
            case "dynamiclist" -> {
                // Its rows are told by the fields in it.
                return CODE_OR_REFERENCE;
            }
            default -> {
                return null;
            }
        }
    }

    /** Both: what either takes. */
    PlainField or(PlainField other) {
        return new PlainField(
                words || other.words, codes || other.codes, both(shapes, other.shapes), both(choices, other.choices));
    }

    private static <T> Set<T> both(Set<T> one, Set<T> two) {
        Set<T> all = new HashSet<>(one);
        all.addAll(two);
        return Set.copyOf(all);
    }

    /**
     * Whether the value looks like what these fields say that the name holds. Within a list each part must; within an object
     * each under its own name.
     */
    static boolean takes(Map<String, PlainField> fields, String name, @Nullable Object value) {
        if (EngineValues.isNothing(value)) {
            return true;
        }
        Object plain = EngineValues.plain(value);
        if (plain instanceof Boolean || plain instanceof Number || plain instanceof Date) {
            return true;
        }
        try {
            if (plain instanceof String text) {
                boolean json = value instanceof org.camunda.bpm.engine.variable.value.SerializableValue;
                return json ? takes(fields, name, MAPPER.readTree(text)) : takesText(fields, name, text);
            }
            if (plain instanceof SpinJsonNode json) {
                return takes(fields, name, MAPPER.readTree(json.toString()));
            }
            if (plain instanceof Collection<?> || plain instanceof Map<?, ?> || plain instanceof JsonNode) {
                return takes(fields, name, MAPPER.<JsonNode>valueToTree(plain));
            }
        } catch (JsonProcessingException e) {
            return false;
        }
        // A file, or an object that only Java could read.
        return false;
    }

    private static boolean takes(Map<String, PlainField> fields, String name, JsonNode json) {
        if (json.isTextual()) {
            return takesText(fields, name, json.asText());
        }
        for (JsonNode part : json.isArray() ? json : MAPPER.createArrayNode()) {
            if (!takes(fields, name, part)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> part : json.properties()) {
            if (!CODE.matcher(part.getKey()).matches() || !takes(fields, part.getKey(), part.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean takesText(Map<String, PlainField> fields, String name, String text) {
        PlainField field = fields.getOrDefault(name, CODE_OR_REFERENCE);
        return field.words
                || text.isBlank()
                || field.choices.contains(text)
                || field.shapes.stream()
                        .anyMatch(shape -> shape.pattern.matcher(text).matches())
                || (field.codes && CODE.matcher(text).matches());
    }

    /** What such a field holds, in words for whoever wrote something else. */
    static String wanted(@Nullable PlainField field) {
        PlainField known = field == null ? CODE_OR_REFERENCE : field;
        if (!known.choices.isEmpty()) {
            return "one of the choices of its form";
        }
        if (known.codes || known.shapes.isEmpty()) {
            return "a code or a reference without spaces, of at most " + LONGEST_CODE + " characters";
        }
        return known.shapes.contains(Shape.NUMBER)
                ? "a number"
                : known.shapes.contains(Shape.DATE) ? "a date, such as 2026-03-14" : "true or false";
    }
}
