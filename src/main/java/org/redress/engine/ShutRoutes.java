package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Routes of the engine's REST that the house has no use for are shut, and those that the engine opens to everybody who is
 * signed in, though only operators need them, are opened to these alone: at both doors, the web apps having the same REST once
 * more.
 */
final class ShutRoutes extends OncePerRequestFilter {

    private static final Pattern DOOR =
            Pattern.compile("(?:/engine-rest(?:/engine/[^/]+)?|/camunda/api/engine/engine/[^/]+)"
                    + "(?<route>/.*)|/camunda/api/engine(?<undocumented>/application\\.wadl.*)");

    /** Case models and tenants, which we have not; tasks without a case; starts by a condition; what describes or measures the machine to outsiders. */
    private static final Pattern NOBODY = Pattern.compile(
            "/application\\.wadl.*|/case-(definition|execution|instance)(/.*)?|/history/case-.*"
                    + "|/tenant(/.*)?|/.*/tenant-id/.*|/task/create|/condition|/external-task/fetchAndLock|/optimize(/.*)?|/telemetry(/.*)?|/schema(/.*)?");

    /** Of these Cockpit and Admin ask whether there are any, and break where they are not told. */
    private static final Pattern LOOKED_AT =
            Pattern.compile("/(case-definition|tenant)(/count)?|/telemetry/configuration");

    /** The engine's own, which lie readable beside the vault ({@link NothingIsLost}). */
    private static final Pattern NOTES = Pattern.compile("/(task|process-instance)/[^/]+/(comment|attachment)(/.*)?");

    /** What only operators need; stack traces among it, since a library may put a value into the text of its exception. */
    private static final Pattern ADMINISTRATORS =
            Pattern.compile("/metrics(/.*)?|/history/cleanup(/.*)?|/migration(/.*)?|/modification(/.*)?"
                    + "|/process-instance/[^/]+/modification(-async)?"
                    + "|/.*/(stacktrace|errorDetails|error-details)");

    /** Jobs: what waits in which case, with errors in the machine's words. */
    private static final Pattern WATCHERS = Pattern.compile("/(job|job-definition|history/job-log)(/.*)?");

    /**
     * What counts cases, whoever may see them: from a number that grows a company learns that somebody complained (remedy.md C,
     * groups of fewer than five).
     */
    private static final Pattern COUNTS =
            Pattern.compile("/(.*/)?(statistics|statistics-count|report|[a-z-]+-report)(/.*)?");

    /** Open to everybody in the web apps, for a set-up page that is shut here. */
    private static final Pattern ANYBODY = Pattern.compile("/identity/password-policy");

    /** The list of models, which everybody has; narrowed by what fails in their cases, it tells whether there are any. */
    private static final Pattern MODELS = Pattern.compile("/process-definition(/count)?");

    private static final Pattern QUERIES = Pattern.compile("/(job|job-definition|history/job-log)(/count)?");

    private final Function<HttpServletRequest, Stream<String>> groups;

    private ShutRoutes(Function<HttpServletRequest, Stream<String>> groups) {
        this.groups = groups;
    }

    /** Where each request says who calls. */
    static ShutRoutes ofRest() {
        return new ShutRoutes(request ->
                Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication()).stream()
                        .flatMap(who -> who.getAuthorities().stream())
                        .map(GrantedAuthority::getAuthority));
    }

    /** Where a web app has opened a session; groups are looked up, since the session may remember one that is lost. */
    static ShutRoutes ofTheWebApps(ProcessEngine engine) {
        return new ShutRoutes(request -> Optional.ofNullable(request.getSession(false)).stream()
                .flatMap(session -> AuthenticationUtil.getAuthsFromSession(session).getAuthentications().stream())
                .flatMap(who ->
                        engine.getIdentityService().createGroupQuery().groupMember(who.getIdentityId()).list().stream())
                .map(Group::getId));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isShut(request)) {
            Refusals.write(request, response, HttpServletResponse.SC_FORBIDDEN, "This is not open to you");
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isShut(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        Matcher door = DOOR.matcher(path);
        if (path.startsWith("/camunda/api/admin/plugin/") && !path.contains("/static/")) {
            return !has(request, Set.of(Roles.ADMINISTRATOR));
        }
        if (path.startsWith("/camunda/api/cockpit/plugin/") && !path.contains("/static/")) {
            return !has(request, Set.of(Roles.ADMINISTRATOR, Roles.OVERSEER));
        }
        if (!door.matches()) {
            return false;
        }
        String route = Objects.requireNonNullElse(door.group("route"), door.group("undocumented"));
        if (LOOKED_AT.matcher(route).matches() && HttpMethod.GET.matches(request.getMethod())) {
            return !has(request, Set.of(Roles.ADMINISTRATOR, Roles.OVERSEER));
        }
        if (NOBODY.matcher(route).matches()
                || (NOTES.matcher(route).matches() && !HttpMethod.GET.matches(request.getMethod()))) {
            return true;
        }
        if (ADMINISTRATORS.matcher(route).matches()) {
            return !has(request, Set.of(Roles.ADMINISTRATOR));
        }
        if (ANYBODY.matcher(route).matches()) {
            return groups.apply(request).findAny().isEmpty();
        }
        if (COUNTS.matcher(route).matches() || (MODELS.matcher(route).matches() && asksForIncidents(request))) {
            return !has(request, Set.of(Roles.ADMINISTRATOR, Roles.OVERSEER));
        }
        if (!WATCHERS.matcher(route).matches()) {
            return false;
        }
        // The engine lets everybody change the jobs that belong to no case.
        boolean reads = HttpMethod.GET.matches(request.getMethod())
                || (QUERIES.matcher(route).matches() && HttpMethod.POST.matches(request.getMethod()));
        return !has(request, reads ? Set.of(Roles.ADMINISTRATOR, Roles.OVERSEER) : Set.of(Roles.ADMINISTRATOR));
    }

    private static boolean asksForIncidents(HttpServletRequest request) {
        return request.getParameterMap().keySet().stream().anyMatch(name -> name.startsWith("incident"));
    }

    private boolean has(HttpServletRequest request, Set<String> wanted) {
        return groups.apply(request).anyMatch(wanted::contains);
    }
}
