package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days as decisions read them. */
class CalendarDaysTest {

    private static final LocalDate LEAP_DAY = LocalDate.parse("2024-02-29");

    @Test
    void aDayComesInManyShapes() {
        Instant late = Instant.parse("2024-02-29T23:30:00Z");
        assertThat(CalendarDays.day("2024-02-29")).isEqualTo(LEAP_DAY);
        assertThat(CalendarDays.day(LEAP_DAY)).isEqualTo(LEAP_DAY);
        assertThat(CalendarDays.day(Date.from(late))).isEqualTo(LEAP_DAY);
        assertThat(CalendarDays.day(ZonedDateTime.parse("2024-03-01T07:30:00+08:00[Asia/Shanghai]")))
                .isEqualTo(LEAP_DAY);
        assertThat(CalendarDays.day(LocalDateTime.ofInstant(late, ZoneId.systemDefault())))
                .as("a Date as FEEL hands it on")
                .isEqualTo(LEAP_DAY);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, 2024-02-29, 2024-02-29",
        "2024-02, 2024-02-01, 2024-02-29",
        "2023-02, 2023-02-01, 2023-02-28",
        "2024, 2024-01-01, 2024-12-31"
    })
    void aMonthOrYearStandsForItsFirstOrLastDay(String text, LocalDate first, LocalDate last) {
        assertThat(CalendarDays.firstDay(text)).isEqualTo(first);
        assertThat(CalendarDays.lastDay(text)).isEqualTo(last);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(CalendarDays.firstDay(null)).isNull();
        assertThat(CalendarDays.lastDay(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-02-29", "2024-13", "24", "29.02.2024", "2024-02-29T00:00:00Z", "soon", ""})
    void whatIsNoDayIsRefused(String text) {
        assertThatThrownBy(() -> CalendarDays.lastDay(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a date (yyyy-MM-dd)");
    }
}
