package org.redress.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.redress.engine.Roles;

/** A form asks only what somebody reads, shows only what somebody wrote, and says who may see what is confidential. */
final class FormGate implements Gate {

    private static final Set<String> BROKEN_IN_TASKLIST = Set.of("filepicker", "documentPreview");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        Variables variables = Variables.of(models, house);
        for (FormFile form : models.forms()) {
            form.fields().forEach(field -> field(form, field, variables, findings));
            for (String name : form.shown()) {
                if (!variables.knows(name)) {
                    findings.add(form.finding(name, "is shown or asked about, and nothing writes it"));
                }
            }
            components(form, form.json().path("components"), findings);
        }
        return findings;
    }

    private static void field(FormFile form, FormFile.Field field, Variables variables, List<Finding> findings) {
        String name = field.variable();
        String record = field.property("record").orElse("");
        if (!field.isShownOnly() && record.isBlank() && !variables.read().contains(name)) {
            findings.add(
                    form.finding(
                            field.id(),
                            "writes " + name
                                    + ", which nothing reads; remove it or give it the property record with the paragraph that wants it"));
        }
        if (!name.matches("[a-z]\\w*")) {
            findings.add(form.finding(field.id(), "writes " + name + ", which is no camelCase name"));
        }
        Set<String> audience = variables.confidential().get(name);
        if (audience == null) {
            return;
        }
        List<String> here = Variables.roles(field.property("audience").orElse(""));
        if (!audience.equals(Set.copyOf(here))) {
            findings.add(form.finding(
                    field.id(),
                    "gives " + name + " to " + here + ", other forms to " + audience
                            + "; a name has one audience everywhere"));
        }
        for (String role : here) {
            if (!Roles.OF_CASE_WORKERS.contains(role)) {
                findings.add(form.finding(field.id(), "has the audience \"" + role + "\", which is no role"));
            }
        }
    }

    private static void components(FormFile form, JsonNode components, List<Finding> findings) {
        for (JsonNode component : components) {
            String id = component.path("id").asText();
            String type = component.path("type").asText();
            if (BROKEN_IN_TASKLIST.contains(type)) {
                findings.add(form.finding(id, "is a " + type + ", which Tasklist cannot show"));
            }
            boolean labelled = component.hasNonNull("label") || component.hasNonNull("dateLabel");
            if (component.hasNonNull("key") && !labelled) {
                findings.add(form.finding(id, "has no label; ask a question"));
            }
            feel(form, id, component, findings);
            components(form, component.path("components"), findings);
        }
    }

    private static void feel(FormFile form, String id, JsonNode node, List<Finding> findings) {
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (entry.getKey().equals("components")) {
                return;
            }
            if (value.isTextual() && value.textValue().startsWith("=")) {
                Feel.fault(value.textValue().substring(1))
                        .ifPresent(
                                fault -> findings.add(form.finding(id, entry.getKey() + " does not parse: " + fault)));
            } else if (value.isObject()) {
                feel(form, id, value, findings);
            }
        });
    }
}
