package org.redress.engine;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The provider of OpenID Connect by which people and programs sign in, and what its claims mean here. The first four have no
 * default: without them the product does not start ({@link RequiredSettings}).
 *
 * @param issuer as its tokens name it; its metadata is found there
 * @param clientId of the client for the web apps
 * @param clientSecret of the same client
 * @param audience that an access token must name to open {@code /api} and {@code /engine-rest}; not the client's id, so that an
 *     ID token opens neither
 * @param userClaim from which a person's id is taken when they sign in first. People read it in lists and histories, so it is
 *     their user name and not the subject, which most providers make a number; a later change of it changes nothing
 * @param rolesClaim with the roles; others in it are ignored
 * @param organisationClaim with the organisation, such as {@code org-luma}
 * @param administrators whether {@code camunda-admin} in the roles makes an administrator
 * @param session how long a browser stays signed in at most; then the provider is asked again
 * @param scopes that the web apps ask for
 */
@ConfigurationProperties("redress.sign-in.oidc")
record ProviderSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("") String audience,
        @DefaultValue("preferred_username") String userClaim,
        @DefaultValue("groups") String rolesClaim,
        @DefaultValue("organisation") String organisationClaim,
        @DefaultValue("false") boolean administrators,
        @DefaultValue("8h") Duration session,
        @DefaultValue({"openid", "profile", "email"}) Set<String> scopes) {

    @Override
    public String toString() {
        return "ProviderSettings[" + issuer + ", " + clientId + "]";
    }
}
