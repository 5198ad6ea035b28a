package org.redress.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * A provider of OpenID Connect: Spring Authorization Server, with a login page, on an address of this machine that browsers hold
 * for another site than the product's. What it says of somebody may change at any time.
 */
final class Provider implements AutoCloseable {

    static final String CLIENT = "redress-web";
    static final String SECRET = "a-secret-of-the-client";
    static final String AUDIENCE = "redress-api";

    private final Map<String, Map<String, Object>> claims = new ConcurrentHashMap<>();
    private final RSAKey key = newKey();
    private final int port = freePort();
    private final ConfigurableApplicationContext context;
    private volatile boolean wrongNonce;

    /** @param products where the nodes of the product will be, to which browsers are sent back */
    Provider(List<String> products) {
        context = new SpringApplicationBuilder(Server.class)
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        fresh -> fresh.registerBean(Provider.class, () -> this, bean -> bean.setDestroyMethodName("")))
                .properties(Map.of(
                        "spring.config.name", "provider",
                        "spring.main.banner-mode", "off",
                        "server.address", "127.0.0.1",
                        "server.port", port,
                        "redirect", String.join(",", products)))
                .logStartupInfo(false)
                .run();
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** Says of somebody, whose password is their name, what the product will read. */
    Provider says(String subject, Map<String, Object> of) {
        claims.put(subject, Map.copyOf(of));
        return this;
    }

    /** Whether ID tokens come with a nonce that nobody asked for. */
    void wrongNonce(boolean wrong) {
        wrongNonce = wrong;
    }

    /** An access token as this provider issues it now. */
    String token(String subject) {
        return token(subject, key, JOSEObjectType.JWT, changes -> {});
    }

    /** One of another moment. */
    String token(String subject, Instant issuedAt) {
        return token(subject, key, JOSEObjectType.JWT, changes -> changes.issueTime(Date.from(issuedAt)));
    }

    /** Says that somebody is signed out: of one session, or with null of all. */
    String logoutToken(String subject, @Nullable String session, Consumer<JWTClaimsSet.Builder> changes) {
        return token(subject, key, new JOSEObjectType("logout+jwt"), said -> {
            said.audience(CLIENT);
            said.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
            said.claim("sid", session);
            changes.accept(said);
        });
    }

    /** One that is not as it should be. */
    String token(String subject, Consumer<JWTClaimsSet.Builder> changes) {
        return token(subject, key, JOSEObjectType.JWT, changes);
    }

    /** One by a key that is not the provider's, under the name of its key. */
    String forged(String subject) {
        return token(subject, newKey(), JOSEObjectType.JWT, changes -> {});
    }

    private String token(String subject, RSAKey signer, JOSEObjectType type, Consumer<JWTClaimsSet.Builder> changes) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder said = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .jwtID(UUID.randomUUID().toString());
        claims.getOrDefault(subject, Map.of()).forEach(said::claim);
        changes.accept(said);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(type)
                        .build(),
                said.build());
        try {
            token.sign(new RSASSASigner(signer));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    RSAKey key() {
        return key;
    }

    @Override
    public void close() {
        context.close();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("key-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not a {@code @Configuration}, which the product would find and take for its own. */
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Server {

        @Bean
        @Order(1)
        SecurityFilterChain authorizationServer(HttpSecurity http) throws Exception {
            OAuth2AuthorizationServerConfigurer server = OAuth2AuthorizationServerConfigurer.authorizationServer();
            return http.securityMatcher(server.getEndpointsMatcher())
                    .with(server, each -> each.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                            new LoginUrlAuthenticationEntryPoint("/login"),
                            new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain login(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService people(Provider provider) {
            return name -> {
                if (!provider.claims.containsKey(name)) {
                    throw new UsernameNotFoundException("nobody");
                }
                return User.withUsername(name)
                        .password("{noop}" + name)
                        .roles("USER")
                        .build();
            };
        }

        @Bean
        RegisteredClientRepository clients(
                @org.springframework.beans.factory.annotation.Value("${redirect}") List<String> products) {
            RegisteredClient web = RegisteredClient.withId(CLIENT)
                    .clientId(CLIENT)
                    .clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUris(all -> products.forEach(product -> all.add(product + "/login/oauth2/code/redress")))
                    .postLogoutRedirectUris(all -> products.forEach(product -> all.add(product + "/sign-in/ended")))
                    .scope("openid")
                    .scope("profile")
                    .scope("email")
                    .clientSettings(ClientSettings.builder()
                            .requireProofKey(true)
                            .requireAuthorizationConsent(false)
                            .build())
                    .build();
            RegisteredClient system = RegisteredClient.withId("hotline")
                    .clientId("hotline")
                    .clientSecret("{noop}hotline-secret")
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .build();
            return new InMemoryRegisteredClientRepository(web, system);
        }

        @Bean
        JWKSource<SecurityContext> keys(Provider provider) {
            return new ImmutableJWKSet<>(new JWKSet(provider.key()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings(Provider provider) {
            return AuthorizationServerSettings.builder()
                    .issuer(provider.issuer())
                    .build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> whatItSays(Provider provider) {
            return token -> {
                String subject = token.getPrincipal().getName();
                token.getClaims()
                        .claims(all -> all.putAll(new HashMap<>(provider.claims.getOrDefault(subject, Map.of()))));
                if (token.getTokenType().getValue().equals("access_token")) {
                    token.getClaims().audience(List.of(AUDIENCE));
                } else if (provider.wrongNonce) {
                    token.getClaims().claim("nonce", "of-somebody-else");
                }
            };
        }
    }
}
