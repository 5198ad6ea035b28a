package org.redress.deadline;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The nation-wide public holidays of one country, from Jollyday; days that are kept only in a region or only by banks
 * are not among them. Some countries are not in its data (of version 2.19.0 China, Indonesia, Malaysia, Myanmar and
 * Thailand among others): then there are no holidays, and {@link #known()} says so, since due dates come too early there.
 *
 * @param country ISO 3166-1 alpha-2 in capitals, or empty for no country: weekdays only, on purpose
 * @param known whether holidays are known for the country
 * @param days tests a day
 */
record PublicHolidays(String country, boolean known, Predicate<LocalDate> days) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * The holidays of a country.
     *
     * @param country ISO 3166-1 alpha-2 in any case, or blank for none
     * @throws IllegalArgumentException if there is no such country
     */
    static PublicHolidays of(String country) {
        String code = country.strip().toUpperCase(Locale.ROOT);
        if (code.isEmpty()) {
            return new PublicHolidays("", false, day -> false);
        }
        if (!COUNTRIES.contains(code)) {
            throw new IllegalArgumentException("There is no country '" + country
                    + "'; expected an ISO 3166-1 alpha-2 code such as CD or DE, or nothing for weekdays only.");
        }
        if (!HolidayManager.getSupportedCalendarCodes().contains(code)) {
            return new PublicHolidays(code, false, day -> false);
        }
        HolidayManager holidays = HolidayManager.getInstance(ManagerParameters.create(code.toLowerCase(Locale.ROOT)));
        return new PublicHolidays(code, true, day -> holidays.isHoliday(day, HolidayType.PUBLIC_HOLIDAY));
    }

    /** Whether a country is named whose holidays nobody told us. */
    boolean missing() {
        return !country.isEmpty() && !known;
    }

    /** For the operator: what the calendar leaves out. */
    String describe() {
        if (country.isEmpty()) {
            return "weekdays only";
        }
        return known
                ? "weekdays and the public holidays of " + country
                : "weekdays only: no holiday data for " + country;
    }
}
