package org.redress.engine;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Calendar days as decisions read them. A day comes as {@code yyyy-MM-dd} or as a {@link Date}, which the engine hands
 * to FEEL as a date and time; instants are read in UTC. What is known to the month or year only stands for its first or
 * last day, whichever protects more (remedy specification B.2).
 */
final class CalendarDays {

    private CalendarDays() {}

    /**
     * The day that the value names.
     *
     * @throws IllegalArgumentException if it names none
     */
    static LocalDate day(Object value) {
        if (value instanceof LocalDate day) {
            return day;
        }
        if (value instanceof Date instant) {
            return LocalDate.ofInstant(instant.toInstant(), ZoneOffset.UTC);
        }
        if (value instanceof ZonedDateTime moment) {
            return moment.withZoneSameInstant(ZoneOffset.UTC).toLocalDate();
        }
        if (value instanceof LocalDateTime moment) {
            // FEEL turns a Date into local time of this machine
            return day(moment.atZone(ZoneId.systemDefault()));
        }
        if (value instanceof String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("not a date (yyyy-MM-dd): " + text, e);
            }
        }
        throw new IllegalArgumentException("not a date (yyyy-MM-dd): " + value);
    }

    /** As {@link #day}, and the first day of a month ({@code yyyy-MM}) or year ({@code yyyy}); null stays null. */
    static @Nullable LocalDate firstDay(@Nullable Object value) {
        if (value instanceof String text && text.matches("\\d{4}-(0[1-9]|1[0-2])")) {
            return YearMonth.parse(text).atDay(1);
        }
        if (value instanceof String text && text.matches("\\d{4}")) {
            return Year.parse(text).atDay(1);
        }
        return value == null ? null : day(value);
    }

    /** As {@link #day}, and the last day of a month ({@code yyyy-MM}) or year ({@code yyyy}); null stays null. */
    static @Nullable LocalDate lastDay(@Nullable Object value) {
        if (value instanceof String text && text.matches("\\d{4}-(0[1-9]|1[0-2])")) {
            return YearMonth.parse(text).atEndOfMonth();
        }
        if (value instanceof String text && text.matches("\\d{4}")) {
            return Year.parse(text).atMonth(12).atEndOfMonth();
        }
        return value == null ? null : day(value);
    }
}
