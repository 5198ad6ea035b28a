package org.redress.deadline;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Where the house counts its days. A wrong value stops the start.
 *
 * @param zone {@code redress.zone}: IANA name of the zone in whose days deadlines end; default UTC
 * @param calendar {@code redress.calendar}
 */
@ConfigurationProperties("redress")
record CalendarProperties(@DefaultValue("UTC") String zone, @DefaultValue Calendar calendar) {

    /**
     * Which days besides weekends are no business days.
     *
     * @param country {@code redress.calendar.country}: ISO 3166-1 alpha-2 of the country whose public holidays are no
     *     business days; default none, weekdays only
     */
    record Calendar(@DefaultValue("") String country) {}

    ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "redress.zone",
                    zone,
                    "There is no such time zone; expected a name such as UTC or Africa/Lubumbashi.");
        }
    }

    PublicHolidays publicHolidays() {
        try {
            return PublicHolidays.of(calendar.country());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "redress.calendar.country", calendar.country(), e.getMessage());
        }
    }
}
