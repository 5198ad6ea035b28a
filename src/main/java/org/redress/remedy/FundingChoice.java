package org.redress.remedy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** What may be decided about money depends on the levels that are planned and on what is missing (remedy.md B.8, E12). */
@Component
class FundingChoice implements FormRule {

    @Override
    public List<String> forms() {
        return List.of("confirm-funding", "decide-on-short-funds");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        boolean level1 = Boolean.TRUE.equals(values.get("level1Planned"));
        boolean level2 = Boolean.TRUE.equals(values.get("level2Planned"));
        boolean level1Short = values.get("level1Missing") instanceof Number missing && missing.doubleValue() > 0;
        // On the stop day the last answer before it is still among the variables, and says nothing any more.
        boolean stopDay = values.get("shortFundsDecision") != null;
        String field = stopDay ? "shortFundsDecision" : "fundingDecision";
        String choice = Objects.toString(values.get(field), "");
        if (choice.equals("START_LEVEL1") && !(level1 && level2)) {
            return problem(field, "Only one level is planned: start everything or nothing");
        }
        if (choice.equals("PHASE_LEVEL2") && !level2) {
            return problem(field, "No Level 2 is planned");
        }
        if (choice.equals("BRIDGE") && !level1) {
            return problem(field, "No Level 1 is planned: Level 2 is not bridged, it comes in phases");
        }
        if (choice.equals("BRIDGE") && !stopDay && !level1Short) {
            return problem(field, "Level 1 is not short of money");
        }
        return List.of();
    }

    private static List<FormProblem> problem(String field, String message) {
        return List.of(new FormProblem(field, message));
    }
}
