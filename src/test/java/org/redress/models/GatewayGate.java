package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** A gateway asks one question, its ways out answer it, and there always is an answer. */
final class GatewayGate implements Gate {

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            for (Gateway gateway : process.all(Gateway.class)) {
                if (gateway.getIncoming().size() > 1 && gateway.getOutgoing().size() > 1) {
                    findings.add(process.finding(gateway.getId(), "joins and splits; use a gateway for each"));
                }
            }
            process.all(InclusiveGateway.class)
                    .forEach(gateway -> findings.add(process.finding(
                            gateway.getId(), "is inclusive; nobody can read its join. Ask one question")));
            process.all(ExclusiveGateway.class).forEach(gateway -> exclusive(process, gateway, findings));
            for (Activity activity : process.all(Activity.class)) {
                if (activity.getOutgoing().size() > 1) {
                    findings.add(process.finding(activity.getId(), "has several ways out; split with a gateway"));
                }
            }
            for (SequenceFlow flow : process.all(SequenceFlow.class)) {
                if (flow.getConditionExpression() != null && !(flow.getSource() instanceof ExclusiveGateway)) {
                    findings.add(process.finding(flow.getId(), "has a condition but leaves no exclusive gateway"));
                }
            }
        }
        return findings;
    }

    private static void exclusive(ProcessFile process, ExclusiveGateway gateway, List<Finding> findings) {
        String id = gateway.getId();
        String name = gateway.getName() == null ? "" : gateway.getName().trim();
        if (gateway.getOutgoing().size() < 2) {
            if (!name.isEmpty()) {
                findings.add(process.finding(id, "joins and needs no label"));
            }
            return;
        }
        if (!name.endsWith("?")) {
            findings.add(process.finding(id, "is not labelled with a question"));
        }
        if (gateway.getDefault() == null) {
            findings.add(process.finding(id, "has no default way out"));
        }
        for (SequenceFlow flow : gateway.getOutgoing()) {
            boolean isDefault = flow.equals(gateway.getDefault());
            if (flow.getName() == null || flow.getName().isBlank()) {
                findings.add(process.finding(flow.getId(), "is a way out without a label; write the answer"));
            }
            if (isDefault && flow.getConditionExpression() != null) {
                findings.add(process.finding(flow.getId(), "is the default and has a condition, which never counts"));
            }
            if (!isDefault && flow.getConditionExpression() == null) {
                findings.add(process.finding(flow.getId(), "is a way out without a condition and not the default"));
            }
        }
    }
}
