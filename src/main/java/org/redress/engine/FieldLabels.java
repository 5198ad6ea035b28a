package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.Resource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What the forms of today call a field, for pages that show a value outside the form in which it was told. Where several forms
 * ask for the same, the first of them by its name speaks.
 */
@Component
public class FieldLabels {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern HEADING = Pattern.compile("^#+ ([^\\n{–*]*[^\\n{–*\\s])");

    private final ProcessEngine engine;
    private final SystemWork system;

    FieldLabels(@Lazy ProcessEngine engine, SystemWork system) {
        this.engine = engine;
        this.system = system;
    }

    /**
     * A field as people know it.
     *
     * @param form what the form that asks is called: without it, "What shows it?" says nothing
     * @param options the words of each answer that can be picked, in all forms that ask; empty where people write
     */
    public record Field(String label, String form, Map<String, String> options) {}

    /** The fields by the names of the variables; of one whose label is put together from a case there is none. */
    public Map<String, Field> all() {
        return system.call(() -> {
            Map<String, Field> fields = new TreeMap<>();
            engine.getRepositoryService().createProcessDefinitionQuery().latestVersion().list().stream()
                    .map(ProcessDefinition::getDeploymentId)
                    .distinct()
                    .sorted()
                    .flatMap(deployment -> engine.getRepositoryService().getDeploymentResources(deployment).stream())
                    .filter(resource -> resource.getName().endsWith(".form"))
                    .sorted(Comparator.comparing(Resource::getName))
                    .forEach(resource -> {
                        JsonNode form = read(resource);
                        collect(form, title(form), fields);
                    });
            return fields;
        });
    }

    private static void collect(JsonNode component, String form, Map<String, Field> fields) {
        String key = component.path("key").asText();
        for (String name : List.of("label", "dateLabel")) {
            String label = component.path(name).asText();
            if (!key.isEmpty() && !label.isBlank() && !label.startsWith("=") && !label.contains("{{")) {
                fields.putIfAbsent(key, new Field(label, form, new LinkedHashMap<>()));
            }
        }
        Field field = fields.get(key);
        if (field != null) {
            component.path("values").forEach(option -> field.options()
                    .putIfAbsent(
                            option.path("value").asText(), option.path("label").asText()));
        }
        component.path("components").forEach(inner -> collect(inner, form, fields));
    }

    /** Its heading, up to what is put in from a case; where there is none, its id in words. */
    private static String title(JsonNode form) {
        for (JsonNode component : form.path("components")) {
            Matcher heading = HEADING.matcher(component.path("text").asText());
            if (heading.find()) {
                return heading.group(1).strip();
            }
        }
        String words = form.path("id").asText().replace('-', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static JsonNode read(Resource form) {
        try {
            return MAPPER.readTree(new ByteArrayInputStream(form.getBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
