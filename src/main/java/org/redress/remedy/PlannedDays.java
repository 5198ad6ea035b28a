package org.redress.remedy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** What a due diligence plan promises lies ahead, and shows measurable progress in time (remedy.md A.2). */
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
        days.values().removeIf(asked -> !asked);
        List<FormProblem> problems = new ArrayList<>();
        days.keySet().stream()
                .filter(name ->
                        day(values, name).filter(day -> day.isBefore(today)).isPresent())
                .forEach(name -> problems.add(new FormProblem(name, "This day is over")));
        day(values, "progressBy").ifPresent(latest -> {
            // Where the relation goes on, what gets better shows it; where it ends, the first action that is finished
            // does.
            String shows = mitigation ? "mitigationDue" : "firstActionDue";
            days.keySet().stream()
                    .filter(name -> mitigation == name.equals("mitigationDue"))
                    .flatMap(name -> day(values, name).stream())
                    .min(Comparator.naturalOrder())
                    .filter(first -> first.isAfter(latest))
                    .ifPresent(late ->
                            problems.add(new FormProblem(shows, "Something has to be measurably better by " + latest)));
        });
        return problems;
    }

    private static Optional<LocalDate> day(Map<String, @Nullable Object> values, String name) {
        return values.get(name) instanceof String text && !text.isBlank()
                ? Optional.of(LocalDate.parse(text))
                : Optional.empty();
    }
}
