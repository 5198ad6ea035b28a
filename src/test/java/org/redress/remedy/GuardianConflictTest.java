package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.FormProblem;
import org.redress.engine.InvalidForm;
import org.redress.engine.Reference;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;

/** A guardian who took part in the harm, or is in conflict with the child's interest (remedy.md E08, B.5). */
class GuardianConflictTest extends OnePersonTest {

    @Test
    @DisplayName(
            "E08 The guardian is implicated or in conflict: what the guardian consented to ends at once and another is asked within seven days")
    void whatTheGuardianConsentedToEndsAtOnceAndAnotherIsAskedWithinSevenDays() {
        Task help = childInShelter();
        travelTo("2026-02-03T16:45:00Z");
        begin("guardian-conflict", "protection", report("NO"));

        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isEmpty();
        assertThat(as("provider").formVariables(help)).containsEntry("serviceLocation", "•••");
        assertThat(person().guardianRoute()).isEqualTo("NONE");
        assertThat(people.facts(caseNumber).childrenWithoutGuardian()).isEqualTo(1);
        assertThat(as("provider").sees("task_confirmService"))
                .as("the child is helped meanwhile")
                .isTrue();
        assertThat(due("task_appointGuardian")).startsWith("2026-02-10");

        as("vsc").complete("task_appointGuardian", VictimForms.authorityDecides());
        assertThat(person().guardianRoute()).isEqualTo("AUTHORITY");
        assertThat(jdbc.sql(
                                "select recipient || ' ' || ground from vault_disclosure where case_number = ? and person = ?")
                        .params(caseNumber, PERSON)
                        .query(String.class)
                        .list())
                .as("that the authority was told, and on which ground (C.2)")
                .containsExactly("CHILD_PROTECTION VITAL_INTERESTS");
        assertThat(as("provider").formVariables(help)).containsEntry("serviceLocation", "Harbour house");
        onlyTheAuthorityConsents();
    }

    /** E08: who refuses, opens nothing. */
    @Test
    @DisplayName("E08 The guardian is implicated or in conflict: what the new guardian does not consent to stays ended")
    void whatTheNewGuardianDoesNotConsentToStaysEnded() {
        Task help = childInShelter();
        begin("guardian-conflict", "vsc", report("NO"));
        as("vsc")
                .complete(
                        "task_appointGuardian",
                        but(
                                VictimForms.authorityDecides(),
                                "guardianRoute",
                                "APPOINTED",
                                "authorityDecision",
                                "REFUSED"));
        assertThat(as("provider").formVariables(help)).containsEntry("serviceLocation", "•••");
        assertThat(person().guardianRoute()).isEqualTo("APPOINTED");
    }

