package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that a Camunda Form names: its fields, its lists, and whatever its expressions and texts may show. */
final class FormNames {

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> NAMING = Set.of("key", "path", "valuesKey");

    private FormNames() {}

    /** The names in the form; words of the expression language may be among them. */
    static Set<String> of(JsonNode form) {
        Set<String> names = new TreeSet<>();
        collect(form, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            collect(node.textValue(), names);
        }
        node.properties().forEach(property -> {
            JsonNode value = property.getValue();
            if (NAMING.contains(property.getKey()) && value.isTextual()) {
                addNames(value.textValue(), names);
            } else {
                collect(value, names);
            }
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, names));
        }
    }

    private static void collect(String text, Set<String> names) {
        if (text.startsWith("=")) {
            addNames(text, names);
            return;
        }
        Matcher template = TEMPLATE.matcher(text);
        while (template.find()) {
            addNames(template.group(1), names);
        }
    }

    private static void addNames(String expression, Set<String> names) {
        Matcher name = NAME.matcher(QUOTED.matcher(expression).replaceAll(""));
        while (name.find()) {
            names.add(name.group());
        }
    }
}
