package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;
import static org.redress.Decision.without;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** The decisions of admission and standing (membership specification E.3, E.5 DMN-11). */
class MembershipDecisionsTest {

    private static final Decision RULES = Decision.of("shared/rules-version");
    private static final Decision CYCLE = Decision.of("membership/intake-cycle");
    private static final Decision CATEGORY = Decision.of("membership/category-eligibility");
    private static final Decision DOCUMENTS = Decision.of("membership/required-documents");
    private static final Decision CONDITIONS = Decision.of("membership/engaged-conditions");
    private static final Decision READINESS = Decision.of("membership/full-readiness");
    private static final Decision STANDING = Decision.of("membership/standing-status");
    private static final Decision LADDER = Decision.of("membership/re-engagement-ladder");

    @BeforeEach
    void today() {
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2028-12-31T12:00:00Z")));
    }

    @AfterEach
    void backToTheRealClock() {
        ClockUtil.reset();
    }

    @AfterAll
    static void everyRowWasHit() {
        for (Decision decision : List.of(RULES, CYCLE, CATEGORY, DOCUMENTS, CONDITIONS, READINESS, STANDING, LADDER)) {
            assertThat(decision.rowsNeverHit()).isEmpty();
        }
    }

    @ParameterizedTest(name = "on {0} the rules of {1} apply")
    @CsvSource({
        "2007-05-07, 2007, RV1, SOURCE",
        "2011-09-14, 2007, RV1, SOURCE",
        "2011-09-15, 2011, RV2, SOURCE",
        "2015-02-28, 2011, RV2, SOURCE",
        "2015-03-01, 2015, RV3, INFERRED",
        "2019-10-14, 2015, RV3, INFERRED",
        "2019-10-15, 2019, RV4, SEED",
        "2022-03-31, 2019, RV4, SEED",
        "2023-12-31, 2019, RV4, SEED",
        "2024-01-01, 2024, RV5, INFERRED",
        "2025-06-30, 2024, RV5, INFERRED",
        "2025-07-01, 2025-07, RV6, INFERRED",
        "2028-12-31, 2025-07, RV6, INFERRED",
    })
    void eachDayHasItsVersionOfTheRules(String day, String version, String rule, String basis) {
        assertThat(RULES.row(given("day", day)))
                .containsOnly(Map.entry("rulesVersion", version), Map.entry("rule", rule), Map.entry("basis", basis));
    }

