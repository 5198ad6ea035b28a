package org.redress.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Camunda Form. */
record FormFile(String file, JsonNode json) {

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Set<String> WORDS_OF_TEMPLATES = Set.of("this", "parent", "_this_", "_parent_");

    /** A field that writes a variable. For a dynamic list the variable is its path, not the keys inside. */
    record Field(String id, String variable, JsonNode json) {

        Optional<String> property(String name) {
            return Optional.ofNullable(json.at("/properties/" + name).textValue());
        }

        /** Shows the value and does not ask for it. */
        boolean isShownOnly() {
            return json.path("disabled").asBoolean(false)
                    || json.path("readonly").asBoolean(false);
        }
    }

    static FormFile read(String file, String text) {
        try {
            return new FormFile(file, new ObjectMapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    String id() {
        return json.path("id").asText();
    }

    Finding finding(String element, String message) {
        return new Finding(file, element, message);
    }

    /** Whether one of its texts, those in groups too, holds this link. */
    boolean leadsTo(String link) {
        return holds(json, link);
    }

    private static boolean holds(JsonNode component, String link) {
        if (component.path("text").asText("").contains(link)) {
            return true;
        }
        for (JsonNode inside : component.path("components")) {
            if (holds(inside, link)) {
                return true;
            }
        }
        return false;
    }

    /** The fields that write a variable of the process, those in groups too. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        collectFields(json.path("components"), fields);
        return fields;
    }

    private static void collectFields(JsonNode components, List<Field> fields) {
        for (JsonNode component : components) {
            String id = component.path("id").asText();
            String path = component.path("path").asText("");
            if (component.hasNonNull("key")) {
                fields.add(new Field(id, component.path("key").asText(), component));
            } else if (!path.isEmpty()) {
                fields.add(new Field(id, root(path), component));
                continue;
            }
            collectFields(component.path("components"), fields);
        }
    }

    private static String root(String path) {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    }

    /** The variables that the form shows or that steer it, but for those that the form asks for itself. */
    Set<String> shown() {
        Set<String> names = reads();
        fields().forEach(field -> names.remove(field.variable()));
        return names;
    }

    /** Every name in texts, conditions, computed values and lists of choices. */
    Set<String> reads() {
        Set<String> names = new TreeSet<>();
        collectReads(json, names);
        fields().stream().filter(Field::isShownOnly).map(Field::variable).forEach(names::add);
        return names;
    }

    private static void collectReads(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            collectReads(node.textValue(), names);
            return;
        }
        if (node.hasNonNull("valuesKey")) {
            names.add(root(node.path("valuesKey").asText()));
        }
        node.forEach(child -> collectReads(child, names));
    }

    private static void collectReads(String text, Set<String> names) {
        if (text.startsWith("=")) {
            names.addAll(Feel.names(text.substring(1)));
            return;
        }
        // Inside a loop a name may be a field of the item at hand: only the list itself surely is a variable.
        int depth = 0;
        Matcher matcher = TEMPLATE.matcher(text);
        while (matcher.find()) {
            String inner = matcher.group(1).trim();
            if (inner.startsWith("/")) {
                depth -= inner.equals("/loop") ? 1 : 0;
                continue;
            }
            boolean loop = inner.startsWith("#loop ");
            if (depth == 0) {
                String expression = inner.replaceFirst("^#(if|loop) ", "").replaceFirst("^=", "");
                Set<String> found = new TreeSet<>(Feel.names(expression));
                found.removeAll(WORDS_OF_TEMPLATES);
                names.addAll(found);
            }
            depth += loop ? 1 : 0;
        }
    }
}
