package org.redress.vault;

import org.jspecify.annotations.Nullable;

/**
 * Whose value it is: the case, and the survivor in it if it is about one. Rights and erasure go by it.
 *
 * @param caseNumber null for what belongs to no case (yet)
 * @param person the reference of a survivor; null for what is about the case as a whole
 */
record Subject(@Nullable String caseNumber, @Nullable String person) {

    static final Subject NONE = new Subject(null, null);
}
