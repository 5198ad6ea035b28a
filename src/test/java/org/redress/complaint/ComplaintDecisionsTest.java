package org.redress.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;
import static org.redress.Decision.without;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** The decisions on a concern about a participant (membership specification B, E.5). */
class ComplaintDecisionsTest {

    private static final Decision ADMISSIBILITY = Decision.of("complaint/complaint-admissibility");
    private static final Decision REFERRAL = Decision.of("complaint/complaint-referral");
    private static final Decision OUTCOMES = Decision.of("complaint/allowed-outcomes");
    private static final Decision CARRIED = Decision.of("complaint/plenary-carried");
    private static final Decision DEADLINE = Decision.of("complaint/deadline-class");

    @AfterAll
    static void everyRowWasHit() {
        for (Decision decision : List.of(ADMISSIBILITY, REFERRAL, OUTCOMES, CARRIED, DEADLINE)) {
            assertThat(decision.rowsNeverHit()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} ({1}) about {2}, {3}, dialogue {4}: {6}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    OUTSIDER, -, PARTICIPANT, -, -, false, REDIRECT, CA1, KNOWLEDGE
                    OUTSIDER, -, OUTSIDER, OTHER, false, false, REDIRECT, CA1, KNOWLEDGE
                    OBSERVER, -, PARTICIPANT, LACK_OF_EFFORT, true, false, REDIRECT, CA2, INFERRED
                    PARTICIPANT, EXPELLED, PARTICIPANT, LACK_OF_EFFORT, true, false, REDIRECT, CA3, INFERRED
                    PARTICIPANT, ACTIVE, OUTSIDER, -, -, false, OUT_OF_SCOPE, CA4, KNOWLEDGE
                    PARTICIPANT, INACTIVE, OBSERVER, -, -, false, OUT_OF_SCOPE, CA4, KNOWLEDGE
                    PARTICIPANT, INACTIVE, PARTICIPANT, PARTICIPATION_CRITERIA, false, -, SECRETARIAT_JUDGES, CA5, INFERRED
                    PARTICIPANT, ACTIVE, PARTICIPANT, OTHER, true, -, SECRETARIAT_JUDGES, CA6, INFERRED
                    PARTICIPANT, ACTIVE, PARTICIPANT, PARTICIPATION_CRITERIA, false, true, DIRECT_DIALOGUE, CA7, PROPOSED
                    PARTICIPANT, AT_RISK, PARTICIPANT, LACK_OF_EFFORT, false, true, DIRECT_DIALOGUE, CA7, PROPOSED
                    PARTICIPANT, ACTIVE, PARTICIPANT, PARTICIPATION_CRITERIA, true, true, SUBMIT, CA8, PROPOSED
                    PARTICIPANT, AT_RISK, PARTICIPANT, LACK_OF_EFFORT, true, true, SUBMIT, CA8, PROPOSED
                    """)
    void whatBecomesOfAConcern(
            String raiser,
            @Nullable String standing,
            String subject,
            @Nullable String criterion,
            @Nullable Boolean dialogue,
            @Nullable Boolean admissible,
            String next,
            String rule,
            String basis) {
        assertThat(ADMISSIBILITY.row(concern(raiser, standing, subject, criterion, dialogue)))
                .isEqualTo(given("admissible", admissible, "nextStep", next, "rule", rule, "basis", basis));
    }

    @ParameterizedTest(name = "{0} ({1}) about {2}, {3}, dialogue {4}: {5}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -, ACTIVE, PARTICIPANT, OTHER, true, raiserType is missing
                    MEMBER, ACTIVE, PARTICIPANT, OTHER, true, raiserType = MEMBER is not allowed
                    PARTICIPANT, -, PARTICIPANT, OTHER, true, raiserStatus is missing
                    PARTICIPANT, FULL, PARTICIPANT, OTHER, true, raiserStatus = FULL is not allowed
                    PARTICIPANT, ACTIVE, -, OTHER, true, subjectType is missing
                    PARTICIPANT, ACTIVE, PARTICIPANT, -, true, criterion is missing
                    PARTICIPANT, ACTIVE, PARTICIPANT, BAD_MANNERS, true, criterion = BAD_MANNERS is not allowed
                    PARTICIPANT, ACTIVE, PARTICIPANT, OTHER, -, dialogueTried is missing
                    """)
    void aConcernThatLacksAFactIsAskedForIt(
            @Nullable String raiser,
            @Nullable String standing,
            @Nullable String subject,
            @Nullable String criterion,
            @Nullable Boolean dialogue,
            String message) {
        assertThatThrownBy(() -> ADMISSIBILITY.rows(concern(raiser, standing, subject, criterion, dialogue)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    private static Map<String, @Nullable Object> concern(
            @Nullable String raiser,
            @Nullable String standing,
            @Nullable String subject,
            @Nullable String criterion,
            @Nullable Boolean dialogue) {
        return given(
                "raiserType",
                raiser,
                "raiserStatus",
                standing,
                "subjectType",
                subject,
                "criterion",
                criterion,
                "dialogueTried",
                dialogue);
    }

    @ParameterizedTest(name = "missing {0}, reliable {1}, useful {2}, consensus {3}: {4}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    true, -, -, -, ASK, INFO_MISSING, CR1, INFERRED
                    true, true, true, true, ASK, INFO_MISSING, CR1, INFERRED
                    true, false, false, false, ASK, INFO_MISSING, CR1, INFERRED
                    false, true, true, true, REFER, TESTS_MET, CR2, KNOWLEDGE
                    false, false, true, true, NOT_REFER, UNRELIABLE, CR3, KNOWLEDGE
                    false, false, false, false, NOT_REFER, UNRELIABLE, CR3, KNOWLEDGE
                    false, true, false, true, NOT_REFER, NO_BENEFIT, CR4, KNOWLEDGE
                    false, true, false, false, NOT_REFER, NO_BENEFIT, CR4, KNOWLEDGE
                    false, true, true, false, NOT_REFER, NO_CONSENSUS, CR5, KNOWLEDGE
                    """)
    void whatTheCommitteeRefers(
            boolean missing,
            @Nullable Boolean reliable,
            @Nullable Boolean useful,
            @Nullable Boolean consensus,
            String result,
            String reason,
            String rule,
            String basis) {
        assertThat(REFERRAL.row(given(
                        "infoMissing",
                        missing,
                        "reliableInformation",
                        reliable,
                        "strengthensProcess",
                        useful,
                        "consensus",
                        consensus)))
                .containsOnly(
                        Map.entry("result", result),
                        Map.entry("reason", reason),
                        Map.entry("rule", rule),
                        Map.entry("basis", basis));
    }

    private static final Map<String, @Nullable Object> SCREENED =
            given("infoMissing", false, "reliableInformation", true, "strengthensProcess", true, "consensus", true);

    @ParameterizedTest
    @ValueSource(strings = {"infoMissing", "reliableInformation", "strengthensProcess", "consensus"})
    void aTestThatNobodyAnsweredIsNotFailed(String test) {
        assertThatThrownBy(() -> REFERRAL.rows(without(SCREENED, test)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(test + " is missing");
    }

    private static final Map<String, @Nullable Object> DECIDED =
            given("categoricalFailure", false, "rulesVersion", "2025-07");

    @ParameterizedTest(name = "failure {0}, followed {1}, inactive configured {2}: {3}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    false, -, -, AO1 AO2
                    false, true, false, AO1 AO2
                    false, true, true, AO1 AO2 AO3
                    true, -, false, AO1 AO2 AO4
                    true, true, true, AO1 AO2 AO3 AO4
                    true, false, false, AO1 AO2 AO4
                    false, false, false, AO1 AO2 AO5
                    false, false, true, AO1 AO2 AO3 AO5
                    """)
    void whatThePlenaryMayDecide(
            boolean failure, @Nullable Boolean followed, @Nullable Boolean inactive, String rules) {
        Map<String, @Nullable Object> inputs = with(
                DECIDED,
                "categoricalFailure",
                failure,
                "followedEarlierRecommendations",
                followed,
                "inactiveAsSanction",
                inactive);

        assertThat(OUTCOMES.all("rule", inputs)).containsExactly((Object[]) rules.split(" ", -1));
        assertThat(OUTCOMES.all("outcomeCode", inputs)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "AO1, NO_ACTION, false, INFERRED",
        "AO2, RECOMMENDATIONS, false, INFERRED",
        "AO3, INACTIVE, false, PROPOSED",
        "AO4, EXPULSION, true, KNOWLEDGE",
        "AO5, EXPULSION, true, KNOWLEDGE",
    })
    void onlyExpulsionNeedsConsensusAndPartiesAreAlwaysOut(
            String rule, String outcome, boolean consensus, String basis) {
        assertThat(OUTCOMES.rows(with(
                        DECIDED,
                        "categoricalFailure",
                        !rule.equals("AO5"),
                        "followedEarlierRecommendations",
                        false,
                        "inactiveAsSanction",
                        true)))
                .contains(given(
                        "outcomeCode",
                        outcome,
                        "consensusNeeded",
                        consensus,
                        "excludeParties",
                        true,
                        "rule",
                        rule,
                        "basis",
                        basis));
    }

    @ParameterizedTest(name = "seriousness {0} under {1}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    LOW, 2007
                    MEDIUM, 2011
                    HIGH, 2015
                    HIGH, 2019
                    -, 2024
                    LOW, 2025-07
                    """)
    void seriousnessIsForPeopleToWeighAndNoVersionDiffers(@Nullable String seriousness, String rules) {
        assertThat(OUTCOMES.all("rule", with(DECIDED, "seriousness", seriousness, "rulesVersion", rules)))
                .containsExactly("AO1", "AO2");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    categoricalFailure, -, categoricalFailure is missing
                    rulesVersion, -, rulesVersion is missing
                    rulesVersion, 2020, rulesVersion = 2020 is not allowed
                    seriousness, DREADFUL, seriousness = DREADFUL is not allowed
                    followedEarlierRecommendations, partly, followedEarlierRecommendations cannot be read
                    """)
    void outcomesAreRefusedOnBadInput(String input, @Nullable String value, String message) {
        assertThatThrownBy(() -> OUTCOMES.rows(with(DECIDED, input, value)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}, quorate {1}, consensus {2}, favour {3}, floors {4}: {5}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    EXPULSION, false, true, -, -, false, PC1, INFERRED
                    NO_ACTION, false, false, 100, true, false, PC1, INFERRED
                    EXPULSION, true, true, -, -, true, PC2, KNOWLEDGE
                    EXPULSION, true, true, 10, false, true, PC2, KNOWLEDGE
                    EXPULSION, true, false, 100, true, false, PC3, KNOWLEDGE
                    EXPULSION, true, false, -, -, false, PC3, KNOWLEDGE
                    NO_ACTION, true, true, -, -, true, PC4, KNOWLEDGE
                    RECOMMENDATIONS, true, true, -, -, true, PC4, KNOWLEDGE
                    INACTIVE, true, true, 0, false, true, PC4, KNOWLEDGE
                    NO_ACTION, true, false, 66, true, true, PC5, INFERRED
                    RECOMMENDATIONS, true, false, 66.0, true, true, PC5, INFERRED
                    INACTIVE, true, false, 100, true, true, PC5, INFERRED
                    RECOMMENDATIONS, true, false, 66, false, false, PC6, INFERRED
                    INACTIVE, true, false, 100, false, false, PC6, INFERRED
                    RECOMMENDATIONS, true, false, 65.99, true, false, PC7, INFERRED
                    INACTIVE, true, false, 0, true, false, PC7, INFERRED
                    NO_ACTION, true, false, 0, false, false, PC7, INFERRED
                    """)
    void whatThePlenaryCarried(
            String outcome,
            boolean quorate,
            boolean consensus,
            @Nullable Double favour,
            @Nullable Boolean floors,
            boolean carried,
            String rule,
            String basis) {
        assertThat(CARRIED.row(vote(outcome, quorate, consensus, favour, floors, 66)))
                .containsOnly(Map.entry("carried", carried), Map.entry("rule", rule), Map.entry("basis", basis));
    }

    @Test
    void theThresholdIsTheBallots() {
        assertThat(CARRIED.row(vote("RECOMMENDATIONS", true, false, 74.9, true, 75)))
                .containsEntry("carried", false);
        assertThat(CARRIED.row(vote("RECOMMENDATIONS", true, false, 50.1, true, 50)))
                .containsEntry("carried", true);
    }

    @ParameterizedTest(name = "{0}, consensus {1}, favour {2}, floors {3}, threshold {4}: {5}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    RECOMMENDATIONS, false, -, true, 66, favourTotal is missing
                    RECOMMENDATIONS, false, 70, -, 66, floorsMet is missing
                    RECOMMENDATIONS, false, 100.1, true, 66, favourTotal = 100.1 is not allowed
                    RECOMMENDATIONS, true, -1, true, 66, favourTotal = -1.0 is not allowed
                    RECOMMENDATIONS, -, 70, true, 66, consensusExclParties is missing
                    EXPULSION, true, -, -, -, overallPercent is missing
                    EXPULSION, true, -, -, 101, overallPercent = 101.0 is not allowed
                    FINE, true, -, -, 66, outcomeCode = FINE is not allowed
                    """)
    void aCountThatIsNotCompleteCarriesNothing(
            String outcome,
            @Nullable Boolean consensus,
            @Nullable Double favour,
            @Nullable Boolean floors,
            @Nullable Integer threshold,
            String message) {
        assertThatThrownBy(() -> CARRIED.rows(vote(outcome, true, consensus, favour, floors, threshold)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void aQuorumThatNobodyCountedIsNotTakenForGranted() {
        assertThatThrownBy(() -> CARRIED.rows(vote("EXPULSION", null, true, null, null, 66)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("quorate is missing");
    }

    private static Map<String, @Nullable Object> vote(
            String outcome,
            @Nullable Boolean quorate,
            @Nullable Boolean consensus,
            @Nullable Double favour,
            @Nullable Boolean floors,
            @Nullable Integer threshold) {
        return given(
                "outcomeCode",
                outcome,
                "quorate",
                quorate,
                "consensusExclParties",
                consensus,
                "favourTotal",
                favour,
                "floorsMet",
                floors,
                "overallPercent",
                threshold);
    }

    @ParameterizedTest(name = "{0}, day {1}: {2}")
    @CsvSource({
        "REFERRAL, 0, ON_TIME, DC5",
        "REFERRAL, 29, ON_TIME, DC5",
        "REFERRAL, 30, REMINDER, DC4",
        "REFERRAL, 44, REMINDER, DC4",
        "REFERRAL, 45, REMINDER, DC3",
        "REFERRAL, 59, REMINDER, DC3",
        "REFERRAL, 60, ESCALATE, DC2",
        "REFERRAL, 61, OVERRUN, DC1",
        "REFERRAL, 400, OVERRUN, DC1",
        "DIRECT_DIALOGUE, 29, ON_TIME, DC5",
        "DIRECT_DIALOGUE, 30, REMINDER, DC4",
        "DIRECT_DIALOGUE, 400, REMINDER, DC4",
        "GOOD_OFFICES, 0, ON_TIME, DC5",
        "GOOD_OFFICES, 29, ON_TIME, DC5",
        "GOOD_OFFICES, 30, ESCALATE, DC2",
        "GOOD_OFFICES, 31, OVERRUN, DC1",
    })
    void howLateAStageIs(String stage, int days, String level, String rule) {
        assertThat(DEADLINE.row(given("stage", stage, "daysElapsed", days)))
                .containsOnly(Map.entry("level", level), Map.entry("rule", rule), Map.entry("basis", "INFERRED"));
    }

    @ParameterizedTest(name = "{0}, day {1}: {2}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    REFERRAL, -1, daysElapsed = -1 is not allowed
                    REFERRAL, -, daysElapsed is missing
                    FORMAL_CONSULTATIONS, 10, stage = FORMAL_CONSULTATIONS is not allowed
                    -, 10, stage is missing
                    """)
    void aStageWithoutAClockIsRefused(@Nullable String stage, @Nullable Integer days, String message) {
        assertThatThrownBy(() -> DEADLINE.rows(given("stage", stage, "daysElapsed", days)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }
}
