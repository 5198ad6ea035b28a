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
 * @param state of the case, such as {@code IMPLEMENTING}, or how it ended where remedy.md A.0 has no state that says so
 * @param toTheHour whether a clock that counts in hours ran when it was received
 * @param suspended whether the engine holds a part of it that the person sees
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
        boolean toTheHour,
        boolean suspended,
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
     * @param held whether its clock stands still, nobody knows until when
     */
    record Waiting(
            String task,
            Set<String> groups,
            @Nullable Instant due,
            boolean late,
            @Nullable Instant pausedUntil,
            boolean held) {}

    /**
     * How many people the case helps. Small numbers point to people, so not everybody gets them.
     *
     * @param registered {@code -1} for fewer than five, which are not told
     * @param open those whose own case goes on, likewise
     * @param tasks open tasks in their cases; {@code -1} for whoever is not told numbers below five
     * @param helpWaitsFor what the help of the case plans waits for: {@code VERIFICATION}, {@code LEVEL}, {@code PLAN},
     *     {@code APPROVAL} or {@code MONEY}; {@code NOTHING} once remedy has begun; empty for whoever does not give help
     * @param ownAgreed whom the reader's own organisation coordinates, and who agreed to a plan and waits for the remedy;
     *     {@code -1} for whoever coordinates nobody: what others agreed to is theirs to tell
     */
    record People(int registered, int open, int tasks, String helpWaitsFor, int ownAgreed) {}

    /**
     * What somebody picked in a task, where it steers the case: never what somebody wrote.
     *
     * @param question as the form asks; may be empty
     * @param words of the answer; empty where Java made the choices
     * @param value of the answer
     */
    record Answer(String question, String words, String value) {}

    /**
     * One line of what happened.
     *
     * @param toTheHour whether a clock that counts in hours ran then, so that the time is told beside the day
     * @param kind {@code TASK}, {@code DECISION}, {@code LETTER}, {@code MOVE} of a due date, {@code HELD} for the
     *     investigation, {@code SUSPENDED} for a process
     * @param what the name of the task or the process, the key of the decision, the event of the letter, the clock that moved,
     *     or why the investigation is held
     * @param groups who did it, to whom it went, or who asked for it
     * @param outcome of a decision, in its own words; of a letter the key of its text; of a move its kind, its days
     *     (yyyy-MM-dd) and its reason; of what is held or suspended whether it begins or ends
     * @param answers the outcome of a task
     * @param rules of a decision that were hit
     * @param basis of the weakest of them
     * @param late after its due date
     */
    record Happened(
            Instant at,
            boolean toTheHour,
            String kind,
            String what,
            Set<String> groups,
            List<String> outcome,
            List<Answer> answers,
            List<String> rules,
            List<String> basis,
            boolean late) {

        /** A completed task. */
        static Happened task(Instant at, String name, Set<String> groups, List<Answer> answers, boolean late) {
            return new Happened(at, false, "TASK", name, groups, List.of(), answers, List.of(), List.of(), late);
        }

        /** Anything that is neither a task nor decided by a table. */
        static Happened plain(Instant at, String kind, String what, Set<String> groups, List<String> outcome) {
            return new Happened(at, false, kind, what, groups, outcome, List.of(), List.of(), List.of(), false);
        }

        Happened told(boolean hour) {
            return new Happened(at, hour, kind, what, groups, outcome, answers, rules, basis, late);
        }
    }
}
