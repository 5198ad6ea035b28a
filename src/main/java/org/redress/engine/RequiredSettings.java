package org.redress.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
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

    /** After the files, which set the profile. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws IllegalStateException that names each missing variable, or why demo accounts may not be made here */
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty("redress.demo", Boolean.class, false)) {
            checkThatNobodyElseGetsIn(environment);
        }
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
