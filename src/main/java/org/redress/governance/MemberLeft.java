package org.redress.governance;

/**
 * A member was expelled or has withdrawn (membership.md B, 10). Told in the transaction that records it, so that whatever
 * was asked of the member ends with it.
 *
 * @param organisation its id, such as {@code org-luma}
 */
public record MemberLeft(String organisation) {}
