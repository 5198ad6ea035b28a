package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Checks submitted values against a Camunda Form, by the rules that the form itself applies in the browser and with its
 * messages: required, lengths, ranges, patterns, choices, dates, and what is hidden. A value that is no field of the form
 * is refused, so that nobody writes other variables of the case while completing a task.
 */
final class FormCheck {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();
    private static final Set<String> LISTS = Set.of("checklist", "taglist");
    private static final Set<String> CHOICES = Set.of("radio", "select");

    private final JsonNode form;

    FormCheck(JsonNode form) {
        this.form = form;
    }

    String id() {
        return form.path("id").asText();
    }

    /**
     * @param submitted what was sent; collections for lists
     * @param known the variables that the form can see, for conditions and choices
     */
    List<FormProblem> problems(Map<String, @Nullable Object> submitted, Map<String, @Nullable Object> known) {
        Map<String, @Nullable Object> all = values(submitted, known);
        Set<String> keys = new HashSet<>();
        collectKeys(form.path("components"), keys);
        List<FormProblem> problems = new ArrayList<>();
        for (String name : submitted.keySet()) {
            if (!keys.contains(name)) {
                problems.add(new FormProblem(name, "is no field of the form " + id() + ": leave it out"));
            }
        }
        check(form.path("components"), submitted, all, problems);
        return problems;
    }

    /**
     * What counts once the form is filled in: for a field what was sent, and nothing where nothing was, since the form hid or
     * emptied it, whatever an earlier round had entered there; for what the form only shows, and for all else, what is known.
     */
    Map<String, @Nullable Object> values(Map<String, @Nullable Object> submitted, Map<String, @Nullable Object> known) {
        Map<String, @Nullable Object> values = new HashMap<>(known);
        enterable(form).forEach(key -> values.put(key, submitted.get(key)));
        return values;
    }

    /** The fields of a form less what it only shows. */
    static Set<String> enterable(JsonNode form) {
        Set<String> keys = new HashSet<>();
        collectKeys(form.path("components"), keys);
        keys.removeAll(shownOnly(form.path("components")));
        return keys;
    }

    private static Set<String> shownOnly(JsonNode components) {
        Set<String> keys = new HashSet<>();
        for (JsonNode component : components) {
            if (component.path("disabled").asBoolean()
                    || component.path("readonly").asBoolean()) {
                collectKeys(MAPPER.createArrayNode().add(component), keys);
            }
            // The columns of a list belong to its rows.
            if (!component.path("type").asText().equals("dynamiclist")) {
                keys.addAll(shownOnly(component.path("components")));
            }
        }
        return keys;
    }

    private static void collectKeys(JsonNode components, Set<String> keys) {
        for (JsonNode component : components) {
            String type = component.path("type").asText();
            if (type.equals("dynamiclist")) {
                keys.add(component.path("path").asText());
            } else if (component.has("components")) {
                collectKeys(component.path("components"), keys);
            } else if (component.hasNonNull("key")) {
                keys.add(component.path("key").asText());
            }
        }
    }

    private void check(
            JsonNode components,
            Map<String, @Nullable Object> submitted,
            Map<String, @Nullable Object> all,
            List<FormProblem> problems) {
        for (JsonNode component : components) {
            if (isHidden(component, all)) {
                refuseHidden(component, submitted, problems);
                continue;
            }
            String type = component.path("type").asText();
            if (type.equals("dynamiclist")) {
                checkRows(component, submitted, all, problems);
            } else if (component.has("components")) {
                check(component.path("components"), submitted, all, problems);
            } else if (component.hasNonNull("key")) {
                String key = component.path("key").asText();
                String message = problem(component, type, submitted.get(key), all);
                if (message != null) {
                    problems.add(new FormProblem(key, label(component) + ": " + message));
                }
            }
        }
    }

    /** What the form does not ask for with these answers, its rules do not cover either: it is no answer. */
    private static void refuseHidden(
            JsonNode hidden, Map<String, @Nullable Object> submitted, List<FormProblem> problems) {
        Set<String> keys = new HashSet<>();
        collectKeys(MAPPER.createArrayNode().add(hidden), keys);
        for (String key : keys) {
            Object value = submitted.get(key);
            if (!isEmpty(value) && !Boolean.FALSE.equals(value) && !Reference.is(value)) {
                problems.add(new FormProblem(
                        key, label(hidden) + ": is not asked for with the other answers that you gave. Leave it out."));
            }
        }
    }

