package org.redress.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The variables of all models together: who writes them, who reads them, and who may see them. Names are global over
 * processes, since call activities pass them on.
 *
 * @param written what some form, mapping, decision or Java class writes
 * @param read what some expression, decision, form text, mapping or Java class reads
 * @param confidential names of confidential variables, to the roles that may see them
 */
record Variables(Set<String> written, Set<String> read, Map<String, Set<String>> confidential) {

    /** What the engine itself offers to expressions. */
    static final Set<String> BUILT_IN = Set.of(
            "execution",
            "task",
            "decisionResult",
            "loopCounter",
            "nrOfInstances",
            "nrOfActiveInstances",
            "nrOfCompletedInstances");

    static Variables of(Models models, House house) {
        Set<String> written = new HashSet<>();
        Set<String> read = new HashSet<>();
        Map<String, Set<String>> confidential = new HashMap<>();
        for (FormFile form : models.forms()) {
            read.addAll(form.reads());
            shownLists(form.json().path("components"), confidential);
            for (FormFile.Field field : form.fields()) {
                written.add(field.variable());
                field.property("audience").ifPresent(roles -> confidential
                        .computeIfAbsent(field.variable(), name -> new HashSet<>())
                        .addAll(roles(roles)));
            }
        }
        models.decisions().forEach(decision -> read.addAll(decision.inputs()));
        for (ProcessFile process : models.processes()) {
            process.expressions().forEach(expression -> {
                List<String> texts = Expressions.texts(expression.text());
                read.addAll(Expressions.names(expression.text()));
                read.addAll(texts);
                written.addAll(texts);
            });
            Xml.visit(process.xml(), (element, owner) -> {
                if (!Xml.CAMUNDA.equals(element.getNamespaceURI())) {
                    return;
                }
                switch (element.getLocalName()) {
                    case "in", "out" -> {
                        read.add(element.getAttribute("source"));
                        written.add(element.getAttribute("target"));
                    }
                    case "inputParameter", "outputParameter" -> written.add(element.getAttribute("name"));
                    default -> {}
                }
            });
            for (String attribute :
                    List.of("resultVariable", "elementVariable", "errorCodeVariable", "errorMessageVariable")) {
                written.addAll(process.camunda(attribute));
            }
        }
        read.addAll(house.words().keySet());
        written.addAll(house.words().keySet());
        return new Variables(written, read, confidential);
    }

    /** What a text shows, and nobody is asked for. */
    private static void shownLists(JsonNode components, Map<String, Set<String>> confidential) {
        for (JsonNode component : components) {
            JsonNode properties = component.path("properties");
            if (properties.hasNonNull("shows")) {
                confidential
                        .computeIfAbsent(properties.path("shows").asText(), name -> new HashSet<>())
                        .addAll(roles(properties.path("audience").asText()));
            }
            shownLists(component.path("components"), confidential);
        }
    }

    static List<String> roles(String audience) {
        return Arrays.stream(audience.split(",", -1))
                .map(String::trim)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    boolean knows(String name) {
        return BUILT_IN.contains(name) || written.contains(name);
    }
}
