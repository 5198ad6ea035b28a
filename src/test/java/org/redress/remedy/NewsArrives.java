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
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
        complete("facilitator", "task_costPlan", Map.of("currency", "USD", "costActivities", 20000, "contingency", 10));
        complete("facilitator", "task_submitPlan", RemedyForms.submission());
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).isEqualTo("FUNDING");
    }

    static Map<String, Object> otherwise(Map<String, Object> form, String field, Object value) {
        Map<String, Object> other = new HashMap<>(form);
        other.put(field, value);
        return other;
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
