package org.redress.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;

/** Ids say what an element is and what it is called; Java and tests name elements that are there. */
final class NamesGate implements Gate {

    /** In the order in which a type is looked up: the special before the general. */
    private static final Map<Class<? extends FlowElement>, String> PREFIXES = new java.util.LinkedHashMap<>();

    static {
        PREFIXES.put(StartEvent.class, "start_");
        PREFIXES.put(EndEvent.class, "end_");
        PREFIXES.put(BoundaryEvent.class, "boundary_");
        PREFIXES.put(IntermediateCatchEvent.class, "catch_");
        PREFIXES.put(IntermediateThrowEvent.class, "throw_");
        PREFIXES.put(CallActivity.class, "call_");
        PREFIXES.put(SubProcess.class, "sub_");
        PREFIXES.put(Task.class, "task_");
        PREFIXES.put(Gateway.class, "gateway_");
    }

    /** What a modeller generates: {@code Activity_0x1y2z3}. */
    private static final Pattern GENERATED = Pattern.compile(
            "(Activity|Event|Gateway|Flow|SequenceFlow|Task|StartEvent|EndEvent|BoundaryEvent|SubProcess|CallActivity|DecisionRule|Field)_[0-9a-z]{7}");

    private static final Pattern ELEMENT =
            Pattern.compile("(start|end|boundary|catch|throw|call|sub|task|gateway)_[a-z][A-Za-z0-9]*");

    private static final Set<String> NO_STATES = Set.of("end", "start", "ende", "finish", "finished", "done");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ProcessFile process : models.processes()) {
            for (FlowElement element : process.all(FlowElement.class)) {
                ids.add(element.getId());
                id(process, element, findings);
                if (element instanceof Event event) {
                    event(process, event, findings);
                }
            }
            process.all(Task.class).forEach(task -> activity(process, task, task.getName(), findings));
            process.all(CallActivity.class).forEach(call -> activity(process, call, call.getName(), findings));
            process.all(SubProcess.class).forEach(sub -> activity(process, sub, sub.getName(), findings));
        }
        java("src/main/java/", house.words(), ids, findings);
        java("src/test/java/", house.testWords(), ids, findings);
        return findings;
    }

    private static void id(ProcessFile process, FlowElement element, List<Finding> findings) {
        String id = element.getId();
        if (element instanceof SequenceFlow) {
            if (!id.matches("(flow|loop)_[a-z]\\w*")) {
                findings.add(process.finding(id, "should be named flow_… (loop_… when it leads back)"));
            }
            return;
        }
        PREFIXES.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(element))
                .findFirst()
                .filter(entry -> !id.matches(entry.getValue() + "[a-z][A-Za-z0-9]*"))
                .ifPresent(entry -> findings.add(
                        process.finding(id, "should be named " + entry.getValue() + " and its label in camelCase")));
    }

    private static void event(ProcessFile process, Event event, List<Finding> findings) {
        String name = event.getName();
        if (name == null || name.isBlank()) {
            findings.add(process.finding(event.getId(), "has no label; an event is labelled with a state"));
        } else if (NO_STATES.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            findings.add(process.finding(event.getId(), "is labelled \"" + name + "\"; say the state that is reached"));
        }
    }

    private static void activity(
            ProcessFile process,
            FlowElement activity,
            @org.jspecify.annotations.Nullable String name,
            List<Finding> findings) {
        if (name == null || name.isBlank()) {
            findings.add(process.finding(activity.getId(), "has no name; verb and object"));
        }
    }

    private static void java(String folder, Map<String, String> words, Set<String> ids, List<Finding> findings) {
        words.forEach((word, file) -> {
            if (GENERATED.matcher(word).matches()) {
                findings.add(new Finding(folder + file, word, "is a generated id; give the element a name"));
            } else if (ELEMENT.matcher(word).matches() && !ids.contains(word)) {
                findings.add(new Finding(folder + file, word, "is in no diagram"));
            }
        });
    }
}
