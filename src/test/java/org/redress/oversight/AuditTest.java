package org.redress.oversight;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.AuditLine;
import org.redress.engine.Roles;
import org.redress.vault.Consents;
import org.redress.vault.Erasures;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people read and changed in a case is on its trail: who, what, when, which field, and never what was entered. */
@SuppressWarnings("NullAway.Init")
class AuditTest extends ProcessTest {

    private static final String TOLD = "A boy of eleven sorts ore bags at the depot by the river.";
    private static final String REASON = "A known organisation tells who, what, where and when.";

    private static final String GRIEVANCE =
            """
            {"channel":"PARTNER_SYSTEM","reporterType":"NGO","anonymous":false,"language":"en","whatHappened":"%s",
             "where":{"country":"CD"},"ongoing":"UNKNOWN","exploitationTypes":["WORST_FORM_CHILD_LABOUR"],
             "childrenInvolved":true,"fearOfRetaliation":"LOW","consentToShareIdentity":"NONE"}
            """
                    .formatted(TOLD);

    private static final Map<String, Object> CREDIBLE = Map.of(
            "sourceClass",
            "NGO",
            "specificity",
            4,
            "corroborations",
            1,
            "factsDisproved",
            "NO",
            "conflictOfInterest",
            "NO",
            "credibilityJudgement",
            "CREDIBLE",
            "credibilityReason",
            REASON);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Erasures erasures;

    @Autowired
    private Consents consents;

    @Autowired
    private HelpersUnnamed unnamed;

    private String caseNumber;

    @BeforeEach
    void aCase() {
        caseNumber = filed();
        fireDueJobs();
    }

    private String filed() {
        HttpResponse<String> filed = new PartnerCalls(port)
                .file("partner", "/api/grievances", UUID.randomUUID().toString(), GRIEVANCE);
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        return JsonPath.parse(filed.body()).read("$.caseNumber");
    }

