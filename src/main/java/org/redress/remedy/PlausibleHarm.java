package org.redress.remedy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may be harmed, so that a case goes on although whoever complained takes it back (remedy.md A.0,
 * withdrawal-of-complaint) or told it in bad faith (E24). Basis PROPOSED: found credible, not yet looked at by protection,
 * anybody in danger, high risk of retaliation, a child, pressure to withdraw, danger, retaliation or more people reported, or
 * the judgement of whoever heard the withdrawal.
 *
 * @param judged whether whoever heard the withdrawal thinks so
 * @param pressed whether somebody pressed for it, or that is not sure
 * @param reported whether danger, retaliation or more people were reported in the case, or somebody is registered in it
 * @param case1 what step 1 has found so far
 */
record PlausibleHarm(boolean judged, boolean pressed, boolean reported, Map<String, ? extends @Nullable Object> case1) {

    /** Before these nobody has found the allegation credible. */
    private static final Set<String> NOT_YET_CREDIBLE = Set.of("RECEIVED", "ACKNOWLEDGED", "SCREENING", "REOPENED");

    private static final List<String> DANGERS =
            List.of("immediateDanger", "childInDanger", "medicalEmergency", "stillExploited");

    boolean is() {
        return judged
                || pressed
                || reported
                || foundCredible()
                || triageIsOpen()
                || somebodyIsInDanger()
                || aChildIsInvolved();
    }

    private boolean foundCredible() {
        return !NOT_YET_CREDIBLE.contains(String.valueOf(case1.get("caseState")))
                || "CREDIBLE".equals(case1.get("credibilityOutcome"));
    }

    private boolean triageIsOpen() {
        return case1.get("immediateDanger") == null;
    }

    private boolean somebodyIsInDanger() {
        return DANGERS.stream().anyMatch(danger -> "YES".equals(case1.get(danger)))
                || "HIGH".equals(case1.get("retaliationRisk"));
    }

    private boolean aChildIsInvolved() {
        return Boolean.TRUE.equals(case1.get("childrenInvolved"));
    }
}
