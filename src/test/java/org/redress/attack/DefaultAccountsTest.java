package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.RedressApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Accounts that everybody knows. */
class DefaultAccountsTest extends AttackTest {

    /** The account of every Camunda tutorial; whoever finds a bare engine makes it and signs in. */
    @Test
    void demoIsNobody() {
        assertThat(onTheBareEngine()
                        .post(
                                "/engine-rest/user/create",
                                "{\"profile\":{\"id\":\"demo\",\"firstName\":\"D\",\"lastName\":\"D\"},"
                                        + "\"credentials\":{\"password\":\"demo\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(onTheBareEngine()
                        .post("/engine-rest/identity/verify", "{\"username\":\"demo\",\"password\":\"demo\"}")
                        .body())
                .contains("true");

        assertThat(identityService.createUserQuery().userId("demo").count()).isZero();
        for (String app : new String[] {"tasklist", "admin"}) {
            assertThat(asNobody().signIn(app, "demo", "demo").statusCode()).isEqualTo(401);
        }
        assertThat(Caller.as("demo", port).get("/engine-rest/task").statusCode())
                .isEqualTo(401);
    }

    /** Ours are for a look at it on one's own machine. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", ""})
    void demoAccountsAreForThisMachineOnly(String address) {
        assertThatThrownBy(() -> started("--server.address=" + address))
                .hasMessageContaining("Demo accounts are for a first look on this machine");
    }

    @Test
    void norForProduction() {
        assertThatThrownBy(() -> started(
                        "--spring.profiles.active=postgres", "--REDRESS_ADDRESS=127.0.0.1", "--redress.demo=true"))
                .hasMessageContaining("The profile postgres makes no demo accounts");
    }

    private static void started(String... settings) {
        new SpringApplicationBuilder(RedressApplication.class).run(settings).close();
    }
}