    @Test
    void whatPeopleDoInACaseIsOnItsTrailWithoutWhatTheyEntered() {
        Task screening = as("downstream").task("task_screenCredibility");
        travel(Duration.ofHours(1));
        as("downstream").complete(screening, CREDIBLE);

        DocumentContext trail = trail("dpo");
        assertThat(trail.<String>read("$.caseNumber")).isEqualTo(caseNumber);
        assertThat(with(trail, "kind", "CASE")).extracting("what").containsExactly("received");
        assertThat(with(trail, "kind", "PARTY"))
                .extracting("facts")
                .contains(Map.of("role", "downstream", "organisation", "org-downstream"));
        List<Map<String, Object>> ofScreening = trail.read("$.lines[?(@.facts.element=='task_screenCredibility')]");
        assertThat(ofScreening)
                .extracting(line -> line.get("by") + " " + line.get("kind") + " " + line.get("what"))
                .containsSubsequence("null TASK opened", "downstream OPERATION Task Claim")
                .contains("downstream OPERATION Task Complete", "downstream TASK completed");
        Map<String, Object> complete = ofScreening.stream()
                .filter(line -> "Task Complete".equals(line.get("what")))
                .findFirst()
                .orElseThrow();
        assertThat(complete.get("at")).isEqualTo("2026-02-02T10:00:00Z");
        assertThat(JsonPath.parse(complete).<String>read("$.facts.form")).isEqualTo("screen-credibility");
        assertThat(JsonPath.parse(complete).<List<String>>read("$.facts.fields"))
                .contains("credibilityReason", "sourceClass");
        List<Map<String, Object>> decisions = with(trail, "kind", "DECISION");
        assertThat(decisions)
                .filteredOn(
                        line -> JsonPath.parse(line).read("$.facts.decision").equals("credibility"))
                .singleElement()
                .satisfies(line -> assertThat(JsonPath.parse(line).<List<String>>read("$.facts.rules"))
                        .isNotEmpty());
        assertThat(trail.jsonString())
                .as("nothing that was told or entered")
                .doesNotContain(TOLD, "boy of eleven", REASON, "known organisation");
        assertThat(times(trail)).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void whatAnAdministratorChangesIsOnTheTrail() {
        String instance = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKey("remedy-case")
                .singleResult()
                .getId();
        Task screening = as("downstream").task("task_screenCredibility");
        runtimeService.suspendProcessInstanceById(instance);
        actingAs("admin", () -> {
            runtimeService.setVariable(instance, "whenLatest", "not for anybody");
            runtimeService.setVariable(instance, "urgency", "NORMAL");
            taskService.setAssignee(screening.getId(), "downstream");
            Task moved = taskService.createTaskQuery().taskId(screening.getId()).singleResult();
            moved.setDueDate(java.util.Date.from(Instant.parse("2026-03-01T12:00:00Z")));
            taskService.saveTask(moved);
            runtimeService.activateProcessInstanceById(instance);
            return instance;
        });
        DocumentContext trail = trail("overseer");
        List<Map<String, Object>> byAdmin = with(trail, "by", "admin");
        assertThat(byAdmin)
                .extracting("what")
                .contains("Variable SetVariable", "Task Assign", "Task Update", "ProcessInstance Activate");
        assertThat(changed(byAdmin, "Task Update", "dueDate")).containsEntry("is", "2026-03-01T12:00:00Z");
        assertThat(changed(byAdmin, "Task Assign", "assignee")).containsEntry("is", "downstream");
        assertThat(trail.jsonString()).contains("whenLatest").doesNotContain("not for anybody");
        assertThat(byAdmin)
                .filteredOn(line -> "Variable SetVariable".equals(line.get("what")))
                .extracting(line -> String.valueOf(line.get("facts")))
                .anyMatch(facts -> facts.contains("urgency"));
    }

    @Test
    void whoeverFiledAndAsksHowTheCaseStandsIsOnTheTrail() {
        travel(Duration.ofMinutes(1));
        assertThat(new PartnerCalls(port)
                        .get("partner", "/api/grievances/" + caseNumber)
                        .statusCode())
                .isEqualTo(200);
        assertThat(with(trail("dpo"), "kind", "API"))
                .extracting(line -> line.get("at") + " " + line.get("by") + " " + line.get("what"))
                .containsExactly("2026-02-02T09:01:00Z partner asked how the case stands");
    }

    @Test
    void whoeverTriesAStuckJobAgainIsOnTheTrail() {
        caseNumber = filed();
        List<String> instances =
                runtimeService.createProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
                        .map(ProcessInstance::getId)
                        .toList();
        String job = managementService.createJobQuery().list().stream()
                .filter(waiting -> instances.contains(waiting.getProcessInstanceId()))
                .findFirst()
                .orElseThrow()
                .getId();
        actingAs("admin", () -> {
            managementService.setJobRetries(job, 7);
            return job;
        });
        assertThat(changed(with(trail("dpo"), "by", "admin"), "Job SetJobRetries", "retries"))
                .containsEntry("is", "7");
    }

    @Test
    void lettersWhoOpenedThemAndWhoReadTheTrailAreOnIt() {
        travel(Duration.ofMinutes(1));
        jdbc.sql(
                        "insert into letter (message_key, notice_key, case_number, event, template, addressee_role, language, subject,"
                                + " body, created_at) values (?, 'audit', ?, 'audit', 'audit', 'dpo', 'en', 'Secret subject', 'Secret', ?)")
                .params(
                        "audit-" + caseNumber,
                        caseNumber,
                        java.sql.Timestamp.from(Instant.parse("2026-02-02T09:01:00Z")))
                .update();
        jdbc.sql("insert into outbox (message_key, recipient, message_id, state, created_at, next_attempt_at, sent_at)"
                        + " values ('audit', 'dpo', ?, 'SENT', now(), now(), ?)")
                .params("<" + caseNumber + ">", java.sql.Timestamp.from(Instant.parse("2026-02-02T09:01:30Z")))
                .update();
        String letter = String.valueOf(jdbc.sql("select id from letter where message_key = ?")
                .param("audit-" + caseNumber)
                .query(Long.class)
                .single());
        travel(Duration.ofMinutes(1));
        assertThat(new PartnerCalls(port).get("dpo", "/api/letters/" + letter).statusCode())
                .isEqualTo(200);
        travel(Duration.ofMinutes(1));
        trail("overseer");
        travel(Duration.ofMinutes(1));
        DocumentContext trail = trail("dpo");
        jdbc.sql("delete from outbox where message_key = 'audit'").update();
        List<Map<String, Object>> lines =
                trail.read("$.lines[?(@.kind=='LETTER' || @.kind=='MAIL' || @.kind=='AUDIT')]");
        assertThat(lines)
                .extracting(line -> line.get("at") + " " + line.get("by") + " " + line.get("what"))
                .containsSubsequence(
                        "2026-02-02T09:01:00Z null written",
                        "2026-02-02T09:01:30Z null sent",
                        "2026-02-02T09:02:00Z dpo opened",
                        "2026-02-02T09:03:00Z overseer read this trail");
        assertThat(trail.jsonString()).doesNotContain("Secret");
    }

    @Test
    void whoIsShownWhatWasToldIsOnTheTrailAndWhoIsNotIsNot() {
        Task screening = as("downstream").task("task_screenCredibility");
        travel(Duration.ofMinutes(1));
        assertThat(as("downstream").formVariables(screening)).isNotEmpty();
        List<Map<String, Object>> reads = with(trail("dpo"), "kind", "READ");
        assertThat(reads)
                .extracting(line -> line.get("at") + " " + line.get("by"))
                .containsOnly("2026-02-02T09:01:00Z downstream");
        assertThat(reads)
                .extracting(line -> JsonPath.parse(line).read("$.facts.field"))
                .contains("whatHappened");
        assertThat(with(trail("overseer"), "kind", "READ"))
                .as("that somebody read, and neither what nor of whom")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(String.valueOf(line.get("facts")))
                        .doesNotContain("field")
                        .doesNotContain("person"));
    }

