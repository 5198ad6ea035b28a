package org.redress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The confidential fields of all forms, as the modeller marked them. Whatever text a process test answers to one of them
 * carries a marker, so that at the end of the run everything can be searched for it.
 */
public final class Confidential {

    /** Stands nowhere else. */
    public static final String MARKER = "kanarienvogel";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> TEXTS = Set.of("textarea", "textfield");
    private static final Map<String, String> FIELDS = read();
    private static final Set<String> PLANTED = new ConcurrentSkipListSet<>();

    private Confidential() {}

    /** From the name of each confidential variable to the type of its field. */
    public static Map<String, String> fields() {
        return FIELDS;
    }

    /** The confidential fields into which somebody writes words. */
    public static Set<String> texts() {
        return FIELDS.entrySet().stream()
                .filter(field -> TEXTS.contains(field.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which of them were answered with the marker in this run. */
    public static Set<String> planted() {
        return Set.copyOf(PLANTED);
    }

    /** The answer, with the marker if the field is a confidential text. */
    public static @Nullable Object marked(String name, @Nullable Object answer) {
        if (!(answer instanceof String text) || text.isBlank() || !TEXTS.contains(FIELDS.getOrDefault(name, ""))) {
            return answer;
        }
        PLANTED.add(name);
        return text.contains(MARKER) ? text : text + " " + MARKER;
    }

    /** What was answered, without the marker. */
    public static String plain(@Nullable Object shown) {
        return String.valueOf(shown).replace(" " + MARKER, "");
    }

    private static Map<String, String> read() {
        Map<String, String> fields = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            for (Path form :
                    files.filter(file -> file.toString().endsWith(".form")).toList()) {
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
                JsonNode name = component.path("properties").has("shows")
                        ? component.path("properties").path("shows")
                        : component.path(component.has("key") ? "key" : "path");
                fields.put(name.asText(), component.path("type").asText());
            }
            collect(component.path("components"), fields);
        }
    }
}
