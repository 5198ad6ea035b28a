package org.redress.architecture.probe.governance;

import java.time.LocalDate;

/** Broken: only the room of deadlines counts days. */
final class CountsDays {

    LocalDate inAWeek(LocalDate day) {
        return day.plusWeeks(1);
    }
}
