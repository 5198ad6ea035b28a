package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator gives themselves, or an account made for it, a role of a case, reads as that, and takes it away again. */
@SuppressWarnings("NullAway.Init")
class AdministratorsApartTest extends AttackTest {

    private static final String CASE = "R-2026-7302";
    private static final String SECRET = "They come at night, by the west gate";
    private static final String PASSWORD = "a password of some length";
    private static final List<String> ROLES =
            List.of("protection", "dpo", "overseer", "legal", "vsc", "smelter", "org-vsc", "org-luma");

    private static final String FORM =
            """
            {"id": "apart-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "textfield", "id": "f1", "key": "apartSecret", "label": "What?",
                "properties": {"audience": "protection,smelter"}}]}
            """;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Parties parties;

    private String instance;
    private String account;

    @BeforeEach
    void aCaseInWhichSomethingWasTold() {
        jdbc.sql("delete from letter where template = 'role-given'").update();
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("apart-probe.form", FORM)
                .addString(
                        "apart-probe.bpmn",
                        model(
                                        "apart-probe",
                                        "camunda:formRef=\"apart-probe\" camunda:formRefBinding=\"deployment\""
                                                + " camunda:candidateGroups=\"protection\"",
                                        "",
                                        "")
                                .replace(
                                        "<sequenceFlow",
                                        "<userTask id=\"look\" camunda:formRef=\"apart-probe\""
                                                + " camunda:formRefBinding=\"deployment\""
                                                + " camunda:candidateGroups=\"protection\"/>"
                                                + "<sequenceFlow id=\"f2\" sourceRef=\"task\" targetRef=\"look\"/>"
                                                + "<sequenceFlow")));
        if (jdbc.sql("select count(*) from case_file where case_number = ?")
                        .param(CASE)
                        .query(Integer.class)
                        .single()
                == 0) {
            jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                    .params(CASE, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                    .update();
        }
        parties.add(CASE, "vsc", "org-vsc");
        parties.add(CASE, "smelter", "org-luma");
        instance = start("apart-probe", CASE, Map.of()).getId();
        Caller protection = signedInAs("protection");
        assertThat(protection
                        .post(
                                "/engine-rest/task/" + task() + "/submit-form",
                                "{\"variables\":{\"apartSecret\":{\"value\":\"" + SECRET + "\"}}}")
                        .statusCode())
                .isEqualTo(204);
        account = "apart-" + UUID.randomUUID();
        User user = identityService.newUser(account);
        user.setFirstName("A");
        user.setLastName("A");
        user.setPassword(PASSWORD);
        identityService.saveUser(user);
    }

    @AfterEach
    void areGone() {
        identityService.deleteUser(account);
        jdbc.sql("delete from case_party where case_number = ?").param(CASE).update();
    }

