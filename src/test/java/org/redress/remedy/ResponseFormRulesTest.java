package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redress.engine.FormProblem;

class ResponseFormRulesTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC);

    private final FactDates facts = new FactDates(NOON);
    private final PlannedDays plan = new PlannedDays(NOON);

    @Test
    void anIncidentDoesNotEndBeforeItBegins() {
        assertThat(facts.check(Map.of("incidentFirst", "2025-03-02", "incidentLatest", "2025-03-01")))
                .extracting(FormProblem::field)
                .containsExactly("incidentLatest");
        assertThat(facts.check(Map.of("claimedFirst", "2025-03-02", "claimedLatest", "2025-03-01")))
                .extracting(FormProblem::field)
                .containsExactly("claimedLatest");
        assertThat(facts.check(Map.of("incidentFirst", "2025-03-01", "incidentLatest", "2025-03-01")))
                .isEmpty();
        assertThat(facts.check(Map.of("incidentLatest", "2025-03-01"))).isEmpty();
    }

    @Test
    void factsDoNotLieInTheFuture() {
        assertThat(facts.check(Map.of("effectiveCessation", "2026-03-12", "exposureDate", "")))
                .extracting(FormProblem::field)
                .containsExactly("effectiveCessation");
    }

    @Test
    void todayIsTheDayThatItIsInTheEast() {
        assertThat(facts.check(Map.of("exposureDate", "2026-03-11"))).isEmpty();
    }

    @Test
    void plansLieAhead() {
        assertThat(plan.check(Map.of(
                        "firstActionDue", "2026-03-09",
                        "anotherAfterFirst", "YES",
                        "secondActionDue", "2026-03-10",
                        "relationDecision", "CONTINUE",
                        "mitigationDue", "2025-09-10")))
                .extracting(FormProblem::field)
                .containsExactly("firstActionDue", "mitigationDue");
    }

    @Test
    void somethingIsMeasurablyBetterWithinItsTime() {
        Map<String, Object> goesOn = new HashMap<>(Map.of(
                "progressBy", "2026-09-24",
                "firstActionDue", "2027-01-01",
                "relationDecision", "CONTINUE",
                "mitigationDue", "2026-09-25"));
        assertThat(plan.check(goesOn)).extracting(FormProblem::field).containsExactly("mitigationDue");
        goesOn.put("mitigationDue", "2026-09-24");
        assertThat(plan.check(goesOn)).isEmpty();
        Map<String, Object> ends = new HashMap<>(goesOn);
        ends.put("relationDecision", "TERMINATE");
        assertThat(plan.check(ends))
                .as("no mitigation, so an action shows it")
                .extracting(FormProblem::field)
                .containsExactly("firstActionDue");
        ends.putAll(Map.of("anotherAfterFirst", "YES", "secondActionDue", "2026-09-24"));
        assertThat(plan.check(ends)).as("one of them is enough").isEmpty();
    }

    @Test
    void aDayThatTheFormHidesIsNotLookedAt() {
        assertThat(plan.check(Map.of(
                        "firstActionDue", "2026-04-01",
                        "anotherAfterFirst", "NO",
                        "secondActionDue", "2025-01-01",
                        "relationDecision", "SUSPEND",
                        "mitigationDue", "2025-01-01")))
                .isEmpty();
    }

    @Test
    void aLinkIsReadFromBooleansOrFromTheFormsWords() {
        assertThat(LinkFacts.of(
                        "org-luma", Map.of("tradeOngoing", "NO", "selfDetected", true, "effectiveCessation", "")))
                .isEqualTo(new LinkFacts(false, null, true, null));
    }

    @Test
    void aSmelterWithoutLinkAssessmentIsNamed() {
        assertThatThrownBy(() -> LinkFacts.of("org-luma", null)).hasMessageContaining("org-luma");
    }
}
