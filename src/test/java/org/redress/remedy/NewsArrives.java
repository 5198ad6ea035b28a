package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** E22: something new is learned about a case that goes its way, in the words of those who weigh it. */
abstract class NewsArrives extends UnderWay {

    void learned(String what) {
        assertThat(cases.tell(caseNumber, "new-information", Map.of("newInformation", what)))
                .isEqualTo(1);
        fireDueJobs();
    }

    static Map<String, Object> factsNow(String type, int affected) {
        return Map.of(
                "factsChange",
                "YES",
                "typesNow",
                List.of(type),
                "affectedNow",
                affected,
                "weighReason",
                "Seen by the auditor on the visit of this week.");
    }

    /** S06: remedy is recommended, and the smelter accepts it. */
    void recommendedAndAccepted() {
        recommendedAndAccepted(Map.of());
    }

    void recommendedAndAccepted(Map<String, Object> otherFacts) {
        reviewed(Scenario.of("S06"), otherFacts);
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "YES"));
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        assertThat(state()).isEqualTo("PLANNING");
    }

    void onlyLevel2IsTakenUp() {
        reviewed(Scenario.of("S06"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("NO", "YES"));
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        complete(
                "downstream",
                "task_askDownstream",
                Map.of("downstreamTakesUp1", "NO", "takeUpReason", "We have no contract with anybody there."));
    }

    void onlyLevel2IsPlanned() {
        onlyLevel2IsTakenUp();
        onlyLevel2IsDesigned();
        onlyLevel2IsSubmitted();
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).isEqualTo("FUNDING");
    }

    void onlyLevel2IsDesigned() {
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
    }

    void onlyLevel2IsSubmitted() {
        complete("facilitator", "task_costPlan", Map.of("currency", "USD", "costActivities", 20000, "contingency", 10));
        complete("facilitator", "task_submitPlan", RemedyForms.submission());
    }

    static Map<String, Object> otherwise(Map<String, Object> form, String field, Object value) {
        Map<String, Object> other = new HashMap<>(form);
        other.put(field, value);
        return other;
    }

    /** Nobody knew that Nova, too, buys there. */
    static Map<String, Object> novaTrades() {
        Map<String, Object> news = otherwise(factsNow("WAGE_VIOLATION", 2), "newSmelter", "org-nova");
        news.put("newTradeOngoing", "YES");
        news.put("newExposureDate", "2026-02-20");
        return news;
    }

    /** It bought there, and found the problem itself before it left. */
    static Map<String, Object> pastTrade(String contractEnd, String lastMaterial) {
        Map<String, Object> news = otherwise(novaTrades(), "newTradeOngoing", "NO");
        news.put("newContractEnd", contractEnd);
        news.put("newLastMaterial", lastMaterial);
        news.put("newSelfDetected", "YES");
        news.put("newDetectionEvidence", "Audit report 12 of May 2025.");
        return news;
    }

    /** Level 1 alone is taken up, planned and approved. */
    void onlyLevel1IsPlanned() {
        onlyLevel1IsSubmitted();
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).isEqualTo("FUNDING");
        assertThat(ofTheCase("level2Planned")).isEqualTo("false");
    }

    /** Level 1 alone is taken up and planned, and the plan is submitted. */
    void onlyLevel1IsSubmitted() {
        reviewed(Scenario.of("S06"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "NO"));
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_selectCoordinator", RemedyForms.coordinator());
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", RemedyForms.person(today()));
        complete("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        complete("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        complete("vsc", "task_caseManagementPlan", VictimForms.plan("SHELTER"));
        complete("vsc", "task_confirmCasePlans", RemedyForms.casePlansStand(today()));
        onlyLevel1IsHandedIn(0);
    }

    /** @param round how many rounds there were before */
    void onlyLevel1IsHandedIn(int round) {
        complete("facilitator", "task_costPlan", Map.of("currency", "USD", "costShelter", 8000, "contingency", 10));
        complete(
                "facilitator",
                "task_submitPlan",
                round == 0
                        ? RemedyForms.submission()
                        : otherwise(RemedyForms.submission(), "changeNote", "It says now how help could do harm."));
    }

    /** Remedy is recommended to Nova, which is linked by the news, and heard like every smelter at first. */
    void novaIsAsked() {
        learned("Nova bought there, too, until June of last year.");
        complete("audit-programme", "task_weighInformation", pastTrade("2025-06-30", "2025-06-01"));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();
        novaHearsOfItsLevel();
    }

    void novaHearsOfItsLevel() {
        complete("smelter-b", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        fireDueJobs();
    }

    void novaAnswers(String level1, String level2) {
        complete("smelter-b", "task_smelterResponse", RemedyForms.answer(level1, level2));
        complete("smelter-b", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        fireDueJobs();
    }

    /** An approved plan gets Level 1: people, costs, approval (E06). */
    void theRemedyIsWidened(String... smelters) {
        complete("facilitator", "task_selectCoordinator", RemedyForms.coordinator());
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", RemedyForms.person(today()));
        assertThat(sees("vsc")).contains("task_immediateNeeds");
        complete(
                "facilitator",
                "task_costAddition",
                Map.of(
                        "currency", "USD",
                        "costShelter", 5000,
                        "contingency", 10,
                        "planSummary", "Shelter and company for the people at the depot.",
                        "doNoHarm", "YES",
                        "independenceStands", "YES",
                        "anonymisedAnnex", "YES"));
        for (String smelter : smelters) {
            complete(smelter, "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        }
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        complete(
                "audit-programme",
                "task_settlePlanReview",
                Map.of("planOutcome", "APPROVE", "settlePlanReason", "The case plan follows within the month."));
    }
}
