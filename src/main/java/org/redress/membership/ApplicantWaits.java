package org.redress.membership;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** An Engaged period does not lapse while Full membership is being decided: who applied in time waits for it (E.2 [I]). */
@Component
class ApplicantWaits implements FormRule {

    @Override
    public List<String> forms() {
        return List.of("decide-engagement", "review-engagement");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        return "LAPSE".equals(values.get("engagementReview")) && "FULL_APPLIED".equals(values.get("caseState"))
                ? List.of(new FormProblem(
                        "engagementReview",
                        "Its application for Full membership is being decided: choose that it goes on, or wait with this"
                                + " task until that is decided."))
                : List.of();
    }
}
