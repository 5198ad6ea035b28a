package org.redress.remedy;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one smelter owes and what it answered: one entry of the case's {@code responses} (remedy.md A.2).
 *
 * @param name the smelter's registered name
 * @param level1 help for the people harmed
 * @param level2 support services and causes
 * @param row A, B, C or N of the level table
 * @param accepts1 YES, NO or NO_ANSWER; empty when Level 1 is not asked of it
 * @param accepts2 likewise for Level 2
 */
record SmelterDuty(
        String name, Level level1, Level level2, String row, Optional<String> accepts1, Optional<String> accepts2) {

    private static final String YES = "YES";

    /** Reads an entry as the process keeps it. */
    static SmelterDuty of(Map<String, ?> entry) {
        return new SmelterDuty(
                Objects.toString(entry.get("name"), ""),
                Level.valueOf(String.valueOf(entry.get("level1"))),
                Level.valueOf(String.valueOf(entry.get("level2"))),
                String.valueOf(entry.get("row")),
                Optional.ofNullable(entry.get("acceptsLevel1")).map(Object::toString),
                Optional.ofNullable(entry.get("acceptsLevel2")).map(Object::toString));
    }

    boolean isAsked() {
        return level1 != Level.NONE || level2 != Level.NONE;
    }

    boolean isOwed() {
        return level1 == Level.MANDATORY || level2 == Level.MANDATORY;
    }

    boolean takesUpLevel1() {
        return accepts1.filter(YES::equals).isPresent();
    }

    boolean takesUpLevel2() {
        return accepts2.filter(YES::equals).isPresent();
    }

    /** Who carries Level 1: OWED, SMELTER, DOWNSTREAM or NOBODY; NOT_ASKED when there is none. */
    String carrier1(boolean downstreamStepsIn) {
        return carrier(level1, takesUpLevel1(), downstreamStepsIn);
    }

    /** Who carries Level 2, likewise. */
    String carrier2(boolean downstreamStepsIn) {
        return carrier(level2, takesUpLevel2(), downstreamStepsIn);
    }

    private static String carrier(Level level, boolean smelter, boolean downstream) {
        if (level == Level.NONE) {
            return "NOT_ASKED";
        }
        if (smelter) {
            return "SMELTER";
        }
        if (level == Level.MANDATORY) {
            return "OWED";
        }
        return downstream ? "DOWNSTREAM" : "NOBODY";
    }
}
