package org.redress.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * The web apps have the engine's REST once more, set up by themselves: input that is refused is answered there as at
 * {@code /engine-rest} ({@link RestAnswers}), and not as a fault of the server in the engine's words.
 */
@Component
class AnswersOfTheWebApps implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private static final String ANSWERS = List.of(
                    RestAnswers.Anything.class,
                    RestAnswers.OfTheInterface.class,
                    RestAnswers.OfTheEngine.class,
                    RestAnswers.OfJson.class,
                    RestAnswers.SomeBody.class)
            .stream()
            .map(Class::getName)
            .collect(Collectors.joining(","));

    /** Last, when the web apps have added their servlets, and none of these runs yet. */
    @Override
    public void customize(ConfigurableServletWebServerFactory server) {
        server.addInitializers(context -> context.getServletRegistrations().values().stream()
                .filter(servlet -> ServletContainer.class.getName().equals(servlet.getClassName())
                        && servlet.getMappings().stream().anyMatch(path -> path.startsWith("/camunda/api/")))
                .forEach(servlet -> servlet.setInitParameter(ServerProperties.PROVIDER_CLASSNAMES, ANSWERS)));
    }
}
