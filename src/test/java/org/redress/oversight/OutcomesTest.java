package org.redress.oversight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.redress.oversight.Outcomes.Question;
import org.redress.vault.UnsealedChoices;

/** Which answers the page of a case tells, of all models and forms of remedy as they are. */
class OutcomesTest {

    /** Of one person each: their answers stand in the case of that person and not on the page. */
    private static final Set<String> OF_PEOPLE = Set.of("victim-case", "guardian-conflict", "renew-safety-plan");

    /** Are called a decision and have no one answer that steers, each for its reason. */
    private static final Map<String, String> NO_OUTCOME = Map.of(
            "task_settleFacts", "facts, each of which the next table shows",
            "task_confirmCasePlans", "which plans of people have to change, a list of references",
            "task_lessonsReview", "a list of actions");

    private static final List<String> DECISIONS = List.of(
            "Decide",
            "Weigh",
            "Settle",
            "Review",
            "Confirm",
            "Agree",
            "Approve",
            "Hear",
            "Examine",
            "Answer to",
            "Screen");

    /** Fields that companies answer and that say nothing of whoever complained or was harmed. */
    private static final Set<String> OF_COMPANIES = Set.of(
            "acceptsLevel1",
            "acceptsLevel2",
            "actionabilityJudgement",
            "actionabilityOutcome",
            "alternativePayer",
            "downstreamAnswer",
            "downstreamTakesUp1",
            "downstreamTakesUp2",
            "endorsement",
            "engagement",
            "factsAnswer",
            "relationDecision",
            "statement");

    // Read once for all tests
    private static final List<BpmnModelInstance> MODELS = all("bpmn/remedy", ".bpmn", Bpmn::readModelFromFile);
    private static final List<JsonNode> FORMS = Stream.of("forms/remedy", "forms/shared")
            .flatMap(folder -> all(folder, ".form", OutcomesTest::json).stream())
            .toList();
    private static final Map<String, Map<String, List<Question>>> OUTCOMES = Outcomes.of(MODELS, FORMS);

    @Test
    void noChoiceOfASurvivorIsAnOutcome() {
        assertThat(OUTCOMES.values().stream()
                        .flatMap(tasks -> tasks.values().stream())
                        .flatMap(List::stream)
                        .map(Question::name))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(UnsealedChoices.NAMES);
    }

    @Test
    void everyDecisionHasAnOutcome() {
        Map<String, String> without = new TreeMap<>();
        for (BpmnModelInstance model : MODELS) {
            String process = process(model);
            for (UserTask task : model.getModelElementsByType(UserTask.class)) {
                boolean decides = DECISIONS.stream().anyMatch(task.getName()::startsWith);
                if (decides
                        && !OF_PEOPLE.contains(process)
                        && !NO_OUTCOME.containsKey(task.getId())
                        && OUTCOMES.getOrDefault(process, Map.of())
                                .getOrDefault(task.getId(), List.of())
                                .isEmpty()) {
                    without.put(task.getId(), process + ": " + task.getName());
                }
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void whatIsConfidentialInAnyFormIsNoOutcome() {
        Set<String> hidden = new TreeSet<>();
        FORMS.forEach(form -> collect(form.path("components"), hidden));
        assertThat(hidden).contains("hearingReason", "whatHappened");
        assertThat(names()).isNotEmpty().doesNotContainAnyElementsOf(hidden);
    }

    /** Whatever is added here is looked at first: a smelter and a downstream company learn nothing of people. */
    @Test
    void whatCompaniesAnswerIsKnownToSayNothingOfPeopleOrIsLeftOut() {
        Set<String> answered = new TreeSet<>();
        for (BpmnModelInstance model : MODELS) {
            for (UserTask task : model.getModelElementsByType(UserTask.class)) {
                String groups = String.valueOf(task.getCamundaCandidateGroups());
                if (groups.contains("smelter") || groups.contains("downstream")) {
                    OUTCOMES.getOrDefault(process(model), Map.of()).getOrDefault(task.getId(), List.of()).stream()
                            .map(Question::name)
                            .forEach(answered::add);
                }
            }
        }
        answered.removeAll(Outcomes.OF_WHO_TOLD);
        assertThat(answered).containsExactlyInAnyOrderElementsOf(OF_COMPANIES);
    }

    @Test
    void aFieldThatTurnsConfidentialIsLeftOutAndSoIsOneThatNothingReads() {
        BpmnModelInstance model = MODELS.stream()
                .filter(each -> process(each).equals("withdraw-complaint"))
                .findFirst()
                .orElseThrow();
        JsonNode form = FORMS.stream()
                .filter(each -> each.path("id").asText().equals("withdraw-complaint"))
                .findFirst()
                .orElseThrow();
        assertThat(named(Outcomes.of(List.of(model), List.of(form)))).containsExactly("harmPlausible", "pressedFor");
        JsonNode sealed = json(form.toString()
                .replace(
                        "\"key\":\"pressedFor\"",
                        "\"key\":\"pressedFor\",\"properties\":{\"audience\":\"protection\"}"));
        assertThat(named(Outcomes.of(List.of(model), List.of(sealed)))).containsExactly("harmPlausible");
    }

    private static Set<String> named(Map<String, Map<String, List<Question>>> found) {
        Set<String> names = new TreeSet<>();
        found.values().forEach(tasks -> tasks.values()
                .forEach(questions -> questions.forEach(each -> names.add(each.name()))));
        return names;
    }

    private Set<String> names() {
        return named(OUTCOMES);
    }

    private static void collect(JsonNode components, Set<String> hidden) {
        components.forEach(component -> {
            if (component.at("/properties/audience").isTextual()) {
                hidden.add(component.path("key").asText());
            }
            collect(component.path("components"), hidden);
        });
    }

    private static String process(BpmnModelInstance model) {
        return model.getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class)
                .iterator()
                .next()
                .getId();
    }

    private static <T> List<T> all(String folder, String ending, Function<java.io.File, T> read) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<T> found = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .forEach(file -> found.add(read.apply(file.toFile())));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(java.io.File file) {
        try {
            return json(Files.readString(file.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
