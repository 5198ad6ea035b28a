package org.redress.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.stereotype.Component;

/**
 * Whom the provider has signed out. Its message reaches one node, and the session may be on another: so it is kept in the
 * database, and each session asks with its next request whether it has ended. Numbers and not times tell what was before what,
 * since the clocks of two nodes differ.
 */
@Component
@ConditionalOnProperty(name = "redress.sign-in.provider", havingValue = "oidc")
class ProviderSignOuts implements OidcSessionRegistry {

    private final JdbcClient jdbc;
    private final Clock clock;

    ProviderSignOuts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The number of the newest sign-out, whosoever it is; 0 before the first. */
    long newest() {
        return jdbc.sql("select coalesce(max(id), 0) from provider_sign_out")
                .query(Long.class)
                .single();
    }

    /**
     * Whether the provider has ended a session that began with this ID token.
     *
     * @param known number of the newest sign-out when it began
     */
    boolean isOut(long known, OidcIdToken token) {
        String sid = token.getClaimAsString("sid");
        return jdbc.sql("select count(*) from provider_sign_out where id > ? and issuer = ?"
                                + " and (sid = ? or (sid is null and subject = ?))")
                        .params(known, String.valueOf(token.getIssuer()), sid == null ? "" : sid, token.getSubject())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Called for a logout token that is genuine: signed by the provider, for this client. */
    @Override
    public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
        jdbc.sql("insert into provider_sign_out (issuer, subject, sid, said_at) values (?, ?, ?, ?)")
                .params(
                        String.valueOf(token.getIssuer()),
                        token.getSubject(),
                        token.getSessionId(),
                        Timestamp.from(clock.instant()))
                .update();
        // No session of this node is ended here: each ends with its next request.
        return List.of();
    }

    @Override
    public void saveSessionInformation(OidcSessionInformation session) {
        // Each session has its own ID token
    }

    @Override
    public @Nullable OidcSessionInformation removeSessionInformation(String session) {
        return null;
    }
}
