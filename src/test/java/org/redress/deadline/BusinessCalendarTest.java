package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.deadline.Allowance.Unit;

class BusinessCalendarTest {

    private static final BusinessCalendar WEEKDAYS = new BusinessCalendar(ZoneOffset.UTC, day -> false);

    @ParameterizedTest(name = "{0} + {1} {2} = {3}")
    @CsvSource({
        // A Monday, and two weeks of working days
        "2026-02-02T09:30:00Z, 2,  BUSINESS_DAYS, 2026-02-04T23:59:59Z",
        "2026-02-02T09:30:00Z, 10, BUSINESS_DAYS, 2026-02-16T23:59:59Z",
        // Friday: the next business day is Monday
        "2026-02-06T09:30:00Z, 1,  BUSINESS_DAYS, 2026-02-09T23:59:59Z",
        // From a weekend, Monday is the first
        "2026-04-18T23:59:59Z, 1,  BUSINESS_DAYS, 2026-04-20T23:59:59Z",
        "2026-04-18T23:59:59Z, 10, BUSINESS_DAYS, 2026-05-01T23:59:59Z",
        "2026-04-19T00:00:00Z, 10, BUSINESS_DAYS, 2026-05-01T23:59:59Z",
        // The day of the start does not count, however early it was
        "2026-02-02T00:00:00Z, 1,  DAYS,          2026-02-03T23:59:59Z",
        "2026-02-02T23:59:59Z, 1,  DAYS,          2026-02-03T23:59:59Z",
        "2026-02-02T09:30:00Z, 7,  DAYS,          2026-02-09T23:59:59Z",
        // No days is today
        "2026-02-07T09:30:00Z, 0,  DAYS,          2026-02-07T23:59:59Z",
        // Calendar days and months may end on a weekend
        "2026-02-18T09:30:00Z, 2,  MONTHS,        2026-04-18T23:59:59Z",
        "2026-08-31T09:30:00Z, 6,  MONTHS,        2027-02-28T23:59:59Z",
        "2027-08-31T09:30:00Z, 6,  MONTHS,        2028-02-29T23:59:59Z",
        "2024-02-29T09:30:00Z, 12, MONTHS,        2025-02-28T23:59:59Z",
        // Hours run through the weekend and end to the moment
        "2026-02-06T22:15:30Z, 24, HOURS,         2026-02-07T22:15:30Z",
        "2026-02-06T22:15:30Z, 72, HOURS,         2026-02-09T22:15:30Z",
    })
    void aClockEndsOnItsLastDay(Instant start, int amount, Unit unit, Instant end) {
        assertThat(WEEKDAYS.end(start, new Allowance(amount, unit))).isEqualTo(end);
    }

    @ParameterizedTest(name = "{0} - {1} {2} = {3}")
    @CsvSource({
        // A month before the Plenary (membership.md E.7, 5)
        "2025-03-18T00:00:00Z, 1,  MONTHS,        2025-02-18T23:59:59Z",
        // The shorter month has its last day
        "2026-03-31T00:00:00Z, 1,  MONTHS,        2026-02-28T23:59:59Z",
        "2028-03-31T00:00:00Z, 1,  MONTHS,        2028-02-29T23:59:59Z",
        "2026-03-29T12:00:00Z, 1,  MONTHS,        2026-02-28T23:59:59Z",
        // Over the turn of the year
        "2026-01-15T00:00:00Z, 1,  MONTHS,        2025-12-15T23:59:59Z",
        "2025-02-18T23:59:59Z, 60, DAYS,          2024-12-20T23:59:59Z",
        "2025-02-18T23:59:59Z, 30, DAYS,          2025-01-19T23:59:59Z",
        "2025-02-18T00:00:00Z, 0,  DAYS,          2025-02-18T23:59:59Z",
        // Monday: the business day before is Friday; from a weekend, Friday is the first
        "2026-02-09T09:30:00Z, 1,  BUSINESS_DAYS, 2026-02-06T23:59:59Z",
        "2026-02-08T09:30:00Z, 1,  BUSINESS_DAYS, 2026-02-06T23:59:59Z",
        "2026-02-16T09:30:00Z, 10, BUSINESS_DAYS, 2026-02-02T23:59:59Z",
        "2026-02-09T22:15:30Z, 72, HOURS,         2026-02-06T22:15:30Z",
    })
    void aClockIsCountedBackwards(Instant end, int amount, Unit unit, Instant due) {
        assertThat(WEEKDAYS.before(end, new Allowance(amount, unit))).isEqualTo(due);
    }

