package org.redress.oversight;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import org.redress.deadline.Deadlines;
import org.springframework.stereotype.Component;

/** Days as people of the house write them, in {@code redress.zone}. */
@Component
class Days {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Deadlines deadlines;

    Days(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** The day of a moment, yyyy-MM-dd. */
    String day(Instant moment) {
        return deadlines.day(Date.from(moment));
    }

    /** Until when something is due: the day, and the time if it is not the end of that day. */
    String until(Instant due) {
        String day = day(due);
        boolean wholeDay = deadlines.endOf(day).toInstant().getEpochSecond() == due.getEpochSecond();
        return wholeDay ? day : day + " " + MOMENT.format(due);
    }
}
