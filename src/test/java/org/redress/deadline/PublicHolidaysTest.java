package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicHolidaysTest {

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "CD, 2026-06-30, true",
        "cd, 2026-06-30, true",
        "CD, 2026-07-14, false",
        "FR, 2026-07-14, true",
        // A holiday on a Saturday that is kept on the Friday before
        "US, 2026-07-03, true",
        // Kept by banks only, and in one region only
        "CH, 2026-01-02, false",
        "DE, 2026-01-06, false",
    })
    void aCountryKeepsItsOwnHolidays(String country, LocalDate day, boolean holiday) {
        assertThat(PublicHolidays.of(country).days().test(day)).isEqualTo(holiday);
    }

    @Test
    void withoutACountryOnlyWeekendsAreFree() {
        PublicHolidays none = PublicHolidays.of(" ");

        assertThat(none.days().test(LocalDate.parse("2026-12-25"))).isFalse();
        assertThat(none.missing()).isFalse();
        assertThat(none.describe()).isEqualTo("weekdays only");
    }

    @Test
    void aCountryThatTheLibraryDoesNotKnowSaysSo() {
        PublicHolidays china = PublicHolidays.of("CN");

        assertThat(china.days().test(LocalDate.parse("2026-10-01"))).isFalse();
        assertThat(china.missing()).isTrue();
        assertThat(china.describe()).isEqualTo("weekdays only: no holiday data for CN");
    }

    @Test
    void everyCountryThatTheLibraryClaimsCanBeAsked() {
        for (String country : Locale.getISOCountries()) {
            assertThatCode(() -> PublicHolidays.of(country).days().test(LocalDate.parse("2026-05-01")))
                    .as(country)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UK", "ZZ", "COD", "Germany", "NYSE"})
    void whatIsNoCountryIsRefused(String country) {
        assertThatThrownBy(() -> PublicHolidays.of(country))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + country + "'")
                .hasMessageContaining("ISO 3166-1 alpha-2");
    }
}
