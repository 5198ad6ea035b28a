package org.redress.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;
import static org.redress.Decision.without;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** The figures of a ballot and what it decides (membership-and-concern.md A.2, E.3 DMN-4). */
class BallotDecisionsTest {

    private static final Decision RULES = Decision.of("shared/ballot-rules");
    private static final Decision RULE = Decision.of("shared/decision-rule");

    private static final Map<String, @Nullable Object> CLEAR_VOTE = given(
            "body", "STEERING_COMMITTEE",
            "infoMissing", false,
            "quorate", true,
            "consensus", false,
            "favourTotal", 80,
            "favourGov", 80,
            "favourCorp", 80,
            "favourNgo", 80,
            "overallPercent", 66,
            "pillarFloorPercent", 51);

    @AfterAll
    static void everyRowWasHit() {
        assertThat(RULES.rowsNeverHit()).isEmpty();
        assertThat(RULE.rowsNeverHit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2007", "2011", "2015", "2019", "2024", "2025-07"})
    void bothBodiesHaveTheRecalledMajorityAndSayThatNobodyVerifiedIt(String version) {
        for (String body : new String[] {"STEERING_COMMITTEE", "PLENARY"}) {
            assertThat(RULES.row(given("body", body, "rulesVersion", version)))
                    .isEqualTo(given(
                            "overallPercent",
                            66.0,
                            "pillarFloorPercent",
                            51.0,
                            "quorumPercent",
                            50.0,
                            "basis",
                            "KNOWLEDGE",
                            "quorumBasis",
                            "INFERRED",
                            "verified",
                            false));
        }
    }

    @Test
    void anUnknownBodyOrVersionOfTheRulesIsAnError() {
        assertThatThrownBy(() -> RULES.rows(given("body", "BOARD", "rulesVersion", "2024")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("body = BOARD is not allowed");
        assertThatThrownBy(() -> RULES.rows(given("body", "PLENARY", "rulesVersion", "2023")))
                .hasMessageContaining("rulesVersion = 2023 is not allowed");
        assertThatThrownBy(() -> RULES.rows(given("body", "PLENARY"))).hasMessageContaining("rulesVersion is missing");
    }

    @ParameterizedTest(name = "{8}: {7}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # infoMissing, quorate, consensus, total, gov, corp, ngo, result, rule
                    true,  true,  true,  -,     -,     -,     -,     REQUEST_INFO, DR1
                    true,  false, false, 100,   100,   100,   100,   REQUEST_INFO, DR1
                    false, false, true,  -,     -,     -,     -,     DEFER,        DR2
                    false, false, false, 100,   100,   100,   100,   DEFER,        DR2
                    false, false, false, -,     -,     -,     -,     DEFER,        DR2
                    false, true,  true,  -,     -,     -,     -,     CARRIED,      DR3
                    -,     -,     true,  -,     -,     -,     -,     CARRIED,      DR3
                    false, true,  true,  0,     0,     0,     0,     CARRIED,      DR3
                    false, true,  false, 66,    51,    51,    51,    CARRIED,      DR4
                    false, true,  false, 100,   100,   -,     -,     CARRIED,      DR4
                    -,     -,     false, 66,    51,    51,    51,    CARRIED,      DR4
                    false, true,  false, 66,    50.99, 100,   100,   DEFER,        DR5
                    false, true,  false, 66,    100,   50.99, 100,   DEFER,        DR5
                    false, true,  false, 66,    100,   100,   50.99, DEFER,        DR5
                    false, true,  false, 90,    100,   0,     -,     DEFER,        DR5
                    false, true,  false, 65.99, 100,   100,   100,   NOT_CARRIED,  DR6
                    false, true,  false, 65.99, 0,     100,   100,   NOT_CARRIED,  DR6
                    false, true,  false, 0,     0,     0,     0,     NOT_CARRIED,  DR6
                    """)
    void decision(
            @Nullable Boolean infoMissing,
            @Nullable Boolean quorate,
            boolean consensus,
            @Nullable Double total,
            @Nullable Double gov,
            @Nullable Double corp,
            @Nullable Double ngo,
            String result,
            String rule) {
        for (String body : new String[] {"STEERING_COMMITTEE", "PLENARY"}) {
            assertThat(RULE.row(with(
                            CLEAR_VOTE,
                            "body",
                            body,
                            "infoMissing",
                            infoMissing,
                            "quorate",
                            quorate,
                            "consensus",
                            consensus,
                            "favourTotal",
                            total,
                            "favourGov",
                            gov,
                            "favourCorp",
                            corp,
                            "favourNgo",
                            ngo)))
                    .containsEntry("result", result)
                    .containsEntry("rule", rule);
        }
    }

    @Test
    void theThresholdsAreThoseThatAreGiven() {
        assertThat(RULE.row(with(CLEAR_VOTE, "overallPercent", 80.01))).containsEntry("result", "NOT_CARRIED");
        assertThat(RULE.row(with(CLEAR_VOTE, "overallPercent", 80))).containsEntry("result", "CARRIED");
        assertThat(RULE.row(with(CLEAR_VOTE, "pillarFloorPercent", 80.01))).containsEntry("result", "DEFER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "consensus", "favourTotal", "overallPercent", "pillarFloorPercent"})
    void whatIsNeededAndMissingIsNamed(String input) {
        assertThatThrownBy(() -> RULE.rows(without(CLEAR_VOTE, input)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(input + " is missing");
    }

    @ParameterizedTest
    @CsvSource({"favourTotal, 100.01", "favourTotal, -1", "favourGov, 101", "favourNgo, -0.5", "overallPercent, 660"})
    void aPercentageIsNoMoreThanAHundred(String input, double value) {
        assertThatThrownBy(() -> RULE.rows(with(CLEAR_VOTE, input, value)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(input + " = ");
    }

    @Test
    void whatTheTallySaysIsWhatTheTableTakes() {
        Tally.Count thirtyThreeOfFifty = new Tally.Count(60, 33, 17, 3);
        assertThat(RULE.row(with(CLEAR_VOTE, "favourTotal", thirtyThreeOfFifty.favourPercent())))
                .containsEntry("rule", "DR4");
        Tally.Count aHairLess = new Tally.Count(100_000, 65_999, 34_001, 0);
        assertThat(RULE.row(with(CLEAR_VOTE, "favourTotal", aHairLess.favourPercent())))
                .containsEntry("rule", "DR6");
    }
}
