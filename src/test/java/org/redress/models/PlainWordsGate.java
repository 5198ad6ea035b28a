package org.redress.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** What a case worker reads, in forms and in the description of a task, is made of words and not of names from the models. */
final class PlainWordsGate implements Gate {

    private static final List<String> READ = List.of("label", "description", "text", "dateLabel", "timeLabel");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("]\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("\\b[a-z]+[a-z0-9]*[A-Z]\\w*");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (FormFile form : models.forms()) {
            collect(form, form.json(), findings);
        }
        for (ProcessFile process : models.processes()) {
            for (UserTask task : process.all(UserTask.class)) {
                for (Documentation shown : task.getDocumentations()) {
                    for (String name : names(shown.getTextContent())) {
                        findings.add(process.finding(
                                task.getId(), "says " + name + " in its documentation, which Tasklist shows"));
                    }
                }
            }
        }
        return findings;
    }

    private static void collect(FormFile form, JsonNode component, List<Finding> findings) {
        String id = component.path("id").asText();
        for (String each : READ) {
            for (String name : names(component.path(each).asText(""))) {
                findings.add(form.finding(id, "says " + name + " to whoever fills in the form"));
            }
        }
        for (JsonNode choice : component.path("values")) {
            for (String name : names(choice.path("label").asText(""))) {
                findings.add(form.finding(id, "says " + name + " to whoever fills in the form"));
            }
        }
        for (JsonNode inside : component.path("components")) {
            collect(form, inside, findings);
        }
    }

    /** Camel-cased names outside of templates and of the targets of links. */
    private static List<String> names(String text) {
        String shown = TARGET.matcher(TEMPLATE.matcher(text).replaceAll(" ")).replaceAll(" ");
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(shown);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
