package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator sets a case worker's password, reads and acts as that person, and nobody hears of it. */
@SuppressWarnings("NullAway.Init")
class SetPasswordsTest extends AttackTest {

    private static final String TASKS = "/camunda/api/engine/engine/default/task/count";
    private static final String FIRST = "the first long password";
    private static final String SECOND = "the second long password";

    @Autowired
    private JdbcClient jdbc;

    private String worker;

    @BeforeEach
    void aCaseWorker() {
        // Two that say the same and wait unread are one; the clock of the tests stands still.
        jdbc.sql("delete from letter where template = 'password-set'").update();
        worker = "worker-" + UUID.randomUUID();
        make(worker);
        identityService.createMembership(worker, "vsc");
        identityService.createMembership(worker, "org-vsc");
    }

    @AfterEach
    void isGone() {
        identityService.deleteUser(worker);
    }

    private void make(String id) {
        User user = identityService.newUser(id);
        user.setFirstName("W");
        user.setLastName("W");
        user.setPassword(FIRST);
        identityService.saveUser(user);
    }

    private static String credentials(String by) {
        return "{\"password\":\"" + SECOND + "\",\"authenticatedUserPassword\":\"" + by + "\"}";
    }

    private Caller inTasklist(String password) {
        Caller caller = asNobody();
        assertThat(caller.signIn("tasklist", worker, password).statusCode()).isEqualTo(200);
        assertThat(caller.get(TASKS).statusCode()).isEqualTo(200);
        assertThat(caller.get("/my/finished").statusCode()).isEqualTo(200);
        return caller;
    }

    private List<String> operations() {
        return JsonPath.parse(
                        signedInAs("dpo").get("/api/audit/accounts?max=1000").body())
                .<List<Map<String, Object>>>read("$.lines[?(@.facts.to=='" + worker + "')]")
                .stream()
                .map(line -> line.get("by") + " " + line.get("what"))
                .toList();
    }

    private long letters(String role) {
        return jdbc.sql("select count(*) from letter where template = 'password-set' and addressee_role = ?")
                .param(role)
                .query(Long.class)
                .single();
    }

    @Test
    void onABareEngineWhatBeganWithTheOldPasswordGoesOn() {
        String somebody = worker.replace("-", "");
        onTheBareEngine()
                .post(
                        "/engine-rest/user/create",
                        "{\"profile\":{\"id\":\"" + somebody + "\",\"firstName\":\"W\",\"lastName\":\"W\"},"
                                + "\"credentials\":{\"password\":\"" + FIRST + "\"}}");
        Caller caller = Caller.nobody(BareEngine.port());
        assertThat(caller.signIn("tasklist", somebody, FIRST).statusCode()).isEqualTo(200);
        assertThat(onTheBareEngine()
                        .put("/engine-rest/user/" + somebody + "/credentials", "{\"password\":\"" + SECOND + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(caller.get(TASKS).statusCode()).isEqualTo(200);
    }

    @Test
    void whoSetsAnotherPersonsPasswordIsOnRecordAndTheDataProtectionOfficerIsTold() {
        Caller before = inTasklist(FIRST);
        long told = letters("dpo");
        long toldToOverseers = letters("overseer");
        assertThat(signedInAs("admin")
                        .put("/engine-rest/user/" + worker + "/credentials", credentials("admin"))
                        .statusCode())
                .isEqualTo(204);

        assertThat(operations()).contains("admin Password", "admin Update");
        assertThat(letters("dpo")).isEqualTo(told + 1);
        assertThat(letters("overseer")).isEqualTo(toldToOverseers);
        assertThat(textsOfLetters("ACCOUNTS", "password-set"))
                .isNotEmpty()
                .allSatisfy(body -> assertThat(body).contains("password").doesNotContain(worker, SECOND));
        assertThat(before.get(TASKS).statusCode()).as("in the web apps").isEqualTo(401);
        assertThat(before.get("/my/finished").statusCode()).as("on our pages").isEqualTo(303);
        inTasklist(SECOND);
    }

    /** Our pages ask by themselves: they may be the first that the browser asks for. */
    @Test
    void ourOwnPagesAreShutToo() {
        Caller before = inTasklist(FIRST);
        signedInAs("admin").put("/engine-rest/user/" + worker + "/credentials", credentials("admin"));
        assertThat(before.get("/my/finished").statusCode()).isEqualTo(303);
        assertThat(before.get("/my/finished").statusCode()).isEqualTo(303);
    }

    @Test
    void whoChangesTheirOwnStaysInInThatBrowserAndNobodyIsTold() {
        Caller here = inTasklist(FIRST);
        Caller elsewhere = inTasklist(FIRST);
        long told = letters("dpo");
        assertThat(here.put(
                                "/camunda/api/engine/engine/default/user/" + worker + "/credentials",
                                credentials(FIRST),
                                here.token())
                        .statusCode())
                .isEqualTo(204);

        assertThat(operations()).contains(worker + " Password");
        assertThat(letters("dpo")).isEqualTo(told);
        assertThat(here.get(TASKS).statusCode()).isEqualTo(200);
        assertThat(here.get("/my/finished").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get(TASKS).statusCode()).isEqualTo(401);
    }

    /** What comes to the same: the account is deleted, and made anew under its id. */
    @Test
    void anAccountThatIsMadeAnewIsToldTooAndItsSessionsEnd() {
        Caller before = inTasklist(FIRST);
        long told = letters("dpo");
        actingAs("admin", () -> {
            identityService.deleteUser(worker);
            make(worker);
            identityService.createMembership(worker, "vsc");
            return worker;
        });
        assertThat(letters("dpo")).isEqualTo(told + 1);
        assertThat(before.get(TASKS).statusCode()).isEqualTo(401);
    }

    @Test
    void aNewAccountIsNoNews() {
        long told = letters("dpo");
        actingAs("admin", () -> {
            make(worker + "-2");
            return worker;
        });
        identityService.deleteUser(worker + "-2");
        assertThat(letters("dpo")).isEqualTo(told);
    }

    @Test
    void whereTheOnlyOfficersPasswordIsSetWhoeverOverseesIsToldToo() {
        long told = letters("overseer");
        actingAs("admin", () -> {
            User officer = identityService.createUserQuery().userId("dpo").singleResult();
            officer.setPassword(SECOND);
            identityService.saveUser(officer);
            return officer;
        });
        User officer = identityService.createUserQuery().userId("dpo").singleResult();
        officer.setPassword("dpo");
        identityService.saveUser(officer);
        assertThat(letters("overseer")).isEqualTo(told + 1);
    }
}
