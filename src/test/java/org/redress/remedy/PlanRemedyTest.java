package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Step 3 of the guideline: from the search for a facilitator to the approved plan (remedy.md A.3, B.8, E13). */
@SuppressWarnings("NullAway.Init")
class PlanRemedyTest extends ProcessTest {

    @Autowired
    private Parties parties;

    @Autowired
    private VictimWorkflow victims;

    @Autowired
    private JdbcClient jdbc;

    private String caseNumber = "";
    private String plan = "";

    @BeforeEach
    void aCaseOfItsOwn() {
        caseNumber = newCaseNumber();
        travelTo("2026-06-01T09:00:00Z");
    }

    // The way of S01: both levels, approved in the first round

    @Test
    void aPlanOfBothLevelsIsApprovedInTheFirstRound() {
        planBegins("SMELTER", "SMELTER", 1);
        assertThat(state()).isEqualTo("PLANNING");
        assertThat(day(as("audit-programme").task("task_selectFacilitator").getDueDate()))
                .as("D11: 15 business days")
                .isEqualTo(LocalDate.parse("2026-06-22"));

        selectFacilitator("NO");
        assertThat(as("smelter").formVariables(as("smelter").task("task_engageFacilitator")))
                .containsEntry("facilitatorName", "Casa Nova Remedy (facilitator)");
        assertThat(as("facilitator").tasksOf(caseNumber))
                .as("not yet party to the case")
                .isEmpty();
        as("smelter").complete("task_engageFacilitator", engaged());
        assertThat(parties.organisations(caseNumber, "facilitator")).containsExactly("org-facilitator");
        assertThat(day(as("facilitator").task("task_groundAnalysis").getDueDate()))
                .as("D13, Level 1: 45 days after the facilitator was engaged")
                .isEqualTo(LocalDate.parse("2026-07-16"));

        analyseGround("DONE");
        assertThat(as("facilitator").tasksOf(caseNumber))
                .containsExactly("task_designLevel2", "task_selectCoordinator");
        assertThat(day(as("facilitator").task("task_designLevel2").getDueDate()))
                .as("D13, Level 2: 90 days")
                .isEqualTo(LocalDate.parse("2026-08-30"));
        assertThat(as("facilitator").task("task_selectCoordinator").getDueDate())
                .as("D12, a child: 24 hours")
                .isEqualTo("2026-06-02T09:00:00.000+00:00");
        selectCoordinator("SPECIALISED");
        assertThat(parties.organisations(caseNumber, "vsc")).containsExactly("org-vsc");

        assertThat(day(as("vsc").task("task_ongoingExploitationCheck").getDueDate()))
                .as("the same day")
                .isEqualTo(LocalDate.parse("2026-06-01"));
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        register("YES", "Amani", "NO");
        planCase(true);
        confirmCasePlans(List.of(), List.of());
        designLevel2(40);
        costPlan();
        assertThat(defects("planDefects")).isEmpty();
        assertThat(as("facilitator").formVariables(as("facilitator").task("task_submitPlan")))
                .containsEntry("budgetLevel1", 13200.0)
                .containsEntry("budgetLevel2", 22000.0)
                .containsEntry("victimsRegistered", 1);
        submit();
        assertThat(state()).isEqualTo("PLAN_SUBMITTED");

        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(day(as("audit-programme").task("task_reviewPlan").getDueDate()))
                .as("D14, urgent since a child was registered (B.9): 5 business days")
                .isEqualTo(LocalDate.parse("2026-06-08"));
        review("APPROVE");

        assertThat(state()).isEqualTo("PLAN_APPROVED");
        assertThat(endOf(plan)).isEqualTo("end_planApproved");
        assertThat(variable(plan, "facilitator")).contains("org-facilitator");
        assertThat(variable(plan, "coordinator")).contains("org-vsc");
        assertThat(variable(plan, "planRounds")).contains(1);
        assertThat(variable(plan, "currency")).contains("USD");
        HistoricProcessInstance programme = instances("level2-programme").get(0);
        assertThat(variable(plan, "programmeRef")).isEqualTo(variable(programme.getId(), "programmeRef"));
        assertThat(variable(programme.getId(), "programmeRef").orElseThrow().toString())
                .matches("P-[2-9A-HJKMNP-Z]{6}");
        assertThat(variable(programme.getId(), "l2Indicator")).contains("miners who attended");
        assertThat(letters())
                .contains(
                        "plan-ready to smelter",
                        "plan-ready to audit-programme",
                        "plan-decided to smelter",
                        "plan-decided to facilitator");
    }

