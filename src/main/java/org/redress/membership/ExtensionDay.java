package org.redress.membership;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** An Engaged period is extended to a day that is still to come (membership.md E.2). */
@Component
class ExtensionDay implements FormRule {

    private static final String FIELD = "extendedUntil";

    private final Deadlines deadlines;

    ExtensionDay(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public List<String> forms() {
        return List.of("decide-engagement");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        LocalDate today = LocalDate.parse(deadlines.day(deadlines.now()));
        // Where the membership lapses, the day of an earlier extension is still known.
        return "CONTINUE".equals(values.get("engagementReview"))
                        && values.get(FIELD) instanceof String day
                        && !LocalDate.parse(day).isAfter(today)
                ? List.of(new FormProblem(FIELD, "Until when?: must be a day after today."))
                : List.of();
    }
}
