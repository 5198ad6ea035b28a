package org.redress.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionLogicEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedInput;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableImpl;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableInputImpl;
import org.camunda.bpm.dmn.engine.impl.evaluation.DecisionTableEvaluationHandler;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.impl.context.CompositeVariableContext;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a decision table after it has checked what goes in. The rules of the check are in the table itself: the
 * allowed values of a column are unary tests on its value, may name other columns and {@code today()} (the engine's
 * clock), and a column that may be empty says so with {@code null}. Cells of a column of type date compare with days.
 */
final class CheckedTables extends DecisionTableEvaluationHandler {

    private static final Set<HitPolicy> MAY_BE_EMPTY = Set.of(HitPolicy.COLLECT, HitPolicy.RULE_ORDER);
    private static final int SHOWN = 100;

    CheckedTables(CheckedDecisions configuration) {
        super(configuration);
    }

    /**
     * @throws BadDecisionInput if an input is missing, unreadable or not allowed, or if no rule fits although the hit
     *     policy promises one
     */
    @Override
    public DmnDecisionLogicEvaluationEvent evaluate(DmnDecision decision, VariableContext given) {
        DmnDecisionTableImpl table = (DmnDecisionTableImpl) decision.getDecisionLogic();
        VariableContext checked = check(decision.getKey(), table, given);
        DmnDecisionLogicEvaluationEvent event = super.evaluate(decision, checked);
        if (!MAY_BE_EMPTY.contains(
                table.getHitPolicyHandler().getHitPolicyEntry().getHitPolicy())) {
            demandRule((DmnDecisionTableEvaluationEvent) event);
        }
        return event;
    }

    private VariableContext check(String decision, DmnDecisionTableImpl table, VariableContext given) {
        List<String> faults = new ArrayList<>();
        List<CheckedInput> inputs = new ArrayList<>();
        List<@Nullable Object> cells = new ArrayList<>();
        VariableMap read = Variables.createVariables();
        for (DmnDecisionTableInputImpl column : table.getInputs()) {
            CheckedInput input = (CheckedInput) column;
            try {
                Object cell = input.cell(super.evaluateInput(input, given).getValue());
                inputs.add(input);
                cells.add(cell);
                if (input.plain()) {
                    read.putValue(input.variable(), cell);
                }
            } catch (DmnEngineException | FeelException | IllegalArgumentException e) {
                faults.add(input.variable() + " cannot be read: " + e.getMessage());
            }
        }
        VariableContext all = CompositeVariableContext.compose(read.asVariableContext(), given);
        for (int i = 0; i < inputs.size(); i++) {
            if (!allowed(inputs.get(i), cells.get(i), all)) {
                faults.add(fault(inputs.get(i), cells.get(i)));
            }
        }
        if (!faults.isEmpty()) {
            throw new BadDecisionInput(decision, faults);
        }
        return all;
    }

    private boolean allowed(CheckedInput input, @Nullable Object cell, VariableContext all) {
        String tests = input.allowed();
        if (tests == null) {
            return true;
        }
        VariableMap self = Variables.createVariables().putValue(input.getInputVariable(), cell);
        return feelEngine.evaluateSimpleUnaryTests(
                tests, input.getInputVariable(), CompositeVariableContext.compose(self.asVariableContext(), all));
    }

    private static String fault(CheckedInput input, @Nullable Object cell) {
        if (cell == null) {
            return input.variable() + " is missing";
        }
        return input.variable() + " = " + shown(cell) + " is not allowed, only: " + input.allowed();
    }

    private static void demandRule(DmnDecisionTableEvaluationEvent event) {
        if (!event.getMatchingRules().isEmpty()) {
            return;
        }
        List<String> values = new ArrayList<>();
        for (DmnEvaluatedInput input : event.getInputs()) {
            values.add(input.getName() + " = " + shown(input.getValue().getValue()));
        }
        throw new BadDecisionInput(event.getDecision().getKey(), List.of("no rule fits " + String.join(", ", values)));
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    @Override
    protected VariableContext getLocalVariableContext(
            DmnDecisionTableInputImpl input, DmnEvaluatedInput evaluated, VariableContext context) {
        VariableMap self = Variables.createVariables()
                .putValue("inputVariableName", evaluated.getInputVariable())
                .putValue(evaluated.getInputVariable(), ((CheckedInput) input).cell(evaluated.getValue()));
        return CompositeVariableContext.compose(self.asVariableContext(), context);
    }
}
