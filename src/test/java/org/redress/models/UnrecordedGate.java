package org.redress.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.StartEvent;

/**
 * An answer that the engine must never hold is no variable: no model names it outside of its own form, a task asks for it,
 * and some Java takes it.
 */
final class UnrecordedGate implements Gate {

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (FormFile form : models.forms()) {
            for (FormFile.Field field : form.fields()) {
                if (field.property("unrecorded").isPresent()) {
                    asked(models, house, form, field, findings);
                    named(models, form, field.variable(), findings);
                }
            }
        }
        return findings;
    }

    private static void asked(Models models, House house, FormFile form, FormFile.Field field, List<Finding> findings) {
        if (!"true".equals(field.property("unrecorded").orElse(""))) {
            findings.add(form.finding(field.id(), "says unrecorded, and not \"true\""));
        }
        if (!house.words().containsKey(form.id())) {
            findings.add(form.finding(field.id(), "is unrecorded, and no Java takes the answers of this form"));
        }
        boolean atAStart = models.processes().stream()
                .flatMap(process -> process.all(StartEvent.class).stream())
                .anyMatch(start -> form.id().equals(start.getCamundaFormRef()));
        if (atAStart) {
            findings.add(form.finding(field.id(), "is unrecorded in a form that starts a process; ask in a task"));
        }
    }

    private static void named(Models models, FormFile own, String name, List<Finding> findings) {
        for (ProcessFile process : models.processes()) {
            for (ProcessFile.Expression expression : process.expressions()) {
                Set<String> names = new HashSet<>(Expressions.names(expression.text()));
                names.addAll(Expressions.texts(expression.text()));
                if (names.contains(name)) {
                    findings.add(process.finding(expression.element(), "names " + name + ", which is unrecorded"));
                }
            }
        }
        for (DecisionFile decision : models.decisions()) {
            if (decision.inputs().contains(name)) {
                findings.add(decision.finding(
                        Models.baseName(decision.file()), "decides by " + name + ", which is unrecorded"));
            }
        }
        for (FormFile form : models.forms()) {
            boolean writes =
                    form.fields().stream().anyMatch(field -> field.variable().equals(name));
            if (!form.id().equals(own.id()) && (writes || form.reads().contains(name))) {
                findings.add(form.finding(name, "is unrecorded in the form " + own.id() + ", and this one names it"));
            }
        }
    }
}
