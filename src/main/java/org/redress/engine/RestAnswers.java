package org.redress.engine;

import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.rest.exception.RestExceptionHandler;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.springframework.stereotype.Component;

/**
 * The REST interface of the engine, with one answer to input that is refused whichever door it came through: 400. The engine
 * by itself calls it a server error where a process is started without its form.
 */
@Component
class RestAnswers extends CamundaJerseyResourceConfig {

    @Override
    protected void registerCamundaRestResources() {
        Set<Class<?>> own = new HashSet<>(CamundaRestResources.getConfigurationClasses());
        own.remove(RestExceptionHandler.class);
        own.add(Refusals.class);
        registerClasses(CamundaRestResources.getResourceClasses());
        registerClasses(own);
        register(JacksonFeature.class);
    }

    /** Tells what was refused from what went wrong, by the cause that the engine's interface has wrapped. */
    static final class Refusals extends RestExceptionHandler {

        @Override
        public Response toResponse(RestException answer) {
            for (Throwable cause = answer.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof InvalidForm || cause instanceof InvalidInput) {
                    return super.toResponse(
                            new RestException(Response.Status.BAD_REQUEST, (Exception) cause, answer.getMessage()));
                }
            }
            return super.toResponse(answer);
        }
    }
}
