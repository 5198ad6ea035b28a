package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;
import static org.redress.Decision.without;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** What holds up a plan, a start, a closing (remedy specification B.8, A.5). */
class GatesTest {

    private static final Decision PLAN = Decision.of("remedy/plan-gate");
    private static final Decision FUNDING = Decision.of("remedy/funding-gate");
    private static final Decision CLOSING = Decision.of("remedy/closing-gate");

    private static final Map<String, @Nullable Object> GOOD_PLAN = counts(
            given(
                    "level1Planned",
                    true,
                    "level2Planned",
                    true,
                    "facilitatorIndependent",
                    true,
                    "doNoHarmAnalysed",
                    true,
                    "budgetAttached",
                    true,
                    "privacyAnnexAttached",
                    true,
                    "level1Designed",
                    true,
                    "outcomes",
                    2),
            "groupsNotConsulted",
            "victimsWithoutPlan",
            "plansWithoutConsent",
            "childrenWithoutSpecialist",
            "childrenWithoutGuardian",
            "childrenWithoutAgreement",
            "servicesUnavailable",
            "goalsWithoutFit",
            "plansWithoutMonitoring",
            "outcomesWithoutBaseline",
            "outcomesWithoutIndicator",
            "outcomesWithoutTarget",
            "outcomesWithoutDate",
            "outcomesWithoutSource",
            "outcomesUnrealistic");

    private static final Map<String, @Nullable Object> FUNDED = given(
            "level1Planned", true,
            "level2Planned", true,
            "level1Covered", 100,
            "bridgeMoney", false,
            "level2Covered", 100);

    private static final Map<String, @Nullable Object> READY_TO_CLOSE = counts(
            given(
                    "level1Planned",
                    true,
                    "level2Planned",
                    true,
                    "level1Statement",
                    true,
                    "deliveryRecorded",
                    true,
                    "aimsAssessed",
                    true,
                    "monitoringDocumented",
                    true,
                    "level2Statement",
                    true,
                    "reportsInWindow",
                    1,
                    "monthsElapsed",
                    12,
                    "monitoringWaived",
                    false,
                    "complainantHeard",
                    true,
                    "emergencyOpen",
                    false,
                    "dueDiligenceEvidenced",
                    true,
                    "remoteEvidenceOnly",
                    false,
                    "retaliationOpen",
                    false,
                    "peopleTakenIn",
                    false,
                    "levelBeingAdded",
                    false),
            "casesWithoutHandover",
            "handoversUnconfirmed",
            "handoversWithoutSummary",
            "casesWithoutFollowUps",
            "openSafetyRisks",
            "unansweredRequests",
            "repaymentsWithoutCarrier",
            "outcomesUnverified");

    @AfterAll
    static void everyRowWasHit() {
        assertThat(PLAN.rowsNeverHit()).isEmpty();
        assertThat(FUNDING.rowsNeverHit()).isEmpty();
        assertThat(CLOSING.rowsNeverHit()).isEmpty();
    }

    private static Map<String, @Nullable Object> counts(Map<String, @Nullable Object> facts, String... names) {
        for (String name : names) {
            facts.put(name, 0);
        }
        return facts;
    }

