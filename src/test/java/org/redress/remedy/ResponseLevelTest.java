package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;
import static org.redress.Decision.without;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.spin.Spin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** The level of remedy for a pair of incident and smelter (remedy specification B.1 to B.3). */
class ResponseLevelTest {

    private static final Decision LEVEL = Decision.of("remedy/response-level");

    /** B.3: not trading, self-detected, exposure 2026-01-15, one severe type. */
    private static final Map<String, @Nullable Object> BASE = given(
            "tradeOngoing",
            false,
            "selfDetected",
            true,
            "exposureDate",
            "2026-01-15",
            "effectiveCessation",
            "2025-02-10",
            "incidentFirst",
            null,
            "incidentLatest",
            "2024-11-01",
            "types",
            List.of("TRAFFICKING_LABOUR"),
            "occurrences90d",
            1,
            "affected",
            1);

    @BeforeEach
    void today() {
        travel("2026-06-01");
    }

    @AfterEach
    void backToTheRealClock() {
        ClockUtil.reset();
    }

    @AfterAll
    static void everyRowWasHit() {
        assertThat(LEVEL.rowsNeverHit()).isEmpty();
    }

    @ParameterizedTest(name = "{0} gives row {6}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # case, end of trade, first, latest, exposure, self-detected, row, rule, relationship, status, recent, basis, flag
                    B01, 2025-02-10, -, 2024-02-11, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    B02, 2025-02-10, -, 2024-02-10, 2026-01-15, true, C, RL3, REL6, PAST, false, INFERRED, -
                    the day before B02, 2025-02-10, -, 2024-02-09, 2026-01-15, true, C, RL3, REL6, PAST, false, INFERRED, -
                    B05, 2025-02-10, 2024-12-01, 2025-03-01, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    B06, 2025-02-10, 2025-03-01, 2025-06-01, 2026-01-15, true, N, RL5, REL3, NOT_LINKED, -, PROPOSED, -
                    began on the last day of trade, 2025-02-10, 2025-02-10, 2025-06-01, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    began the day after, 2025-02-10, 2025-02-11, 2025-06-01, 2026-01-15, true, N, RL5, REL3, NOT_LINKED, -, PROPOSED, -
                    B08, 2024-02-29, -, 2023-02-28, 2026-01-15, true, C, RL3, REL6, PAST, false, INFERRED, -
                    the day after B08, 2024-02-29, -, 2023-03-01, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    incident on a leap day, 2025-02-28, -, 2024-02-29, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    one year after a leap day, 2025-03-01, -, 2024-02-29, 2026-01-15, true, C, RL3, REL6, PAST, false, INFERRED, -
                    B12, 2025-07-16, -, 2025-01-15, 2026-01-15, true, A, RL1, REL5, CURRENT, -, SEED, -
                    B12 a day later, 2025-07-15, -, 2025-01-15, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    six months from 31 August, 2025-08-31, -, 2025-01-15, 2026-02-28, true, B, RL2, REL6, PAST, true, INFERRED, -
                    a day less, 2025-08-31, -, 2025-01-15, 2026-02-27, true, A, RL1, REL5, CURRENT, -, SEED, -
                    known before the smelter left, 2025-02-10, -, 2024-11-01, 2024-12-24, true, A, RL1, REL5, CURRENT, -, SEED, -
                    B13, 2023-01-10, -, 2022-06-01, 2026-01-15, false, A, RL1, REL4, CURRENT, -, SEED, LITERAL_NOTE_23
                    B13 without exposure, 2023-01-10, -, 2022-06-01, -, false, A, RL1, REL4, CURRENT, -, SEED, LITERAL_NOTE_23
                    B15, -, -, 2024-01-01, 2026-01-15, true, A, RL1, REL2, CURRENT, -, SEED, DATA_GAP
                    B15 and nothing else known, -, -, -, -, -, A, RL1, REL2, CURRENT, -, SEED, DATA_GAP
                    last day not known, 2025-02-10, -, -, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, INCIDENT_DATE_UNKNOWN
                    a month counts as its last day, 2025-02-28, -, 2024-02, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    the month before, 2025-02-28, -, 2024-01, 2026-01-15, true, C, RL3, REL6, PAST, false, INFERRED, -
                    a year counts as its last day, 2025-02-10, -, 2024, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    a first month counts as its first day, 2025-02-10, 2025-02, 2025-06-01, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    first and last in one month, 2025-02-10, 2024-12, 2024-12-05, 2026-01-15, true, B, RL2, REL6, PAST, true, INFERRED, -
                    """)
    void theLinkAndTheIntervalDecideTheRow(
            String title,
            @Nullable String end,
            @Nullable String first,
            @Nullable String latest,
            @Nullable String exposure,
            @Nullable Boolean selfDetected,
            String row,
            String rule,
            String relationship,
            String status,
            @Nullable Boolean recent,
            String basis,
            @Nullable String flag) {
        Map<String, @Nullable Object> level = LEVEL.row(with(
                BASE,
                "effectiveCessation",
                end,
                "incidentFirst",
                first,
                "incidentLatest",
                latest,
                "exposureDate",
                exposure,
                "selfDetected",
                selfDetected));

        assertThat(level)
                .as(title)
                .containsEntry("row", row)
                .containsEntry("rule", rule)
                .containsEntry("relationshipRule", relationship)
                .containsEntry("status", status)
                .containsEntry("recent", recent)
                .containsEntry("basis", basis)
                .containsEntry("flags", flag == null ? List.of() : List.of(flag))
                .containsEntry("severe", true)
                .containsOnlyKeys(
                        "level1",
                        "level2",
                        "row",
                        "status",
                        "severe",
                        "grounds",
                        "recent",
                        "rule",
                        "relationshipRule",
                        "basis",
                        "flags");
    }

    @ParameterizedTest(name = "{0}: {1}, {2} people, {3} times in 90 days")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # types, affected, occurrences, grounds, row of a past and recent link, rule
                    TRAFFICKING_SEXUAL, 1, 1, TYPE_EXPLICIT, B, RL2
                    TRAFFICKING_LABOUR, 1, 1, TYPE_EXPLICIT, B, RL2
                    DEBT_BONDAGE, 1, 1, TYPE_EXPLICIT, B, RL2
                    FORCED_LABOUR, 1, 1, TYPE_INFERRED, B, RL2
                    WORST_FORM_CHILD_LABOUR, 1, 1, TYPE_INFERRED, B, RL2
                    CHILD_TRAFFICKING, 1, 1, TYPE_INFERRED, B, RL2
                    COMMERCIAL_SEXUAL_EXPLOITATION, 1, 1, TYPE_INFERRED, B, RL2
                    SLAVERY_OTHER, 1, 1, TYPE_INFERRED, B, RL2
                    WAGE_VIOLATION, 9, 2, -, C, RL4
                    NO_CONTRACT, 9, 2, -, C, RL4
                    POOR_CONDITIONS, 9, 2, -, C, RL4
                    DISCRIMINATION, 9, 2, -, C, RL4
                    OTHER_LABOUR_RIGHT, 9, 2, -, C, RL4
                    OTHER, 9, 2, -, C, RL4
                    WAGE_VIOLATION, 0, -, -, C, RL4
                    POOR_CONDITIONS, 1, 3, FREQUENCY, B, RL2
                    POOR_CONDITIONS, 10, 2, NUMBER, B, RL2
                    POOR_CONDITIONS, 10, 3, FREQUENCY NUMBER, B, RL2
                    DEBT_BONDAGE CHILD_TRAFFICKING WAGE_VIOLATION, 40, 7, FREQUENCY NUMBER TYPE_EXPLICIT TYPE_INFERRED, B, RL2
                    """)
    void typeFrequencyOrNumberMakeAnIncidentSevere(
            String types,
            int affected,
            @Nullable Integer occurrences,
            @Nullable String grounds,
            String row,
            String rule) {
        Map<String, @Nullable Object> level = LEVEL.row(
                with(BASE, "types", List.of(types.split(" ")), "affected", affected, "occurrences90d", occurrences));

        List<String> expected = grounds == null ? List.of() : List.of(grounds.split(" "));
        assertThat(level)
                .containsEntry("grounds", expected)
                .containsEntry("severe", grounds != null)
                .containsEntry("row", row)
                .containsEntry("rule", rule);
    }

