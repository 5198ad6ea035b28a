package org.redress.notification;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts for tests: those of a case, with what a letter must never say beside them. */
final class FactsOfAnyCase implements CaseFacts {

    static final String NARRATIVE = "Amina K. was locked in behind the furnace in Kolwezi, call +243 555 0101";

    private final Map<String, Object> variables = new HashMap<>(Map.of(
            "caseNumber",
            "R-2026-0042",
            "receivedAt",
            Date.from(Instant.parse("2026-02-02T09:00:00Z")),
            "level1",
            "MANDATORY",
            "level2",
            "RECOMMENDED",
            "closingOutcome",
            "COMPLETED",
            "whatHappened",
            NARRATIVE,
            "contact",
            NARRATIVE,
            "whereSite",
            NARRATIVE,
            "allegedActor",
            NARRATIVE));

    FactsOfAnyCase() {
        variables.put("standingReason", "REPORT_MISSING");
        variables.put("howItStands", "BEING_INVESTIGATED");
        variables.put("outlook", "LATER");
        variables.put("objectionTells", "NEW_FACTS");
        variables.put("improveBy", Date.from(Instant.parse("2026-03-10T23:59:59Z")));
        variables.put("reportDueAt", Date.from(Instant.parse("2027-02-18T23:59:59Z")));
        variables.put("graceEndsAt", Date.from(Instant.parse("2027-03-20T23:59:59Z")));
        variables.put("submittedAt", Date.from(Instant.parse("2026-02-02T09:00:00Z")));
        variables.put("concernOutcome", "SETTLED");
        variables.put("rulesVersion", "2025-07");
        variables.put("taskName", "Assess the danger");
        variables.put("taskDueAt", Date.from(Instant.parse("2026-02-03T09:00:00Z")));
        variables.put("movingClock", "D06");
        variables.put("pausedUntil", Date.from(Instant.parse("2026-02-20T23:59:59Z")));
        variables.put("emergencyReason", "EPIDEMIC");
        variables.put("measure", "EXECUTIVE_CALL");
        variables.put("decidedOn", "LEVEL_2");
        variables.put("planSubmittedAt", Date.from(Instant.parse("2026-02-02T09:00:00Z")));
        variables.put("emergencyEndsAt", Date.from(Instant.parse("2026-05-20T23:59:59Z")));
        variables.put("declineReason", "PEOPLE_WAIT");
        variables.put("since", Instant.parse("2026-02-02T09:00:00Z"));
    }

    FactsOfAnyCase with(String name, @Nullable Object value) {
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
        return this;
    }

    @Override
    public @Nullable Object variable(String name) {
        return variables.get(name);
    }

    @Override
    public Span clock(String id) {
        return new Span(10, "BUSINESS_DAYS");
    }
}
