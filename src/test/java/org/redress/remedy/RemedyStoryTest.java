package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** S01, from the posted grievance to the lessons, month by month, as those see it who work on it (remedy.md F). */
@SuppressWarnings("NullAway.Init")
class RemedyStoryTest extends StoryTest {

    private static final List<String> EVERYBODY_ELSE = List.of("smelter-b", "legal", "dpo", "partner");

    @Autowired
    private VictimCases people;

    @Autowired
    private ProgrammeCases programmes;

    @Test
    void aBoyWhoSortedBagsGoesBackToSchool() throws Exception {
        JsonNode receipt = post(BagSorter.story());
        assertThat(receipt.path("state").asText()).isEqualTo("RECEIVED");
        assertThat(receipt.path("receivedAt").asText()).isEqualTo("2026-02-02T09:00:00Z");
        assertThat(state()).isEqualTo("RECEIVED");

        theAllegationIsVerified();
        theResponseIsDetermined();
        theRemedyIsPlanned();
        theRemedyIsFundedAndBegins();
        theFirstHalfYear();
        theSecondHalfYear();
        theIncidentIsClosed();
        theLessonsAreLearned();
    }

    private void theAllegationIsVerified() throws Exception {
        fireDueJobs();
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(visits("task_acknowledge")).isEqualTo(1);
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt");
        assertThat(ofTheCase("urgency")).isEqualTo("NORMAL");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        assertThat(due("downstream", "task_screenCredibility")).isEqualTo("2026-02-16");
        assertThat(sees("protection")).containsExactly("task_safetyTriage");
        assertThat(task("protection", "task_safetyTriage").getDueDate())
                .as("a day, to the moment")
                .isEqualTo("2026-02-03T09:00:00Z");
        for (String user : List.of("audit-programme", "smelter", "facilitator", "vsc", "provider")) {
            assertThat(sees(user)).as(user).isEmpty();
        }
        assertThat(seenByThePartner().path("view").asText()).isEqualTo("Being checked");

        walkThrough("task_screenCredibility");
        assertThat(sees("protection")).isEmpty();
        assertThat(due("downstream", "task_screenActionability"))
                .as("both screenings share their ten business days")
                .isEqualTo("2026-02-16");
        walkThrough("task_screenActionability");
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(sees("downstream")).isEmpty();
        assertThat(sees("smelter")).as("nobody warns the smelter").isEmpty();
        assertThat(due("audit-programme", "task_openReview")).isEqualTo("2026-02-19");
        assertThat(lettersTo("audit-programme", caseNumber)).containsExactly("dossier");
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt", "being-investigated");
        assertThat(seenByThePartner().path("view").asText()).isEqualTo("Being investigated");

        walkThrough("task_openReview");
        assertThat(due("audit-programme", "task_investigate"))
                .as("two months since the dossier came")
                .isEqualTo("2026-04-12");
        walkTo("task_confirmSubstantiation");
        assertThatThrownBy(() -> complete(
                        "audit-programme", "task_confirmSubstantiation", Walk.fields("secondPersonAgrees: YES")))
                .hasMessageContaining("second person");
        walkTo("task_confirmFacts");
        assertThat(lettersTo("complainant", caseNumber)).endsWith("substantiated-complainant");
        assertThat(lettersTo("smelter", caseNumber)).containsExactly("substantiated");
        assertThat(lettersTo("downstream", caseNumber)).containsExactly("substantiated");
        assertThat(ofTheCase("verificationOutcome")).isEqualTo("SUBSTANTIATED");
    }

