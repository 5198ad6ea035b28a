package org.redress.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.redress.engine.Parties;
import org.redress.engine.Roles;
import org.redress.vault.Consents;
import org.redress.vault.Coordinators;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One of everything that the engine keeps: a running case with a task of every role, to which the organisations of the demo
 * accounts are party and {@link Visitor#ELSEWHERE} is not; one that is over; and what hangs on them.
 */
final class AccessCase {

    static final String NUMBER = "R-2026-9001";

    /** A value of the case that no form names: who reads it reads the case. */
    static final String VALUE = "canary-value-7f3a";

    /** Somebody of the case who is helped, as people are named in it. */
    static final String SURVIVOR = "V-access";

    private static final String READING = "7d4c1f60-0000-4000-8000-000000000001";

    /** An account that is nobody's business: who reads it lists people. */
    static final String PERSON = "somebody-else";

    private static final String PROBE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="access">
              <message id="news" name="access-probe-news"/>
              <escalation id="escalation" escalationCode="access-probe"/>
              <signal id="signal" name="access-probe-signal"/>
              <process id="access-probe" isExecutable="true" camunda:historyTimeToLive="P30D">
                <startEvent id="start"/>
                <sequenceFlow id="flow_start" sourceRef="start" targetRef="fork"/>
                <parallelGateway id="fork"/>
                %s
                <serviceTask id="step_outside" camunda:type="external" camunda:topic="access-probe"/>
                <serviceTask id="step_outsideLocked" camunda:type="external" camunda:topic="access-probe-locked"/>
                <serviceTask id="step_outsideFailed" camunda:type="external" camunda:topic="access-probe-failed"/>
                <serviceTask id="step_fails" camunda:asyncBefore="true" camunda:expression="${nothingOfThatName}"/>
                <receiveTask id="step_hears" messageRef="news"/>
                <receiveTask id="step_waits"/>
                <intermediateCatchEvent id="wait_signal"><signalEventDefinition signalRef="signal"/></intermediateCatchEvent>
                <intermediateCatchEvent id="wait_later">
                  <timerEventDefinition><timeDuration xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition>
                </intermediateCatchEvent>
              </process>
            </definitions>
            """;

    private static final String SMALL =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                targetNamespace="access">
              <process id="access-small" isExecutable="true" camunda:historyTimeToLive="P30D">
                <startEvent id="start"/>
                <sequenceFlow id="flow_start" sourceRef="start" targetRef="step_only"/>
                <userTask id="step_only" name="Only" camunda:candidateGroups="audit-programme"/>
                <sequenceFlow id="flow_end" sourceRef="step_only" targetRef="end"/>
                <endEvent id="end"/>
              </process>
              <process id="access-condition" isExecutable="true" camunda:historyTimeToLive="P30D">
                <startEvent id="begin_condition">
                  <conditionalEventDefinition><condition>${ready}</condition></conditionalEventDefinition>
                </startEvent>
                <sequenceFlow id="flow_condition" sourceRef="begin_condition" targetRef="step_ready"/>
                <userTask id="step_ready" name="Ready" camunda:candidateGroups="audit-programme">
                  <extensionElements><camunda:inputOutput>
                    <camunda:inputParameter name="note">a name that is written over REST</camunda:inputParameter>
                    <camunda:inputParameter name="bytes">another</camunda:inputParameter>
                  </camunda:inputOutput></extensionElements>
                </userTask>
              </process>
            </definitions>
            """;

    private static final String FORM =
            """
            {"id": "access-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "text", "id": "text_1", "text": "Found: {{findings}}"},
               {"type": "textfield", "id": "field_answer", "key": "answer", "label": "Your answer?"}]}
            """;

    private static final String ALLEGATION =
            """
            {"channel":{"value":"PHONE"},"reporterType":{"value":"NGO"},"anonymous":{"value":false},
             "language":{"value":"en"},"whatHappened":{"value":"Something happened."},"whereCountry":{"value":"CD"},
             "ongoing":{"value":"NO"},"exploitationTypes":{"value":"[\\"OTHER\\"]","type":"Json"},
             "childrenInvolved":{"value":false},"fearOfRetaliation":{"value":"NONE"},
             "consentToShareIdentity":{"value":"NONE"}}
            """;

    private final ProcessEngine engine;
    private final JdbcClient jdbc;
    private final Parties parties;
    private final Coordinators coordinators;
    private final Consents consents;
    private final TransactionTemplate transaction;
    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, Map<String, String>> ofRole = new HashMap<>();
    private final List<String> accounts = new ArrayList<>();
    private final Set<String> withParties = new LinkedHashSet<>();
    private boolean isNewMember;

    /** @param house what knows the parties, the coordinators and the consents of a case */
    AccessCase(ProcessEngine engine, JdbcClient jdbc, BeanFactory house) {
        this.engine = engine;
        this.jdbc = jdbc;
        this.parties = house.getBean(Parties.class);
        this.coordinators = house.getBean(Coordinators.class);
        this.consents = house.getBean(Consents.class);
        this.transaction = new TransactionTemplate(house.getBean(PlatformTransactionManager.class));
    }

    void make() {
        people();
        deploy();
        runningCase();
        parties();
        seats();
        smallCases();
        history();
        batchAndTenant();
        lettersAndBallot();
        reading();
        facts.put("caseNumber", NUMBER);
        facts.put("holds", NUMBER);
        facts.put("cases", NUMBER);
        facts.put("smallKey", "access-small");
        facts.put("allegation", ALLEGATION.replace("\n", " ").strip());
        facts.put("processEngineName", engine.getName());
        facts.put("engine", engine.getName());
        facts.put("name", engine.getName());
    }

    /** What stands for a word, for this visitor; with the task and letters of another role where {@code own} is false. */
    String fact(String word, Visitor visitor, boolean own) {
        String role = own ? visitor.role() : visitor.role().equals("smelter") ? "audit-programme" : "smelter";
        if (word.equals("me")) {
            return visitor.account().orElse("nobody");
        }
        String value = ofRole.getOrDefault(role, Map.of()).get(word);
        return Objects.requireNonNull(value != null ? value : facts.get(word), () -> "No fact is called " + word);
    }

    /** What stands for a word whoever asks. */
    String fact(String word) {
        return Objects.requireNonNull(facts.get(word), () -> "No fact is called " + word);
    }

    boolean knows(String word) {
        return facts.containsKey(word);
    }

    void put(String word, String value) {
        facts.put(word, value);
    }

    private void people() {
        person(PERSON);
        person(Visitor.WITHOUT_ROLE);
        organisation();
        Roles.OF_CASE_WORKERS.stream().filter(Visitor::ofAnOrganisation).forEach(role -> {
            person(role + "-elsewhere");
            engine.getIdentityService().createMembership(role + "-elsewhere", role);
            engine.getIdentityService().createMembership(role + "-elsewhere", Visitor.ELSEWHERE);
        });
        facts.put("user", PERSON);
        facts.put("userId", PERSON);
        facts.put("group", "smelter");
        facts.put("groupId", "smelter");
        facts.put("organisation", "org-luma");
    }

    private void organisation() {
        var group = engine.getIdentityService().newGroup(Visitor.ELSEWHERE);
        group.setName("Elsewhere");
        group.setType("ORGANISATION");
        engine.getIdentityService().saveGroup(group);
    }

    private void person(String id) {
        User user = engine.getIdentityService().newUser(id);
        user.setFirstName(id);
        user.setPassword(id);
        engine.getIdentityService().saveUser(user);
        accounts.add(id);
    }

    private void deploy() {
        StringBuilder tasks = new StringBuilder();
        Roles.OF_CASE_WORKERS.forEach(role ->
                tasks.append("<userTask id=\"step_%s\" name=\"Answer\" camunda:formRef=\"access-probe\"".formatted(role)
                        + " camunda:formRefBinding=\"deployment\" camunda:candidateGroups=\"%s\"/>%n"
                                .formatted(groupOf(role))
                        + ("<boundaryEvent id=\"boundary_%s\" attachedToRef=\"step_%s\">"
                                        + "<escalationEventDefinition escalationRef=\"escalation\"/></boundaryEvent>%n")
                                .formatted(role, role)));
        List<String> targets = new ArrayList<>(
                Roles.OF_CASE_WORKERS.stream().map(role -> "step_" + role).toList());
        targets.addAll(List.of(
                "step_outside",
                "step_outsideLocked",
                "step_outsideFailed",
                "step_fails",
                "step_hears",
                "step_waits",
                "wait_signal",
                "wait_later"));
        targets.forEach(target -> tasks.append(
                "<sequenceFlow id=\"flow_%s\" sourceRef=\"fork\" targetRef=\"%s\"/>%n".formatted(target, target)));
        String deployment = engine.getRepositoryService()
                .createDeployment()
                .name("access")
                .addString("access-probe.form", FORM)
                .addString("access-probe.bpmn", PROBE.formatted(tasks))
                .addString("access-small.bpmn", SMALL)
                .deploy()
                .getId();
        facts.put("deployment", deployment);
        facts.put(
                "resourceId",
                engine.getRepositoryService()
                        .getDeploymentResources(deployment)
                        .get(0)
                        .getId());
        facts.put("processDefinition", definition("access-probe"));
        facts.put("finishedDefinition", definition("access-small"));
        facts.put("conditionalDefinition", definition("access-condition"));
        facts.put("remedyDefinition", definition("remedy-case"));
        facts.put(
                "decisionDefinition",
                engine.getRepositoryService()
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionKey("deadline-matrix")
                        .latestVersion()
                        .singleResult()
                        .getId());
        facts.put(
                "requirements",
                engine.getRepositoryService()
                        .createDecisionRequirementsDefinitionQuery()
                        .decisionRequirementsDefinitionKey("definitions_response-level")
                        .latestVersion()
                        .singleResult()
                        .getId());
    }

    private String definition(String key) {
        return engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
    }

    /** The candidate group of the organisation whose demo account has this role. */
    private String groupOf(String role) {
        if (!Visitor.ofAnOrganisation(role)) {
            return role;
        }
        String organisation =
                engine
                        .getIdentityService()
                        .createGroupQuery()
                        .groupMember(role)
                        .groupType("ORGANISATION")
                        .list()
                        .stream()
                        .findFirst()
                        .orElseThrow()
                        .getId();
        return Roles.ofOrganisation(role, organisation);
    }

    private void runningCase() {
        RuntimeService runtime = engine.getRuntimeService();
        String instance = runtime.startProcessInstanceByKey(
                        "access-probe",
                        NUMBER,
                        Variables.createVariables()
                                .putValue("caseNumber", NUMBER)
                                .putValue("findings", "what was found")
                                // No party to a remedy case; so this process names it, as one that asks a member does.
                                .putValue("elector", organisationOf("member"))
                                .putValue("note", VALUE)
                                .putValueTyped(
                                        "bytes",
                                        Variables.byteArrayValue(
                                                VALUE.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .getId();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, ?, ?)")
                .params(NUMBER, instance, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        facts.put("processInstance", instance);
        facts.put("execution", instance);
        facts.put("varName", "note");
        facts.put("messageName", "access-probe-news");
        TaskService tasks = engine.getTaskService();
        for (Task task : tasks.createTaskQuery().processInstanceId(instance).list()) {
            String role = task.getTaskDefinitionKey().substring("step_".length());
            tasks.setVariableLocal(task.getId(), "note", VALUE);
            tasks.setVariableLocal(
                    task.getId(),
                    "taskBytes",
                    Variables.byteArrayValue(VALUE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            Map<String, String> own = new HashMap<>();
            own.put("task", task.getId());
            own.put("taskGroup", groupOf(role));
            own.put(
                    "taskComment",
                    tasks.createComment(task.getId(), instance, "a word").getId());
            own.put(
                    "attachment",
                    tasks.createAttachment(
                                    "t",
                                    task.getId(),
                                    instance,
                                    "a",
                                    "d",
                                    new java.io.ByteArrayInputStream(
                                            VALUE.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                            .getId());
            ofRole.put(role, own);
        }
        facts.put("caseComment", tasks.createComment(null, instance, "a word").getId());
        facts.put("incidentExecution", execution(instance, "wait_later"));
        facts.put("waitingExecution", execution(instance, "step_hears"));
        facts.put("signalledExecution", execution(instance, "step_waits"));
        facts.put("variable", variable("note", instance));
        facts.put("bytesVariable", variable("bytes", instance));
        jobs(instance);
        outsideTasks(instance);
        filters();
        facts.put(
                "authorization",
                engine.getAuthorizationService()
                        .createAuthorizationQuery()
                        .groupIdIn("smelter")
                        .list()
                        .get(0)
                        .getId());
    }

    /** The organisations of the demo accounts, as the steps of a case make them party, and a survivor whom two of them help. */
    private void parties() {
        Roles.OF_PARTIES.stream().filter(Roles.OF_REMEDY::contains).forEach(role -> party(NUMBER, role));
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "access-small",
                        NUMBER,
                        Variables.createVariables()
                                .putValue("caseNumber", NUMBER)
                                .putValue("victimRef", SURVIVOR))
                .getId();
        engine.getRuntimeService().setVariable(instance, "victimName", "a name that is sealed by a key of its own");
        transaction.executeWithoutResult(status -> {
            coordinators.assign(NUMBER, SURVIVOR, Objects.requireNonNull(organisationOf("vsc")));
            consents.give(
                    new Consents.Matter(NUMBER, SURVIVOR, Purpose.SHARE_WITH_PROVIDER, organisationOf("provider")),
                    new Consents.Manner("PERSON", null, LocalDate.parse("2026-02-02"), null, null, null));
        });
    }

    /** The organisation of the demo account sits on the Steering Committee and holds the chair; {@link Visitor#ELSEWHERE} not. */
    private void seats() {
        String seated = Objects.requireNonNull(organisationOf("steering-committee"));
        isNewMember = jdbc.sql("select count(*) from member where organisation = ?")
                        .param(seated)
                        .query(Integer.class)
                        .single()
                == 0;
        if (isNewMember) {
            jdbc.sql("insert into member (organisation, name, pillar, status, changed_at)"
                            + " values (?, 'access', 'government', 'FULL', now())")
                    .param(seated)
                    .update();
        }
        for (String office : List.of("COMMITTEE_SEAT", "CHAIR")) {
            jdbc.sql("insert into term (office, organisation, pillar, from_day) values (?, ?, 'access', '2015-01-01')")
                    .params(office, seated)
                    .update();
        }
    }

    /** Makes the organisation of the demo account with this role a party to a case. */
    void party(String caseNumber, String role) {
        parties.add(caseNumber, role, Objects.requireNonNull(organisationOf(role)));
        withParties.add(caseNumber);
    }

    private String execution(String instance, String activity) {
        return engine.getRuntimeService()
                .createExecutionQuery()
                .processInstanceId(instance)
                .activityId(activity)
                .singleResult()
                .getId();
    }

    private String variable(String name, String scope) {
        return engine.getRuntimeService()
                .createVariableInstanceQuery()
                .variableName(name)
                .variableScopeIdIn(scope)
                .singleResult()
                .getId();
    }

    private void jobs(String instance) {
        var management = engine.getManagementService();
        Job failing = management
                .createJobQuery()
                .processInstanceId(instance)
                .activityId("step_fails")
                .singleResult();
        try {
            management.executeJob(failing.getId());
            throw new AssertionError("The job that fails did not fail");
        } catch (org.camunda.bpm.engine.ProcessEngineException e) {
            management.setJobRetries(failing.getId(), 0);
        }
        Job timer = management
                .createJobQuery()
                .processInstanceId(instance)
                .activityId("wait_later")
                .singleResult();
        facts.put("failedJob", failing.getId());
        facts.put("job", timer.getId());
        facts.put("jobDefinition", timer.getJobDefinitionId());
        facts.put(
                "incident",
                engine.getRuntimeService()
                        .createIncidentQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getId());
        facts.put(
                "customIncident",
                engine.getRuntimeService()
                        .createIncident("custom", execution(instance, "wait_signal"), "configuration")
                        .getId());
    }

    private void outsideTasks(String instance) {
        var outside = engine.getExternalTaskService();
        for (ExternalTask task :
                outside.createExternalTaskQuery().processInstanceId(instance).list()) {
            switch (task.getActivityId()) {
                case "step_outside" -> facts.put("externalTask", task.getId());
                case "step_outsideLocked" -> {
                    outside.lock(task.getId(), "walk", 3_600_000);
                    facts.put("lockedExternalTask", task.getId());
                }
                default -> {
                    outside.lock(task.getId(), "walk", 3_600_000);
                    outside.handleFailure(task.getId(), "walk", "failed", "details", 1, 0);
                    facts.put("failedExternalTask", task.getId());
                }
            }
        }
        facts.put(
                "externalTaskLog",
                engine.getHistoryService()
                        .createHistoricExternalTaskLogQuery()
                        .externalTaskId(facts.get("externalTask"))
                        .list()
                        .get(0)
                        .getId());
        facts.put(
                "failedExternalTaskLog",
                engine.getHistoryService()
                        .createHistoricExternalTaskLogQuery()
                        .externalTaskId(facts.get("failedExternalTask"))
                        .failureLog()
                        .singleResult()
                        .getId());
    }

    private void filters() {
        facts.put(
                "filter",
                engine.getFilterService()
                        .createTaskFilterQuery()
                        .filterName("All open")
                        .singleResult()
                        .getId());
        Filter narrow = engine.getFilterService().newTaskFilter("access-narrow");
        narrow.setQuery(engine.getTaskService()
                .createTaskQuery()
                .taskId(Objects.requireNonNull(ofRole.get("smelter")).get("task")));
        engine.getFilterService().saveFilter(narrow);
        facts.put("narrowFilter", narrow.getId());
    }

    private void smallCases() {
        RuntimeService runtime = engine.getRuntimeService();
        String over = runtime.startProcessInstanceByKey("access-small", "R-2026-9002", Map.of("note", VALUE))
                .getId();
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(over)
                .singleResult();
        engine.getIdentityService().setAuthentication("audit-programme", List.of("audit-programme"));
        try {
            engine.getTaskService().claim(task.getId(), "audit-programme");
            engine.getTaskService().complete(task.getId());
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
        facts.put("finishedInstance", over);
        facts.put("finishedTask", task.getId());
        facts.put(
                "smallInstance",
                runtime.startProcessInstanceByKey("access-small", "R-2026-9003").getId());
    }

    private void history() {
        var history = engine.getHistoryService();
        String instance = Objects.requireNonNull(facts.get("processInstance"));
        HistoricVariableInstance bytes = history.createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableName("bytes")
                .singleResult();
        facts.put("historicBytes", bytes.getId());
        facts.put(
                "historicVariable",
                history.createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .variableName("note")
                        .list()
                        .get(0)
                        .getId());
        HistoricDetail update = history.createHistoricDetailQuery()
                .variableInstanceId(bytes.getId())
                .variableUpdates()
                .list()
                .get(0);
        facts.put("bytesDetail", update.getId());
        facts.put("detail", update.getId());
        facts.put(
                "activityInstance",
                history.createHistoricActivityInstanceQuery()
                        .processInstanceId(instance)
                        .list()
                        .get(0)
                        .getId());
        facts.put(
                "jobLog",
                history.createHistoricJobLogQuery()
                        .processInstanceId(instance)
                        .list()
                        .get(0)
                        .getId());
        facts.put(
                "failedJobLog",
                history.createHistoricJobLogQuery()
                        .processInstanceId(instance)
                        .failureLog()
                        .list()
                        .get(0)
                        .getId());
        facts.put(
                "operationId",
                history.createUserOperationLogQuery()
                        .processInstanceId(Objects.requireNonNull(facts.get("finishedInstance")))
                        .list()
                        .get(0)
                        .getOperationId());
        engine.getDecisionService()
                .evaluateDecisionTableByKey("deadline-matrix")
                .variables(Map.of("clock", "D02", "urgency", "NORMAL", "mode", "NORMAL"))
                .evaluate();
        facts.put(
                "decisionInstance",
                history.createHistoricDecisionInstanceQuery()
                        .decisionDefinitionKey("deadline-matrix")
                        .list()
                        .get(0)
                        .getId());
    }

    private void batchAndTenant() {
        facts.put(
                "batch",
                engine.getRuntimeService()
                        .updateProcessInstanceSuspensionState()
                        .byProcessInstanceIds(Objects.requireNonNull(facts.get("smallInstance")))
                        .suspendAsync()
                        .getId());
        facts.put(
                "batchJob",
                engine.getManagementService().createJobQuery().list().stream()
                        .filter(job -> job.getProcessDefinitionKey() == null)
                        .findFirst()
                        .orElseThrow()
                        .getId());
        engine.getHistoryService().cleanUpHistoryAsync(true);
        Tenant tenant = engine.getIdentityService().newTenant("access");
        tenant.setName("access");
        engine.getIdentityService().saveTenant(tenant);
        facts.put("tenant", "access");
        facts.put("tenant-id", "access");
    }

    private void lettersAndBallot() {
        for (String role : Roles.OF_CASE_WORKERS) {
            String key = "access-" + role;
            jdbc.sql("insert into letter (message_key, case_number, event, template, addressee_role,"
                            + " addressee_organisation, language, subject, body, created_at)"
                            + " values (?, ?, 'access', 'access', ?, ?, 'en', 'A letter', 'A body', now())")
                    .params(key, NUMBER, role, organisationOf(role))
                    .update();
            String id = String.valueOf(jdbc.sql("select id from letter where message_key = ?")
                    .param(key)
                    .query(Long.class)
                    .single());
            Objects.requireNonNull(ofRole.get(role)).put("letter", id);
        }
        jdbc.sql("insert into ballot (id, opening_key, case_number, body, question, overall_percent,"
                        + " pillar_floor_percent, quorum_percent, rules_version, basis, quorum_basis, verified, opened_at,"
                        + " consensus, closed_at) values ('access', 'access', ?, 'STEERING_COMMITTEE', 'ADMIT_ENGAGED',"
                        + " 66, 50, 50, '2025-07', 'SOURCE', 'SOURCE', true, now(), true, now())")
                .param(NUMBER)
                .update();
    }

    /** Somebody reads the case in an emergency. */
    private void reading() {
        // Of its reason nothing is left.
        jdbc.sql("insert into vault_key (id, case_number, master_key, created_at, destroyed_at)"
                        + " values ('access', 'access', 'access', now(), now())")
                .update();
        jdbc.sql(
                        "insert into vault_break_glass (id, case_number, person, reader, key_id, sealed_reason, asked_at, ends_at)"
                                + " values (?, ?, null, 'a-reader', 'access', ?, now(), '2099-01-01')")
                .params(READING, NUMBER, new byte[0])
                .update();
        facts.put("reading", READING);
        facts.put("survivor", SURVIVOR);
    }

    /** Somebody has asked to erase a case by force, which waits for a second officer. */
    void erasureWaits(String caseNumber) {
        jdbc.sql(
                        "insert into vault_erasure_asked (case_number, person, forced, reason, state, asked_by, asked_at, ends_at)"
                                + " values (?, null, true, 'access', 'OPEN', ?, now(), '2099-01-01')")
                .params(caseNumber, "an-officer")
                .update();
        String asked = String.valueOf(jdbc.sql("select max(id) from vault_erasure_asked where case_number = ?")
                .param(caseNumber)
                .query(Long.class)
                .single());
        facts.put("asked", asked);
        facts.put("mark", "0-0-" + asked);
    }

    private @org.jspecify.annotations.Nullable String organisationOf(String role) {
        String group = groupOf(role);
        return group.equals(role) ? null : group.substring(role.length() + 1);
    }

    void remove() {
        jdbc.sql("delete from ballot where id = 'access'").update();
        jdbc.sql("delete from vault_break_glass where id = ?").param(READING).update();
        jdbc.sql("delete from vault_key where id = 'access'").update();
        jdbc.sql("delete from vault_erasure_asked where asked_by = 'an-officer'")
                .update();
        jdbc.sql("delete from letter where message_key like 'access-%'").update();
        jdbc.sql("delete from case_file where case_number = ?").param(NUMBER).update();
        withParties.forEach(number -> {
            jdbc.sql("delete from vault_file where key_id in (select id from vault_key where case_number = ?)")
                    .param(number)
                    .update();
            jdbc.sql("delete from case_party where case_number = ?")
                    .param(number)
                    .update();
        });
        jdbc.sql("delete from term where pillar = 'access'").update();
        if (isNewMember) {
            jdbc.sql("delete from member where organisation = ? and name = 'access'")
                    .param(organisationOf("steering-committee"))
                    .update();
        }
        jdbc.sql("delete from vault_consent where case_number = ?")
                .param(NUMBER)
                .update();
        jdbc.sql("delete from vault_coordinator where case_number = ?")
                .param(NUMBER)
                .update();
        if (facts.containsKey("batch")) {
            engine.getManagementService().deleteBatch(facts.get("batch"), true);
        }
        engine.getHistoryService().findHistoryCleanupJobs().forEach(job -> engine.getManagementService()
                .deleteJob(job.getId()));
        if (facts.containsKey("narrowFilter")) {
            engine.getFilterService().deleteFilter(Objects.requireNonNull(facts.get("narrowFilter")));
        }
        if (facts.containsKey("deployment")) {
            engine.getRepositoryService().deleteDeployment(facts.get("deployment"), true);
        }
        engine.getIdentityService().deleteTenant("access");
        accounts.forEach(engine.getIdentityService()::deleteUser);
        engine.getIdentityService().deleteGroup(Visitor.ELSEWHERE);
        facts.clear();
    }

    static String fresh() {
        return UUID.randomUUID().toString();
    }
}
