package org.redress.engine;

import camundajar.impl.scala.util.Either;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.function.FeelCustomFunctionProvider;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.feel.FeelEngine;
import org.camunda.feel.FeelEngineClock;
import org.camunda.feel.syntaxtree.ParsedExpression;

/**
 * FEEL as the house speaks it: {@code today()} and {@code now()} follow the engine's clock, and each expression is
 * parsed once. The stock engine parses every cell of a table at every evaluation, which costs a long table tens of
 * milliseconds.
 */
final class HouseFeel extends ScalaFeelEngine {

    HouseFeel(List<FeelCustomFunctionProvider> functions, ZoneId zone) {
        super(functions);
        Clock clock = new EngineClock().clock().withZone(zone);
        feelEngine = new ParsedOnce(feelEngine, () -> ZonedDateTime.now(clock));
    }

    /** Lists come out as plain ones: history could not read the Scala engine's own back. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
        Object value = super.evaluateSimpleExpression(expression, variables);
        return (T) (value instanceof List<?> list ? new ArrayList<>(list) : value);
    }

    /** What is parsed is the text of deployed models, so the caches are as small as those. */
    // The stock engine itself calls these on every evaluation
    @SuppressWarnings("deprecation")
    private static final class ParsedOnce extends FeelEngine {

        private final Map<String, Either<FeelEngine.Failure, ParsedExpression>> expressions = new ConcurrentHashMap<>();
        private final Map<String, Either<FeelEngine.Failure, ParsedExpression>> unaryTests = new ConcurrentHashMap<>();

        private ParsedOnce(FeelEngine stock, FeelEngineClock clock) {
            super(stock.functionProvider(), stock.valueMapper(), stock.configuration(), clock);
        }

        @Override
        public Either<FeelEngine.Failure, ParsedExpression> parseExpression(String text) {
            return expressions.computeIfAbsent(text, super::parseExpression);
        }

        @Override
        public Either<FeelEngine.Failure, ParsedExpression> parseUnaryTests(String text) {
            return unaryTests.computeIfAbsent(text, super::parseUnaryTests);
        }
    }
}
