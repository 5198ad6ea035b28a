package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.governance.Term.Office;

/** First and last day belong to a term. */
class TermTest {

    @ParameterizedTest(name = "{0} to {1} on {2}: {3}")
    @CsvSource({
        "2026-03-01, 2026-03-31, 2026-02-28, false",
        "2026-03-01, 2026-03-31, 2026-03-01, true",
        "2026-03-01, 2026-03-31, 2026-03-31, true",
        "2026-03-01, 2026-03-31, 2026-04-01, false",
        "2026-03-01, ,           2099-01-01, true",
        "2026-03-01, ,           2026-02-28, false",
        "2026-03-01, 2026-02-01, 2026-02-15, false",
    })
    void aTermCoversItsDays(LocalDate from, @Nullable LocalDate until, LocalDate day, boolean covers) {
        assertThat(term(from, until).covers(day)).isEqualTo(covers);
    }

    @ParameterizedTest(name = "{0} to {1} and {2} to {3}: {4}")
    @CsvSource({
        "2026-03-01, 2026-03-31, 2026-03-31, 2026-04-30, true",
        "2026-03-01, 2026-03-31, 2026-04-01, 2026-04-30, false",
        "2026-03-01, 2026-03-31, 2026-01-01, 2026-03-01, true",
        "2026-03-01, 2026-03-31, 2026-01-01, 2026-02-28, false",
        "2026-03-01, 2026-03-31, 2026-01-01, ,           true",
        "2026-03-01, 2026-03-31, 2026-04-01, ,           false",
        "2026-03-01, ,           2030-01-01, 2030-12-31, true",
        "2026-03-01, ,           2026-01-01, 2026-02-28, false",
        "2026-03-01, ,           2030-01-01, ,           true",
    })
    void twoTermsOverlapWhenTheyShareADay(
            LocalDate from,
            @Nullable LocalDate until,
            LocalDate otherFrom,
            @Nullable LocalDate otherUntil,
            boolean overlap) {
        assertThat(term(from, until).overlaps(otherFrom, otherUntil)).isEqualTo(overlap);
        assertThat(term(otherFrom, otherUntil).overlaps(from, until)).isEqualTo(overlap);
    }

    @Test
    void aTermThatEndsBeforeItsFirstDayNeverBegan() {
        Term never = term(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-02-01"));
        assertThat(never.overlaps(LocalDate.parse("2026-01-01"), null)).isFalse();
        assertThat(never.overlaps(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-01")))
                .isFalse();
    }

    private static Term term(LocalDate from, @Nullable LocalDate until) {
        return new Term(1, Office.COMMITTEE_SEAT, "org-a", "ngo", from, until);
    }
}
