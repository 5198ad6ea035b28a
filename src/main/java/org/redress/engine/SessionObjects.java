package org.redress.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ConfigurableObjectInputStream;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads what lies in a row of a session, as far as it is of the few classes that are put there. Anything else, and what an
 * earlier version wrote and this one cannot read, is as if it were not there: the person signs in again.
 */
final class SessionObjects implements Converter<byte[], @Nullable Object> {

    private static final Logger LOG = LoggerFactory.getLogger(SessionObjects.class);

    /** Who is signed in to the web apps, tokens against other pages, and a sign-in by a provider from its first step on. */
    private static final List<String> KNOWN = List.of(
            "org.camunda.bpm.webapp.impl.security.auth.Authentications",
            "org.camunda.bpm.webapp.impl.security.auth.Authentication",
            "org.camunda.bpm.webapp.impl.security.auth.UserAuthentication",
            "org.redress.engine.ProviderSignIn$PersonSignedIn",
            "org.springframework.security.authentication.AbstractAuthenticationToken",
            "org.springframework.security.core.authority.SimpleGrantedAuthority",
            "org.springframework.security.core.context.SecurityContextImpl",
            "org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken",
            "org.springframework.security.oauth2.core.AbstractOAuth2Token",
            "org.springframework.security.oauth2.core.AuthorizationGrantType",
            "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest",
            "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponseType",
            "org.springframework.security.oauth2.core.oidc.OidcIdToken",
            "org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser",
            "org.springframework.security.oauth2.core.user.DefaultOAuth2User",
            "org.springframework.security.web.authentication.WebAuthenticationDetails",
            "org.springframework.security.web.csrf.DefaultCsrfToken",
            "org.springframework.security.web.savedrequest.DefaultSavedRequest",
            "org.springframework.security.web.savedrequest.SavedCookie",
            "java.lang.Boolean",
            "java.lang.Enum",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.String",
            "java.lang.String$CaseInsensitiveComparator",
            "java.net.URL",
            "java.time.Instant",
            "java.time.Ser",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.CollSer",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableSet",
            "java.util.Date",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.Locale",
            "java.util.Map$Entry",
            "java.util.TreeMap",
            "java.util.TreeSet");

    private static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter(
            "maxdepth=20;maxrefs=5000;maxarray=2000;maxbytes=100000;" + String.join(";", KNOWN) + ";!*");

    @Override
    public @Nullable Object convert(byte[] written) {
        try (ConfigurableObjectInputStream read = new ConfigurableObjectInputStream(
                new ByteArrayInputStream(written), SessionObjects.class.getClassLoader())) {
            read.setObjectInputFilter(SessionObjects::isKnown);
            return read.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            LOG.warn("What a session held is not read: {}", e.getClass().getSimpleName());
            return null;
        }
    }

    private static ObjectInputFilter.Status isKnown(ObjectInputFilter.FilterInfo info) {
        ObjectInputFilter.Status status = FILTER.checkInput(info);
        Class<?> type = info.serialClass();
        if (status == ObjectInputFilter.Status.REJECTED && type != null) {
            LOG.warn("A session held an object of {}, which is not among what is put there", type.getName());
        }
        return status;
    }
}
