package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger makes himself administrator while there is none (reported as CVE-2026-77226). */
class SetUpPageTest extends AttackTest {

    private static final String ACCOUNT =
            """
            {"profile":{"id":"stranger","firstName":"S","lastName":"S","email":"s@example.org"},
             "credentials":{"password":"stranger-stranger"}}
            """;

    @Test
    void aStrangerMakesHimselfAdministratorOfABareEngine() {
        Caller stranger = onTheBareEngine();
        HttpResponse<String> answer = setUp(stranger, "/camunda/api/admin/setup/default/user/create");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(onTheBareEngine()
                        .get("/engine-rest/user/count?memberOfGroup=camunda-admin")
                        .body())
                .contains("1");
        onTheBareEngine().send("DELETE", "/engine-rest/user/stranger", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/setup/default/user/create/",
                "/camunda/api/admin/%73etup/default/user/create",
                "/camunda/api/admin/setup;x=1/default/user/create",
                "/camunda/api/admin;x=1/setup/default/user/create",
                "/camunda/api/admin//setup/default/user/create",
                "//camunda/api/admin/setup/default/user/create",
                "/camunda/api/./admin/setup/default/user/create",
                "/camunda/api/engine/../admin/setup/default/user/create",
                "/camunda/api/admin/auth/..%2fsetup/default/user/create"
            })
    void ofTheProductNobodyDoesThoughItHasNone(String path) {
        identityService.deleteMembership("admin", "camunda-admin");
        try {
            HttpResponse<String> answer = setUp(asNobody(), path);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 404);
            assertThat(identityService.createUserQuery().userId("stranger").count())
                    .isZero();
            assertThat(identityService
                            .createUserQuery()
                            .memberOfGroup("camunda-admin")
                            .count())
                    .isZero();
        } finally {
            identityService.createMembership("admin", "camunda-admin");
        }
    }

    @Test
    void norIsThePageShown() {
        onTheBareEngine().get("/camunda/app/admin/default/setup/");
        assertThat(asNobody().get("/camunda/app/admin/default/setup/").statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> setUp(Caller caller, String path) {
        caller.get("/camunda/app/admin/default/");
        caller.get("/camunda/app/welcome/default/");
        assertThat(caller.token()).as("a token is had for the asking").hasSize(2);
        return caller.post(path, ACCOUNT, caller.token());
    }
}
