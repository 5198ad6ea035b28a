package org.redress.engine;

import java.util.Set;

/**
 * An account, as the rest of the house needs to know it.
 *
 * @param id the account's id
 * @param mailAddress empty when the account has none
 * @param groups ids of the roles and organisations that the person belongs to
 */
public record Person(String id, String mailAddress, Set<String> groups) {

    public Person {
        groups = Set.copyOf(groups);
    }
}
