package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A programme against the causes, quarter by quarter (guideline steps 3 to 5, Level 2; scenario S19). */
@SuppressWarnings("NullAway.Init")
class Level2ProgrammeTest extends ProcessTest {

    private static final String FORMER = "org-former-facilitator";
    private static final String FORMER_USER = "former-facilitator";

    @Autowired
    private Parties parties;

    @Autowired
    private Cases cases;

    @Autowired
    private ProgrammeWorkflow workflow;

    @Autowired
    private ProgrammeCases programmes;

    @Autowired
    private JdbcClient jdbc;

    private String caseNumber;

    @BeforeEach
    void aCaseWithAFacilitator() {
        caseNumber = newCaseNumber();
        parties.add(caseNumber, "facilitator", "org-facilitator");
    }

    @Test
    void fortyPercentOfATargetOfEightyIsExtendedAndThenMissed() {
        ProcessInstance programme = underWay("P-1");
        assertThat(as("facilitator").tasksOf(caseNumber)).containsExactly("task_l2Progress");
        assertThat(due("facilitator", "task_l2Progress")).isEqualTo("2026-05-02");
        assertThat(as("audit-programme").tasksOf(caseNumber)).isEmpty();
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        assertThat(programmes.facts(caseNumber).monitoringDocumented()).isFalse();

        as("facilitator").complete("task_l2Progress", progress(20, "NONE", "NO"));
        assertThat(as("facilitator").tasksOf(caseNumber))
                .as("the next record comes with the next quarter")
                .isEmpty();
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(due("facilitator", "task_l2Progress")).isEqualTo("2026-08-03");
        as("facilitator").complete("task_l2Progress", progress(40, "SITE_VISIT", "YES"));

        assertThat(as("facilitator").tasksOf(caseNumber)).isEmpty();
        assertThat(due("audit-programme", "task_verifyOutcomes")).isEqualTo("2026-05-15");
        as("audit-programme").complete("task_verifyOutcomes", verification("CONTINUE"));
        assertThat(programmes.facts(caseNumber).unverified()).isEqualTo(1);
        assertThat(programmes.facts(caseNumber).running()).isEqualTo(1);
        as("facilitator").complete("task_l2Progress", progress(44, "EVALUATION", "YES"));
        as("audit-programme").complete("task_verifyOutcomes", verification("MISSED"));

        assertThat(endOf(programme.getId())).isEqualTo("end_aimsMissed");
        ProgrammeFacts facts = programmes.of(caseNumber).get(0);
        assertThat(facts.target()).isEqualTo(80.0);
        assertThat(facts.actual()).isEqualTo(44.0);
        assertThat(facts.aimsReached()).isEqualTo("PARTLY");
        assertThat(facts.outcome()).isEqualTo("MISSED");
        assertThat(facts.progressReports()).isEqualTo(3);
        assertThat(facts.siteVisits()).isEqualTo(2);
        assertThat(facts.budget()).isEqualTo(20000.0);
        assertThat(facts.spent()).isEqualTo(9000.0);
        ProgrammeCounts counts = programmes.facts(caseNumber);
        assertThat(counts.unverified()).isZero();
        assertThat(counts.aimsReached()).isZero();
        assertThat(counts.deliveryRecorded()).isTrue();
        assertThat(counts.aimsAssessed()).isTrue();
        assertThat(counts.monitoringDocumented()).isTrue();
        assertThat(counts.financialStatement()).isTrue();
    }

    /** B.6 M5: a site visit every six months. */
    @Test
    void whoeverHasNotBeenThereForSixMonthsSaysWhy() {
        underWay("P-8");
        assertThat(visitBy()).as("from the start of the remedy").isEqualTo("2026-08-02");
        as("facilitator").complete("task_l2Progress", progress(20, "NONE", "NO"));
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        Map<String, Object> again = progress(30, "NONE", "NO");
        assertThatThrownBy(() -> as("facilitator").complete("task_l2Progress", again))
                .as("by the end of this quarter six months have gone by")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("l2NoVisitReason");
        again.put("l2NoVisitReason", "The road is under water; we go in August.");
        as("facilitator").complete("task_l2Progress", again);
        travelTo("2026-08-04T00:00:00Z");
        fireDueJobs();
        assertThat(visitBy()).as("nobody was there meanwhile").isEqualTo("2026-08-02");
        Map<String, Object> there = progress(40, "SITE_VISIT", "NO");
        there.put("l2SiteVisitOn", "2026-08-04");
        as("facilitator").complete("task_l2Progress", there);
        travelTo("2026-11-05T00:00:00Z");
        fireDueJobs();
        assertThat(visitBy()).as("from the last visit").isEqualTo("2027-02-04");
        assertThat(as("facilitator").formVariables(as("facilitator").task("task_l2Progress")))
                .containsEntry("l2VisitDue", true);
    }

    private String visitBy() {
        return String.valueOf(as("facilitator")
                .formVariables(as("facilitator").task("task_l2Progress"))
                .get("l2VisitBy"));
    }