    @Test
    void whoOpensTheListOfItsReadersOrOfConsentsIsOnTheTrail() {
        travel(Duration.ofMinutes(1));
        PartnerCalls calls = new PartnerCalls(port);
        assertThat(calls.get("dpo", "/api/vault/reads?caseNumber=" + caseNumber).statusCode())
                .isEqualTo(200);
        assertThat(calls.get("admin", "/api/vault/reads?caseNumber=" + caseNumber)
                        .statusCode())
                .isEqualTo(403);
        travel(Duration.ofMinutes(1));
        assertThat(calls.get("dpo", "/api/vault/consents?person=V-1&caseNumber=" + caseNumber)
                        .statusCode())
                .isEqualTo(200);
        assertThat(calls.get("dpo", "/api/vault/reads?caseNumber=R-" + "9".repeat(90))
                        .statusCode())
                .as("a case that is not there")
                .isEqualTo(404);
        for (String reader : List.of("dpo", "overseer")) {
            List<Map<String, Object>> lines = trail(reader).read("$.lines[?(@.kind=='AUDIT')]");
            assertThat(lines)
                    .extracting(line -> line.get("at") + " " + line.get("by") + " " + line.get("what"))
                    .startsWith(
                            "2026-02-02T09:01:00Z dpo read who was shown what",
                            "2026-02-02T09:02:00Z dpo read the consents of a person");
            assertThat(lines).allSatisfy(line -> assertThat(line.get("facts")).isEqualTo(Map.of()));
        }
    }

    /** Past the engine, and so on no operation log. */
    @Test
    void whatIsDoneWithTheSecretsOfACaseIsOnTheTrailAndAHoldThatWasLiftedToo() {
        travel(Duration.ofMinutes(1));
        erasures.hold(caseNumber, "A court asked", "legal");
        travel(Duration.ofMinutes(1));
        erasures.lift(caseNumber, "It is over", "dpo");
        travel(Duration.ofMinutes(1));
        consents.give(
                new Consents.Matter(caseNumber, "V-1", Purpose.SHARE_WITH_PROVIDER, "org-provider"),
                new Consents.Manner("PERSON", null, java.time.LocalDate.parse("2026-02-02"), null, null, null));
        travel(Duration.ofMinutes(1));
        erasures.erase(caseNumber, null, "asked by the person", "dpo");
        List<Map<String, Object>> lines = trail("dpo").read("$.lines[?(@.kind in ['HOLD', 'CONSENT', 'ERASURE'])]");
        assertThat(lines)
                .extracting(line -> line.get("kind") + " " + line.get("what"))
                .containsExactly("HOLD set", "HOLD lifted", "CONSENT given", "ERASURE erased");
        assertThat(lines.toString())
                .contains("org-provider")
                .doesNotContain("court")
                .doesNotContain("asked");
        assertThat(trail("overseer").jsonString())
                .doesNotContain("org-provider\"")
                .doesNotContain("V-1");
    }

    @Test
    void anOverseerReadsToWhichDayAClockMoved() {
        AuditLine moved = new AuditLine(
                Instant.parse("2026-02-02T09:00:00Z"),
                "audit-programme",
                "DEADLINE",
                "moved a due date",
                Map.of("clock", "D06", "to", "2026-07-02T23:59:59Z"));
        assertThat(unnamed.of(List.of(moved))).singleElement().satisfies(told -> assertThat(told.facts())
                .containsEntry("to", "2026-07-02T23:59:59Z"));
    }

