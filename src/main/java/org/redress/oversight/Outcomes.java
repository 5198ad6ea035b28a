package org.redress.oversight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Condition;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.redress.vault.UnsealedChoices;
import org.springframework.stereotype.Component;

/**
 * Which answers are the outcome of a task (remedy.md A.0: every decision is on record): the choices of its form that steer the
 * case. They are found in the models themselves, in the version that belongs to the case: a choice that a condition of the same
 * process names, or one of {@link #STEER_IN_JAVA}. A field for which any form of these models names an audience, or that is a
 * survivor's (remedy.md C), is none, nor is what goes past the engine; so nothing that somebody wrote is ever an outcome, only
 * what they picked.
 */
@Component
class Outcomes {

    /** Decide as well, though Java or a table reads them and no condition. */
    static final Set<String> STEER_IN_JAVA = Set.of(
            "harmPlausible",
            "panelOutcome",
            "downstreamTakesUp1",
            "downstreamTakesUp2",
            "settledChannel",
            "waySafe",
            "loweringApproved",
            "relationDecision",
            "shortFundsDecision",
            "sanction",
            "endorsement",
            "statement",
            "recommendedOutcome",
            "waiveMonitoring",
            "acceptsLevel1",
            "acceptsLevel2");

    /** Tell of whoever complained: for who sees the whole case, and for no company, which may have answered it itself. */
    static final Set<String> OF_WHO_TOLD = Set.of("credibilityJudgement", "credibilityOutcome", "infoRequested");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> CHOICES = Set.of("radio", "select");
    private static final Pattern NAME = Pattern.compile("(?<![.\\w])[A-Za-z_]\\w*");
    private static final String MODEL = ".bpmn";
    private static final String FORM = ".form";

    private final RepositoryService repository;

    /** By process definition: what was deployed once never changes. */
    private final Map<String, Map<String, List<Question>>> known = new ConcurrentHashMap<>();

    Outcomes(RepositoryService repository) {
        this.repository = repository;
    }

    /**
     * A field that steers.
     *
     * @param words as the form asks; empty where they are put together from a case
     * @param answers the words of each answer; empty where Java makes them
     */
    record Question(String name, String words, Map<String, String> answers) {}

    /** The questions of each task, by process definition and id of the task. Two statements for each deployment not met before. */
    Map<String, Map<String, List<Question>>> of(Collection<String> definitions) {
        Set<String> unknown = new TreeSet<>(definitions);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            repository
                    .createProcessDefinitionQuery()
                    .processDefinitionIdIn(unknown.toArray(String[]::new))
                    .list()
                    .stream()
                    .map(ProcessDefinition::getDeploymentId)
                    .distinct()
                    .forEach(this::read);
        }
        Map<String, Map<String, List<Question>>> found = new HashMap<>();
        definitions.forEach(id -> found.put(id, known.getOrDefault(id, Map.of())));
        return found;
    }

    private void read(String deployment) {
        List<Resource> resources = repository.getDeploymentResources(deployment);
        Map<String, Map<String, List<Question>>> tasks = ofModels(resources);
        repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment)
                .list()
                .forEach(
                        definition -> known.put(definition.getId(), tasks.getOrDefault(definition.getKey(), Map.of())));
    }

    private static Map<String, Map<String, List<Question>>> ofModels(List<Resource> resources) {
        List<JsonNode> forms = resources.stream()
                .filter(each -> each.getName().endsWith(FORM))
                .map(Outcomes::form)
                .toList();
        List<BpmnModelInstance> models = resources.stream()
                .filter(each -> each.getName().endsWith(MODEL))
                .map(each -> Bpmn.readModelFromStream(new ByteArrayInputStream(each.getBytes())))
                .toList();
        return of(models, forms);
    }

    /** The same, of models and forms: by the id of the process and of the task. */
    static Map<String, Map<String, List<Question>>> of(
            Collection<BpmnModelInstance> models, Collection<JsonNode> forms) {
        Set<String> hidden = new HashSet<>();
        Map<String, List<Question>> choices = new HashMap<>();
        for (JsonNode form : forms) {
            List<Question> ofForm = new ArrayList<>();
            collect(form.path("components"), ofForm, hidden);
            choices.put(form.path("id").asText(), ofForm);
        }
        Map<String, Map<String, List<Question>>> found = new HashMap<>();
        for (BpmnModelInstance model : models) {
            Set<String> steering = steering(model);
            Map<String, List<Question>> tasks = new LinkedHashMap<>();
            for (UserTask task : model.getModelElementsByType(UserTask.class)) {
                List<Question> questions =
                        choices.getOrDefault(String.valueOf(task.getCamundaFormRef()), List.of()).stream()
                                .filter(question ->
                                        steering.contains(question.name()) && !hidden.contains(question.name()))
                                .toList();
                if (!questions.isEmpty()) {
                    tasks.put(task.getId(), questions);
                }
            }
            model.getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class)
                    .forEach(process -> found.put(process.getId(), tasks));
        }
        return found;
    }

    /** What the conditions of a model name. */
    private static Set<String> steering(BpmnModelInstance model) {
        Set<String> names = new LinkedHashSet<>(STEER_IN_JAVA);
        model.getModelElementsByType(ConditionExpression.class).forEach(each -> names(each.getTextContent(), names));
        model.getModelElementsByType(Condition.class).forEach(each -> names(each.getTextContent(), names));
        return names;
    }

    private static void names(String expression, Set<String> names) {
        Matcher name = NAME.matcher(expression);
        while (name.find()) {
            names.add(name.group());
        }
    }

    private static void collect(JsonNode components, List<Question> choices, Set<String> hidden) {
        for (JsonNode component : components) {
            String name = component.path("key").asText("");
            if (component.at("/properties/audience").isTextual()
                    || component.at("/properties/unrecorded").isTextual()
                    || component.at("/properties/class").asText().equals("DC3")
                    || UnsealedChoices.NAMES.contains(name)) {
                hidden.add(name);
            }
            if (CHOICES.contains(component.path("type").asText())) {
                Map<String, String> answers = new LinkedHashMap<>();
                component
                        .path("values")
                        .forEach(each -> answers.put(
                                each.path("value").asText(), each.path("label").asText()));
                choices.add(new Question(name, words(component.path("label").asText("")), answers));
            }
            collect(component.path("components"), choices, hidden);
        }
    }

    private static String words(String label) {
        return label.startsWith("=") || label.contains("{{") ? "" : label;
    }

    private static JsonNode form(Resource form) {
        try {
            return MAPPER.readTree(form.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The form " + form.getName() + " cannot be read", e);
        }
    }
}
