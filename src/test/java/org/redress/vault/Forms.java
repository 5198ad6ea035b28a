package org.redress.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The confidential fields of all forms, as the modeller marked them. */
final class Forms {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Forms() {}

    /** From the name of each confidential variable to the type of its field. */
    static Map<String, String> confidential() {
        Map<String, String> fields = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            List<Path> forms =
                    files.filter(file -> file.toString().endsWith(".form")).toList();
            for (Path form : forms) {
                collect(MAPPER.readTree(form.toFile()).path("components"), fields);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private static void collect(JsonNode components, Map<String, String> fields) {
        for (JsonNode component : components) {
            if (component.path("properties").has("audience")) {
                String name = component.has("key") ? "key" : "path";
                fields.put(component.path(name).asText(), component.path("type").asText());
            }
            collect(component.path("components"), fields);
        }
    }
}
