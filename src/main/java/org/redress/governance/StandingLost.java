package org.redress.governance;

/**
 * A member takes no part in decisions any more: it became inactive, was expelled or has withdrawn (membership.md B, Inactive
 * status). Published inside the transaction in which it is, so that whoever listens goes with it or stops it.
 *
 * @param organisation such as {@code org-luma}
 */
public record StandingLost(String organisation) {}
