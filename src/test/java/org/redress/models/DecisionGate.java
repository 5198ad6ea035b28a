package org.redress.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.InformationRequirement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.UnaryTests;

/** Law in rows: each row has an id, a sentence and its basis; each cell is FEEL that parses; there always is an answer. */
final class DecisionGate implements Gate {

    private static final Pattern BASIS = Pattern.compile("\\b(SEED|SOURCE|KNOWLEDGE|INFERRED|PROPOSED)\\b");
    private static final Pattern CHOICES = Pattern.compile("(\"[^\"]*\"|null)(\\s*,\\s*(\"[^\"]*\"|null))*");
    private static final Pattern GENERATED = Pattern.compile("(DecisionRule_|rule_?)?[0-9a-z]*\\d[0-9a-z]{5,}|Rule_.*");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (DecisionFile file : models.decisions()) {
            file.tables().forEach(table -> table(file, table, findings));
            for (LiteralExpression literal : file.dmn().getModelElementsByType(LiteralExpression.class)) {
                if (literal.getText() != null && !(literal instanceof OutputEntry)) {
                    cell(file, owner(literal), Feel.fault(literal.getText().getTextContent()), findings);
                }
            }
            Xml.visit(file.xml(), (element, owner) -> {
                if (element.hasAttribute("expressionLanguage")
                        && !element.getAttribute("expressionLanguage").equalsIgnoreCase("feel")) {
                    findings.add(file.finding(
                            owner,
                            "is written in " + element.getAttribute("expressionLanguage") + "; decisions are FEEL"));
                }
            });
            for (Decision decision : file.decisions()) {
                for (InformationRequirement requirement : decision.getInformationRequirements()) {
                    if (requirement.getRequiredDecision() == null && requirement.getRequiredInput() == null) {
                        findings.add(file.finding(decision.getId(), "requires something that is not in this file"));
                    }
                }
            }
        }
        return findings;
    }

    private static void table(DecisionFile file, DecisionTable table, List<Finding> findings) {
        String decision = owner(table);
        List<Input> inputs = List.copyOf(table.getInputs());
        for (int column = 0; column < inputs.size(); column++) {
            Input input = inputs.get(column);
            String text = DecisionFile.text(input);
            if (text.isEmpty()) {
                findings.add(file.finding(decision, "has an input without an expression"));
            }
            cell(file, decision, Feel.fault(text), findings);
            String allowed = DecisionFile.allowed(input);
            if (allowed.isEmpty() && !file.computes(text)) {
                findings.add(file.finding(
                        decision,
                        "does not say what it allows for " + text
                                + "; fill in the allowed values, not(null) at least, so that bad input is refused"));
            }
            cell(file, decision, Feel.faultInTests(allowed), findings);
            for (Rule rule : table.getRules()) {
                InputEntry entry = List.copyOf(rule.getInputEntries()).get(column);
                strangers(file, rule, allowed, entry.getText().getTextContent(), findings);
            }
        }
        List<Output> outputs = List.copyOf(table.getOutputs());
        for (int column = 0; column < outputs.size(); column++) {
            for (Rule rule : table.getRules()) {
                OutputEntry entry = List.copyOf(rule.getOutputEntries()).get(column);
                String allowed = DecisionFile.allowed(outputs.get(column));
                strangers(file, rule, allowed, entry.getText().getTextContent(), findings);
            }
        }
        Set<String> ids = new HashSet<>();
        List<Rule> rules = List.copyOf(table.getRules());
        for (int row = 0; row < rules.size(); row++) {
            Rule rule = rules.get(row);
            String id = rule.getId() == null ? "" : rule.getId();
            String where = decision + " row " + (row + 1) + (id.isEmpty() ? "" : " (" + id + ")");
            if (id.isEmpty() || GENERATED.matcher(id).matches() || !ids.add(id)) {
                findings.add(file.finding(where, "has no id of its own; name the rule, such as RL1"));
            }
            String description = rule.getDescription() == null
                    ? ""
                    : rule.getDescription().getTextContent().trim();
            if (!BASIS.matcher(description).find()) {
                findings.add(
                        file.finding(
                                where,
                                "has no description with its citation and its basis (SEED, SOURCE, KNOWLEDGE, INFERRED or PROPOSED)"));
            }
            for (InputEntry entry : rule.getInputEntries()) {
                cell(file, where, Feel.faultInTests(entry.getText().getTextContent()), findings);
            }
            for (OutputEntry entry : rule.getOutputEntries()) {
                cell(file, where, Feel.fault(entry.getText().getTextContent()), findings);
            }
        }
        if (rules.isEmpty()) {
            findings.add(file.finding(decision, "has no row"));
        } else if (table.getHitPolicy() == HitPolicy.FIRST) {
            boolean otherwise = rules.get(rules.size() - 1).getInputEntries().stream()
                    .map(entry -> entry.getText().getTextContent().trim())
                    .allMatch(text -> text.isEmpty() || text.equals("-"));
            if (!otherwise) {
                findings.add(
                        file.finding(
                                decision,
                                "takes the first row that fits, and its last row is not \"otherwise\": leave its inputs empty"));
            }
        }
    }

    /** A text in a cell that is none of the column's texts is a row that never hits, or a word that nobody knows. */
    private static void strangers(DecisionFile file, Rule rule, String allowed, String cell, List<Finding> findings) {
        if (!CHOICES.matcher(allowed).matches()) {
            return;
        }
        Set<String> strangers = new TreeSet<>(Feel.texts(cell));
        strangers.removeAll(Feel.texts(allowed));
        if (!strangers.isEmpty()) {
            findings.add(file.finding(
                    String.valueOf(rule.getId()),
                    "says " + strangers + ", which its column does not allow: " + allowed));
        }
    }

    private static void cell(DecisionFile file, String where, Optional<String> fault, List<Finding> findings) {
        fault.ifPresent(text -> findings.add(file.finding(where, "has a cell that does not parse: " + text)));
    }

    private static String owner(DmnElement element) {
        if (element instanceof Decision || element instanceof UnaryTests) {
            return element.getId();
        }
        return element.getParentElement() instanceof DmnElement parent ? owner(parent) : "";
    }
}
