package org.redress.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.redress.engine.Roles;

/**
 * What is confidential stays a reference for the engine: it cannot steer a case, be an input of a decision or stand in a
 * name that everyone reads. A plain field beside it can. And no form shows it to a role that is not in its audience.
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

    /** A blank is sealed no more than nothing is. */
    private static final Pattern IS_THERE = Pattern.compile("\\w+ *!?= *(?:null|\"\")");

    private static final Pattern ROLE = Pattern.compile("[a-z]+(?:-[a-z]+)*");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Set<String>> audiences = Variables.of(models, house).confidential();
        Set<String> confidential = audiences.keySet();
        for (ProcessFile process : models.processes()) {
            process.all(UserTask.class).forEach(task -> shown(models, process, task, audiences, findings));
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
        models.forms().forEach(form -> conditions(form, form.json().path("components"), confidential, findings));
        for (DecisionFile decision : models.decisions()) {
            Set<String> names = new TreeSet<>(decision.inputs());
            names.retainAll(confidential);
            names.forEach(name -> findings.add(decision.finding(
                    Models.baseName(decision.file()),
                    "decides by the confidential " + name + "; model a plain field beside it")));
        }
        return findings;
    }

    /** The server checks a form against references: of what the form does not ask for, it knows only whether it is there. */
    private static void conditions(
            FormFile form, JsonNode components, Set<String> confidential, List<Finding> findings) {
        Set<String> asked = new TreeSet<>();
        form.fields().stream()
                .filter(field -> !field.isShownOnly())
                .map(FormFile.Field::variable)
                .forEach(asked::add);
        for (JsonNode component : components) {
            String condition = component.path("conditional").path("hide").asText("");
            Set<String> names = new TreeSet<>(Feel.names(
                    IS_THERE.matcher(condition.replaceFirst("^=", "")).replaceAll("true")));
            names.retainAll(confidential);
            names.removeAll(asked);
            names.forEach(name -> findings.add(form.finding(
                    component.path("id").asText(),
                    "hides by what the confidential " + name + " says; ask only whether it is there")));
            conditions(form, component.path("components"), confidential, findings);
        }
    }

    private static void shown(
            Models models,
            ProcessFile process,
            UserTask task,
            Map<String, Set<String>> audiences,
            List<Finding> findings) {
        Set<String> roles = rolesOf(task);
        models.form(String.valueOf(task.getCamundaFormRef())).ifPresent(form -> form.shown().stream()
                .filter(audiences::containsKey)
                .forEach(name -> roles.stream()
                        .filter(each -> !audiences.getOrDefault(name, Set.of()).contains(each))
                        .forEach(each -> findings.add(process.finding(
                                task.getId(),
                                "shows the confidential " + name + " to " + each + ", who is not in its audience")))));
    }

    /** The roles whose people may get the task. */
    static Set<String> rolesOf(UserTask task) {
        Set<String> roles = new TreeSet<>();
        Matcher role = ROLE.matcher(String.valueOf(task.getCamundaCandidateGroups()));
        while (role.find()) {
            roles.add(role.group());
        }
        roles.retainAll(Roles.OF_CASE_WORKERS);
        if (String.valueOf(task.getCamundaCandidateGroups()).contains("committee.groups(")) {
            roles.add("steering-committee");
        }
        if (String.valueOf(task.getCamundaCandidateGroups()).contains("committee.presiding(")) {
            roles.add("government-chair");
            roles.add("secretariat");
        }
        return roles;
    }
}