    @Test
    void aPlanOfLevel1AloneNeedsNoProgramme() {
        planBegins("OWED", "NOBODY", 0);
        engageFacilitator();
        analyseGround("DONE");
        assertThat(as("facilitator").tasksOf(caseNumber)).containsExactly("task_selectCoordinator");
        selectCoordinator(null);
        as("facilitator").complete("task_ongoingExploitationCheck", check("NO", "NO"));
        confirmCasePlans(List.of(), List.of());
        costPlan();
        submit();
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        review("APPROVE");

        assertThat(endOf(plan)).isEqualTo("end_planApproved");
        assertThat(variable(plan, "programmeRef")).isEmpty();
        assertThat(variable(plan, "level2Planned")).contains(false);
        assertThat(instances("level2-programme")).isEmpty();
    }

    @Test
    void aPlanOfLevel2AloneNeedsNoCoordinator() {
        planBegins("NOBODY", "DOWNSTREAM", 3);
        engageFacilitator();
        assertThat(day(as("facilitator").task("task_groundAnalysis").getDueDate()))
                .as("D13, Level 2: 90 days")
                .isEqualTo(LocalDate.parse("2026-08-30"));
        analyseGround("DONE");
        assertThat(as("facilitator").tasksOf(caseNumber)).containsExactly("task_designLevel2");
        designLevel2(40);
        costPlan();
        submit();
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        review("APPROVE");

        assertThat(endOf(plan)).isEqualTo("end_planApproved");
        assertThat(variable(plan, "coordinator")).isEmpty();
        assertThat(instances("level2-programme")).hasSize(1);
    }

    @Test
    void eachOutcomeOfLevel2BecomesAProgrammeOfItsOwn() {
        planBegins("NOBODY", "SMELTER", 0);
        engageFacilitator();
        analyseGround("DONE");
        Map<String, Object> design = new HashMap<>(level2(40));
        design.put("l2Outcomes", "2");
        design.put("l2Outcome2", "Teachers notice children at risk");
        design.put("l2Indicator2", "teachers trained");
        design.put("l2Baseline2", 0);
        design.put("l2Target2", 60);
        design.put("l2TargetDate2", "2027-06-30");
        design.put("l2Source2", "school register");
        design.put("l2Realistic2", "YES");
        as("facilitator").complete("task_designLevel2", design);
        costPlan();
        submit();
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        review("APPROVE");

        String first = variable(plan, "programmeRef").orElseThrow().toString();
        assertThat(instances("level2-programme"))
                .extracting(
                        programme -> variable(programme.getId(), "programmeRef").orElseThrow())
                .containsExactlyInAnyOrder(first, first + "-2");
    }

    // The facilitator

    @Test
    void aFacilitatorRelatedToTheSmelterIsBlocked() {
        planBegins("SMELTER", "NOBODY", 0);
        selectFacilitator("YES");

        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        assertThat(as("audit-programme").formVariables(as("audit-programme").task("task_selectFacilitator")))
                .as("the form says why it comes again")
                .containsEntry("facilitatorRelated", "YES");
        selectFacilitator("NO");
        assertThat(as("smelter").tasksOf(caseNumber)).containsExactly("task_engageFacilitator");
    }

    @Test
    void aFacilitatorWithoutAStatementOfIndependenceIsRefusedByTheForm() {
        planBegins("SMELTER", "NOBODY", 0);
        Map<String, Object> unsigned = new HashMap<>(candidate("NO"));
        unsigned.put("independenceStatement", false);
        assertThatThrownBy(() -> as("audit-programme").complete("task_selectFacilitator", unsigned))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("independenceStatement");
    }

    @Test
    void theAuditProgrammeEngagesOnItsOwnAuthorityWhenTheSmelterIsSilent() {
        planBegins("OWED", "NOBODY", 0);
        selectFacilitator("NO");
        travelTo("2026-06-22T23:00:00Z");
        fireDueJobs();
        assertThat(as("smelter").tasksOf(caseNumber))
                .as("D11 is not over yet")
                .containsExactly("task_engageFacilitator");
        travelTo("2026-06-23T00:00:00Z");
        fireDueJobs();

        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        assertThat(as("audit-programme").formVariables(as("audit-programme").task("task_engageOnOwnAuthority")))
                .containsEntry("engagement", "SILENT");
        as("audit-programme")
                .complete(
                        "task_engageOnOwnAuthority",
                        Map.of("ownAuthority", "ENGAGE", "ownAuthorityReason", "The people cannot wait any longer."));
        assertThat(as("facilitator").tasksOf(caseNumber)).containsExactly("task_groundAnalysis");
        assertThat(variable(plan, "ownAuthorityReason")).isPresent();
    }

