package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidInput;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Ways through the six steps that lead elsewhere than S01: a remedy reached in part, one that nobody takes up, no link in
 * time, and objections afterwards. S17, the plan rejected twice, is walked in {@link PlanRemedyTest}.
 */
@SuppressWarnings("NullAway.Init")
class RemedyPathsTest extends StoryTest {

    @Autowired
    private ProgrammeCases programmes;

    // Reached in part

    @Test
    void s19TargetsMissedTwiceAreClosedInPartWithALesson() {
        closedInPartAfterTwoMisses();
        theLessonIsLearned();
        assertThat(endOf(caseId)).isEqualTo("end_lessonsLearned");
    }

    private void closedInPartAfterTwoMisses() {
        owed();
        planned();
        begunOn("2026-10-15");

        travelThrough("2027-04-15T09:00:00Z");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 20, "NO"));
        reported("SOME");
        complete(
                "audit-programme",
                "task_monitoringDecision",
                Map.of("goalsMet", "SOME", "monitoringJudgement", "ON_TRACK"));

        travelThrough("2027-10-15T09:00:00Z");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 40, "NO"));
        reported("SOME");
        extendedUntil("2028-04-15");

        travelThrough("2028-04-14T23:59:59Z");
        assertThat(tasks("facilitator", "task_monitoringReport")).isEmpty();
        travelThrough("2028-04-15T09:00:00Z");
        assertThat(due("facilitator", "task_monitoringReport"))
                .as("the final report at month 18")
                .isEqualTo("2028-04-15");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 44, "YES"));
        complete(
                "audit-programme",
                "task_verifyOutcomes",
                Walk.fields(
                        """
                        l2VerificationMethod: [RECORDS]
                        l2Verification: MISSED
                        l2AimsReached: PARTLY
                        l2VerificationReason: Not even every other miner was there.
                        """));
        assertThat(programmes.of(caseNumber).get(0).actual()).isEqualTo(44.0);
        assertThat(programmes.of(caseNumber).get(0).target()).isEqualTo(80.0);
        reported("SOME");
        theSecondMissIsSettledInPart();
        closedInPart();
    }

    /** What the first remedy left undone is planned again, and does not begin by the start of the first one. */
    @Test
    void aCaseThatIsOpenedAgainAfterItsRemedyPlansAnotherOneWhichWaitsForItsOwnStart() {
        closedInPartAfterTwoMisses();
        complete(
                "audit-programme",
                "task_recordObjection",
                Map.of("objector", "VICTIM", "objection", "Half of us were never reached."));
        decided("UPHELD", Map.of("reopenAt", "RESPONSE"));
        travelThrough(today().plusDays(1) + "T09:00:00Z");
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "YES"));
        dueDiligenceIsPlanned();
        assertThat(state()).isEqualTo("PLANNING");
        theGroundIsKnown();
        plannedByTheCoordinator();
        assertThat(state()).isEqualTo("FUNDING");
        assertThat(programmes.of(caseNumber)).as("the second programme").hasSize(2);
        assertThat(sees("facilitator"))
                .as("its quarters are not counted before it begins")
                .containsExactly("task_raiseFunds");
        assertThat(tasks("vsc", "task_referToService"))
                .as("nor is its help asked for")
                .isEmpty();

        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        assertThat(state()).isEqualTo("IMPLEMENTING");
        assertThat(sees("facilitator")).contains("task_l2Progress");
        helpIsGiven();
        theSecondRemedyReachesItsAims();
    }

    private void theSecondRemedyReachesItsAims() {
        LocalDate start = today();
        travelThrough(start.plusMonths(6) + "T09:00:00Z");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 60, "NO"));
        assertThat(due("facilitator", "task_monitoringReport"))
                .as("six months from the second start")
                .isEqualTo(start.plusMonths(6));
        reported("SOME");
        complete(
                "audit-programme",
                "task_monitoringDecision",
                Map.of("goalsMet", "SOME", "monitoringJudgement", "ON_TRACK"));
        travelThrough(start.plusMonths(12) + "T09:00:00Z");
        complete("facilitator", "task_l2Progress", RemedyForms.progress(today(), 82, "YES"));
        complete(
                "audit-programme",
                "task_verifyOutcomes",
                Walk.fields(
                        """
                        l2VerificationMethod: [RECORDS]
                        l2Verification: REACHED
                        l2AimsReached: YES
                        l2VerificationReason: Counted at each pit, by day and by night.
                        """));
        reported("ALL");
        complete(
                "audit-programme",
                "task_monitoringDecision",
                Map.of("goalsMet", "ALL", "monitoringJudgement", "READY_TO_CLOSE"));
        assertThat(ofTheCase("reportsInWindow"))
                .as("those of the first remedy do not count")
                .isEqualTo("2");
        assertThat(ofTheCase("extensions")).isEqualTo("0");
        complete("facilitator", "task_finalReport", RemedyForms.finalReport("COMPLETED"));
        complete("smelter", "task_endorseFinalReport", RemedyForms.handedOver());
        complete("audit-programme", "task_checkFinalReport", RemedyForms.evidence());
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .isEqualTo("[]");
        complete(
                "audit-programme",
                "task_reviewClosing",
                Map.of("closingDecision", "CLOSE", "closingOutcome", "COMPLETED"));
        complete("downstream", "task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(ofTheCase("closedAs")).isEqualTo("COMPLETED");
        assertThat(ofTheCase("reopenedAs"))
                .as("the first closing stays on record")
                .isEqualTo("PARTIAL");
        assertThat(visits("end_completed")).isEqualTo(1);
        summaryIsPublished();
        assertThat(state()).isEqualTo("LESSONS");
    }

    private void extendedUntil(String day) {
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_monitoringDecision",
                        Map.of("goalsMet", "SOME", "monitoringJudgement", "ON_TRACK")))
                .hasMessageContaining("Twelve months are over");
        assertThat(shown("audit-programme", "task_monitoringDecision"))
                .containsEntry("monthsElapsed", 12)
                .containsEntry("extensionLimit", day);
        complete(
                "audit-programme",
                "task_monitoringDecision",
                Map.of(
                        "goalsMet", "SOME",
                        "monitoringJudgement", "EXTEND",
                        "extendedUntil", day,
                        "changesWanted", "Evenings for the night shift, at each pit."));
        assertThat(state()).isEqualTo("EXTENDED");
        complete(
                "facilitator",
                "task_planExtension",
                Walk.fields(
                        """
                        revisedParts: [LEVEL2, SCHEDULE]
                        revisedActivities: A second evening each week, for those on night shift.
                        revisionAgreedWith: [LOCAL_BODIES]
                        """));
    }

    private void theSecondMissIsSettledInPart() {
        complete(
                "audit-programme",
                "task_monitoringDecision",
                Map.of("goalsMet", "SOME", "monitoringJudgement", "PARTIAL"));
        assertThat(shown("audit-programme", "task_settleMonitoring")).containsEntry("advisedMonitoring", "EXTEND");
        complete(
                "audit-programme",
                "task_settleMonitoring",
                Map.of(
                        "monitoringResult", "PARTIAL",
                        "monitoringReason", "The pits close next month; more time reaches nobody."));
        assertThat(state()).isEqualTo("FINAL_REPORT");
        assertThat(ofTheCase("extensions")).isEqualTo("1");
        assertThat(ofTheCase("reportsInWindow"))
                .as("the report of month 18 is not one of them")
                .isEqualTo("2");
    }

    private void closedInPart() {
        complete("facilitator", "task_finalReport", RemedyForms.finalReport("PARTIAL"));
        complete("smelter", "task_endorseFinalReport", RemedyForms.handedOver());
        complete("audit-programme", "task_checkFinalReport", RemedyForms.evidence());
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .isEqualTo("[]");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_reviewClosing",
                        Map.of("closingDecision", "CLOSE", "closingOutcome", "PARTIAL")))
                .as("why is it accepted that aims failed?")
                .hasMessageContaining("closingReason");
        complete(
                "audit-programme",
                "task_reviewClosing",
                Map.of(
                        "closingDecision", "CLOSE",
                        "closingOutcome", "PARTIAL",
                        "closingReason", "Half of the miners were reached; the pits close."));
        complete("downstream", "task_agreeClosing", Map.of("downstreamAnswer", "AGREE"));
        assertThat(ofTheCase("closedAs")).isEqualTo("PARTIAL");
        assertThat(visits("end_partial")).isEqualTo(1);
    }

    /** Thirty days later nobody can object any more, and the summary may be published. */
    private void summaryIsPublished() {
        assertThat(tasks("audit-programme", "task_publishSummary"))
                .as("not before the outcome stands")
                .isEmpty();
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        complete("audit-programme", "task_publishSummary", RemedyForms.summary());
        assertThat(visits("end_summaryPublished")).isEqualTo(1);
    }

    private void theLessonIsLearned() {
        complete("audit-programme", "task_collectLessons", RemedyForms.lessons("SOME"));
        complete("audit-programme", "task_lessonsReview", RemedyForms.lessonsReviewed());
        complete("audit-programme", "task_publishLessons", RemedyForms.lessonsPublished());
        complete("downstream", "task_updateDueDiligence", RemedyForms.actionDone(today()));
        summaryIsPublished();
        travelThrough("2028-10-16T00:00:00Z");
        assertThat(shown("audit-programme", "task_verifyUptake", "lessonLogEntries"))
                .contains("TRAINING", "shift lists");
        complete("audit-programme", "task_verifyUptake", RemedyForms.uptake("SOME"));
    }

    // Nobody takes it up

    @Test
    void aRecommendedRemedyThatNobodyTakesUpIsDeclinedAndLearnedFrom() {
        declined();
        assertThat(state()).isEqualTo("LESSONS");
        assertThat(visits("call_planRemedy")).isZero();
        assertThat(ofTheCase("responseOutcome")).isEqualTo("DECLINED");
        assertThat(ofTheCase("closingOutcome")).isEqualTo("DECLINED");
        assertThat(lettersTo("complainant", caseNumber)).endsWith("case-closed-complainant");
        assertThat(sees("audit-programme")).containsExactly("task_collectLessons", "task_recordObjection");
        assertThat(due("audit-programme", "task_recordObjection")).isEqualTo(today().plusDays(30));
        assertThat(due("audit-programme", "task_collectLessons")).isEqualTo(today().plusDays(30));
        assertThat(shown("audit-programme", "task_collectLessons")).containsEntry("closingOutcome", "DECLINED");
        assertThat(reads("audit-programme", "task_recordObjection"))
                .contains("The case was closed: **recommended remedy declined**");

        complete("audit-programme", "task_collectLessons", RemedyForms.lessons("NONE"));
        complete("audit-programme", "task_lessonsReview", RemedyForms.lessonsReviewed());
        complete("audit-programme", "task_publishLessons", RemedyForms.lessonsPublished());
        assertThat(lettersTo("downstream", caseNumber)).endsWith("lessons");
        complete("downstream", "task_updateDueDiligence", RemedyForms.actionDone(today()));
        summaryIsPublished();
        travelThrough("2026-09-03T00:00:00Z");
        complete("audit-programme", "task_verifyUptake", RemedyForms.uptake("NONE"));
        assertThat(visits("end_lessonsNotTakenUp")).isEqualTo(1);
        assertThat(endOf(caseId)).isEqualTo("end_lessonsLearned");
    }

    // No link in time

    @Test
    void whereAllHarmCameAfterTheEndOfTradeNothingIsOwedAndAnotherWayIsShown() {
        reviewed(Scenario.of("S05"), Map.of("incidentFirst", "2025-03-01", "incidentLatest", "2025-06-01"));
        assertThat(shown("audit-programme", "task_reviewLevel"))
                .containsEntry("row", "N")
                .containsEntry("relationshipRule", "REL3");
        assertThat(reads("audit-programme", "task_reviewLevel"))
                .contains("The rule for a missing link is proposed by this product.");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_reviewLevel",
                        Map.of("reviewOutcome", "ACCEPT", "reviewReason", "The facts are those of this row.")))
                .as("a person confirms what the product proposes")
                .hasMessageContaining("notLinkedChecked");
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        assertThat(sees("smelter"))
                .as("no remedy is asked, but due diligence is")
                .containsExactly("task_enhancedDueDiligence");
        dueDiligenceIsPlanned();

        assertThat(lettersTo("complainant", caseNumber)).endsWith("not-actionable");
        complete(
                "downstream",
                "task_offerReferral",
                Walk.fields(
                        """
                        referralNeeded: YES
                        referralTargets: [NATIONAL_REFERRAL_MECHANISM, UNION]
                        referralConsent: YES
                        """));
        assertThat(ofTheCase("responseOutcome")).isEqualTo("NONE_OWED");
        assertThat(state()).isEqualTo("CLOSED_NOT_ACTIONABLE");
        assertThat(sees("audit-programme")).containsExactly("task_recordObjection");
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        assertThat(endOf(caseId)).isEqualTo("end_outcomeStands");
        assertThat(sees("audit-programme")).isEmpty();
    }

    // Objections

    @Test
    void anObjectionOnTheLastDayIsHeardAndOneDayLaterNobodyWaitsForItAnyMore() {
        declined();
        travelThrough(today().plusDays(30) + "T23:59:58Z");
        assertThat(sees("audit-programme")).contains("task_recordObjection");
        travelThrough(today().plusDays(1) + "T00:00:00Z");
        assertThat(sees("audit-programme")).containsExactly("task_collectLessons", "task_publishSummary");
        assertThat(visits("end_windowOver")).isEqualTo(1);
        assertThat(isEnded(caseId)).as("the lessons are still to be learned").isFalse();
    }

    @Test
    void anObjectionThatIsUpheldOpensTheCaseAgainAtTheResponse() {
        declined();
        objected();
        theRecorderDoesNotDecide();
        assertThatThrownBy(() -> decided("UPHELD", Map.of()))
                .as("what is done anew is said")
                .hasMessageContaining("reopenAt");
        decided("UPHELD", Map.of("reopenAt", "RESPONSE"));
        assertThat(visits("end_objectionUpheld")).isEqualTo(1);
        assertThat(lettersTo("complainant", caseNumber)).endsWith("objection-upheld");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("case-reopened");
        assertThat(lettersTo("smelter", caseNumber)).as("nobody is tipped off").doesNotContain("case-reopened");
        assertThat(sees("audit-programme"))
                .as("the lessons of the first closing are learned all the same, its summary is not published")
                .containsExactly("task_collectLessons");
        assertThat(sees("smelter")).containsExactly("task_confirmFacts", "task_enhancedDueDiligence");

        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "YES"));
        dueDiligenceIsPlanned();
        assertThat(ofTheCase("responseOutcome")).as("now it is taken up").isEqualTo("REMEDY_OWED");
        assertThat(state()).isEqualTo("PLANNING");
        assertThat(sees("audit-programme")).contains("task_selectFacilitator");
        assertThat(variable(caseId, "closingOutcome"))
                .as("nothing of the first closing counts any more")
                .isEmpty();
        assertThat(ofTheCase("reopenedAs")).as("but it is on record").isEqualTo("DECLINED");
    }

    @Test
    void anObjectionThatIsUpheldOpensTheCaseAgainAtTheFacts() {
        declined();
        objected();
        decided("UPHELD", Map.of("reopenAt", "FACTS"));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(sees("audit-programme")).contains("task_openReview");
        assertThat(sees("protection")).containsExactly("task_safetyTriage");
    }

    @Test
    void anObjectionThatIsRejectedChangesNothing() {
        declined();
        objected();
        assertThatThrownBy(() ->
                        complete("audit-programme-3", "task_decideObjection", Map.of("objectionOutcome", "REJECTED")))
                .as("a refusal has a reason")
                .hasMessageContaining("objectionReason");
        decided("REJECTED", Map.of());
        assertThat(visits("end_objectionRejected")).isEqualTo(1);
        assertThat(lettersTo("complainant", caseNumber)).endsWith("objection-rejected");
        assertThat(state()).isEqualTo("LESSONS");
    }

    /** Each of those who may object is heard, at the same time and by what they said themselves. */
    @Test
    void severalPeopleObjectAndTheTimeForTheOthersGoesOn() {
        declined();
        objected();
        assertThat(sees("audit-programme")).contains("task_recordObjection", "task_decideObjection");
        complete(
                "audit-programme-4",
                "task_recordObjection",
                Map.of("objector", "VICTIM", "objection", "My wages of May were never paid."));
        List<Task> two = tasks("audit-programme-3", "task_decideObjection");
        assertThat(two).hasSize(2);
        Task ofTheFirst = two.stream()
                .filter(task -> open("audit-programme", task).text().contains("The complainant objects:"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> as("audit-programme")
                        .complete(
                                ofTheFirst,
                                Map.of("objectionOutcome", "REJECTED", "objectionReason", "Nothing in it is new.")))
                .as("took a decision of this case")
                .hasMessageContaining("second person");
        Task ofTheSecond = two.stream()
                .filter(task -> !task.getId().equals(ofTheFirst.getId()))
                .findFirst()
                .orElseThrow();
        Map<String, Object> refusal =
                Map.of("objectionOutcome", "REJECTED", "objectionReason", "Nothing in it is new.");
        assertThatThrownBy(() -> as("audit-programme-4").complete(ofTheSecond, refusal))
                .as("recorded by this person")
                .hasMessageContaining("second person");
        assertThat(two)
                .extracting(task -> open("audit-programme-3", task).text())
                .anySatisfy(text ->
                        assertThat(text).contains("The complainant objects:", "Nobody spoke with the night shift."))
                .anySatisfy(text -> assertThat(text)
                        .contains("A person who was harmed objects:", "My wages of May were never paid."));
        as("audit-programme-3").complete(two.get(0), refusal);
        assertThat(sees("audit-programme")).contains("task_recordObjection");
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        assertThat(sees("audit-programme"))
                .as("what was said in time is decided, also later")
                .contains("task_decideObjection")
                .doesNotContain("task_recordObjection");
        as("audit-programme-3")
                .complete(
                        two.get(1),
                        Map.of(
                                "objectionOutcome", "UPHELD",
                                "objectionReason", "The pay slips are missing.",
                                "reopenNote", "Whether the wages were paid.",
                                "reopenAt", "FACTS"));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
    }

    /** One is right; the other is answered and weighed all the same, and the case does not wait for that. */
    @Test
    void anObjectionThatIsUpheldTakesNoneOfTheOthersAway() {
        declined();
        objected();
        complete(
                "audit-programme-2",
                "task_recordObjection",
                Map.of("objector", "VICTIM", "objection", "My wages of May were never paid."));
        List<Task> two = tasks("audit-programme-3", "task_decideObjection");
        as("audit-programme-3")
                .complete(
                        two.get(0),
                        Map.of(
                                "objectionOutcome", "UPHELD",
                                "objectionReason", "The pay slips are missing.",
                                "reopenNote", "Whether the wages were paid.",
                                "reopenAt", "FACTS"));
        assertThat(visits("boundary_upheld")).isEqualTo(1);
        assertThat(sees("audit-programme"))
                .as("the closing stands no more, nobody need object to it")
                .contains("task_openReview", "task_weighObjection")
                .doesNotContain("task_recordObjection", "task_decideObjection");
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(reads("audit-programme-4", "task_weighObjection"))
                .contains("A person who was harmed objected", "My wages of May were never paid.");
        assertThat(lettersTo("complainant", caseNumber)).endsWith("objection-upheld");
        assertThat(lettersTo("protection", caseNumber)).contains("tell-objection-joined");
    }

    private void decided(String outcome, Map<String, Object> more) {
        Map<String, Object> decision = new HashMap<>(more);
        decision.put("objectionOutcome", outcome);
        decision.put("objectionReason", "Two witnesses were never heard.");
        if (outcome.equals("UPHELD")) {
            decision.put("reopenNote", "What the two witnesses say.");
        }
        complete("audit-programme-3", "task_decideObjection", decision);
    }

    private void objected() {
        complete(
                "audit-programme",
                "task_recordObjection",
                Map.of("objector", "COMPLAINANT", "objection", "Nobody spoke with the night shift."));
        assertThat(due("audit-programme-3", "task_decideObjection"))
                .as("ten business days")
                .isEqualTo("2026-03-16");
    }

    private void theRecorderDoesNotDecide() {
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_decideObjection",
                        Map.of("objectionOutcome", "REJECTED", "objectionReason", "Nothing in it is new.")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
    }

    // How it comes to that

    /** S06: remedy is recommended, the smelter declines both levels and the downstream company does not step in. */
    private void declined() {
        reviewed(Scenario.of("S06"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("NO", "NO"));
        dueDiligenceIsPlanned();
        complete(
                "downstream",
                "task_askDownstream",
                Map.of(
                        "downstreamTakesUp1", "NO",
                        "downstreamTakesUp2", "NO",
                        "takeUpReason", "We have no contract with anybody there."));
        complete("downstream", "task_offerReferral", Step1.noReferral());
    }

    /** S19: trade goes on, and the smelter accepts both levels. */
    private void owed() {
        reviewed(Scenario.of("S19"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "YES"));
        dueDiligenceIsPlanned();
        assertThat(ofTheCase("row")).isEqualTo("A");
    }

    private void dueDiligenceIsPlanned() {
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
    }

    /** A plan for one woman among the six, and for awareness work at three sites. */
    private void planned() {
        theGroundIsKnown();
        complete("facilitator", "task_selectCoordinator", RemedyForms.coordinator());
        plannedByTheCoordinator();
    }

    private void theGroundIsKnown() {
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
    }

    private void plannedByTheCoordinator() {
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", RemedyForms.person(today()));
        complete("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        complete("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        complete(
                "vsc",
                "task_caseManagementPlan",
                VictimForms.but(VictimForms.plan("SHELTER"), "handoverAt", today().toString()));
        complete("vsc", "task_confirmCasePlans", RemedyForms.casePlansStand(today()));
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
        complete("facilitator", "task_costPlan", RemedyForms.costs());
        complete("facilitator", "task_submitPlan", RemedyForms.submission());
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
    }

    private void begunOn(String day) {
        travelThrough("2026-06-12T09:00:00Z");
        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        travelThrough(day + "T09:00:00Z");
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        assertThat(state()).isEqualTo("IMPLEMENTING");
        helpIsGiven();
    }

    private void helpIsGiven() {
        String day = today().toString();
        complete(
                "vsc",
                "task_referToService",
                Map.of(
                        "serviceGiver",
                        "COORDINATOR",
                        "serviceUntil",
                        today().plusMonths(3).toString()));
        complete(
                "vsc",
                "task_giveOwnHelp",
                Map.of(
                        "deliveredOn",
                        day,
                        "endedOn",
                        day,
                        "ownHelpNote",
                        "Found a room with a key, paid for three months",
                        "personRating",
                        "4"));
        for (int contact = 1; contact <= 2; contact++) {
            tasks("vsc", "task_followUp").forEach(task -> as("vsc").complete(task, VictimForms.reached(day)));
        }
    }

    private void reported(String goalsMet) {
        complete("facilitator", "task_monitoringReport", RemedyForms.report(goalsMet));
        complete("smelter", "task_endorseReport", Map.of("statement", "AGREE"));
    }
}
