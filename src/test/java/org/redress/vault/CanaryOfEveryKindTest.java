package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.redress.Confidential;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Numbers, days and choices, which carry no marker of letters: rare ones, and that the engine holds a reference; and every
 * field of the API that is marked {@code writeOnly}. First, that the search finds each kind where it lies in the open.
 */
@SuppressWarnings("NullAway.Init")
class CanaryOfEveryKindTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long WHOLE = 918273645L;
    private static final double PART = 12.345678917;
    private static final String DAY = "1911-03-17";
    private static final Date MOMENT = Date.from(java.time.Instant.parse("1911-03-18T10:11:12.013Z"));
    private static final String CHOICE = "RARELY_CHOSEN";
    private static final List<String> MARKERS = List.of(
            String.valueOf(WHOLE),
            String.valueOf(PART),
            DAY,
            String.valueOf(MOMENT.toInstant().toEpochMilli()),
            CHOICE);
    private static final Set<String> CHOICES =
            Set.of("select", "radio", "checklist", "checkbox", "taglist", "dynamiclist");

    @Autowired
    private JdbcClient jdbc;

    private static Map<String, Object> ofEachKind(String prefix) {
        return Map.of(
                prefix + "Whole", WHOLE,
                prefix + "Part", PART,
                prefix + "Day", DAY,
                prefix + "Moment", MOMENT,
                prefix + "Choice", CHOICE,
                prefix + "Choices", json(List.of("OTHER", CHOICE)));
    }

    @Test
    void theSearchFindsEachKindInTheOpenAndTheEngineAndItsHistoryToo() {
        ProcessInstance open = start("learn-lessons", "R-2026-9903", Map.of());
        runtimeService.setVariables(open.getId(), ofEachKind("open"));
        Dump dump = new Dump(jdbc);
        try {
            dump.rowsWith(MARKERS).forEach((marker, rows) -> assertThat(rows.keySet())
                    .as(marker)
                    .contains("act_hi_detail", "act_hi_varinst", "act_ru_variable"));
            Set<String> expected = new TreeSet<>();
            for (String table : List.of("act_ru_variable", "act_hi_varinst", "act_hi_detail")) {
                ofEachKind("open").keySet().forEach(name -> expected.add(table + " " + name));
            }
            assertThat(dump.unsealed(ofEachKind("open").keySet())).isEqualTo(expected);
        } finally {
            runtimeService.deleteProcessInstance(open.getId(), "test over");
            historyService.deleteHistoricProcessInstance(open.getId());
        }
    }

    @Test
    void numbersDaysAndChoicesLieNowhereButInTheVault() {
        Map<String, Object> told = new HashMap<>();
        Set<String> types = new TreeSet<>();
        Confidential.fields().forEach((name, type) -> {
            types.add(type);
            told.put(
                    name,
                    switch (type) {
                        case "number" -> name.contains("tude") ? (Object) PART : WHOLE;
                        case "datetime" -> name.hashCode() % 2 == 0 ? DAY : MOMENT;
                        case "checklist", "dynamiclist", "taglist" -> json(List.of(CHOICE, DAY));
                        case "select", "radio" -> CHOICE;
                        default -> CHOICE + " " + WHOLE + " " + PART;
                    });
        });
        assertThat(types).contains("number", "datetime", "select", "radio", "checklist");
        ProcessInstance instance = start("learn-lessons", "R-2026-9904", Map.of());
        runtimeService.setVariables(instance.getId(), told);

        Map<String, Object> held = runtimeService.getVariables(instance.getId());
        told.keySet().forEach(name -> assertThat(held.get(name)).as(name).matches(Reference::is));
        assertThat(told.keySet().stream()
                        .filter(name -> CHOICES.contains(Confidential.fields().get(name))))
                .as("choices")
                .hasSizeGreaterThan(15);
        Dump dump = new Dump(jdbc);
        assertThat(dump.unsealed(told.keySet())).isEmpty();
        assertThat(dump.rowsWith(MARKERS))
                .hasSize(MARKERS.size())
                .allSatisfy((marker, rows) -> assertThat(rows).as(marker).isEmpty());
        assertThat(vault.open((String) held.get("whereLatitude"), "R-2026-9904", "test"))
                .hasValueSatisfying(text -> assertThat(Double.parseDouble(text)).isEqualTo(PART));
    }

    @Test
    void everyConfidentialFieldOfTheApiLiesNowhereButInTheVault() throws Exception {
        String marker = Confidential.MARKER;
        Map<String, Object> where = Map.of(
                "country", "CD",
                "site", marker,
                "district", marker,
                "latitude", -PART,
                "longitude", PART);
        Map<String, Object> grievance = new HashMap<>(Map.of(
                "channel", "PARTNER_SYSTEM",
                "reporterType", "NGO",
                "anonymous", false,
                "language", "en",
                "ongoing", "NO",
                "exploitationTypes", List.of("OTHER"),
                "childrenInvolved", false,
                "fearOfRetaliation", "NONE",
                "consentToShareIdentity", "NONE"));
        grievance.put("where", where);
        for (String field : List.of("contact", "whatHappened", "allegedActor", "desiredOutcome", "otherProceedings")) {
            grievance.put(field, marker + " told by the partner, in words that are long enough");
        }
        grievance.put("contactMode", "EMAIL");
        String number = filed("/api/grievances", grievance);
        filed(
                "/api/grievances/" + number + "/events",
                Map.of("eventKind", "NEW_INFORMATION", "eventNote", marker, "newInformation", marker + " and more"));
        filed(
                "/api/applications",
                Map.of(
                        "applicantName", "Endeavour canary",
                        "applicantType", "COMPANY",
                        "sector", "EXTRACTION",
                        "targetStatus", "ENGAGED",
                        "applicantContact", marker,
                        "applicationStatement", marker + " has adopted a policy."));
        filed(
                "/api/concerns",
                Map.of(
                        "concernAbout",
                        marker,
                        "concernCriterion",
                        "OTHER",
                        "dialogueTried",
                        "YES",
                        "concernNarrative",
                        marker + " is what we saw, and nobody answered."));
        fireDueJobs();

        Dump dump = new Dump(jdbc);
        Map<String, Map<String, Integer>> found = dump.rowsWith(List.of(number, marker, String.valueOf(PART)));
        assertThat(found.get(number)).as("the search finds what is there").isNotEmpty();
        assertThat(found.get(marker)).as("rows with a marker").isEmpty();
        assertThat(found.get(String.valueOf(PART))).as("rows with the place").isEmpty();
    }

    /** Each field that a schema marks is filled in above, so that a new one is not forgotten. */
    @Test
    void noConfidentialFieldOfTheApiIsForgotten() throws Exception {
        Set<String> marked = new TreeSet<>();
        List<Path> schemas;
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/schemas"))) {
            schemas = files.toList();
        }
        assertThat(schemas).hasSizeGreaterThan(4);
        for (Path schema : schemas) {
            collect(MAPPER.readTree(schema.toFile()), marked);
        }
        assertThat(marked)
                .containsExactlyInAnyOrder(
                        "contact",
                        "whatHappened",
                        "site",
                        "district",
                        "latitude",
                        "longitude",
                        "allegedActor",
                        "desiredOutcome",
                        "otherProceedings",
                        "concernAbout",
                        "concernNarrative",
                        "applicantContact",
                        "applicationStatement",
                        "eventNote",
                        "newInformation");
    }

    private static void collect(com.fasterxml.jackson.databind.JsonNode schema, Set<String> marked) {
        schema.path("properties").properties().forEach(field -> {
            if (field.getValue().path("writeOnly").asBoolean()) {
                marked.add(field.getKey());
            }
            collect(field.getValue(), marked);
        });
    }

    private String filed(String path, Map<String, ?> body) throws Exception {
        var answer = new PartnerCalls(port)
                .file("partner", path, "canary " + path.hashCode(), MAPPER.writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return MAPPER.readTree(answer.body()).path("caseNumber").asText();
    }
}