    @Test
    void theSmelterHasWhatIsLeftOfTheTimeAndThreeBusinessDaysAtLeast() {
        planBegins("SMELTER", "NOBODY", 0);
        travelTo("2026-06-11T09:00:00Z");
        selectFacilitator("NO");
        Task asked = as("smelter").task("task_engageFacilitator");
        assertThat(day(asked.getDueDate())).as("D11 began with the planning").isEqualTo(LocalDate.parse("2026-06-22"));
        assertThat(taskService.getVariableLocal(asked.getId(), "clock")).isEqualTo("engage a facilitator (D11)");
        travelTo("2026-06-20T09:00:00Z");
        as("smelter")
                .complete(
                        "task_engageFacilitator",
                        Map.of("engagement", "OBJECTED", "engagementObjection", "It works for our competitor."));
        as("audit-programme")
                .complete(
                        "task_engageOnOwnAuthority",
                        Map.of("ownAuthority", "ANOTHER", "ownAuthorityReason", "The objection has substance."));
        selectFacilitator("NO");
        Task again = as("smelter").task("task_engageFacilitator");
        assertThat(day(again.getDueDate()))
                .as("it is asked on the last weekend of D11, about somebody else")
                .isEqualTo(LocalDate.parse("2026-06-24"));
        assertThat(taskService.getVariableLocal(again.getId(), "clock")).isEqualTo("engage a facilitator");
        travelTo("2026-06-24T23:59:00Z");
        fireDueJobs();
        assertThat(as("smelter").tasksOf(caseNumber)).containsExactly("task_engageFacilitator");
        travelTo("2026-06-25T00:00:00Z");
        fireDueJobs();
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        assertThat(as("audit-programme").tasksOf(caseNumber)).containsExactly("task_engageOnOwnAuthority");
    }

    @Test
    void aSilentSmelterIsWaitedForUntilD11IsOverWhenItWasAskedLater() {
        planBegins("SMELTER", "NOBODY", 0);
        travelTo("2026-06-11T09:00:00Z");
        selectFacilitator("NO");
        travelTo("2026-06-22T23:59:00Z");
        fireDueJobs();
        assertThat(as("smelter").tasksOf(caseNumber)).containsExactly("task_engageFacilitator");
        travelTo("2026-06-23T00:00:00Z");
        fireDueJobs();
        assertThat(as("smelter").tasksOf(caseNumber))
                .as("and not for fifteen days from then")
                .isEmpty();
    }

    @Test
    void anObjectionOfTheSmelterIsWeighedAndMayLeadToAnotherFacilitator() {
        planBegins("SMELTER", "NOBODY", 0);
        selectFacilitator("NO");
        as("smelter")
                .complete(
                        "task_engageFacilitator",
                        Map.of("engagement", "OBJECTED", "engagementObjection", "It works for our competitor."));
        assertThat(as("audit-programme").formVariables(as("audit-programme").task("task_engageOnOwnAuthority")))
                .containsEntry("engagementObjection", "It works for our competitor.");
        as("audit-programme")
                .complete(
                        "task_engageOnOwnAuthority",
                        Map.of("ownAuthority", "ANOTHER", "ownAuthorityReason", "The objection has substance."));
        assertThat(as("audit-programme").tasksOf(caseNumber)).containsExactly("task_selectFacilitator");
        selectFacilitator("NO");
        as("smelter").complete("task_engageFacilitator", engaged());
        assertThat(as("facilitator").tasksOf(caseNumber)).containsExactly("task_groundAnalysis");
    }

    @Test
    void aSmelterOfAnotherCaseSeesNothing() {
        planBegins("SMELTER", "SMELTER", 0);
        selectFacilitator("NO");
        assertThat(as("smelter-b").tasksOf(caseNumber)).isEmpty();
        assertThat(as("smelter").tasksOf(caseNumber)).hasSize(1);
    }

    // The people

    @Test
    void whoIsStillExploitedComesFirst() {
        planBegins("OWED", "NOBODY", 0);
        engageFacilitator();
        analyseGround("DONE");
        selectCoordinator(null);
        as("facilitator").complete("task_ongoingExploitationCheck", check("YES", "NO"));
        assertThat(letters())
                .containsExactlyInAnyOrder(
                        "ongoing-exploitation to protection",
                        "ongoing-exploitation to facilitator",
                        "ongoing-exploitation to vsc");
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_confirmCasePlans");
    }

    /** docs/vault.md: an earlier model asks by a name that is not sealed, and the person's case keeps no answer in clear. */
    @Test
    void whatAFormOfBeforeAskedOfTheGuardianIsSealedInThePersonsCase() {
        planBegins("OWED", "NOBODY", 0);
        engageFacilitator();
        analyseGround("DONE");
        selectCoordinator(null);
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        runtimeService.setVariable(
                as("vsc").task("task_registerVictim").getExecutionId(), "guardianImplicated", "UNKNOWN");
        register("NO", "Baraka", "NO");

        String person = instances("victim-case").get(0).getId();
        assertThat(runtimeService.getVariable(person, "childGuardianPart")).matches(Reference::is);
        assertThat(variable(person, "guardianImplicated")).isEmpty();
    }

