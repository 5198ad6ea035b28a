package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;

/**
 * What is confidential stays a reference for the engine: it cannot steer a case, be an input of a decision or stand in a
 * name that everyone reads. A plain field beside it can.
 */
final class ConfidentialGate implements Gate {

    /** Where an expression decides something or is read in lists. */
    private static final Set<String> STEERING = Set.of(
            "conditionExpression",
            "timeDate",
            "timeDuration",
            "timeCycle",
            "candidateGroups",
            "candidateUsers",
            "assignee",
            "dueDate",
            "followUpDate",
            "priority",
            "name",
            "businessKey",
            "collection",
            "completionCondition",
            "loopCardinality",
            "calledElement",
            "decisionRef",
            "formRef");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        Set<String> confidential = Variables.of(models, house).confidential().keySet();
        for (ProcessFile process : models.processes()) {
            Set<String> ruleTasks = new TreeSet<>();
            process.all(BusinessRuleTask.class).forEach(task -> ruleTasks.add(task.getId()));
            for (ProcessFile.Expression expression : process.expressions()) {
                boolean decides =
                        expression.where().equals("inputParameter") && ruleTasks.contains(expression.element());
                if (!decides && !STEERING.contains(expression.where())) {
                    continue;
                }
                Set<String> names = new TreeSet<>(Expressions.names(expression.text()));
                names.addAll(Expressions.texts(expression.text()));
                names.retainAll(confidential);
                names.forEach(name -> findings.add(process.finding(
                        expression.element(),
                        "lets the confidential " + name + " into its " + expression.where()
                                + "; model a plain field beside it")));
            }
        }
        for (DecisionFile decision : models.decisions()) {
            Set<String> names = new TreeSet<>(decision.inputs());
            names.retainAll(confidential);
            names.forEach(name -> findings.add(decision.finding(
                    Models.baseName(decision.file()),
                    "decides by the confidential " + name + "; model a plain field beside it")));
        }
        return findings;
    }
}
