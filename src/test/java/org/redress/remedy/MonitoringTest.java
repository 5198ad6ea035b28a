package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What companies may read of small groups. */
class MonitoringTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, fewer than 5", "4, fewer than 5", "5, 5", "15, 15"})
    void aGroupOfFewerThanFiveIsNotCounted(int people, String shown) {
        assertThat(Monitoring.suppressed(people)).isEqualTo(shown);
    }
}