    @Test
    void eachPersonGetsAFileThatShowsNothingOfTheOthers() {
        planBegins("OWED", "NOBODY", 1);
        engageFacilitator();
        analyseGround("DONE");
        selectCoordinator("WITH_SPECIALIST");
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        register("YES", "Amani", "YES");

        VariableMap second = as("vsc").formVariables(as("vsc").task("task_registerVictim"));
        assertThat(second.get("victimName")).isNull();
        assertThat(second.get("riskLevel")).isNull();
        assertThat(second.get("personToRegister")).isNull();
        String shown = second.getValue("newRef", String.class);
        assertThat(shown).matches("V-[2-9A-HJKMNP-Z]{6}");
        register("NO", "Baraka", "NO");

        assertThat(people()).hasSize(2).doesNotHaveDuplicates().contains(shown);
        List<HistoricProcessInstance> cases = instances("victim-case");
        assertThat(cases)
                .extracting(person -> variable(person.getId(), "isChild").orElseThrow())
                .containsExactlyInAnyOrder(true, false);
        assertThat(cases).allSatisfy(person -> {
            assertThat(person.getBusinessKey()).isEqualTo(caseNumber);
            assertThat(variable(person.getId(), "coordinator")).contains("org-vsc");
        });
        assertThat(runtimeService
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(plan)
                        .variableNameIn("victimName", "contactRules", "victimRef")
                        .list())
                .as("nothing of the files stays in the case")
                .isEmpty();
    }

    @Test
    void aRepeatedJobOpensNoSecondFileForTheSamePerson() {
        planBegins("OWED", "NOBODY", 0);
        engageFacilitator();
        analyseGround("DONE");
        selectCoordinator(null);
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        register("NO", "Baraka", "NO");
        String person = people().get(0);
        victims.register(caseNumber, Map.of("victimRef", person, "caseNumber", caseNumber));
        assertThat(people()).containsExactly(person);
    }

