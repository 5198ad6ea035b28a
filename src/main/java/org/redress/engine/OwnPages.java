package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The door of our own pages, for whoever is signed in to the web apps: these keep in the session who it is. What the person
 * may do is asked anew each time, so that a role that was taken away counts at once.
 */
@Configuration(proxyBeanMethods = false)
class OwnPages {

    private static final List<String> OWN = List.of("/files/", "/break-glass/", "/holds/", "/cases/", "/my/");
    private static final String SIGN_IN = "/camunda/app/tasklist/default/";

    /** What a person may be brought to after signing in: names between single slashes, none of which begins with a dot. */
    private static final Pattern ASKED = Pattern.compile(
            "(?:" + String.join("|", OWN) + ")[A-Za-z0-9][A-Za-z0-9._~-]*(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)*");

    @Bean
    @Order(0)
    SecurityFilterChain pages(
            HttpSecurity http,
            @Value("${redress.vault.files.size:20MB}") DataSize longest,
            ObjectProvider<DocumentDoor> documents,
            SignIn signIn,
            AccessTrail trail,
            @Lazy ProcessEngine engine)
            throws Exception {
        return http.securityMatcher(OwnPages::isOwn)
                // The session is the web apps'. Managed here too, it would get a new id and a new token with each
                // request, and a
                // second tab would be refused.
                .sessionManagement(session -> session.disable())
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .requestCache(cache -> cache.disable())
                .headers(SafeAnswers::ofOurForms)
                // Both before the token is looked for, for which the whole body is read.
                .addFilterBefore(new SignedInToTheWebApps(engine, signIn), CsrfFilter.class)
                .addFilterBefore(new Uploads(longest.toBytes(), documents::getObject), CsrfFilter.class)
                .addFilterAfter(new RecordedAccess(trail), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    private static boolean isOwn(HttpServletRequest request) {
        return OWN.stream().anyMatch(request.getServletPath()::startsWith);
    }

    private static final class SignedInToTheWebApps extends OncePerRequestFilter {

        private final ProcessEngine engine;
        private final SignIn signIn;

        private SignedInToTheWebApps(ProcessEngine engine, SignIn signIn) {
            this.engine = engine;
            this.signIn = signIn;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Optional<Authentication> who = who(request.getSession(false));
            if (who.isEmpty()) {
                response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                response.setHeader("Location", request.getContextPath() + SIGN_IN + asked(request));
                return;
            }
            if (OWN.contains(request.getServletPath())) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(who.get());
            SecurityContextHolder.setContext(context);
            try {
                chain.doFilter(request, response);
            } finally {
                SecurityContextHolder.clearContext();
            }
        }

        /** Tasklist brings the person there once they are in ({@code scripts/redress.js}). */
        private static String asked(HttpServletRequest request) {
            // As it was sent: what a server makes of dots, escapes and backslashes is none of our addresses.
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            return HttpMethod.GET.matches(request.getMethod())
                            && ASKED.matcher(path).matches()
                    ? "?to=" + path
                    : "";
        }

        private Optional<Authentication> who(@Nullable HttpSession session) {
            if (session == null) {
                return Optional.empty();
            }
            Authentications known = AuthenticationUtil.getAuthsFromSession(session);
            var signedIn = known.getAuthenticationForProcessEngine(engine.getName());
            IdentityService identity = engine.getIdentityService();
            if (signedIn == null
                    || !signIn.isStillIn(session, signedIn.getIdentityId())
                    || identity.createUserQuery()
                                    .userId(signedIn.getIdentityId())
                                    .count()
                            == 0) {
                return Optional.empty();
            }
            List<String> groups = identity.createGroupQuery().groupMember(signedIn.getIdentityId()).list().stream()
                    .map(Group::getId)
                    .toList();
            return Optional.of(UsernamePasswordAuthenticationToken.authenticated(
                    signedIn.getIdentityId(), null, AuthorityUtils.createAuthorityList(groups)));
        }
    }
}
