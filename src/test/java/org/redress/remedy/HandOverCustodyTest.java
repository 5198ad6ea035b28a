package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jayway.jsonpath.JsonPath;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** E15: a coordinator or a facilitator fails, has a conflict or gives up, and another one takes over (remedy.md A.8). */
@SuppressWarnings("NullAway.Init")
class HandOverCustodyTest extends ProcessTest {

    private static final String PERSON = "V-7K2M9Q";
    private static final String NOTE = "Nobody has answered the telephone for two weeks.";

    @Autowired
    private Parties parties;

    @Autowired
    private VictimCases people;

    @Autowired
    private VictimWorkflow workflow;

    @Autowired
    private JdbcClient jdbc;

    private String caseNumber;

    @BeforeEach
    void aCaseWithTwoCoordinators() {
        caseNumber = newCaseNumber();
        account("kin", "vsc", "org-successor");
        account("third", "vsc", "org-other-vsc");
        account("facilitator-2", "facilitator", "org-successor-2");
        for (String[] party : new String[][] {
            {"vsc", "org-vsc"}, {"vsc", "org-other-vsc"}, {"facilitator", "org-facilitator"}, {"smelter", "org-luma"}
        }) {
            parties.add(caseNumber, party[0], party[1]);
        }
        register(PERSON, "org-vsc");
        register("V-OTHER2", "org-other-vsc");
        String instance = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .get(0)
                .getId();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, ?, ?)")
                .params(caseNumber, instance, Timestamp.from(Instant.parse("2026-01-02T09:00:00Z")))
                .update();
        runtimeService.setVariable(instance, "caseState", "IMPLEMENTING");
    }

    @AfterEach
    void forgetThem() {
        for (String user : List.of("kin", "third", "facilitator-2")) {
            identityService.deleteUser(user);
        }
        for (String organisation : List.of("org-successor", "org-other-vsc", "org-successor-2")) {
            identityService.deleteGroup(organisation);
            jdbc.sql("delete from organisation_role where organisation = ?")
                    .param(organisation)
                    .update();
        }
        jdbc.sql("delete from case_file where case_number = ?")
                .param(caseNumber)
                .update();
    }

    @Test
    @DisplayName(
            "E15 A coordinator or facilitator fails: a failing coordinator is replaced and the other keeps their people")
    void aFailingCoordinatorIsReplacedAndTheOtherKeepsTheirPeople() throws Exception {
        Task open = as("vsc").task("task_immediateNeeds");
        taskService.claim(open.getId(), "vsc");
        report("facilitator", "COORDINATOR");

        Task choice = as("audit-programme").task("task_chooseSuccessor");
        assertThat(day(choice.getDueDate())).isEqualTo(LocalDate.parse("2026-02-05"));
        assertThat(as("audit-programme").formVariables(choice)).containsEntry("handingNote", NOTE);
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        assertThatThrownBy(() -> as("audit-programme").complete(choice, takesOver("org-vsc", "org-vsc")))
                .hasStackTraceContaining("nobody takes over from itself");
        assertThatThrownBy(() -> as("audit-programme").complete(choice, takesOver("org-successor", "org-other-vsc")))
                .hasStackTraceContaining("must be one of the choices");
        as("audit-programme").complete(choice, takesOver("org-vsc", "org-successor"));

        assertThat(as("vsc").tasksOf(caseNumber)).as("sees nothing any more").isEmpty();
        assertThat(as("kin").tasksOf(caseNumber)).contains("task_immediateNeeds", "task_confirmReceipt");
        assertThat(as("third").tasksOf(caseNumber)).containsExactly("task_immediateNeeds");
        assertThat(parties.organisations(caseNumber, "vsc"))
                .containsExactlyInAnyOrder("org-other-vsc", "org-successor");
        Task needs = as("kin").task("task_immediateNeeds");
        assertThat(needs.getAssignee()).isNull();
        assertThat(as("kin").formVariables(needs)).containsEntry("contactRules", "Only on Sundays");
        as("kin").complete(needs, VictimForms.immediateNeeds());
        assertThat(as("kin").tasksOf(caseNumber))
                .as("what comes next is theirs too")
                .contains("task_needsAssessment");
        assertThat(lettersTo("facilitator", caseNumber)).contains("custody-handed-over");

        Task receipt = as("kin").task("task_confirmReceipt");
        assertThat(as("third").sees("task_confirmReceipt")).isFalse();
        as("kin").complete(receipt, Map.of("recordsComplete", "NO", "recordsMissing", "The logs of contacts"));
        Task recover = as("audit-programme").task("task_recoverRecords");
        as("audit-programme")
                .complete(recover, Map.of("recordsRecovered", "Copies from the clinic; the rest is lost."));
        assertThat(endOf(recover.getProcessInstanceId())).isEqualTo("end_recordsSettled");

        String trail = new PartnerCalls(port)
                .get("dpo", "/api/audit?caseNumber=" + caseNumber)
                .body();
        assertThat(JsonPath.parse(trail).<List<Map<String, Object>>>read("$.lines[?(@.kind=='CUSTODY')].facts"))
                .singleElement()
                .satisfies(facts -> assertThat(facts)
                        .containsEntry("former", "org-vsc")
                        .containsEntry("successor", "org-successor")
                        .containsEntry("records", "CASE_PLANS,CONSENTS")
                        .containsEntry("persons", 1));
    }

    @Test
    @DisplayName("E15 A coordinator or facilitator fails: a facilitator is replaced by the audit programme alone")
    void aFacilitatorIsReplacedByTheAuditProgrammeAlone() {
        assertThatThrownBy(() -> report("facilitator", "FACILITATOR"))
                .hasStackTraceContaining("for the audit programme to report");
        report("audit-programme", "FACILITATOR");
        Task choice = as("audit-programme").task("task_chooseSuccessor");
        as("audit-programme").complete(choice, takesOver("org-facilitator", "org-successor-2"));
        assertThat(parties.organisations(caseNumber, "facilitator")).containsExactly("org-successor-2");
        as("facilitator-2").complete("task_confirmReceipt", Map.of("recordsComplete", "YES"));
        assertThat(endOf(choice.getProcessInstanceId())).isEqualTo("end_handedOver");
    }

    @Test
    @DisplayName("E15 A coordinator or facilitator fails: whoever is reported without cause stays")
    void whoeverIsReportedWithoutCauseStays() {
        report("audit-programme", "COORDINATOR");
        Task choice = as("audit-programme").task("task_chooseSuccessor");
        as("audit-programme")
                .complete(choice, Map.of("handingOver", "NO", "handingDecision", "Their telephone was stolen."));
        assertThat(endOf(choice.getProcessInstanceId())).isEqualTo("end_staysInPlace");
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_immediateNeeds");
    }

    /** Whoever sees a coordinator fail may say so, the coordinator itself too. */
    @Test
    @DisplayName(
            "E15 A coordinator or facilitator fails: a coordinator reports itself and protection reports one and the audit programme decides")
    void aCoordinatorReportsItselfAndProtectionReportsOneAndTheAuditProgrammeDecides() {
        for (String who : List.of("vsc", "protection")) {
            assertThatThrownBy(() -> report(who, "FACILITATOR"))
                    .as(who)
                    .hasStackTraceContaining("for the audit programme to report");
            report(who, "COORDINATOR");
            Task choice = as("audit-programme").task("task_chooseSuccessor");
            assertThat(as("audit-programme").formVariables(choice)).containsEntry("handingNote", NOTE);
            assertThat(as(who).sees("task_chooseSuccessor")).as(who).isFalse();
            as("audit-programme")
                    .complete(choice, Map.of("handingOver", "NO", "handingDecision", "They agreed on more hands."));
            assertThat(endOf(choice.getProcessInstanceId())).as(who).isEqualTo("end_staysInPlace");
        }
    }

    @Test
    @DisplayName("E15 A coordinator or facilitator fails: nobody reports in a case of others")
    void nobodyReportsInACaseOfOthers() {
        for (String other : List.of("facilitator-2", "kin", "smelter", "downstream", "provider")) {
            assertThatThrownBy(() -> report(other, "COORDINATOR")).as(other).isInstanceOf(RuntimeException.class);
        }
        assertThat(as("audit-programme").sees("task_chooseSuccessor")).isFalse();
    }

    private void report(String who, String role) {
        startByForm(
                who,
                "hand-over-custody",
                Map.of(
                        "caseNumber",
                        caseNumber.toLowerCase(java.util.Locale.ROOT),
                        "handedRole",
                        role,
                        "handingReason",
                        "FAILS",
                        "handingNote",
                        NOTE));
        fireDueJobs();
    }

    private static Map<String, Object> takesOver(String former, String successor) {
        return Map.of(
                "handingOver",
                "YES",
                "formerOrganisation",
                former,
                "successor",
                successor,
                "successorIndependent",
                true,
                "recordsToHandOver",
                List.of("CASE_PLANS", "CONSENTS"),
                "interimCover",
                "The facilitator calls every person once a day.",
                "handingDecision",
                "Two letters were not answered either.");
    }

    private ProcessInstance register(String person, String coordinator) {
        Map<String, Object> known = new HashMap<>(Map.of(
                "caseNumber",
                caseNumber,
                "victimRef",
                person,
                "coordinator",
                coordinator,
                "facilitator",
                "org-facilitator",
                "contactRules",
                "Only on Sundays",
                "isChild",
                false,
                "riskLevel",
                "LOW"));
        workflow.register(caseNumber, known);
        fireDueJobs();
        assertThat(people.of(caseNumber)).isNotEmpty();
        return runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .variableValueEquals("victimRef", person)
                .singleResult();
    }

    private void account(String user, String role, String organisation) {
        if (identityService.createUserQuery().userId(user).count() == 0) {
            identityService.saveUser(identityService.newUser(user));
        }
        if (identityService.createGroupQuery().groupId(organisation).count() == 0) {
            var group = identityService.newGroup(organisation);
            group.setType("ORGANISATION");
            identityService.saveGroup(group);
        }
        identityService.createMembership(user, role);
        identityService.createMembership(user, organisation);
        jdbc.sql("insert into organisation_role (organisation, role, name) values (?, ?, ?)")
                .params(organisation, role, organisation)
                .update();
    }
}
