package org.redress.engine;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;
import org.glassfish.jersey.server.ServerProperties;

/**
 * A refusal begins with what is to be corrected. The engine's interface puts before it what it could not do, with the id of a
 * definition or a task, and Tasklist shows that to people. Found by both doors of the interface by itself: that of the web apps
 * is not ours to set up.
 */
@Priority(1)
public final class OnlyOurSentence implements AutoDiscoverable, ContainerResponseFilter {

    private static final int REFUSED = 400;

    private static final Pattern ENGINES_WORDS = Pattern.compile(
            "^Cannot (instantiate process definition|submit task form|complete task|resolve task) [^ ]+: ");

    @Override
    public void configure(FeatureContext context) {
        // The description of every route, for whoever sends OPTIONS.
        context.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        context.register(OnlyOurSentence.class);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == REFUSED
                && response.getEntity() instanceof String
                && MediaType.TEXT_PLAIN_TYPE.isCompatible(response.getMediaType())) {
            // The parser names the class that the body was to become, and repeats what stood there.
            response.setEntity(
                    Map.of("type", "InvalidInput", "message", "The body is not the JSON that is asked for"),
                    response.getEntityAnnotations(),
                    MediaType.APPLICATION_JSON_TYPE);
        }
        if (response.getStatus() == REFUSED
                && response.getEntity() instanceof ExceptionDto refusal
                && refusal.getMessage() != null) {
            refusal.setMessage(ENGINES_WORDS.matcher(refusal.getMessage()).replaceFirst(""));
        }
    }
}