    /** E08, E04: while the guardian is being asked, the question is taken back; danger goes to protection. */
    @Test
    @DisplayName(
            "E08 The guardian is implicated or in conflict: a question to the guardian is taken back and a child in danger is brought to safety")
    void aQuestionToTheGuardianIsTakenBackAndAChildInDangerIsBroughtToSafety() {
        register("isChild", true);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        assertThat(as("vsc").sees("task_guardianConsent")).isTrue();
        begin("guardian-conflict", "vsc", report("YES"));

        assertThat(as("vsc").tasksOf(caseNumber))
                .as("asked once, in the case itself")
                .containsOnlyOnce("task_appointGuardian")
                .doesNotContain("task_guardianConsent");
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processDefinitionKey("emergency-protection")
                        .processInstanceBusinessKey(caseNumber)
                        .count())
                .isEqualTo(1);
    }

    /** E08: what was reported before the best interests are assessed stands, whatever is answered later. */
    @Test
    @DisplayName(
            "E08 The guardian is implicated or in conflict: a conflict reported before the assessment stands in the forms that come after")
    void aConflictReportedBeforeTheAssessmentStandsInTheFormsThatComeAfter() {
        register("isChild", true);
        begin("guardian-conflict", "vsc", report("NO"));
        as("vsc").complete("task_appointGuardian", VictimForms.authorityDecides());
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        Task assess = as("vsc").task("task_assessBestInterests");
        assertThat(as("vsc").formVariables(assess)).containsEntry("guardianConflictStands", "YES");
        assertThatThrownBy(() -> as("vsc").complete(assess, VictimForms.bestInterests()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("stands");
        as("vsc").complete(assess, but(VictimForms.bestInterests(), "childGuardianPart", "YES"));
        assertThat(as("vsc").tasksOf(caseNumber))
                .contains("task_appointGuardian")
                .doesNotContain("task_guardianConsent");
    }

    /** E08: without the consent of whoever decides instead there is no agreement, and the guardian's own counts nothing. */
    @Test
    @DisplayName(
            "E08 The guardian is implicated or in conflict: an authority that refuses is followed by another decision and the guardian consents to no plan")
    void anAuthorityThatRefusesIsFollowedByAnotherDecisionAndTheGuardianConsentsToNoPlan() {
        register("isChild", true);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        begin("guardian-conflict", "vsc", report("NO"));
        as("vsc").complete("task_appointGuardian", but(VictimForms.authorityDecides(), "authorityDecision", "REFUSED"));
        Task again = as("vsc").task("task_appointGuardian");
        assertThat(as("vsc").tasksOf(caseNumber)).doesNotContain("task_agreeChildRemedy");
        assertThat(as("vsc").formVariables(again).get("authorityDecision"))
                .as("asked afresh")
                .isNull();
        as("vsc").complete(again, VictimForms.authorityDecides());
        as("vsc").complete("task_agreeChildRemedy", VictimForms.childAgreement());

        assertThatThrownBy(() -> as("vsc")
                        .complete(
                                "task_caseManagementPlan",
                                but(VictimForms.plan("SHELTER"), "consentGivenBy", "GUARDIAN")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("does not decide");
        as("vsc").complete("task_caseManagementPlan", but(VictimForms.plan("SHELTER"), "consentGivenBy", "AUTHORITY"));
        onlyTheAuthorityConsents();
    }

    /** E08: not even where the question to that guardian was open in a case of an earlier model. */
    @Test
    @DisplayName("E08 The guardian is implicated or in conflict: a consent of a guardian in conflict counts nothing")
    void aConsentOfAGuardianInConflictCountsNothing() {
        assertThat(new GuardianKeptOut().check(Map.of("guardianConflictStands", "YES", "guardianDecision", "GIVEN")))
                .extracting(FormProblem::field)
                .containsExactly("guardianDecision");
        assertThat(new GuardianKeptOut().check(Map.of("guardianDecision", "GIVEN")))
                .isEmpty();
    }

    /** E08: neither a foreign coordinator of the same case nor anybody else. */
    @Test
    @DisplayName("E08 The guardian is implicated or in conflict: nobody else reports or replaces a guardian")
    void nobodyElseReportsOrReplacesAGuardian() {
        childInShelter();
        for (List<String> stranger : List.of(
                List.of("vsc", "org-kin"),
                List.of("provider", "org-provider"),
                List.of("smelter", "org-luma"),
                List.of("facilitator", "org-facilitator"))) {
            assertThatThrownBy(() -> beginWith("guardian-conflict", stranger, report("NO")))
                    .as(stranger.toString())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(person().guardianRoute()).isEqualTo("GUARDIAN");
        assertThatThrownBy(() -> begin("guardian-conflict", "protection", but(report("NO"), "victimRef", "V-NOBODY")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("no such person");
        begin("guardian-conflict", "vsc", report("NO"));
        Task appoint = as("vsc").task("task_appointGuardian");
        for (String other : List.of("provider", "protection", "facilitator", "smelter")) {
            assertThat(as(other).sees("task_appointGuardian")).as(other).isFalse();
        }
        identityService.setAuthentication("stranger", List.of("vsc", "org-kin"));
        try {
            assertThatThrownBy(() -> taskService
                            .createTaskQuery()
                            .taskId(appoint.getId())
                            .count())
                    .isInstanceOf(RuntimeException.class);
        } finally {
            identityService.clearAuthentication();
        }
    }

    /** remedy.md C.1: what is said of a guardian is the child's. */
    @Test
    void whatItIsAboutTheGuardianLiesSealed() {
        register("isChild", true);
        begin("guardian-conflict", "vsc", report("NO"));
        assertThat(keptOf("guardianConflict")).isNotEmpty().allMatch(Reference::is);
    }

    private Task childInShelter() {
        register("isChild", true);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        as("vsc").complete("task_guardianConsent", VictimForms.guardianConsents());
        as("vsc").complete("task_agreeChildRemedy", VictimForms.childAgreement());
        as("vsc").complete("task_caseManagementPlan", but(VictimForms.plan("SHELTER"), "consentGivenBy", "GUARDIAN"));
        cases.tell(caseNumber, "implementation-started", Map.of());
        fireDueJobs();
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        Task help = as("provider").task("task_confirmService");
        assertThat(as("provider").formVariables(help)).containsEntry("serviceLocation", "Harbour house");
        return help;
    }

    private Map<String, Object> report(String danger) {
        Map<String, Object> form = new HashMap<>();
        form.put("caseNumber", caseNumber);
        form.put("victimRef", PERSON);
        form.put("guardianConflict", "IMPLICATED");
        form.put("guardianConflictNote", "The uncle took the wages");
        form.put("childInDanger", danger);
        form.put("guardianNotTold", true);
        return form;
    }

    private void onlyTheAuthorityConsents() {
        assertThat(consents.of(caseNumber, PERSON))
                .filteredOn(line -> line.endedAt() == null)
                .extracting(Consents.Line::givenBy)
                .isNotEmpty()
                .containsOnly("AUTHORITY");
    }
}
