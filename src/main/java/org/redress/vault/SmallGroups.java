package org.redress.vault;

import java.util.Optional;
import java.util.Set;

/**
 * How many people were harmed is a number of the case (DC2), of which remedy.md C gives companies a summary alone: groups of
 * fewer than five are not counted out to them. Whoever is here for a smelter or a downstream company, and in no role that reads the case itself, reads
 * {@value #FEW} in the place of 1 to 4, in forms as in every other answer; gateways and decisions go by the number.
 */
public final class SmallGroups {

    /** What companies read instead. */
    public static final String FEW = "fewer than 5";

    /** Numbers of people, in the forms and models of all versions. */
    public static final Set<String> NAMES = Set.of(
            "affected",
            "affectedEstimate",
            "affectedNow",
            "childrenAffected",
            "childrenFound",
            "moreFound",
            "stillExploitedCount",
            "dangerCount",
            "peopleSafe",
            "childrenSafe");

    /** Downstream companies register this one themselves; a smelter does not. */
    private static final String REGISTERED = "affectedEstimate";

    private static final int COUNTED_FROM = 5;

    private static final Set<String> COMPANIES = Set.of("smelter", "downstream");

    /** Who reads the case itself (DC2) by remedy.md C; another role beside a company's lifts nothing. */
    private static final Set<String> COUNT_EXACTLY =
            Set.of("audit-programme", "facilitator", "vsc", "provider", "protection", "legal", "dpo");

    private SmallGroups() {}

    /** @param groups the roles and organisations of whoever reads */
    static boolean areHiddenFrom(Set<String> groups) {
        return groups.stream().anyMatch(COMPANIES::contains)
                && COUNT_EXACTLY.stream().noneMatch(groups::contains);
    }

    static Optional<String> veil(Set<String> groups, String name, Object value) {
        if (!NAMES.contains(name) || (name.equals(REGISTERED) && groups.contains("downstream"))) {
            return Optional.empty();
        }
        return isFew(value) ? Optional.of(FEW) : Optional.empty();
    }

    /** A number, or one that somebody wrote as text. */
    private static boolean isFew(Object value) {
        try {
            double count = value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
            return count > 0 && count < COUNTED_FROM;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