    private void theResponseIsDetermined() {
        assertThat(state()).isEqualTo("SUBSTANTIATED");
        assertThat(sees("smelter")).containsExactly("task_confirmFacts", "task_enhancedDueDiligence");
        assertThat(due("smelter", "task_confirmFacts")).isEqualTo("2026-04-01");
        assertThat(due("smelter", "task_enhancedDueDiligence")).isEqualTo("2026-04-08");

        walkTo("task_reviewLevel");
        assertThat(due("audit-programme", "task_reviewLevel")).isEqualTo("2026-04-08");
        assertThat(shown("audit-programme", "task_reviewLevel"))
                .containsEntry("row", "A")
                .containsEntry("tableLevel1", "MANDATORY")
                .containsEntry("tableLevel2", "RECOMMENDED")
                .containsEntry("relationshipRule", "REL1")
                .containsEntry("basis", "SEED");
        walkThrough("task_assessInvolvement");
        assertThat(state()).isEqualTo("LEVEL_DECIDED");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("level-decided");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("level-summary");
        assertThat(lettersTo("complainant", caseNumber)).endsWith("remedy-planned");
        assertThat(due("smelter", "task_smelterResponse")).isEqualTo("2026-04-14");

        walkTo("task_selectFacilitator");
        assertThat(ofTheCase("responseOutcome")).isEqualTo("REMEDY_OWED");
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(ofTheCase("level2")).isEqualTo("RECOMMENDED");
        assertThat(ofTheCase("row")).isEqualTo("A");
    }

    private void theRemedyIsPlanned() throws Exception {
        assertThat(state()).isEqualTo("PLANNING");
        assertThat(seenByThePartner().path("view").asText()).isEqualTo("Remedy being planned");
        assertThat(due("audit-programme", "task_selectFacilitator"))
                .as("fifteen business days")
                .isEqualTo("2026-04-29");
        assertThat(sees("facilitator")).as("not yet party to the case").isEmpty();
        walkThrough("task_engageFacilitator");
        assertThat(due("facilitator", "task_groundAnalysis"))
                .as("45 days since the facilitator was engaged")
                .isEqualTo("2026-05-30");

        walkThrough("task_groundAnalysis");
        assertThat(sees("facilitator")).containsExactly("task_designLevel2", "task_selectCoordinator");
        assertThat(due("facilitator", "task_designLevel2")).isEqualTo("2026-07-14");
        walkTo("task_registerVictim");
        assertThat(task("vsc", "task_registerVictim").getDueDate())
                .as("a child: a day since the coordinator was at work")
                .isEqualTo("2026-05-06T15:00:00Z");
        theBoyHasAFileOfHisOwn();

        walkThrough("task_costPlan");
        assertThat(shown("facilitator", "task_submitPlan", "planDefects"))
                .as("the plan gate names nothing")
                .isEqualTo("[]");
        walkThrough("task_submitPlan");
        assertThat(state()).isEqualTo("PLAN_SUBMITTED");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("plan-ready");
        walkThrough("task_endorsePlan");
        assertThat(due("audit-programme", "task_reviewPlan"))
                .as("a child: five business days")
                .isEqualTo("2026-06-08");
        walkThrough("task_reviewPlan");
        assertThat(ofTheCase("planRounds")).isEqualTo("1");
        assertThat(lettersTo("facilitator", caseNumber)).containsExactly("plan-decided");
        assertThat(programmes.facts(caseNumber).programmes()).isEqualTo(1);
    }

    private void theBoyHasAFileOfHisOwn() {
        walkThrough("task_registerVictim");
        assertThat(sees("vsc")).containsExactly("task_confirmCasePlans", "task_immediateNeeds");
        for (String user : List.of("facilitator", "smelter", "downstream", "audit-programme")) {
            assertThat(tasks(user, "task_immediateNeeds")).as(user).isEmpty();
        }
        assertThat(task("vsc", "task_immediateNeeds").getName()).doesNotContain("Josué");
        assertThat(due("vsc", "task_immediateNeeds")).isEqualTo("2026-05-13");
        assertThat(people.facts(caseNumber).children()).isEqualTo(1);

        walkTo("task_agreeChildRemedy");
        assertThat(shown("vsc", "task_agreeChildRemedy", "childPackage"))
                .contains(
                        "TALK_WITH_CHILD_AND_PARENTS",
                        "SCHOOL_ENROLMENT",
                        "STIPEND",
                        "SOCIAL_PROTECTION",
                        "SIGNED_AGREEMENT",
                        "SIBLING_SCHOOL_SUPPORT",
                        "NO_HAZARDOUS_WORK")
                .doesNotContain("SAFE_REMOVAL", "ACCOMMODATION", "APPOINTED_GUARDIAN");
        walkThrough("task_agreeChildRemedy");
        assertThat(due("vsc", "task_followUp")).as("a child: weekly").isEqualTo("2026-05-25");
        assertThat(due("vsc", "task_reviewCase"))
                .as("reviewed within three months")
                .isEqualTo("2026-08-06");
        assertThat(due("vsc", "task_caseManagementPlan"))
                .as("30 days after the first contact")
                .isEqualTo("2026-06-05");
        walkThrough("task_caseManagementPlan");
        assertThat(sees("vsc")).as("help waits for the money").doesNotContain("task_referToService");
    }

