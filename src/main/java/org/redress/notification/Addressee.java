package org.redress.notification;

import org.jspecify.annotations.Nullable;

/**
 * Whom a letter is for: everybody of a role, or of that role in one organisation.
 *
 * @param role such as {@code audit-programme}, or {@link #COMPLAINANT}
 * @param organisation such as {@code org-luma}; null for a role that is bound to none
 */
record Addressee(String role, @Nullable String organisation) {

    /** The person who raised the grievance. Has no account and gets no mail, which could unmask. */
    static final String COMPLAINANT = "complainant";

    /** Before the name of a recipient who has an address and no account; the id of no account has such a sign. */
    static final String LISTED = "to:";

    /** Before the id of an account: for this one person. No role and no organisation has such a sign. */
    static final String PERSON = "person:";

    /** Before the id of an account, in the outbox: the address that it had until somebody changed it. */
    static final String FORMER = "was:";

    static Addressee person(String id) {
        return new Addressee(PERSON + id, null);
    }

    boolean isComplainant() {
        return role.equals(COMPLAINANT);
    }
}
