package org.redress.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One of the scenarios that the product has to answer (scenarios/remedy.json), as the people of steps 1 and 2 meet it: what
 * is reported, found and written into their forms. Urgency and mode are normal, as the due dates of the file ask.
 */
record Scenario(JsonNode json) {

    static Stream<Scenario> all() {
        try (InputStream file = Scenario.class.getResourceAsStream("/scenarios/remedy.json")) {
            return StreamSupport.stream(
                            new ObjectMapper()
                                    .readTree(Objects.requireNonNull(file))
                                    .spliterator(),
                            false)
                    .map(Scenario::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Scenario of(String id) {
        return all().filter(scenario -> scenario.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return id() + " " + json.path("title").asText();
    }

    String id() {
        return json.path("id").asText();
    }

    LocalDate received() {
        return LocalDate.parse(json.path("received").asText());
    }

    /** The state at which the case ends early; empty when it goes on to step 2. */
    String end() {
        return json.path("end").asText("").replace("null", "");
    }

    JsonNode expected() {
        return json.path("expected");
    }

    LocalDate due(String clock) {
        return LocalDate.parse(json.path("due").path(clock).asText());
    }

    /** The same, with other due dates where what happens besides makes clocks shorter than those of the file. */
    Scenario dueOtherwise(Map<String, String> dates) {
        ObjectNode other = json.deepCopy();
        dates.forEach(((ObjectNode) other.path("due"))::put);
        return new Scenario(other);
    }

    List<String> types() {
        List<String> types = new ArrayList<>();
        facts().path("types").forEach(type -> types.add(type.asText()));
        return types;
    }

    private JsonNode facts() {
        return json.path("case");
    }

    private boolean childrenAreAmongThem() {
        return types().stream().anyMatch(type -> type.contains("CHILD"));
    }

    /** S09 is a line without a name or a place. */
    private boolean isOneAnonymousLine() {
        return end().equals("CLOSED_NOT_CREDIBLE");
    }

    Map<String, Object> grievance() {
        Map<String, Object> grievance = Walk.fields(
                """
                channel: PARTNER_SYSTEM
                language: en
                whereCountry: CD
                ongoing: UNKNOWN
                fearOfRetaliation: LOW
                consentToShareIdentity: NONE
                """);
        grievance.put("reporterType", isOneAnonymousLine() ? "ANONYMOUS" : "UNION");
        grievance.put("anonymous", isOneAnonymousLine());
        grievance.put("whatHappened", isOneAnonymousLine() ? "Bad things at pit 4." : toString());
        grievance.put("exploitationTypes", types());
        grievance.put("childrenInvolved", childrenAreAmongThem());
        if (facts().path("affected").asInt() > 0) {
            grievance.put("affectedEstimate", facts().path("affected").asInt());
        }
        return grievance;
    }

    Map<String, Object> credibility() {
        return isOneAnonymousLine()
                ? Walk.fields(
                        """
                        sourceClass: ANONYMOUS
                        specificity: 1
                        corroborations: 0
                        factsDisproved: NO
                        conflictOfInterest: NO
                        credibilityJudgement: NEED_INFO
                        credibilityReason: One line that says where, and nothing else.
                        """)
                : Walk.fields(
                        """
                        sourceClass: UNION
                        specificity: 4
                        corroborations: 1
                        factsDisproved: NO
                        conflictOfInterest: NO
                        credibilityJudgement: CREDIBLE
                        credibilityReason: The union says who, what, where and when.
                        """);
    }

    Map<String, Object> actionability() {
        return end().equals("CLOSED_NOT_ACTIONABLE")
                ? Walk.fields(
                        """
                        partnerStatus: NEVER
                        linkEvidence: NONE
                        actionabilityJudgement: NOT_ACTIONABLE
                        actionabilityReason: The quarry sells to the local cement works only.
                        """)
                : Walk.fields(
                        """
                        linkEvidence: CONFIRMED
                        smelters: [org-luma]
                        actionabilityJudgement: ACTIONABLE
                        actionabilityReason: The delivery notes name the site as source.
                        partnerStatus: %s
                        """
                                .formatted(tradeGoesOn() ? "CURRENT" : "PAST"));
    }

    Map<String, Object> investigation() {
        if (end().equals("CLOSED_NOT_SUBSTANTIATED")) {
            return Step1.nothingFound();
        }
        int affected = facts().path("affected").asInt();
        Map<String, Object> found = Walk.fields(
                """
                investigationMethod: [DESK, INTERVIEWS, SITE_VISIT]
                sources: Visit of the site, pay slips, talks with families
                findings: What was reported has happened, as the file shows.
                harmFound: YES
                interviewsDoNoHarm: true
                """);
        found.put("types", types());
        found.put("affected", affected);
        found.put("childrenAffected", childrenAreAmongThem() ? affected : 0);
        for (String field : List.of("occurrences90d", "incidentFirst", "incidentLatest")) {
            value(field).ifPresent(value -> found.put(field, value));
        }
        return found;
    }

    Map<String, Object> link() {
        if (tradeGoesOn()) {
            return Map.of(
                    "linkKind",
                    "CURRENT",
                    "tradeOngoing",
                    "YES",
                    "exposureDate",
                    received().toString());
        }
        Map<String, Object> link = new HashMap<>(Map.of("linkKind", "PAST", "tradeOngoing", "NO"));
        value("effectiveCessation").ifPresent(end -> {
            link.put("contractEnd", end);
            link.put("lastMaterialReceived", end);
        });
        boolean selfDetected = facts().path("selfDetected").asBoolean();
        link.put("selfDetected", selfDetected ? "YES" : "NO");
        if (selfDetected) {
            link.put("detectionEvidence", "Report of the smelter's own visit");
        }
        value("exposureDate").ifPresent(day -> link.put("exposureDate", day));
        return link;
    }

    private boolean tradeGoesOn() {
        return facts().path("tradeOngoing").asBoolean();
    }

    private java.util.Optional<Object> value(String fact) {
        @Nullable JsonNode found = facts().get(fact);
        if (found == null || found.isNull()) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(found.isNumber() ? found.asInt() : found.asText());
    }
}
