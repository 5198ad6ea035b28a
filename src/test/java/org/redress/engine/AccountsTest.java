package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Demo accounts have no place in production, and nobody is left without an administrator. */
@SuppressWarnings("NullAway.Init")
class AccountsTest extends ProcessTest {

    @Autowired
    private Grants grants;

    @Autowired
    private Organisations organisations;

    @Autowired
    private StartLock starts;

    @Autowired
    private SignedInPeople signedInPeople;

    @Test
    void aProductionSystemDoesNotStartWhileADemoAccountExists() {
        Accounts production = new Accounts(
                engine,
                grants,
                organisations,
                new Accounts.Settings(
                        false,
                        new Accounts.Settings.Administrator("operator", "a-long-password"),
                        new Accounts.Settings.By("engine", new Accounts.Settings.Claims(false))),
                starts,
                new CaseDefaults(Map.of()),
                signedInPeople);
        assertThatThrownBy(production::make)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("smelter-b")
                .hasMessageContaining("admin");
    }

    @Test
    void eachSeatAndTheChairOfTheFirstLookBelongToAMemberThatHasAnAccountToo() {
        Map.of(
                        "steering-committee", "member-gov",
                        "steering-committee-corporate", "member",
                        "steering-committee-ngo", "member-ngo",
                        "government-chair", "member-gov")
                .forEach((seat, member) -> assertThat(organisationOf(seat))
                        .as(seat)
                        .startsWith("org-member")
                        .isEqualTo(organisationOf(member)));
    }

    private String organisationOf(String user) {
        return identityService
                .createGroupQuery()
                .groupMember(user)
                .groupType("ORGANISATION")
                .singleResult()
                .getId();
    }

    @Test
    void anOrganisationIsRegisteredOnceForARole() {
        organisations.register("org-test-smelter", "smelter", "First name");
        organisations.register("org-test-smelter", "smelter", "Second name");
        assertThat(identityService
                        .createGroupQuery()
                        .groupId("org-test-smelter")
                        .groupType("ORGANISATION")
                        .singleResult()
                        .getName())
                .isEqualTo("Second name");
        assertThatThrownBy(() -> organisations.register("test-smelter", "smelter", "x"))
                .hasMessageContaining("org-");
        assertThatThrownBy(() -> organisations.register("org-test-smelter", "smelting", "x"))
                .hasMessageContaining("smelting");
    }
}
