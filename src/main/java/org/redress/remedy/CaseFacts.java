package org.redress.remedy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an incident on which its level rests, whichever smelter is asked (remedy.md B.2). Days are written
 * {@code yyyy-MM-dd}.
 *
 * @param types the kinds of exploitation
 * @param affected people affected; null when nobody knows
 * @param occurrences90d how often the same thing happened within any 90 days; null when nobody knows
 * @param incidentFirst the first day; null when nobody knows
 * @param incidentLatest the latest day; null when nobody knows, which counts as recent
 */
record CaseFacts(
        List<String> types,
        @Nullable Integer affected,
        @Nullable Integer occurrences90d,
        @Nullable String incidentFirst,
        @Nullable String incidentLatest) {

    CaseFacts {
        types = List.copyOf(types);
    }

    /**
     * What is known together with what is new, upward only: every kind, the highest numbers, the earliest first and the latest
     * last day (E22). News never takes a fact away; that is for a new evaluation of the case.
     */
    CaseFacts with(CaseFacts news) {
        Set<String> all = new LinkedHashSet<>(types);
        all.addAll(news.types);
        return new CaseFacts(
                List.copyOf(all),
                highest(affected, news.affected),
                highest(occurrences90d, news.occurrences90d),
                earlier(incidentFirst, news.incidentFirst),
                later(incidentLatest, news.incidentLatest));
    }

    private static @Nullable Integer highest(@Nullable Integer known, @Nullable Integer news) {
        if (known == null || news == null) {
            return known == null ? news : known;
        }
        return Integer.valueOf(Math.max(known, news));
    }

    /** The earlier of two days; a day that nobody knew stays unknown, which is the stricter reading (B.2). */
    static @Nullable String earlier(@Nullable String known, @Nullable String news) {
        return known == null || news == null || known.compareTo(news) <= 0 ? known : news;
    }

    /** The later of two days, likewise. */
    static @Nullable String later(@Nullable String known, @Nullable String news) {
        return known == null || news == null || known.compareTo(news) >= 0 ? known : news;
    }
}
