package org.redress.engine;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.context.request.RequestContextListener;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who gets in by which door: whoever has said who they are ({@link SignIn}) at {@code /engine-rest} and {@code /api}, without
 * a session, at the web apps, and at our own pages by that too ({@link OwnPages}); health for everybody, and everything else for nobody.
 */
@Configuration(proxyBeanMethods = false)
class Security {

    /** The engine's own REST, and the same once more within the web apps. */
    /** The doors of outside systems, which read what is filed to a limit of their own. */
    private static final RequestMatcher FILED = new OrRequestMatcher(
            under("/api/grievances"), under("/api/applications"), under("/api/concerns"), under("/api/emergencies"));

    private static final Pattern DEPLOYMENT =
            Pattern.compile("(/engine-rest|/camunda/api/engine)(/engine/[^/]*)?/deployment(/.*)?");

    /** Jersey's servlets hide the path from string patterns, so the whole path is matched. */
    static RequestMatcher under(String prefix) {
        return request -> {
            String path = path(request);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        };
    }

    static String path(HttpServletRequest request) {
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
            HttpSecurity http, SignIn signIn, EngineSetup.Limits limits, AccessTrail trail, @Lazy ProcessEngine engine)
            throws Exception {
        return callers(http.securityMatcher(under("/engine-rest")), signIn, engine)
                .headers(SafeAnswers::ofTheEngine)
                .addFilterAfter(ShutRoutes.ofRest(), AuthorizationFilter.class)
                .addFilterAfter(new NoSpreadsheets(), AuthorizationFilter.class)
                .addFilterAfter(new LimitedBodies(limits.body().toBytes()), AuthorizationFilter.class)
                .addFilterAfter(new TaskChanges(engine), AuthorizationFilter.class)
                .addFilterAfter(new RecordedAccess(trail), AuthorizationFilter.class)
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
    SecurityFilterChain api(
            HttpSecurity http,
            SignIn signIn,
            EngineSetup.Limits limits,
            @Value("${redress.vault.files.size:20MB}") DataSize longest,
            ObjectProvider<DocumentDoor> documents,
            AccessTrail trail,
            @Lazy ProcessEngine engine)
            throws Exception {
        return callers(http.securityMatcher(under("/api")), signIn, engine)
                .headers(SafeAnswers::ofOurs)
                .addFilterAfter(new Uploads(longest.toBytes(), documents::getObject), AuthorizationFilter.class)
                .addFilterAfter(
                        new LimitedBodies(
                                limits.body().toBytes(),
                                request -> Uploads.isDocument(request) || FILED.matches(request)),
                        AuthorizationFilter.class)
                .addFilterAfter(new RecordedAccess(trail), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain webApps(
            HttpSecurity http,
            SignIn signIn,
            EngineSetup.Searches searches,
            EngineSetup.Limits limits,
            @Value("${redress.public-url}") URI publicUrl,
            AccessTrail trail,
            @Lazy ProcessEngine engine)
            throws Exception {
        http.securityMatcher(new OrRequestMatcher(under("/camunda"), signIn.addresses()))
                // The web apps bring their own CSRF tokens.
                .csrf(csrf -> csrf.disable())
                .headers(SafeAnswers::ofTheWebApps)
                // Before whatever may begin a session
                .addFilterBefore(
                        new TokenOfEachSession("https".equals(publicUrl.getScheme())),
                        SecurityContextHolderFilter.class)
                .addFilterBefore(new StrangersBodies(), CsrfFilter.class)
                .anonymous(Customizer.withDefaults())
                .addFilterBefore(new NonceOfEachPage(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(ShutRoutes.ofTheWebApps(engine), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new NoSpreadsheets(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new LimitedBodies(limits.body().toBytes()), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new TaskChanges(engine), AnonymousAuthenticationFilter.class)
                .addFilterBefore(
                        new CockpitSearches(searches.searchableVariables()), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new RecordedAccess(trail), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                under("/camunda/api/admin/setup"),
                                under("/camunda/app/admin/default/setup"),
                                Security::deploys)
                        .denyAll());
        signIn.atTheWebApps(http);
        return http.build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SafeAnswers::ofOurs)
                // Nothing changes here, and a token would be looked for in a body that nobody wants.
                .csrf(csrf -> csrf.disable())
                .addFilterBefore(Uploads.none(), CsrfFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(under("/actuator/health"))
                        .permitAll()
                        .requestMatchers(request -> request.getServletPath().equals("/")
                                || request.getServletPath().equals("/favicon.ico")
                                || request.getServletPath().equals("/redress.css")
                                || request.getServletPath().equals(SignInPages.REFUSED)
                                || request.getServletPath().equals(SignInPages.ENDED)
                                || request.getServletPath().equals("/index.html"))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    private static HttpSecurity callers(HttpSecurity http, SignIn signIn, ProcessEngine engine) throws Exception {
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .addFilterAfter(new EngineIdentity(engine), BasicAuthenticationFilter.class);
        signIn.atTheApi(http);
        return http;
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
