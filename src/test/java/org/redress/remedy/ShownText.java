package org.redress.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;

/** The texts of a form that somebody reads who opens it: hidden ones and conditional passages that do not hold left out. */
final class ShownText {

    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();
    private static final Pattern PASSAGE = Pattern.compile("\\{\\{#if ([^}]*)}}(.*?)\\{\\{/if}}", Pattern.DOTALL);

    private ShownText() {}

    /** @param variables what the form gets to see */
    static String of(JsonNode form, Map<String, ? extends @Nullable Object> variables) {
        Map<String, @Nullable Object> known = new HashMap<>();
        variables.forEach((name, value) ->
                known.put(name, value instanceof SpinJsonNode json ? json.mapTo(Object.class) : value));
        StringBuilder text = new StringBuilder();
        for (JsonNode component : form.path("components")) {
            String hide = component.path("conditional").path("hide").asText("");
            if (component.path("type").asText().equals("text")
                    && (hide.isEmpty() || !holds(hide.substring(1), known))) {
                text.append(passages(component.path("text").asText(), known)).append('\n');
            }
        }
        return text.toString();
    }

    private static String passages(String text, Map<String, @Nullable Object> known) {
        return PASSAGE.matcher(text)
                .replaceAll((MatchResult found) ->
                        Matcher.quoteReplacement(holds(found.group(1), known) ? found.group(2) : ""));
    }

    private static boolean holds(String condition, Map<String, @Nullable Object> known) {
        return Boolean.TRUE.equals(FEEL.evaluateExpression(condition, new HashMap<String, Object>(known))
                .result());
    }
}
