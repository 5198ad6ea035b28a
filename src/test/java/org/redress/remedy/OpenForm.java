package org.redress.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A form as somebody sees it: what a condition hides is left out.
 *
 * @param form the form as it is deployed
 * @param known what it gets to see, and what is entered by now
 */
record OpenForm(JsonNode form, Map<String, @Nullable Object> known) {

    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();
    private static final Pattern PASSAGE = Pattern.compile("\\{\\{#if ([^}]*)}}(.*?)\\{\\{/if}}", Pattern.DOTALL);

    private static final Pattern VALUE = Pattern.compile("\\{\\{([^#/}][^}]*)}}");

    static OpenForm of(JsonNode form, Map<String, ? extends @Nullable Object> variables) {
        Map<String, @Nullable Object> known = new HashMap<>();
        variables.forEach((name, value) ->
                known.put(name, value instanceof SpinJsonNode json ? json.mapTo(Object.class) : value));
        return new OpenForm(form, known);
    }

    /** The same form when these fields are filled in. */
    OpenForm with(Map<String, ?> entered) {
        Map<String, @Nullable Object> all = new HashMap<>(known);
        all.putAll(entered);
        return new OpenForm(form, all);
    }

    /** Its texts, without the passages whose condition does not hold. */
    String text() {
        return shown().filter(component -> component.path("type").asText().equals("text"))
                .map(component -> passages(component.path("text").asText()))
                .collect(Collectors.joining("\n"));
    }

    /** Its fields, by name. */
    List<String> fields() {
        return shown().map(component -> component.path("key").asText(""))
                .filter(key -> !key.isEmpty())
                .toList();
    }

    private Stream<JsonNode> shown() {
        return StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> {
                    String hide = component.path("conditional").path("hide").asText("");
                    return hide.isEmpty() || !holds(hide.substring(1));
                });
    }

    private String passages(String text) {
        String shown = PASSAGE.matcher(text)
                .replaceAll(
                        (MatchResult found) -> Matcher.quoteReplacement(holds(found.group(1)) ? found.group(2) : ""));
        return VALUE.matcher(shown).replaceAll((MatchResult found) -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String expression) {
        return String.valueOf(FEEL.evaluateExpression(expression, new HashMap<String, Object>(known))
                .result());
    }

    private boolean holds(String condition) {
        return Boolean.TRUE.equals(FEEL.evaluateExpression(condition, new HashMap<String, Object>(known))
                .result());
    }
}
