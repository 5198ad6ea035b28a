package org.redress.engine;

import java.time.Instant;

/**
 * A person changed the mail address of an account, their own or another's; published in the transaction in which they do. What
 * a provider of sign-in says is nobody's doing.
 *
 * @param user id of the account
 * @param former the address until then; empty where there was none
 * @param by id of the account of whoever did it
 * @param at when (UTC)
 */
public record MailAddressChanged(String user, String former, String by, Instant at) {

    /** Says nothing of the address: it could end in a log. */
    @Override
    public String toString() {
        return "MailAddressChanged";
    }
}