    @Test
    void beforeTheCriteriaOf2007ThereAreNoRules() {
        assertThatThrownBy(() -> RULES.row(given("day", "2007-05-06")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("day");
    }

    @ParameterizedTest(name = "filed {0}: {1}, which closes {2}")
    @CsvSource({
        // the Democratic Republic of the Congo (A.5)
        "2022-03-31, 2022-spring, 2022-03-31, 2022-autumn, 2022-09-15, IC1",
        "2026-01-01, 2026-spring, 2026-03-31, 2026-autumn, 2026-09-15, IC1",
        "2026-03-30, 2026-spring, 2026-03-31, 2026-autumn, 2026-09-15, IC1",
        "2026-03-31, 2026-spring, 2026-03-31, 2026-autumn, 2026-09-15, IC1",
        "2028-02-29, 2028-spring, 2028-03-31, 2028-autumn, 2028-09-15, IC1",
        "2026-04-01, 2026-autumn, 2026-09-15, 2027-spring, 2027-03-31, IC2",
        "2026-09-14, 2026-autumn, 2026-09-15, 2027-spring, 2027-03-31, IC2",
        "2026-09-15, 2026-autumn, 2026-09-15, 2027-spring, 2027-03-31, IC2",
        "2026-09-16, 2027-spring, 2027-03-31, 2027-autumn, 2027-09-15, IC3",
        "2026-12-31, 2027-spring, 2027-03-31, 2027-autumn, 2027-09-15, IC3",
    })
    void theLastDayOfAWindowBelongsToItAndWhatIsLateRollsToTheNext(
            String day, String cycle, String closes, String next, String nextCloses, String rule) {
        assertThat(CYCLE.row(given("submittedAt", day)))
                .containsOnly(
                        Map.entry("cycle", cycle),
                        Map.entry("closeDate", closes),
                        Map.entry("nextCycle", next),
                        Map.entry("nextCloseDate", nextCloses),
                        Map.entry("rule", rule),
                        Map.entry("basis", "SOURCE"));
    }

    @ParameterizedTest(name = "filed {0}: {1}")
    @CsvSource({
        "2026-09-15T23:59:59Z, 2026-autumn",
        "2026-09-16T00:00:00Z, 2027-spring",
    })
    void aMomentCountsByItsDayInUtc(Instant moment, String cycle) {
        assertThat(CYCLE.row(given("submittedAt", Date.from(moment)))).containsEntry("cycle", cycle);
    }

    @Test
    void aSubmissionTodayIsFineAndOneTomorrowIsRefused() {
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-09-15T08:00:00Z")));

        assertThat(CYCLE.row(given("submittedAt", "2026-09-15"))).containsEntry("cycle", "2026-autumn");
        assertThatThrownBy(() -> CYCLE.rows(given("submittedAt", "2026-09-16")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("submittedAt = 2026-09-16 is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"16 Sep 2026", "2026-09", "2026-02-30", ""})
    void whatIsNoDayIsRefusedByName(String day) {
        assertThatThrownBy(() -> CYCLE.rows(given("submittedAt", day)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("submittedAt cannot be read");
    }

    @ParameterizedTest(name = "{0}, sector {1}, purpose {2}: {3} {4}, {5}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    INDIVIDUAL, -, -, NOT_ELIGIBLE, -, INDIVIDUAL, CE1, SOURCE
                    CONSULTANCY, -, HUMAN_RIGHTS, NOT_ELIGIBLE, -, CONSULTANCY, CE2, SOURCE
                    SECURITY_COMPANY, ENERGY, -, NOT_ELIGIBLE, -, SECURITY_COMPANY, CE3, SOURCE
                    EDUCATION_BODY, -, HUMAN_RIGHTS, NOT_ELIGIBLE, -, EDUCATION_BODY, CE4, SOURCE
                    GOVERNMENT, -, -, ELIGIBLE, government, GOVERNMENT, CE5, INFERRED
                    COMPANY, EXTRACTION, -, ELIGIBLE, corporate, SECTOR_FITS, CE6, INFERRED
                    COMPANY, HARVESTING, -, ELIGIBLE, corporate, SECTOR_FITS, CE6, INFERRED
                    COMPANY, NATURAL_RESOURCES, -, ELIGIBLE, corporate, SECTOR_FITS, CE6, INFERRED
                    COMPANY, ENERGY, OTHER, ELIGIBLE, corporate, SECTOR_FITS, CE6, INFERRED
                    COMPANY, OTHER, -, REFER, corporate, OTHER_SECTOR, CE7, INFERRED
                    NGO, -, HUMAN_RIGHTS, ELIGIBLE, ngo, PURPOSE_FITS, CE8, INFERRED
                    NGO, OTHER, RELATED_NORMS, ELIGIBLE, ngo, PURPOSE_FITS, CE8, INFERRED
                    NGO, -, OTHER, NOT_ELIGIBLE, -, OTHER_PURPOSE, CE9, INFERRED
                    INTERNATIONAL_BODY, -, -, ELIGIBLE, observer, OBSERVER, CE10, INFERRED
                    TRADE_BODY, EXTRACTION, -, ELIGIBLE, observer, OBSERVER, CE10, INFERRED
                    OTHER, -, -, NOT_ELIGIBLE, -, NO_CATEGORY, CE11, INFERRED
                    """)
    void whoMayApply(
            String type,
            @Nullable String sector,
            @Nullable String purpose,
            String outcome,
            @Nullable String pillar,
            String reason,
            String rule,
            String basis) {
        assertThat(CATEGORY.row(given("applicantType", type, "sector", sector, "purpose", purpose)))
                .isEqualTo(given("outcome", outcome, "pillar", pillar, "reason", reason, "rule", rule, "basis", basis));
    }

    @ParameterizedTest(name = "{0}, sector {1}, purpose {2}: {3}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -, ENERGY, HUMAN_RIGHTS, applicantType is missing
                    UNIVERSITY, -, -, applicantType = UNIVERSITY is not allowed
                    COMPANY, -, HUMAN_RIGHTS, sector is missing
                    COMPANY, BANKING, -, sector = BANKING is not allowed
                    GOVERNMENT, BANKING, -, sector = BANKING is not allowed
                    NGO, ENERGY, -, purpose is missing
                    NGO, -, PROFIT, purpose = PROFIT is not allowed
                    """)
    void anApplicantIsAskedForWhatItsKindNeeds(
            @Nullable String type, @Nullable String sector, @Nullable String purpose, String message) {
        assertThatThrownBy(() -> CATEGORY.rows(given("applicantType", type, "sector", sector, "purpose", purpose)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0} applies for {1} under {2}: needs {3}, is asked for {4}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    government, ENGAGED, 2024, APPLICATION MINISTRY_LETTER FOCAL_POINTS, ROADMAP
                    government, ENGAGED, 2007, APPLICATION MINISTRY_LETTER FOCAL_POINTS, ROADMAP
                    government, FULL, 2024, APPLICATION NAP EFFORT_EVIDENCE, -
                    corporate, ENGAGED, 2007, APPLICATION SECTOR_EVIDENCE PUBLIC_COMMITMENT, POLICY NAMED_CONTACT ROADMAP
                    corporate, ENGAGED, 2011, APPLICATION SECTOR_EVIDENCE PUBLIC_COMMITMENT, POLICY NAMED_CONTACT ROADMAP
                    corporate, ENGAGED, 2015, APPLICATION SECTOR_EVIDENCE PUBLIC_COMMITMENT, POLICY NAMED_CONTACT ROADMAP
                    corporate, ENGAGED, 2019, APPLICATION SECTOR_EVIDENCE PUBLIC_COMMITMENT, POLICY NAMED_CONTACT ROADMAP
                    corporate, ENGAGED, 2024, APPLICATION SECTOR_EVIDENCE PUBLIC_COMMITMENT RISK_UNDERSTANDING, POLICY NAMED_CONTACT ROADMAP
                    corporate, ENGAGED, 2025-07, APPLICATION SECTOR_EVIDENCE PUBLIC_COMMITMENT RISK_UNDERSTANDING, POLICY NAMED_CONTACT ROADMAP
                    corporate, FULL, 2025-07, APPLICATION EFFORT_EVIDENCE, VERIFICATION
                    ngo, ENGAGED, 2025-07, APPLICATION NGO_EVIDENCE, FUNDING CONTRIBUTION
                    ngo, FULL, 2019, APPLICATION EFFORT_EVIDENCE, -
                    observer, OBSERVER, 2024, APPLICATION, -
                    """)
    void whatAnApplicantSubmits(
            String pillar, String status, String rules, String mandatory, @Nullable String optional) {
        List<Map<String, @Nullable Object>> rows =
                DOCUMENTS.rows(given("pillar", pillar, "targetStatus", status, "rulesVersion", rules));

        assertThat(codes(rows, true)).containsExactlyInAnyOrder(mandatory.split(" ", -1));
        assertThat(codes(rows, false))
                .containsExactlyInAnyOrder(optional == null ? new String[0] : optional.split(" ", -1));
        assertThat(rows).extracting(row -> row.get("docCode")).doesNotHaveDuplicates();
    }

    private static List<String> codes(List<Map<String, @Nullable Object>> rows, boolean mandatory) {
        return rows.stream()
                .filter(row -> Boolean.valueOf(mandatory).equals(row.get("mandatory")))
                .map(row -> String.valueOf(row.get("docCode")))
                .toList();
    }

    @ParameterizedTest(name = "{2} of {0} for {1}: {3} by {4}")
    @CsvSource({
        "ngo, ENGAGED, APPLICATION, RD01, INFERRED",
        "government, ENGAGED, MINISTRY_LETTER, RD02, KNOWLEDGE",
        "government, ENGAGED, FOCAL_POINTS, RD03, KNOWLEDGE",
        "government, ENGAGED, ROADMAP, RD04, INFERRED",
        "government, FULL, NAP, RD05, SOURCE",
        "corporate, ENGAGED, SECTOR_EVIDENCE, RD06, INFERRED",
        "corporate, ENGAGED, PUBLIC_COMMITMENT, RD07, KNOWLEDGE",
        "corporate, ENGAGED, POLICY, RD08, KNOWLEDGE",
        "corporate, ENGAGED, NAMED_CONTACT, RD09, KNOWLEDGE",
        "corporate, ENGAGED, ROADMAP, RD10, KNOWLEDGE",
        "corporate, ENGAGED, RISK_UNDERSTANDING, RD11, INFERRED",
        "corporate, FULL, VERIFICATION, RD12, KNOWLEDGE",
        "ngo, ENGAGED, NGO_EVIDENCE, RD13, KNOWLEDGE",
        "ngo, ENGAGED, FUNDING, RD14, KNOWLEDGE",
        "ngo, ENGAGED, CONTRIBUTION, RD15, KNOWLEDGE",
        "ngo, FULL, EFFORT_EVIDENCE, RD16, SOURCE",
    })
    void eachDocumentSaysWhereItsRuleComesFrom(
            String pillar, String status, String document, String rule, String basis) {
        assertThat(DOCUMENTS.rows(given("pillar", pillar, "targetStatus", status, "rulesVersion", "2025-07")))
                .filteredOn(row -> document.equals(row.get("docCode")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("rule", rule).containsEntry("basis", basis));
    }

    @ParameterizedTest(name = "{0} for {1} under {2}: {3}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    observer, FULL, 2024, targetStatus = FULL is not allowed
                    observer, ENGAGED, 2024, targetStatus = ENGAGED is not allowed
                    corporate, OBSERVER, 2024, targetStatus = OBSERVER is not allowed
                    corporate, -, 2024, targetStatus is missing
                    company, ENGAGED, 2024, pillar = company is not allowed
                    -, ENGAGED, 2024, pillar is missing
                    ngo, ENGAGED, 2025, rulesVersion = 2025 is not allowed
                    ngo, ENGAGED, -, rulesVersion is missing
                    """)
    void documentsAreRefusedForAStatusThatThePillarDoesNotHave(
            @Nullable String pillar, @Nullable String status, @Nullable String rules, String message) {
        assertThatThrownBy(() -> DOCUMENTS.rows(given("pillar", pillar, "targetStatus", status, "rulesVersion", rules)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "government, NAP_DEVELOPED, BEFORE_FULL, EC1, SOURCE",
        "government, NAP_SUBMITTED, BEFORE_FULL, EC2, SOURCE",
        "government, ANNUAL_REPORT, BEFORE_PLENARY, EC3, INFERRED",
        "corporate, EFFORT_EVIDENCE, AT_YEARLY_REVIEW, EC4, INFERRED",
        "corporate, ROADMAP_PROGRESS, AT_YEARLY_REVIEW, EC5, INFERRED",
        "ngo, DUES, WHEN_INVOICED, EC6, KNOWLEDGE",
        "ngo, PLENARY_ATTENDANCE, AT_PLENARY, EC7, INFERRED",
    })
    void whatAnEngagedMemberDoesAndWhen(String pillar, String milestone, String due, String rule, String basis) {
        assertThat(CONDITIONS.rows(given("pillar", pillar)))
                .contains(given("milestone", milestone, "dueRelative", due, "rule", rule, "basis", basis));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "government, NAP_DEVELOPED NAP_SUBMITTED ANNUAL_REPORT EFFORT_EVIDENCE DUES PLENARY_ATTENDANCE",
        "corporate, ANNUAL_REPORT EFFORT_EVIDENCE ROADMAP_PROGRESS DUES PLENARY_ATTENDANCE",
        "ngo, ANNUAL_REPORT EFFORT_EVIDENCE DUES PLENARY_ATTENDANCE",
    })
    void conditionsOfAPillar(String pillar, String milestones) {
        assertThat(CONDITIONS.all("milestone", given("pillar", pillar)))
                .containsExactly((Object[]) milestones.split(" ", -1));
    }

    @Test
    void anObserverHasNoConditionsSinceItHasNoWayToFull() {
        assertThat(CONDITIONS.rows(given("pillar", "observer"))).isEmpty();
        assertThatThrownBy(() -> CONDITIONS.rows(given("pillar", "association")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("pillar = association is not allowed");
        assertThatThrownBy(() -> CONDITIONS.rows(given())).hasMessageContaining("pillar is missing");
    }

    private static final Map<String, @Nullable Object> READY = given(
            "pillar", "government",
            "napSubmitted", true,
            "effortShown", true,
            "reportsFiled", true,
            "duesPaid", true,
            "openConcern", false);

    @ParameterizedTest(name = "{0}, plan {1}, efforts {2}, reports {3}, dues {4}, concern {5}: {6}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    government, true, true, true, true, false, PROPOSE_FULL, -, FR6, INFERRED
                    government, false, true, true, true, false, STAY_ENGAGED, NAP, FR1, SOURCE
                    government, false, false, false, false, true, STAY_ENGAGED, NAP EFFORT REPORTS DUES, FR1, SOURCE
                    government, true, false, true, true, false, STAY_ENGAGED, EFFORT, FR2, SOURCE
                    corporate, -, false, true, false, false, STAY_ENGAGED, EFFORT DUES, FR2, SOURCE
                    corporate, -, true, true, false, false, STAY_ENGAGED, DUES, FR3, KNOWLEDGE
                    ngo, -, true, false, false, true, STAY_ENGAGED, REPORTS DUES, FR3, KNOWLEDGE
                    ngo, -, true, false, true, true, STAY_ENGAGED, REPORTS, FR4, INFERRED
                    ngo, -, true, true, true, true, COMMITTEE_JUDGES, -, FR5, INFERRED
                    corporate, false, true, true, true, false, PROPOSE_FULL, -, FR6, INFERRED
                    ngo, -, true, true, true, false, PROPOSE_FULL, -, FR6, INFERRED
                    """)
    void whoIsReadyForFull(
            String pillar,
            @Nullable Boolean plan,
            boolean efforts,
            boolean reports,
            boolean dues,
            boolean concern,
            String recommendation,
            @Nullable String missing,
            String rule,
            String basis) {
        assertThat(READINESS.row(given(
                        "pillar",
                        pillar,
                        "napSubmitted",
                        plan,
                        "effortShown",
                        efforts,
                        "reportsFiled",
                        reports,
                        "duesPaid",
                        dues,
                        "openConcern",
                        concern)))
                .containsOnly(
                        Map.entry("recommendation", recommendation),
                        Map.entry("missing", missing == null ? List.of() : List.of(missing.split(" ", -1))),
                        Map.entry("rule", rule),
                        Map.entry("basis", basis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pillar", "napSubmitted", "effortShown", "reportsFiled", "duesPaid", "openConcern"})
    void aFactThatNobodyLookedAtDoesNotCountAsFine(String fact) {
        assertThatThrownBy(() -> READINESS.rows(without(READY, fact)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(fact + " is missing");
    }

    @Test
    void anObserverHasNoWayToFull() {
        assertThatThrownBy(() -> READINESS.rows(with(READY, "pillar", "observer")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("pillar = observer is not allowed");
        assertThatThrownBy(() -> READINESS.rows(with(READY, "duesPaid", "perhaps")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("duesPaid cannot be read");
    }

    private static final Map<String, @Nullable Object> GOOD = given(
            "expelled", false,
            "reportMissing", false,
            "duesOverdue", false,
            "graceOver", false,
            "refusesEngagement", false);

    @ParameterizedTest(name = "{0}: {1} for {2}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    expelled, EXPELLED, EXPELLED, SS01, KNOWLEDGE
                    expelled inactiveByPlenary reportMissing graceOver, EXPELLED, EXPELLED, SS01, KNOWLEDGE
                    inactiveByPlenary, INACTIVE, PLENARY_DECISION, SS02, PROPOSED
                    reportMissing duesOverdue graceOver, INACTIVE, REPORT_AND_DUES, SS03, INFERRED
                    reportMissing graceOver, INACTIVE, REPORT_MISSING, SS04, INFERRED
                    duesOverdue graceOver, INACTIVE, DUES_OVERDUE, SS05, INFERRED
                    refusesEngagement, INACTIVE, REFUSAL, SS06, KNOWLEDGE
                    refusesEngagement reportMissing, INACTIVE, REFUSAL, SS06, KNOWLEDGE
                    reportMissing duesOverdue, AT_RISK, REPORT_AND_DUES, SS07, INFERRED
                    reportMissing, AT_RISK, REPORT_MISSING, SS08, INFERRED
                    duesOverdue, AT_RISK, DUES_OVERDUE, SS09, INFERRED
                    graceOver, ACTIVE, -, SS10, INFERRED
                    -, ACTIVE, -, SS10, INFERRED
                    """)
    void howAMemberStands(@Nullable String facts, String status, @Nullable String reason, String rule, String basis) {
        Map<String, @Nullable Object> inputs = GOOD;
        for (String fact : facts == null ? List.<String>of() : Arrays.asList(facts.split(" ", -1))) {
            inputs = with(inputs, fact, true);
        }

        assertThat(STANDING.row(inputs))
                .isEqualTo(given("status", status, "reason", reason, "rule", rule, "basis", basis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"expelled", "reportMissing", "duesOverdue", "graceOver", "refusesEngagement"})
    void standingIsNotGuessed(String fact) {
        assertThatThrownBy(() -> STANDING.rows(without(GOOD, fact)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(fact + " is missing");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "REPORT_MISSING, RE1 WRITE_TO_FOCAL_POINT; RE2 HELP_WITH_REPORT; RE4 CALL_LEADERSHIP; RE5 ASK_PILLAR; RE6 STEERING_COMMITTEE",
        "DUES_OVERDUE, RE1 WRITE_TO_FOCAL_POINT; RE3 PAYMENT_PLAN; RE4 CALL_LEADERSHIP; RE5 ASK_PILLAR; RE6 STEERING_COMMITTEE",
        "REPORT_AND_DUES, RE1 WRITE_TO_FOCAL_POINT; RE2 HELP_WITH_REPORT; RE3 PAYMENT_PLAN; RE4 CALL_LEADERSHIP; RE5 ASK_PILLAR; RE6 STEERING_COMMITTEE",
        "REFUSAL, RE1 WRITE_TO_FOCAL_POINT; RE4 CALL_LEADERSHIP; RE5 ASK_PILLAR; RE6 STEERING_COMMITTEE",
        "PLENARY_DECISION, RE1 WRITE_TO_FOCAL_POINT; RE4 CALL_LEADERSHIP; RE5 ASK_PILLAR; RE6 STEERING_COMMITTEE",
    })
    void theLadderOfReEngagementIsClimbedInThisOrder(String reason, String steps) {
        assertThat(LADDER.rows(given("standingReason", reason)))
                .isEqualTo(Arrays.stream(steps.split("; ", -1))
                        .map(step -> given(
                                "step", step.split(" ", -1)[1], "rule", step.split(" ", -1)[0], "basis", "INFERRED"))
                        .toList());
    }

    @Test
    void aMemberIsNotReEngagedForNothing() {
        assertThatThrownBy(() -> LADDER.rows(given("standingReason", "ACTIVE")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("standingReason = ACTIVE is not allowed");
    }
}
