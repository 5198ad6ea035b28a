package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedLevelsTest {

    @ParameterizedTest
    @CsvSource({
        "OWED, OWED, true, true",
        "OWED, NOBODY, true, false",
        "SMELTER, NOT_ASKED, true, false",
        "NOBODY, DOWNSTREAM, false, true",
        "NOT_ASKED, SMELTER, false, true"
    })
    void aLevelIsPlannedWhenSomebodyCarriesIt(String carrier1, String carrier2, boolean level1, boolean level2) {
        assertThat(PlannedLevels.of(List.of(Map.of("carrier1", carrier1, "carrier2", carrier2))))
                .isEqualTo(new PlannedLevels(level1, level2));
    }

    @Test
    void oneSmelterIsEnough() {
        assertThat(PlannedLevels.of(List.of(
                        Map.of("carrier1", "NOBODY", "carrier2", "NOBODY"),
                        Map.of("carrier1", "SMELTER", "carrier2", "NOBODY"))))
                .isEqualTo(new PlannedLevels(true, false));
    }

    @Test
    void withoutAnybodyThereIsNothingToPlan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlannedLevels.of(List.of(Map.of("carrier1", "NOBODY", "carrier2", "NOT_ASKED"))))
                .withMessageContaining("step 2");
    }
}
