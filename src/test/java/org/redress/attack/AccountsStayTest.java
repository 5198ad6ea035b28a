package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts deleted by whom the engine lets: everybody their own, an administrator the last of a role. */
class AccountsStayTest extends AttackTest {

    @ParameterizedTest
    @CsvSource({"overseer,overseer", "dpo,dpo", "smelter,smelter", "admin,dpo", "admin,admin"})
    void nobodyDeletesTheirOwnAccountNorAnAdministratorTheLastOfARole(String who, String account) {
        HttpResponse<String> answer = signedInAs(who).send("DELETE", "/engine-rest/user/" + account, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(identityService.createUserQuery().userId(account).count()).isEqualTo(1);
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
