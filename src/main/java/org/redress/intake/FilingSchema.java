package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The structure of what is filed: one of {@code schemas/*.schema.json} (JSON Schema 2020-12). Faults carry words of our own
 * and the schema's description of the field, since the validator's messages quote values.
 */
final class FilingSchema {

    private final JsonSchema schema;

    /** @param name of the schema, such as {@code grievance} */
    FilingSchema(String name) {
        String path = "/schemas/" + name + ".schema.json";
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .build();
        try (InputStream file = Objects.requireNonNull(FilingSchema.class.getResourceAsStream(path), path)) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(file, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is wrong with the structure; several faults may concern one field, the most basic first. */
    List<Fault> faults(JsonNode filing) {
        return schema.validate(filing).stream()
                .sorted((one, other) -> Boolean.compare(isType(other), isType(one)))
                .map(this::fault)
                .toList();
    }

    private static boolean isType(ValidationMessage message) {
        return "type".equals(message.getType());
    }

    private Fault fault(ValidationMessage message) {
        JsonNodePath place = message.getInstanceLocation();
        String limit = message.getSchemaNode().asText();
        return switch (message.getType()) {
            case "required" -> described(place.append(message.getProperty()), "Required.");
            case "dependentRequired" ->
                described(
                        place.append(String.valueOf(message.getArguments()[0])),
                        "Required together with " + message.getProperty() + ": give both or neither.");
            case "additionalProperties" -> unknown(place, message.getProperty());
            case "type" ->
                "null".equals(String.valueOf(message.getArguments()[0]))
                        ? described(place, "Must not be null: give a value, or leave out what is optional.")
                        : described(place, mustBe(limit));
            case "enum" -> Fault.at(place.toString(), "Use one of " + values(message.getSchemaNode()) + ".");
            case "minLength" -> described(place, "Must not be empty.");
            case "maxLength" -> described(place, "At most " + grouped(limit) + " characters: shorten it.");
            case "minimum" -> described(place, "Must be at least " + limit + ".");
            case "maximum" -> described(place, "Must be at most " + limit + ".");
            case "minItems" -> described(place, "Give at least one.");
            case "uniqueItems" -> Fault.at(place.toString(), "Name each value only once.");
            default -> described(place, "Not as the schema says (" + message.getType() + ").");
        };
    }

    /** The name is repeated only if it looks like a name; else the fault points to the object that holds it. */
    private static Fault unknown(JsonNodePath object, String name) {
        return StrictJson.showable(name)
                ? Fault.at(object.append(name).toString(), "Unknown field: remove it or correct its name.")
                : Fault.at(object.toString(), "Has a field whose name is unknown: remove it or correct its name.");
    }

    private Fault described(JsonNodePath place, String what) {
        JsonNode node = schema.getSchemaNode();
        for (int i = 0; i < place.getNameCount(); i++) {
            node = place.getElement(i) instanceof Integer
                    ? node.path("items")
                    : node.path("properties").path(place.getName(i));
        }
        String description = node.path("description").asText("");
        return Fault.at(place.toString(), description.isEmpty() ? what : what + " " + description);
    }

    private static String mustBe(String type) {
        return switch (type) {
            case "string" -> "Must be a text in quotes.";
            case "boolean" -> "Must be true or false, without quotes.";
            case "integer" -> "Must be a whole number, without quotes.";
            case "number" -> "Must be a number, without quotes.";
            case "array" -> "Must be a list in square brackets.";
            default -> "Must be an object in curly brackets.";
        };
    }

    private static String values(JsonNode allowed) {
        return StreamSupport.stream(allowed.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static String grouped(String number) {
        return String.format(Locale.ROOT, "%,d", Long.parseLong(number));
    }
}
