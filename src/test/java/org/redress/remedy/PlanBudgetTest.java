package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanBudgetTest {

    @Test
    void addsTheLinesOfEachLevelAndTheContingency() {
        PlanBudget budget = PlanBudget.of(
                Map.of("costShelter", 1000, "costFacilitator1", 99.99, "costActivities", 500, "contingency", 12.5));
        assertThat(budget.level1()).isEqualByComparingTo("1237.49");
        assertThat(budget.level2()).isEqualByComparingTo("562.50");
    }

    @Test
    void aPlannedLevelWithoutMoneyIsNotCovered() {
        PlanBudget budget = PlanBudget.of(Map.of("costShelter", 1000, "contingency", 0));
        assertThat(budget.covers(new PlannedLevels(true, false))).isTrue();
        assertThat(budget.covers(new PlannedLevels(true, true))).isFalse();
        assertThat(budget.covers(new PlannedLevels(false, true))).isFalse();
    }
}
