package org.redress.engine;

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

    /** After the files, which set the profile. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws IllegalStateException that names each missing variable */
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("postgres"))) {
            return;
        }
        List<String> missing = REQUIRED.stream()
                .filter(name -> !StringUtils.hasText(environment.getProperty(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The profile postgres needs " + String.join(", ", missing)
                    + ": set them in the environment (README, Operate)");
        }
    }
}
