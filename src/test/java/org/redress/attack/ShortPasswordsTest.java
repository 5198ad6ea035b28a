package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A password of one letter opens everything that its owner may read. */
@SuppressWarnings("NullAway.Init")
class ShortPasswordsTest extends AttackTest {

    private static final String FIRST = "the first long password";

    private String worker;

    @BeforeEach
    void aCaseWorker() {
        worker = "worker-" + UUID.randomUUID();
        User user = identityService.newUser(worker);
        user.setPassword(FIRST);
        identityService.saveUser(user);
        identityService.createMembership(worker, "vsc");
    }

    @AfterEach
    void isGone() {
        identityService.deleteUser(worker);
    }

    private static String credentials(String password, String own) {
        return "{\"password\":\"" + password + "\",\"authenticatedUserPassword\":\"" + own + "\"}";
    }

    @Test
    void onABareEngineOneLetterIsEnough() {
        String somebody = worker.replace("-", "");
        assertThat(onTheBareEngine()
                        .post(
                                "/engine-rest/user/create",
                                "{\"profile\":{\"id\":\"" + somebody + "\"},\"credentials\":{\"password\":\"a\"}}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aPasswordOfElevenCharactersIsNotTakenFromAnybodyAtAnyDoor() {
        String door = "/user/" + worker + "/credentials";
        Caller self = Caller.as(worker, FIRST, port);
        Caller inTasklist = asNobody();
        assertThat(inTasklist.signIn("tasklist", worker, FIRST).statusCode()).isEqualTo(200);
        for (String weak : new String[] {"a", "elevenchars", ""}) {
            for (HttpResponse<String> answer : List.of(
                    self.put("/engine-rest" + door, credentials(weak, FIRST)),
                    signedInAs("admin").put("/engine-rest" + door, credentials(weak, "admin")),
                    inTasklist.put(
                            "/camunda/api/engine/engine/default" + door,
                            credentials(weak, FIRST),
                            inTasklist.token()))) {
                assertThat(answer.statusCode()).as(weak + answer.body()).isIn(400, 500);
            }
            assertThat(Caller.as(worker, weak, port).get("/engine-rest/version").statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> told = self.put("/engine-rest" + door, credentials("a", FIRST));
        assertThat(told.statusCode()).isEqualTo(400);
        assertThat(told.body()).contains("A password has at least 12 characters");
        assertThat(self.put("/engine-rest" + door, credentials("twelve-chars", FIRST))
                        .statusCode())
                .isEqualTo(204);
        assertThat(Caller.as(worker, "twelve-chars", port)
                        .get("/engine-rest/version")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void norForANewAccountAndWhoMayMakeNoneHearsThat() {
        String body = "{\"profile\":{\"id\":\"weak\",\"firstName\":\"W\",\"lastName\":\"W\"},"
                + "\"credentials\":{\"password\":\"w\"}}";
        HttpResponse<String> answer = signedInAs("admin").post("/engine-rest/user/create", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(signedInAs("smelter").post("/engine-rest/user/create", body).statusCode())
                .isEqualTo(403);
        assertThat(identityService.createUserQuery().userId("weak").count()).isZero();
    }

    @Test
    void adminTellsTheRuleBeforehand() {
        assertThat(signedInAs("admin")
                        .get("/engine-rest/identity/password-policy")
                        .body())
                .contains("PASSWORD_POLICY_LENGTH", "\"12\"");
    }
}
