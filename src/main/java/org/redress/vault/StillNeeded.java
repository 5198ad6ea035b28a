package org.redress.vault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whoever knows that somebody is helped by what is kept in confidence says so, before it is erased (remedy.md A.7 D25). */
@FunctionalInterface
public interface StillNeeded {

    /**
     * Why these records are needed now, in words for the data protection officer; empty when they are not.
     *
     * @param person reference of one survivor; null for the whole case
     */
    Optional<String> why(String caseNumber, @Nullable String person);
}