    private void checkRows(
            JsonNode list,
            Map<String, @Nullable Object> submitted,
            Map<String, @Nullable Object> all,
            List<FormProblem> problems) {
        Object rows = submitted.get(list.path("path").asText());
        if (rows == null || Reference.is(rows)) {
            return;
        }
        if (!(rows instanceof Collection<?> collection)) {
            problems.add(new FormProblem(list.path("path").asText(), label(list) + ": must be a list."));
            return;
        }
        for (Object row : collection) {
            if (!(row instanceof Map<?, ?> values)) {
                problems.add(
                        new FormProblem(list.path("path").asText(), label(list) + ": each row must be an object."));
                continue;
            }
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            values.forEach((name, value) -> fields.put(String.valueOf(name), value));
            Map<String, @Nullable Object> scope = new HashMap<>(all);
            scope.putAll(fields);
            check(list.path("components"), fields, scope, problems);
        }
    }

    private static boolean isHidden(JsonNode component, Map<String, @Nullable Object> all) {
        String hide = component.path("conditional").path("hide").asText("");
        if (hide.isBlank()) {
            return false;
        }
        EvaluationResult result = FEEL.evaluateExpression(
                hide.startsWith("=") ? hide.substring(1) : hide, new HashMap<String, Object>(all));
        return result.isSuccess() && Boolean.TRUE.equals(result.result());
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof String text && text.isBlank())
                || (value instanceof Collection<?> collection && collection.isEmpty());
    }

    private static @Nullable String problem(
            JsonNode field, String type, @Nullable Object value, Map<String, @Nullable Object> all) {
        if (Reference.is(value)) {
            // Somebody sent back what they may not read: it stays as it was.
            return null;
        }
        JsonNode validate = field.path("validate");
        if (isEmpty(value)) {
            return validate.path("required").asBoolean() ? "Field is required." : null;
        }
        if (type.equals("checkbox")) {
            if (!(value instanceof Boolean ticked)) {
                return "must be true or false.";
            }
            return validate.path("required").asBoolean() && !ticked ? "Field is required." : null;
        }
        if (LISTS.contains(type)) {
            return listProblem(field, value, all);
        }
        if (CHOICES.contains(type)) {
            return choices(field, all).contains(String.valueOf(value)) ? null : "must be one of the choices.";
        }
        return switch (type) {
            case "number" -> numberProblem(validate, value);
            case "datetime" -> dateProblem(field, value);
            case "textfield", "textarea" -> textProblem(validate, value);
            default -> null;
        };
    }

    private static @Nullable String listProblem(
            JsonNode field, @Nullable Object value, Map<String, @Nullable Object> all) {
        if (!(value instanceof Collection<?> collection)) {
            return "must be a list.";
        }
        Set<String> choices = choices(field, all);
        return collection.stream().map(String::valueOf).allMatch(choices::contains)
                ? null
                : "must be one of the choices.";
    }

    private static Set<String> choices(JsonNode field, Map<String, @Nullable Object> all) {
        Set<String> values = new HashSet<>();
        if (field.has("values")) {
            field.path("values")
                    .forEach(choice -> values.add(choice.path("value").asText()));
        } else if (all.get(field.path("valuesKey").asText()) instanceof Collection<?> known) {
            for (Object choice : known) {
                values.add(String.valueOf(choice instanceof Map<?, ?> map ? map.get("value") : choice));
            }
        }
        return values;
    }

    private static @Nullable String numberProblem(JsonNode validate, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            return "must be a number.";
        }
        BigDecimal amount = new BigDecimal(number.toString());
        if (validate.hasNonNull("min") && amount.compareTo(validate.path("min").decimalValue()) < 0) {
            return "Field must have minimum value of " + validate.path("min").asText() + ".";
        }
        if (validate.hasNonNull("max") && amount.compareTo(validate.path("max").decimalValue()) > 0) {
            return "Field must have maximum value of " + validate.path("max").asText() + ".";
        }
        return null;
    }

    private static @Nullable String dateProblem(JsonNode field, @Nullable Object value) {
        if (!field.path("subtype").asText("date").equals("date")) {
            return value instanceof String ? null : "must be a date and time.";
        }
        try {
            LocalDate.parse(String.valueOf(value));
            return null;
        } catch (DateTimeException e) {
            return "must be a date such as 2026-03-14.";
        }
    }

    private static @Nullable String textProblem(JsonNode validate, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return "must be a text.";
        }
        if (text.indexOf('\0') >= 0) {
            return "must not contain the character NUL.";
        }
        if (validate.hasNonNull("minLength")
                && text.length() < validate.path("minLength").asInt()) {
            return "Field must have minimum length of "
                    + validate.path("minLength").asText() + ".";
        }
        if (validate.hasNonNull("maxLength")
                && text.length() > validate.path("maxLength").asInt()) {
            return "Field must have maximum length of "
                    + validate.path("maxLength").asText() + ".";
        }
        String pattern = validate.path("pattern").asText("");
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
            return "Field must match pattern " + pattern + ".";
        }
        return null;
    }

    private static String label(JsonNode component) {
        for (String name : List.of("label", "dateLabel", "key", "path")) {
            if (component.hasNonNull(name)) {
                return component.path(name).asText();
            }
        }
        return component.path("id").asText();
    }
}
