package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** The decisions of step 1: is it urgent, credible, actionable? (remedy specification A.1, B.4) */
class ScreeningDecisionsTest {

    private static final Decision URGENCY = Decision.of("remedy/urgency");
    private static final Decision CREDIBILITY = Decision.of("remedy/credibility");
    private static final Decision ACTIONABILITY = Decision.of("remedy/actionability");

    private static final Map<String, @Nullable Object> CALM =
            given("ongoing", "NO", "childrenInvolved", false, "fearOfRetaliation", "NONE");

    @AfterAll
    static void everyRowWasHit() {
        assertThat(URGENCY.rowsNeverHit()).isEmpty();
        assertThat(CREDIBILITY.rowsNeverHit()).isEmpty();
        assertThat(ACTIONABILITY.rowsNeverHit()).isEmpty();
    }

    @ParameterizedTest(name = "ongoing {0}, child {1}, fear {2}: {3} by {4}")
    @CsvSource({
        "YES, true, NONE, URGENT, UR2",
        "YES, true, HIGH, URGENT, UR2",
        "YES, false, HIGH, URGENT, UR3",
        "YES, false, MEDIUM, NORMAL, UR9",
        "YES, false, NONE, NORMAL, UR9",
        "UNKNOWN, true, HIGH, NORMAL, UR9",
        "NO, true, HIGH, NORMAL, UR9",
        "NO, false, LOW, NORMAL, UR9",
    })
    void atIntakeACaseIsUrgentWhenItGoesOnAndAChildOrGreatFearIsInvolved(
            String ongoing, boolean child, String fear, String urgency, String rule) {
        assertThat(URGENCY.row(given("ongoing", ongoing, "childrenInvolved", child, "fearOfRetaliation", fear)))
                .containsEntry("urgency", urgency)
                .containsEntry("rule", rule)
                .containsEntry("basis", "PROPOSED");
    }

    @ParameterizedTest(name = "{0} = {1}: {2} by {3}")
    @CsvSource({
        "immediateDanger, YES, URGENT, UR4",
        "stillExploited, YES, URGENT, UR5",
        "childInDanger, YES, URGENT, UR6",
        "medicalEmergency, YES, URGENT, UR7",
        "retaliationRisk, HIGH, URGENT, UR8",
        "retaliationRisk, MEDIUM, NORMAL, UR9",
        "retaliationRisk, LOW, NORMAL, UR9",
        "immediateDanger, NO, NORMAL, UR9",
        "urgency, URGENT, URGENT, UR1",
        "urgency, NORMAL, NORMAL, UR9",
    })
    void theTriageRaisesTheUrgency(String fact, String value, String urgency, String rule) {
        assertThat(URGENCY.row(with(CALM, fact, value)))
                .containsEntry("urgency", urgency)
                .containsEntry("rule", rule);
    }

