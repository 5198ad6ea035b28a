package org.redress.signin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.RedressApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Half a configuration does not open a door: the product says what is missing and does not start. */
class RequiredOfAProviderTest {

    private static final List<String> WHOLE = List.of(
            "--redress.demo=false",
            "--redress.sign-in.provider=oidc",
            "--redress.sign-in.oidc.issuer=https://login.example",
            "--redress.sign-in.oidc.client-id=web",
            "--redress.sign-in.oidc.client-secret=secret",
            "--redress.sign-in.oidc.audience=api");

    @Test
    void allThatIsMissingIsSaidAtOnce() {
        assertThatThrownBy(() -> start("--redress.demo=false", "--redress.sign-in.provider=oidc"))
                .hasMessageContaining("REDRESS_SIGNIN_OIDC_AUDIENCE, REDRESS_SIGNIN_OIDC_CLIENTID,"
                        + " REDRESS_SIGNIN_OIDC_CLIENTSECRET, REDRESS_SIGNIN_OIDC_ISSUER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "client-id", "client-secret", "audience"})
    void eachOneIsNeeded(String setting) {
        assertThatThrownBy(() -> start("--redress.sign-in.oidc." + setting + "= "))
                .hasMessageContaining(
                        "REDRESS_SIGNIN_OIDC_" + setting.replace("-", "").toUpperCase(java.util.Locale.ROOT))
                .hasMessageContaining("Sign-in by a provider needs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oicd", "OIDC", "none", ""})
    void aProviderThatIsNoneIsNoSignInByTheEngine(String provider) {
        assertThatThrownBy(() -> start("--redress.sign-in.provider=" + provider))
                .hasMessageContaining("REDRESS_SIGNIN_PROVIDER is engine or oidc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://login.example", "ftp://login.example", "login.example", "http://127.0.0.1.login.example"
            })
    void whatTheProviderSaysIsNotReadInTheOpen(String issuer) {
        assertThatThrownBy(() -> start("--redress.sign-in.oidc.issuer=" + issuer))
                .hasMessageContaining("REDRESS_SIGNIN_OIDC_ISSUER begins with https://");
    }

    @Test
    void anIdTokenIsNoAccessToken() {
        assertThatThrownBy(() -> start("--redress.sign-in.oidc.audience=web"))
                .hasMessageContaining("REDRESS_SIGNIN_OIDC_AUDIENCE is not the client's id");
    }

    @Test
    void thereAreNoDemoAccountsBesideAProvider() {
        assertThatThrownBy(() -> start("--redress.demo=true")).hasMessageContaining("there are no demo accounts");
    }

    /** Later settings win. */
    private static void start(String... settings) {
        List<String> all = new ArrayList<>(settings.length == 2 ? List.of() : WHOLE);
        for (String setting : settings) {
            all.removeIf(known -> known.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            all.add(setting);
        }
        new SpringApplicationBuilder(RedressApplication.class)
                .run(all.toArray(String[]::new))
                .close();
    }
}
