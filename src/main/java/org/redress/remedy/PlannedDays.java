package org.redress.remedy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** What a due diligence plan promises lies ahead (remedy.md A.2). */
@Component
class PlannedDays implements FormRule {

    private final Clock clock;

    PlannedDays(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<String> forms() {
        return List.of("enhanced-due-diligence");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        // Today is the day that it still is somewhere.
        LocalDate today = clock.instant().atOffset(ZoneOffset.ofHours(-12)).toLocalDate();
        // What an earlier round filled in and this one hides is not looked at.
        boolean second = "YES".equals(values.get("anotherAfterFirst"));
        boolean third = second && "YES".equals(values.get("anotherAfterSecond"));
        boolean mitigation = "CONTINUE".equals(values.get("relationDecision"));
        Map<String, Boolean> days = new LinkedHashMap<>();
        days.put("firstActionDue", true);
        days.put("secondActionDue", second);
        days.put("thirdActionDue", third);
        days.put("mitigationDue", mitigation);
        return days.keySet().stream()
                .filter(days::get)
                .filter(name -> values.get(name) instanceof String text
                        && !text.isBlank()
                        && LocalDate.parse(text).isBefore(today))
                .map(name -> new FormProblem(name, "This day is over"))
                .toList();
    }
}
