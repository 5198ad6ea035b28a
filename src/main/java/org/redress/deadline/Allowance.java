package org.redress.deadline;

import java.util.Map;
import java.util.Objects;

/**
 * How long one clock may run: one row of the decision {@code deadline-matrix}.
 *
 * @param amount how many of {@code unit}; 0 days is the day of the start itself
 * @param unit what is counted, and so whether the clock ends at a moment or with a day
 */
record Allowance(int amount, Unit unit) {

    Allowance {
        if (amount < 0) {
            throw new IllegalArgumentException("A clock does not run backwards: " + amount + " " + unit);
        }
    }

    /** Reads a row of the table as the engine gives it: output name to value. */
    static Allowance ofRow(Map<String, Object> row) {
        return new Allowance(
                ((Number) value(row, "amount")).intValue(),
                Unit.valueOf(value(row, "unit").toString()));
    }

    private static Object value(Map<String, Object> row, String output) {
        return Objects.requireNonNull(row.get(output), () -> "A row of deadline-matrix has no " + output + ": " + row);
    }

    /** What a clock counts. */
    enum Unit {
        /** Elapsed hours, weekends and holidays included; the only unit that ends at a moment. */
        HOURS,
        /** Monday to Friday without the public holidays of the calendar's country. */
        BUSINESS_DAYS,
        /** Calendar days; the last one may be a weekend. */
        DAYS,
        /** Calendar months; 31 August and six months is the last of February. */
        MONTHS
    }
}