    @ParameterizedTest(name = "row {0}")
    @CsvSource({
        "A, MANDATORY, RECOMMENDED, 2025-12-23, TRAFFICKING_LABOUR, 2024-11-01",
        "B, MANDATORY, RECOMMENDED, 2025-02-10, TRAFFICKING_LABOUR, 2024-11-01",
        "C, RECOMMENDED, RECOMMENDED, 2025-02-10, TRAFFICKING_LABOUR, 2023-11-01",
        "N, NONE, NONE, 2022-02-10, TRAFFICKING_LABOUR, 2023-11-01"
    })
    void everyRowHasItsTwoLevels(String row, String level1, String level2, String end, String type, String incident) {
        assertThat(LEVEL.row(with(
                        BASE,
                        "effectiveCessation",
                        end,
                        "types",
                        List.of(type),
                        "incidentFirst",
                        incident,
                        "incidentLatest",
                        incident)))
                .containsEntry("row", row)
                .containsEntry("level1", level1)
                .containsEntry("level2", level2);
    }

    /** The guideline's table and its notes once more, in Java and independent of the decision tables (B.1, B.2). */
    private static String rowByTheGuideline(
            boolean trading,
            @Nullable LocalDate end,
            @Nullable LocalDate first,
            @Nullable LocalDate latest,
            boolean selfDetected,
            LocalDate exposure,
            boolean severe) {
        if (trading || end == null) {
            return "A";
        }
        if (first != null && first.isAfter(end)) {
            return "N";
        }
        boolean leftLongBefore = selfDetected && !exposure.isBefore(end.plusMonths(6));
        if (!leftLongBefore) {
            return "A";
        }
        boolean recent = latest == null || latest.isAfter(end.minusYears(1));
        return severe && recent ? "B" : "C";
    }

