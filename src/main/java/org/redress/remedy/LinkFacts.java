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

    /**
     * These facts with what is new of this link, upward only: trade that goes on after all, a later end, a smelter that did not
     * find the problem itself, an earlier day on which others knew (B.2, E22). What nobody knew before stays unknown, which is
     * the stricter reading.
     *
     * @param tradeOngoingNow YES if trade goes on after all; null, like every other, when nothing is new of it
     */
    LinkFacts closer(
            @Nullable String tradeOngoingNow,
            @Nullable String cessationNow,
            @Nullable String selfDetectedNow,
            @Nullable String exposureNow) {
        boolean ongoing = tradeOngoing || "YES".equals(tradeOngoingNow);
        return new LinkFacts(
                ongoing,
                ongoing ? null : CaseFacts.later(effectiveCessation, day(cessationNow)),
                selfDetected && !"NO".equals(selfDetectedNow),
                CaseFacts.earlier(exposureDate, day(exposureNow)));
    }

    /** The entry of {@code links}, or the part of a duty, that {@link #of} reads back. */
    void writeTo(Map<String, @Nullable Object> entry) {
        entry.put("tradeOngoing", tradeOngoing);
        entry.put("effectiveCessation", effectiveCessation);
        entry.put("selfDetected", selfDetected);
        entry.put("exposureDate", exposureDate);
    }

    private static boolean yes(@Nullable Object value) {
        return Boolean.TRUE.equals(value) || "YES".equals(value);
    }

    private static @Nullable String day(@Nullable Object value) {
        String text = Objects.toString(value, "");
        return text.isBlank() ? null : text;
    }
}
