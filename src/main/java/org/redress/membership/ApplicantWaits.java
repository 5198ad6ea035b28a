package org.redress.membership;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/**
 * An Engaged period does not lapse while Full membership is being decided: who applied before its longest period was over
 * waits for the answer (E.2 [I]). An application that comes later saves nobody from the decision.
 */
@Component
class ApplicantWaits implements FormRule {

    @Override
    public List<String> forms() {
        return List.of("decide-engagement", "review-engagement");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        return "LAPSE".equals(values.get("engagementReview"))
                        && "FULL_APPLIED".equals(values.get("caseState"))
                        && inTime(values)
                ? List.of(new FormProblem(
                        "engagementReview",
                        "Its application for Full membership is being decided: choose that it goes on, or wait with this"
                                + " task until that is decided."))
                : List.of();
    }

    private static boolean inTime(Map<String, @Nullable Object> values) {
        String until = Objects.toString(values.get("engagedUntil"), "");
        return until.isEmpty()
                || Objects.toString(values.get("fullAppliedOn"), "").compareTo(until) <= 0;
    }
}