    @Test
    void theTablesAgreeWithTheGuidelineOnEveryCombination() {
        List<@Nullable LocalDate> ends =
                Arrays.asList(null, LocalDate.parse("2024-02-29"), LocalDate.parse("2025-08-31"));
        List<@Nullable LocalDate> firsts =
                Arrays.asList(null, LocalDate.parse("2023-02-28"), LocalDate.parse("2024-03-01"));
        List<@Nullable LocalDate> latests = Arrays.asList(
                null,
                LocalDate.parse("2023-02-28"),
                LocalDate.parse("2023-03-01"),
                LocalDate.parse("2024-08-31"),
                LocalDate.parse("2024-09-01"),
                LocalDate.parse("2025-09-01"));
        List<LocalDate> exposures = List.of(
                LocalDate.parse("2024-08-28"),
                LocalDate.parse("2024-08-29"),
                LocalDate.parse("2026-02-27"),
                LocalDate.parse("2026-02-28"));
        int compared = 0;
        for (boolean trading : List.of(true, false)) {
            for (boolean selfDetected : List.of(true, false)) {
                for (boolean severe : List.of(true, false)) {
                    for (LocalDate end : ends) {
                        for (LocalDate first : firsts) {
                            for (LocalDate latest : latests) {
                                if (first != null && latest != null && latest.isBefore(first)) {
                                    continue;
                                }
                                for (LocalDate exposure : exposures) {
                                    Map<String, @Nullable Object> inputs = given(
                                            "tradeOngoing", trading,
                                            "selfDetected", selfDetected,
                                            "exposureDate", text(exposure),
                                            "effectiveCessation", text(end),
                                            "incidentFirst", text(first),
                                            "incidentLatest", text(latest),
                                            "types", List.of(severe ? "DEBT_BONDAGE" : "NO_CONTRACT"),
                                            "affected", 1);
                                    assertThat(LEVEL.row(inputs).get("row"))
                                            .as("%s", inputs)
                                            .isEqualTo(rowByTheGuideline(
                                                    trading, end, first, latest, selfDetected, exposure, severe));
                                    compared++;
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    static Stream<Arguments> scenarios() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ResponseLevelTest.class.getResourceAsStream("/scenarios/remedy.json"))) {
            return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false)
                    .filter(scenario -> scenario.get("end").isNull())
                    .map(scenario -> Arguments.of(
                            scenario.get("id").asText() + " "
                                    + scenario.get("title").asText(),
                            scenario))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void scenariosGetTheirLevel(String title, JsonNode scenario) {
        travel(scenario.get("received").asText());
        JsonNode expected = scenario.get("expected");

        Map<String, @Nullable Object> level = LEVEL.row(values(scenario.get("case")));

        for (String output :
                List.of("status", "relationshipRule", "severe", "grounds", "recent", "level1", "level2", "row")) {
            assertThat(level).as(title).containsEntry(output, value(expected.get(output)));
        }
    }

    @Test
    void daysMayComeAsDateOrAsText() {
        Map<String, @Nullable Object> dates = new HashMap<>(BASE);
        for (String name : List.of("exposureDate", "effectiveCessation", "incidentLatest")) {
            dates.put(name, date(Objects.requireNonNull(BASE.get(name)).toString()));
        }

        assertThat(LEVEL.row(dates)).isEqualTo(LEVEL.row(BASE));
        assertThat(LEVEL.row(
                        with(dates, "effectiveCessation", date("2024-02-29"), "incidentLatest", date("2023-02-28"))))
                .containsEntry("row", "C");
    }

    @Test
    void typesMayComeAsJson() {
        assertThat(LEVEL.row(with(BASE, "types", Spin.JSON("[\"WAGE_VIOLATION\",\"DEBT_BONDAGE\"]"))))
                .containsEntry("grounds", List.of("TYPE_EXPLICIT"));
    }

    @Test
    void whatTheTablesDecideCannotBeSuppliedFromOutside() {
        assertThat(LEVEL.row(with(
                        BASE,
                        "types",
                        List.of("WAGE_VIOLATION"),
                        "ground",
                        List.of("NUMBER"),
                        "severe",
                        true,
                        "recent",
                        false,
                        "status",
                        "CURRENT",
                        "number",
                        1,
                        "wellBefore",
                        "P9Y")))
                .containsEntry("row", "C")
                .containsEntry("rule", "RL4")
                .containsEntry("grounds", List.of())
                .containsEntry("recent", true);
    }

    @Test
    void withoutTheLiteralReadingACommercialExitCountsAsPast() throws IOException {
        DmnModelInstance model =
                Dmn.readModelFromFile(Path.of("dmn/remedy/response-level.dmn").toFile());
        OutputEntry literal = model.getModelElementById("remedy-thresholds_default_is_requireSelfDetection");
        literal.getText().setTextContent("false");

        assertThat(Decision.of("response-level", model)
                        .row(with(
                                BASE,
                                "selfDetected",
                                false,
                                "effectiveCessation",
                                "2023-01-10",
                                "incidentLatest",
                                "2022-06-01")))
                .containsEntry("relationshipRule", "REL6")
                .containsEntry("row", "B")
                .containsEntry("flags", List.of());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # input, value, the message says
                    tradeOngoing, -, tradeOngoing is missing
                    tradeOngoing, maybe, tradeOngoing cannot be read
                    selfDetected, -, selfDetected is missing
                    exposureDate, -, exposureDate is missing
                    exposureDate, 2026-06-02, exposureDate = 2026-06-02 is not allowed
                    exposureDate, 15.01.2026, exposureDate cannot be read
                    exposureDate, 2026-02-30, exposureDate cannot be read
                    effectiveCessation, 2026-06-02, effectiveCessation = 2026-06-02 is not allowed
                    effectiveCessation, soon, effectiveCessation cannot be read
                    incidentFirst, 2026-06-02, incidentFirst = 2026-06-02 is not allowed
                    incidentFirst, 2024-11-02, incidentLatest = 2024-11-01 is not allowed
                    incidentFirst, 2024-13, incidentFirst cannot be read
                    incidentLatest, 2026-06-02, incidentLatest = 2026-06-02 is not allowed
                    incidentLatest, yesterday, incidentLatest cannot be read
                    types, -, types is missing
                    types, TRAFFICKING, types = TRAFFICKING is not allowed
                    affected, -, affected is missing
                    affected, -1, affected = -1 is not allowed
                    affected, 1.5, affected cannot be read
                    affected, many, affected cannot be read
                    occurrences90d, -1, occurrences90d = -1 is not allowed
                    """)
    void badInputIsRefusedByName(String input, @Nullable String value, String message) {
        assertThatThrownBy(() -> LEVEL.rows(with(BASE, input, value)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void unknownTypesInAListAreRefused() {
        assertThatThrownBy(() -> LEVEL.rows(with(BASE, "types", List.of("DEBT_BONDAGE", "BAD_LUCK"))))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("types")
                .hasMessageContaining("BAD_LUCK");
        assertThatThrownBy(() -> LEVEL.rows(with(BASE, "types", List.of())))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("types");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tradeOngoing", "selfDetected", "exposureDate", "types", "affected"})
    void whatIsNeededAndNotThereIsRefused(String input) {
        assertThatThrownBy(() -> LEVEL.rows(without(BASE, input)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(input + " is missing");
    }

    @Test
    void whatACurrentLinkDoesNotNeedMayBeMissing() {
        Map<String, @Nullable Object> least =
                given("tradeOngoing", true, "types", List.of("POOR_CONDITIONS"), "affected", 1);

        assertThat(LEVEL.row(least))
                .containsEntry("row", "A")
                .containsEntry("severe", false)
                .containsEntry("grounds", List.of())
                .containsEntry("recent", null);
    }

    @Test
    void allFaultsOfATableAreNamedAtOnce() {
        assertThatThrownBy(
                        () -> LEVEL.rows(with(BASE, "exposureDate", "2027-01-01", "effectiveCessation", "2027-01-01")))
                .hasMessageContaining("exposureDate")
                .hasMessageContaining("effectiveCessation");
    }

    private static Map<String, @Nullable Object> values(JsonNode node) {
        Map<String, @Nullable Object> values = new HashMap<>();
        node.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        return values;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isArray()) {
            List<String> list = new ArrayList<>();
            node.forEach(item -> list.add(item.asText()));
            return list;
        }
        return node.isNull()
                ? null
                : node.isBoolean() ? (Object) node.asBoolean() : node.isInt() ? node.asInt() : node.asText();
    }

    private static Date date(String day) {
        return Date.from(LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static void travel(String day) {
        ClockUtil.setCurrentTime(date(day));
    }
}
