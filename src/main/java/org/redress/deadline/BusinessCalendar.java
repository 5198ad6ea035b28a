package org.redress.deadline;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Predicate;

/**
 * Counts hours, days, business days and months in one time zone. A business day is Monday to Friday, in every country,
 * unless it is a public holiday. Immutable.
 */
final class BusinessCalendar {

    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    private final ZoneId zone;
    private final Predicate<LocalDate> publicHoliday;

    BusinessCalendar(ZoneId zone, Predicate<LocalDate> publicHoliday) {
        this.zone = zone;
        this.publicHoliday = publicHoliday;
    }

    /**
     * When a clock that starts at {@code start} ends. Hours end to the moment. All other units count from the day of the
     * start, which does not count itself, and end at 23:59:59 of their last day.
     */
    Instant end(Instant start, Allowance allowance) {
        int amount = allowance.amount();
        LocalDate day = dayOf(start);
        return switch (allowance.unit()) {
            case HOURS -> start.plus(Duration.ofHours(amount));
            case BUSINESS_DAYS -> endOf(plusBusinessDays(day, amount));
            case DAYS -> endOf(day.plusDays(amount));
            case MONTHS -> endOf(day.plusMonths(amount));
        };
    }

    /**
     * When something is due that must be over so long before {@code end}. Hours are counted back from the moment. All other
     * units are counted back from its day, which does not count itself, and end at 23:59:59 of the day that they reach: a
     * month before 31 March is the last of February.
     */
    Instant before(Instant end, Allowance allowance) {
        int amount = allowance.amount();
        LocalDate day = dayOf(end);
        return switch (allowance.unit()) {
            case HOURS -> end.minus(Duration.ofHours(amount));
            case BUSINESS_DAYS -> endOf(minusBusinessDays(day, amount));
            case DAYS -> endOf(day.minusDays(amount));
            case MONTHS -> endOf(day.minusMonths(amount));
        };
    }

    /** The {@code count}th business day before {@code day}; {@code day} itself may be a weekend and never counts. */
    LocalDate minusBusinessDays(LocalDate day, int count) {
        LocalDate date = day;
        for (int counted = 0; counted < count; ) {
            date = date.minusDays(1);
            if (isBusinessDay(date)) {
                counted++;
            }
        }
        return date;
    }

    /** The {@code count}th business day after {@code day}; {@code day} itself may be a weekend and never counts. */
    LocalDate plusBusinessDays(LocalDate day, int count) {
        LocalDate date = day;
        for (int counted = 0; counted < count; ) {
            date = date.plusDays(1);
            if (isBusinessDay(date)) {
                counted++;
            }
        }
        return date;
    }

    /**
     * When a clock ends that stood still from one moment to another: hours move by the time itself, business days by the
     * business days, and everything else by the days. The day on which it stopped does not count, the one on which it goes on
     * does.
     */
    Instant stoodStill(Instant end, Allowance.Unit unit, Instant from, Instant until) {
        LocalDate first = dayOf(from);
        LocalDate last = dayOf(until);
        return switch (unit) {
            case HOURS -> end.plus(Duration.between(from, until));
            case BUSINESS_DAYS -> {
                int days = (int) first.plusDays(1)
                        .datesUntil(last.plusDays(1))
                        .filter(this::isBusinessDay)
                        .count();
                yield days == 0 ? end : endOf(plusBusinessDays(dayOf(end), days));
            }
            case DAYS, MONTHS ->
                first.equals(last) ? end : endOf(dayOf(end).plusDays(last.toEpochDay() - first.toEpochDay()));
        };
    }

    boolean isBusinessDay(LocalDate day) {
        DayOfWeek weekday = day.getDayOfWeek();
        return weekday != DayOfWeek.SATURDAY && weekday != DayOfWeek.SUNDAY && !publicHoliday.test(day);
    }

    /** The months that are over between the days of two moments, as {@link #end} counts them; 0 if they are reversed. */
    int monthsBetween(Instant from, Instant to) {
        LocalDate first = dayOf(from);
        LocalDate last = dayOf(to);
        int months = 0;
        // Not ChronoUnit.MONTHS: from 31 August to 28 February it counts five.
        while (!first.plusMonths(months + 1L).isAfter(last)) {
            months++;
        }
        return months;
    }

    /** The same time of the day so many calendar days later. */
    Instant plusDays(Instant moment, long days) {
        return moment.atZone(zone).plusDays(days).toInstant();
    }

    /** The day that people at the calendar's place write at this moment. */
    LocalDate dayOf(Instant moment) {
        return moment.atZone(zone).toLocalDate();
    }

    /** The first moment of a day. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** 23:59:59 of a day; where summer time ends at midnight, of the later of its two last hours. */
    Instant endOf(LocalDate day) {
        return day.atTime(LAST_SECOND).atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
