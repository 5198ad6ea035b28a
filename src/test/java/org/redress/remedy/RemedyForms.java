package org.redress.remedy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What people enter in the forms of steps 2 to 6 of an ordinary case; a test changes what it is about. */
final class RemedyForms {

    private RemedyForms() {}

    // 2 Determine the response

    static Map<String, Object> involvement() {
        return Walk.fields(
                """
                operatorInvolvement: CAUSED
                operatorInvolvementReason: It took the people on.
                smelterInvolvement: CONTRIBUTED
                smelterInvolvementReason: It bought without looking.
                downstreamInvolvement: LINKED
                downstreamInvolvementReason: It buys from many refiners.
                """);
    }

    static Map<String, Object> answer(String level1, String level2) {
        Map<String, Object> answer = Walk.fields(
                """
                fundingIntention: UNDECIDED
                levelObjection: NO
                """);
        answer.put("acceptsLevel1", level1);
        answer.put("acceptsLevel2", level2);
        if (level1.equals("NO") || level2.equals("NO")) {
            answer.put("declineReason", "We left that supplier long ago.");
        }
        return answer;
    }

    static Map<String, Object> dueDiligence(LocalDate today) {
        Map<String, Object> plan = Walk.fields(
                """
                firstAction: Unannounced visits of every site
                firstActionOwner: Head of responsible sourcing
                firstActionEvidence: Visit records, seen by the auditor
                anotherAfterFirst: NO
                workersLosingIncome: 30
                effectOnWorkers: Thirty people would lose their day wage.
                victimsAfterwards: Home, with a coordinator beside them.
                relationDecision: CONTINUE
                mitigationGoal: Nothing found in three unannounced visits
                relationReason: Who leaves sees the people no more.
                """);
        plan.put("firstActionDue", today.plusMonths(3).toString());
        plan.put("mitigationDue", today.plusMonths(6).toString());
        return plan;
    }

    static Map<String, Object> dueDiligenceAccepted() {
        return Walk.fields(
                """
                dueDiligenceReview: ACCEPT
                dueDiligenceComment: The visits will show whether it works.
                """);
    }

    // 3 Plan the remedy

    static Map<String, Object> facilitator() {
        return Walk.fields(
                """
                facilitator: org-facilitator
                facilitatorType: LOCAL_NGO
                facilitatorExpertise: [CASE_MANAGEMENT, MINING]
                inCountryPresence: OFFICE
                independenceStatement: true
                facilitatorRelated: NO
                otherConflicts: NONE
                safeguardingPolicy: true
                dataAgreement: true
                """);
    }

    static Map<String, Object> engaged(LocalDate today) {
        return Map.of("engagement", "ENGAGED", "engagedOn", today.toString(), "engagementNeutral", true);
    }

    /** @param women whether women and girls of the site were heard: DONE or NOT_YET */
    static Map<String, Object> ground(LocalDate today, String women) {
        Map<String, Object> analysis = Walk.fields(
                """
                consultedUpstream: NOT_THERE
                servicesThere: [SHELTER, HEALTH, FINANCIAL]
                doNoHarm: YES
                harmAnswers: Meetings away from the site, no lists.
                gaps: Nobody asks after the people there.
                causes: Debt, and no work elsewhere.
                independenceStands: YES
                """);
        for (String group : List.of("Operator", "Victims", "Women", "Others", "Government", "Ngos", "Experts")) {
            String heard = group.equals("Women") ? women : "DONE";
            analysis.put("consulted" + group, heard);
            if (heard.equals("DONE")) {
                analysis.put("consulted" + group + "On", today.toString());
            }
        }
        return analysis;
    }

    static Map<String, Object> coordinator() {
        return Walk.fields(
                """
                coordinator: org-vsc
                coordinatorKind: LOCAL_NGO
                helpsInArea: YES
                caseManagementRegulated: NO
                coordinatorCapacity: 20
                coordinatorHours: Every day
                """);
    }

