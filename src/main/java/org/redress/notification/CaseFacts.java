package org.redress.notification;

import org.jspecify.annotations.Nullable;

/** Where letters look up a fact of the case. Only {@link Fact} says which ones may be looked up. */
interface CaseFacts {

    /** The value of a variable of the case; null when it is not set. */
    @Nullable
    Object variable(String name);

    /**
     * How long a clock of remedy.md A.7 runs in this case.
     *
     * @throws IllegalArgumentException if there is no such clock
     */
    Span clock(String id);

    /**
     * A length of time.
     *
     * @param unit HOURS, BUSINESS_DAYS, DAYS or MONTHS
     */
    record Span(int amount, String unit) {}
}
