package org.redress.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;

/**
 * Every clock of the deadline matrix runs somewhere: a diagram or Java counts it, or another table gives it; one that only others
 * count says that it is asked by outside systems. A clock that a form offers to move, or a letter speaks of, does not run by that.
 */
final class ClocksGate implements Gate {

    private static final String MATRIX = "deadline-matrix";
    private static final String OUTSIDE = "asked by outside systems";

    @Override
    public List<Finding> findings(Models models, House house) {
        Set<String> counted = new HashSet<>(house.words().keySet());
        models.processes().forEach(process -> {
            process.expressions().forEach(expression -> counted.addAll(Expressions.texts(expression.text())));
            process.all(CamundaProperty.class).stream()
                    .filter(property -> "clock".equals(property.getCamundaName()))
                    .forEach(property -> counted.add(property.getCamundaValue()));
        });
        List<Finding> findings = new ArrayList<>();
        models.decisions().stream()
                .filter(file -> !isMatrix(file))
                .flatMap(file -> file.tables().stream())
                .forEach(table -> counted.addAll(given(table)));
        models.decisions().stream().filter(ClocksGate::isMatrix).forEach(file -> file.tables()
                .forEach(table -> uncounted(file, table, counted, findings)));
        return findings;
    }

    private static boolean isMatrix(DecisionFile file) {
        return Models.baseName(file.file()).equals(MATRIX);
    }

    /** The texts in the columns whose answer is a clock. */
    private static Set<String> given(DecisionTable table) {
        Set<String> clocks = new HashSet<>();
        List<Output> outputs = List.copyOf(table.getOutputs());
        for (int column = 0; column < outputs.size(); column++) {
            if (String.valueOf(outputs.get(column).getName())
                    .toLowerCase(Locale.ROOT)
                    .endsWith("clock")) {
                for (Rule rule : table.getRules()) {
                    clocks.addAll(Feel.texts(List.copyOf(rule.getOutputEntries())
                            .get(column)
                            .getText()
                            .getTextContent()));
                }
            }
        }
        return clocks;
    }

    private static void uncounted(DecisionFile file, DecisionTable table, Set<String> counted, List<Finding> findings) {
        List<Input> inputs = List.copyOf(table.getInputs());
        for (int column = 0; column < inputs.size(); column++) {
            if (!DecisionFile.text(inputs.get(column)).equals("clock")) {
                continue;
            }
            for (Rule rule : table.getRules()) {
                boolean outside = rule.getDescription() != null
                        && rule.getDescription().getTextContent().contains(OUTSIDE);
                for (String clock : Feel.texts(List.copyOf(rule.getInputEntries())
                        .get(column)
                        .getText()
                        .getTextContent())) {
                    if (!outside && !counted.contains(clock)) {
                        findings.add(file.finding(
                                rule.getId(), "is the clock " + clock + ", which nobody counts; wire it or remove it"));
                    }
                }
            }
        }
    }
}
