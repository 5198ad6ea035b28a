package org.redress.governance;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.InvalidInput;
import org.springframework.stereotype.Component;

/** Days as people write them, and the day that it is. */
@Component("governanceDay")
class Day {

    private final Deadlines deadlines;

    Day(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** Today, in {@code redress.zone}. */
    LocalDate today() {
        return LocalDate.parse(deadlines.day(deadlines.now()));
    }

    /**
     * Reads a day that is written {@code yyyy-MM-dd}.
     *
     * @param what how people call it, for the error
     * @throws InvalidInput if it is missing or no day
     */
    static LocalDate of(String what, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidInput(what + " is missing: fill it in");
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidInput(what + " is no day: write it like 2027-03-18");
        }
    }

    /** The same for a day that may be left out. */
    static @Nullable LocalDate ofNullable(String what, @Nullable String text) {
        return text == null || text.isBlank() ? null : of(what, text);
    }
}
