package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.webapp.impl.security.auth.Authentication;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session of the web apps lasts as long as the password by which it began, and never longer than a day's work, however often
 * it is used: who finds or copies a cookie does not keep it alive. Whoever sets a new one because the old one is
 * known ends what somebody else began with it. Who changes their own stays in, in that browser.
 */
final class SessionsEndWithThePassword extends OncePerRequestFilter {

    private static final String KNOWN = SessionsEndWithThePassword.class.getName();
    private static final Pattern SIGN_IN = Pattern.compile("/camunda/api/admin/auth/user/[^/]+/login/.*");
    private static final Pattern NEW_PASSWORD =
            Pattern.compile("/camunda/api/engine/engine/[^/]+/user/([^/]+)/credentials");

    private static final String BEGAN = SessionsEndWithThePassword.class.getName() + ".began";

    private final PasswordChanges changes;
    private final Duration longest;
    private final Clock clock;

    /** @param longest how long a browser stays signed in at most */
    SessionsEndWithThePassword(PasswordChanges changes, Duration longest, Clock clock) {
        this.changes = changes;
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether the account's password was set since the session began, or it began too long ago. */
    boolean isOver(HttpSession session, String user) {
        long began = session.getAttribute(BEGAN) instanceof Long moment ? moment : session.getCreationTime();
        return clock.instant().isAfter(Instant.ofEpochMilli(began).plus(longest))
                || (session.getAttribute(KNOWN) instanceof Long known && changes.since(known, user));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null && users(session).anyMatch(user -> isOver(session, user))) {
            session.invalidate();
        }
        String path = Security.path(request);
        if (HttpMethod.POST.matches(request.getMethod())
                && SIGN_IN.matcher(path).matches()) {
            // Before the password is looked at: what is set while it is, counts as set afterwards.
            long known = changes.newest();
            chain.doFilter(request, response);
            HttpSession begun = request.getSession(false);
            remember(begun, known);
            if (begun != null && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
                begun.setAttribute(BEGAN, clock.millis());
            }
            return;
        }
        chain.doFilter(request, response);
        Matcher changed = NEW_PASSWORD.matcher(path);
        if (HttpMethod.PUT.matches(request.getMethod())
                && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                && changed.matches()
                && isOf(request.getSession(false), changed.group(1))) {
            remember(request.getSession(false), changes.newest());
        }
    }

    private static void remember(@Nullable HttpSession session, long known) {
        if (session != null) {
            session.setAttribute(KNOWN, known);
        }
    }

    private static boolean isOf(@Nullable HttpSession session, String user) {
        return session != null && users(session).anyMatch(user::equals);
    }

    private static Stream<String> users(HttpSession session) {
        return Optional.ofNullable(AuthenticationUtil.getAuthsFromSession(session)).stream()
                .flatMap(held -> held.getAuthentications().stream())
                .map(Authentication::getIdentityId);
    }
}
