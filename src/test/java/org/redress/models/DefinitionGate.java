package org.redress.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.w3c.dom.Element;

/** What every definition has: a name like its file, a version, a time to live in days, a diagram, a platform. */
final class DefinitionGate implements Gate {

    private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>(models.unreadable());
        models.processes().forEach(process -> process(process, findings));
        models.decisions().forEach(decision -> decision(decision, findings));
        models.forms().forEach(form -> form(form, findings));
        onlyOnce(models, findings);
        return findings;
    }

    private static void process(ProcessFile process, List<Finding> findings) {
        int count = process.all(Process.class).size();
        if (count != 1) {
            findings.add(process.finding("", "has " + count + " processes; one diagram a page"));
            return;
        }
        Process definition = process.definition().orElseThrow();
        platform(process.file(), process.xml(), findings);
        named(process.file(), process.id(), process.id(), findings);
        if (!definition.isExecutable()) {
            findings.add(process.finding(process.id(), "is not executable; set isExecutable"));
        }
        if (blank(definition.getName())) {
            findings.add(process.finding(process.id(), "has no name"));
        }
        common(
                process.file(),
                process.id(),
                definition.getCamundaHistoryTimeToLiveString(),
                definition.getCamundaVersionTag(),
                findings);
        Set<FlowElement> drawn = new HashSet<>();
        for (BpmnShape shape : process.all(BpmnShape.class)) {
            if (shape.getBpmnElement() instanceof FlowElement element) {
                drawn.add(element);
            }
        }
        for (BpmnEdge edge : process.all(BpmnEdge.class)) {
            if (edge.getBpmnElement() instanceof FlowElement element) {
                drawn.add(element);
            }
        }
        for (FlowElement element : process.all(FlowElement.class)) {
            boolean toDraw = element instanceof FlowNode || element instanceof SequenceFlow;
            if (toDraw && !drawn.contains(element)) {
                findings.add(process.finding(element.getId(), "is not in the diagram; draw it"));
            }
        }
    }

    private static void decision(DecisionFile file, List<Finding> findings) {
        platform(file.file(), file.xml(), findings);
        Set<String> drawn = new HashSet<>();
        Xml.visit(file.xml(), (element, owner) -> {
            if (element.getLocalName().equals("DMNShape")) {
                drawn.add(element.getAttribute("dmnElementRef"));
            }
        });
        String top = Models.baseName(file.file());
        Set<String> required = file.required();
        for (Decision decision : file.decisions()) {
            String id = decision.getId();
            if (!id.matches(ID)) {
                findings.add(file.finding(id, "is no kebab-case id"));
            }
            common(file.file(), id, decision.getCamundaHistoryTimeToLiveString(), decision.getVersionTag(), findings);
            if (blank(decision.getName())) {
                findings.add(file.finding(id, "has no name"));
            }
            if (!drawn.contains(id)) {
                findings.add(file.finding(id, "is not in the diagram; draw it"));
            }
            if (!id.equals(top) && !required.contains(id)) {
                findings.add(
                        file.finding(
                                id,
                                "is neither named like its file nor required by a decision of this graph; remove or connect it"));
            }
        }
        if (file.decisions().stream().noneMatch(decision -> decision.getId().equals(top))) {
            findings.add(file.finding("", "has no decision with the id " + top + "; file and id are one name"));
        }
    }

    private static void form(FormFile form, List<Finding> findings) {
        named(form.file(), form.id(), form.id(), findings);
        if (!form.json().path("executionPlatform").asText().equals("Camunda Platform")) {
            findings.add(form.finding(form.id(), "names no executionPlatform \"Camunda Platform\""));
        }
        Set<String> ids = new HashSet<>();
        Set<String> keys = new HashSet<>();
        form.fields().forEach(field -> {
            if (!ids.add(field.id())) {
                findings.add(form.finding(field.id(), "is the id of two fields"));
            }
            if (!keys.add(field.variable())) {
                findings.add(form.finding(field.id(), "writes " + field.variable() + ", as another field does"));
            }
        });
    }

    private static void platform(String file, Element root, List<Finding> findings) {
        if (!root.getAttributeNS(Xml.MODELER, "executionPlatform").equals("Camunda Platform")) {
            findings.add(
                    new Finding(
                            file,
                            "",
                            "names no modeler:executionPlatform \"Camunda Platform\"; Camunda Modeler would take it for Zeebe's or ask"));
        }
    }

    private static void named(String file, String id, String element, List<Finding> findings) {
        if (!id.equals(Models.baseName(file))) {
            findings.add(new Finding(file, element, "is the id, and the file has another name; they are one name"));
        }
        if (!id.matches(ID)) {
            findings.add(new Finding(file, element, "is no kebab-case id"));
        }
    }

    private static void common(
            String file,
            String id,
            @org.jspecify.annotations.Nullable String timeToLive,
            @org.jspecify.annotations.Nullable String versionTag,
            List<Finding> findings) {
        if (timeToLive == null || !timeToLive.matches("P\\d+D")) {
            findings.add(new Finding(
                    file,
                    id,
                    "has no camunda:historyTimeToLive in days such as P1825D; the engine takes nothing else"));
        }
        if (blank(versionTag)) {
            findings.add(new Finding(file, id, "has no camunda:versionTag"));
        }
    }

    private static void onlyOnce(Models models, List<Finding> findings) {
        Map<String, String> seen = new HashMap<>();
        models.processes().forEach(each -> once("process " + each.id(), each.file(), seen, findings));
        models.forms().forEach(each -> once("form " + each.id(), each.file(), seen, findings));
        models.decisions().forEach(file -> file.decisions()
                .forEach(each -> once("decision " + each.getId(), file.file(), seen, findings)));
    }

    private static void once(String what, String file, Map<String, String> seen, List<Finding> findings) {
        String other = seen.putIfAbsent(what, file);
        if (other != null) {
            findings.add(new Finding(file, what, "is there twice, also in " + other));
        }
    }

    private static boolean blank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }
}
