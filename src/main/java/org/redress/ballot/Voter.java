package org.redress.ballot;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who casts a vote.
 *
 * @param account null when nobody is signed in
 * @param groups ids of the roles and organisations of the account
 */
public record Voter(@Nullable String account, Set<String> groups) {

    public Voter {
        groups = Set.copyOf(groups);
    }
}