    /** Whoever left may have worked for a provider, and nobody can tell any more. */
    @Test
    void whatAnyLineSaysOfAccountsAndGroupsTellsNotWhoHelps() {
        Map<String, Object> changed = Map.of(
                "userId", Map.of("was", "provider", "is", "long-gone"),
                "owner", Map.of("is", "vsc"),
                "candidate", Map.of("was", "org-provider", "is", "protection"),
                "groupId", Map.of("was", "provider.org-provider", "is", "vsc"));
        AuditLine line = new AuditLine(
                Instant.parse("2026-02-02T09:00:00Z"),
                "long-gone",
                "OPERATION",
                "IdentityLink Add",
                Map.of("changed", changed, "askedBy", "provider", "reader", "legal"));
        assertThat(unnamed.of(List.of(line))).singleElement().satisfies(told -> {
            assertThat(told.by()).isEqualTo("an account that is no more");
            assertThat(told.facts())
                    .isEqualTo(Map.of(
                            "changed",
                            Map.of(
                                    "userId", Map.of("was", "a provider", "is", "an account that is no more"),
                                    "owner", Map.of("is", "vsc"),
                                    "candidate", Map.of("was", "a group of an organisation", "is", "protection"),
                                    "groupId", Map.of("was", "a group of an organisation", "is", "vsc")),
                            "askedBy",
                            "a provider",
                            "reader",
                            "legal"));
        });
        AuditLine ofTheHouse = new AuditLine(
                Instant.parse("2026-02-02T09:00:00Z"), "system", "ERASURE", "erased", Map.of("reader", "system"));
        assertThat(unnamed.of(List.of(ofTheHouse)))
                .as("what the house did itself")
                .containsExactly(ofTheHouse);
    }

