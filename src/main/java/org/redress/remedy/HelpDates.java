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

/** What has been done lies in the past, and help does not end before it begins (remedy.md A.3, A.4, A.7 D27, C.3). */
@Component
final class HelpDates implements FormRule {

    private static final List<String> DONE = List.of(
            "guardianConsentOn",
            "authorityDecidedOn",
            "agreementSignedOn",
            "handoverAt",
            "consentOn",
            "contactDate",
            "deliveredOn",
            "endedOn",
            "paidOn",
            "authorityToldOn",
            "requestAnsweredOn",
            "l2ValueOn",
            "l2SiteVisitOn");

    private static final Map<String, String> BEGIN_AND_END =
            Map.of("firstDate", "serviceUntil", "deliveredOn", "endedOn", "consentOn", "consentUntil");

    private final Clock clock;

    HelpDates(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<String> forms() {
        return List.of(
                "guardian-consent",
                "appoint-guardian",
                "agree-child-remedy",
                "case-management-plan",
                "follow-up",
                "search-attempt",
                "confirm-service",
                "report-service",
                "tell-data-authority",
                "answer-data-request",
                "give-own-help",
                "follow-repayment",
                "l2-progress");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        // Today is the day that it is wherever it is latest.
        LocalDate today = clock.instant().atOffset(ZoneOffset.ofHours(14)).toLocalDate();
        List<FormProblem> problems = new ArrayList<>();
        for (String done : DONE) {
            if (day(values, done).filter(day -> day.isAfter(today)).isPresent()) {
                problems.add(new FormProblem(done, "This day is in the future"));
            }
        }
        BEGIN_AND_END.forEach((begin, end) -> day(values, end)
                .filter(last -> day(values, begin).filter(last::isBefore).isPresent())
                .ifPresent(
                        last -> problems.add(new FormProblem(end, "This day is before the one on which it begins"))));
        return problems;
    }

    private static Optional<LocalDate> day(Map<String, @Nullable Object> values, String name) {
        return Optional.ofNullable(values.get(name))
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .map(LocalDate::parse);
    }
}