    @Test
    void aMonthIsCountedBackInDaysOfTheZone() {
        BusinessCalendar auckland = new BusinessCalendar(ZoneId.of("Pacific/Auckland"), day -> false);
        Instant plenary = auckland.startOf(LocalDate.parse("2025-03-18"));
        assertThat(auckland.before(plenary, new Allowance(1, Unit.MONTHS))).isEqualTo("2025-02-18T10:59:59Z");
    }

    @Test
    void aPublicHolidayIsNoBusinessDayButACalendarDay() {
        Set<LocalDate> holidays = Set.of(LocalDate.parse("2026-05-01"));
        BusinessCalendar calendar = new BusinessCalendar(ZoneOffset.UTC, holidays::contains);
        Instant thursday = Instant.parse("2026-04-30T10:00:00Z");

        assertThat(calendar.end(thursday, new Allowance(1, Unit.BUSINESS_DAYS))).isEqualTo("2026-05-04T23:59:59Z");
        assertThat(calendar.end(thursday, new Allowance(1, Unit.DAYS))).isEqualTo("2026-05-01T23:59:59Z");
    }

    @Test
    void aClockThatStoodStillEndsLaterByWhatItCountsAcrossAHolidayToo() {
        Set<LocalDate> holidays = Set.of(LocalDate.parse("2026-05-01"));
        BusinessCalendar calendar = new BusinessCalendar(ZoneOffset.UTC, holidays::contains);
        Instant end = Instant.parse("2026-05-06T23:59:59Z");
        Instant tuesday = Instant.parse("2026-04-28T10:00:00Z");
        Instant monday = Instant.parse("2026-05-04T09:00:00Z");

        // Wednesday, Thursday and Monday; Friday is the holiday
        assertThat(calendar.stoodStill(end, Unit.BUSINESS_DAYS, tuesday, monday))
                .isEqualTo("2026-05-11T23:59:59Z");
        assertThat(calendar.stoodStill(end, Unit.DAYS, tuesday, monday)).isEqualTo("2026-05-12T23:59:59Z");
        assertThat(calendar.stoodStill(end, Unit.MONTHS, tuesday, monday)).isEqualTo("2026-05-12T23:59:59Z");
        assertThat(calendar.stoodStill(end, Unit.HOURS, tuesday, monday)).isEqualTo("2026-05-12T22:59:59Z");
        for (Unit unit : List.of(Unit.BUSINESS_DAYS, Unit.DAYS, Unit.MONTHS)) {
            assertThat(calendar.stoodStill(end, unit, tuesday, tuesday.plusSeconds(3600)))
                    .as("not a day, %s", unit)
                    .isEqualTo(end);
        }
    }

    @Test
    void howFarAClockCanBeMovedStandsInItsRow() {
        Set<LocalDate> holidays = Set.of(LocalDate.parse("2026-05-01"));
        BusinessCalendar calendar = new BusinessCalendar(ZoneOffset.UTC, holidays::contains);
        Instant thursday = Instant.parse("2026-04-30T10:00:00Z");

        assertThat(ceiling("10 BUSINESS_DAYS", "20 BUSINESS_DAYS"))
                .hasValueSatisfying(ceiling -> assertThat(ceiling.latest(calendar, thursday))
                        .as("one day later for the holiday")
                        .isEqualTo("2026-05-29T23:59:59Z"));
        assertThat(ceiling("P30D", "P75D")).hasValueSatisfying(ceiling -> assertThat(ceiling.latest(calendar, thursday))
                .isEqualTo("2026-07-14T23:59:59Z"));
        assertThat(ceiling("P4M", "P6M")).hasValueSatisfying(ceiling -> assertThat(ceiling.latest(calendar, thursday))
                .isEqualTo("2026-10-30T23:59:59Z"));
        assertThat(ceiling(null, "P45D")).as("no extension: it cannot be moved").isEmpty();
        assertThat(ceiling("P30D", null)).isEmpty();
        assertThat(ceiling("2 ROUNDS", "3 ROUNDS")).isEmpty();
    }

    private static Optional<Ceiling> ceiling(@Nullable String extension, @Nullable String ceiling) {
        Map<String, Object> row = new HashMap<>();
        row.put("extension", extension);
        row.put("ceiling", ceiling);
        return Ceiling.ofRow(row);
    }

