package org.redress.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date as far as it is remembered: {@code 2025}, {@code 2025-03} or {@code 2025-03-14}. Comparisons give the reporter
 * the benefit of the doubt: only what is impossible on every day the date may mean is refused.
 *
 * @param earliest the first day it may mean
 * @param latest the last day it may mean
 */
record PartialDate(LocalDate earliest, LocalDate latest) {

    private static final Pattern FORM = Pattern.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?");

    /** Empty when the text has another form or names a day or month that no calendar has. */
    static Optional<PartialDate> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            int year = Integer.parseInt(form.group(1));
            if (form.group(2) == null) {
                return Optional.of(new PartialDate(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)));
            }
            YearMonth month = YearMonth.of(year, Integer.parseInt(form.group(2)));
            if (form.group(3) == null) {
                return Optional.of(new PartialDate(month.atDay(1), month.atEndOfMonth()));
            }
            LocalDate day = month.atDay(Integer.parseInt(form.group(3)));
            return Optional.of(new PartialDate(day, day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean surelyBefore(PartialDate other) {
        return latest.isBefore(other.earliest);
    }

    boolean surelyAfter(LocalDate day) {
        return earliest.isAfter(day);
    }
}
