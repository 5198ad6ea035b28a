package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.FormProblem;
import org.redress.engine.InvalidForm;
import org.redress.engine.Reference;
import org.redress.vault.Coordinators;
import org.redress.vault.Erasures;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What is answered about a child and its guardian lies sealed, though what the child is owed and who is asked go by it
 * (remedy.md B.5, C, E08; docs/vault.md).
 */
@SuppressWarnings("NullAway.Init")
class ChildAnswersSealedTest extends OnePersonTest {

    private static final String ASSESS = "task_assessBestInterests";
    private static final String PACKAGE = "childPackage";
    private static final Set<String> ANSWERS = Set.of(
            "childAtSite",
            "childHouseholdPoor",
            "childHomeSafe",
            "childSiblingsAtRisk",
            "childGuardianPart",
            "childGuardianSafe");

    @Autowired
    Coordinators coordinators;

    @Autowired
    Erasures erasures;

    private ProcessInstance childWith(Object... answers) {
        ProcessInstance child = childToAssess();
        as("vsc").complete(ASSESS, but(VictimForms.bestInterests(), answers));
        return child;
    }

    private ProcessInstance childToAssess() {
        ProcessInstance child = register("isChild", true);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        return child;
    }

    private List<String> inputsOfDecisions(ProcessInstance child) {
        return jdbc.sql("select i.clause_name_ from act_hi_dec_in i join act_hi_decinst d on d.id_ = i.dec_inst_id_"
                        + " where d.proc_inst_id_ = ? and d.dec_def_key_ = 'child-package'")
                .param(child.getId())
                .query(String.class)
                .list();
    }

    private String shownPackage() {
        return String.valueOf(
                as("vsc").formVariables(as("vsc").task("task_agreeChildRemedy")).get(PACKAGE));
    }

    @Test
    void whatIsAnsweredAndWhatFollowsFromItLiesSealedAndInNoHistoryOfDecisions() {
        ProcessInstance child = childWith("childSiblingsAtRisk", "YES");
        for (String answer : ANSWERS) {
            assertThat(keptOf(answer)).as(answer).isNotEmpty().allMatch(Reference::is);
            assertThat(runtimeService.getVariable(child.getId(), answer))
                    .as(answer)
                    .matches(Reference::is);
            assertThat(jdbc.sql("select purpose from vault_read where case_number = ? and variable = ?"
                                    + " and purpose like 'what the child is owed%'")
                            .params(caseNumber, answer)
                            .query(String.class)
                            .list())
                    .as("the house opens " + answer + " once, and it is on record")
                    .hasSize(1);
        }
        assertThat(keptOf(PACKAGE))
                .as("the package would tell the answers")
                .isNotEmpty()
                .allMatch(Reference::is);
        assertThat(inputsOfDecisions(child)).isEmpty();
        assertThat(jdbc.sql("select count(*) from act_hi_decinst where dec_def_key_ = 'child-package'"
                                + " and proc_inst_id_ = ?")
                        .param(child.getId())
                        .query(Integer.class)
                        .single())
                .isZero();
        as("vsc").complete("task_guardianConsent", VictimForms.guardianConsents());
        assertThat(shownPackage())
                .as("by the table that the modellers edit")
                .contains("SIBLING_SCHOOL_SUPPORT", "SOCIAL_PROTECTION", "SCHOOL_ENROLMENT")
                .doesNotContain("SAFE_REMOVAL");
    }

    @Test
    void eachWayIsTakenByTheAnswersAndTheCaseSaysNoMoreThanTheWay() {
        ProcessInstance safe = childWith();
        assertThat(variable(safe.getId(), "guardianAsked")).contains("YES");
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_guardianConsent");

        caseNumber = caseNumber + "1";
        parties.add(caseNumber, "vsc", "org-vsc");
        assertThat(wayOf(childWith("childGuardianPart", "YES"))).isEqualTo("NO");
        caseNumber = caseNumber + "2";
        parties.add(caseNumber, "vsc", "org-vsc");
        assertThat(wayOf(childWith("childGuardianSafe", "NO", "childAtSite", "YES", "childHomeSafe", "NO")))
                .isEqualTo("NO");
        as("vsc").complete(appointOfThisCase(), VictimForms.authorityDecides());
        assertThat(shownPackage()).contains("SAFE_REMOVAL", "ACCOMMODATION");
    }

