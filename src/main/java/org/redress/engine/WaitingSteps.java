package org.redress.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Where the processes of a model wait for somebody or something, and from where they run into their end by themselves: at once,
 * or a moment later by a job, which asks nobody.
 */
final class WaitingSteps {

    private static final List<Class<? extends FlowNode>> WAITING = List.of(
            UserTask.class,
            CallActivity.class,
            ReceiveTask.class,
            IntermediateCatchEvent.class,
            EventBasedGateway.class);

    private final BpmnModelInstance model;

    WaitingSteps(BpmnModelInstance model) {
        this.model = model;
    }

    /** Whether something in the instance, as it stands now, still waits before its end. */
    boolean isLeftIn(ExecutionEntity instance) {
        return leaves(instance)
                .map(ExecutionEntity::getActivityId)
                .anyMatch(element -> element != null && !runsOut(nodes(element)));
    }

    /** Whether the process comes from there to an end that ends all of it, on some way without waiting. */
    boolean mayEndAll(List<FlowNode> begun) {
        return begun.stream().anyMatch(node -> endsAll(node, new HashSet<>()));
    }

    /** What begins by the id of an element, before it; by the id of a flow, or after an element, what follows. */
    List<FlowNode> from(String id, boolean after) {
        if (model.getModelElementById(id) instanceof SequenceFlow flow) {
            return List.of(flow.getTarget());
        }
        List<FlowNode> named = nodes(id);
        return after ? named.stream().flatMap(WaitingSteps::following).toList() : named;
    }

    private List<FlowNode> nodes(String element) {
        // What runs several times stands in a body that the diagram does not show.
        return model.getModelElementById(element.split("#", 2)[0]) instanceof FlowNode node ? List.of(node) : List.of();
    }

    private static Stream<ExecutionEntity> leaves(ExecutionEntity execution) {
        List<ExecutionEntity> children = execution.getExecutions().stream()
                .filter(child -> !child.isEnded() && !child.isEventScope())
                .toList();
        return children.isEmpty() ? Stream.of(execution) : children.stream().flatMap(WaitingSteps::leaves);
    }

    private static boolean runsOut(List<FlowNode> nodes) {
        return !nodes.isEmpty() && nodes.stream().allMatch(node -> runsOut(node, new HashSet<>()));
    }

    /** Whether every way from here comes to the end of the process without waiting. */
    private static boolean runsOut(FlowNode node, Set<String> seen) {
        if (waits(node)) {
            return false;
        }
        return !seen.add(node.getId()) || following(node).allMatch(next -> runsOut(next, seen));
    }

    private static boolean endsAll(FlowNode node, Set<String> seen) {
        if (waits(node) || !seen.add(node.getId())) {
            return false;
        }
        boolean here = node instanceof EndEvent end
                && !(end.getParentElement() instanceof SubProcess)
                && end.getEventDefinitions().stream().anyMatch(TerminateEventDefinition.class::isInstance);
        return here || following(node).anyMatch(next -> endsAll(next, seen));
    }

    private static boolean waits(FlowNode node) {
        return WAITING.stream().anyMatch(kind -> kind.isInstance(node));
    }

    /** What comes next: within a page of its own, and after it where that ends. */
    private static Stream<FlowNode> following(FlowNode node) {
        if (node instanceof SubProcess page) {
            List<FlowNode> starts = page.getChildElementsByType(StartEvent.class).stream()
                    .map(FlowNode.class::cast)
                    .toList();
            return starts.isEmpty() ? after(node) : starts.stream();
        }
        return after(node);
    }

    private static Stream<FlowNode> after(FlowNode node) {
        if (node.getOutgoing().isEmpty()) {
            return node.getParentElement() instanceof SubProcess page ? after(page) : Stream.empty();
        }
        return node.getOutgoing().stream().map(SequenceFlow::getTarget);
    }
}
