package org.redress.membership;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** Dues that were paid were paid by today, a day of {@code redress.zone} (membership.md A.4). */
@Component
class DuesDay implements FormRule {

    private static final String FIELD = "duesPaidOn";

    private final Deadlines deadlines;

    DuesDay(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public List<String> forms() {
        return List.of("file-annual-report", "cure-standing");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        LocalDate today = LocalDate.parse(deadlines.day(deadlines.now()));
        return values.get(FIELD) instanceof String day && LocalDate.parse(day).isAfter(today)
                ? List.of(new FormProblem(
                        FIELD, "If dues were owed: when were they paid?: is in the future. Leave it empty until then."))
                : List.of();
    }
}
