package org.redress.engine;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.request.RequestContextListener;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who gets in by which door: {@code /engine-rest} and {@code /api} by HTTP Basic and without a session, the web apps by
 * their own login, health for everybody, and everything else for nobody.
 */
@Configuration(proxyBeanMethods = false)
class Security {

    /** The engine's own REST, and the same once more within the web apps. */
    private static final Pattern DEPLOYMENT =
            Pattern.compile("(/engine-rest|/camunda/api/engine)(/engine/[^/]*)?/deployment(/.*)?");

    /** Jersey's servlets hide the path from string patterns, so the whole path is matched. */
    private static RequestMatcher under(String prefix) {
        return request -> {
            String path = path(request);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        };
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    private static boolean deploys(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod())
                && DEPLOYMENT.matcher(path(request)).matches();
    }

    /** So that {@link SlowedSignIn} knows who calls before anybody has signed in. */
    @Bean
    RequestContextListener requestAtHand() {
        return new RequestContextListener();
    }

    @Bean
    @Order(1)
    SecurityFilterChain engineRest(
            HttpSecurity http, SignInFailures failures, EngineSetup.Limits limits, @Lazy ProcessEngine engine)
            throws Exception {
        return callers(http.securityMatcher(under("/engine-rest")), failures, engine)
                .headers(SafeAnswers::ofTheEngine)
                .addFilterAfter(new NoSpreadsheets(), AuthorizationFilter.class)
                .addFilterAfter(new LimitedBodies(limits.body().toBytes()), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // Models come with the product; nobody deploys one over REST.
                        .requestMatchers(Security::deploys)
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, SignInFailures failures, @Lazy ProcessEngine engine) throws Exception {
        return callers(http.securityMatcher(under("/api")), failures, engine)
                .headers(SafeAnswers::ofOurs)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain webApps(HttpSecurity http, EngineSetup.Searches searches, EngineSetup.Limits limits)
            throws Exception {
        return http.securityMatcher(under("/camunda"))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                // The web apps bring their own login and CSRF tokens.
                .csrf(csrf -> csrf.disable())
                .headers(SafeAnswers::ofTheWebApps)
                .anonymous(Customizer.withDefaults())
                .addFilterBefore(new NonceOfEachPage(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new NoSpreadsheets(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new LimitedBodies(limits.body().toBytes()), AnonymousAuthenticationFilter.class)
                .addFilterBefore(
                        new CockpitSearches(searches.searchableVariables()), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                under("/camunda/api/admin/setup"),
                                under("/camunda/app/admin/default/setup"),
                                Security::deploys)
                        .denyAll()
                        .anyRequest()
                        .permitAll())
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SafeAnswers::ofOurs)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(under("/actuator/health"))
                        .permitAll()
                        .requestMatchers(request -> request.getServletPath().equals("/")
                                || request.getServletPath().equals("/favicon.ico")
                                || request.getServletPath().equals("/redress.css")
                                || request.getServletPath().equals("/index.html"))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    private static HttpSecurity callers(HttpSecurity http, SignInFailures signIns, ProcessEngine engine)
            throws Exception {
        AuthenticationEntryPoint unknown = (request, response, failure) -> {
            Optional<Duration> wait = claimed(request).flatMap(user -> signIns.standing(user, request.getRemoteAddr())
                    .pause());
            if (wait.isPresent()) {
                response.setHeader("Retry-After", String.valueOf(wait.get().toSeconds() + 1));
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.getWriter()
                        .write("{\"title\":\"Too many wrong passwords\",\"status\":429,"
                                + "\"detail\":\"Wait as long as Retry-After says, and try again.\"}");
                return;
            }
            response.setHeader("WWW-Authenticate", "Basic realm=\"Redress\", charset=\"UTF-8\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getWriter()
                    .write("{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Sign in with HTTP Basic.\"}");
        };
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(unknown))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(unknown))
                .addFilterAfter(new EngineIdentity(engine), BasicAuthenticationFilter.class);
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
    AuthenticationProvider signIn(@Lazy ProcessEngine engine) {
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

    /** Tells the engine who calls, for as long as the request lasts. */
    private static final class EngineIdentity extends OncePerRequestFilter {

        private final ProcessEngine engine;

        private EngineIdentity(ProcessEngine engine) {
            this.engine = engine;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Authentication who = SecurityContextHolder.getContext().getAuthentication();
            if (who == null || !who.isAuthenticated()) {
                chain.doFilter(request, response);
                return;
            }
            IdentityService identity = engine.getIdentityService();
            identity.setAuthentication(
                    who.getName(),
                    who.getAuthorities().stream()
                            .map(GrantedAuthority::getAuthority)
                            .toList());
            try {
                chain.doFilter(request, response);
            } finally {
                identity.clearAuthentication();
            }
        }
    }
}
