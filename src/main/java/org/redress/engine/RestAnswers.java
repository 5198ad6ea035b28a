package org.redress.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandler;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.JsonMappingExceptionHandler;
import org.camunda.bpm.engine.rest.exception.JsonParseExceptionHandler;
import org.camunda.bpm.engine.rest.exception.ProcessEngineExceptionHandler;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.rest.exception.RestExceptionHandler;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.camunda.spin.SpinRuntimeException;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ParamException;
import org.glassfish.jersey.server.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * The REST interface of the engine, with one answer to input that is refused whichever door it came through: 400, and 403 for
 * whoever may not. The engine by itself calls some of it a server error, or says nothing about it.
 */
@Component
class RestAnswers extends CamundaJerseyResourceConfig {

    /** Where the engine's interface makes its own of what was sent: what is missing there was missing in the request. */
    private static final String REST = "org.camunda.bpm.engine.rest.";

    /** Before the engine's own for the same failures, where these are registered, too ({@link AnswersOfTheWebApps}). */
    private static final int FIRST = 1;

    /** How the engine says that an id is nobody's. */
    private static final Pattern NO_SUCH = Pattern.compile("(?i)^(execution|process instance|task) \\S+ doesn't exist");

    private static final String SUSPENDED =
            "This case, or the model that it runs by, is suspended at the moment: nothing of what you sent was entered. Keep it,"
                    + " and ask an administrator to set it going again; if somebody is in danger, do not wait for that";

    @Override
    protected void registerCamundaRestResources() {
        Set<Class<?>> own = new HashSet<>(CamundaRestResources.getConfigurationClasses());
        own.removeAll(Set.of(
                RestExceptionHandler.class,
                ExceptionHandler.class,
                ProcessEngineExceptionHandler.class,
                JsonMappingExceptionHandler.class,
                JsonParseExceptionHandler.class));
        own.addAll(Set.of(Anything.class, OfTheInterface.class, OfTheEngine.class, OfJson.class, SomeBody.class));
        registerClasses(CamundaRestResources.getResourceClasses());
        registerClasses(own);
        // Its own answers name the classes that a body was to become.
        register(JacksonFeature.withoutExceptionMappers());
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }

    private static Response answer(Throwable failure) {
        return ExceptionHandlerHelper.getInstance()
                .getResponse(refusal(failure).<Throwable>map(refused -> refused).orElse(failure));
    }

    /** Tells what was refused from what went wrong, by the causes that the engine's interface has wrapped. */
    private static Optional<RestException> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidForm || cause instanceof InvalidInput) {
                return Optional.of(bad((Exception) cause, String.valueOf(cause.getMessage())));
            }
            if (cause instanceof NullValueException
                    && NO_SUCH.matcher(String.valueOf(cause.getMessage())).find()) {
                return Optional.of(new RestException(
                        Response.Status.NOT_FOUND,
                        (Exception) cause,
                        "There is no such case, task or step, or no longer"));
            }
            if (cause instanceof SuspendedEntityInteractionException suspended) {
                return Optional.of(new RestException(Response.Status.CONFLICT, suspended, SUSPENDED));
            }
            if (cause instanceof AuthorizationException refused) {
                return Optional.of(new RestException(Response.Status.FORBIDDEN, refused, refused.getMessage()));
            }
            if (cause instanceof ParamException parameter) {
                return Optional.of(bad(parameter, parameter.getParameterName() + " cannot have this value"));
            }
            if (cause instanceof JsonProcessingException json) {
                return Optional.of(bad(json, said(json)));
            }
            if (cause instanceof SpinRuntimeException) {
                return Optional.of(bad((Exception) cause, "A value is not what its type says"));
            }
            if (cause instanceof NullPointerException missing && isOfTheRequest(missing, 1)) {
                return Optional.of(bad(missing, "Something is missing in the body, or is null"));
            }
            if (cause instanceof IllegalArgumentException wrong && isOfTheRequest(wrong, 8)) {
                return Optional.of(bad(wrong, "A value is not what its type says: " + wrong.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfTheRequest(Throwable failure, int frames) {
        return Arrays.stream(failure.getStackTrace()).limit(frames).anyMatch(frame -> frame.getClassName()
                .startsWith(REST));
    }

    /** Where in the body it is; not what stands there, which may be confidential. */
    private static String said(JsonProcessingException failure) {
        String where = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(part ->
                                part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                        .collect(Collectors.joining("/", "/", ""))
                : "";
        return where.length() > 1
                ? where + " is not of the kind that is asked for"
                : "The body is not the JSON that is asked for";
    }

    private static RestException bad(Exception cause, String message) {
        return new RestException(Response.Status.BAD_REQUEST, cause, message);
    }

    @Priority(FIRST)
    static final class Anything implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable failure) {
            return answer(failure);
        }
    }

    @Priority(FIRST)
    static final class OfTheInterface implements ExceptionMapper<RestException> {
        @Override
        public Response toResponse(RestException failure) {
            return answer(failure);
        }
    }

    @Priority(FIRST)
    static final class OfTheEngine implements ExceptionMapper<org.camunda.bpm.engine.ProcessEngineException> {
        @Override
        public Response toResponse(org.camunda.bpm.engine.ProcessEngineException failure) {
            return answer(failure);
        }
    }

    /** More exact than what Jackson registers itself. */
    @Priority(FIRST)
    static final class OfJson implements ExceptionMapper<JsonProcessingException> {
        @Override
        public Response toResponse(JsonProcessingException failure) {
            return answer(failure);
        }
    }

    /** A body that says {@code null} is none. */
    static final class SomeBody implements ReaderInterceptor {
        @Override
        public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
            Object body = context.proceed();
            if (body == null) {
                throw new RestException(Response.Status.BAD_REQUEST, "A body is asked for, and there is none");
            }
            return body;
        }
    }
}
