package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the beginning of a remedy is covered. */
class FundingTest {

    @ParameterizedTest(name = "of {0}: {1} received, {2} bridged")
    @CsvSource({
        "20000, 20000,     0, 100,     0",
        "20000, 25000,     0, 125,     0",
        "20000, 19999.99,  0,  99,     0.01",
        "20000,  5000, 10000,  75,  5000",
        "20000,     0,     0,   0, 20000",
        "    0,     0,     0, 100,     0"
    })
    void coverageIsRoundedDownAndBridgeMoneyCounts(
            double need, double received, double bridge, int covered, double missing) {
        Funding funding = new Funding(need, received, bridge);
        assertThat(funding.covered()).isEqualTo(covered);
        assertThat(funding.missing()).isCloseTo(missing, org.assertj.core.data.Offset.offset(0.001));
        assertThat(funding.isBridged()).isEqualTo(bridge > 0);
    }
}
