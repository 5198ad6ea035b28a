package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From bytes to a filing whose fields are all texts or lists of texts, or to all the faults at once, one for each field. */
final class FilingReader {

    private final FilingSchema schema;
    private final String message;
    private final List<String> fields;
    private final Function<JsonNode, List<Fault>> rules;

    /**
     * @param schema name of its schema
     * @param message the message that begins the case
     * @param fields every field of the schema, each a variable of the same name
     * @param rules what a schema cannot say
     */
    FilingReader(String schema, String message, List<String> fields, Function<JsonNode, List<Fault>> rules) {
        this.schema = new FilingSchema(schema);
        this.message = message;
        this.fields = fields;
        this.rules = rules;
    }

    /** @throws RefusedRequest 400 */
    Filing read(byte[] body) {
        JsonNode json = StrictJson.read(body);
        Map<String, Fault> faults = new LinkedHashMap<>();
        // The rules know more about their fields than the schema, so their words win
        GrievanceRules.unreadableTexts(json)
                .forEach(fault -> faults.putIfAbsent(String.valueOf(fault.pointer()), fault));
        rules.apply(json).forEach(fault -> faults.putIfAbsent(String.valueOf(fault.pointer()), fault));
        schema.faults(json).forEach(fault -> faults.putIfAbsent(String.valueOf(fault.pointer()), fault));
        if (!faults.isEmpty()) {
            throw RefusedRequest.faulty(List.copyOf(faults.values()));
        }
        return new Texts(message, json, fields);
    }

    private static final class Texts implements Filing {

        private final String message;
        private final Map<String, @Nullable Object> variables = new HashMap<>();
        private final String hash;

        private Texts(String message, JsonNode body, List<String> fields) {
            this.message = message;
            for (String field : fields) {
                JsonNode value = body.path(field);
                variables.put(
                        field,
                        value.isArray()
                                ? java.util.stream.StreamSupport.stream(value.spliterator(), false)
                                        .map(JsonNode::textValue)
                                        .toList()
                                : value.textValue());
            }
            hash = CanonicalJson.hash(body);
        }

        @Override
        public String message() {
            return message;
        }

        @Override
        public Map<String, @Nullable Object> variables() {
            return variables;
        }

        @Override
        public String hash() {
            return hash;
        }

        @Override
        public String toString() {
            return message;
        }
    }
}
