package org.redress.models;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.w3c.dom.Element;

/** One decision file: a table, or a graph of decisions named after its top one. */
record DecisionFile(String file, DmnModelInstance dmn, Element xml) {

    static DecisionFile read(String file, String text) {
        return new DecisionFile(
                file,
                Dmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                Xml.parse(text));
    }

    Collection<Decision> decisions() {
        return dmn.getModelElementsByType(Decision.class);
    }

    Collection<DecisionTable> tables() {
        return dmn.getModelElementsByType(DecisionTable.class);
    }

    Finding finding(String element, String message) {
        return new Finding(file, element, message);
    }

    /** The decisions that others of this graph require. */
    Set<String> required() {
        return decisions().stream()
                .flatMap(decision -> decision.getInformationRequirements().stream())
                .filter(requirement -> requirement.getRequiredDecision() != null)
                .map(requirement -> requirement.getRequiredDecision().getId())
                .collect(Collectors.toSet());
    }

    /** The variables that somebody has to supply: what the graph reads less what it computes itself. */
    Set<String> inputs() {
        Set<String> names = new TreeSet<>();
        for (Input input : dmn.getModelElementsByType(Input.class)) {
            names.addAll(Feel.names(text(input)));
        }
        for (Rule rule : dmn.getModelElementsByType(Rule.class)) {
            rule.getInputEntries()
                    .forEach(entry ->
                            names.addAll(Feel.namesInTests(entry.getText().getTextContent())));
            rule.getOutputEntries()
                    .forEach(entry -> names.addAll(Feel.names(entry.getText().getTextContent())));
        }
        for (Decision decision : decisions()) {
            names.remove(decision.getId());
        }
        tables().forEach(table -> table.getOutputs().forEach(output -> names.remove(output.getName())));
        return names;
    }

    /** The texts in the column of one input, over all rows: {@code "D03"} and {@code "D13-l1","D13-l2"} give three. */
    Set<String> choices(String inputName) {
        Set<String> choices = new LinkedHashSet<>();
        for (DecisionTable table : tables()) {
            List<Input> inputs = List.copyOf(table.getInputs());
            for (int column = 0; column < inputs.size(); column++) {
                if (!text(inputs.get(column)).equals(inputName)) {
                    continue;
                }
                for (Rule rule : table.getRules()) {
                    InputEntry entry = List.copyOf(rule.getInputEntries()).get(column);
                    choices.addAll(Feel.texts(entry.getText().getTextContent()));
                }
            }
        }
        return choices;
    }

    /** Whether an expression reads only what decisions of this file put out. */
    boolean computes(String expression) {
        Set<String> names = new TreeSet<>(Feel.names(expression));
        tables().forEach(table -> table.getOutputs().forEach(output -> names.remove(output.getName())));
        return names.isEmpty();
    }

    /** What the column allows: FEEL unary tests, empty when it does not say. */
    static String allowed(Input input) {
        return input.getInputValues() == null || input.getInputValues().getText() == null
                ? ""
                : input.getInputValues().getText().getTextContent().trim();
    }

    static String allowed(Output output) {
        return output.getOutputValues() == null || output.getOutputValues().getText() == null
                ? ""
                : output.getOutputValues().getText().getTextContent().trim();
    }

    static String text(Input input) {
        return input.getInputExpression() == null || input.getInputExpression().getText() == null
                ? ""
                : input.getInputExpression().getText().getTextContent().trim();
    }
}