    private void theRemedyIsFundedAndBegins() throws Exception {
        assertThat(state()).isEqualTo("FUNDING");
        assertThat(sees("smelter")).containsExactly("task_sayWhatYouGive");
        assertThat(sees("facilitator")).containsExactly("task_raiseFunds");
        assertThat(due("facilitator", "task_raiseFunds"))
                .as("a child: 48 hours")
                .isEqualTo("2026-06-07");
        walkTo("task_confirmFunding");
        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Covered", 100)
                .containsEntry("level2Covered", 100);
        walkThrough("task_confirmFunding");
        assertThat(due("facilitator", "task_startImplementation")).isEqualTo("2026-06-29");

        walkThrough("task_startImplementation");
        assertThat(state()).isEqualTo("IMPLEMENTING");
        assertThat(seenByThePartner().path("view").asText()).isEqualTo("Remedy under way");
        assertThat(tasks("vsc", "task_referToService"))
                .as("health check, school place and stipend")
                .hasSize(3);
        assertThat(due("facilitator", "task_l2Progress")).isEqualTo("2026-09-29");
    }

    private void theFirstHalfYear() {
        walkTo("task_confirmService");
        assertThat(sees("provider")).containsExactly("task_confirmService", "task_confirmService");
        walkThrough("task_reportService");
        assertThat(lettersTo("vsc", caseNumber)).containsExactly("service-reported");
        assertThat(due("vsc", "task_reviewCase")).isEqualTo("2026-11-06");
        assertThat(people.facts(caseNumber).servicesCompleted()).isEqualTo(1);
        assertThat(people.facts(caseNumber).servicesRunning()).isEqualTo(2);

        travelThrough("2026-12-28T23:59:59Z");
        assertThat(tasks("facilitator", "task_monitoringReport")).isEmpty();
        travelThrough("2026-12-29T00:00:00Z");
        assertThat(state()).isEqualTo("MONITORING");
        assertThat(task("facilitator", "task_monitoringReport").getDueDate()).isEqualTo("2026-12-29T23:59:59Z");
        walkThrough("task_monitoringReport");
        assertThat(sees("smelter")).containsExactly("task_endorseReport");
        assertThat(shown("smelter", "task_endorseReport", "figures"))
                .as("no company sees a group of fewer than five")
                .contains("\"children\":\"fewer than 5\"");
        walkThrough("task_endorseReport");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("progress-summary");
        assertThat(due("audit-programme", "task_monitoringDecision")).isEqualTo("2027-01-19");
        walkThrough("task_monitoringDecision");
        assertThat(visits("task_settleMonitoring"))
                .as("the table says the same")
                .isZero();
    }

    private void theSecondHalfYear() {
        travelThrough("2027-01-20T09:00:00Z");
        assertThat(sees("audit-programme")).isEmpty();
        walkThrough("task_verifyOutcomes");
        assertThat(programmes.facts(caseNumber).aimsReached()).isEqualTo(1);

        walkTo("task_monitoringReport");
        travelThrough("2027-06-28T23:59:59Z");
        assertThat(tasks("facilitator", "task_monitoringReport")).isEmpty();
        travelThrough("2027-06-29T00:00:00Z");
        assertThat(task("facilitator", "task_monitoringReport").getDueDate()).isEqualTo("2027-06-29T23:59:59Z");
        walkThrough("task_monitoringDecision");
        assertThat(state()).isEqualTo("FINAL_REPORT");
        assertThat(ofTheCase("reportsInWindow")).isEqualTo("2");
        assertThat(ofTheCase("goalsMet")).isEqualTo("ALL");
        assertThat(ofTheCase("extensions")).isEqualTo("0");
    }

