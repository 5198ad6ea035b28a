package org.redress.remedy;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** What the start form {@code register-allegation} cannot say of itself: countries that exist, days that are possible. */
@Component
final class AllegationForm implements FormRule {

    private final Clock clock;

    AllegationForm(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<String> forms() {
        return List.of("register-allegation");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        List<FormProblem> problems = new ArrayList<>();
        Object country = values.get("whereCountry");
        if (country != null && !Arrays.asList(Locale.getISOCountries()).contains(country.toString())) {
            problems.add(new FormProblem("whereCountry", "is no country: two capital letters such as CD or PE."));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        Optional<Span> first = span(values, "whenFirst", today, problems);
        Optional<Span> latest = span(values, "whenLatest", today, problems);
        if (first.isPresent()
                && latest.isPresent()
                && latest.get().last().isBefore(first.get().first())) {
            problems.add(new FormProblem("whenLatest", "is before it began: correct one of the two."));
        }
        return problems;
    }

    /** The first and the last day that a year, a month or a day may mean. */
    private record Span(LocalDate first, LocalDate last) {}

    private static Optional<Span> span(
            Map<String, @Nullable Object> values, String field, LocalDate today, List<FormProblem> problems) {
        Object value = values.get(field);
        String text = value == null ? "" : value.toString().strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Span span =
                    switch (text.length()) {
                        case 4 ->
                            new Span(
                                    Year.parse(text).atDay(1),
                                    Year.parse(text).atMonth(12).atEndOfMonth());
                        case 7 ->
                            new Span(
                                    YearMonth.parse(text).atDay(1),
                                    YearMonth.parse(text).atEndOfMonth());
                        default -> new Span(LocalDate.parse(text), LocalDate.parse(text));
                    };
            if (span.first().isAfter(today)) {
                problems.add(new FormProblem(field, "lies in the future: give the year, month or day when it was."));
            }
            return Optional.of(span);
        } catch (DateTimeException e) {
            problems.add(new FormProblem(field, "is no date: write 2025, 2025-03 or 2025-03-14."));
            return Optional.empty();
        }
    }
}
