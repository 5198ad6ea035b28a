package org.redress.engine;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Somebody whom the provider knows does not get in here; the reason is for them and names nobody. */
final class SignInRefused extends OAuth2AuthenticationException {

    private static final long serialVersionUID = 1L;

    /** Each has its words in {@code messages.properties}. */
    enum Reason {
        /** The token has no user name, or none that can be an id here. */
        NAME_UNUSABLE,
        /** The id is somebody else's, or that of an account of the engine. */
        NAME_TAKEN,
        /** No role of ours. */
        NO_ROLE,
        /** A role that people hold for an organisation, without one. */
        ORGANISATION_MISSING,
        /** One that nobody has registered. */
        ORGANISATION_UNKNOWN,
        /** More than one: a person belongs to an organisation. */
        ORGANISATIONS_SEVERAL,
        /** Whatever else went wrong on the way. */
        FAILED
    }

    private final Reason reason;

    SignInRefused(Reason reason) {
        super(new OAuth2Error("access_denied"), reason.name());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
