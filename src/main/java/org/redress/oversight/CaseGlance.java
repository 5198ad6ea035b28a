package org.redress.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case as one person may see it in one look: where it stands, what waits, what happened. Nothing in it was entered by
 * anybody, but for plain facts; people who were harmed are numbers.
 *
 * @param state of the case, such as {@code IMPLEMENTING}
 * @param urgent whether its short clocks run
 * @param emergency whether the emergency mode is on
 * @param remote whether its facts were established from a distance: empty if not, {@code UNCHECKED}, or what a look at the
 *     site said, {@code CONFIRMED} or {@code DIFFERS}
 * @param whole whether the person sees the whole case, and not only the part of their organisation
 * @param steps the six of a remedy case; empty for a case of the Initiative
 * @param extensions names of what was extended, to how often and until when (yyyy-MM-dd, empty if nobody says)
 * @param people null in a case of the Initiative, which is about organisations
 */
record CaseGlance(
        String caseNumber,
        String state,
        Instant receivedAt,
        boolean urgent,
        boolean emergency,
        String remote,
        boolean whole,
        List<Step> steps,
        List<Waiting> waiting,
        Map<String, String> extensions,
        @Nullable People people,
        List<Happened> happened) {

    /** How far one of the six steps has come; no beginning: it has not begun. */
    record Step(String process, @Nullable Instant began, @Nullable Instant ended, boolean cutShort) {}

    /**
     * An open task.
     *
     * @param groups its candidate groups
     * @param due null if it has no clock
     * @param pausedUntil until when its clock stands still; null if it runs
     */
    record Waiting(
            String task, Set<String> groups, @Nullable Instant due, boolean late, @Nullable Instant pausedUntil) {}

    /**
     * How many people the case helps. Small numbers point to people, so not everybody gets them.
     *
     * @param registered {@code -1} for fewer than five, which are not told
     * @param open those whose own case goes on, likewise
     * @param tasks open tasks in their cases; {@code -1} for whoever is not told numbers below five
     */
    record People(int registered, int open, int tasks) {}

    /**
     * One line of what happened.
     *
     * @param kind {@code TASK}, {@code DECISION}, {@code LETTER} or {@code MOVE} of a due date
     * @param what the name of the task, the key of the decision or of the letter's text, or the clock that moved
     * @param groups who did it, to whom it went, or who asked for it
     * @param outcome of a decision, in its own words; of a move its kind, its days (yyyy-MM-dd) and its reason
     * @param rules of a decision that were hit
     * @param basis of the weakest of them
     * @param late after its due date
     */
    record Happened(
            Instant at,
            String kind,
            String what,
            Set<String> groups,
            List<String> outcome,
            List<String> rules,
            List<String> basis,
            boolean late) {}
}
