package org.redress.remedy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan costs per level, contingency included (remedy.md A.3, C.6). Amounts are in the currency of the form,
 * rounded to two decimals.
 */
record PlanBudget(BigDecimal level1, BigDecimal level2) {

    private static final List<String> LEVEL1 = List.of(
            "costShelter",
            "costHealth",
            "costMentalHealth",
            "costLegal",
            "costFinancial",
            "costReturn",
            "costReintegration",
            "costCoordinator",
            "costInterpreter",
            "costParticipation",
            "costMonitoring1",
            "costFacilitator1");
    private static final List<String> LEVEL2 =
            List.of("costActivities", "costLocalBodies", "costMonitoring2", "costFacilitator2");

    /** @param answers the fields of the form; a line that was left empty costs nothing */
    static PlanBudget of(Map<String, ?> answers) {
        BigDecimal contingency =
                BigDecimal.ONE.add(amount(answers.get("contingency")).movePointLeft(2));
        return new PlanBudget(total(answers, LEVEL1, contingency), total(answers, LEVEL2, contingency));
    }

    /** Whether each planned level has money behind it. */
    boolean covers(PlannedLevels levels) {
        return (!levels.level1() || level1.signum() > 0) && (!levels.level2() || level2.signum() > 0);
    }

    private static BigDecimal total(Map<String, ?> answers, List<String> lines, BigDecimal contingency) {
        return lines.stream()
                .map(line -> amount(answers.get(line)))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .multiply(contingency)
                .setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal amount(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }
}
