package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.Parties;
import org.redress.vault.Consents;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case with one person, whose case the organisation {@code org-vsc} coordinates; {@code org-kin} coordinates others. */
@SuppressWarnings("NullAway.Init")
abstract class OnePersonTest extends ProcessTest {

    static final String PERSON = "V-7K2M9Q";

    @Autowired
    Parties parties;

    @Autowired
    Cases cases;

    @Autowired
    VictimWorkflow workflow;

    @Autowired
    VictimCases people;

    @Autowired
    Consents consents;

    @Autowired
    JdbcClient jdbc;

    String caseNumber;

    @BeforeEach
    void aCaseWithTwoCoordinators() {
        caseNumber = newCaseNumber();
        registerOrganisation("org-kin", "vsc");
        registerOrganisation("org-haven", "provider");
        parties.add(caseNumber, "vsc", "org-vsc");
        parties.add(caseNumber, "vsc", "org-kin");
        parties.add(caseNumber, "facilitator", "org-facilitator");
        parties.add(caseNumber, "smelter", "org-luma");
    }

    ProcessInstance register(Object... variables) {
        Map<String, Object> person = personWith(variables);
        workflow.register(caseNumber, person);
        fireDueJobs();
        return latestRun(String.valueOf(person.get("victimRef")));
    }

    /** An adult at low risk, with whom there is contact now, unless {@code variables} say otherwise. */
    Map<String, Object> personWith(Object... variables) {
        Map<String, Object> all = new HashMap<>();
        all.put("caseNumber", caseNumber);
        all.put("victimRef", PERSON);
        all.put("coordinator", "org-vsc");
        all.put("facilitator", "org-facilitator");
        all.put("urgency", "NORMAL");
        all.put("mode", "NORMAL");
        all.put("isChild", false);
        all.put("riskLevel", "LOW");
        all.put("firstContactAt", ClockUtil.getCurrentTime());
        for (int i = 0; i < variables.length; i += 2) {
            all.put((String) variables[i], variables[i + 1]);
        }
        return all;
    }

    ProcessInstance latestRun() {
        return latestRun(PERSON);
    }

    private ProcessInstance latestRun(String person) {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("victim-case")
                .variableValueEquals("victimRef", person)
                .processInstanceBusinessKey(caseNumber)
                .singleResult();
    }

    ProcessInstance assessed(Object... variables) {
        ProcessInstance person = register(variables);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        return person;
    }

    ProcessInstance planned(String... services) {
        ProcessInstance person = assessed();
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan(services));
        cases.tell(caseNumber, "implementation-started", Map.of());
        fireDueJobs();
        return person;
    }

    Task referral(String service) {
        return as("vsc").tasks().stream()
                .filter(task -> task.getTaskDefinitionKey().equals("task_referToService"))
                .filter(task -> service.equals(as("vsc").formVariables(task).get("service")))
                .findFirst()
                .orElseThrow();
    }

    String due(String element) {
        return as("vsc").task(element).getDueDate().toInstant().toString();
    }

    VictimFacts person() {
        return people.of(caseNumber).get(0);
    }

    /** What the engine's history holds of a variable, in all processes of the case. */
    List<String> keptOf(String name) {
        return jdbc.sql("select text_ from act_hi_detail where name_ = ? and text_ is not null and proc_inst_id_ in"
                        + " (select proc_inst_id_ from act_hi_varinst where name_ = 'caseNumber' and text_ = ?)")
                .params(name, caseNumber)
                .query(String.class)
                .list();
    }

    /** Submits the start form of a process as a demo user, and fires what becomes due. */
    void begin(String process, String user, Map<String, ?> form) {
        startByForm(user, process, form);
        fireDueJobs();
    }

    /** The same as somebody with just these groups. */
    void beginWith(String process, List<String> groups, Map<String, ?> form) {
        identityService.setAuthentication("stranger", groups);
        try {
            formService.submitStartForm(latest(process), formValues(form));
        } finally {
            identityService.clearAuthentication();
        }
    }

    Map<String, Object> withdrawal(Object... answers) {
        Map<String, Object> form = new HashMap<>();
        form.put("caseNumber", caseNumber);
        form.put("victimRef", PERSON);
        form.put("withdrawnWords", "I want to forget it all");
        form.put("doorStaysOpen", true);
        for (int i = 0; i < answers.length; i += 2) {
            form.put((String) answers[i], answers[i + 1]);
        }
        return form;
    }

    Map<String, Object> comingBack(String reason) {
        return Map.of(
                "caseNumber",
                caseNumber,
                "victimRef",
                PERSON,
                "backReason",
                reason,
                "backNote",
                "Rang the number on the card",
                "backWanted",
                true);
    }

    void registerOrganisation(String organisation, String role) {
        if (jdbc.sql("select count(*) from organisation_role where organisation = ?")
                        .param(organisation)
                        .query(Integer.class)
                        .single()
                == 0) {
            jdbc.sql("insert into organisation_role (organisation, role, name) values (?, ?, ?)")
                    .params(organisation, role, organisation)
                    .update();
        }
    }
}
