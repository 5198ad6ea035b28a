package org.redress.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Sign-in by the engine's own users: HTTP Basic at the doors for programs, and the web apps' own login. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "redress.sign-in.provider", havingValue = "engine", matchIfMissing = true)
class EngineSignIn implements SignIn {

    private final SignInFailures signIns;
    private final SessionsEndWithThePassword sessions;

    EngineSignIn(
            SignInFailures signIns,
            PasswordChanges passwords,
            @Value("${redress.sign-in.session:8h}") Duration session,
            Clock clock) {
        this.signIns = signIns;
        this.sessions = new SessionsEndWithThePassword(passwords, session, clock);
    }

    @Override
    public void atTheApi(HttpSecurity http) throws Exception {
        AuthenticationEntryPoint unknown = (request, response, failure) -> {
            Optional<Duration> wait = claimed(request).flatMap(user -> signIns.standing(user, request.getRemoteAddr())
                    .pause());
            if (wait.isPresent()) {
                response.setHeader("Retry-After", String.valueOf(wait.get().toSeconds() + 1));
                Problems.write(
                        response,
                        Problems.TOO_MANY_ATTEMPTS,
                        "Too many wrong passwords",
                        HttpStatus.TOO_MANY_REQUESTS.value(),
                        "Wait as long as Retry-After says, and try again.",
                        request.getRequestURI());
                return;
            }
            response.setHeader("WWW-Authenticate", "Basic realm=\"Redress\", charset=\"UTF-8\"");
            Problems.write(
                    response,
                    Problems.NOT_SIGNED_IN,
                    "Unauthorized",
                    HttpStatus.UNAUTHORIZED.value(),
                    "Sign in with HTTP Basic.",
                    request.getRequestURI());
        };
        http.httpBasic(basic -> basic.authenticationEntryPoint(unknown))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(unknown));
    }

    @Override
    public void atTheWebApps(HttpSecurity http) throws Exception {
        http.addFilterBefore(sessions, AnonymousAuthenticationFilter.class)
                .addFilterBefore(new SignOutEndsTheSession(), AnonymousAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    }

    @Override
    public boolean isStillIn(HttpSession session, String id) {
        return !sessions.isOver(session, id);
    }

    @Override
    public RequestMatcher addresses() {
        return request -> false;
    }

    /** The account that a caller names, right or not. */
    private static Optional<String> claimed(HttpServletRequest request) {
        try {
            return Optional.ofNullable(new BasicAuthenticationConverter().convert(request))
                    .map(Authentication::getName);
        } catch (BadCredentialsException e) {
            return Optional.empty();
        }
    }

    /** The engine's own users, asked once for each request at every door; a person's authorities are the ids of the engine groups, plain. */
    @Bean
    static AuthenticationProvider passwords(@Lazy ProcessEngine engine) {
        return new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication request) {
                IdentityService identity = engine.getIdentityService();
                String user = request.getName();
                if (user.isEmpty() || !identity.checkPassword(user, String.valueOf(request.getCredentials()))) {
                    throw new BadCredentialsException("Unknown user or wrong password");
                }
                List<String> groups = identity.createGroupQuery().groupMember(user).list().stream()
                        .map(Group::getId)
                        .toList();
                return UsernamePasswordAuthenticationToken.authenticated(
                        user, null, AuthorityUtils.createAuthorityList(groups));
            }

            @Override
            public boolean supports(Class<?> type) {
                return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
            }
        };
    }
}
