package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** A guardian in conflict with a child decides nothing, whatever a form is filled in with later (remedy.md E08, B.5). */
@Component
final class GuardianKeptOut implements FormRule {

    private static final String STANDS = "A conflict of the guardian was reported and stands: ";

    @Override
    public List<String> forms() {
        return List.of("assess-best-interests", "guardian-consent", "case-management-plan");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        boolean stands = "YES".equals(values.get("guardianConflictStands"));
        List<FormProblem> problems = new ArrayList<>();
        for (String part : List.of("childGuardianPart", "guardianImplicated")) {
            if (stands && "NO".equals(values.get(part))) {
                problems.add(new FormProblem(part, STANDS + "the answer is Yes"));
            }
        }
        if (stands && "GIVEN".equals(values.get("guardianDecision"))) {
            problems.add(new FormProblem("guardianDecision", STANDS + "this consent counts for nothing"));
        }
        boolean anotherDecides = stands
                || (Boolean.TRUE.equals(values.get("isChild")) && !"GUARDIAN".equals(values.get("guardianRoute")));
        if (anotherDecides && "GUARDIAN".equals(values.get("consentGivenBy"))) {
            problems.add(new FormProblem(
                    "consentGivenBy", "This guardian does not decide for the child: name who was appointed instead"));
        }
        return problems;
    }
}
