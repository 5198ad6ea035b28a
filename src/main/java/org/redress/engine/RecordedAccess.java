package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Puts each request that asked for something, and was answered, on the {@link AccessTrail}, once the answer is made: on that of a
 * case only when something came out. Stands behind whatever may refuse it.
 */
final class RecordedAccess extends OncePerRequestFilter {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CASE_NUMBER = "caseNumber";
    private static final String INSTANCE = "processInstanceId";
    private static final String EXECUTION = "executionId";
    private static final String NUMBER = "processInstanceBusinessKey";

    /**
     * By what a question of the engine's names one case, at the routes that heed it: what a route does not heed may be written
     * beside a question about everything.
     */
    private static final Map<String, List<String>> HEEDED = Map.ofEntries(
            Map.entry("task", List.of(INSTANCE, NUMBER, EXECUTION)),
            Map.entry("process-instance", List.of("processInstanceIds", "businessKey")),
            Map.entry("execution", List.of(INSTANCE, "businessKey")),
            Map.entry("variable-instance", List.of("processInstanceIdIn", "executionIdIn", "taskIdIn")),
            Map.entry("incident", List.of(INSTANCE, EXECUTION)),
            Map.entry("job", List.of(INSTANCE, EXECUTION)),
            Map.entry("external-task", List.of(INSTANCE, EXECUTION)),
            Map.entry("event-subscription", List.of(INSTANCE, EXECUTION)),
            Map.entry("history/process-instance", List.of(INSTANCE, NUMBER, "processInstanceIds")),
            Map.entry("history/task", List.of(INSTANCE, NUMBER, "taskId", EXECUTION)),
            Map.entry("history/activity-instance", List.of(INSTANCE, EXECUTION)),
            Map.entry(
                    "history/variable-instance", List.of(INSTANCE, "processInstanceIdIn", "executionIdIn", "taskIdIn")),
            Map.entry("history/detail", List.of(INSTANCE, "taskId", EXECUTION)),
            Map.entry("history/decision-instance", List.of(INSTANCE)),
            Map.entry("history/incident", List.of(INSTANCE, EXECUTION)),
            Map.entry("history/job-log", List.of(INSTANCE, EXECUTION)),
            Map.entry("history/external-task-log", List.of(INSTANCE, EXECUTION)),
            Map.entry("history/user-operation", List.of(INSTANCE, "taskId", EXECUTION)),
            Map.entry("history/identity-link-log", List.of("taskId")));

    private static final Pattern LIST =
            Pattern.compile("[A-Z]+ /(?:engine-rest|camunda/api/engine)/(?<what>[a-z/-]+?)(?:/count)?");

    /** An id of the engine's, or the number of a case; what is neither is not asked for. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final AccessTrail trail;
    private final AccessRoutes routes = new AccessRoutes();

    RecordedAccess(AccessTrail trail) {
        this.trail = trail;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SeenAnswer answer = new SeenAnswer(response);
        boolean answered = false;
        try {
            chain.doFilter(request, answer);
            answered = true;
        } finally {
            // Who breaks off has read what had left by then.
            if (response.getStatus() / 100 == 2 && (answered || response.isCommitted())) {
                // What is answered later has not been seen yet.
                noteOrLose(request, answered && !request.isAsyncStarted() && answer.saysNothing());
            }
        }
    }

    private void noteOrLose(HttpServletRequest request, boolean nothing) {
        try {
            note(request, nothing);
        } catch (RuntimeException e) {
            trail.lost(who(request).orElse("somebody"), request.getMethod(), null, e);
        }
    }

    /**
     * @param nothing came out: of no case was anything read, whichever was named. Who is not party to a case gets an empty list of it
     *     as whoever is gets of one where nothing is.
     */
    private void note(HttpServletRequest request, boolean nothing) {
        Optional<AccessRoutes.Read> read = routes.of(request);
        Optional<String> who = read.flatMap(any -> who(request));
        if (read.isEmpty() || who.isEmpty()) {
            return;
        }
        if (nothing) {
            trail.count(who.get(), read.get().pattern(), null, null);
            return;
        }
        String id = read.get().id();
        String number = caseInPath(request);
        Matcher list = LIST.matcher(read.get().pattern());
        if (id == null && number == null && list.matches()) {
            JsonNode asked = request.getMethod().equals("POST") && request instanceof ReadAgain again
                    ? body(again)
                    : MAPPER.missingNode();
            for (String name : HEEDED.getOrDefault(list.group("what"), List.of())) {
                String only = only(request, asked, name);
                if (only != null && name.endsWith("Key")) {
                    number = only;
                } else if (only != null) {
                    id = only;
                }
                if (only != null) {
                    break;
                }
            }
        }
        trail.count(who.get(), read.get().pattern(), known(number), known(id));
    }

    private static @Nullable String known(@Nullable String id) {
        return id != null && ID.matcher(id).matches() ? id : null;
    }

    private static JsonNode body(ReadAgain request) {
        try {
            return MAPPER.readTree(request.getInputStream());
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    private static Optional<String> who(HttpServletRequest request) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known != null && known.isAuthenticated() && !(known instanceof AnonymousAuthenticationToken)) {
            return Optional.of(known.getName());
        }
        HttpSession session = request.getSession(false);
        return session == null
                ? Optional.empty()
                : AuthenticationUtil.getAuthsFromSession(session).getAuthentications().stream()
                        .map(org.camunda.bpm.webapp.impl.security.auth.Authentication::getIdentityId)
                        .findFirst();
    }

    private static @Nullable String caseInPath(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> parts
                        && parts.get(CASE_NUMBER) instanceof String number
                ? number
                : null;
    }

    /** What the question names by this, when it is one thing. */
    private static @Nullable String only(HttpServletRequest request, JsonNode asked, String name) {
        Set<String> found = new LinkedHashSet<>();
        String parameter = request.getMethod().equals("POST") ? null : request.getParameter(name);
        if (parameter != null) {
            found.addAll(List.of(parameter.split(",", -1)));
        }
        JsonNode part = asked.path(name);
        if (part.isTextual()) {
            found.add(part.asText());
        }
        part.forEach(one -> found.add(one.asText()));
        return found.size() == 1 ? found.iterator().next() : null;
    }
}
