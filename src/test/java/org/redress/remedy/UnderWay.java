package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.identity.Group;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case that goes its way to a certain point, so that a test may tell what happens there. */
@SuppressWarnings("NullAway.Init")
abstract class UnderWay extends OnTheLastDay {

    static final String OTHER_FACILITATOR = "facilitator-2";
    private static final String OTHER_ORGANISATION = "org-successor-2";

    @Autowired
    private JdbcClient organisations;

    /** Trade goes on, and the smelter accepts both levels; no child is known. */
    void remedyIsOwed() {
        reviewed(Scenario.of("S19"), Map.of("childrenAffected", 0));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("YES", "YES"));
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        assertThat(state()).isEqualTo("PLANNING");
    }

    /** The plan for one woman and for awareness work is to be costed. */
    void planIsDrawnUp() {
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
        complete("facilitator", "task_designLevel2", RemedyForms.awarenessWork());
    }

    void planIsApproved() {
        complete("facilitator", "task_costPlan", RemedyForms.costs());
        complete("facilitator", "task_submitPlan", RemedyForms.submission());
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        assertThat(state()).isEqualTo("FUNDING");
    }

    /** The remedy has begun today. */
    void remedyBegins() {
        remedyIsOwed();
        planIsDrawnUp();
        planIsApproved();
        complete("facilitator", "task_raiseFunds", RemedyForms.funds());
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        complete("facilitator", "task_startImplementation", RemedyForms.startOn(today()));
        assertThat(state()).isEqualTo("IMPLEMENTING");
    }

    /** S09: nobody answers, and the screening ends it; one may object for thirty days. */
    void closedAsNotCredible() {
        foundNotCredible();
        complete("downstream", "task_offerLocalHelp", Step1.noReferral());
        assertThat(state()).isEqualTo("CLOSED_NOT_CREDIBLE");
    }

    /** S09: nobody answers, and the screening finds it not credible. */
    void foundNotCredible() {
        Scenario scenario = Scenario.of("S09");
        receive("2026-03-30T09:30:00Z", scenario.grievance());
        fireDueJobs();
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "Who, and since when?", "safeRoute", "RECEIPT_CODE"));
        complete("protection", "task_passQuestionsOn", Step1.passedOn());
        travelThrough(today().plusDays(30) + "T09:00:00Z");
        complete(
                "downstream",
                "task_screenCredibility",
                Step1.with(scenario.credibility(), Map.of("credibilityJudgement", "NOT_CREDIBLE")));
        assertThat(state()).isEqualTo("SCREENING");
    }

    /** S22: a report from a country is screened and its review is open. */
    void investigatedIn(String country) {
        receive("2026-06-15T09:30:00Z", Step1.with(Scenario.of("S22").grievance(), Map.of("whereCountry", country)));
        fireDueJobs();
        throughScreening("2026-07-01T09:30:00Z");
    }

    /** S22: from the triage to the open review, which the dossier reaches at a moment. */
    void throughScreening(String notified) {
        Scenario scenario = Scenario.of("S22");
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", scenario.credibility());
        travelThrough(notified);
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", Step1.review());
    }

    /** Another organisation could be facilitator; its person is facilitator-2. */
    void anotherFacilitatorIsThere() {
        identityService.saveUser(identityService.newUser(OTHER_FACILITATOR));
        Group group = identityService.newGroup(OTHER_ORGANISATION);
        group.setType("ORGANISATION");
        identityService.saveGroup(group);
        identityService.createMembership(OTHER_FACILITATOR, "facilitator");
        identityService.createMembership(OTHER_FACILITATOR, OTHER_ORGANISATION);
        organisations
                .sql("insert into organisation_role (organisation, role, name) values (?, 'facilitator', ?)")
                .params(OTHER_ORGANISATION, OTHER_ORGANISATION)
                .update();
    }

    /** It takes over from the facilitator, and confirms the records (E15). */
    void anotherFacilitatorTakesOver() {
        complete(
                "audit-programme",
                "task_chooseSuccessor",
                Map.of(
                        "handingOver",
                        "YES",
                        "formerOrganisation",
                        "org-facilitator",
                        "successor",
                        OTHER_ORGANISATION,
                        "successorIndependent",
                        true,
                        "recordsToHandOver",
                        List.of("CASE_PLANS", "CONSENTS"),
                        "interimCover",
                        "The coordinator calls every person once a day.",
                        "handingDecision",
                        "The panel wants another one."));
        fireDueJobs();
        complete(OTHER_FACILITATOR, "task_confirmReceipt", Map.of("recordsComplete", "YES"));
        fireDueJobs();
    }

    @AfterEach
    void nobodyElseFacilitates() {
        identityService.deleteUser(OTHER_FACILITATOR);
        identityService.deleteGroup(OTHER_ORGANISATION);
        organisations
                .sql("delete from organisation_role where organisation = ?")
                .param(OTHER_ORGANISATION)
                .update();
    }

    /** Emergencies stand for all cases of an area, those of other tests too. */
    static void forgetEmergencies(JdbcClient jdbc) {
        jdbc.sql("delete from emergency_case").update();
        jdbc.sql("delete from emergency").update();
        jdbc.sql("delete from remote_finding").update();
    }
}
