package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.redress.ProcessTest;
import org.redress.governance.Governance;
import org.redress.governance.RosterTasks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Three members and an observer on the second of February 2026; the Plenary of 2027 begins on 18 March, so that reports
 * are due on 18 February and the grace ends on 20 March.
 */
@SuppressWarnings("NullAway.Init")
abstract class StandingTest extends ProcessTest {

    static final String MEMBER = "org-member";
    static final String NGO = "org-member-ngo";
    static final String GOVERNMENT = "org-member-gov";
    static final String OBSERVER = "org-upland-miners";
    static final String PLENARY = "P-2027";
    static final String BY = "anna";
    static final String WHY = "Decided by the Steering Committee in January";

    static final Map<String, Object> REPORT = Map.of(
            "reportSections", List.of("A_COMMITMENT", "B_POLICIES", "C_IMPLEMENTATION"),
            "reportReference", "https://reports.example/tarnwick-2026",
            "publicVersion", "SUMMARY");
    static final Map<String, Object> COMPLETE = Map.of("reportComplete", "YES", "duesState", "PAID");

    @Autowired
    StandingTasks.Standing standing;

    @Autowired
    Governance governance;

    @Autowired
    RosterTasks roster;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void aPlenaryAndItsMembers() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        admit(MEMBER, "corporate", "FULL");
        admit(GOVERNMENT, "government", "FULL");
        admit(NGO, "ngo", "ENGAGED");
        admit(OBSERVER, "observer", "OBSERVER");
    }

    @AfterEach
    void nobodyIsLeft() {
        for (String table :
                List.of("standing_year", "member_status_change", "member", "plenary", "governance_change")) {
            jdbc.sql("delete from " + table).update();
        }
        jdbc.sql("delete from organisation_role where organisation = ? or organisation like 'org-probe-%'")
                .param(OBSERVER)
                .update();
    }

    void admit(String organisation, String pillar, String status) {
        roster.admit(organisation, "Name of " + organisation, pillar, status, "M-2026-0001", "RATIFIED");
    }

    /** Begins the member's year for the Plenary of 2027, and gives its case number. */
    String begin(String member) {
        String caseNumber = standing.begin(member, PLENARY);
        fireDueJobs();
        return caseNumber;
    }

    ProcessInstance instance(String caseNumber) {
        return runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .singleResult();
    }

    /** Element to due date, of the open tasks and waiting timers of a case. */
    Map<String, String> deadlines(String caseNumber) {
        String instance = instance(caseNumber).getId();
        Map<String, String> found = new TreeMap<>();
        taskService
                .createTaskQuery()
                .processInstanceId(instance)
                .list()
                .forEach(task -> found.put(
                        task.getTaskDefinitionKey(),
                        task.getDueDate().toInstant().toString()));
        managementService.createJobQuery().processInstanceId(instance).timers().list().stream()
                .forEach(job ->
                        found.put(element(job), job.getDuedate().toInstant().toString()));
        return found;
    }

    String element(Job job) {
        return managementService
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    /** The ids of the elements of the open tasks of a case, for whomever they are. */
    List<String> open(String caseNumber) {
        return taskService.createTaskQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .map(task -> task.getTaskDefinitionKey())
                .sorted()
                .toList();
    }

    static Map<String, Object> with(Map<String, Object> form, Object... fields) {
        Map<String, Object> more = new HashMap<>(form);
        for (int each = 0; each < fields.length; each += 2) {
            more.put(String.valueOf(fields[each]), fields[each + 1]);
        }
        return more;
    }

    /** What the register says of the member, and why it came to be so, oldest first. */
    List<String> changes(String member) {
        return jdbc.sql("select to_status, reason from member_status_change where organisation = ? order by id")
                .param(member)
                .query((row, index) -> row.getString("to_status") + " " + row.getString("reason"))
                .list();
    }

    void refuse(String member) {
        int reached = runtimeService
                .createMessageCorrelation("engagement-refused")
                .processInstanceVariableEquals("memberId", member)
                .correlateAllWithResult()
                .size();
        assertThat(reached).as("one instance a member").isEqualTo(1);
        fireDueJobs();
    }

    boolean isElector(String member) {
        return roster.electors("PLENARY").toString().contains("\"" + member + "\"");
    }

    /** The day after the grace has ended. */
    String inactive(String member) {
        String caseNumber = begin(member);
        travelTo("2027-03-21T06:00:00Z");
        fireDueJobs();
        assertThat(roster.statusOf(member)).isEqualTo("INACTIVE");
        return caseNumber;
    }
}
