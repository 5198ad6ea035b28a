package org.redress.remedy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the gates and reports may know of one person: states, dates and counts, never a name or a narrative (remedy.md
 * A.5, C.1).
 *
 * @param victimRef random reference of the person
 * @param status ACTIVE, FOLLOW_UP, CLOSED, CLOSED_REFERRED, WITHDRAWN, UNTRACEABLE or DECEASED
 * @param casePlanState NONE, READY or REFUSED
 * @param consentState NONE, FULL, SERVICES_ONLY (no data may be shared) or REFUSED
 * @param child whether the person is under 18
 * @param childSpecialist whether the coordinator is specialised in children or works with somebody who is
 * @param guardianRoute who may consent for a child: NONE, GUARDIAN, AUTHORITY or APPOINTED
 * @param childAgreement the remediation agreement of a child: NONE, SIGNED or REFUSED
 * @param goalsFit whether the goals are realistic for the person and for the place
 * @param servicesAvailable whether the planned services really exist there
 * @param monitoringReachable whether the person can easily reach whoever follows the case
 * @param handoverAt the day on which the coordinator took over the case; null before
 * @param followUpsAfterHandover contacts with the person since that day
 * @param openSafetyRisk whether the latest contact left a risk open
 * @param safetyIncidents harm or threats told so far in runs of earlier models; the count of later ones is sealed
 * @param services what became of the help that was agreed
 * @param reintegrationDegree 0 (none) to 4 (self-reliant); null before the first review
 * @param satisfaction 1 to 5, in the person's own judgement; null before the first review
 */
record VictimFacts(
        String victimRef,
        String status,
        String casePlanState,
        String consentState,
        boolean child,
        boolean childSpecialist,
        String guardianRoute,
        String childAgreement,
        boolean goalsFit,
        boolean servicesAvailable,
        boolean monitoringReachable,
        @Nullable LocalDate handoverAt,
        int followUpsAfterHandover,
        boolean openSafetyRisk,
        int safetyIncidents,
        Services services,
        @Nullable Integer reintegrationDegree,
        @Nullable Integer satisfaction) {

    /** Two contacts after the handover are asked of every case (remedy.md A.5; two is our own number). */
    static final int FOLLOW_UPS_ASKED = 2;

    /** Counts of the services of one person. Overdue ones are among the running or the unanswered. */
    record Services(int requested, int unanswered, int running, int completed, int overdue) {}

    /** The same person with a run of the case that began later: its states count, and the help of both. */
    VictimFacts goingOnFrom(VictimFacts later) {
        Services both = new Services(
                services.requested() + later.services.requested(),
                services.unanswered() + later.services.unanswered(),
                services.running() + later.services.running(),
                services.completed() + later.services.completed(),
                services.overdue() + later.services.overdue());
        return new VictimFacts(
                victimRef,
                later.status,
                later.casePlanState,
                later.consentState,
                later.child,
                later.childSpecialist,
                later.guardianRoute,
                later.childAgreement,
                later.goalsFit,
                later.servicesAvailable,
                later.monitoringReachable,
                later.handoverAt,
                later.followUpsAfterHandover,
                later.openSafetyRisk,
                later.safetyIncidents,
                both,
                later.reintegrationDegree,
                later.satisfaction);
    }

    /** The person declined or withdrew, cannot be found or has died: documented, and nobody's failure. */
    boolean excused() {
        return casePlanState.equals("REFUSED")
                || status.equals("WITHDRAWN")
                || status.equals("UNTRACEABLE")
                || status.equals("DECEASED");
    }

    boolean hasPlan() {
        return casePlanState.equals("READY");
    }

    boolean withoutPlan() {
        return !hasPlan() && !excused();
    }

    boolean withoutConsent() {
        return hasPlan() && !excused() && !consentState.equals("FULL") && !consentState.equals("SERVICES_ONLY");
    }

    boolean withoutTwoFollowUps() {
        return !excused() && followUpsAfterHandover < FOLLOW_UPS_ASKED;
    }
}
