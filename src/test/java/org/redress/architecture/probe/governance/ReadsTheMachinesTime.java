package org.redress.architecture.probe.governance;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** Broken six times, and sound once: time comes from the clock. */
final class ReadsTheMachinesTime {

    Instant sound(Clock clock) {
        return Instant.now(clock);
    }

    Instant instant() {
        return Instant.now();
    }

    LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    @SuppressWarnings("JavaUtilDate")
    Date date() {
        return new Date();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    Date engineTime() {
        return ClockUtil.getCurrentTime();
    }
}
