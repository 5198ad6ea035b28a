package org.redress.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What goes wrong at {@code /api} before or behind its controllers, told as they tell it: a problem (RFC 9457), in UTF-8. The
 * engine's REST keeps the engine's own words.
 */
@Configuration(proxyBeanMethods = false)
class Problems {

    static final String NOT_SIGNED_IN = "urn:redress:problem:not-signed-in";
    static final String TOO_MANY_ATTEMPTS = "urn:redress:problem:too-many-attempts";

    private static final String API = "/api";

    /** The type of a problem of which its status says all. */
    private static final String OF_ITS_STATUS = "about:blank";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static boolean isApi(String path) {
        return path.equals(API) || path.startsWith(API + "/");
    }

    static void write(HttpServletRequest request, HttpServletResponse response, int status, @Nullable String detail)
            throws IOException {
        HttpStatus known = HttpStatus.resolve(status);
        write(
                response,
                OF_ITS_STATUS,
                known == null ? "Error" : known.getReasonPhrase(),
                status,
                detail,
                request.getRequestURI());
    }

    /** @param instance the address that was asked for, as it was sent */
    static void write(
            HttpServletResponse response,
            String type,
            String title,
            int status,
            @Nullable String detail,
            String instance)
            throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", type);
        problem.put("title", title);
        problem.put("status", status);
        if (detail != null) {
            problem.put("detail", detail);
        }
        problem.put("instance", instance);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        // Bytes, since a writer would add the container's own character set.
        response.getOutputStream().write(MAPPER.writeValueAsBytes(problem));
    }

    /** In place of the page for failures that nobody expected. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> failuresOfTheApi() {
        FilterRegistrationBean<OncePerRequestFilter> failures = new FilterRegistrationBean<>(new Failures());
        failures.setDispatcherTypes(DispatcherType.ERROR);
        return failures;
    }

    private static final class Failures extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String asked = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
            String path = asked.startsWith(request.getContextPath())
                    ? asked.substring(request.getContextPath().length())
                    : asked;
            if (!isApi(path)) {
                chain.doFilter(request, response);
                return;
            }
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                    ? code
                    : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            HttpStatus known = HttpStatus.resolve(status);
            // Nothing of the failure itself: it may quote what was sent.
            write(response, OF_ITS_STATUS, known == null ? "Error" : known.getReasonPhrase(), status, null, asked);
        }
    }
}