    @ParameterizedTest(name = "in {0} the day ends at {1}")
    @CsvSource({
        "UTC,               2026-02-04T23:59:59Z",
        "Africa/Lubumbashi, 2026-02-04T23:59:59+02:00",
        "Asia/Shanghai,     2026-02-05T23:59:59+08:00",
        "America/Lima,      2026-02-04T23:59:59-05:00",
    })
    void daysAreThoseOfTheZone(String zone, OffsetDateTime end) {
        BusinessCalendar calendar = new BusinessCalendar(ZoneId.of(zone), day -> false);
        // In Shanghai it is already Tuesday
        Instant mondayEvening = Instant.parse("2026-02-02T20:00:00Z");

        assertThat(calendar.end(mondayEvening, new Allowance(2, Unit.BUSINESS_DAYS)))
                .isEqualTo(end.toInstant());
    }

    @Test
    void whereSummerTimeEndsAtMidnightTheDayEndsWithTheRepeatedHour() {
        BusinessCalendar havana = new BusinessCalendar(ZoneId.of("America/Havana"), day -> false);
        BusinessCalendar asuncion = new BusinessCalendar(ZoneId.of("America/Asuncion"), day -> false);

        // Cuba repeats the hour after midnight, Paraguay (until 2024) the hour before
        assertThat(havana.endOf(LocalDate.parse("2025-11-01"))).isEqualTo("2025-11-02T03:59:59Z");
        assertThat(asuncion.endOf(LocalDate.parse("2024-03-23"))).isEqualTo("2024-03-24T03:59:59Z");
        assertThat(asuncion.dayOf(asuncion.endOf(LocalDate.parse("2024-03-23"))))
                .isEqualTo("2024-03-23");
    }

    @Test
    void hoursAreHoursWhenTheClockIsPutForward() {
        BusinessCalendar berlin = new BusinessCalendar(ZoneId.of("Europe/Berlin"), day -> false);

        assertThat(berlin.end(Instant.parse("2026-03-28T20:00:00Z"), new Allowance(24, Unit.HOURS)))
                .isEqualTo("2026-03-29T20:00:00Z");
    }

    @Test
    void aClockThatRunsBackwardsIsRefused() {
        assertThatThrownBy(() -> new Allowance(-1, Unit.DAYS)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Laws that hold for every start, in every zone, with any holidays. */
    @Test
    void whateverTheStartTheLawsOfCountingHold() {
        Random random = new Random(7);
        List<ZoneId> zones =
                ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
        for (int round = 0; round < 20_000; round++) {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            int restDay = random.nextInt(2, 40);
            BusinessCalendar calendar = new BusinessCalendar(zone, day -> day.toEpochDay() % restDay == 0);
            Instant start = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(random.nextLong(20L * 365 * 86_400));
            int amount = random.nextInt(1, 60);
            LocalDate startDay = calendar.dayOf(start);

            Instant business = calendar.end(start, new Allowance(amount, Unit.BUSINESS_DAYS));
            Instant days = calendar.end(start, new Allowance(amount, Unit.DAYS));
            Instant months = calendar.end(start, new Allowance(amount, Unit.MONTHS));
            LocalDate businessDay = calendar.dayOf(business);

            assertThat(calendar.isBusinessDay(businessDay)).isTrue();
            assertThat(startDay.plusDays(1).datesUntil(businessDay.plusDays(1)).filter(calendar::isBusinessDay))
                    .as("business days after %s until %s", startDay, businessDay)
                    .hasSize(amount);
            assertThat(business).isAfterOrEqualTo(days).isAfter(start);
            assertThat(calendar.dayOf(days)).isEqualTo(startDay.plusDays(amount));
            assertThat(calendar.dayOf(months)).isEqualTo(startDay.plusMonths(amount));
            assertThat(calendar.monthsBetween(start, months))
                    .as("so many months have passed, month-ends too")
                    .isEqualTo(amount);
            for (Instant end : List.of(business, days, months)) {
                assertThat(end.atZone(zone).toLocalTime()).isEqualTo(LocalTime.of(23, 59, 59));
            }
            assertThat(calendar.end(start.plusSeconds(1), new Allowance(amount, Unit.BUSINESS_DAYS)))
                    .as("a later start never ends earlier")
                    .isAfterOrEqualTo(business);
            assertThat(calendar.plusBusinessDays(calendar.plusBusinessDays(startDay, amount), 3))
                    .as("counting on is counting once")
                    .isEqualTo(calendar.plusBusinessDays(startDay, amount + 3));
            assertThat(calendar.end(calendar.startOf(startDay), new Allowance(amount, Unit.BUSINESS_DAYS)))
                    .as("the hour of the start does not matter")
                    .isEqualTo(business);
        }
    }
}
