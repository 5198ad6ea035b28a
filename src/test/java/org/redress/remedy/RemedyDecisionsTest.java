package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;
import static org.redress.Decision.with;

import java.util.List;
import java.util.Map;
import org.camunda.spin.Spin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** The smaller decisions of the remedy process (remedy specification B.5 to B.7, B.10, B.11, A.4). */
class RemedyDecisionsTest {

    private static final Decision DUTY = Decision.of("remedy/ungp-duty");
    private static final Decision PACKAGE = Decision.of("remedy/child-package");
    private static final Decision INTERVAL = Decision.of("remedy/monitoring-interval");
    private static final Decision MONITORING = Decision.of("remedy/monitoring-decision");
    private static final Decision CHANNEL = Decision.of("remedy/reporting-channel");
    private static final Decision REFERRAL = Decision.of("remedy/referral");
    private static final Decision LADDER = Decision.of("remedy/leverage-ladder");
    private static final Decision WIDENING = Decision.of("remedy/plan-widening");
    private static final Decision SHARE = Decision.of("remedy/unpaid-share");

    @AfterAll
    static void everyRowWasHit() {
        for (Decision decision :
                List.of(DUTY, PACKAGE, INTERVAL, MONITORING, CHANNEL, REFERRAL, LADDER, WIDENING, SHARE)) {
            assertThat(decision.rowsNeverHit()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    CAUSED, true, false, PROVIDE, mine-operator
                    CONTRIBUTED, true, true, HELP_PROVIDE, smelter
                    LINKED, false, true, MAY_TAKE_PART, downstream
                    NONE, false, false, NONE, -
                    """)
    void dutyFollowsInvolvement(
            String involvement, boolean stop, boolean leverage, String remedy, @Nullable String party) {
        assertThat(DUTY.row(given("involvement", involvement)))
                .isEqualTo(given(
                        "stopOwnConduct",
                        stop,
                        "useLeverage",
                        leverage,
                        "remedy",
                        remedy,
                        "usualParty",
                        party,
                        "basis",
                        "SEED"));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "true, 10000, 0, NEW_ROUND, PW1",
        "true, 10000, 9000, NEW_ROUND, PW1",
        "false, 10000, 2000, NOTED, PW3",
        "false, 10000, 2000.01, NEW_ROUND, PW2",
        "false, 0, 1, NEW_ROUND, PW2",
        "false, 0, 0, NOTED, PW3"
    })
    void aPlanThatGrowsByMuchOrByItsFirstChildIsApprovedAnew(
            boolean firstChild, double approved, double added, String approval, String rule) {
        assertThat(WIDENING.row(given("firstChild", firstChild, "budgetApproved", approved, "budgetAdded", added)))
                .containsEntry("approval", approval)
                .containsEntry("rule", rule)
                .containsEntry("basis", "PROPOSED");
    }

    @ParameterizedTest(name = "{0} %: {1}")
    @CsvSource({
        "0, LADDER, US1",
        "0.01, LADDER, US2",
        "9.99, LADDER, US2",
        "10, LETTER, US3",
        "99.99, LETTER, US3",
        "100, NONE, US4",
        "120, NONE, US4"
    })
    void whoPaysNextToNothingIsPressedAndWhoPaysAPartIsAsked(double percent, String step, String rule) {
        assertThat(SHARE.row(given("paidPercent", percent)))
                .containsEntry("step", step)
                .containsEntry("rule", rule)
                .containsEntry("basis", "PROPOSED");
    }

    private static final Map<String, @Nullable Object> CHILD = given(
            "atSite", false,
            "schoolAge", true,
            "householdPoor", false,
            "safeHome", true,
            "guardianSafe", true,
            "guardianImplicated", false,
            "siblingsAtRisk", false);

    @Test
    void everyChildGetsTheBasicPackage() {
        assertThat(PACKAGE.all("item", CHILD))
                .containsExactly(
                        "IDENTITY_AGE_AND_NEEDS",
                        "TALK_WITH_CHILD_AND_PARENTS",
                        "REPORT_TO_AUTHORITY",
                        "SCHOOL_ENROLMENT",
                        "STIPEND",
                        "SIGNED_AGREEMENT",
                        "NO_HAZARDOUS_WORK");
    }

    @ParameterizedTest(name = "{0} = {1} adds {2}, not {3}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    atSite, true, SAFE_REMOVAL, -
                    schoolAge, false, VOCATIONAL_COURSE, SCHOOL_ENROLMENT
                    householdPoor, true, SOCIAL_PROTECTION, -
                    safeHome, false, ACCOMMODATION, -
                    guardianImplicated, true, APPOINTED_GUARDIAN, TALK_WITH_CHILD_AND_PARENTS
                    guardianSafe, false, SIGNED_AGREEMENT, TALK_WITH_CHILD_AND_PARENTS
                    siblingsAtRisk, true, SIBLING_SCHOOL_SUPPORT, -
                    """)
    void whatElseAChildNeeds(String fact, boolean value, String item, @Nullable String without) {
        assertThat(PACKAGE.all("item", with(CHILD, fact, value))).contains(item).doesNotContain(without);
    }

    @ParameterizedTest(name = "emergency {0}, level 2 only {1}, risk {2}, child {3}, month {4}: {7}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    true, false, HIGH, false, 9, P7D, P1M, M1, follow-up-weekly, case-review-monthly
                    true, false, HIGH, true, -, P7D, P1M, M1, follow-up-weekly, case-review-monthly
                    false, false, LOW, true, -, P7D, P3M, M2, follow-up-weekly, case-review
                    false, false, LOW, true, 2, P7D, P3M, M2, follow-up-weekly, case-review
                    false, false, LOW, true, 3, P14D, P3M, M2, follow-up-fortnightly, case-review
                    true, false, MEDIUM, true, 3, P14D, P3M, M2, follow-up-fortnightly, case-review
                    false, false, HIGH, false, 0, P7D, P3M, M2, follow-up-weekly, case-review
                    false, false, HIGH, false, 3, P14D, P3M, M2, follow-up-fortnightly, case-review
                    true, false, MEDIUM, false, 2, P14D, P3M, M3, follow-up-fortnightly, case-review
                    false, false, MEDIUM, false, 3, P1M, P3M, M3, follow-up-monthly, case-review
                    false, false, LOW, false, 0, P1M, P3M, M4, follow-up-monthly, case-review
                    false, true, -, -, -, -, P3M, M5, -, l2-progress
                    true, true, HIGH, false, 1, -, P3M, M5, -, l2-progress
                    """)
    void howOftenToLook(
            boolean emergency,
            boolean level2Only,
            @Nullable String risk,
            @Nullable Boolean child,
            @Nullable Integer months,
            @Nullable String contact,
            String review,
            String rule,
            @Nullable String contactClock,
            String reviewClock) {
        assertThat(INTERVAL.row(given(
                        "emergencyMode",
                        emergency,
                        "level2Only",
                        level2Only,
                        "risk",
                        risk,
                        "child",
                        child,
                        "monthsInContact",
                        months)))
                .containsEntry("contactEvery", contact)
                .containsEntry("reviewEvery", review)
                .containsEntry("rule", rule)
                .containsEntry("reports", List.of("P6M", "P12M"))
                .containsEntry("flashReport", rule.equals("M1") ? "PT24H" : null)
                .containsEntry("siteVisitEvery", level2Only ? "P6M" : null)
                .containsEntry("contactClock", contactClock)
                .containsEntry("reviewClock", reviewClock);
    }

    @ParameterizedTest(name = "risk {0}, {1} goals, month {2}, {3} extensions: {4}")
    @CsvSource({
        "true, ALL, 12, 0, ESCALATE, MD1",
        "true, SOME, 3, 0, ESCALATE, MD1",
        "false, ALL, 6, 0, READY_TO_CLOSE, MD2",
        "false, ALL, 24, 2, READY_TO_CLOSE, MD2",
        "false, ALL, 5, 0, ON_TRACK, MD4",
        "false, NONE, 6, 0, REVISE, MD3",
        "false, NONE, 11.5, 0, REVISE, MD3",
        "false, SOME, 6, 0, ON_TRACK, MD4",
        "false, SOME, 11, 0, ON_TRACK, MD4",
        "false, SOME, 12, 0, EXTEND, MD5",
        "false, NONE, 12, 0, EXTEND, MD5",
        "false, SOME, 18, 1, EXTEND, MD5",
        "false, SOME, 24, 2, ESCALATE, MD6",
        "false, NONE, 24, 2, ESCALATE, MD6",
    })
    void whatAMonitoringReportLeadsTo(
            boolean risk, String goals, double months, int extensions, String outcome, String rule) {
        assertThat(MONITORING.row(given(
                        "openSafetyRisk", risk, "goalsMet", goals, "monthsElapsed", months, "extensions", extensions)))
                .containsOnly(Map.entry("outcome", outcome), Map.entry("rule", rule), Map.entry("basis", "PROPOSED"));
    }

    @ParameterizedTest(name = "danger {0}, police unsafe {1}, duty {2}, child {3}: {4}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    true, false, true, true, POLICE, protection, D02, RC1, SEED
                    true, false, -, -, POLICE, protection, D02, RC1, SEED
                    true, true, true, true, OTHER_AUTHORITY, protection facilitator, D02, RC2, SEED
                    true, true, -, -, OTHER_AUTHORITY, protection facilitator, D02, RC2, SEED
                    false, true, true, true, LEGAL_REVIEW, legal facilitator, legal-review, RC3, PROPOSED
                    false, true, true, -, LEGAL_REVIEW, legal facilitator, legal-review, RC3, PROPOSED
                    false, true, false, true, OTHER_AUTHORITY, facilitator, reporting, RC4, PROPOSED
                    false, false, true, true, CHILD_PROTECTION, vsc, reporting, RC5, PROPOSED
                    false, false, false, true, CHILD_PROTECTION, vsc, reporting, RC5, PROPOSED
                    false, false, true, false, POLICE, vsc legal, reporting, RC6, PROPOSED
                    false, false, false, false, ONLY_WITH_CONSENT, vsc, D24, RC7, PROPOSED
                    """)
    void whereHarmIsReported(
            boolean danger,
            boolean unsafe,
            @Nullable Boolean duty,
            @Nullable Boolean child,
            String channel,
            String signOff,
            String clock,
            String rule,
            String basis) {
        assertThat(CHANNEL.row(given("danger", danger, "policeUnsafe", unsafe, "legalDuty", duty, "child", child)))
                .containsOnly(
                        Map.entry("channel", channel),
                        Map.entry("signOff", List.of(signOff.split(" "))),
                        Map.entry("clock", clock),
                        Map.entry("rule", rule),
                        Map.entry("basis", basis));
    }

    @Test
    void whoIsOutOfDangerIsReportedOnlyWhenTheDutyIsKnown() {
        assertThatThrownBy(() -> CHANNEL.rows(given("danger", false, "policeUnsafe", false, "child", false)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("legalDuty is missing");
        assertThatThrownBy(() -> CHANNEL.rows(given("danger", false, "policeUnsafe", false, "legalDuty", false)))
                .hasMessageContaining("child is missing");
    }

    @ParameterizedTest(name = "{0} in {1}, company in {2}: {3}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    WAGE_VIOLATION, BO, -, LABOUR_INSPECTORATE UNION, POLICE NATIONAL_REFERRAL_MECHANISM ITSCI_HOTLINE OECD_NATIONAL_CONTACT_POINT
                    FORCED_LABOUR, IN, IN, LABOUR_INSPECTORATE NATIONAL_REFERRAL_MECHANISM POLICE, OECD_NATIONAL_CONTACT_POINT CCCMC_RCI_MEDIATION
                    WORST_FORM_CHILD_LABOUR, CD, CN, CHILD_PROTECTION_AUTHORITY ITSCI_HOTLINE CCCMC_RCI_MEDIATION, OECD_NATIONAL_CONTACT_POINT
                    TRAFFICKING_SEXUAL, PE, DE, POLICE NATIONAL_REFERRAL_MECHANISM OECD_NATIONAL_CONTACT_POINT, LABOUR_INSPECTORATE CHILD_PROTECTION_AUTHORITY
                    OTHER, PE, US, OECD_NATIONAL_CONTACT_POINT, POLICE LABOUR_INSPECTORATE UNION
                    OTHER, PE, KZ, OECD_NATIONAL_CONTACT_POINT, DATA_PROTECTION_AUTHORITY
                    PERSONAL_DATA, PE, -, DATA_PROTECTION_AUTHORITY, POLICE
                    """)
    void whereElseAComplainantMayTurn(
            String harm, String country, @Nullable String company, String there, String notThere) {
        List<@Nullable Object> mechanisms =
                REFERRAL.all("mechanism", given("harm", harm, "country", country, "companyCountry", company));

        assertThat(mechanisms)
                .contains((Object[]) there.split(" "))
                .doesNotContain((Object[]) notThere.split(" "))
                .as("open to everybody")
                .contains(
                        "COURT",
                        "NATIONAL_HUMAN_RIGHTS_INSTITUTION",
                        "IFC_MIGA_CAO",
                        "WORLD_BANK_GRIEVANCE_SERVICE",
                        "MINERALS_GRIEVANCE_PLATFORM")
                .doesNotHaveDuplicates();
    }

    @Test
    void severalHarmsAreReferredTogether() {
        assertThat(REFERRAL.all(
                        "mechanism",
                        given("harm", Spin.JSON("[\"WAGE_VIOLATION\",\"CHILD_TRAFFICKING\"]"), "country", "CD")))
                .contains("LABOUR_INSPECTORATE", "CHILD_PROTECTION_AUTHORITY")
                .doesNotHaveDuplicates();
        assertThat(REFERRAL.rows(given("harm", "OTHER", "country", "PE")))
                .allSatisfy(row -> assertThat(String.valueOf(row.get("why"))).endsWith("."));
    }

    @ParameterizedTest(name = "harm {0} in {1}, company in {2}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -, CD, CN, harm
                    BAD_LUCK, CD, CN, harm
                    OTHER, -, CN, country is missing
                    OTHER, Congo, CN, country = Congo is not allowed
                    OTHER, CD, China, companyCountry = China is not allowed
                    """)
    void referralRefusesBadInputByName(
            @Nullable String harm, @Nullable String country, @Nullable String company, String message) {
        assertThatThrownBy(() -> REFERRAL.rows(given("harm", harm, "country", country, "companyCountry", company)))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "after {0} business days: {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "0, WRITTEN_REMINDER, false, LL1, 10",
                "9, WRITTEN_REMINDER, false, LL1, 10",
                "10, EXECUTIVE_CALL, true, LL2, 20",
                "19, EXECUTIVE_CALL, true, LL2, 20",
                "20, NON_CONFORMANCE, true, LL3, 30",
                "29, NON_CONFORMANCE, true, LL3, 30",
                "30, BUYERS_LETTER, true, LL4, 45",
                "44, BUYERS_LETTER, true, LL4, 45",
                "45, SUSPENSION, true, LL5, -",
                "400, SUSPENSION, true, LL5, -",
            })
    void pressureGrowsWithTime(int days, String measure, boolean alternative, String rule, @Nullable Integer next) {
        Map<String, Object> rung = LADDER.row(given("businessDaysElapsed", days));
        assertThat(rung)
                .containsEntry("measure", measure)
                .containsEntry(
                        "downstreamJoins",
                        List.of("EXECUTIVE_CALL", "BUYERS_LETTER").contains(measure))
                .containsEntry("alternativePlan", alternative)
                .containsEntry("rule", rule)
                .containsEntry("basis", "PROPOSED")
                .containsEntry("nextRung", next);
        if (next != null) {
            assertThat(LADDER.row(given("businessDaysElapsed", next)).get("rule"))
                    .as("the next rung begins where this one says")
                    .isNotEqualTo(rule);
        }
    }
}
