package org.redress.engine;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/** Says before anything starts which settings a production system lacks, all of them at once. */
final class RequiredSettings implements EnvironmentPostProcessor, Ordered {

    private static final List<String> REQUIRED =
            List.of("REDRESS_DB_URL", "REDRESS_DB_USER", "REDRESS_DB_PASSWORD", "REDRESS_PUBLIC_URL");

    /** The master key of the vault, in a file or as it is: one of them. */
    private static final List<String> MASTER_KEY = List.of("REDRESS_VAULT_KEY_FILE", "REDRESS_VAULT_KEY");

    private static final String SIGN_IN = "redress.sign-in.provider";
    private static final String ISSUER = "redress.sign-in.oidc.issuer";
    private static final String CLIENT = "redress.sign-in.oidc.client-id";
    private static final String AUDIENCE = "redress.sign-in.oidc.audience";

    /** Of a sign-in by a provider: the setting, and how the environment calls it. */
    private static final Map<String, String> OF_A_PROVIDER = new TreeMap<>(Map.of(
            ISSUER,
            "REDRESS_SIGNIN_OIDC_ISSUER",
            CLIENT,
            "REDRESS_SIGNIN_OIDC_CLIENTID",
            "redress.sign-in.oidc.client-secret",
            "REDRESS_SIGNIN_OIDC_CLIENTSECRET",
            AUDIENCE,
            "REDRESS_SIGNIN_OIDC_AUDIENCE"));

    /** After the files, which set the profile. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws IllegalStateException that names each missing variable, or what may not be as it is set */
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty("redress.demo", Boolean.class, false)) {
            checkThatNobodyElseGetsIn(environment);
        }
        checkSignIn(environment);
        if (!environment.acceptsProfiles(Profiles.of("postgres"))) {
            return;
        }
        List<String> missing = new ArrayList<>(REQUIRED);
        missing.removeIf(name -> StringUtils.hasText(environment.getProperty(name)));
        if (MASTER_KEY.stream().noneMatch(name -> StringUtils.hasText(environment.getProperty(name)))) {
            missing.add(String.join(" or ", MASTER_KEY));
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The profile postgres needs " + String.join(", ", missing)
                    + ": set them in the environment (README, Operate)");
        }
    }

    private static void checkSignIn(ConfigurableEnvironment environment) {
        String provider = environment.getProperty(SIGN_IN, "engine");
        if (provider.equals("engine")) {
            return;
        }
        if (!provider.equals("oidc")) {
            throw new IllegalStateException(
                    "REDRESS_SIGNIN_PROVIDER is engine or oidc, not '" + provider + "' (README, Operate)");
        }
        List<String> missing = OF_A_PROVIDER.entrySet().stream()
                .filter(setting -> !StringUtils.hasText(environment.getProperty(setting.getKey())))
                .map(Map.Entry::getValue)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Sign-in by a provider needs " + String.join(", ", missing)
                    + ": set them in the environment (docs/sign-in.md)");
        }
        if (environment.getProperty("redress.demo", Boolean.class, false)) {
            throw new IllegalStateException(
                    "With sign-in by a provider there are no demo accounts: set redress.demo=false");
        }
        String issuer = environment.getRequiredProperty(ISSUER);
        if (!issuer.startsWith("https://") && !isThisMachineOnly(host(issuer))) {
            throw new IllegalStateException(
                    "REDRESS_SIGNIN_OIDC_ISSUER begins with https://, since whoever reads or changes what the provider"
                            + " says could sign in as anybody");
        }
        if (environment.getRequiredProperty(AUDIENCE).equals(environment.getProperty(CLIENT))) {
            throw new IllegalStateException("REDRESS_SIGNIN_OIDC_AUDIENCE is not the client's id: with it, a token that"
                    + " says who somebody is would open the API as well");
        }
    }

    private static String host(String address) {
        try {
            return String.valueOf(URI.create(address).getHost());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The password of a demo account is its name. */
    private static void checkThatNobodyElseGetsIn(ConfigurableEnvironment environment) {
        if (environment.acceptsProfiles(Profiles.of("postgres"))) {
            throw new IllegalStateException("The profile postgres makes no demo accounts: leave redress.demo out");
        }
        String address = environment.getProperty("server.address", "");
        if (!isThisMachineOnly(address)) {
            throw new IllegalStateException(
                    "Demo accounts are for a first look on this machine: set redress.demo=false,"
                            + " or server.address=127.0.0.1 instead of '" + address + "'");
        }
    }

    private static boolean isThisMachineOnly(String address) {
        try {
            return StringUtils.hasText(address)
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
