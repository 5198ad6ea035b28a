package org.redress.deadline;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the calendar from the operator's settings, and tells the operator what it leaves out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CalendarProperties.class)
class CalendarSetup {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarSetup.class);

    @Bean
    PublicHolidays publicHolidays(CalendarProperties properties) {
        PublicHolidays holidays = properties.publicHolidays();
        if (holidays.missing()) {
            LOG.warn(
                    "No holiday data for redress.calendar.country={}: business days are plain weekdays, so due dates"
                            + " around its public holidays come too early",
                    holidays.country());
        }
        return holidays;
    }

    @Bean
    BusinessCalendar businessCalendar(CalendarProperties properties, PublicHolidays holidays) {
        return new BusinessCalendar(properties.zoneId(), holidays.days());
    }

    /** {@code /actuator/info}: {@code {"calendar":{"zone":"UTC","businessDays":"weekdays only: no holiday data for CN"}}}. */
    @Bean
    InfoContributor calendarInfo(CalendarProperties properties, PublicHolidays holidays) {
        return info ->
                info.withDetail("calendar", Map.of("zone", properties.zone(), "businessDays", holidays.describe()));
    }
}