    static Map<String, Object> check(String personToRegister) {
        return Map.of("stillExploitedNow", "NO", "moreVictims", "NO", "personToRegister", personToRegister);
    }

    static Map<String, Object> person(LocalDate today) {
        Map<String, Object> person = Walk.fields(
                """
                informed: true
                isChild: NO
                riskLevel: LOW
                victimName: Nadia
                sex: FEMALE
                contactRules: At the market, never at home
                identifiedBy: The union
                identificationBasis: Two talks and the pay slips
                preferredName: Nadi
                nationality: Congolese
                documentsHeld: A voter card
                documentsWithheld: Her birth certificate
                accessNeeds: Reads with glasses
                recruitment: A cousin promised work in a shop
                exploitationPlace: The depot behind the rail yard
                exploitationDates: Since the rains of last year
                debtAndFees: Three months of wages for the journey
                earningsWithheld: All of them
                personToRegister: NO
                """);
        person.put("firstContactOn", today.toString());
        person.put("identifiedOn", today.toString());
        return person;
    }

    static Map<String, Object> casePlansStand(LocalDate today) {
        return Map.of(
                "availabilityCheckedOn",
                today.toString(),
                "servicesUnavailableNow",
                List.of(),
                "casePlansToChange",
                List.of());
    }

    static Map<String, Object> awarenessWork() {
        return Walk.fields(
                """
                l2Strand: ADDRESS_CAUSES
                l2Consulted: [COMMUNITIES, WOMEN]
                l2Problem: Miners do not know that sex with minors is a crime.
                l2TargetGroup: Miners at three sites
                l2Outcomes: "1"
                l2Outcome1: Miners know and refuse
                l2Indicator1: miners who attended
                l2Unit1: % of miners
                l2Baseline1: 5
                l2Target1: 80
                l2TargetDate1: 2027-06-30
                l2Source1: attendance lists
                l2Realistic1: YES
                """);
    }

    static Map<String, Object> costs() {
        return Walk.fields(
                """
                currency: USD
                costShelter: 8000
                costCoordinator: 4000
                costActivities: 20000
                contingency: 10
                """);
    }

    static Map<String, Object> submission() {
        return Walk.fields(
                """
                submission: SUBMIT
                planVersion: "1.0"
                planSummary: Help for the people registered, and awareness among miners.
                anonymisedAnnex: YES
                """);
    }

    static Map<String, Object> planApproved() {
        return Walk.fields(
                """
                reviewChecked: [INDEPENDENCE, OUTCOMES, BUDGET]
                planOutcome: APPROVE
                reviewReason: The plan says who helps whom and until when.
                """);
    }

    // 4 Fund, implement, monitor

    static Map<String, Object> funds() {
        return Walk.fields(
                """
                level1FirstNeed: 6000
                level2FirstNeed: 10000
                fundsSmelterReceived: 16000
                level1Received: 6000
                level2Received: 10000
                """);
    }

    static Map<String, Object> startOn(LocalDate day) {
        Map<String, Object> start = Walk.fields(
                """
                coordinatorAgreed: true
                providersAgreed: ALL
                localBodiesAgreed: ALL
                privacyAgreed: true
                """);
        start.put("startedOn", day.toString());
        return start;
    }

    /** @param attended per cent of the miners so far */
    static Map<String, Object> progress(LocalDate today, int attended, String finished) {
        Map<String, Object> progress = Walk.fields(
                """
                l2Evidence: Attendance lists of the three sites
                l2SiteVisit: SITE_VISIT
                l2Interviews: [BENEFICIARIES]
                l2InterviewFindings: The night shift is never there.
                l2OnTime: NO
                l2Spent: 9000
                """);
        progress.put("l2Actual", attended);
        progress.put("l2ValueOn", today.toString());
        progress.put("l2SiteVisitOn", today.toString());
        progress.put("l2Finished", finished);
        if (finished.equals("YES")) {
            progress.put("l2FinancialStatement", "YES");
        }
        return progress;
    }

