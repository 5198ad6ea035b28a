package org.redress.deadline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a clock may be moved in all, whoever asks and however often (remedy.md B.9, column extension/ceiling): to so many
 * days, months or business days after it started. A row of {@code deadline-matrix} without extension or without ceiling is of
 * a clock that cannot be moved, such as those that protect people; a number of rounds is none of days either.
 */
record Ceiling(Optional<Period> period, int businessDays) {

    private static final Pattern BUSINESS_DAYS = Pattern.compile("(\\d+) BUSINESS_DAYS");

    /** Reads a row of the table as the engine gives it: output name to value. */
    static Optional<Ceiling> ofRow(Map<String, Object> row) {
        if (!(row.get("extension") instanceof String) || !(row.get("ceiling") instanceof String text)) {
            return Optional.empty();
        }
        Matcher days = BUSINESS_DAYS.matcher(text);
        if (days.matches()) {
            return Optional.of(new Ceiling(Optional.empty(), Integer.parseInt(days.group(1))));
        }
        return text.startsWith("P") ? Optional.of(new Ceiling(Optional.of(Period.parse(text)), 0)) : Optional.empty();
    }

    /** The end of the last day to which a clock that started at a moment may be moved. */
    Instant latest(BusinessCalendar calendar, Instant start) {
        LocalDate day = calendar.dayOf(start);
        return calendar.endOf(period.map(day::plus).orElseGet(() -> calendar.plusBusinessDays(day, businessDays)));
    }
}
