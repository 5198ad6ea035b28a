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
