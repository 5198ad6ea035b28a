package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.Authentication;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the web apps who has signed in by the provider. Their own filter looks up roles and organisation anew for each request
 * ({@code camunda.bpm.webapp.auth.cache}), so that whoever loses one loses it in every browser at once.
 */
final class PersonAtTheWebApps extends OncePerRequestFilter {

    private final ProcessEngine engine;
    private final Duration longest;
    private final ProviderSignOuts signOuts;
    private final Clock clock;

    /** @param longest how long a browser stays signed in */
    PersonAtTheWebApps(ProcessEngine engine, Duration longest, ProviderSignOuts signOuts, Clock clock) {
        this.engine = engine;
        this.longest = longest;
        this.signOuts = signOuts;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (session == null
                || who == null
                || !(who.getPrincipal() instanceof ProviderSignIn.PersonSignedIn person)
                || clock.instant().isAfter(person.since().plus(longest))
                || signOuts.isOut(person.known(), person.getIdToken())
                || !isAtTheWebApps(session, person.getName())) {
            if (session != null) {
                session.invalidate();
            }
            SecurityContextHolder.clearContext();
            ProviderSignIn.ask(request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Whether the session is theirs; not when an administrator has deleted the user. */
    private boolean isAtTheWebApps(HttpSession session, String id) {
        Authentications held = AuthenticationUtil.getAuthsFromSession(session);
        Authentication known = held.getAuthenticationForProcessEngine(engine.getName());
        if (known != null && known.getIdentityId().equals(id)) {
            return true;
        }
        @Nullable UserAuthentication fresh = AuthenticationUtil.createAuthentication(engine, id);
        if (fresh == null) {
            return false;
        }
        held.addOrReplace(fresh);
        return true;
    }
}
