package org.redress.remedy;

import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** The remedy begins after its plan was approved, and is recorded once it has begun (remedy.md A.4, D17). */
@Component
class StartDay implements FormRule {

    private final Deadlines deadlines;

    StartDay(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public List<String> forms() {
        return List.of("start-implementation");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        if (!(values.get("startedOn") instanceof String text)) {
            return List.of();
        }
        LocalDate started = LocalDate.parse(text);
        if (started.isAfter(LocalDate.parse(deadlines.day(deadlines.now())))) {
            return problem("This day is in the future: record the start once it has happened");
        }
        if (values.get("planApprovedAt") instanceof Date approved
                && started.isBefore(LocalDate.parse(deadlines.day(approved)))) {
            return problem("This day is before the plan was approved on " + deadlines.day(approved));
        }
        return List.of();
    }

    private static List<FormProblem> problem(String message) {
        return List.of(new FormProblem("startedOn", message));
    }
}