    @Test
    void itIsReadPageByPage() {
        travel(Duration.ofMinutes(1));
        DocumentContext whole = trail("dpo");
        int total = whole.read("$.total");
        assertThat(total).isGreaterThan(4);
        // Each page that is read adds a line at the end.
        List<Object> paged = new ArrayList<>();
        for (int first = 0; first < total; first += 3) {
            DocumentContext page = JsonPath.parse(get("dpo", "?caseNumber=" + caseNumber + "&first=" + first + "&max=3")
                    .body());
            paged.addAll(page.read("$.lines"));
        }
        List<Object> lines = whole.read("$.lines");
        assertThat(paged.subList(0, total)).isEqualTo(lines);
        assertThat(get("dpo", "?caseNumber=" + caseNumber + "&max=0").statusCode())
                .isEqualTo(400);
        assertThat(get("dpo", "?caseNumber=" + caseNumber + "&max=1001").statusCode())
                .isEqualTo(400);
        assertThat(get("dpo", "?caseNumber=" + caseNumber + "&first=-1").statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoMayNotReadItDoesNotLearnWhetherThereIsSuchACase() {
        for (String role : Roles.all()) {
            String user = role.equals(Roles.ADMINISTRATOR) ? "admin" : role;
            boolean may = role.equals("dpo") || role.equals(Roles.OVERSEER);
            HttpResponse<String> ofACase = get(user, "?caseNumber=" + caseNumber);
            HttpResponse<String> ofNone = get(user, "?caseNumber=R-2026-9999");
            assertThat(ofACase.statusCode()).as(role).isEqualTo(may ? 200 : 403);
            assertThat(ofNone.statusCode()).as(role).isEqualTo(may ? 404 : 403);
            if (!may) {
                assertThat(ofACase.body()).isEqualTo(ofNone.body());
            }
        }
    }

    /** Whoever gives themselves a role reads as that role: the data protection officer sees that they did. */
    @Test
    void whatAnAdministratorDoesToAccountsIsOnRecord() {
        actingAs("admin", () -> {
            User newcomer = identityService.newUser("newcomer");
            newcomer.setPassword("a long enough password");
            identityService.saveUser(newcomer);
            identityService.createMembership("newcomer", "vsc");
            identityService.deleteUser("newcomer");
            return "done";
        });

        for (String other : List.of("admin", "overseer", "vsc", "partner")) {
            assertThat(get(other, "/accounts").statusCode()).as(other).isEqualTo(403);
        }
        HttpResponse<String> answer = get("dpo", "/accounts?max=1000");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<Map<String, Object>> lines = JsonPath.parse(answer.body()).read("$.lines[?(@.by=='admin')]");
        assertThat(lines)
                .extracting(line -> line.get("what") + " " + line.get("facts"))
                .contains(
                        "Create {of=User, property=userId, to=newcomer}",
                        "Create {of=Group membership, property=userId, to=newcomer}",
                        "Create {of=Group membership, property=groupId, to=vsc}",
                        "Delete {of=User, property=userId, to=newcomer}");
        assertThat(answer.body()).doesNotContain("a long enough password");
        assertThat(get("dpo", "/accounts?first=1&max=1").body()).doesNotContain("Create {of=User");
        assertThat(get("dpo", "/accounts?max=0").statusCode()).isEqualTo(400);
        assertThat(get("dpo", "/accounts?first=100000").body()).contains("\"lines\":[]");
    }

    /** Who may become party, with which keys the vault is locked, which mails wait: of no one case, and on record all the same. */
    @Test
    void whatAnAdministratorDoesToTheHouseIsOnRecord() {
        String id = "org-" + UUID.randomUUID().toString().substring(0, 8);
        put("/api/organisations/" + id, "{\"name\":\"Vale Works\",\"roles\":[\"smelter\"]}");
        put("/api/organisations/" + id, "{\"name\":\"Vale Works\",\"roles\":[\"facilitator\"]}");
        assertThat(new PartnerCalls(port).get("admin", "/api/outbox").statusCode())
                .isEqualTo(200);
        assertThat(new PartnerCalls(port).tell("admin", "/api/vault/rotation").statusCode())
                .isEqualTo(200);

        List<Map<String, Object>> lines =
                JsonPath.parse(get("dpo", "/accounts?max=1000").body()).read("$.lines[?(@.kind=='HOUSE')]");
        assertThat(lines)
                .extracting(line -> line.get("by") + " " + line.get("what") + " " + line.get("facts"))
                .contains(
                        "admin Organisation {of=" + id + ", from=, to=smelter as Vale Works}",
                        "admin Organisation {of=" + id
                                + ", from=smelter as Vale Works, to=facilitator as Vale Works, smelter as Vale Works}",
                        "admin OutboxRead {}")
                .anyMatch(line -> line.matches("admin MasterKey \\{of=[0-9a-f]{16}, to=done: \\d+ keys wrapped}"))
                .anyMatch(line -> line.matches("admin MasterKey \\{of=[0-9a-f]{16}, to=begun}"));
    }

    /** A rotation that breaks off: whoever looks into it finds that it began, and that it did not end well. */
    @Test
    void aChangeOfTheMasterKeyThatBreaksOffIsOnRecordToo() {
        travelTo("2036-01-07T09:00:00Z");
        String lost = UUID.randomUUID().toString();
        jdbc.sql("insert into vault_key (id, case_number, master_key, wrapped, created_at)"
                        + " values (?, 'R-2026-LOST', 'of-another-house', ?, now())")
                .params(lost, new byte[] {1, 2, 3})
                .update();
        try {
            assertThat(new PartnerCalls(port)
                            .tell("admin", "/api/vault/rotation")
                            .statusCode())
                    .isEqualTo(500);
        } finally {
            jdbc.sql("delete from vault_key where id = ?").param(lost).update();
        }
        List<String> lines = JsonPath.parse(get("dpo", "/accounts?max=1000").body())
                .read("$.lines[?(@.what=='MasterKey')].facts.to");
        assertThat(lines).startsWith("failed: no key was wrapped anew", "begun");
    }

    /** The engine notes an id and a property: the line says of which model, job, batch or deployment. */
    @Test
    void aLineOfTheHouseNamesWhatItIsAbout() {
        travelTo("2036-01-07T10:00:00Z");
        String model = latest("log-lesson");
        int version = repositoryService.getProcessDefinition(model).getVersion();
        actingAs("admin", () -> {
            repositoryService.activateProcessDefinitionById(model);
            repositoryService.activateProcessDefinitionByKey("reopen-case");
            return model;
        });
        String deployment = repositoryService
                .createDeploymentQuery()
                .deploymentId(repositoryService.getProcessDefinition(model).getDeploymentId())
                .singleResult()
                .getId();
        jdbc.sql(
                        "insert into ACT_HI_OP_LOG (ID_, TIMESTAMP_, USER_ID_, ENTITY_TYPE_, OPERATION_TYPE_, PROPERTY_,"
                                + " DEPLOYMENT_ID_, JOB_ID_, BATCH_ID_, NEW_VALUE_)"
                                + " values (?, ?, 'admin', 'Job', 'SetJobRetries', 'retries', ?, 'job-of-no-case', 'batch-1', '3')")
                .params(
                        UUID.randomUUID().toString(),
                        java.sql.Timestamp.from(Instant.parse("2036-01-07T10:00:01Z")),
                        deployment)
                .update();
        List<Map<String, Object>> lines =
                JsonPath.parse(get("dpo", "/accounts?max=1000").body()).read("$.lines[?(@.kind=='HOUSE')]");
        assertThat(lines)
                .extracting(line -> line.get("by") + " " + line.get("what") + " " + line.get("facts"))
                .anyMatch(line -> line.startsWith("admin Activate")
                        && line.contains(" {of=ProcessDefinition, model=log-lesson, version " + version + ", "))
                .anyMatch(line -> line.startsWith("admin Activate")
                        && line.contains(" {of=ProcessDefinition, model=reopen-case, property="))
                .anyMatch(line ->
                        line.startsWith("admin SetJobRetries {of=Job, job=job-of-no-case, batch=batch-1, deployment=")
                                && line.endsWith("(" + deployment + "), property=retries, to=3}"));
    }

    /** Every role that has no business there, another organisation of it, and nobody; and none of them leaves a line. */
    @Test
    void nobodyButAdministratorsChangesTheHouse() {
        PartnerCalls calls = new PartnerCalls(port);
        String id = "org-" + UUID.randomUUID().toString().substring(0, 8);
        String body = "{\"name\":\"Vale Works\",\"roles\":[\"smelter\"]}";
        List<String> others = new ArrayList<>(Roles.all());
        others.remove(Roles.ADMINISTRATOR);
        others.addAll(List.of("smelter-b", "member-ngo", "steering-committee-corporate", "audit-programme-2"));
        int before = JsonPath.parse(get("dpo", "/accounts?max=1").body()).read("$.total");
        for (String other : others) {
            assertThat(calls.tell(other, "/api/vault/rotation").statusCode())
                    .as(other)
                    .isEqualTo(403);
            assertThat(calls.get(other, "/api/outbox").statusCode()).as(other).isEqualTo(403);
            assertThat(calls.get(other, "/api/organisations").statusCode())
                    .as(other)
                    .isEqualTo(403);
            assertThat(calls.put(other, "/api/organisations/" + id, body).statusCode())
                    .as(other)
                    .isEqualTo(403);
        }
        for (String path : List.of("/api/outbox", "/api/organisations", "/api/audit/accounts")) {
            assertThat(calls.asNobody("GET", path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(calls.asNobody("POST", "/api/vault/rotation").statusCode()).isEqualTo(401);
        assertThat(calls.asNobody("PUT", "/api/organisations/" + id).statusCode())
                .isEqualTo(401);
        assertThat(identityService.createGroupQuery().groupId(id).count()).isZero();
        assertThat(JsonPath.parse(get("dpo", "/accounts?max=1").body()).<Integer>read("$.total"))
                .as("nothing was done")
                .isEqualTo(before);
    }

    private void put(String path, String body) {
        HttpResponse<String> answer = new PartnerCalls(port).put("admin", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private DocumentContext trail(String reader) {
        HttpResponse<String> answer = get(reader, "?caseNumber=" + caseNumber);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.parse(answer.body());
    }

    private HttpResponse<String> get(String user, String query) {
        return new PartnerCalls(port).get(user, "/api/audit" + query);
    }

    private static List<Map<String, Object>> with(DocumentContext trail, String field, String value) {
        return trail.read("$.lines[?(@." + field + "=='" + value + "')]");
    }

    private static Map<String, String> changed(List<Map<String, Object>> lines, String what, String property) {
        return lines.stream()
                .filter(line -> what.equals(line.get("what")))
                .findFirst()
                .map(line -> JsonPath.parse(line).<Map<String, String>>read("$.facts.changed." + property))
                .orElseThrow();
    }

    private static List<Instant> times(DocumentContext trail) {
        return trail.<List<String>>read("$.lines[*].at").stream()
                .map(Instant::parse)
                .toList();
    }
}