    private void theIncidentIsClosed() throws Exception {
        assertThat(due("facilitator", "task_finalReport")).isEqualTo("2027-08-03");
        walkThrough("task_finalReport");
        assertThat(lettersTo("audit-programme", caseNumber)).endsWith("final-report");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("final-report");
        walkThrough("task_endorseFinalReport");
        assertThat(state()).isEqualTo("CLOSING_REVIEW");
        assertThat(due("audit-programme", "task_checkFinalReport"))
                .as("fifteen business days")
                .isEqualTo("2027-08-09");
        walkThrough("task_checkFinalReport");
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .as("both gates name nothing")
                .isEqualTo("[]");
        walkThrough("task_reviewClosing");
        assertThat(due("downstream", "task_agreeClosing")).isEqualTo("2027-08-10");
        assertThat(state()).as("nothing is closed yet").isEqualTo("CLOSING_REVIEW");

        walkThrough("task_agreeClosing");
        assertThat(ofTheCase("closedAs")).isEqualTo("COMPLETED");
        assertThat(seenByThePartner().path("view").asText()).isEqualTo("Closed");
        for (String role : List.of("downstream", "smelter", "facilitator", "audit-programme")) {
            assertThat(lettersTo(role, caseNumber)).as(role).endsWith("case-closed");
        }
        assertThat(lettersTo("complainant", caseNumber)).endsWith("case-closed-complainant");
        assertThat(lettersTo("vsc", caseNumber)).endsWith("tell-victims");
        assertThat(ofTheCase("closingOutcome")).isEqualTo("COMPLETED");
        theBoyIsNotLeftAlone();
    }

    private void theBoyIsNotLeftAlone() {
        assertThat(isEnded(process("victim-case"))).isFalse();
        assertThat(due("provider", "task_reportService"))
                .as("school support goes on")
                .isEqualTo("2028-06-30");
        assertThat(sees("vsc")).contains("task_followUp", "task_reviewCase");
        assertThat(people.facts(caseNumber).withStatus("ACTIVE")).isEqualTo(1);
        assertThat(isEnded(process("level2-programme"))).isTrue();
    }

    private void theLessonsAreLearned() {
        assertThat(state()).isEqualTo("LESSONS");
        assertThat(sees("audit-programme"))
                .as("a summary is published when no objection can change the outcome any more")
                .containsExactly("task_collectLessons", "task_recordObjection");
        assertThat(due("audit-programme", "task_collectLessons")).isEqualTo("2027-09-02");
        assertThat(due("audit-programme", "task_recordObjection")).isEqualTo("2027-09-02");
        walkThrough("task_publishLessons");
        for (String role : List.of("downstream", "smelter", "facilitator", "vsc", "provider", "protection", "legal")) {
            assertThat(lettersTo(role, caseNumber)).as(role).endsWith("lessons");
        }
        assertThat(tasks("downstream", "task_updateDueDiligence"))
                .extracting(action -> as("downstream").formVariables(action).get("lessonAction"))
                .containsExactlyInAnyOrder("AUDIT_QUESTIONS", "SUPPLIER_TERMS");
        assertThat(tasks("downstream", "task_updateDueDiligence"))
                .allSatisfy(action -> assertThat(day(action.getDueDate())).isEqualTo("2027-10-02"));

        walkTo("task_publishSummary");
        travelThrough("2027-09-03T00:00:00Z");
        assertThat(visits("end_windowOver")).as("nobody objected in time").isEqualTo(1);
        assertThat(due("audit-programme", "task_publishSummary")).isEqualTo("2027-09-30");
        walkTo("task_verifyUptake");
        assertThat(visits("end_summaryPublished")).isEqualTo(1);
        travelThrough("2028-02-02T23:59:58Z");
        assertThat(sees("audit-programme")).isEmpty();
        walkToTheEnd();
        assertThat(endOf(caseId)).isEqualTo("end_lessonsLearned");
        assertThat(visits("end_lessonsTakenUp")).isEqualTo(1);
        assertThat(isEnded(process("victim-case")))
                .as("the boy's own case outlives the incident")
                .isFalse();
    }

    /** The other smelter, and roles without a part in this case, see nothing of it at any time. */
    @Override
    protected void whateverHappens() {
        for (String user : EVERYBODY_ELSE) {
            assertThat(sees(user)).as(user).isEmpty();
        }
    }
}
