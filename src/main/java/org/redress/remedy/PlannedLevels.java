package org.redress.remedy;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which levels step 3 plans (remedy.md A.2, A.3): a level that somebody owes or takes up. A mandatory level is planned
 * whatever the smelter says (E16); a recommended one only if a smelter or the downstream company takes it up (E17).
 */
record PlannedLevels(boolean level1, boolean level2) {

    private static final Set<String> CARRIED = Set.of("OWED", "SMELTER", "DOWNSTREAM");

    /**
     * @param duties the entries of the case's {@code responses}; {@code carrier1} and {@code carrier2} say who carries each
     *     level
     * @throws IllegalArgumentException if nobody carries any level: there is nothing to plan
     */
    static PlannedLevels of(Collection<? extends Map<String, ?>> duties) {
        PlannedLevels planned = carried(duties);
        if (!planned.level1 && !planned.level2) {
            throw new IllegalArgumentException(
                    "Nobody carries Level 1 or Level 2 of this case: step 2 has to end before it is planned");
        }
        return planned;
    }

    /** Which levels somebody carries; there may be none. */
    static PlannedLevels carried(Collection<? extends Map<String, ?>> duties) {
        return new PlannedLevels(isCarried(duties, "carrier1"), isCarried(duties, "carrier2"));
    }

    private static boolean isCarried(Collection<? extends Map<String, ?>> duties, String carrier) {
        return duties.stream()
                .map(duty -> Objects.toString(duty.get(carrier), ""))
                .anyMatch(CARRIED::contains);
    }
}