    /** B.9 D17: in numbers, within a day. */
    @Test
    void harmInAProgrammeIsReportedByTheFacilitatorWithinADay() {
        underWay("P-1");
        Map<String, Object> harm = new HashMap<>(progress(20, "NONE", "NO"));
        harm.put("l2Harmed", true);
        as("facilitator").complete("task_l2Progress", harm);
        Task flash = as("facilitator").task("task_reportOfProgramme");
        assertThat(flash.getDueDate().getTime() - flash.getCreateTime().getTime())
                .isEqualTo(Duration.ofHours(24).toMillis());
        assertThat(as("vsc").sees("task_reportOfPerson")).isFalse();
        Map<String, Object> numbers = Map.of("flashPeople", 3, "flashChildren", 1, "flashMeasures", List.of("STOPPED"));
        for (String other : List.of("smelter", "downstream", "vsc", "audit-programme")) {
            assertThatThrownBy(() -> as(other).complete(flash, numbers))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        as("facilitator").complete(flash, numbers);
        as("audit-programme").complete("task_readFlashReport", Map.of("flashDanger", "NO"));
        assertThat(as("audit-programme").tasksOf(caseNumber)).isEmpty();

        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        as("facilitator").complete("task_l2Progress", progress(40, "SITE_VISIT", "NO"));
        assertThat(as("facilitator").sees("task_reportOfProgramme"))
                .as("what was told once is not told with the next record")
                .isFalse();
    }

    @Test
    void aReachedOutcomeEndsTheProgramme() {
        ProcessInstance programme = underWay("P-2");
        as("facilitator").complete("task_l2Progress", progress(81, "SITE_VISIT", "YES"));
        as("audit-programme").complete("task_verifyOutcomes", verification("REACHED"));
        assertThat(endOf(programme.getId())).isEqualTo("end_outcomesReached");
        assertThat(programmes.facts(caseNumber).aimsReached()).isEqualTo(1);
        assertThat(programmes.facts(caseNumber).running()).isZero();
    }

    @Test
    void progressWithoutAValueOrASiteVisitWithoutADayIsNotAccepted() {
        underWay("P-3");
        Map<String, Object> values = progress(40, "SITE_VISIT", "NO");
        values.remove("l2SiteVisitOn");
        values.remove("l2Actual");
        assertThatThrownBy(() -> as("facilitator").complete("task_l2Progress", values))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("l2Actual")
                .hasMessageContaining("l2SiteVisitOn");
    }

    @Test
    void aProgrammeWhoseRemedyNeverComesIsNotCarriedOut() {
        ProcessInstance programme = approved("P-4");
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, ?, ?)")
                .params(caseNumber, programme.getId(), Timestamp.from(Instant.parse("2026-01-02T09:00:00Z")))
                .update();
        runtimeService.setVariable(programme.getId(), "caseState", "CLOSED_DECLINED");
        travelTo("2026-02-03T09:00:00Z");
        fireDueJobs();
        assertThat(endOf(programme.getId())).isEqualTo("end_notCarriedOut");
        assertThat(programmes.facts(caseNumber).unverified()).isZero();
        assertThat(programmes.facts(caseNumber).programmes()).isEqualTo(1);
    }

    /** Who takes the place of a facilitator takes the open work as well; the former one neither sees nor does it (E15). */
    @Test
    @DisplayName(
            "E15 A coordinator or facilitator fails: the work of a former facilitator goes to the one who takes its place")
    void theWorkOfAFormerFacilitatorGoesToTheOneWhoTakesItsPlace() {
        aFormerFacilitatorExists();
        parties.add(caseNumber, "facilitator", FORMER);
        jdbc.sql("delete from case_party where case_number = ? and organisation = 'org-facilitator'")
                .param(caseNumber)
                .update();
        Map<String, Object> plan = plan("P-7");
        plan.put("facilitator", FORMER);
        workflow.begin(caseNumber, plan);
        ProcessInstance programme = startedRemedy(begun());
        String task = as(FORMER_USER).task("task_l2Progress").getId();
        actingAs(FORMER_USER, () -> {
            taskService.claim(task, FORMER_USER);
            return task;
        });
        assertThat(as("facilitator").tasksOf(caseNumber)).isEmpty();

        replaced(programme);
        replaced(programme);
        assertThat(parties.organisations(caseNumber, "facilitator")).containsExactly("org-facilitator");
        assertThat(as(FORMER_USER).tasksOf(caseNumber)).isEmpty();
        assertThatThrownBy(() -> actingAs(FORMER_USER, () -> {
                    formService.submitTaskForm(task, formValues(progress(20, "NONE", "NO")));
                    return task;
                }))
                .isInstanceOf(AuthorizationException.class);
        as("facilitator").complete("task_l2Progress", progress(20, "NONE", "NO"));
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(as("facilitator").tasksOf(caseNumber))
                .as("the next quarter, too")
                .containsExactly("task_l2Progress");
        assertThat(as(FORMER_USER).tasksOf(caseNumber)).isEmpty();
    }

