package org.redress.complaint;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** The day by which a member reports on recommendations lies ahead (membership-and-concern.md B stage 9). */
@Component
class ReportAhead implements FormRule {

    private final Deadlines deadlines;

    ReportAhead(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public List<String> forms() {
        return List.of("propose-outcome");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        if (!"RECOMMENDATIONS".equals(values.get("outcomeCode"))) {
            return List.of();
        }
        LocalDate report = LocalDate.parse(Objects.toString(values.get("reportDueOn")));
        return report.isAfter(LocalDate.parse(deadlines.day(deadlines.now())))
                ? List.of()
                : List.of(new FormProblem("reportDueOn", "This day is over: agree on a later one"));
    }
}
