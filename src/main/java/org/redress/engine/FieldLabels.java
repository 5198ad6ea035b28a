package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private final ProcessEngine engine;
    private final SystemWork system;

    FieldLabels(@Lazy ProcessEngine engine, SystemWork system) {
        this.engine = engine;
        this.system = system;
    }

    /** The labels by the names of the variables; of a field whose label is put together from a case there is none. */
    public Map<String, String> all() {
        return system.call(() -> {
            Map<String, String> labels = new TreeMap<>();
            engine.getRepositoryService().createProcessDefinitionQuery().latestVersion().list().stream()
                    .map(ProcessDefinition::getDeploymentId)
                    .distinct()
                    .sorted()
                    .flatMap(deployment -> engine.getRepositoryService().getDeploymentResources(deployment).stream())
                    .filter(resource -> resource.getName().endsWith(".form"))
                    .sorted(Comparator.comparing(Resource::getName))
                    .forEach(form -> collect(read(form), labels));
            return labels;
        });
    }

    private static void collect(JsonNode component, Map<String, String> labels) {
        String key = component.path("key").asText();
        for (String name : List.of("label", "dateLabel")) {
            String label = component.path(name).asText();
            if (!key.isEmpty() && !label.isBlank() && !label.startsWith("=") && !label.contains("{{")) {
                labels.putIfAbsent(key, label);
            }
        }
        component.path("components").forEach(inner -> collect(inner, labels));
    }

    private static JsonNode read(Resource form) {
        try {
            return MAPPER.readTree(new ByteArrayInputStream(form.getBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