    @Test
    void theTriageNeverLowersTheUrgency() {
        assertThat(URGENCY.row(with(
                        CALM,
                        "urgency",
                        "URGENT",
                        "immediateDanger",
                        "NO",
                        "stillExploited",
                        "NO",
                        "childInDanger",
                        "NO",
                        "medicalEmergency",
                        "NO",
                        "retaliationRisk",
                        "LOW")))
                .containsEntry("urgency", "URGENT");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
                    # case, disproved, source, specificity, corroborations, asked, outcome, rule
                    positively disproved, true, VICTIM, 5, 9, NOT_YET, NOT_CREDIBLE, CR1
                    victim, false, VICTIM, 2, 0, NOT_YET, CREDIBLE, CR2
                    witness, false, WITNESS, 2, 0, NOT_YET, CREDIBLE, CR2
                    relative, false, RELATIVE, 2, 0, NOT_YET, CREDIBLE, CR2
                    worker, false, WORKER, 5, 0, NOT_YET, CREDIBLE, CR2
                    UN entity, false, UN, 2, 0, NOT_YET, CREDIBLE, CR3
                    authority, false, AUTHORITY, 2, 0, NOT_YET, CREDIBLE, CR3
                    court, false, COURT, 2, 0, NOT_YET, CREDIBLE, CR3
                    audit, false, AUDIT, 2, 0, NOT_YET, CREDIBLE, CR3
                    upstream programme, false, UPSTREAM_PROGRAMME, 2, 0, NOT_YET, CREDIBLE, CR3
                    union, false, UNION, 2, 0, NOT_YET, CREDIBLE, CR3
                    non-governmental organisation, false, NGO, 3, 0, NOT_YET, CREDIBLE, CR3
                    media, false, MEDIA, 2, 0, NOT_YET, CREDIBLE, CR3
                    anonymous with a corroboration, false, ANONYMOUS, 3, 1, NOT_YET, CREDIBLE, CR4
                    other with a corroboration, false, OTHER, 3, 1, NO_ANSWER, CREDIBLE, CR4
                    anonymous without corroboration, false, ANONYMOUS, 5, 0, NOT_YET, NEED_INFO, CR5
                    anonymous and vague, false, ANONYMOUS, 2, 1, NOT_YET, NEED_INFO, CR5
                    victim and vague, false, VICTIM, 1, 0, NOT_YET, NEED_INFO, CR5
                    union and vague, false, UNION, 1, 3, NOT_YET, NEED_INFO, CR5
                    asked and the answer is enough, false, VICTIM, 2, 0, ANSWERED, CREDIBLE, CR2
                    asked and the answer is not enough, false, VICTIM, 1, 0, ANSWERED, NOT_CREDIBLE, CR6
                    one-line message nobody answered (S09), false, ANONYMOUS, 1, 0, NO_ANSWER, NOT_CREDIBLE, CR6
                    """)
    void credibility(
            String title,
            boolean disproved,
            String source,
            int specificity,
            int corroborations,
            String asked,
            String outcome,
            String rule) {
        assertThat(CREDIBILITY.row(given(
                        "disproved",
                        disproved,
                        "sourceClass",
                        source,
                        "specificity",
                        specificity,
                        "corroborations",
                        corroborations,
                        "infoRequested",
                        asked)))
                .as(title)
                .containsOnly(Map.entry("outcome", outcome), Map.entry("rule", rule), Map.entry("basis", "PROPOSED"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    disproved, -, disproved is missing
                    sourceClass, GHOST, sourceClass = GHOST is not allowed
                    specificity, 6, specificity = 6 is not allowed
                    specificity, -1, specificity = -1 is not allowed
                    corroborations, -, corroborations is missing
                    infoRequested, MAYBE, infoRequested = MAYBE is not allowed
                    """)
    void credibilityRefusesBadInputByName(String input, @Nullable String value, String message) {
        Map<String, @Nullable Object> good = given(
                "disproved",
                false,
                "sourceClass",
                "NGO",
                "specificity",
                3,
                "corroborations",
                0,
                "infoRequested",
                "NOT_YET");

        assertThatThrownBy(() -> CREDIBILITY.rows(with(good, input, value)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0} partner, link {1}: {2}")
    @CsvSource({
        "CURRENT, CONFIRMED, ACTIONABLE, AC1, PROPOSED",
        "CURRENT, PLAUSIBLE, ACTIONABLE, AC1, PROPOSED",
        "PAST, CONFIRMED, ACTIONABLE, AC1, PROPOSED",
        "PAST, PLAUSIBLE, ACTIONABLE, AC1, PROPOSED",
        "CURRENT, NONE, NOT_ACTIONABLE, AC3, SEED",
        "PAST, NONE, NOT_ACTIONABLE, AC3, SEED",
        "NEVER, CONFIRMED, NOT_ACTIONABLE, AC3, SEED",
        "NEVER, PLAUSIBLE, NOT_ACTIONABLE, AC3, SEED",
        "NEVER, NONE, NOT_ACTIONABLE, AC3, SEED",
        "UNKNOWN, CONFIRMED, TRACE, AC2, PROPOSED",
        "UNKNOWN, PLAUSIBLE, TRACE, AC2, PROPOSED",
        "UNKNOWN, NONE, TRACE, AC2, PROPOSED",
    })
    void actionability(String partner, String link, String outcome, String rule, String basis) {
        assertThat(ACTIONABILITY.row(given("partnerStatus", partner, "linkEvidence", link)))
                .containsOnly(Map.entry("outcome", outcome), Map.entry("rule", rule), Map.entry("basis", basis));
    }
}
