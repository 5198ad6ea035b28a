package org.redress.remedy;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.redress.engine.InvalidInput;
import org.redress.engine.People;
import org.redress.engine.Roles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code report-to-case} and {@code emergency-protection} ask of Java, in the order of the diagrams. */
@Configuration(proxyBeanMethods = false)
class EmergencyTasks {

    private static final String CASE_NUMBER = "caseNumber";

    /** Who reports danger only: others may have reasons to know, or to say, more than is good for the people (B.9). */
    private static final Set<String> DANGER_ONLY = Set.of("smelter", "dpo");

    private static final Set<String> EVERYTHING = Set.of(
            Roles.ADMINISTRATOR,
            "downstream",
            "audit-programme",
            "facilitator",
            "vsc",
            "provider",
            "protection",
            "legal");

    /** Ways that are no less safe than the one of a rule, for those who are out already (B.7); any way for other rules. */
    private static final Map<String, Set<String>> AS_SAFE = Map.of(
            "RC5", Set.of("CHILD_PROTECTION", "OTHER_AUTHORITY"),
            "RC7", Set.of("ONLY_WITH_CONSENT"));

    /**
     * In the transaction of the form: the case is there, and whoever reports belongs to it. Danger may be reported by anyone
     * (B.9), the rest by whoever works on the case.
     */
    @Bean
    JavaDelegate checkReport(OwnCases cases, People people) {
        return execution -> {
            cases.find(NamedCaseTasks.of(execution));
            boolean dangerOnly = people.actingGroups().stream().anyMatch(DANGER_ONLY::contains)
                    && people.actingGroups().stream().noneMatch(EVERYTHING::contains);
            if (dangerOnly
                    && !CaseEvent.SOMEBODY_IN_DANGER.name().equals(execution.getVariable(CaseEventsWorkflow.KIND))) {
                throw new InvalidInput(
                        "eventKind: you may report here that somebody is in danger; whatever else you know,"
                                + " tell whoever works on the case");
            }
        };
    }

    @Bean
    JavaDelegate tellCase(CaseEventsWorkflow events) {
        return execution -> execution.setVariable("eventJoined", events.deliver(execution));
    }

    @Bean
    JavaDelegate extendRescue(CaseEventsWorkflow events) {
        return events::extendRescue;
    }

    @Bean
    JavaDelegate beginRecovery(EmergencyWorkflow emergencies) {
        return execution -> emergencies.beginRecovery((String) execution.getVariable(CASE_NUMBER));
    }

    /** Where the police may endanger people, no report goes to them (B.7 RC2, note 25). */
    @Bean
    FormRule noReportToUnsafePolice() {
        return rule(
                List.of("record-report", "settle-way"),
                values -> {
                    boolean recorded = Set.of("POLICE", "MINISTRY").contains(text(values, "reportedTo"))
                            && !Set.of("POLICE", "AS_AGREED").contains(text(values, "reportWay"));
                    return recorded
                            ? Optional.of(new FormProblem(
                                    "reportedTo",
                                    "This report does not go to the police, nor to a ministry that works with them: they may"
                                            + " endanger these people. Choose another authority or a UN entity."))
                            : Optional.empty();
                },
                values -> "POLICE".equals(text(values, "settledChannel")) && !"NO".equals(text(values, "policeDanger"))
                        ? Optional.of(new FormProblem(
                                "settledChannel",
                                "The police may endanger these people: choose another authority or a UN entity."))
                        : Optional.empty());
    }

    /**
     * The police hear of it where the way is the police: a ministry, another authority or a UN entity comes beside them, not in
     * their place (B.7 RC1, RC6).
     */
    @Bean
    FormRule noReportToOthersInPlaceOfThePolice() {
        return rule(
                List.of("record-report"),
                values -> "POLICE".equals(text(values, "reportWay")) && !"POLICE".equals(text(values, "reportedTo"))
                        ? Optional.of(new FormProblem(
                                "reportedTo",
                                "This report goes to the police, and is recorded when they know of it; the ministry is told"
                                        + " beside them."))
                        : Optional.empty());
    }

    /** No person alone goes back behind what the rule gives those who are out, and whoever did not sign (B.7 RC5 to RC7). */
    @Bean
    FormRule nobodySettlesALessSafeWay() {
        return rule(List.of("settle-way"), values -> {
            String way = text(values, "settledChannel");
            String channelRule = text(values, "channelRule");
            if (!AS_SAFE.getOrDefault(channelRule, Set.of(way)).contains(way)) {
                return Optional.of(new FormProblem(
                        "settledChannel",
                        channelRule.equals("RC7")
                                ? "Nobody is in danger any more and no law asks for a report: it is reported nowhere, unless"
                                        + " an adult agrees."
                                : "This concerns a child: choose the child-protection authority, another authority or a UN"
                                        + " entity."));
            }
            return channelRule.equals("RC6") && way.equals("POLICE") && "YES".equals(text(values, "channelRefused"))
                    ? Optional.of(new FormProblem(
                            "settledChannel",
                            "Somebody who had to sign finds the police unsafe for these people: choose a safer way."))
                    : Optional.empty();
        });
    }

    /** No pressure to cooperate with the police before the time to recover is over (D24). */
    @Bean
    FormRule nobodyIsAskedBeforeRecovery(Clock clock) {
        return rule(
                List.of("ask-cooperation"),
                values -> values.get("recoveryEndsAt") instanceof Date end
                                && clock.instant().isBefore(end.toInstant())
                        ? Optional.of(new FormProblem(
                                "cooperationWish",
                                "These people have time to recover and reflect until "
                                        + end.toInstant().toString().substring(0, 10) + ": nobody asks them before."))
                        : Optional.empty());
    }

    private interface Check {
        Optional<FormProblem> problem(Map<String, @Nullable Object> values);
    }

    private static FormRule rule(List<String> forms, Check... checks) {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return forms;
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                return List.of(checks).stream()
                        .flatMap(check -> check.problem(values).stream())
                        .toList();
            }
        };
    }

    private static String text(Map<String, @Nullable Object> values, String name) {
        return String.valueOf(values.get(name));
    }
}
