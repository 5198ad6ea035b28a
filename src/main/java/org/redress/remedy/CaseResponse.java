package org.redress.remedy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The response of a whole case: the strictest of its smelters' duties, which stay separate (remedy.md A.0, B22). Each
 * level is the strictest that any smelter has, so that a duty of one never hides behind another's.
 */
record CaseResponse(List<SmelterDuty> duties) {

    static final String REMEDY_OWED = "REMEDY_OWED";
    static final String NONE_OWED = "NONE_OWED";
    static final String DECLINED = "DECLINED";

    /** Recommended, and no smelter has taken up Level 1: the downstream company is asked (E17). */
    static final String OPEN = "OPEN";

    private static final String ROWS = "NCBA";

    /** @throws IllegalArgumentException if there is no smelter: a level without a link would be nobody's duty */
    CaseResponse {
        if (duties.isEmpty()) {
            throw new IllegalArgumentException(
                    "No smelter is linked to this case: record one before its level is decided");
        }
        duties = List.copyOf(duties);
    }

    static CaseResponse of(Collection<SmelterDuty> duties) {
        return new CaseResponse(List.copyOf(duties));
    }

    Level level1() {
        return duties.stream()
                .map(SmelterDuty::level1)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    Level level2() {
        return duties.stream()
                .map(SmelterDuty::level2)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** A, B, C or N, the strictest first. */
    String row() {
        return duties.stream()
                .map(SmelterDuty::row)
                .max(Comparator.comparing(ROWS::indexOf))
                .orElseThrow();
    }

    /** REMEDY_OWED, NONE_OWED, or OPEN while the downstream company has to be asked. */
    String outcome() {
        if (duties.stream().noneMatch(SmelterDuty::isAsked)) {
            return NONE_OWED;
        }
        if (duties.stream().anyMatch(SmelterDuty::isOwed) || duties.stream().anyMatch(SmelterDuty::takesUpLevel1)) {
            return REMEDY_OWED;
        }
        return OPEN;
    }

    /** Whether Level 2 is recommended and no smelter takes it up. */
    boolean level2IsOpen() {
        return level2() == Level.RECOMMENDED && duties.stream().noneMatch(SmelterDuty::takesUpLevel2);
    }

    /** What becomes of an open response once the downstream company has answered: somebody takes up a level, or nobody. */
    String outcomeAfter(boolean downstreamTakesUp1, boolean downstreamTakesUp2) {
        boolean anybody =
                downstreamTakesUp1 || downstreamTakesUp2 || duties.stream().anyMatch(SmelterDuty::takesUpLevel2);
        return anybody ? REMEDY_OWED : DECLINED;
    }
}
