package org.redress.remedy;

import org.jspecify.annotations.Nullable;

/**
 * What the closing gate and the monitoring report may know of one Level 2 programme (remedy.md A.5, C.5).
 *
 * @param programmeRef reference of the programme
 * @param finished whether its process has ended
 * @param outcome what became of it: RUNNING, REACHED, MISSED or NOT_CARRIED_OUT
 * @param unit what baseline, target and actual value count, such as "% of miners"
 * @param baseline the indicator before the programme; null when the plan gave no number
 * @param target the value that was promised; null when the plan gave no number
 * @param actual the latest value; null before the first progress report
 * @param verified whether the audit programme verified the outcome, reached or not
 * @param aimsReached YES, PARTLY or NO as verified; null before
 * @param onTime whether activities were on time (YES or NO); null before it was recorded
 * @param spent money spent so far; null before it was recorded
 * @param budget money that was planned; null when the plan gave none
 * @param statement whether the detailed financial statement of contributions is there
 * @param progressReports quarterly records so far
 * @param siteVisits of these, with a site visit or an independent evaluation
 */
record ProgrammeFacts(
        String programmeRef,
        boolean finished,
        String outcome,
        String unit,
        @Nullable Double baseline,
        @Nullable Double target,
        @Nullable Double actual,
        boolean verified,
        @Nullable String aimsReached,
        @Nullable String onTime,
        @Nullable Double spent,
        @Nullable Double budget,
        boolean statement,
        int progressReports,
        int siteVisits) {

    /** Whether it is recorded if activities were on time and what was spent. */
    boolean deliveryRecorded() {
        return onTime != null && spent != null;
    }

    /** Whether it never began, so that there is nothing to verify. */
    boolean notCarriedOut() {
        return outcome.equals("NOT_CARRIED_OUT");
    }
}
