package org.redress.models;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.w3c.dom.Element;

/** One diagram file with its one process. */
record ProcessFile(String file, BpmnModelInstance bpmn, Element xml) {

    /** An expression and where it stands: {@code where} is the attribute or the element that holds it. */
    record Expression(String element, String where, String text) {}

    static ProcessFile read(String file, String text) {
        return new ProcessFile(
                file,
                Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                Xml.parse(text));
    }

    String id() {
        return definition().map(Process::getId).orElse("");
    }

    Optional<Process> definition() {
        return all(Process.class).stream().findFirst();
    }

    <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
        return bpmn.getModelElementsByType(type);
    }

    Collection<FlowNode> flowNodes() {
        return all(FlowNode.class);
    }

    Finding finding(String element, String message) {
        return new Finding(file, element, message);
    }

    /** Every expression of the file, in attributes and in texts; documentation is prose and has none. */
    List<Expression> expressions() {
        List<Expression> found = new ArrayList<>();
        Xml.visit(xml, (element, owner) -> {
            if (element.getLocalName().equals("documentation")) {
                return;
            }
            Xml.attributes(element).forEach((name, value) -> {
                if (Expressions.isExpression(value)) {
                    found.add(new Expression(owner, name, value));
                }
            });
            if (Xml.children(element).isEmpty() && Expressions.isExpression(element.getTextContent())) {
                found.add(new Expression(
                        owner, element.getLocalName(), element.getTextContent().trim()));
            }
        });
        return found;
    }

    /** An extension property of an element. */
    static Optional<String> property(BaseElement element, String name) {
        return extensions(element, CamundaProperties.class).stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst();
    }

    /** An input parameter of an element. */
    static Optional<String> input(BaseElement element, String name) {
        return inputs(element).stream()
                .filter(parameter -> name.equals(parameter.getCamundaName()))
                .map(parameter -> parameter.getTextContent().trim())
                .findFirst();
    }

    static List<CamundaInputParameter> inputs(BaseElement element) {
        return extensions(element, CamundaInputOutput.class).stream()
                .flatMap(mapping -> mapping.getCamundaInputParameters().stream())
                .toList();
    }

    static <T extends ModelElementInstance> List<T> extensions(BaseElement element, Class<T> type) {
        return element.getExtensionElements() == null
                ? List.of()
                : List.copyOf(element.getExtensionElements().getChildElementsByType(type));
    }

    /** The values of one attribute of the engine's namespace, wherever it stands. */
    List<String> camunda(String attribute) {
        List<String> values = new ArrayList<>();
        Xml.visit(xml, (element, owner) -> {
            if (element.hasAttributeNS(Xml.CAMUNDA, attribute)) {
                values.add(element.getAttributeNS(Xml.CAMUNDA, attribute));
            }
        });
        return values;
    }
}
