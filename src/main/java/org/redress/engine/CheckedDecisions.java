package org.redress.engine;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnDecisionContext;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableImpl;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableResultImpl;
import org.camunda.bpm.dmn.engine.impl.spi.type.DmnDataTypeTransformer;
import org.camunda.bpm.dmn.engine.impl.spi.type.DmnDataTypeTransformerRegistry;
import org.camunda.bpm.dmn.engine.impl.transform.DefaultDmnTransformer;
import org.camunda.bpm.dmn.engine.impl.type.DefaultDataTypeTransformerRegistry;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunction;
import org.camunda.bpm.dmn.feel.impl.scala.function.FeelCustomFunctionProvider;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.model.dmn.instance.Input;
import org.jspecify.annotations.Nullable;

/**
 * The decision engine of the house: Camunda's, with three habits more.
 *
 * <ul>
 *   <li>Bad input is refused by name instead of hitting no rule (see {@link CheckedTables}).
 *   <li>A column of type {@code date} takes {@code yyyy-MM-dd} as well as {@link Date}; FEEL knows {@code firstDay(x)}
 *       and {@code lastDay(x)} for what is known to the month or year only.
 *   <li>A required COLLECT decision without a hit gives an empty list; the engine alone would leave its output unset,
 *       or as the caller set it.
 * </ul>
 */
public final class CheckedDecisions extends DefaultDmnEngineConfiguration {

    /** Dates in the future are judged by the engine's clock in this zone. */
    public CheckedDecisions(ZoneId zone) {
        DefaultDmnTransformer transformer = new DefaultDmnTransformer();
        transformer.getElementTransformHandlerRegistry().addHandler(Input.class, new CheckedInput.Reader());
        transformer.setDataTypeTransformerRegistry(new Types());
        setTransformer(transformer);
        setFeelEngineFactory(() -> new HouseFeel(List.of(new Days()), zone));
    }

    @Override
    public DmnEngine buildEngine() {
        init();
        return new Engine(this);
    }

    private static final class Engine extends DefaultDmnEngine {

        private final CheckedDecisions configuration;

        private Engine(CheckedDecisions configuration) {
            super(configuration);
            this.configuration = configuration;
        }

        @Override
        public DmnDecisionResult evaluateDecision(DmnDecision decision, VariableContext variables) {
            return new Evaluation(configuration).evaluateDecision(decision, variables);
        }

        @Override
        public DmnDecisionTableResult evaluateDecisionTable(DmnDecision decision, VariableContext variables) {
            return DmnDecisionTableResultImpl.wrap(evaluateDecision(decision, variables));
        }
    }

    private static final class Evaluation extends DefaultDmnDecisionContext {

        private Evaluation(CheckedDecisions configuration) {
            super(configuration);
            evaluationHandlers.put(DmnDecisionTableImpl.class, new CheckedTables(configuration));
        }

        @Override
        protected void addResultToVariableContext(
                DmnDecisionResult result, VariableMap variables, DmnDecision evaluated) {
            if (result.isEmpty() && evaluated.getDecisionLogic() instanceof DmnDecisionTableImpl table) {
                table.getOutputs().forEach(output -> variables.putValue(output.getOutputName(), List.of()));
            }
            super.addResultToVariableContext(result, variables, evaluated);
        }
    }

    /** The engine's types, but for {@code date}: a calendar day, kept as midnight UTC in history. */
    private static final class Types implements DmnDataTypeTransformerRegistry {

        private final DmnDataTypeTransformerRegistry stock = new DefaultDataTypeTransformerRegistry();

        @Override
        public void addTransformer(String type, DmnDataTypeTransformer transformer) {
            stock.addTransformer(type, transformer);
        }

        @Override
        public DmnDataTypeTransformer getTransformer(String type) {
            return "date".equals(type)
                    ? value -> Variables.dateValue(Date.from(
                            CalendarDays.day(value).atStartOfDay(ZoneOffset.UTC).toInstant()))
                    : stock.getTransformer(type);
        }
    }

    private static final class Days implements FeelCustomFunctionProvider {

        private final Map<String, CustomFunction> functions =
                Map.of("firstDay", function(CalendarDays::firstDay), "lastDay", function(CalendarDays::lastDay));

        private static CustomFunction function(UnaryOperator<@Nullable Object> day) {
            return CustomFunction.create()
                    .setParams("date")
                    .setFunction(arguments -> day.apply(arguments.get(0)))
                    .build();
        }

        @Override
        public Optional<CustomFunction> resolveFunction(String name) {
            return Optional.ofNullable(functions.get(name));
        }

        @Override
        public Set<String> getFunctionNames() {
            return functions.keySet();
        }
    }
}
