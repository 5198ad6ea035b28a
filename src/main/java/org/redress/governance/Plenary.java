package org.redress.governance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A meeting of all members; most deadlines of membership hang on one (membership.md C).
 *
 * @param id such as {@code P-2027} or {@code S-2027-1}; a name that stays when the day moves, even into another year
 * @param startsOn first day, in {@code redress.zone}
 * @param endsOn last day, not before the first
 * @param reason why a special Plenary meets; null for an annual one
 */
public record Plenary(
        String id, Kind kind, LocalDate startsOn, LocalDate endsOn, State state, @Nullable Reason reason) {

    /** How often it meets. */
    public enum Kind {
        /** Once a year. */
        ANNUAL,
        /** Convened for a reason, such as a concern that cannot wait for the annual one. */
        SPECIAL
    }

    /** What became of it. */
    public enum State {
        PLANNED,
        HELD,
        CANCELLED
    }

    /** Why a special Plenary is convened. */
    public enum Reason {
        /** A concern must be before a Plenary within six months (membership.md B, 6). */
        CONCERN,
        /** An admission that should not wait (A.3, Gemfields). */
        ADMISSION,
        /** The rules themselves, as in Ottawa in 2011 (section 0, timeline). */
        GOVERNANCE,
        OTHER
    }

    /** Its days as people read them. */
    String days() {
        return startsOn.equals(endsOn) ? startsOn.toString() : startsOn + " to " + endsOn;
    }
}
