package org.redress.remedy;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the link assessment of step 1 found about the trade of one smelter (remedy.md A.1, B.2). Days are written
 * {@code yyyy-MM-dd}.
 *
 * @param tradeOngoing any purchase, toll contract or delivery still runs
 * @param effectiveCessation the later of end of contract and last material received; null when it runs or nobody knows
 * @param selfDetected the smelter itself found the problem and left because of it
 * @param exposureDate when the incident became known outside the smelter
 */
record LinkFacts(
        boolean tradeOngoing,
        @Nullable String effectiveCessation,
        boolean selfDetected,
        @Nullable String exposureDate) {

    /**
     * Reads what step 1 keeps of the link to one smelter; yes and no may be booleans or the forms' YES and NO.
     *
     * @throws IllegalArgumentException if there is no entry for the smelter
     */
    static LinkFacts of(String smelter, @Nullable Map<String, ?> link) {
        if (link == null) {
            throw new IllegalArgumentException("The link of " + smelter + " to the incident was not assessed");
        }
        return new LinkFacts(
                yes(link.get("tradeOngoing")),
                day(link.get("effectiveCessation")),
                yes(link.get("selfDetected")),
                day(link.get("exposureDate")));
    }

    private static boolean yes(@Nullable Object value) {
        return Boolean.TRUE.equals(value) || "YES".equals(value);
    }

    private static @Nullable String day(@Nullable Object value) {
        String text = Objects.toString(value, "");
        return text.isBlank() ? null : text;
    }
}
