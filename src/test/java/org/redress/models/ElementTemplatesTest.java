package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.junit.jupiter.api.Test;
import org.redress.engine.Roles;

/**
 * The element templates of the Modeler: what they offer is what the tables hold, and what they make is what the gates
 * accept. {@code mvn test -Dtest=ElementTemplatesTest -Dredress.templates.write=true} writes their choices anew.
 */
class ElementTemplatesTest {

    private static final Path FILE = Path.of(".camunda/element-templates/redress.json");
    private static final Path ROOT = Path.of("");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TYPES = Set.of("String", "Text", "Boolean", "Dropdown", "Hidden");
    private static final Set<String> BINDINGS = Set.of(
            "property",
            "camunda:property",
            "camunda:inputParameter",
            "camunda:outputParameter",
            "camunda:in",
            "camunda:out",
            "camunda:in:businessKey",
            "camunda:executionListener",
            "camunda:field",
            "camunda:errorEventDefinition");

    private static final Models MODELS = Models.in(ROOT);

    private static ArrayNode templates() throws IOException {
        return (ArrayNode) JSON.readTree(Files.readString(FILE));
    }

    @Test
    void whatATemplateOffersIsWhatTheTablesHold() throws IOException {
        ArrayNode templates = templates();
        Map<String, Map<String, String>> choices =
                Map.of("role", roles(), "clock", clocks(), "event", events(), "decision", decisions());
        for (JsonNode template : templates) {
            for (JsonNode property : template.path("properties")) {
                if (property.has("id")) {
                    assertThat(choices).containsKey(property.path("id").asText());
                    ArrayNode offered = JSON.createArrayNode();
                    Objects.requireNonNull(choices.get(property.path("id").asText()))
                            .forEach((value, name) ->
                                    offered.addObject().put("name", name).put("value", value));
                    ((ObjectNode) property).set("choices", offered);
                }
            }
        }
        String text = pretty(templates);
        if (Boolean.getBoolean("redress.templates.write")) {
            Files.writeString(FILE, text);
        }
        assertThat(Files.readString(FILE))
                .as(
                        "the choices of %s; a row was added or taken away: mvn test -Dtest=ElementTemplatesTest"
                                + " -Dredress.templates.write=true",
                        FILE)
                .isEqualTo(text);
        assertThat(clocks()).containsKey("${deadlines.due(execution, 'D03')}").hasSizeGreaterThan(80);
        assertThat(events()).containsKey("final-report");
        assertThat(decisions()).containsKeys("credibility", "actionability");
        assertThat(roles()).containsEntry("audit-programme", "audit-programme").doesNotContainKey("smelter");
    }

    /** The rules of Camunda's JSON schema for templates of version 7 that a slip of ours would break. */
    @Test
    void theModelerReadsThem() throws IOException {
        Set<String> ids = new java.util.HashSet<>();
        for (JsonNode template : templates()) {
            assertThat(template.path("$schema").asText())
                    .isEqualTo("https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json");
            assertThat(ids.add(template.path("id").asText())).isTrue();
            assertThat(template.path("name").asText()).isNotBlank();
            assertThat(template.path("appliesTo")).isNotEmpty();
            template.path("appliesTo").forEach(type -> assertThat(type.asText()).matches("bpmn:\\w+"));
            for (JsonNode property : template.path("properties")) {
                String type = property.path("type").asText();
                JsonNode binding = property.path("binding");
                assertThat(TYPES).contains(type);
                assertThat(BINDINGS).contains(binding.path("type").asText());
                assertThat(binding.has(
                                binding.path("type").asText().equals("camunda:outputParameter") ? "source" : "name"))
                        .as(property.toString())
                        .isTrue();
                assertThat(property.has("value")).as(property.toString()).isEqualTo(type.equals("Hidden"));
                assertThat(property.has("choices")).isEqualTo(type.equals("Dropdown"));
            }
        }
    }

    @Test
    void whatATemplateMakesIsWhatTheGatesAccept() throws IOException {
        Map<String, String> entered = new LinkedHashMap<>();
        entered.put("camunda:formRef", "screen-credibility");
        entered.put("camunda:candidateGroups", "${parties.group(execution, 'downstream')}");
        entered.put("camunda:dueDate", "${deadlines.due(execution, 'D03')}");
        entered.put("event", "final-report");
        entered.put("camunda:decisionRef", "credibility");
        entered.put("${advice.outcome}", "credibilityOutcome");
        entered.put("${advice.rule}", "credibilityRule");
        entered.put("${advice.basis}", "credibilityBasis");
        String made = process(applied("userTask", "redress.clocked-user-task", "task_look", "Look at it", entered)
                + applied("serviceTask", "redress.letter", "task_tell", "Tell of it", entered)
                + applied("businessRuleTask", "redress.decision", "task_advise", "Advise on it", entered));
        assertThat(findings(made)).isEmpty();
        assertThat(findings(made.replace("'D03'", "'D99'"))).hasSize(1);
        assertThat(findings(made.replace(">final-report<", ">nothing-of-the-kind<")))
                .hasSize(1);
        assertThat(findings(made.replace(" camunda:asyncBefore=\"true\"", ""))).hasSize(1);
    }

