package org.redress.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Sign-in by a provider of OpenID Connect: people at the web apps by the authorization code flow with PKCE, programs and
 * people's own scripts by an access token. There is no password at any door. Where the provider does not answer at the start,
 * the product does not start.
 */
@Component
@ConditionalOnProperty(name = "redress.sign-in.provider", havingValue = "oidc")
@EnableConfigurationProperties(ProviderSettings.class)
class ProviderSignIn implements SignIn {

    static final String START = "/oauth2/authorization/redress";
    static final String RETURN = "/login/oauth2/code/redress";

    /** Where the provider says whom it has signed out. */
    static final String SIGNED_OUT = "/logout/connect/back-channel/redress";

    /** At {@link #START}: the provider asks who it is, though it knows somebody. */
    static final String AS_SOMEBODY_ELSE = "as-somebody-else";

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);

    private static final Pattern PAGE = Pattern.compile("/camunda(/|/app(/[^.]*)?)?");
    private static final Pattern PASSWORD = Pattern.compile("/camunda/api/admin/auth/user/[^/]*/login(/.*)?");

    /** How long the provider may take to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** By how much the provider's clock may go before ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final ProviderSettings settings;
    private final SignedInPeople people;
    private final ProviderSignOuts signOuts;
    private final ProcessEngine engine;
    private final Clock clock;
    private final String publicUrl;
    private final ClientRegistration client;
    private final JwtDecoder decoder;

    ProviderSignIn(
            ProviderSettings settings,
            SignedInPeople people,
            ProviderSignOuts signOuts,
            @Lazy ProcessEngine engine,
            Clock clock,
            @Value("${redress.public-url}") URI publicUrl) {
        this.settings = settings;
        this.people = people;
        this.signOuts = signOuts;
        this.engine = engine;
        this.clock = clock;
        this.publicUrl = publicUrl.toString().replaceFirst("/+$", "");
        try {
            client = client();
            decoder = decoder();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The provider " + settings.issuer()
                            + " (REDRESS_SIGNIN_OIDC_ISSUER) does not answer as one of OpenID Connect, so nobody could sign in",
                    e);
        }
    }

    private ClientRegistration client() {
        return ClientRegistrations.fromIssuerLocation(settings.issuer())
                .registrationId("redress")
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .scope(settings.scopes())
                // Not as the request says where it was sent.
                .redirectUri(publicUrl + RETURN)
                .build();
    }

    private JwtDecoder decoder() {
        NimbusJwtDecoder tokens = NimbusJwtDecoder.withIssuerLocation(settings.issuer())
                .restOperations(new RestTemplate(patiently()))
                .validateType(false)
                .build();
        JwtTypeValidator type = new JwtTypeValidator(List.of("JWT", "at+jwt", "application/at+jwt"));
        type.setAllowEmpty(true);
        OAuth2TokenValidator<Jwt> audience = new JwtClaimValidator<@Nullable Object>(
                "aud", named -> named instanceof List<?> several && several.contains(settings.audience()));
        OAuth2TokenValidator<Jwt> ends = new JwtClaimValidator<@Nullable Object>("exp", Objects::nonNull);
        // The newest claims count, so none may be from the future.
        OAuth2TokenValidator<Jwt> issued = new JwtClaimValidator<@Nullable Instant>(
                "iat",
                moment -> moment != null && !moment.isAfter(clock.instant().plus(SKEW)));
        tokens.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                List.of(JwtValidators.createDefaultWithIssuer(settings.issuer()), type, audience, ends, issued)));
        return tokens;
    }

    private static SimpleClientHttpRequestFactory patiently() {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        return requests;
    }

    // Programs

    @Override
    public void atTheApi(HttpSecurity http) throws Exception {
        BearerTokenAuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
        AuthenticationEntryPoint unknown = (request, response, failure) -> {
            challenge.commence(request, response, failure);
            String detail = failure instanceof SignInRefused refused
                    ? "The token is genuine, but nobody is let in by it: " + refused.reason()
                    : "Send an access token of the provider, for this audience";
            Problems.write(
                    response,
                    Problems.NOT_SIGNED_IN,
                    "Unauthorized",
                    response.getStatus(),
                    detail + ".",
                    request.getRequestURI());
        };
        http.oauth2ResourceServer(tokens -> tokens.authenticationEntryPoint(unknown)
                        .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(this::caller)))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(unknown));
    }

    private AbstractAuthenticationToken caller(Jwt token) {
        SignedInPeople.SignedIn caller = people.signIn(TokenClaims.of(token, settings), settings.administrators());
        return new JwtAuthenticationToken(token, AuthorityUtils.createAuthorityList(caller.groups()), caller.id());
    }

    // People

    @Override
    public RequestMatcher addresses() {
        return request -> Set.of(START, RETURN, SIGNED_OUT).contains(Security.path(request));
    }

    @Override
    public void atTheWebApps(HttpSecurity http) throws Exception {
        ClientRegistrationRepository clients = new InMemoryClientRegistrationRepository(client);
        HttpSessionRequestCache asked = new HttpSessionRequestCache();
        asked.setRequestMatcher(ProviderSignIn::isPage);
        asked.setMatchingRequestParameterName(null);
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED)
                        // Nothing of whoever used the browser before is kept.
                        .sessionFixation(fixation -> fixation.newSession()))
                .requestCache(cache -> cache.requestCache(asked))
                .oidcLogout(logout -> logout.clientRegistrationRepository(clients)
                        .oidcSessionRegistry(signOuts)
                        .backChannel(Customizer.withDefaults()))
                .oauth2Login(login -> login.clientRegistrationRepository(clients)
                        .authorizedClientRepository(new NoTokensKept())
                        .loginPage(START)
                        .authorizationEndpoint(start -> start.authorizationRequestResolver(start(clients)))
                        .redirectionEndpoint(end -> end.baseUri(RETURN))
                        .tokenEndpoint(token -> token.accessTokenResponseClient(tokens()))
                        .userInfoEndpoint(user -> user.oidcUserService(this::person))
                        .defaultSuccessUrl("/camunda/")
                        .failureHandler(ProviderSignIn::refused))
                .logout(logout -> logout.logoutRequestMatcher(request -> HttpMethod.POST.matches(request.getMethod())
                                && SignOutEndsTheSession.SIGN_OUT
                                        .matcher(Security.path(request))
                                        .matches())
                        .logoutSuccessHandler(signOut(clients)))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint((request, response, failure) -> ask(request, response)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(request ->
                                PASSWORD.matcher(Security.path(request)).matches())
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(
                        new PersonAtTheWebApps(engine, settings.session(), signOuts, clock), AuthorizationFilter.class)
                .addFilterAfter(new LeaveWithTheSession(), PersonAtTheWebApps.class);
    }

    /** Pages send people to the provider; what a page asks for in the background cannot follow there. */
    static void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isPage(request)) {
            response.sendRedirect(START);
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private static boolean isPage(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod())
                && PAGE.matcher(Security.path(request)).matches();
    }

    private static OAuth2AuthorizationRequestResolver start(ClientRegistrationRepository clients) {
        DefaultOAuth2AuthorizationRequestResolver plain =
                new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
        plain.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        Consumer<Map<String, Object>> ask = parameters -> parameters.put("prompt", "login");
        return new OAuth2AuthorizationRequestResolver() {
            @Override
            public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
                OAuth2AuthorizationRequest start = plain.resolve(request);
                return start == null || request.getParameter(AS_SOMEBODY_ELSE) == null
                        ? start
                        : OAuth2AuthorizationRequest.from(start)
                                .additionalParameters(ask)
                                .build();
            }

            @Override
            public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
                return plain.resolve(request, registration);
            }
        };
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(patiently())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    /** By the signed ID token alone. */
    private OidcUser person(OidcUserRequest answer) {
        long known = signOuts.newest();
        SignedInPeople.SignedIn person =
                people.signIn(TokenClaims.of(answer.getIdToken(), settings), settings.administrators());
        return new PersonSignedIn(answer, person, clock.instant(), known);
    }

    @Override
    public boolean isStillIn(HttpSession session, String id) {
        return session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context
                && context.getAuthentication() != null
                && context.getAuthentication().getPrincipal() instanceof PersonSignedIn person
                && person.getName().equals(id)
                && !clock.instant().isAfter(person.since().plus(settings.session()))
                && !signOuts.isOut(person.known(), person.getIdToken());
    }

    private static void refused(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        SignInRefused.Reason reason =
                failure instanceof SignInRefused refused ? refused.reason() : SignInRefused.Reason.FAILED;
        if (reason == SignInRefused.Reason.FAILED) {
            LOG.warn("A sign-in by the provider failed: {}", code(failure));
        }
        response.sendRedirect(SignInPages.REFUSED + "?why=" + reason);
    }

    /** Without what the provider, or whoever wrote the address, says beside it. */
    private static String code(AuthenticationException failure) {
        return failure instanceof OAuth2AuthenticationException answer
                ? answer.getError().getErrorCode().replaceAll("[^A-Za-z_-]", "")
                : failure.getClass().getSimpleName();
    }

    /** The page asked in the background, so it is told where to go to end the provider's session too. */
    private OidcClientInitiatedLogoutSuccessHandler signOut(ClientRegistrationRepository clients) {
        OidcClientInitiatedLogoutSuccessHandler end = new OidcClientInitiatedLogoutSuccessHandler(clients);
        end.setPostLogoutRedirectUri(publicUrl + SignInPages.ENDED);
        end.setDefaultTargetUrl(SignInPages.ENDED);
        end.setRedirectStrategy((request, response, url) -> {
            response.setHeader("Location", url);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        });
        return end;
    }

    /** Somebody in the session of a browser, under the id of the engine's user. */
    static final class PersonSignedIn extends DefaultOidcUser implements Serializable {

        private static final long serialVersionUID = 2L;

        private final String id;
        private final Instant since;
        private final long known;

        /** @param known number of the newest sign-out by the provider until now */
        private PersonSignedIn(OidcUserRequest answer, SignedInPeople.SignedIn person, Instant since, long known) {
            super(AuthorityUtils.createAuthorityList(person.groups()), answer.getIdToken());
            this.id = person.id();
            this.since = since;
            this.known = known;
        }

        @Override
        public String getName() {
            return id;
        }

        Instant since() {
            return since;
        }

        long known() {
            return known;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof PersonSignedIn person && person.id.equals(id) && super.equals(other);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    /** Nobody here calls anything in a person's name. */
    private static final class NoTokensKept implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // See above
        }

        @Override
        public void removeAuthorizedClient(
                String registration,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // See above
        }
    }
}
