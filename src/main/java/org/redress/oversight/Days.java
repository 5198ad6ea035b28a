package org.redress.oversight;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import org.redress.deadline.Deadlines;
import org.springframework.stereotype.Component;

/** Days as people of the house write them, in {@code redress.zone}; with a time, both are in UTC and say so. */
@Component
class Days {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DAY_IN_UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Deadlines deadlines;

    Days(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** The day of a moment, yyyy-MM-dd. */
    String day(Instant moment) {
        return deadlines.day(Date.from(moment));
    }

    /** Day and time of a moment, yyyy-MM-dd HH:mm UTC. */
    String moment(Instant moment) {
        return dayInUtc(moment) + " " + time(moment);
    }

    /** The day that belongs to {@link #time}, which may be another one than in {@code redress.zone}. */
    String dayInUtc(Instant moment) {
        return DAY_IN_UTC.format(moment);
    }

    /** The time of a moment, HH:mm UTC. */
    String time(Instant moment) {
        return TIME.format(moment);
    }

    /** Until when something is due: the day, and the time if it is not the end of that day. */
    String until(Instant due) {
        return countsInHours(due) ? moment(due) : day(due);
    }

    /** Whether a clock that ends then counts in hours: others end with the last second of their day. */
    boolean countsInHours(Instant due) {
        return deadlines.endOf(day(due)).toInstant().getEpochSecond() != due.getEpochSecond();
    }
}
