package org.redress.remedy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** Facts lie in the past, and an incident does not end before it begins (remedy.md A.1, B.2). */
@Component
class FactDates implements FormRule {

    private static final List<String> DAYS = List.of(
            "firstTrade",
            "lastMaterialReceived",
            "effectiveCessation",
            "exposureDate",
            "incidentFirst",
            "incidentLatest",
            "claimedEnd",
            "claimedExposure",
            "claimedFirst",
            "claimedLatest",
            "cessationNow",
            "exposureNow",
            "newContractEnd",
            "newLastMaterial",
            "newExposureDate",
            "incidentFirstNow",
            "incidentLatestNow");

    private final Clock clock;

    FactDates(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<String> forms() {
        return List.of("investigate", "assess-link", "confirm-facts", "settle-facts", "weigh-information");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        // Today is the day that it is wherever it is latest.
        LocalDate today = clock.instant().atOffset(ZoneOffset.ofHours(14)).toLocalDate();
        List<FormProblem> problems = new ArrayList<>();
        for (String name : DAYS) {
            if (day(values, name).filter(day -> day.isAfter(today)).isPresent()) {
                problems.add(new FormProblem(name, "This day is in the future"));
            }
        }
        order(values, "incidentFirst", "incidentLatest").ifPresent(problems::add);
        order(values, "claimedFirst", "claimedLatest").ifPresent(problems::add);
        order(values, "incidentFirstNow", "incidentLatestNow").ifPresent(problems::add);
        return problems;
    }

    private static Optional<FormProblem> order(Map<String, @Nullable Object> values, String first, String latest) {
        return day(values, latest)
                .filter(last -> day(values, first).filter(last::isBefore).isPresent())
                .map(last -> new FormProblem(latest, "The last day is before the first one"));
    }

    private static Optional<LocalDate> day(Map<String, @Nullable Object> values, String name) {
        return values.get(name) instanceof String text && !text.isBlank()
                ? Optional.of(LocalDate.parse(text))
                : Optional.empty();
    }
}
