package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who reads what of a danger, and where a place is: no more roles than those whose task it is (remedy.md C, docs/vault.md). */
class AudiencesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, Set<String>> audiences() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
            for (Path form :
                    forms.filter(path -> path.toString().endsWith(".form")).toList()) {
                for (JsonNode field : JSON.readTree(form.toFile()).path("components")) {
                    String audience = field.path("properties").path("audience").asText("");
                    if (!audience.isEmpty()) {
                        found.computeIfAbsent(field.path("key").asText(), key -> new java.util.TreeSet<>())
                                .addAll(List.of(audience.split(",")));
                    }
                }
            }
        }
        return found;
    }

    /** Who reads each class by the table of remedy.md C. What has an audience and no class is of the case. */
    private static final Map<String, Set<String>> READERS = Map.of(
            "DC3", Set.of("vsc", "provider"),
            "DC2", Set.of("vsc", "provider", "facilitator", "audit-programme", "protection", "legal", "dpo"));

    /** Where the table of remedy.md C holds; what members tell each other is in no class. */
    private static final List<String> OF_REMEDY = List.of("forms/remedy", "forms/shared");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** By field those who read it past the table of remedy.md C. */
    private static Map<String, Set<String>> wider() throws IOException {
        Map<String, Set<String>> wider = new TreeMap<>();
        for (String folder : OF_REMEDY) {
            try (Stream<Path> forms = Files.walk(Path.of(folder))) {
                for (Path form : forms.filter(path -> path.toString().endsWith(".form"))
                        .sorted()
                        .toList()) {
                    collect(JSON.readTree(form.toFile()), wider);
                }
            }
        }
        return wider;
    }

    private static void collect(JsonNode form, Map<String, Set<String>> wider) {
        for (JsonNode field : form.path("components")) {
            JsonNode properties = field.path("properties");
            String audience = properties.path("audience").asText("");
            if (!audience.isBlank()) {
                Set<String> more = new TreeSet<>(List.of(audience.split("\\s*,\\s*")));
                more.removeAll(READERS.getOrDefault(properties.path("class").asText("DC2"), Set.of()));
                String name = field.path("key").asText(field.path("path").asText());
                wider.computeIfAbsent(properties.path("shows").asText(name), any -> new TreeSet<>())
                        .addAll(more);
            }
            collect(field, wider);
        }
    }

    /** The table of docs/vault.md: by field those who read it past that of remedy.md C, each with a reason. */
    private static Map<String, Set<String>> reasoned() throws IOException {
        Map<String, Set<String>> reasoned = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/vault.md"))) {
            inside = line.startsWith("| field | read by, besides |") || (inside && line.startsWith("|"));
            String[] cells = line.split("\\|", -1);
            if (inside && cells.length == 5 && cells[1].contains("`")) {
                assertThat(cells[3].strip()).as("why " + cells[1]).hasSizeGreaterThan(20);
                for (String field : names(cells[1])) {
                    assertThat(reasoned.put(field, names(cells[2])))
                            .as(field + " stands there twice")
                            .isNull();
                }
            }
        }
        return reasoned;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whoReadsMoreThanTheTableOfClassesGivesDoesSoForAReasonThatIsWrittenDown() throws IOException {
        Map<String, Set<String>> wider = wider();
        wider.values().removeIf(Set::isEmpty);
        assertThat(reasoned())
                .as("docs/vault.md, Wider than the table: each with its reason, and none that is not needed")
                .isNotEmpty()
                .isEqualTo(wider);
    }

    @Test
    void noRoleReadsMoreOfADangerThanItsTaskNeeds() throws IOException {
        assertThat(audiences())
                .containsEntry("rescueNote", Set.of("protection", "facilitator", "vsc"))
                .containsEntry("reportNote", Set.of("protection", "facilitator", "vsc"))
                .containsEntry("dutyAdvice", Set.of("protection", "legal"))
                .containsEntry("protectionSteps", Set.of("protection"))
                .containsEntry("joinNote", Set.of("protection"))
                .containsEntry("reportsToWeigh", Set.of("protection"))
                .containsEntry("settledReason", Set.of("protection"))
                .containsEntry("relocated", Set.of("protection"));
    }

    @Test
    void noCompanyReadsWhereAPlaceIsToTheMetre() throws IOException {
        for (String place : List.of("whereLatitude", "whereLongitude")) {
            assertThat(audiences().get(place)).doesNotContain("downstream", "smelter");
        }
    }

    @Test
    void whatAProviderIsToldAndWhatWasExplainedIsForTheCoordinator() throws IOException {
        assertThat(audiences())
                .containsEntry("dataShared", Set.of("vsc"))
                .containsEntry("legalExplained", Set.of("vsc"));
    }
}
