package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanDefectTest {

    @Test
    void theGatesAndTheReviewersDefectsAreNamedOnceEach() {
        assertThat(PlanDefect.together(
                        List.of(Map.of("rule", "PG02", "defect", "GROUP_NOT_CONSULTED", "basis", "SEED")),
                        List.of("PG02 GROUP_NOT_CONSULTED", "PG08 SERVICE_NOT_AVAILABLE")))
                .containsExactly(
                        new PlanDefect("PG02", "GROUP_NOT_CONSULTED"), new PlanDefect("PG08", "SERVICE_NOT_AVAILABLE"));
    }
}