    @Test
    void aChildWhoAppearsLaterAsksForACoordinatorWhoProtectsChildren() {
        planBegins("OWED", "NOBODY", 0);
        engageFacilitator();
        analyseGround("DONE");
        assertThat(as("facilitator").formVariables(as("facilitator").task("task_selectCoordinator")))
                .containsEntry("childInCase", false);
        assertThat(as("facilitator").task("task_selectCoordinator").getDueDate())
                .as("D12, as far as is known no child: 72 hours")
                .isEqualTo("2026-06-04T09:00:00.000+00:00");
        selectCoordinator(null);
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        register("YES", "Amani", "NO");
        planCase(true);
        confirmCasePlans(List.of(), List.of());
        costPlan();
        assertThat(defects("planDefects")).contains("PG05");
        as("facilitator").complete("task_submitPlan", Map.of("submission", "MEND"));

        analyseGround("DONE");
        assertThat(as("facilitator").formVariables(as("facilitator").task("task_selectCoordinator")))
                .containsEntry("childInCase", true);
        Map<String, Object> unprotected = coordinator(null);
        assertThatThrownBy(() -> as("facilitator").complete("task_selectCoordinator", unprotected))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("childCover");
        selectCoordinator("AUTHORITY");
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "NO"));
        confirmCasePlans(List.of(), List.of());
        costPlan();
        assertThat(defects("planDefects")).isEmpty();
    }

    @Test
    void aCasePlanThatCountsOnAClosedShelterGoesBackToThePerson() {
        planBegins("OWED", "NOBODY", 0);
        engageFacilitator();
        analyseGround("DONE");
        selectCoordinator(null);
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        register("NO", "Baraka", "NO");
        String person = people().get(0);
        assertThat(as("vsc").formVariables(as("vsc").task("task_confirmCasePlans")))
                .containsEntry("withoutPlan", 1);
        planCase(false);
        assertThat(as("vsc").tasksOf(caseNumber)).doesNotContain("task_caseManagementPlan");
        confirmCasePlans(List.of("SHELTER"), List.of(person));
        assertThat(as("vsc").tasksOf(caseNumber))
                .as("the plan is made anew, and the question comes again")
                .contains("task_caseManagementPlan", "task_confirmCasePlans");
        assertThat(as("vsc").formVariables(as("vsc").task("task_confirmCasePlans")))
                .containsEntry("withoutPlan", 1);
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("FINANCIAL"));
        confirmCasePlans(List.of(), List.of());
        assertThat(as("facilitator").tasksOf(caseNumber)).containsExactly("task_costPlan");
    }

    // The decision

    @Test
    @DisplayName(
            "E13 The plan is returned or rejected: a plan rejected twice is approved in the third round without the panel")
    void aPlanRejectedTwiceIsApprovedInTheThirdRoundWithoutThePanel() {
        planBegins("OWED", "SMELTER", 0);
        engageFacilitator();
        analyseGround("NOT_YET");
        selectCoordinator(null);
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "YES"));
        register("NO", "Baraka", "NO");
        String person = people().get(0);
        planCase(false);
        confirmCasePlans(List.of(), List.of());
        designLevel2(null);
        costPlan();
        assertThat(defects("planDefects"))
                .as("the facilitator knows before submitting")
                .contains("PG02", "PG11");
        submit();
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(reviewDue()).as("first clock of D14").isEqualTo(LocalDate.parse("2026-06-15"));
        assertThat(defects("planDefects")).contains("PG02", "PG11");
        travelTo("2026-06-15T09:00:00Z");
        review("RETURN", "PG02 GROUP_NOT_CONSULTED");

        assertThat(state()).isEqualTo("PLAN_RETURNED");
        assertThat(defects("returnDefects")).contains("PG02", "PG11");
        VariableMap again = as("facilitator").formVariables(as("facilitator").task("task_groundAnalysis"));
        assertThat(again.get("consultedWomen")).as("what was written stays").isEqualTo("NOT_YET");
        assertThat(again.get("independenceStands"))
                .as("what must be confirmed anew is asked anew")
                .isNull();
        assertThat(day(as("facilitator").task("task_groundAnalysis").getDueDate()))
                .as("a round's time to mend")
                .isEqualTo(LocalDate.parse("2026-06-29"));
        analyseGround("DONE");
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "NO"));
        confirmCasePlans(List.of(), List.of());
        designLevel2(40);
        costPlan();
        submit("The women of the camp were heard, the baseline was measured.");
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(reviewDue()).as("second clock of D14").isEqualTo(LocalDate.parse("2026-06-29"));
        assertThat(defects("planDefects")).isEmpty();
        travelTo("2026-06-29T09:00:00Z");
        review("RETURN", "PG08 SERVICE_NOT_AVAILABLE");

        assertThat(defects("returnDefects")).containsExactly("PG08");
        analyseGround("DONE");
        as("vsc").complete("task_ongoingExploitationCheck", check("NO", "NO"));
        confirmCasePlans(List.of("SHELTER"), List.of(person));
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("FINANCIAL"));
        confirmCasePlans(List.of(), List.of());
        designLevel2(40);
        costPlan();
        submit("Another shelter was found.");
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(reviewDue()).as("third clock of D14").isEqualTo(LocalDate.parse("2026-07-13"));
        review("APPROVE");

        assertThat(endOf(plan)).isEqualTo("end_planApproved");
        assertThat(state()).isEqualTo("PLAN_APPROVED");
        assertThat(variable(plan, "planRounds")).contains(3);
        assertThat(visited("task_reviewPlan")).isEqualTo(3);
        assertThat(visited("sub_callPanel")).as("the panel is not called").isZero();
        assertThat(people()).as("the people keep their files").containsExactly(person);
    }

    @Test
    @DisplayName(
            "E13 The plan is returned or rejected: the panel decides after three rounds and a second person confirms")
    void thePanelDecidesAfterThreeRoundsAndASecondPersonConfirms() {
        returnedThreeTimes();

        as("audit-programme").complete("task_convenePanel", panel("MINIMUM_IMPOSED"));
        assertThatThrownBy(() ->
                        as("audit-programme").complete("task_confirmPanelOutcome", Map.of("panelConfirmed", "YES")))
                .hasMessageContaining("second person");
        as("audit-programme-2")
                .complete(
                        "task_confirmPanelOutcome",
                        Map.of("panelConfirmed", "NO", "panelObjection", "The smelter was not heard."));
        assertThat(as("audit-programme").formVariables(as("audit-programme").task("task_convenePanel")))
                .containsEntry("panelObjection", "The smelter was not heard.");
        as("audit-programme").complete("task_convenePanel", panel("MINIMUM_AGREED"));
        as("audit-programme-2").complete("task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));

        assertThat(endOf(plan)).isEqualTo("end_planApproved");
        assertThat(variable(plan, "panelOutcome")).contains("MINIMUM_AGREED");
        assertThat(variable(plan, "planRounds")).contains(3);
    }

    /** E13: the other two ways that are left after three rounds. */
    @Test
    @DisplayName("E13 The plan is returned or rejected: after three rounds a minimum plan is imposed")
    void afterThreeRoundsAMinimumPlanIsImposed() {
        returnedThreeTimes();
        as("audit-programme").complete("task_convenePanel", panel("MINIMUM_IMPOSED"));
        as("audit-programme-2").complete("task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));
        assertThat(endOf(plan)).isEqualTo("end_planApproved");
        assertThat(variable(plan, "panelOutcome")).contains("MINIMUM_IMPOSED");
    }

    @Test
    @DisplayName("E13 The plan is returned or rejected: after three rounds another facilitator may begin again")
    void afterThreeRoundsAnotherFacilitatorMayBeginAgain() {
        returnedThreeTimes();
        as("audit-programme").complete("task_convenePanel", panel("NEW_FACILITATOR"));
        as("audit-programme-2").complete("task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));
        assertThat(state()).isEqualTo("PLANNING");
        assertThat(variable(plan, "planRounds")).as("rounds begin again").contains(0);
        assertThat(as("audit-programme").tasksOf(caseNumber)).containsExactly("task_selectFacilitator");
    }

    private void returnedThreeTimes() {
        level2PlanReviewed();
        for (int round = 1; round <= 2; round++) {
            review("RETURN", "PG16 OUTCOME_NOT_REALISTIC");
            level2PlanAgain();
        }
        review("RETURN", "PG16 OUTCOME_NOT_REALISTIC");
    }

    @Test
    @DisplayName(
            "E13 The plan is returned or rejected: a rejected plan goes to the panel at once and another facilitator may begin again")
    void aRejectedPlanGoesToThePanelAtOnceAndAnotherFacilitatorMayBeginAgain() {
        level2PlanReviewed();
        review("REJECT_AND_ESCALATE");
        as("audit-programme").complete("task_convenePanel", panel("NEW_FACILITATOR"));
        as("audit-programme-2").complete("task_confirmPanelOutcome", Map.of("panelConfirmed", "YES"));

        assertThat(state()).isEqualTo("PLANNING");
        assertThat(variable(plan, "planRounds")).as("rounds begin again").contains(0);
        assertThat(as("audit-programme").tasksOf(caseNumber)).containsExactly("task_selectFacilitator");
        anotherOrganisationWasFacilitatorUntilNow();
        selectFacilitator("NO");
        as("smelter").complete("task_engageFacilitator", engaged());
        assertThat(parties.organisations(caseNumber, "facilitator"))
                .as("who was replaced is no party any more")
                .containsExactly("org-facilitator");
        level2PlanAgain();
        review("APPROVE");
        assertThat(endOf(plan)).isEqualTo("end_planApproved");
    }

    private void anotherOrganisationWasFacilitatorUntilNow() {
        jdbc.sql("insert into case_party (case_number, role, organisation, since) values (?, 'facilitator', ?, now())")
                .params(caseNumber, "org-former-facilitator")
                .update();
    }

    @Test
    void anApprovalAgainstTheGateNeedsAReason() {
        planBegins("NOBODY", "SMELTER", 0);
        engageFacilitator();
        analyseGround("NOT_YET");
        designLevel2(40);
        costPlan();
        submit();
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        review("APPROVE");

        assertThat(as("audit-programme").tasksOf(caseNumber)).containsExactly("task_settlePlanReview");
        assertThatThrownBy(
                        () -> as("audit-programme").complete("task_settlePlanReview", Map.of("planOutcome", "APPROVE")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("settlePlanReason");
        as("audit-programme")
                .complete(
                        "task_settlePlanReview",
                        Map.of("planOutcome", "RETURN", "settlePlanReason", "The women must be heard first."));
        assertThat(state()).isEqualTo("PLAN_RETURNED");
        assertThat(defects("returnDefects")).containsExactly("PG02");
    }

    @Test
    void theSilenceOfASmelterDoesNotHoldUpThePlan() {
        planBegins(Map.of("org-luma", "SMELTER", "org-nova", "NOBODY"));
        engageFacilitator();
        analyseGround("DONE");
        designLevel2(40);
        costPlan();
        submit();
        as("smelter")
                .complete(
                        "task_endorsePlan",
                        Map.of("endorsement", "COMMENTED", "endorsementComment", "Two sites are not ours."));
        assertThat(as("audit-programme").tasksOf(caseNumber))
                .as("the other smelter is still asked")
                .isEmpty();
        assertThat(as("smelter-b").tasksOf(caseNumber)).containsExactly("task_endorsePlan");
        travelTo("2026-06-16T00:00:00Z");
        fireDueJobs();

        assertThat(as("smelter-b").tasksOf(caseNumber)).isEmpty();
        assertThat(as("audit-programme").tasksOf(caseNumber)).containsExactly("task_reviewPlan");
        assertThat(variable(instances("decide-on-plan").get(0).getId(), "endorsements")
                        .orElseThrow()
                        .toString())
                .contains("Luma Cobalt Refining", "COMMENTED", "Two sites are not ours.")
                .doesNotContain("Nova");
    }

    // What people do

    private void planBegins(String carrier1, String carrier2, int children) {
        begin(
                Map.of("org-luma", Map.of("carrier1", carrier1, "carrier2", carrier2)),
                Map.of("childrenAffected", children));
    }

    private void planBegins(Map<String, String> carriersOfLevel2) {
        Map<String, Map<String, String>> responses = new HashMap<>();
        carriersOfLevel2.forEach(
                (smelter, carrier) -> responses.put(smelter, Map.of("carrier1", "NOBODY", "carrier2", carrier)));
        begin(responses, Map.of("childrenAffected", 0));
    }

    private void begin(Map<String, Map<String, String>> responses, Map<String, Object> more) {
        responses.keySet().forEach(smelter -> parties.add(caseNumber, "smelter", smelter));
        Map<String, Object> variables = new HashMap<>(more);
        variables.put("responses", responses);
        variables.put("smelters", List.copyOf(responses.keySet()));
        variables.put("level1", "MANDATORY");
        variables.put("level2", "RECOMMENDED");
        variables.put("row", "A");
        variables.put("affected", 6);
        ProcessInstance started = start("plan-remedy", caseNumber, variables);
        plan = started.getId();
    }

    private void engageFacilitator() {
        selectFacilitator("NO");
        as("smelter").complete("task_engageFacilitator", engaged());
    }

    private void selectFacilitator(String related) {
        as("audit-programme").complete("task_selectFacilitator", candidate(related));
    }

    private static Map<String, Object> candidate(String related) {
        return Map.of(
                "facilitator",
                "org-facilitator",
                "facilitatorType",
                "LOCAL_NGO",
                "facilitatorExpertise",
                List.of("CASE_MANAGEMENT", "MINING"),
                "inCountryPresence",
                "OFFICE",
                "independenceStatement",
                true,
                "facilitatorRelated",
                related,
                "otherConflicts",
                "NONE",
                "safeguardingPolicy",
                true,
                "dataAgreement",
                true);
    }

    private static Map<String, Object> engaged() {
        return Map.of("engagement", "ENGAGED", "engagedOn", "2026-06-01", "engagementNeutral", true);
    }

    private void analyseGround(String women) {
        Map<String, Object> analysis = new HashMap<>();
        for (String group : List.of("Operator", "Victims", "Others", "Government", "Ngos", "Experts")) {
            analysis.put("consulted" + group, "DONE");
            analysis.put("consulted" + group + "On", "2026-05-30");
        }
        analysis.put("consultedWomen", women);
        if (women.equals("DONE")) {
            analysis.put("consultedWomenOn", "2026-05-31");
        }
        analysis.put("consultedUpstream", "NOT_THERE");
        analysis.put("servicesThere", List.of("SHELTER", "HEALTH"));
        analysis.put("doNoHarm", "YES");
        analysis.put("harmAnswers", "Meetings away from the site, no lists.");
        analysis.put("gaps", "No shelter for families.");
        analysis.put("causes", "No school within reach.");
        analysis.put("independenceStands", "YES");
        as("facilitator").complete("task_groundAnalysis", analysis);
    }

    private void selectCoordinator(@Nullable String childCover) {
        as("facilitator").complete("task_selectCoordinator", coordinator(childCover));
    }

    private static Map<String, Object> coordinator(@Nullable String childCover) {
        Map<String, Object> coordinator = new HashMap<>(Map.of(
                "coordinator", "org-vsc",
                "coordinatorKind", "LOCAL_NGO",
                "helpsInArea", "YES",
                "caseManagementRegulated", "NO",
                "coordinatorCapacity", 20,
                "coordinatorHours", "Every day, 7 to 22"));
        if (childCover != null) {
            coordinator.put("childCover", childCover);
        }
        if ("WITH_SPECIALIST".equals(childCover)) {
            coordinator.put("childPartner", "Children first");
        }
        return coordinator;
    }

    private static Map<String, Object> check(String stillExploited, String personToRegister) {
        return Map.of("stillExploitedNow", stillExploited, "moreVictims", "NO", "personToRegister", personToRegister);
    }

    private void register(String child, String name, String another) {
        Map<String, Object> person = new HashMap<>(Map.of(
                "informed", true,
                "firstContactOn", "2026-06-01",
                "isChild", child,
                "riskLevel", "MEDIUM",
                "victimName", name,
                "sex", "MALE",
                "contactRules", "Only in the morning, through the aunt",
                "identifiedBy", "Hearth",
                "identifiedOn", "2026-05-30",
                "personToRegister", another));
        if (child.equals("YES")) {
            person.put("childGuardianPart", "NO");
        }
        person.put("meansOfControl", List.of("DEBT_BONDAGE"));
        as("vsc").complete("task_registerVictim", person);
    }

    /** The one person who is registered and the coordinator agree on a case plan. */
    private void planCase(boolean child) {
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        if (child) {
            as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
            as("vsc").complete("task_guardianConsent", VictimForms.guardianConsents());
            as("vsc").complete("task_agreeChildRemedy", VictimForms.childAgreement());
        }
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER"));
    }

    private void confirmCasePlans(List<String> unavailable, List<String> toChange) {
        as("vsc")
                .complete(
                        "task_confirmCasePlans",
                        Map.of(
                                "availabilityCheckedOn", "2026-06-01",
                                "servicesUnavailableNow", unavailable,
                                "casePlansToChange", toChange));
    }

    private void designLevel2(@Nullable Integer baseline) {
        as("facilitator").complete("task_designLevel2", level2(baseline));
    }

    private static Map<String, Object> level2(@Nullable Integer baseline) {
        Map<String, Object> design = new HashMap<>(Map.of(
                "l2Strand", "ADDRESS_CAUSES",
                "l2Consulted", List.of("COMMUNITIES", "WOMEN"),
                "l2Problem", "Miners do not know that sex with minors is a crime.",
                "l2TargetGroup", "Miners at three sites",
                "l2Outcomes", "1",
                "l2Outcome1", "Miners know and refuse",
                "l2Indicator1", "miners who attended",
                "l2Unit1", "% of miners"));
        design.put("l2Target1", 80);
        design.put("l2TargetDate1", "2027-06-30");
        design.put("l2Source1", "attendance lists");
        design.put("l2Realistic1", "YES");
        design.put("l2Baseline1", baseline);
        return design;
    }

    private void costPlan() {
        Map<String, Object> costs = new HashMap<>(Map.of("currency", "USD", "contingency", 10));
        if (variable(plan, "level1Planned").equals(Optional.of(true))) {
            costs.putAll(Map.of("costShelter", 8000, "costCoordinator", 4000));
        }
        if (variable(plan, "level2Planned").equals(Optional.of(true))) {
            costs.put("costActivities", 20000);
        }
        as("facilitator").complete("task_costPlan", costs);
    }

    /** What the form does not ask for is no answer, whoever sends it. */
    @Test
    void costsOfALevelThatIsNotPlannedAreRefused() {
        planBegins("NOBODY", "SMELTER", 0);
        engageFacilitator();
        analyseGround("DONE");
        designLevel2(40);
        assertThatThrownBy(() -> as("facilitator")
                        .complete(
                                "task_costPlan", Map.of("currency", "USD", "costActivities", 20000, "costShelter", -1)))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("costShelter")
                .hasMessageContaining("Leave it out");
    }

    private void submit() {
        as("facilitator").complete("task_submitPlan", submission());
    }

    private void submit(String changes) {
        Map<String, Object> next = new HashMap<>(submission());
        next.put("changeNote", changes);
        as("facilitator").complete("task_submitPlan", next);
    }

    private static Map<String, Object> submission() {
        return Map.of(
                "submission", "SUBMIT",
                "planVersion", "1.0",
                "planSummary", "Help for the people registered, and awareness among miners.",
                "anonymisedAnnex", "YES");
    }

    private void level2PlanReviewed() {
        planBegins("NOBODY", "SMELTER", 0);
        engageFacilitator();
        level2PlanAgain();
    }

    private void level2PlanAgain() {
        analyseGround("DONE");
        designLevel2(40);
        costPlan();
        if (variable(plan, "planRounds").equals(Optional.of(0))) {
            submit();
        } else {
            submit("Activities and budget were changed.");
        }
        as("smelter").complete("task_endorsePlan", Map.of("endorsement", "ENDORSED"));
    }

    private void review(String outcome, String... defects) {
        Map<String, Object> review = new HashMap<>(Map.of(
                "planOutcome",
                outcome,
                "reviewChecked",
                List.of("INDEPENDENCE"),
                "reviewReason",
                "This is what the checklist shows."));
        if (defects.length > 0) {
            review.put("reviewDefects", List.of(defects));
        }
        as("audit-programme").complete("task_reviewPlan", review);
    }

    private static Map<String, Object> panel(String outcome) {
        Map<String, Object> panel = new HashMap<>(Map.of(
                "panelMembers",
                3,
                "panelOn",
                "2026-08-01",
                "panelHeard",
                List.of("FACILITATOR", "COORDINATOR"),
                "panelOutcome",
                outcome,
                "panelReason",
                "Nobody is helped by a fourth round."));
        if (!outcome.equals("NEW_FACILITATOR")) {
            panel.put("minimumPlan", "Awareness meetings at all three sites, paid by the smelter.");
        }
        return panel;
    }

    // What they see

    private String state() {
        return variable(plan, "caseState").orElseThrow().toString();
    }

    private LocalDate reviewDue() {
        return day(as("audit-programme").task("task_reviewPlan").getDueDate());
    }

    private List<String> defects(String variable) {
        return PlanProcess.rows(variable(plan, variable).orElseThrow()).stream()
                .map(row -> String.valueOf(row.get("rule")))
                .toList();
    }

    private List<String> letters() {
        return jdbc.sql("select event, addressee_role from letter where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> row.getString(1) + " to " + row.getString(2))
                .list();
    }

    private List<String> people() {
        return new ArrayList<>(
                victims.people(caseNumber).stream().map(VictimFacts::victimRef).toList());
    }

    private List<HistoricProcessInstance> instances(String process) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(process)
                .processInstanceBusinessKey(caseNumber)
                .list();
    }

    private long visited(String... activities) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .stream()
                .flatMap(
                        process -> historyService
                                .createHistoricActivityInstanceQuery()
                                .processInstanceId(process.getId())
                                .finished()
                                .list()
                                .stream())
                .filter(activity -> List.of(activities).contains(activity.getActivityId()))
                .count();
    }
}
