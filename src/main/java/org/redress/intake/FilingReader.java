package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
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
        Map<String, @Nullable Object> variables = new HashMap<>();
        for (String field : fields) {
            JsonNode value = json.path(field);
            variables.put(
                    field,
                    value.isArray()
                            ? StreamSupport.stream(value.spliterator(), false)
                                    .map(JsonNode::textValue)
                                    .toList()
                            : value.textValue());
        }
        return new Filing(message, variables, CanonicalJson.hash(json));
    }
}
