package org.redress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableImpl;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableRuleImpl;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.jspecify.annotations.Nullable;
import org.redress.coverage.RowVisits;
import org.redress.engine.CheckedDecisions;

/** One decision of the house on the decision engine of the house, without a process engine around it. */
public final class Decision {

    private static final ThreadLocal<List<String>> HITS = ThreadLocal.withInitial(ArrayList::new);
    private static final DmnEngine ENGINE = engine();

    private final DmnDecision top;
    private final Set<String> hit = new LinkedHashSet<>();

    private Decision(DmnDecision top) {
        this.top = top;
    }

    /** Reads a decision from its file below {@code dmn}, such as {@code remedy/credibility}. */
    public static Decision of(String file) {
        try (InputStream model = Files.newInputStream(Path.of("dmn", file + ".dmn"))) {
            return of(file.substring(file.lastIndexOf('/') + 1), Dmn.readModelFromStream(model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Decision of(String key, DmnModelInstance model) {
        return new Decision(ENGINE.parseDecision(key, model));
    }

    private static DmnEngine engine() {
        DefaultDmnEngineConfiguration configuration = RowVisits.notedBy(new CheckedDecisions(ZoneOffset.UTC));
        configuration.getCustomPostDecisionTableEvaluationListeners().add(event -> event.getMatchingRules().stream()
                .map(DmnEvaluatedDecisionRule::getId)
                .forEach(HITS.get()::add));
        return RowVisits.notedBy(configuration).buildEngine();
    }

    /** All rows that hit, as maps from output to value. */
    public List<Map<String, @Nullable Object>> rows(Map<String, ? extends @Nullable Object> inputs) {
        HITS.get().clear();
        List<Map<String, @Nullable Object>> rows =
                ENGINE.evaluateDecision(top, new HashMap<>(inputs)).getResultList();
        hit.addAll(HITS.get());
        return rows;
    }

    /** The one row that hits. */
    public Map<String, @Nullable Object> row(Map<String, ? extends @Nullable Object> inputs) {
        List<Map<String, @Nullable Object>> rows = rows(inputs);
        assertThat(rows).as("rows hit by %s", inputs).hasSize(1);
        return rows.get(0);
    }

    /** One output of all rows that hit. */
    public List<@Nullable Object> all(String output, Map<String, ? extends @Nullable Object> inputs) {
        List<@Nullable Object> values = new ArrayList<>();
        rows(inputs).forEach(row -> values.add(row.get(output)));
        return values;
    }

    /** Ids of the rows hit by the last evaluation in this thread, those of required decisions too. */
    public static List<String> lastHits() {
        return List.copyOf(HITS.get());
    }

    /** Rows of this decision and of those that it requires that no evaluation has hit yet. */
    public Set<String> rowsNeverHit() {
        Set<String> never = new TreeSet<>();
        collect(top, never);
        never.removeAll(hit);
        return never;
    }

    private static void collect(DmnDecision decision, Set<String> rules) {
        ((DmnDecisionTableImpl) decision.getDecisionLogic())
                .getRules().stream().map(DmnDecisionTableRuleImpl::getId).forEach(rules::add);
        decision.getRequiredDecisions().forEach(required -> collect(required, rules));
    }

    /** Inputs from {@code name, value, name, value …}; unlike {@link Map#of} it takes nulls. */
    public static Map<String, @Nullable Object> given(@Nullable Object... pairs) {
        assertThat(pairs.length % 2).as(Arrays.toString(pairs)).isZero();
        Map<String, @Nullable Object> inputs = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            inputs.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return inputs;
    }

    /** The inputs with some of them replaced. */
    public static Map<String, @Nullable Object> with(
            Map<String, ? extends @Nullable Object> base, @Nullable Object... pairs) {
        Map<String, @Nullable Object> inputs = new HashMap<>(base);
        inputs.putAll(given(pairs));
        return inputs;
    }

    /** The inputs without some of them. */
    public static Map<String, @Nullable Object> without(Map<String, ? extends @Nullable Object> base, String... names) {
        Map<String, @Nullable Object> inputs = new HashMap<>(base);
        Arrays.asList(names).forEach(inputs::remove);
        return inputs;
    }
}
