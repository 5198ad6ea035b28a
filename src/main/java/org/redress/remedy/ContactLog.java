package org.redress.remedy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the contacts with one person have come to so far (guideline step 4: handing a case over is not enough; remedy.md
 * A.4, A.5, E10).
 *
 * @param followUpsAfterHandover contacts with the person on or after the day of the handover
 * @param safetyIncidents contacts that told of harm or threats
 * @param failedAttempts attempts in a row without an answer
 * @param firstFailedAttempt the day of the first of these; null when the latest contact succeeded
 */
record ContactLog(
        int followUpsAfterHandover, int safetyIncidents, int failedAttempts, @Nullable LocalDate firstFailedAttempt) {

    /** Attempts without an answer before a person may count as untraceable; the days come from the clock "unreachable". */
    static final int ATTEMPTS_ASKED = 3;

    /** How an attempt to reach the person ended. */
    enum Result {
        REACHED,
        NOT_REACHED,
        DECEASED
    }

    /**
     * One attempt to reach the person.
     *
     * @param harmed whether the person told of harm or threats since the last contact
     */
    record Contact(Result result, LocalDate day, boolean harmed) {}

    /** The log with one more contact. */
    ContactLog with(Contact contact, @Nullable LocalDate handover) {
        return switch (contact.result()) {
            case REACHED ->
                new ContactLog(
                        followUpsAfterHandover
                                + (handover != null && !contact.day().isBefore(handover) ? 1 : 0),
                        safetyIncidents + (contact.harmed() ? 1 : 0),
                        0,
                        null);
            case NOT_REACHED ->
                new ContactLog(
                        followUpsAfterHandover,
                        safetyIncidents,
                        failedAttempts + 1,
                        firstFailedAttempt == null ? contact.day() : firstFailedAttempt);
            case DECEASED -> this;
        };
    }

    /** Whether there were enough attempts to decide on the search; whether enough time went by is the clock's to say. */
    boolean triedOftenEnough() {
        return failedAttempts >= ATTEMPTS_ASKED;
    }
}