    /** Whoever is not known to have kept out of it decides nothing, though the form asks it again (E08). */
    @Test
    @DisplayName("E08 The guardian is implicated or in conflict: a guardian of whom it is not known is not asked")
    void aGuardianOfWhomItIsNotKnownIsNotAsked() {
        ProcessInstance child = childWith();
        runtimeService.setVariable(child.getId(), "childGuardianPart", "UNKNOWN");
        runtimeService
                .createProcessInstanceModification(child.getId())
                .cancelAllForActivity("task_guardianConsent")
                .startBeforeActivity("task_childPackage")
                .execute();
        assertThat(wayOf(child)).isEqualTo("NO");
    }

    private String wayOf(ProcessInstance child) {
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_appointGuardian");
        return variable(child.getId(), "guardianAsked").map(Object::toString).orElseThrow();
    }

    private Task appointOfThisCase() {
        return as("vsc").tasks().stream()
                .filter(task -> task.getTaskDefinitionKey().equals("task_appointGuardian"))
                .filter(task -> caseNumber.equals(taskService.getVariable(task.getId(), "caseNumber")))
                .findFirst()
                .orElseThrow();
    }

    /** Only the child's own coordinator reads it again, on record. */
    @Test
    void onlyTheChildsOwnCoordinatorReadsTheAnswers() {
        ProcessInstance child = register("isChild", true, "childGuardianPart", "YES");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        Task assess = as("vsc").task(ASSESS);
        assertThat(as("vsc").formVariables(assess))
                .as("as it was registered")
                .containsEntry("childGuardianPart", "YES");
        assertThat(jdbc.sql("select count(*) from vault_read where case_number = ? and reader = 'vsc'"
                                + " and variable = 'childGuardianPart'")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(readBy("admin", child)).containsExactly("•••");
        assertThat(readBy("overseer", child)).isSubsetOf("•••");
        assertThatThrownBy(() -> as("provider").formVariables(assess)).isInstanceOf(RuntimeException.class);
        coordinators.assign(caseNumber, PERSON, "org-kin");
        assertThat(as("vsc").formVariables(assess)).containsEntry("childGuardianPart", "•••");
    }

    private List<Object> readBy(String watcher, ProcessInstance child) {
        return actingAs(watcher, () -> historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(child.getId())
                        .variableName("childGuardianPart")
                        .list())
                .stream()
                .map(HistoricVariableInstance::getValue)
                .toList();
    }

    /** remedy.md D25: what was erased answers nothing, and no guardian is asked by it. */
    @Test
    void whatWasErasedAnswersNothing() {
        ProcessInstance child = childWith();
        erasures.erase(caseNumber, PERSON, "Demanded by the person", "dpo");
        runtimeService
                .createProcessInstanceModification(child.getId())
                .cancelAllForActivity("task_guardianConsent")
                .startBeforeActivity("task_childPackage")
                .execute();
        assertThat(wayOf(child)).isEqualTo("NO");
        assertThat(String.valueOf(as("vsc")
                        .formVariables(as("vsc").task("task_appointGuardian"))
                        .get(PACKAGE)))
                .doesNotContain("SCHOOL_ENROLMENT");
    }

    /** E08: no form that is sent without the question, or with the old one, brings a guardian in conflict back. */
    @Test
    @DisplayName("E08 The guardian is implicated or in conflict: a conflict that stands counts more than any answer")
    void aConflictThatStandsCountsMoreThanAnyAnswer() {
        ProcessInstance child = childToAssess();
        runtimeService.setVariable(child.getId(), "guardianImplicated", "NO");
        begin(
                "guardian-conflict",
                "vsc",
                Map.of(
                        "caseNumber",
                        caseNumber,
                        "victimRef",
                        PERSON,
                        "guardianConflict",
                        "IMPLICATED",
                        "guardianConflictNote",
                        "The uncle took the wages",
                        "childInDanger",
                        "NO",
                        "guardianNotTold",
                        true));
        assertThat(runtimeService.getVariable(child.getId(), "guardianImplicated"))
                .as("a case of an earlier model goes by its own name")
                .isEqualTo("YES");
        Task assess = as("vsc").task(ASSESS);
        assertThat(as("vsc").formVariables(assess)).containsEntry("childGuardianPart", "YES");
        assertThatThrownBy(() -> as("vsc").complete(assess, VictimForms.bestInterests()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("stands");
        assertThat(new GuardianKeptOut().check(Map.of("guardianConflictStands", "YES", "guardianImplicated", "NO")))
                .extracting(FormProblem::field)
                .containsExactly("guardianImplicated");
        as("vsc").complete(assess, but(VictimForms.bestInterests(), "childGuardianPart", "YES"));
        assertThat(variable(child.getId(), "guardianAsked")).contains("NO");
    }

    /** What was answered in clear in a case of an earlier model is sealed when the person comes back. */
    @Test
    void whoeverComesBackFindsTheAnswersOfBeforeSealed() {
        ProcessInstance before = register("isChild", true);
        runtimeService.setVariables(
                before.getId(), Map.of("guardianImplicated", "YES", "safeHome", "NO", "guardianSafe", "NO"));
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        begin("reopen-victim-case", "vsc", comingBack("CAME_BACK"));

        String now = latestRun().getId();
        assertThat(runtimeService.getVariables(now))
                .doesNotContainKeys("guardianImplicated", "safeHome", "guardianSafe")
                .hasEntrySatisfying("childHomeSafe", held -> assertThat(held).matches(Reference::is));
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        assertThat(as("vsc").formVariables(as("vsc").task(ASSESS)))
                .as("and the coordinator reads them")
                .containsEntry("childGuardianPart", "YES")
                .containsEntry("childHomeSafe", "NO");
    }

    /** A case that began before goes on by what its own form asks: the inputs of the table have their names still. */
    @Test
    void aCaseOnTheEarlierModelGoesByTheOldNames() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "child-of-before.bpmn",
                        Bpmn.createExecutableProcess("child-of-before")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_assess")
                                .businessRuleTask("task_list")
                                .camundaDecisionRef("child-package")
                                .camundaDecisionRefBinding("latest")
                                .camundaInputParameter("atSite", "${atSite == 'YES'}")
                                .camundaInputParameter("schoolAge", "${schoolAge == 'YES'}")
                                .camundaInputParameter("householdPoor", "${householdPoor == 'YES'}")
                                .camundaInputParameter("safeHome", "${safeHome == 'YES'}")
                                .camundaInputParameter("guardianSafe", "${guardianSafe == 'YES'}")
                                .camundaInputParameter("guardianImplicated", "${guardianImplicated == 'YES'}")
                                .camundaInputParameter("siblingsAtRisk", "${siblingsAtRisk == 'YES'}")
                                .camundaOutputParameter(PACKAGE, "${JSON(decisionResult.getResultList())}")
                                .exclusiveGateway("gateway_decide")
                                .condition("yes", "${guardianSafe == 'YES' && guardianImplicated == 'NO'}")
                                .endEvent("end_asked")
                                .moveToNode("gateway_decide")
                                .condition("no", "${guardianSafe != 'YES' || guardianImplicated != 'NO'}")
                                .endEvent("end_notAsked")
                                .done()));
        assertThat(endOf(assessedBefore("NO"))).isEqualTo("end_asked");
        assertThat(endOf(assessedBefore("YES"))).isEqualTo("end_notAsked");
        assertThat(keptOf("guardianImplicated")).contains("YES", "NO").noneMatch(Reference::is);
        assertThat(keptOf(PACKAGE))
                .as("what follows is sealed there, too: names are global")
                .isNotEmpty()
                .allMatch(Reference::is);
    }

    private String assessedBefore(String guardianImplicated) {
        String instance = start("child-of-before", caseNumber, Map.of("caseNumber", caseNumber))
                .getId();
        taskService.complete(
                taskService
                        .createTaskQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getId(),
                Map.of(
                        "atSite", "NO",
                        "schoolAge", "YES",
                        "householdPoor", "YES",
                        "safeHome", "YES",
                        "siblingsAtRisk", "NO",
                        "guardianSafe", "YES",
                        "guardianImplicated", guardianImplicated));
        return instance;
    }
}
