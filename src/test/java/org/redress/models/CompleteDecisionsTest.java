package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.impl.hitpolicy.DmnHitPolicyException;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redress.engine.BadDecisionInput;

/**
 * Every input that a decision allows gets its answer: exactly one from a UNIQUE or FIRST table, at least one where the
 * order of the rows counts. Asks all combinations of the allowed words and of the numbers around those in the cells, or
 * a fixed sample of them where they are many.
 */
class CompleteDecisionsTest {

    private static final int SAMPLE = 300;
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w\"])\\d+");
    private static final Set<String> NUMBERS = Set.of("integer", "long", "double");

    static Stream<DecisionFile> decisions() {
        return Models.in(Path.of("")).decisions().stream();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyAllowedInputIsAnswered(DecisionFile file) {
        Decision top = top(file);
        HitPolicy policy = ((DecisionTable) top.getExpression()).getHitPolicy();
        org.redress.Decision decision = org.redress.Decision.of(top.getId(), file.dmn());
        Map<String, List<@Nullable Object>> columns = columns(file);
        int answered = 0;
        for (Map<String, @Nullable Object> inputs : combinations(columns)) {
            try {
                int rows = decision.rows(inputs).size();
                if (policy == HitPolicy.RULE_ORDER) {
                    assertThat(rows).as("rows for %s", inputs).isPositive();
                } else if (policy != HitPolicy.COLLECT) {
                    assertThat(rows).as("rows for %s", inputs).isEqualTo(1);
                }
                answered++;
            } catch (BadDecisionInput e) {
                assertThat(e).as("%s is allowed", inputs).hasMessageNotContaining("no rule fits");
            } catch (DmnHitPolicyException e) {
                fail("More than one row for " + inputs, e);
            }
        }
        assertThat(answered).as("combinations that the columns allow").isPositive();
    }

    private static Decision top(DecisionFile file) {
        Set<String> required = file.required();
        return file.decisions().stream()
                .filter(decision -> !required.contains(decision.getId()))
                .findFirst()
                .orElseThrow();
    }

    /** What may be asked of each variable that the tables read from outside. */
    private static Map<String, List<@Nullable Object>> columns(DecisionFile file) {
        Map<String, Set<@Nullable Object>> columns = new LinkedHashMap<>();
        for (DecisionTable table : file.tables()) {
            List<Input> inputs = List.copyOf(table.getInputs());
            for (int column = 0; column < inputs.size(); column++) {
                Input input = inputs.get(column);
                String text = DecisionFile.text(input);
                if (!file.computes(text)) {
                    String variable = new TreeSet<>(Feel.names(text)).first();
                    columns.computeIfAbsent(variable, name -> new LinkedHashSet<>())
                            .addAll(values(input, table, column));
                }
            }
        }
        Map<String, List<@Nullable Object>> all = new LinkedHashMap<>();
        columns.forEach((name, values) -> all.put(name, new ArrayList<>(values)));
        return all;
    }

    private static Set<@Nullable Object> values(Input input, DecisionTable table, int column) {
        Set<@Nullable Object> values = new LinkedHashSet<>();
        String allowed = DecisionFile.allowed(input);
        String type = String.valueOf(input.getInputExpression().getTypeRef());
        Set<String> cells = new LinkedHashSet<>();
        for (Rule rule : table.getRules()) {
            InputEntry entry = List.copyOf(rule.getInputEntries()).get(column);
            cells.add(entry.getText().getTextContent());
        }
        if (type.equals("boolean")) {
            values.addAll(List.of(true, false));
        } else if (type.equals("date")) {
            values.addAll(List.of("2020-01-01", "2023-12-31", "2024-06-30", "2024-12-31"));
        } else if (NUMBERS.contains(type)) {
            values.addAll(List.of(0, 1, 3, 100));
            for (String cell : cells) {
                for (Matcher number = NUMBER.matcher(cell); number.find(); ) {
                    int bound = Integer.parseInt(number.group());
                    values.addAll(List.of(bound - 1, bound, bound + 1));
                }
            }
        } else {
            Set<String> texts = new LinkedHashSet<>(Feel.texts(allowed));
            cells.forEach(cell -> texts.addAll(Feel.texts(cell)));
            texts.removeIf(text -> text.startsWith("^"));
            // a column without a type is a list
            texts.forEach(text -> values.add(type.equals("string") ? text : List.of(text)));
        }
        values.add(null);
        return values;
    }

    private static List<Map<String, @Nullable Object>> combinations(Map<String, List<@Nullable Object>> columns) {
        long all = columns.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
        Random random = new Random(2026);
        List<Map<String, @Nullable Object>> combinations = new ArrayList<>();
        for (long n = 0; n < Math.min(all, SAMPLE); n++) {
            long rest = n;
            Map<String, @Nullable Object> inputs = new HashMap<>();
            for (Map.Entry<String, List<@Nullable Object>> column : columns.entrySet()) {
                List<@Nullable Object> values = column.getValue();
                // "nothing" comes last; a sample that is mostly empty would mostly be refused
                int choice = all <= SAMPLE
                        ? (int) (rest % values.size())
                        : random.nextInt(random.nextInt(4) == 0 ? values.size() : Math.max(1, values.size() - 1));
                rest /= values.size();
                inputs.put(column.getKey(), values.get(choice));
            }
            combinations.add(inputs);
        }
        return combinations;
    }
}
