package org.redress.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;

/**
 * What a token of the provider says of somebody, once it has proved to be genuine.
 *
 * @param issuer who says it
 * @param subject of whom, in the provider's own words; never given to somebody else
 * @param issuedAt when
 * @param user the id that they would have here, in small letters; empty when the token has none
 * @param groups what it calls roles, ours or not
 * @param organisations the organisations that it names
 * @param mailAddress empty when it has none, or the provider says that nobody has proved it
 */
record TokenClaims(
        String issuer,
        String subject,
        Instant issuedAt,
        String user,
        Set<String> groups,
        Set<String> organisations,
        String mailAddress) {

    /** @throws SignInRefused if it does not say who it is about, or since when */
    static TokenClaims of(ClaimAccessor token, ProviderSettings settings) {
        String issuer = token.getClaimAsString("iss");
        String subject = token.getClaimAsString("sub");
        Instant issuedAt = token.getClaimAsInstant("iat");
        if (issuer == null || subject == null || subject.isBlank() || issuedAt == null) {
            throw new SignInRefused(SignInRefused.Reason.FAILED);
        }
        return new TokenClaims(
                issuer,
                subject,
                issuedAt,
                text(token.getClaim(settings.userClaim())).toLowerCase(Locale.ROOT),
                texts(token.getClaim(settings.rolesClaim())),
                texts(token.getClaim(settings.organisationClaim())).stream()
                        .filter(organisation -> organisation.startsWith(Roles.ORGANISATION_PREFIX))
                        .collect(Collectors.toUnmodifiableSet()),
                isUnproved(token.getClaim("email_verified")) ? "" : text(token.getClaim("email")));
    }

    /** The one organisation; empty when the token names none, or several. */
    Optional<String> organisation() {
        return organisations.size() == 1 ? organisations.stream().findFirst() : Optional.empty();
    }

    private static boolean isUnproved(@Nullable Object verified) {
        return verified != null && verified.toString().equals("false");
    }

    private static String text(@Nullable Object claim) {
        return claim instanceof String text ? text.strip() : "";
    }

    private static Set<String> texts(@Nullable Object claim) {
        Stream<?> values = claim instanceof Collection<?> several ? several.stream() : Stream.ofNullable(claim);
        return values.map(TokenClaims::text).filter(text -> !text.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
