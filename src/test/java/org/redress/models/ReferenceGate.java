package org.redress.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;

/** Whatever is named is there, whatever is there is named: beans, variables, forms, decisions, processes, messages, errors. */
final class ReferenceGate implements Gate {

    /** contract.md, "Names", those that open a programme and tell survivors' cases that help is under way, those
     * of a reporting year, and those by which somebody reports to a case and a rescue begins and ends. */
    private static final Set<String> MESSAGES = Set.of(
            "grievance-received",
            "victim-registered",
            "new-information",
            "retaliation-reported",
            "emergency-declared",
            "consent-withdrawn",
            "help-rejected",
            "all-help-rejected",
            "victim-returned",
            "provider-failing",
            "guardian-conflict",
            "complaint-withdrawn",
            "complaint-acknowledged",
            "money-owed",
            "harm-told",
            "tell-no-more",
            "application-received",
            "application-withdrawn",
            "full-membership-applied",
            "concern-raised",
            "concern-withdrawn",
            "engagement-refused",
            "programme-approved",
            "implementation-started",
            "case-plan-reopened",
            "outcome-stands",
            "member-left",
            "plenary-moved",
            "reporting-year-opened",
            "next-year-opened",
            "more-people-found",
            "facts-learned",
            "case-open-again",
            "objection-joined",
            "mandatory-level-refused",
            "membership-ended",
            "case-event-reported",
            "danger-reported",
            "people-safe",
            "recovery-begun",
            "on-site-check-due",
            "sharing-to-be-recalled",
            "emergency-mode-changed",
            "provider-to-be-told",
            "seen-on-site",
            "checked-on-site");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        expressions(models, house, findings);
        forms(models, findings);
        decisions(models, house, findings);
        processes(models, findings);
        messages(models, findings);
        errors(models, house, findings);
        return findings;
    }

    private static void expressions(Models models, House house, List<Finding> findings) {
        Variables variables = Variables.of(models, house);
        Set<String> named = new HashSet<>();
        for (ProcessFile process : models.processes()) {
            for (ProcessFile.Expression expression : process.expressions()) {
                String text = expression.text();
                Expressions.fault(text)
                        .ifPresent(fault -> findings.add(process.finding(
                                expression.element(), expression.where() + " does not parse: " + fault)));
                Set<String> names = Expressions.names(text);
                named.addAll(names);
                boolean mustBeBean = expression.where().equals("delegateExpression");
                for (String name : names) {
                    boolean bean = house.beans().containsKey(name);
                    if (mustBeBean && !bean) {
                        findings.add(process.finding(
                                expression.element(), "names the bean " + name + ", which does not exist"));
                    } else if (!bean && !variables.knows(name)) {
                        findings.add(process.finding(
                                expression.element(),
                                "names " + name + " in its " + expression.where()
                                        + ", which is no bean and which nothing writes"));
                    }
                }
                for (Expressions.Call call : Expressions.calls(text)) {
                    Set<String> methods = house.beans().get(call.target());
                    if (methods != null && !methods.contains(call.method())) {
                        findings.add(process.finding(
                                expression.element(),
                                "calls " + call.target() + "." + call.method() + ", which the bean does not offer"));
                    }
                }
            }
        }
        for (String step : house.stepsBut(named)) {
            findings.add(new Finding("src/main/java", step, "is a step that no diagram names; remove it"));
        }
    }

    private static void forms(Models models, List<Finding> findings) {
        Set<String> used = new HashSet<>();
        for (ProcessFile process : models.processes()) {
            for (UserTask task : process.all(UserTask.class)) {
                form(
                        models,
                        process,
                        task.getId(),
                        task.getCamundaFormRef(),
                        task.getCamundaFormRefBinding(),
                        findings);
                used.add(String.valueOf(task.getCamundaFormRef()));
            }
            for (StartEvent start : process.all(StartEvent.class)) {
                form(
                        models,
                        process,
                        start.getId(),
                        start.getCamundaFormRef(),
                        start.getCamundaFormRefBinding(),
                        findings);
                used.add(String.valueOf(start.getCamundaFormRef()));
            }
        }
        for (FormFile form : models.forms()) {
            if (!used.contains(form.id())) {
                findings.add(form.finding("", "is shown by no task and no start; remove it"));
            }
        }
    }

    private static void form(
            Models models,
            ProcessFile process,
            String element,
            @Nullable String form,
            @Nullable String binding,
            List<Finding> findings) {
        if (form == null) {
            return;
        }
        if (models.form(form).isEmpty()) {
            findings.add(process.finding(element, "shows the form " + form + ", which does not exist"));
        }
        if (!"deployment".equals(binding)) {
            findings.add(process.finding(element, "binds its form to " + binding + "; set formRefBinding deployment"));
        }
    }

    private static void decisions(Models models, House house, List<Finding> findings) {
        Set<String> used = new HashSet<>();
        Variables variables = Variables.of(models, house);
        for (ProcessFile process : models.processes()) {
            for (BusinessRuleTask task : process.all(BusinessRuleTask.class)) {
                String decision = String.valueOf(task.getCamundaDecisionRef());
                used.add(decision);
                if (!"deployment".equals(task.getCamundaDecisionRefBinding())) {
                    findings.add(process.finding(
                            task.getId(),
                            "binds its decision to " + task.getCamundaDecisionRefBinding()
                                    + "; set decisionRefBinding deployment"));
                }
                models.decisionFile(decision)
                        .ifPresentOrElse(
                                file -> inputs(process, task, file, variables, findings),
                                () -> findings.add(process.finding(
                                        task.getId(), "asks the decision " + decision + ", which does not exist")));
            }
        }
        for (DecisionFile file : models.decisions()) {
            String top = Models.baseName(file.file());
            if (!used.contains(top) && !house.words().containsKey(top) && !isForOutside(file, top)) {
                findings.add(
                        file.finding(
                                top,
                                "is asked by no diagram and no Java; remove it, or say \"Asked by outside systems\" in its description"));
            }
        }
    }

    private static boolean isForOutside(DecisionFile file, String decision) {
        return file.decisions().stream()
                .filter(each -> each.getId().equals(decision) && each.getDescription() != null)
                .anyMatch(each -> each.getDescription().getTextContent().contains("Asked by outside systems"));
    }

    private static void inputs(
            ProcessFile process,
            BusinessRuleTask task,
            DecisionFile decision,
            Variables variables,
            List<Finding> findings) {
        Set<String> given = ProcessFile.inputs(task).stream()
                .map(parameter -> parameter.getCamundaName())
                .collect(Collectors.toSet());
        for (String input : decision.inputs()) {
            if (!given.contains(input) && !variables.knows(input)) {
                findings.add(process.finding(
                        task.getId(),
                        "asks " + Models.baseName(decision.file()) + ", which needs " + input
                                + "; nothing writes it, so give it by an input parameter"));
            }
        }
    }

    private static void processes(Models models, List<Finding> findings) {
        Set<String> called = new HashSet<>();
        for (ProcessFile process : models.processes()) {
            for (CallActivity call : process.all(CallActivity.class)) {
                String id = String.valueOf(call.getCalledElement());
                called.add(id);
                if (models.process(id).isEmpty()) {
                    findings.add(process.finding(call.getId(), "calls the process " + id + ", which does not exist"));
                }
                if (!"deployment".equals(call.getCamundaCalledElementBinding())) {
                    findings.add(process.finding(
                            call.getId(),
                            "binds the called process to " + call.getCamundaCalledElementBinding()
                                    + "; set calledElementBinding deployment"));
                }
            }
        }
        for (ProcessFile process : models.processes()) {
            List<StartEvent> starts = process.all(StartEvent.class).stream()
                    .filter(start -> start.getParentElement() instanceof Process)
                    .toList();
            boolean startsByItself = starts.stream()
                    .anyMatch(start -> start.getCamundaFormRef() != null
                            || !start.getEventDefinitions().isEmpty());
            boolean canBeCalled = starts.stream()
                    .anyMatch(start -> start.getEventDefinitions().isEmpty());
            // What lies in "shared" is there for whichever process needs it.
            boolean offered = process.file().startsWith("bpmn/shared/");
            if (!called.contains(process.id()) && !startsByItself && !offered) {
                findings.add(process.finding(
                        process.id(), "is called by nobody and starts neither by form nor by message; remove it"));
            }
            if (called.contains(process.id()) && !canBeCalled) {
                findings.add(process.finding(process.id(), "is called, and has no plain start event"));
            }
        }
    }

    private static void messages(Models models, List<Finding> findings) {
        for (ProcessFile process : models.processes()) {
            Set<Message> used = process.all(MessageEventDefinition.class).stream()
                    .map(MessageEventDefinition::getMessage)
                    .filter(message -> message != null)
                    .collect(Collectors.toSet());
            for (MessageEventDefinition event : process.all(MessageEventDefinition.class)) {
                if (event.getMessage() == null) {
                    findings.add(process.finding(
                            event.getParentElement().getAttributeValue("id"), "waits for a message without a name"));
                }
            }
            for (Message message : process.all(Message.class)) {
                if (!used.contains(message)) {
                    findings.add(process.finding(message.getId(), "is a message that no event uses; remove it"));
                }
                if (!MESSAGES.contains(String.valueOf(message.getName()))) {
                    findings.add(process.finding(
                            message.getId(),
                            "is the message " + message.getName() + ", which the house does not send"));
                }
            }
        }
    }

    private static void errors(Models models, House house, List<Finding> findings) {
        Set<String> thrown = new HashSet<>();
        Set<String> caught = new HashSet<>();
        for (ProcessFile process : models.processes()) {
            definitions(process, EndEvent.class).forEach(error -> thrown.add(code(error)));
            Stream.concat(definitions(process, BoundaryEvent.class), definitions(process, StartEvent.class))
                    .forEach(error -> caught.add(code(error)));
        }
        for (ProcessFile process : models.processes()) {
            Set<Error> used = process.all(ErrorEventDefinition.class).stream()
                    .map(ErrorEventDefinition::getError)
                    .filter(error -> error != null)
                    .collect(Collectors.toSet());
            for (Error error : process.all(Error.class)) {
                String code = String.valueOf(error.getErrorCode());
                if (!used.contains(error)) {
                    findings.add(process.finding(error.getId(), "is an error that no event uses; remove it"));
                } else if (!caught.contains(code)) {
                    findings.add(process.finding(error.getId(), "throws " + code + ", which nobody catches"));
                } else if (!thrown.contains(code) && !house.words().containsKey(code)) {
                    findings.add(
                            process.finding(error.getId(), "waits for the error " + code + ", which nobody throws"));
                }
            }
            for (ServiceTask task : process.all(ServiceTask.class)) {
                if (task.getOperation() != null) {
                    findings.add(process.finding(task.getId(), "calls an operation; name a bean"));
                }
            }
        }
    }

    private static Stream<ErrorEventDefinition> definitions(
            ProcessFile process, Class<? extends org.camunda.bpm.model.bpmn.instance.Event> type) {
        return process.all(type).stream()
                .flatMap(event -> event.getChildElementsByType(ErrorEventDefinition.class).stream());
    }

    private static String code(ErrorEventDefinition event) {
        return event.getError() == null ? "" : String.valueOf(event.getError().getErrorCode());
    }
}
