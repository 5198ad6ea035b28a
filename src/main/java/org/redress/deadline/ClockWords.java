package org.redress.deadline;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What a clock is for, in words, and whether it stands still: what the lists of tasks show beside a due date. */
@Component
class ClockWords {

    private final MessageSource words;
    private final DeadlineMoves moves;
    private final BusinessCalendar calendar;

    ClockWords(MessageSource words, DeadlineMoves moves, BusinessCalendar calendar) {
        this.words = words;
        this.moves = moves;
        this.calendar = calendar;
    }

    /** {@code clock.<id>} in {@code messages.properties}; the id where nobody has written any. */
    String of(String clockId) {
        return String.valueOf(words.getMessage("clock." + clockId, null, clockId, Locale.ENGLISH));
    }

    /** The same for a clock of a case, with the day until which it stands still. */
    String of(String caseNumber, CountedClock clock) {
        Optional<Instant> pausedUntil = moves.pausedUntil(caseNumber, clock);
        return pausedUntil
                .map(until -> String.valueOf(words.getMessage(
                        "stands-still",
                        new Object[] {of(clock.clockId()), calendar.dayOf(until).toString()},
                        Locale.ENGLISH)))
                .orElseGet(() -> of(clock.clockId()));
    }
}
