package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrievanceReaderTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-02-02T12:00:00Z"), ZoneOffset.UTC);
    private static final GrievanceReader READER = new GrievanceReader(NOON, ZoneOffset.UTC);

    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Test
    void everyFieldOfAFullGrievanceBecomesAVariable() {
        assertThat(read(Grievances.full()).variables())
                .containsOnly(
                        entry("channel", "PARTNER_SYSTEM"),
                        entry("reporterType", "NGO"),
                        entry("anonymous", true),
                        entry("contactMode", "INTERMEDIARY"),
                        entry("contact", "Sister Amalia, Sundays after mass; never say the word mine"),
                        entry("language", "fr"),
                        entry(
                                "whatHappened",
                                "Un garçon de onze ans trie des sacs de cobalt au dépôt, 50 heures par semaine."),
                        entry("whereCountry", "CD"),
                        entry("whereSite", "Depot Kapata"),
                        entry("whereDistrict", "Kolwezi"),
                        entry("whereLatitude", -10.71),
                        entry("whereLongitude", 25.47),
                        entry("whenFirst", "2025-03"),
                        entry("whenLatest", "2026-01-20"),
                        entry("ongoing", "YES"),
                        entry("exploitationTypes", List.of("WORST_FORM_CHILD_LABOUR", "CHILD_TRAFFICKING")),
                        entry("affectedEstimate", 1),
                        entry("childrenInvolved", true),
                        entry("allegedActor", "the owner of the depot"),
                        entry("desiredOutcome", "back to school"),
                        entry("otherProceedings", "none that we know"),
                        entry("mineral", "cobalt"),
                        entry("fearOfRetaliation", "MEDIUM"),
                        entry("consentToShareIdentity", "PROGRAMME_ONLY"));
    }

    @Test
    void whatWasNotGivenIsNullSoThatModelsMayNameIt() {
        Map<String, ?> variables = read(Grievances.smallest()).variables();
        assertThat(variables.keySet())
                .isEqualTo(read(Grievances.full()).variables().keySet());
        assertThat(variables.entrySet().stream()
                        .filter(variable -> variable.getValue() == null)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "contactMode",
                        "contact",
                        "whereSite",
                        "whereDistrict",
                        "whereLatitude",
                        "whereLongitude",
                        "whenFirst",
                        "whenLatest",
                        "affectedEstimate",
                        "allegedActor",
                        "desiredOutcome",
                        "otherProceedings",
                        "mineral");
    }

    @Test
    void aGrievanceDoesNotPrintItself() {
        assertThat(read(Grievances.full())).hasToString("grievance-received");
    }

    /** One way to damage a grievance, and the field that the refusal has to name. */
    private record Damage(String pointer, String what, Consumer<ObjectNode> mangle) {
        @Override
        public String toString() {
            return pointer + " " + what.substring(0, Math.min(20, what.length()));
        }
    }

    private static List<Damage> damages() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        List<Damage> all = new ArrayList<>();
        ObjectNode full = Grievances.full();
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        full.properties().forEach(field -> fields.put("/" + field.getKey(), field.getValue()));
        full.get("where").properties().forEach(field -> fields.put("/where/" + field.getKey(), field.getValue()));
        fields.forEach((pointer, value) -> {
            List<JsonNode> wrong =
                    new ArrayList<>(List.of(nodes.nullNode(), nodes.objectNode().put("a", 1)));
            if (value.isObject()) {
                wrong.set(1, nodes.arrayNode().add("CD"));
                wrong.addAll(List.of(nodes.textNode("CD"), nodes.numberNode(1), nodes.booleanNode(true)));
            } else if (value.isArray()) {
                wrong.addAll(List.of(nodes.textNode("OTHER"), nodes.arrayNode(), nodes.booleanNode(false)));
                wrong.add(nodes.arrayNode().add("OTHER").add("OTHER"));
            } else if (value.isBoolean()) {
                wrong.addAll(List.of(nodes.textNode("true"), nodes.numberNode(1), nodes.numberNode(0)));
                wrong.addAll(List.of(
                        nodes.textNode(""),
                        nodes.textNode("no"),
                        nodes.arrayNode().add(true)));
            } else if (value.isNumber()) {
                wrong.addAll(List.of(
                        nodes.textNode("1"),
                        nodes.booleanNode(true),
                        nodes.arrayNode().add(1)));
                wrong.addAll(List.of(nodes.numberNode(-181), nodes.numberNode(99999999999999L)));
                wrong.add(nodes.numberNode(Double.MAX_VALUE));
            } else {
                wrong.addAll(List.of(
                        nodes.numberNode(7),
                        nodes.booleanNode(true),
                        nodes.arrayNode().add(value)));
                wrong.addAll(List.of(nodes.textNode(""), nodes.textNode(" \t\n\u00a0\u200b")));
                wrong.addAll(List.of(nodes.textNode("a\u0000b"), nodes.textNode("a\ud83d")));
                wrong.add(nodes.textNode("x".repeat(10_001)));
            }
            wrong.forEach(bad -> all.add(new Damage(pointer, "" + bad, body -> put(body, pointer, bad))));
        });
        for (String list : List.of("channel", "reporterType", "contactMode", "ongoing", "fearOfRetaliation")) {
            all.add(new Damage("/" + list, "unknown value", body -> body.put(list, "PIGEON")));
            all.add(new Damage(
                    "/" + list,
                    "lower case",
                    body -> body.put(list, body.get(list).textValue().toLowerCase(java.util.Locale.ROOT))));
        }
        for (String bad :
                List.of("2025-3", "2025-13", "2025-02-29", "25-01-01", "14.03.2025", "2025-03-14T10:00:00Z")) {
            all.add(new Damage("/whenFirst", bad, body -> body.put("whenFirst", bad)));
            all.add(new Damage("/whenLatest", bad, body -> body.put("whenLatest", bad)));
        }
        for (String bad : List.of("2027", "2026-03", "2026-02-03", "9999-12-31")) {
            all.add(new Damage("/whenLatest", bad, body -> body.put("whenLatest", bad)));
        }
        for (String bad : List.of("2025-02-28", "2025-02", "2024")) {
            all.add(new Damage("/whenLatest", "before whenFirst", body -> body.put("whenLatest", bad)));
        }
        for (String bad : List.of("XX", "cd", "COD", "Congo", "ZZ", "C")) {
            all.add(new Damage("/where/country", bad, body -> put(body, "/where/country", nodes.textNode(bad))));
        }
        for (String bad : List.of("en_US", "french", "f", "fr-", "-fr", "fr--CD", "fr-toolongasubtag", "x-private")) {
            all.add(new Damage("/language", bad, body -> body.put("language", bad)));
        }
        all.add(new Damage("/affectedEstimate", "zero", body -> body.put("affectedEstimate", 0)));
        all.add(new Damage("/affectedEstimate", "half a person", body -> body.put("affectedEstimate", 1.5)));
        all.add(new Damage("/where/latitude", "90.1", body -> ((ObjectNode) body.get("where")).put("latitude", 90.1)));
        all.add(new Damage("/where/latitude", "none", body -> ((ObjectNode) body.get("where")).remove("latitude")));
        all.add(new Damage("/where/longitude", "none", body -> ((ObjectNode) body.get("where")).remove("longitude")));
        all.add(new Damage("/whatHappened", "10,001", body -> body.put("whatHappened", "x".repeat(10_001))));
        all.add(new Damage("/contact", "501", body -> body.put("contact", "x".repeat(501))));
        all.add(new Damage("/mineral", "101", body -> body.put("mineral", "x".repeat(101))));
        all.add(new Damage("/receiptCode", "unknown", body -> body.put("receiptCode", "1234")));
        all.add(new Damage("/urgency", "unknown", body -> body.put("urgency", "URGENT")));
        all.add(new Damage("/where/village", "unknown", body -> ((ObjectNode) body.get("where")).put("village", "a")));
        all.add(new Damage("/exploitationTypes/1", "unknown", body -> body.putArray("exploitationTypes")
                .add("OTHER")
                .add("BAD_LUCK")));
        for (String required : List.of(
                "channel",
                "reporterType",
                "anonymous",
                "language",
                "whatHappened",
                "where",
                "ongoing",
                "exploitationTypes",
                "childrenInvolved",
                "fearOfRetaliation",
                "consentToShareIdentity")) {
            all.add(new Damage("/" + required, "missing", body -> body.remove(required)));
        }
        all.add(new Damage("/where/country", "missing", body -> ((ObjectNode) body.get("where")).remove("country")));
        return all;
    }

    private static void put(ObjectNode body, String pointer, JsonNode value) {
        boolean inner = pointer.startsWith("/where/");
        ((ObjectNode) (inner ? body.get("where") : body)).set(pointer.substring(inner ? 7 : 1), value);
    }

    @Test
    void everyDamageIsRefusedAndNamesItsField() {
        assertThat(damages()).hasSizeGreaterThan(200).allSatisfy(damage -> {
            ObjectNode body = Grievances.full();
            damage.mangle().accept(body);
            assertThat(faults(body))
                    .as(damage.what())
                    .extracting(Fault::pointer)
                    .containsExactly(damage.pointer());
        });
    }

    @Test
    void manyDamagesAreAllNamedAtOnce() {
        Random random = new Random(20260202);
        for (int round = 0; round < 2_000; round++) {
            List<Damage> chosen = damages();
            Collections.shuffle(chosen, random);
            TreeSet<String> expected = new TreeSet<>();
            ObjectNode body = Grievances.full();
            for (Damage damage : chosen.subList(0, 1 + random.nextInt(8))) {
                // One damage a field; two that meet (a latitude without its longitude) would explain each other
                if (expected.stream().noneMatch(other -> meets(other, damage.pointer()))) {
                    damage.mangle().accept(body);
                    expected.add(damage.pointer());
                }
            }
            assertThat(faults(body).stream().map(Fault::pointer)).hasSameElementsAs(expected);
        }
    }

    private static boolean meets(String one, String other) {
        return one.startsWith(other)
                || other.startsWith(one)
                || (one.contains("itude") && other.contains("itude"))
                || (one.contains("when") && other.contains("when"));
    }

    @Test
    void noRefusalRepeatsWhatSomebodyWrote() {
        String secret = "Amalia";
        for (String field :
                List.of("contact", "whatHappened", "allegedActor", "language", "whenFirst", "channel", "?")) {
            ObjectNode body = Grievances.smallest();
            body.put(field, secret + "\u0000".repeat(2) + secret.repeat(2_000));
            body.put(secret + " told us", 1);
            ((ObjectNode) body.get("where")).put("country", secret).put("site", secret.repeat(100));
            assertThat(faults(body)).isNotEmpty().noneSatisfy(fault -> assertThat(fault.toString())
                    .contains(secret));
        }
    }

    @Test
    void aBodyThatWasCutOffAnywhereIsRefusedAndSaysWhere() {
        String body = Grievances.full().toPrettyString();
        for (int end = 0; end < body.length(); end++) {
            List<Fault> faults = faults(body.substring(0, end).getBytes(StandardCharsets.UTF_8));
            assertThat(faults).singleElement().satisfies(fault -> assertThat(fault.detail())
                    .containsAnyOf("line ", "empty"));
        }
    }

    @Test
    void aCutInsideAFieldPointsToIt() {
        String body = Grievances.full().toString();
        int middle = body.indexOf("Depot Kapata") + 5;
        assertThat(faults(body.substring(0, middle).getBytes(StandardCharsets.UTF_8)))
                .extracting(Fault::pointer)
                .containsExactly("/where/site");
    }

    @Test
    void aBodyWithAnyOneCharacterLostNeverBreaksTheReader() {
        String body = Grievances.full().toString();
        for (int lost = 0; lost < body.length(); lost++) {
            byte[] mangled = (body.substring(0, lost) + body.substring(lost + 1)).getBytes(StandardCharsets.UTF_8);
            try {
                assertThat(READER.read(mangled)).isNotNull(); // a character of a free text
            } catch (RefusedRequest refused) {
                assertThat(refused.faults()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"ongoing": "NO", "ongoing": "YES"}       | /ongoing       | twice
                    {"where": {"country": 1, "country": 2}}   | /where/country | twice
                    {"ongoing": "NO"} {"ongoing": "YES"}      |                | after the end
                    {"ongoing": "NO"},                        |                | Not JSON
                    {"ongoing": NO}                           | /ongoing       | Not JSON
                    {"ongoing": 'NO'}                         | /ongoing       | Not JSON
                    {"affectedEstimate": 01}                  | /affectedEstimate | Not JSON
                    {"affectedEstimate": NaN}                 | /affectedEstimate | Not JSON
                    {"ongoing": "NO" "mineral": "tin"}        | /ongoing       | Not JSON
                    {"ongoing": "NO",}                        | /ongoing       | Not JSON
                    {// note                                  |                | Not JSON
                    ongoing=NO                                |                | Not JSON
                    <grievance/>                              |                | Not JSON
                    []                                        |                | object in curly brackets
                    "text"                                    |                | object in curly brackets
                    null                                      |                | Must not be null
                    17                                        |                | object in curly brackets
                    """)
    void whatIsNotOneJsonObjectIsRefused(String body, @org.jspecify.annotations.Nullable String pointer, String says) {
        assertThat(faults(body.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.pointer()).isEqualTo(pointer == null ? "" : pointer);
                    assertThat(fault.detail()).contains(says);
                });
    }

    @Test
    void otherEncodingsAndEndlessNestingAreRefused() {
        String body = Grievances.smallest().toString();
        assertThat(faults(body.getBytes(StandardCharsets.UTF_16))).hasSize(1);
        assertThat(faults("{\"mineral\": \"\u00e9tain\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.detail()).contains("UTF-8"));
        assertThat(faults("[".repeat(100_000).getBytes(StandardCharsets.UTF_8))).hasSize(1);
        assertThat(faults(("{\"affectedEstimate\": " + "9".repeat(5_000) + "}").getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
        assertThat(faults("{\"affectedEstimate\": 1e999999999}".getBytes(StandardCharsets.UTF_8)))
                .extracting(Fault::pointer)
                .contains("/affectedEstimate");
    }

    @Test
    void aWholeNumberMayBeWrittenWithAPoint() {
        String body = Grievances.full().toString().replace("\"affectedEstimate\":1", "\"affectedEstimate\":1.0");
        Filing grievance = READER.read(body.getBytes(StandardCharsets.UTF_8));
        assertThat(grievance.variables()).containsEntry("affectedEstimate", 1);
        assertThat(grievance.hash()).isEqualTo(read(Grievances.full()).hash());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-02, 2026-02-02",
        "2026, 2026",
        "2026-02, 2026",
        "2025-03, 2025",
        "2025-03-14, 2025-03",
        "2025-03-14, 2025",
        "2025, 2025-01-01",
        "2024-02-29, 2026-02-01",
        "1999, 2026-02-02"
    })
    void datesThatMayBeInOrderAreAccepted(String first, String latest) {
        assertThat(read(Grievances.full().put("whenFirst", first).put("whenLatest", latest))
                        .variables())
                .containsEntry("whenFirst", first)
                .containsEntry("whenLatest", latest);
    }

    @ParameterizedTest
    @CsvSource({"2026-02-02, 2026-02-01", "2025-03, 2025-02-28", "2025-03-14, 2025-02", "2025-01-01, 2024", "2025, 2024"
    })
    void aLatestDateThatCannotFollowTheFirstIsRefused(String first, String latest) {
        assertThat(faults(Grievances.full().put("whenFirst", first).put("whenLatest", latest)))
                .singleElement()
                .isEqualTo(Fault.at("/whenLatest", "Must not be before whenFirst."));
    }

    @Test
    void todayIsTodayInTheZoneOfTheProgramme() {
        Clock late = Clock.fixed(Instant.parse("2026-02-02T20:00:00Z"), ZoneOffset.UTC);
        ObjectNode body = Grievances.smallest().put("whenLatest", "2026-02-03");
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(new GrievanceReader(late, ZoneId.of("Asia/Shanghai")).read(bytes))
                .isNotNull();
        assertThat(faults(bytes))
                .extracting(Fault::detail)
                .containsExactly("Must not be in the future: today is 2026-02-02 (Z).");
    }

    @Test
    void anAccountOfTenThousandCharactersIsAcceptedAndALongerOneHearsWhy() {
        assertThat(read(Grievances.smallest().put("whatHappened", "\u77ff".repeat(10_000))))
                .isNotNull();
        assertThat(faults(Grievances.smallest().put("whatHappened", "\u77ff".repeat(10_001))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.detail()).contains("10,000 characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "zh-Hans", "swc-CD", "fr-CD", "pt-BR", "id", "es-419", "zh-Hant-TW", "ln"})
    void languagesOfTheWorldAreAccepted(String tag) {
        assertThat(read(Grievances.smallest().put("language", tag)).variables()).containsEntry("language", tag);
    }

    @Test
    void theSameJsonHasTheSameHashHoweverItIsWritten() {
        ObjectNode full = Grievances.full();
        ObjectNode turned = JsonNodeFactory.instance.objectNode();
        List<String> names = new ArrayList<>();
        full.fieldNames().forEachRemaining(names::add);
        Collections.reverse(names);
        names.forEach(name -> turned.set(name, full.get(name)));
        String escaped =
                turned.toPrettyString().replace("garçon", "gar\\u00e7on").replace("25.47", "2.547E1");
        assertThat(READER.read(escaped.getBytes(StandardCharsets.UTF_8)).hash())
                .isEqualTo(read(full).hash())
                .matches("[0-9a-f]{64}");
        assertThat(read(Grievances.full().put("mineral", "tin")).hash())
                .isNotEqualTo(read(full).hash());
    }

    private static Filing read(JsonNode body) {
        return READER.read(escaped(body));
    }

    private static List<Fault> faults(JsonNode body) {
        return faults(escaped(body));
    }

    /** Half of a surrogate pair exists only as an escape. */
    private static byte[] escaped(JsonNode body) {
        try {
            return ESCAPING.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Fault> faults(byte[] body) {
        RefusedRequest refused = catchThrowableOfType(RefusedRequest.class, () -> READER.read(body));
        assertThat(refused).isNotNull();
        return refused.faults();
    }
}
