package org.redress.governance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.RunningClocks;
import org.redress.engine.Lists;
import org.redress.engine.People;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/membership/keep-calendar} asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class CalendarTasks {

    /** The calendar as it was when it was shown: a change that was decided on an older one is refused. */
    private static final String VERSION = "calendarVersion";

    private static final List<String> FIELDS = List.of(
            "calendarChange",
            "calendarReason",
            "plenaryChosen",
            "plenaryStartsOn",
            "plenaryEndsOn",
            "specialReason",
            "specialLatest",
            "windowName",
            "windowOpensOn",
            "windowClosesOn",
            "windowAssessed",
            "termHolder",
            "termFrom",
            "termUntil",
            "termChosen",
            "termLastDay",
            "enteredOrganisation",
            "enteredName",
            "enteredPillar",
            "enteredStatus");

    /**
     * Shows the calendar as it is now, and hands the task to whoever began: a form that starts a process shows no data. Where
     * the system began, the task is the whole Secretariat's.
     */
    @Bean
    TaskListener showCalendar(
            Governance governance,
            Windows windows,
            Terms terms,
            Members members,
            ChangeLog changes,
            RunningClocks clocks,
            Offices offices,
            People people) {
        return task -> {
            Map<String, Member> byOrganisation = new HashMap<>();
            members.all().forEach(member -> byOrganisation.put(member.organisation(), member));
            Function<Plenary, String> plenary = each -> plenary(each, clocks);
            Function<Term, String> term = each -> term(each, byOrganisation);
            List<Plenary> planned = governance.plenaries().stream()
                    .filter(each -> each.state() == Plenary.State.PLANNED)
                    .toList();
            List<Term> held = Stream.of(Term.Office.values())
                    .flatMap(office -> terms.runningOrToCome(office).stream())
                    .toList();
            task.setVariable(VERSION, changes.version());
            task.setVariable("plenaryLines", lines(governance.plenaries(), plenary));
            task.setVariable("plenaryChoices", choices(planned, Plenary::id, plenary));
            task.setVariable("windowLines", lines(windows.all(), each -> each.id() + ": " + each.days()));
            task.setVariable("termLines", lines(held, term));
            task.setVariable("termChoices", choices(held, each -> String.valueOf(each.id()), term));
            task.setVariable(
                    "memberChoices",
                    choices(
                            members.all().stream()
                                    .filter(member -> !member.status().hasLeft())
                                    .toList(),
                            Member::organisation,
                            member -> member.name() + " (" + member.pillar() + ", " + words(member.status()) + ")"));
            List<String> waiting = offices.waitingTasks();
            task.setVariable("tasksWaiting", waiting.size());
            task.setVariable("waitingLines", lines(waiting, each -> each));
            if (!Boolean.TRUE.equals(task.getVariable(SeatWorkflow.SEAT_NEEDED))) {
                task.setAssignee(people.acting().orElse(null));
            }
        };
    }

    /** Carries out the change in the transaction of the form, so that whoever asked is told what is wrong with it. */
    @Bean
    JavaDelegate applyChange(CalendarChanges changes, People people) {
        return execution -> {
            Map<String, @Nullable Object> form = new HashMap<>();
            FIELDS.forEach(field -> form.put(field, execution.getVariable(field)));
            changes.apply(
                    form,
                    ((Number) execution.getVariable(VERSION)).longValue(),
                    people.acting().orElse("redress"));
        };
    }

    private static String plenary(Plenary plenary, RunningClocks clocks) {
        int hanging = clocks.count(Governance.PLENARY_ID, plenary.id());
        return plenary.id() + ": " + words(plenary.kind()) + ", " + plenary.days() + ", " + words(plenary.state())
                + (hanging == 0 ? "" : ", " + hanging + " running cases hang on it");
    }

    private static String term(Term term, Map<String, Member> members) {
        Member holder = members.get(term.organisation());
        String name = holder == null ? term.organisation() : holder.name();
        String status = holder == null || holder.status().takesPart() ? "" : ", " + words(holder.status());
        return (term.office() == Term.Office.CHAIR ? "Chair" : "Seat of the pillar " + term.pillar()) + ": " + name
                + ", " + term.days() + status;
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static <T> SpinJsonNode lines(List<T> entries, Function<T, String> line) {
        return Lists.json(
                entries.isEmpty()
                        ? List.of(Map.of("line", "nothing yet"))
                        : entries.stream()
                                .map(entry -> Map.of("line", line.apply(entry)))
                                .toList());
    }

    private static <T> SpinJsonNode choices(List<T> entries, Function<T, String> value, Function<T, String> label) {
        return Lists.json(entries.stream()
                .map(entry -> Map.of("value", value.apply(entry), "label", label.apply(entry)))
                .toList());
    }
}