    private String task() {
        return taskService
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private Caller itself() {
        return Caller.as(account, PASSWORD, port);
    }

    private HttpResponse<String> join(String role, String user) {
        return signedInAs("admin").put("/engine-rest/group/" + role + "/members/" + user, "{}");
    }

    private long letters(String role) {
        return jdbc.sql("select count(*) from letter where template = 'role-given' and addressee_role = ?")
                .param(role)
                .query(Long.class)
                .single();
    }

    @Test
    void ofABareEngineEverybodyJoinsEveryGroup() {
        Caller anybody = onTheBareEngine();
        anybody.post(
                "/engine-rest/user/create",
                "{\"profile\":{\"id\":\"joiner\",\"firstName\":\"J\",\"lastName\":\"J\"},"
                        + "\"credentials\":{\"password\":\"a-password\"}}");
        for (String group : List.of("camunda-admin", "readers")) {
            anybody.post(
                    "/engine-rest/group/create", "{\"id\":\"" + group + "\",\"name\":\"G\",\"type\":\"WORKFLOW\"}");
            assertThat(anybody.put("/engine-rest/group/" + group + "/members/joiner", "{}")
                            .statusCode())
                    .isEqualTo(204);
        }
        // Others find this engine without an administrator.
        anybody.send("DELETE", "/engine-rest/user/joiner", null);
    }

    @ParameterizedTest
    @CsvSource({
        "protection,admin",
        "dpo,admin",
        "overseer,admin",
        "smelter,admin",
        "camunda-admin,protection",
        "camunda-admin,dpo"
    })
    void nobodyIsAnAdministratorAndWorksOnCasesOrWatchesThem(String role, String user) {
        HttpResponse<String> answer = join(role, user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("second account");
        assertThat(identityService
                        .createUserQuery()
                        .userId(user)
                        .memberOfGroup(role)
                        .count())
                .isZero();
        assertThat(letters("dpo")).isZero();
    }

    @Test
    void whoMayGiveNoRolesLearnsNotWhoHasWhich() {
        HttpResponse<String> answer = signedInAs("legal").put("/engine-rest/group/protection/members/admin", "{}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("second account");
    }

    /** A pair from before, or by a provider's claims. */
    @Test
    void whoIsBothOpensNothing() {
        String look = task();
        assertThat(signedInAs("protection")
                        .get("/engine-rest/task/" + look + "/form-variables")
                        .body())
                .contains(SECRET);
        ROLES.forEach(role -> identityService.createMembership(account, role));
        assertThat(itself().get("/engine-rest/task/" + look + "/form-variables").body())
                .as("as one of them it reads")
                .contains(SECRET);
        assertThat(itself().get("/api/cases/" + CASE + "/files").statusCode()).isEqualTo(200);
        assertThat(itself().get("/api/audit?caseNumber=" + CASE).statusCode()).isEqualTo(200);

        identityService.createMembership(account, "camunda-admin");
        for (String path : List.of(
                "/engine-rest/task/" + look + "/form-variables",
                "/engine-rest/task/" + look + "/variables",
                "/engine-rest/variable-instance?processInstanceIdIn=" + instance,
                "/engine-rest/history/variable-instance?processInstanceId=" + instance,
                "/engine-rest/history/detail?processInstanceId=" + instance)) {
            HttpResponse<String> answer = itself().get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).contains("apartSecret").doesNotContain(SECRET);
        }
        assertThat(itself().get("/api/cases/" + CASE + "/files").statusCode()).isEqualTo(404);
        String wish = "{\"caseNumber\":\"" + CASE + "\",\"reason\":\"a judge asked for it today, in writing\"}";
        assertThat(itself().post("/api/vault/break-glass", wish).statusCode()).isEqualTo(404);
        assertThat(itself().post("/api/vault/erasures", wish).statusCode()).isEqualTo(403);
        assertThat(itself().post("/api/vault/reopenings", wish).statusCode()).isEqualTo(403);
        assertThat(itself().put("/api/vault/holds/" + CASE, wish).statusCode()).isEqualTo(403);
        for (String path : List.of(
                "/api/audit?caseNumber=" + CASE,
                "/api/audit/accounts",
                "/api/vault/break-glass",
                "/api/vault/reads?caseNumber=" + CASE,
                "/api/vault/consents?person=V-1&caseNumber=" + CASE)) {
            assertThat(itself().get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(itself().get("/api/letters").body()).contains("\"letters\":[]");
        assertThat(jdbc.sql("select count(*) from vault_break_glass where reader = ?")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(letters("dpo")).as("nobody's doing").isZero();
    }

    @Test
    void anAccountThatIsMadeJoinedAndDeletedIsTold() {
        Caller admin = signedInAs("admin");
        String throwaway = "throwaway" + UUID.randomUUID().toString().replace("-", "");
        assertThat(admin.post(
                                "/engine-rest/user/create",
                                "{\"profile\":{\"id\":\"" + throwaway
                                        + "\",\"firstName\":\"T\",\"lastName\":\"T\"},\"credentials\":{\"password\":\""
                                        + PASSWORD + "\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(join("protection", throwaway).statusCode()).isEqualTo(204);
        assertThat(admin.send("DELETE", "/engine-rest/user/" + throwaway, null).statusCode())
                .isEqualTo(204);

        assertThat(letters("dpo")).isEqualTo(1);
        assertThat(letters("overseer")).as("there is one officer only").isEqualTo(1);
        assertThat(textsOfLetters("ACCOUNTS", "role-given")).hasSize(2).allSatisfy(body -> assertThat(body)
                .contains("/api/audit/accounts", "2026-02-02 09:00:00 UTC")
                .doesNotContain(throwaway, "protection"));
        assertThat(JsonPath.parse(signedInAs("dpo")
                                .get("/api/audit/accounts?max=1000")
                                .body())
                        .<List<String>>read("$.lines[?(@.facts.to=='" + throwaway + "')].what"))
                .contains("Create", "Delete");
    }

    @Test
    void eachRoleAndOrganisationIsToldAndOtherGroupsAreNot() {
        for (String group : List.of("overseer", "dpo", "org-luma", "partner")) {
            assertThat(join(group, account).statusCode()).as(group).isEqualTo(204);
            travel(Duration.ofMinutes(1));
        }
        assertThat(letters("dpo")).isEqualTo(4);
        identityService.deleteMembership(account, "dpo");
        signedInAs("admin")
                .post("/engine-rest/group/create", "{\"id\":\"reading-room\",\"name\":\"R\",\"type\":\"WORKFLOW\"}");
        assertThat(join("reading-room", account).statusCode()).isEqualTo(204);
        assertThat(letters("dpo")).isEqualTo(4);
        identityService.deleteGroup("reading-room");
    }

    /** Two officers whom it does not concern watch each other; of their own role whoever oversees is told all the same. */
    @Test
    void whereTwoOfficersAreToldTheOverseerIsToldOfTheirRoleOnly() {
        User second = identityService.newUser(account + "-2");
        second.setPassword(PASSWORD);
        identityService.saveUser(second);
        identityService.createMembership(second.getId(), "dpo");
        try {
            assertThat(join("vsc", account).statusCode()).isEqualTo(204);
            assertThat(letters("overseer")).isZero();
            assertThat(join("dpo", account).statusCode()).isEqualTo(204);
            assertThat(letters("overseer")).isEqualTo(1);
            assertThat(letters("dpo")).isPositive();
        } finally {
            identityService.deleteUser(second.getId());
        }
    }

    @Test
    void whatTheHouseItselfMakesIsNoNews() {
        identityService.createMembership(account, "protection");
        assertThat(letters("dpo") + letters("overseer")).isZero();
    }
}
