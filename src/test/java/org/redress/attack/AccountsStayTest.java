package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts deleted by whom the engine lets: everybody their own, an administrator the last of a role. */
class AccountsStayTest extends AttackTest {

    @Test
    void ofABareEngineEverybodyDeletesTheLastAccountAndTheRoleItself() {
        Caller anybody = onTheBareEngine();
        anybody.post(
                "/engine-rest/user/create",
                "{\"profile\":{\"id\":\"last\",\"firstName\":\"L\",\"lastName\":\"L\"},"
                        + "\"credentials\":{\"password\":\"a-password\"}}");
        anybody.post("/engine-rest/group/create", "{\"id\":\"officers\",\"name\":\"O\",\"type\":\"WORKFLOW\"}");
        for (String path : List.of("/engine-rest/user/last", "/engine-rest/group/officers")) {
            assertThat(anybody.send("DELETE", path, null).statusCode()).as(path).isEqualTo(204);
        }
    }

    /** With a role all who have it would lose it at once, the last of them too. */
    @ParameterizedTest
    @CsvSource({"dpo", "camunda-admin", "protection", "org-luma"})
    void aRoleAndAnOrganisationStay(String group) {
        HttpResponse<String> answer = signedInAs("admin").send("DELETE", "/engine-rest/group/" + group, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(identityService.createGroupQuery().groupId(group).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"overseer,overseer", "dpo,dpo", "smelter,smelter", "admin,dpo", "admin,admin"})
    void nobodyDeletesTheirOwnAccountNorAnAdministratorTheLastOfARole(String who, String account) {
        HttpResponse<String> answer = signedInAs(who).send("DELETE", "/engine-rest/user/" + account, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(identityService.createUserQuery().userId(account).count()).isEqualTo(1);
    }

    /** Whoever reads as an account of that name would stand on the read log and the trails as the product. */
    @ParameterizedTest
    @ValueSource(strings = {"system", "SYSTEM", "System"})
    void nobodyIsCalledAsTheProductItself(String name) {
        String account = "{\"profile\":{\"id\":\"" + name
                + "\",\"firstName\":\"S\",\"lastName\":\"S\"},\"credentials\":{\"password\":\"nobody-knows-this-one\"}}";
        assertThat(onTheBareEngine().post("/engine-rest/user/create", account).statusCode())
                .isEqualTo(204);
        HttpResponse<String> answer = signedInAs("admin").post("/engine-rest/user/create", account);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(identityService.createUserQuery().userId(name).count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"dpo,dpo", "camunda-admin,admin"})
    void theLastOfARoleKeepsIt(String role, String account) {
        HttpResponse<String> answer =
                signedInAs("admin").send("DELETE", "/engine-rest/group/" + role + "/members/" + account, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(identityService
                        .createUserQuery()
                        .userId(account)
                        .memberOfGroup(role)
                        .count())
                .isEqualTo(1);
    }
}
