package org.redress.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;
import org.camunda.spin.plugin.variable.value.impl.JsonValueImpl;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;

/** Between what the engine calls a value and what the vault seals. */
final class EngineValues {

    /** What somebody sees who may not read a text. */
    static final String MASK = "•••";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JSON = "Json";
    private static final String OBJECT = "Object ";
    private static final String JSON_FORMAT = "application/json";

    private EngineValues() {}

    /** The plain Java value of a variable; text for what is serialized. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof SerializableValue serializable && !serializable.isDeserialized()) {
            return serializable.getValueSerialized();
        }
        return value instanceof TypedValue typed ? typed.getValue() : value;
    }

    /** Null, a blank text, an empty list: it says nothing, and there is nothing to keep secret. */
    static boolean isNothing(@Nullable Object value) {
        Object plain = plain(value);
        if (plain == null) {
            return true;
        }
        if (plain instanceof String text) {
            String stripped = text.strip();
            boolean serialized = value instanceof SerializableValue;
            return stripped.isEmpty() || (serialized && (stripped.equals("[]") || stripped.equals("null")));
        }
        if (plain instanceof SpinJsonNode json) {
            return json.isNull() || (json.isArray() && json.elements().isEmpty());
        }
        return plain instanceof Collection<?> collection && collection.isEmpty();
    }

    /** Whether it is what the product shows in place of a value that one may not read. */
    static boolean isMask(@Nullable Object value) {
        return MASK.equals(plain(value));
    }

    /**
     * The value, ready to be sealed.
     *
     * @param name of the variable, for the message
     * @throws InvalidInput if it is a file, bytes or an object that only Java could read
     */
    static Content content(String name, Object value) {
        if (value instanceof ObjectValue object && !object.isDeserialized()) {
            if (!JSON_FORMAT.equals(object.getSerializationDataFormat())) {
                throw refused(name);
            }
            return new Content(OBJECT + object.getObjectTypeName(), object.getValueSerialized());
        }
        if (value instanceof SerializableValue serializable && !serializable.isDeserialized()) {
            if (!(serializable instanceof JsonValueImpl)) {
                throw refused(name);
            }
            return new Content(JSON, serializable.getValueSerialized());
        }
        Object plain = plain(value);
        if (plain instanceof String text) {
            return new Content("String", text);
        }
        if (plain instanceof Boolean
                || plain instanceof Integer
                || plain instanceof Long
                || plain instanceof Short
                || plain instanceof Double) {
            return new Content(plain.getClass().getSimpleName(), plain.toString());
        }
        if (plain instanceof Date date) {
            return new Content("Date", date.toInstant().toString());
        }
        if (plain instanceof SpinJsonNode json) {
            return new Content(JSON, json.toString());
        }
        if (plain instanceof Collection<?> || plain instanceof Map<?, ?> || plain instanceof JsonNode) {
            try {
                return new Content(JSON, MAPPER.writeValueAsString(plain));
            } catch (JsonProcessingException e) {
                throw refused(name);
            }
        }
        throw refused(name);
    }

    private static InvalidInput refused(String name) {
        return new InvalidInput("The confidential field " + name
                + " takes texts, numbers, dates and Json: files and Java objects are not kept in variables");
    }

    /**
     * The value as the engine would give it.
     *
     * @param deserialize whether Json is wanted as an object too, not as text alone
     */
    static TypedValue typed(Content content, boolean deserialize) {
        String text = content.text();
        if (content.type().startsWith(OBJECT)) {
            return Variables.serializedObjectValue(text)
                    .serializationDataFormat(JSON_FORMAT)
                    .objectTypeName(content.type().substring(OBJECT.length()))
                    .create();
        }
        return switch (content.type()) {
            case "String" -> Variables.stringValue(text);
            case "Boolean" -> Variables.booleanValue(Boolean.valueOf(text));
            case "Integer" -> Variables.integerValue(Integer.valueOf(text));
            case "Long" -> Variables.longValue(Long.valueOf(text));
            case "Short" -> Variables.shortValue(Short.valueOf(text));
            case "Double" -> Variables.doubleValue(Double.valueOf(text));
            case "Date" -> Variables.dateValue(Date.from(Instant.parse(text)));
            case JSON -> json(text, deserialize);
            default -> throw new IllegalStateException("Nobody knows the type " + content.type());
        };
    }

    private static TypedValue json(String text, boolean deserialize) {
        SpinJsonNode node = deserialize ? Spin.JSON(text) : null;
        return new JsonValueImpl(node, text, JSON_FORMAT, deserialize);
    }

    /** What is shown in place of a value of this type; lists, numbers and the like look empty. */
    static @Nullable TypedValue mask(String type) {
        return type.equals("String") ? Variables.stringValue(MASK) : null;
    }
}