    private static List<Finding> findings(String process) {
        Map<String, String> texts = new TreeMap<>(Models.texts(ROOT));
        texts.put("bpmn/remedy/made-by-templates.bpmn", process);
        Models models = Models.of(texts);
        House house = House.in(ROOT);
        return java.util.stream.Stream.of(new TaskGate(), new ReferenceGate())
                .flatMap(gate -> gate.findings(models, house).stream())
                .filter(finding -> finding.file().contains("made-by-templates"))
                .filter(finding -> finding.element().startsWith("task_"))
                .toList();
    }

    /** What the Modeler writes when the template is applied and its fields are filled in. */
    private static String applied(String type, String templateId, String id, String name, Map<String, String> entered)
            throws IOException {
        JsonNode template = java.util.stream.StreamSupport.stream(templates().spliterator(), false)
                .filter(each -> each.path("id").asText().equals(templateId))
                .findFirst()
                .orElseThrow();
        assertThat(template.path("appliesTo").toString().toLowerCase(java.util.Locale.ROOT))
                .contains("bpmn:" + type.toLowerCase(java.util.Locale.ROOT));
        StringBuilder attributes = new StringBuilder();
        StringBuilder parameters = new StringBuilder();
        for (JsonNode property : template.path("properties")) {
            JsonNode binding = property.path("binding");
            String key = binding.path("name").asText(binding.path("source").asText());
            String value = key.equals("name") ? name : property.path("value").asText(entered.get(key));
            assertThat(value).as(key).isNotNull();
            switch (binding.path("type").asText()) {
                case "property" -> attributes.append(" %s=\"%s\"".formatted(key, value));
                case "camunda:inputParameter" ->
                    parameters.append(
                            "<camunda:inputParameter name=\"%s\">%s</camunda:inputParameter>".formatted(key, value));
                default ->
                    parameters.append(
                            "<camunda:outputParameter name=\"%s\">%s</camunda:outputParameter>".formatted(value, key));
            }
        }
        String inside = parameters.isEmpty()
                ? ""
                : "<bpmn:extensionElements><camunda:inputOutput>" + parameters
                        + "</camunda:inputOutput></bpmn:extensionElements>";
        return "<bpmn:%s id=\"%s\" camunda:modelerTemplate=\"%s\"%s>%s</bpmn:%s>"
                .formatted(type, id, templateId, attributes, inside, type);
    }

    private static String process(String elements) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://redress.org/bpmn">
                  <bpmn:process id="made-by-templates" isExecutable="true">%s</bpmn:process>
                </bpmn:definitions>
                """
                .formatted(elements);
    }

    private static Map<String, String> roles() {
        Map<String, String> choices = new LinkedHashMap<>();
        for (String role : Roles.OF_CASE_WORKERS) {
            if (Roles.OF_PARTIES.contains(role)) {
                choices.put("${parties.group(execution, '" + role + "')}", role + " of the case");
            } else if (!Roles.OF_SEATS.contains(role)) {
                choices.put(role, role);
            }
        }
        return choices;
    }

    private static Map<String, String> clocks() throws IOException {
        Properties words = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/messages.properties"))) {
            words.load(file);
        }
        Map<String, String> choices = new LinkedHashMap<>();
        MODELS.decisionFile("deadline-matrix").orElseThrow().choices("clock").forEach(clock -> {
            String word = words.getProperty("clock." + clock, clock).replaceFirst(" \\([DV]\\d\\d\\)$", "");
            choices.put(
                    "${deadlines.due(execution, '" + clock + "')}",
                    word.equals(clock) ? word : word + " (" + clock + ")");
        });
        return choices;
    }

    private static Map<String, String> events() {
        Map<String, String> choices = new LinkedHashMap<>();
        MODELS.decisionFile("notification-matrix").orElseThrow().choices("event").stream()
                .sorted()
                .forEach(event -> choices.put(event, event.replace('-', ' ')));
        return choices;
    }

    /** Tables that give one row with an outcome, its rule and its basis. */
    private static Map<String, String> decisions() {
        Map<String, String> choices = new TreeMap<>();
        for (DecisionFile file : MODELS.decisions()) {
            for (Decision decision : file.decisions()) {
                if (!decision.getId().equals(Models.baseName(file.file()))
                        || !(decision.getExpression() instanceof DecisionTable table)) {
                    continue;
                }
                Set<String> outputs =
                        table.getOutputs().stream().map(Output::getName).collect(Collectors.toSet());
                boolean one = table.getHitPolicy() == HitPolicy.FIRST || table.getHitPolicy() == HitPolicy.UNIQUE;
                if (one && outputs.containsAll(List.of("outcome", "rule", "basis"))) {
                    choices.put(decision.getId(), decision.getName());
                }
            }
        }
        return choices;
    }

    private static String pretty(JsonNode json) throws IOException {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indent);
        printer.indentArraysWith(indent);
        return JSON.writer(printer).writeValueAsString(json) + "\n";
    }
}
