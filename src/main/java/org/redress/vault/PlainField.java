package org.redress.vault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
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
     * not, and in scripts that put no spaces between words a short one would: so the letters are those of ids.
     */
    static final int LONGEST_CODE = 128;

    /** How many codes, and names of no form, a list or an object has. */
    static final int MOST_CODES = 50;

    /** How long these are together: 50 organisations, or 30 random ids. */
    static final int ALL_CODES = 1_200;

    /** How many answers to what forms ask: rows of a form, members who are present. */
    private static final int MOST_PARTS = 1_000;

    private static final int LONGEST_NUMBER = 40;

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:@/+,-]{1," + LONGEST_CODE + "}");

    /** Blanks, and a list of none, say nothing, when they are plain ones. */
    private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n]{0," + LONGEST_CODE + "}");

    private static final Pattern NOTHING = Pattern.compile(BLANK + "(\\[]|null)?" + BLANK);

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.$<>,]{0," + LONGEST_CODE + "}");
    private static final Set<String> FORMATS = Set.of("application/json", "application/xml");

    /** What the engine keeps is the text as it came: what stands twice, or after the end, would be read by nobody here. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

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
            default -> {
                // Of a dynamic list the rows are told by the fields in it.
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

    /** Whether what stands beside a value tells no more than how to read it: the engine keeps that, too, and in clear. */
    static boolean isPlainlyTyped(@Nullable Object value) {
        if (!(value instanceof ObjectValue object)) {
            return true;
        }
        String type = object.getObjectTypeName();
        String format = object.getSerializationDataFormat();
        return (type == null || TYPE.matcher(type).matches()) && (format == null || FORMATS.contains(format));
    }

    /**
     * Whether the value looks like what these fields say that the name holds. Within a list each part must; within an object
     * each under its own name; and of both there is only so much.
     */
    static boolean takes(Map<String, PlainField> fields, String name, @Nullable Object value) {
        Object plain = EngineValues.plain(value);
        if (plain == null) {
            return true;
        }
        if (EngineValues.isNothing(value)) {
            return !(plain instanceof String text)
                    || NOTHING.matcher(text).matches()
                    || fields.getOrDefault(name, CODE_OR_REFERENCE).words;
        }
        if (plain instanceof Boolean || plain instanceof Number || plain instanceof Date) {
            return true;
        }
        try {
            if (plain instanceof String text) {
                boolean json = value instanceof SerializableValue;
                return json
                        ? new Parts(fields).takeAll(name, text)
                        : fields.getOrDefault(name, CODE_OR_REFERENCE).takesText(text);
            }
            if (plain instanceof SpinJsonNode json) {
                return new Parts(fields).takeAll(name, json.toString());
            }
            if (plain instanceof Collection<?> || plain instanceof Map<?, ?> || plain instanceof JsonNode) {
                return new Parts(fields).takeAll(name, MAPPER.writeValueAsString(plain));
            }
        } catch (IOException e) {
            return false;
        }
        // A file, or an object that only Java could read.
        return false;
    }

    private boolean takesText(String text) {
        return words || BLANK.matcher(text).matches() || isOfTheForm(text) || (codes && isCode(text));
    }

    private boolean isOfTheForm(String text) {
        return choices.contains(text)
                || shapes.stream().anyMatch(shape -> shape.pattern.matcher(text).matches());
    }

    private static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** Goes through a list or an object, and counts what it holds. */
    private static final class Parts {

        private final Map<String, PlainField> fields;
        private int parts;
        private int codes;
        private int ofCodes;

        private Parts(Map<String, PlainField> fields) {
            this.fields = fields;
        }

        /** As it is written, and kept: a number that was read would be shorter than its digits, or endless. */
        private boolean takeAll(String name, String written) throws IOException {
            try (JsonParser json = MAPPER.createParser(written)) {
                return json.nextToken() == null
                        ? fields.containsKey(name)
                        : take(name, json) && json.nextToken() == null;
            }
        }

        private boolean take(String name, JsonParser json) throws IOException {
            if (json.isExpectedStartArrayToken()) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (!take(name, json)) {
                        return false;
                    }
                }
                return true;
            }
            if (json.isExpectedStartObjectToken()) {
                for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
                    boolean known = fields.containsKey(part) || code(part);
                    json.nextToken();
                    if (!known || !take(part, json)) {
                        return false;
                    }
                }
                return true;
            }
            PlainField field = fields.getOrDefault(name, CODE_OR_REFERENCE);
            String text = json.getText();
            if (++parts > MOST_PARTS) {
                return false;
            }
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return text.length() <= LONGEST_NUMBER && (fields.containsKey(name) || code(text));
            }
            return fields.containsKey(name)
                    ? field.takesText(text)
                    : BLANK.matcher(text).matches() || code(text);
        }

        private boolean code(String text) {
            ofCodes += text.length();
            return ++codes <= MOST_CODES && ofCodes <= ALL_CODES && isCode(text);
        }
    }

    /** What such a field holds, in words for whoever wrote something else. */
    static String wanted(@Nullable PlainField field) {
        PlainField known = field == null ? CODE_OR_REFERENCE : field;
        if (!known.choices.isEmpty()) {
            return "one of the choices of its form";
        }
        if (known.codes || known.shapes.isEmpty()) {
            return "a code or a reference without spaces, of at most " + LONGEST_CODE
                    + " characters (A to Z, a to z, 0 to 9 and _ . : @ / + , -), or a list of at most " + MOST_CODES
                    + " of them, " + ALL_CODES + " characters in all";
        }
        return known.shapes.contains(Shape.NUMBER)
                ? "a number"
                : known.shapes.contains(Shape.DATE) ? "a date, such as 2026-03-14" : "true or false";
    }
}
