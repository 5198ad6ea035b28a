package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/** What ties a model to classes or lets code into it. Models name beans, decisions are FEEL, screens are forms. */
final class ForbiddenGate implements Gate {

    private static final Map<String, String> ELEMENTS = Map.of(
            "scriptTask", "is a script; name a bean",
            "script", "holds a script; name a bean",
            "connector", "is a connector; name a bean",
            "formData", "has generated fields; make a .form",
            "sendTask", "is a send task; use a service task with ${notify}",
            "businessCalendar", "names a calendar; dates come from ${deadlines}");

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "class", "names a class; name a bean in delegateExpression",
            "formKey", "has a form key; use camunda:formRef",
            "formHandlerClass", "names a class; the forms are checked for all",
            "topic", "waits for an external worker; name a bean",
            "variableMappingClass", "names a class; map with camunda:in and camunda:out");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            Xml.visit(process.xml(), (element, owner) -> process(process, element, owner, findings));
        }
        return findings;
    }

    private static void process(ProcessFile process, Element element, String owner, List<Finding> findings) {
        String name = element.getLocalName();
        if (ELEMENTS.containsKey(name)) {
            findings.add(process.finding(owner, ELEMENTS.get(name)));
        }
        ATTRIBUTES.forEach((attribute, reason) -> {
            boolean own = Xml.CAMUNDA.equals(element.getNamespaceURI()) && element.hasAttribute(attribute);
            if (own || element.hasAttributeNS(Xml.CAMUNDA, attribute)) {
                findings.add(process.finding(owner, reason));
            }
        });
        if (name.equals("conditionExpression") && element.hasAttribute("language")) {
            findings.add(process.finding(owner, "has a condition in " + element.getAttribute("language")));
        }
        boolean formField = Xml.CAMUNDA.equals(element.getNamespaceURI()) && name.equals("field");
        if (formField) {
            findings.add(process.finding(owner, "injects a field; use an input parameter"));
        }
    }
}
