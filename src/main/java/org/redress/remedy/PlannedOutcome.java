package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One outcome of Level 2 as it was designed (remedy.md C.5). It is measurable and time-bound when indicator, baseline,
 * target, date and source are all there.
 *
 * @param outcome what will be different
 * @param targetDate by when, {@code yyyy-MM-dd}
 */
record PlannedOutcome(
        String outcome,
        @Nullable String indicator,
        @Nullable String unit,
        @Nullable Number baseline,
        @Nullable Number target,
        @Nullable String targetDate,
        @Nullable String source,
        boolean realistic) {

    /** @param answers the fields of the form, numbered from 1; {@code l2Outcomes} says how many count */
    static List<PlannedOutcome> of(Map<String, ?> answers) {
        int count = Integer.parseInt(Objects.toString(answers.get("l2Outcomes"), "0"));
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new PlannedOutcome(
                        Objects.toString(answers.get("l2Outcome" + number), ""),
                        text(answers.get("l2Indicator" + number)),
                        text(answers.get("l2Unit" + number)),
                        (Number) answers.get("l2Baseline" + number),
                        (Number) answers.get("l2Target" + number),
                        text(answers.get("l2TargetDate" + number)),
                        text(answers.get("l2Source" + number)),
                        "YES".equals(answers.get("l2Realistic" + number))))
                .toList();
    }

    /** The same as {@code level2-programme} wants to be told. */
    Map<String, Object> variables() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("l2Outcome", outcome);
        put(variables, "l2Indicator", indicator);
        put(variables, "l2Unit", unit);
        put(variables, "l2Baseline", baseline);
        put(variables, "l2Target", target);
        put(variables, "l2TargetDate", targetDate);
        put(variables, "l2Source", source);
        return variables;
    }

    private static void put(Map<String, Object> variables, String name, @Nullable Object value) {
        if (value != null) {
            variables.put(name, value);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