    private void replaced(ProcessInstance programme) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    parties.replace(
                            context.getExecutionManager().findExecutionById(programme.getId()),
                            "facilitator",
                            "org-facilitator");
                    return programme;
                });
    }

    private void aFormerFacilitatorExists() {
        if (identityService.createUserQuery().userId(FORMER_USER).count() > 0) {
            return;
        }
        jdbc.sql("insert into organisation_role (organisation, role, name) values (?, 'facilitator', ?)")
                .params(FORMER, "Former facilitator")
                .update();
        Group organisation = identityService.newGroup(FORMER);
        organisation.setType("ORGANISATION");
        identityService.saveGroup(organisation);
        identityService.saveUser(identityService.newUser(FORMER_USER));
        identityService.createMembership(FORMER_USER, FORMER);
        identityService.createMembership(FORMER_USER, "facilitator");
    }

    @AfterEach
    void theFormerFacilitatorLeaves() {
        identityService.deleteUser(FORMER_USER);
        identityService.deleteGroup(FORMER);
        jdbc.sql("delete from organisation_role where organisation = ?")
                .param(FORMER)
                .update();
    }

    @Test
    void approvingTwiceMakesOneProgramme() {
        workflow.begin(caseNumber, plan("P-5"));
        workflow.begin(caseNumber, plan("P-5"));
        workflow.begin(caseNumber, plan("P-6"));
        assertThat(programmes.of(caseNumber))
                .extracting(ProgrammeFacts::programmeRef)
                .containsExactlyInAnyOrder("P-5", "P-6");
    }

    private ProcessInstance approved(String programmeRef) {
        workflow.begin(caseNumber, plan(programmeRef));
        fireDueJobs();
        return begun();
    }

    private ProcessInstance begun() {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("level2-programme")
                .processInstanceBusinessKey(caseNumber)
                .singleResult();
    }

    private ProcessInstance underWay(String programmeRef) {
        ProcessInstance programme = approved(programmeRef);
        assertThat(as("facilitator").tasksOf(caseNumber))
                .as("nothing to tell before the remedy begins")
                .isEmpty();
        return startedRemedy(programme);
    }

    private ProcessInstance startedRemedy(ProcessInstance programme) {
        assertThat(cases.tell(caseNumber, "implementation-started", Map.of())).isEqualTo(1);
        fireDueJobs();
        return programme;
    }

    private Map<String, Object> plan(String programmeRef) {
        Map<String, Object> plan = new HashMap<>();
        plan.put("caseNumber", caseNumber);
        plan.put("programmeRef", programmeRef);
        plan.put("facilitator", "org-facilitator");
        plan.put("urgency", "NORMAL");
        plan.put("mode", "NORMAL");
        plan.put("l2Strand", "ADDRESS_CAUSES");
        plan.put("l2Outcome", "Miners know that sex with minors is a crime");
        plan.put("l2Indicator", "Miners who can say so, of all miners asked");
        plan.put("l2Unit", "% of miners");
        plan.put("l2Baseline", 5);
        plan.put("l2Target", 80);
        plan.put("l2TargetDate", "2027-02-01");
        plan.put("l2Source", "Survey by the university");
        plan.put("budgetLevel2", 20000);
        plan.put("currency", "USD");
        return plan;
    }

    private static Map<String, Object> progress(int actual, String siteVisit, String finished) {
        Map<String, Object> values = new HashMap<>();
        values.put("l2Actual", actual);
        values.put("l2ValueOn", "2026-02-01");
        values.put("l2Evidence", "Survey of 210 miners");
        values.put("l2SiteVisit", siteVisit);
        if (!siteVisit.equals("NONE")) {
            values.put("l2SiteVisitOn", "2026-02-01");
        }
        values.put("l2Interviews", List.of("BENEFICIARIES", "COMMUNITY_LEADERS", "LOCAL_GOVERNMENT"));
        values.put("l2InterviewFindings", "The posters are read, the talks are not attended");
        values.put("l2OnTime", "NO");
        values.put("l2Spent", 9000);
        values.put("l2Finished", finished);
        if (finished.equals("YES")) {
            values.put("l2FinancialStatement", "YES");
        }
        return values;
    }

    private static Map<String, Object> verification(String finding) {
        Map<String, Object> values = new HashMap<>();
        values.put("l2VerificationMethod", List.of("RECORDS", "INTERVIEWS"));
        values.put("l2Verification", finding);
        values.put("l2VerificationReason", "The survey was repeated by us");
        if (!finding.equals("CONTINUE")) {
            values.put("l2AimsReached", finding.equals("REACHED") ? "YES" : "PARTLY");
        }
        return values;
    }

    private String due(String user, String element) {
        return day(as(user).task(element).getDueDate()).toString();
    }
}
