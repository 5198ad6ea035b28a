package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The due dates of the scenarios, by the real deadline matrix and the DMN engine alone. */
class DueDatesTest {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private static final DmnDecision MATRIX = read("/dmn/shared/deadline-matrix.dmn");
    private static final BusinessCalendar WEEKDAYS = new BusinessCalendar(ZoneOffset.UTC, day -> false);

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void everyStepDoneOnItsLastDayKeepsTheScenariosDates(String title, LocalDate received, Map<String, String> due) {
        Instant filed = received.atTime(9, 30).toInstant(ZoneOffset.UTC);
        Instant acknowledged = end("D01-target", filed);
        Instant screened = end("D03", filed);
        Instant handedOver = end("D04", screened);
        Instant investigated = end("D06", handedOver);
        Map<String, Instant> ends = new LinkedHashMap<>();
        ends.put("D01-target", acknowledged);
        ends.put("D01-hard", end("D01-hard", filed));
        ends.put("D03", screened);
        ends.put("D04", handedOver);
        ends.put("D06", investigated);
        ends.put("D06-max", end("D06-max", handedOver));
        ends.put("D08", end("D08", acknowledged));
        ends.put("D09", end("D09", investigated));

        Map<String, String> days = new TreeMap<>();
        ends.forEach((clock, end) -> days.put(clock, WEEKDAYS.dayOf(end).toString()));
        assertThat(days).isEqualTo(due);
        assertThat(ends.values()).allSatisfy(end -> assertThat(end.toString()).endsWith("T23:59:59Z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void everyClockRunsWhateverTheUrgencyAndTheMode(String clock) {
        Instant start = Instant.parse("2026-02-06T09:30:00Z");
        for (String urgency : List.of("NORMAL", "URGENT")) {
            for (String mode : List.of("NORMAL", "EMERGENCY")) {
                assertThat(WEEKDAYS.end(start, allowance(clock, urgency, mode)))
                        .as("%s %s", urgency, mode)
                        .isAfter(start);
            }
        }
    }

    private static Instant end(String clock, Instant start) {
        return WEEKDAYS.end(start, allowance(clock, "NORMAL", "NORMAL"));
    }

    private static Allowance allowance(String clock, String urgency, String mode) {
        return Allowance.ofRow(ENGINE.evaluateDecision(MATRIX, Map.of("clock", clock, "urgency", urgency, "mode", mode))
                .getSingleResult()
                .getEntryMap());
    }

    static Stream<Arguments> scenarios() throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (InputStream file = resource("/scenarios/remedy.json")) {
            return StreamSupport.stream(json.readTree(file).spliterator(), false)
                    .map(scenario -> Arguments.of(
                            scenario.get("id").asText() + " "
                                    + scenario.get("title").asText(),
                            LocalDate.parse(scenario.get("received").asText()),
                            dates(scenario.get("due"))));
        }
    }

    private static Map<String, String> dates(JsonNode due) {
        Map<String, String> dates = new TreeMap<>();
        due.properties()
                .forEach(date -> dates.put(date.getKey(), date.getValue().asText()));
        return dates;
    }

    static Stream<String> clocks() throws IOException {
        try (InputStream file = resource("/dmn/shared/deadline-matrix.dmn")) {
            return Dmn.readModelFromStream(file).getModelElementsByType(Rule.class).stream()
                    .map(rule -> rule.getInputEntries().iterator().next().getTextContent())
                    .map(text -> text.replace("\"", "").strip())
                    .distinct();
        }
    }

    private static DmnDecision read(String model) {
        return ENGINE.parseDecision("deadline-matrix", resource(model));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DueDatesTest.class.getResourceAsStream(name), name);
    }
}
