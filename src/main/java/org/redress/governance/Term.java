package org.redress.governance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a member holds an office (membership.md C, Chair and Steering Committee).
 *
 * @param organisation the member's organisation, such as {@code org-luma}
 * @param pillar the member's pillar when the term was given
 * @param from first day, in {@code redress.zone}
 * @param until last day, null while it runs on; before {@code from} it never began
 */
public record Term(
        long id, Office office, String organisation, String pillar, LocalDate from, @Nullable LocalDate until) {

    /** What is held. */
    public enum Office {
        /** A government, as a rule from one Plenary to the next. */
        CHAIR,
        /** A seat on the Steering Committee for the member's pillar. */
        COMMITTEE_SEAT
    }

    /** Whether the day is one of its days. */
    boolean covers(LocalDate day) {
        return !from.isAfter(day) && (until == null || !until.isBefore(day));
    }

    /** Whether some day belongs to both times; one without an end runs on. */
    boolean overlaps(LocalDate otherFrom, @Nullable LocalDate otherUntil) {
        boolean begins = until == null || !until.isBefore(from);
        return begins
                && (otherUntil == null || !otherUntil.isBefore(from))
                && (until == null || !until.isBefore(otherFrom));
    }

    String days() {
        return from + (until == null ? " on" : " to " + until);
    }
}
