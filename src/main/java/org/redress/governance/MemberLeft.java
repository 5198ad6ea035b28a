package org.redress.governance;

import org.jspecify.annotations.Nullable;

/**
 * A member was expelled or has withdrawn; published inside the transaction in which it leaves, so that whoever listens
 * goes with it or stops it.
 *
 * @param organisation such as {@code org-luma}
 * @param caseNumber the case that decided it; null when none did
 */
public record MemberLeft(String organisation, @Nullable String caseNumber) {}
