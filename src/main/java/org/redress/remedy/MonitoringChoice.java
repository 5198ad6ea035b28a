package org.redress.remedy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;

/**
 * How the monitoring may go on at this moment: up to month 12 the plan goes on or is revised, from then on only an
 * extension gives more time, six months at most each and two times at most (remedy.md D17, D18).
 *
 * @param form the form that asks
 * @param field its field with the choice
 */
record MonitoringChoice(String form, String field, Deadlines deadlines) implements FormRule {

    private static final int FINAL_MONTH = 12;
    private static final int EXTENSIONS = 2;

    @Override
    public List<String> forms() {
        return List.of(form);
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        String choice = Objects.toString(values.get(field), "");
        boolean last = number(values, "monthsElapsed") >= FINAL_MONTH;
        List<FormProblem> problems = new ArrayList<>();
        if (last && (choice.equals("ON_TRACK") || choice.equals("REVISE"))) {
            problems.add(new FormProblem(field, "Twelve months are over: only an extension gives more time"));
        }
        if (choice.equals("EXTEND")) {
            if (!last) {
                problems.add(new FormProblem(field, "Month 12 is still to come: go on, or revise"));
            } else if (number(values, "extensions") >= EXTENSIONS) {
                problems.add(new FormProblem(
                        field,
                        "There were two extensions: say how it ends, and the panel decides if goals are missed"));
            } else {
                until(values, problems);
            }
        }
        return problems;
    }

    private void until(Map<String, @Nullable Object> values, List<FormProblem> problems) {
        LocalDate until = day(values, "extendedUntil");
        LocalDate limit = day(values, "extensionLimit");
        if (!until.isAfter(LocalDate.parse(deadlines.day(deadlines.now())))) {
            problems.add(new FormProblem("extendedUntil", "This day is over: an extension lies ahead"));
        } else if (until.isAfter(limit)) {
            problems.add(new FormProblem("extendedUntil", "One extension is six months at most, until " + limit));
        }
    }

    private static LocalDate day(Map<String, @Nullable Object> values, String name) {
        return LocalDate.parse(Objects.toString(values.get(name)));
    }

    private static int number(Map<String, @Nullable Object> values, String name) {
        return values.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
