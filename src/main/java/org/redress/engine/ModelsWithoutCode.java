package org.redress.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;

/**
 * A model names beans, decisions and forms. One that brings code of its own (a script, a class by name, a connector, a page
 * with script as its form) is not taken, from wherever it comes; {@link NoScripts} is the second lock.
 */
final class ModelsWithoutCode extends AbstractBpmnParseListener {

    private static final Namespace CAMUNDA = new Namespace("http://camunda.org/schema/1.0/bpmn");

    private static final Map<String, String> ELEMENTS = Map.of(
            "scriptTask", "is a script",
            "script", "holds a script",
            "connector", "is a connector",
            "formData", "has generated fields; its form is a .form file");

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "class", "names a class; name a bean",
            "formKey", "has a form key; name its .form file in formRef",
            "formHandlerClass", "names a class",
            "variableMappingClass", "names a class; map with in and out");

    @Override
    public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
        check(root, "");
    }

    private static void check(Element element, String owner) {
        String id = element.attribute("id", owner);
        String name = element.getTagName();
        if (ELEMENTS.containsKey(name)) {
            throw refused(id, ELEMENTS.get(name));
        }
        ATTRIBUTES.forEach((attribute, reason) -> {
            boolean own = CAMUNDA.getNamespaceUri().equals(element.getUri()) && element.attribute(attribute) != null;
            if (own || element.attributeNS(CAMUNDA, attribute) != null) {
                throw refused(id, reason);
            }
        });
        if (name.equals("conditionExpression") && element.attribute("language") != null) {
            throw refused(id, "has a condition in " + element.attribute("language"));
        }
        element.elements().forEach(part -> check(part, id));
    }

    private static ProcessEngineException refused(String id, String reason) {
        return new ProcessEngineException("Models bring no code: '" + id + "' " + reason);
    }
}