    static Map<String, Object> report(String goalsMet) {
        Map<String, Object> report = Walk.fields(
                """
                peopleWomen: 1
                peopleMen: 0
                peopleGirls: 0
                peopleBoys: 0
                peopleUnsaid: 0
                safetyRiskOpen: NO
                level2Methods: [SITE_VISIT, LEADERS]
                level2Findings: Fewer miners than planned have attended.
                spentLevel1: 9000
                spentLevel2: 9000
                doNoHarmNote: No list of names leaves the coordinator.
                progressSummary: Help is given; the awareness work reaches half of those it is for.
                privacyChecked: true
                """);
        report.put("goalsMet", goalsMet);
        return report;
    }

    // 5 Close the incident

    static Map<String, Object> finalReport(String outcome) {
        Map<String, Object> report = Walk.fields(
                """
                assistanceSummary: One person was helped with shelter, and lives on her own now.
                handoversConfirmed: YES
                handoverSummaries: YES
                level1Statement: YES
                outcomesReached: Half of the miners attended, the target was four of five.
                level2Statement: YES
                openObligations: The town goes on with the evenings at the pits.
                reportPrivacyChecked: true
                """);
        report.put("recommendedOutcome", outcome);
        return report;
    }

    static Map<String, Object> handedOver() {
        return Map.of("smelterHandoverRecorded", "YES", "smelterDueDiligence", "YES");
    }

    static Map<String, Object> evidence() {
        return Walk.fields(
                """
                complainantHeard: YES
                dueDiligenceEvidenced: YES
                emergencyOpen: NO
                remoteEvidenceOnly: NO
                waiveMonitoring: NO
                """);
    }

    static Map<String, Object> summary() {
        return Walk.fields(
                """
                summaryKind: RESTRICTED
                summaryText: A case at three sites was verified and remedied in part, and is closed now.
                summaryPrivacyChecked: true
                summaryPlace: To the parties of the case, by letter
                """);
    }

    // 6 Learn the lessons

    static Map<String, Object> lessons(String aimsReached) {
        Map<String, Object> lessons = Walk.fields(
                """
                victimsSatisfied: PARTLY
                communityBenefited: PARTLY
                budgetEnough: YES
                lessonAreas: [aims, tool]
                whatHappened6: The evenings reached those who were not on shift.
                lessonCause: Nobody had asked when people work.
                lessonProposal: Plan with the shift list in hand.
                """);
        lessons.put("aimsReached", aimsReached);
        return lessons;
    }

    static Map<String, Object> lessonsReviewed() {
        return Walk.fields(
                """
                rolesHeard: [downstream, facilitator]
                survivorVoices: DECLINED
                lessonActions: [TRAINING]
                lessonsConclusion: Who plans for people asks first when they have time.
                """);
    }

    static Map<String, Object> lessonsPublished() {
        return Walk.fields(
                """
                lessonsShareable: Who plans for people asks first when they have time.
                lessonsSanitised: true
                """);
    }

    static Map<String, Object> actionDone(LocalDate today) {
        Map<String, Object> action = Walk.fields(
                """
                actionOwner: Responsible sourcing
                actionDone: Facilitators are trained to plan with shift lists.
                actionEvidence: Training record
                """);
        action.put("actionDue", today.toString());
        return action;
    }

    static Map<String, Object> uptake(String uptake) {
        return Map.of("uptake", uptake, "uptakeNote", "Seen in the records of the training.");
    }

    /** A panel of three wants another facilitator. */
    static Map<String, Object> anotherFacilitator(LocalDate day) {
        return Map.of(
                "panelMembers",
                3,
                "panelOn",
                day.toString(),
                "panelHeard",
                List.of("FACILITATOR", "COORDINATOR"),
                "panelOutcome",
                "NEW_FACILITATOR",
                "panelReason",
                "Nobody trusts the facilitator any more.");
    }
}
