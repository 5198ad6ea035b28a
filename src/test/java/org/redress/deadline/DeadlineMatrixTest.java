package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;

/** How long each clock runs (remedy specification A.7, B.9, B.12); one line a row, * is any. */
class DeadlineMatrixTest {

    private static final Decision MATRIX = Decision.of("shared/deadline-matrix");

    @AfterAll
    static void everyRowWasHit() {
        assertThat(MATRIX.rowsNeverHit()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # clock, urgency, mode, amount, unit, extension, ceiling, basis
                    D01-target, *, *, 2, BUSINESS_DAYS, -, -, SOURCE
                    D01-hard, *, *, 7, DAYS, -, -, SOURCE
                    D02, NORMAL, *, 24, HOURS, -, -, SOURCE
                    D02, URGENT, *, 1, HOURS, -, -, SOURCE
                    D03, NORMAL, *, 10, BUSINESS_DAYS, 10 BUSINESS_DAYS, 20 BUSINESS_DAYS, SOURCE
                    D03, URGENT, *, 3, BUSINESS_DAYS, 10 BUSINESS_DAYS, 13 BUSINESS_DAYS, PROPOSED
                    D04, NORMAL, *, 2, BUSINESS_DAYS, -, -, PROPOSED
                    D04, URGENT, *, 24, HOURS, -, -, PROPOSED
                    D05, *, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    D06, NORMAL, NORMAL, 2, MONTHS, P4M, P6M, SOURCE
                    D06, URGENT, NORMAL, 1, MONTHS, P5M, P6M, PROPOSED
                    D06, NORMAL, EMERGENCY, 5, MONTHS, P4M, P9M, PROPOSED
                    D06, URGENT, EMERGENCY, 4, MONTHS, P5M, P9M, PROPOSED
                    D06-max, *, NORMAL, 6, MONTHS, -, -, SOURCE
                    D06-max, *, EMERGENCY, 9, MONTHS, -, -, PROPOSED
                    D07, *, *, 30, DAYS, -, -, PROPOSED
                    D08, *, *, 3, MONTHS, P3M, P6M, KNOWLEDGE
                    update-lead, *, *, 5, DAYS, -, -, PROPOSED
                    feedback-lead, *, *, 20, DAYS, -, -, PROPOSED
                    D09, NORMAL, *, 10, BUSINESS_DAYS, 10 BUSINESS_DAYS, 20 BUSINESS_DAYS, PROPOSED
                    D09, URGENT, *, 3, BUSINESS_DAYS, 10 BUSINESS_DAYS, 13 BUSINESS_DAYS, PROPOSED
                    D10, *, *, 2, BUSINESS_DAYS, -, -, PROPOSED
                    D11, NORMAL, *, 15, BUSINESS_DAYS, 10 BUSINESS_DAYS, 25 BUSINESS_DAYS, PROPOSED
                    D11, URGENT, *, 3, BUSINESS_DAYS, 10 BUSINESS_DAYS, 13 BUSINESS_DAYS, PROPOSED
                    engage-least, NORMAL, *, 3, BUSINESS_DAYS, -, -, PROPOSED
                    engage-least, URGENT, *, 1, BUSINESS_DAYS, -, -, PROPOSED
                    D12, NORMAL, *, 72, HOURS, -, -, PROPOSED
                    D12, URGENT, *, 24, HOURS, -, -, PROPOSED
                    hand-over, *, *, 3, BUSINESS_DAYS, -, -, PROPOSED
                    move-deadline, *, *, 2, BUSINESS_DAYS, -, -, PROPOSED
                    D13-l1, *, NORMAL, 45, DAYS, P30D, P75D, PROPOSED
                    D13-l1, *, EMERGENCY, 75, DAYS, P30D, P105D, PROPOSED
                    D13-l2, *, NORMAL, 90, DAYS, P30D, P120D, PROPOSED
                    D13-l2, *, EMERGENCY, 120, DAYS, P30D, P150D, PROPOSED
                    D13-case, *, *, 30, DAYS, -, -, PROPOSED
                    proceedings-review, *, *, 3, BUSINESS_DAYS, -, -, PROPOSED
                    proceedings-status, *, *, 30, DAYS, -, -, PROPOSED
                    D14, NORMAL, *, 10, BUSINESS_DAYS, -, 3 ROUNDS, PROPOSED
                    D14, URGENT, *, 5, BUSINESS_DAYS, -, 3 ROUNDS, PROPOSED
                    D15, NORMAL, NORMAL, 30, DAYS, -, P45D, PROPOSED
                    D15, URGENT, *, 48, HOURS, -, P45D, PROPOSED
                    D15, NORMAL, EMERGENCY, 10, DAYS, -, P45D, PROPOSED
                    D15-reminder, *, NORMAL, 15, DAYS, -, -, PROPOSED
                    D15-reminder, *, EMERGENCY, 5, DAYS, -, -, PROPOSED
                    D15-escalation, *, NORMAL, 30, DAYS, -, -, PROPOSED
                    D15-escalation, *, EMERGENCY, 10, DAYS, -, -, PROPOSED
                    D15-stop, *, *, 45, DAYS, -, -, PROPOSED
                    D16, *, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    D17-first, *, NORMAL, 6, MONTHS, -, -, SEED
                    D17-first, *, EMERGENCY, 7, MONTHS, -, -, PROPOSED
                    D17-final, *, NORMAL, 12, MONTHS, -, -, SEED
                    D17-final, *, EMERGENCY, 13, MONTHS, -, -, PROPOSED
                    D17-flash, *, *, 24, HOURS, -, -, PROPOSED
                    D18, *, *, 6, MONTHS, P6M, P12M, PROPOSED
                    D19, *, *, 15, BUSINESS_DAYS, -, -, PROPOSED
                    D20, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    D21, *, *, 30, DAYS, -, -, PROPOSED
                    D22-review, *, *, 30, DAYS, -, -, PROPOSED
                    D22-actions, *, *, 60, DAYS, -, -, PROPOSED
                    D22-uptake, *, *, 6, MONTHS, -, -, PROPOSED
                    D23, *, *, 90, DAYS, -, -, KNOWLEDGE
                    fix-amount, *, *, 30, DAYS, -, -, PROPOSED
                    repayment-again, *, *, 30, DAYS, -, -, PROPOSED
                    D24, *, *, 30, DAYS, -, -, KNOWLEDGE
                    D25, *, *, 12, MONTHS, -, P5Y, PROPOSED
                    D25-limit, *, *, 60, MONTHS, -, -, PROPOSED
                    D25-limit-child, *, *, 240, MONTHS, -, -, PROPOSED
                    records-review, *, *, 20, BUSINESS_DAYS, -, -, PROPOSED
                    records-again, *, *, 6, MONTHS, -, -, PROPOSED
                    D26, NORMAL, *, 3, DAYS, -, -, SOURCE
                    D26, URGENT, *, 24, HOURS, -, -, SOURCE
                    D27, *, *, 72, HOURS, -, -, KNOWLEDGE
                    D27-request, *, *, 1, MONTHS, P2M, P3M, KNOWLEDGE
                    data-incident, *, *, 24, HOURS, -, -, PROPOSED
                    V01, *, *, 14, DAYS, -, -, INFERRED
                    V02, *, *, 5, BUSINESS_DAYS, -, -, INFERRED
                    V03, *, *, 30, DAYS, -, -, INFERRED
                    info-answer, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    admission-check, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    info-request, *, *, 30, DAYS, -, -, INFERRED
                    admission-dossier, *, *, 20, BUSINESS_DAYS, -, -, PROPOSED
                    member-consultation, *, *, 30, DAYS, -, -, INFERRED
                    admission-clarify, *, *, 15, BUSINESS_DAYS, -, -, PROPOSED
                    committee-deliberation, *, *, 20, BUSINESS_DAYS, -, -, PROPOSED
                    admission-notice, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    admission-appeal, *, *, 30, DAYS, -, -, INFERRED
                    admission-target, *, *, 12, MONTHS, -, -, SOURCE
                    member-welcome, *, *, 30, DAYS, -, -, PROPOSED
                    engaged-review, *, *, 12, MONTHS, -, -, INFERRED
                    pass-questions, *, *, 2, BUSINESS_DAYS, -, -, PROPOSED
                    publish-summary, *, *, 20, BUSINESS_DAYS, -, -, PROPOSED
                    trace-partners, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    due-diligence-plan, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    due-diligence-review, NORMAL, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    due-diligence-review, URGENT, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    due-diligence-progress, *, *, 6, MONTHS, -, -, SOURCE
                    confirm-facts, NORMAL, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    confirm-facts, URGENT, *, 1, BUSINESS_DAYS, -, -, PROPOSED
                    smelter-response, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    leverage-measure, *, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    leverage-answer, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    leverage-again, *, *, 20, BUSINESS_DAYS, -, -, PROPOSED
                    same-day, *, *, 0, DAYS, -, -, PROPOSED
                    immediate-needs, *, *, 7, DAYS, -, -, PROPOSED
                    needs-assessment, *, *, 21, DAYS, -, -, PROPOSED
                    follow-up-weekly, *, *, 7, DAYS, -, -, SOURCE
                    follow-up-fortnightly, *, *, 14, DAYS, -, -, PROPOSED
                    follow-up-monthly, *, *, 1, MONTHS, -, -, PROPOSED
                    case-review, *, *, 3, MONTHS, -, -, SOURCE
                    case-review-monthly, *, *, 1, MONTHS, -, -, SOURCE
                    provider-quality, *, *, 30, DAYS, -, -, PROPOSED
                    cover-provider, *, *, 24, HOURS, -, -, PROPOSED
                    safety-plan, *, *, 24, HOURS, -, -, PROPOSED
                    guardian-replaced, *, *, 7, DAYS, -, -, PROPOSED
                    legal-options, *, *, 3, MONTHS, -, -, PROPOSED
                    l2-progress, *, *, 3, MONTHS, -, -, PROPOSED
                    site-visit, *, *, 6, MONTHS, -, -, PROPOSED
                    monitoring-decision, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    help-report, *, *, 1, MONTHS, -, -, PROPOSED
                    final-report, *, *, 20, BUSINESS_DAYS, -, -, PROPOSED
                    tell-decision, *, *, 2, BUSINESS_DAYS, -, -, PROPOSED
                    agree-lead, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    lead-status, *, *, 30, DAYS, -, -, PROPOSED
                    tell-not-substantiated, *, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    legal-review, *, *, 24, HOURS, -, -, PROPOSED
                    reporting, *, *, 2, BUSINESS_DAYS, -, -, PROPOSED
                    more-victims, *, *, 24, HOURS, -, -, PROPOSED
                    sharing-stopped, *, *, 24, HOURS, -, -, PROPOSED
                    retaliation, *, *, 24, HOURS, -, -, PROPOSED
                    unreachable, *, *, 60, DAYS, -, -, PROPOSED
                    on-site-check, *, *, 60, DAYS, -, -, PROPOSED
                    emergency, *, *, 3, MONTHS, -, -, PROPOSED
                    emergency-confirm, *, *, 1, BUSINESS_DAYS, -, -, PROPOSED
                    emergency-renewal, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    report-lead, *, *, 1, MONTHS, -, -, KNOWLEDGE
                    report-reminder-first, *, *, 60, DAYS, -, -, INFERRED
                    report-reminder-second, *, *, 30, DAYS, -, -, INFERRED
                    standing-grace, *, *, 30, DAYS, -, -, INFERRED
                    calendar-change, *, *, 5, BUSINESS_DAYS, -, -, PROPOSED
                    concern-task, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    concern-dialogue, *, *, 30, DAYS, -, -, INFERRED
                    concern-dialogue-over, *, *, 90, DAYS, -, -, INFERRED
                    good-offices, *, *, 30, DAYS, -, -, INFERRED
                    concern-confirmation, *, *, 10, BUSINESS_DAYS, -, -, INFERRED
                    concern-submission, *, *, 30, DAYS, -, -, PROPOSED
                    concern-referral-first, *, *, 30, DAYS, -, -, INFERRED
                    concern-referral-second, *, *, 45, DAYS, -, -, INFERRED
                    concern-referral, *, *, 60, DAYS, -, -, KNOWLEDGE
                    plenary-request, *, *, 30, DAYS, -, -, INFERRED
                    concern-reading, *, *, 10, BUSINESS_DAYS, -, -, INFERRED
                    consultation-statement, *, *, 30, DAYS, -, -, INFERRED
                    consultation-check, *, *, 3, MONTHS, -, -, INFERRED
                    consultation, *, *, 6, MONTHS, -, -, KNOWLEDGE
                    concern-recommendation-lead, *, *, 30, DAYS, -, -, INFERRED
                    follow-up-grace, *, *, 30, DAYS, -, -, INFERRED
                    follow-up-least, *, *, 30, DAYS, -, -, INFERRED
                    report-check, *, *, 10, BUSINESS_DAYS, -, -, PROPOSED
                    standing-cure, *, *, 90, DAYS, -, -, INFERRED
                    reengage-step, *, *, 10, BUSINESS_DAYS, -, -, INFERRED
                    reengage-answer, *, *, 30, DAYS, -, -, INFERRED
                    call-again, *, *, 7, DAYS, -, -, PROPOSED
                    resignation-check, *, *, 10, BUSINESS_DAYS, -, -, INFERRED
                    """)
    void clock(
            String clock,
            String urgency,
            String mode,
            int amount,
            String unit,
            @Nullable String extension,
            @Nullable String ceiling,
            String basis) {
        for (String ofUrgency : urgency.equals("*") ? List.of("NORMAL", "URGENT") : List.of(urgency)) {
            for (String ofMode : mode.equals("*") ? List.of("NORMAL", "EMERGENCY") : List.of(mode)) {
                assertThat(MATRIX.row(given("clock", clock, "urgency", ofUrgency, "mode", ofMode)))
                        .isEqualTo(given(
                                "amount",
                                amount,
                                "unit",
                                unit,
                                "extension",
                                extension,
                                "ceiling",
                                ceiling,
                                "basis",
                                basis));
            }
        }
    }

    @Test
    void protectionClocksNeverLengthenInAnEmergency() {
        for (String clock : List.of("D01-target", "D01-hard", "D02", "D12", "retaliation", "more-victims")) {
            for (String urgency : List.of("NORMAL", "URGENT")) {
                assertThat(MATRIX.row(given("clock", clock, "urgency", urgency, "mode", "EMERGENCY")))
                        .isEqualTo(MATRIX.row(given("clock", clock, "urgency", urgency, "mode", "NORMAL")));
            }
        }
    }

    @Test
    void anUnknownClockUrgencyOrModeIsAnError() {
        Map<String, @Nullable Object> good = given("clock", "D03", "urgency", "NORMAL", "mode", "NORMAL");
        assertThatThrownBy(() -> MATRIX.rows(Decision.with(good, "clock", "D99")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("clock = D99");
        assertThatThrownBy(() -> MATRIX.rows(Decision.with(good, "clock", null)))
                .hasMessageContaining("clock is missing");
        assertThatThrownBy(() -> MATRIX.rows(Decision.with(good, "urgency", "HIGH")))
                .hasMessageContaining("urgency = HIGH is not allowed");
        assertThatThrownBy(() -> MATRIX.rows(Decision.without(good, "mode"))).hasMessageContaining("mode is missing");
    }
}