    @Test
    void withoutDefectTheGateIsPassed() {
        assertThat(PLAN.rows(GOOD_PLAN)).isEmpty();
        assertThat(FUNDING.rows(FUNDED)).isEmpty();
        assertThat(CLOSING.rows(READY_TO_CLOSE)).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "facilitatorIndependent, false, FACILITATOR_NOT_INDEPENDENT, PG01, SEED",
        "groupsNotConsulted, 1, GROUP_NOT_CONSULTED, PG02, SEED",
        "victimsWithoutPlan, 1, CASE_PLAN_MISSING, PG03, SEED",
        "plansWithoutConsent, 1, CONSENT_MISSING, PG04, SEED",
        "childrenWithoutSpecialist, 1, CHILD_SPECIALIST_MISSING, PG05, SEED",
        "childrenWithoutGuardian, 1, GUARDIAN_ROUTE_MISSING, PG06, SEED",
        "childrenWithoutAgreement, 1, CHILD_AGREEMENT_MISSING, PG07, SEED",
        "servicesUnavailable, 1, SERVICE_NOT_AVAILABLE, PG08, SEED",
        "goalsWithoutFit, 1, GOAL_WITHOUT_FIT, PG09, SEED",
        "plansWithoutMonitoring, 1, MONITORING_NOT_REACHABLE, PG10, SEED",
        "outcomesWithoutBaseline, 1, BASELINE_MISSING, PG11, INFERRED",
        "outcomesWithoutIndicator, 1, INDICATOR_MISSING, PG12, SEED",
        "outcomesWithoutTarget, 1, TARGET_MISSING, PG13, SEED",
        "outcomesWithoutDate, 1, DATE_MISSING, PG14, SEED",
        "outcomesWithoutSource, 1, SOURCE_MISSING, PG15, INFERRED",
        "outcomesUnrealistic, 1, OUTCOME_NOT_REALISTIC, PG16, INFERRED",
        "doNoHarmAnalysed, false, DO_NO_HARM_MISSING, PG17, SEED",
        "budgetAttached, false, BUDGET_MISSING, PG18, SEED",
        "privacyAnnexAttached, false, PRIVACY_ANNEX_MISSING, PG19, PROPOSED",
        "outcomes, 0, OUTCOMES_MISSING, PG20, INFERRED",
        "level1Designed, false, LEVEL1_NOT_DESIGNED, PG21, INFERRED",
    })
    void aPlanWithADefectIsReturned(String fact, String value, String defect, String rule, String basis) {
        assertThat(PLAN.rows(with(GOOD_PLAN, fact, value)))
                .containsExactly(Map.of("defect", defect, "rule", rule, "basis", basis));
    }

    @Test
    void firstRoundOfThePlanThatWasRejectedTwice() {
        assertThat(PLAN.all("rule", with(GOOD_PLAN, "outcomesWithoutBaseline", 1, "groupsNotConsulted", 1)))
                .as("S17: no baseline, the women of the camp not consulted")
                .containsExactly("PG02", "PG11");
    }

    @Test
    void aLevelThatIsNotPlannedNeedsNoFacts() {
        Map<String, @Nullable Object> onlyLevel2 = without(
                with(GOOD_PLAN, "level1Planned", false),
                "victimsWithoutPlan",
                "plansWithoutConsent",
                "childrenWithoutSpecialist",
                "childrenWithoutGuardian",
                "childrenWithoutAgreement",
                "servicesUnavailable",
                "goalsWithoutFit",
                "plansWithoutMonitoring");
        assertThat(PLAN.rows(onlyLevel2)).isEmpty();
        assertThat(PLAN.all("defect", with(onlyLevel2, "outcomesWithoutDate", 2)))
                .containsExactly("DATE_MISSING");

        Map<String, @Nullable Object> onlyLevel1 = with(GOOD_PLAN, "level2Planned", false, "outcomes", null);
        assertThat(PLAN.rows(onlyLevel1)).isEmpty();

        assertThat(FUNDING.rows(given("level1Planned", false, "level2Planned", true, "level2Covered", 100.0)))
                .isEmpty();
        assertThat(CLOSING.rows(without(
                        with(READY_TO_CLOSE, "level2Planned", false),
                        "outcomesUnverified",
                        "deliveryRecorded",
                        "aimsAssessed",
                        "monitoringDocumented",
                        "level2Statement")))
                .isEmpty();
    }

    @ParameterizedTest(name = "Level 1 {0}, {1} %, bridge {2}; Level 2 {3}, {4} %: {5}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    true, 100, false, true, 100, -
                    true, 99.9, false, true, 100, LEVEL1_NEEDS_BRIDGE
                    true, 0, true, true, 100, -
                    true, 40, false, false, -, LEVEL1_NEEDS_BRIDGE
                    true, 140, false, true, 99, LEVEL2_NOT_FUNDED
                    false, -, -, true, 0, LEVEL2_NOT_FUNDED
                    true, 0, false, true, 0, LEVEL1_NEEDS_BRIDGE LEVEL2_NOT_FUNDED
                    """)
    void fundingHoldsUpOnlyTheLevelThatLacksIt(
            boolean level1,
            @Nullable Double covered1,
            @Nullable Boolean bridge,
            boolean level2,
            @Nullable Double covered2,
            @Nullable String defects) {
        assertThat(FUNDING.all(
                        "defect",
                        given(
                                "level1Planned",
                                level1,
                                "level2Planned",
                                level2,
                                "level1Covered",
                                covered1,
                                "bridgeMoney",
                                bridge,
                                "level2Covered",
                                covered2)))
                .isEqualTo(defects == null ? List.of() : List.of(defects.split(" ")));
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "casesWithoutHandover, 1, HANDOVER_MISSING, CG01, SEED",
        "handoversUnconfirmed, 1, HANDOVER_NOT_CONFIRMED, CG02, SEED",
        "handoversWithoutSummary, 1, HANDOVER_SUMMARY_MISSING, CG03, SEED",
        "casesWithoutFollowUps, 1, FOLLOW_UP_MISSING, CG04, PROPOSED",
        "openSafetyRisks, 1, SAFETY_RISK_OPEN, CG05, PROPOSED",
        "unansweredRequests, 1, REQUEST_UNANSWERED, CG06, PROPOSED",
        "level1Statement, false, LEVEL1_STATEMENT_MISSING, CG07, SEED",
        "outcomesUnverified, 1, OUTCOME_NOT_VERIFIED, CG08, SEED",
        "deliveryRecorded, false, DELIVERY_NOT_RECORDED, CG09, SEED",
        "aimsAssessed, false, AIMS_NOT_ASSESSED, CG10, SEED",
        "monitoringDocumented, false, MONITORING_NOT_DOCUMENTED, CG11, SEED",
        "level2Statement, false, LEVEL2_STATEMENT_MISSING, CG12, SEED",
        "reportsInWindow, 0, MONITORING_REPORT_MISSING, CG13, PROPOSED",
        "monthsElapsed, 5, TOO_EARLY, CG14, PROPOSED",
        "complainantHeard, false, COMPLAINANT_NOT_HEARD, CG15, PROPOSED",
        "emergencyOpen, true, EMERGENCY_OPEN, CG16, PROPOSED",
        "dueDiligenceEvidenced, false, DUE_DILIGENCE_MISSING, CG17, PROPOSED",
        "remoteEvidenceOnly, true, REMOTE_EVIDENCE_ONLY, CG18, PROPOSED",
        "repaymentsWithoutCarrier, 1, REPAYMENT_WITHOUT_CARRIER, CG19, PROPOSED",
        "retaliationOpen, true, RETALIATION_NOT_STOPPED, CG20, PROPOSED",
        "peopleTakenIn, true, PEOPLE_BEING_TAKEN_IN, CG21, PROPOSED",
        "levelBeingAdded, true, LEVEL_BEING_ADDED, CG22, PROPOSED",
    })
    void aCaseWithADefectStaysOpen(String fact, String value, String defect, String rule, String basis) {
        assertThat(CLOSING.rows(with(READY_TO_CLOSE, fact, value)))
                .containsExactly(Map.of("defect", defect, "rule", rule, "basis", basis));
    }

    @Test
    void monthSixIsEnoughAndAWaiverWithReasonReplacesTheMonitoring() {
        assertThat(CLOSING.rows(with(READY_TO_CLOSE, "monthsElapsed", 6))).isEmpty();
        assertThat(CLOSING.rows(
                        with(READY_TO_CLOSE, "monthsElapsed", 2, "reportsInWindow", 0, "monitoringWaived", true)))
                .isEmpty();
    }

    @Test
    void aMissingFactIsNotAPass() {
        for (String fact : GOOD_PLAN.keySet()) {
            assertRefused(PLAN, GOOD_PLAN, fact);
        }
        for (String fact : FUNDED.keySet()) {
            assertRefused(FUNDING, FUNDED, fact);
        }
        for (String fact : READY_TO_CLOSE.keySet()) {
            assertRefused(CLOSING, READY_TO_CLOSE, fact);
        }
    }

    private static void assertRefused(Decision gate, Map<String, @Nullable Object> facts, String missing) {
        assertThatThrownBy(() -> gate.rows(without(facts, missing)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(missing + " is missing");
        Map<String, @Nullable Object> wrong = new HashMap<>(facts);
        wrong.put(missing, "some");
        assertThatThrownBy(() -> gate.rows(wrong))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(missing + " cannot be read");
    }
}
