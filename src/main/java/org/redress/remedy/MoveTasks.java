package org.redress.remedy;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.DeadlineMoves;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.deadline.Deadlines;
import org.redress.deadline.MovableClocks;
import org.redress.deadline.MovableClocks.Running;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.People;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/move-deadline} asks of Java, in the order of the diagram (remedy.md B.9 extension/ceiling, C.10). */
@Configuration(proxyBeanMethods = false)
class MoveTasks {

    private static final String CASE_NUMBER = "caseNumber";
    private static final String CLOCK = "movingClock";
    private static final String KIND = "moveKind";
    private static final String DATA_REQUEST = "D27-request";
    private static final String UNTIL = "moveUntil";
    private static final String ELEMENT = "moveElement";
    private static final String COUNTED_FROM = "moveCountedFrom";
    private static final String UNIT = "moveUnit";
    private static final String ASKED_BY = "askedBy";
    private static final String ASKED_FOR = "askedFor";
    private static final String PAUSE = "PAUSE";
    private static final String PROGRAMME = "audit-programme";

    /** Nobody asks for more time in the place of data protection, which is independent (D27). */
    private static final Set<String> DATA_PROTECTION = Set.of("dpo");

    /** The case is theirs, the clock runs on a task of theirs, and it can be moved that far. Nobody asks twice at once. */
    @Bean
    JavaDelegate checkMove(
            OwnCases cases,
            MovableClocks clocks,
            DeadlineMove rules,
            TaskService tasks,
            SystemWork asTheSystem,
            People people) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            cases.find(caseNumber);
            String clock = text(execution, CLOCK);
            Set<String> groups = people.actingGroups();
            boolean programme = people.acting().isEmpty() || groups.contains(PROGRAMME);
            Running running = clocks.find(
                            execution,
                            caseNumber,
                            clock,
                            whose -> (programme && !whose.equals(DATA_PROTECTION))
                                    || ofThem(whose, groups).isPresent())
                    .orElseThrow(() -> new InvalidInput(
                            "movingClock: no open task of yours in this case has this clock; which one it is stands on the"
                                    + " task, beside the day on which it is due"));
            long waiting = asTheSystem.call(() -> tasks.createTaskQuery()
                    .processInstanceBusinessKey(caseNumber)
                    .taskDefinitionKey("task_decideMove")
                    .processVariableValueEquals(CLOCK, clock)
                    .count());
            if (waiting > 0) {
                throw new InvalidInput(
                        "movingClock: somebody has asked for this clock already; wait until the audit programme has decided");
            }
            rules.checkLaw(running, text(execution, KIND));
            rules.check(running, text(execution, KIND), text(execution, UNTIL), UNTIL);
            String askedFor = ofThem(running.groups(), groups).orElse(PROGRAMME);
            int dot = askedFor.indexOf('.');
            execution.setVariable(ASKED_FOR, askedFor);
            execution.setVariable("askedRole", dot < 0 ? askedFor : askedFor.substring(0, dot));
            execution.setVariable("askedOrganisation", dot < 0 ? null : askedFor.substring(dot + 1));
            execution.setVariable(ASKED_BY, people.acting().orElse(null));
            execution.setVariable(ELEMENT, running.elementId());
            execution.setVariable(COUNTED_FROM, Date.from(running.countedFrom()));
            execution.setVariable(UNIT, running.unit());
            execution.setVariable("moveDueDay", rules.day(running.due()));
            execution.setVariable("moveLatestDay", rules.day(running.latest().orElseThrow()));
            Set<String> concerned = new LinkedHashSet<>(running.groups());
            concerned.add(askedFor);
            execution.setVariable("concernedGroups", Lists.json(concerned));
        };
    }

    /** What may be asked for and granted. */
    @Bean
    DeadlineMove deadlineMove(MovableClocks clocks, DeadlineMoves moves, Deadlines deadlines, People people) {
        return new DeadlineMove(clocks, moves, deadlines, people);
    }

    /** The clock moves or stands still, in the transaction of the decision; on record. */
    @Bean
    JavaDelegate moveDeadline(MovableClocks clocks, DeadlineMove rules) {
        return execution -> {
            Running running = rules.again(execution)
                    .orElseThrow(() -> new IllegalStateException("Nothing waits on this clock any more"));
            Instant end = rules.end(rules.grantedUntil(execution));
            boolean pause = PAUSE.equals(text(execution, KIND));
            Instant due = pause ? clocks.ifStill(running, end) : end;
            clocks.move(
                    key(execution),
                    running,
                    due,
                    pause ? end : null,
                    text(execution, "moveReason"),
                    optional(execution, ASKED_BY),
                    text(execution, ASKED_FOR),
                    text(execution, "grantedBy"));
            execution.setVariable("taskDueAt", Date.from(due));
            execution.setVariable("pausedUntil", pause ? Date.from(end) : null);
        };
    }

    /** The day has come, or somebody has ended the pause before: the clock goes on with what is left of it. */
    @Bean
    JavaDelegate runClockOn(MovableClocks clocks, People people) {
        return execution -> execution.setVariable(
                "taskDueAt",
                Date.from(clocks.runOn(
                        key(execution), text(execution, UNIT), people.acting().orElse(null))));
    }

    private static String key(DelegateExecution execution) {
        return execution.getProcessInstanceId() + "/move";
    }

    /** The candidate group by which a task is theirs: a role, or a role in their organisation. */
    private static Optional<String> ofThem(Set<String> whose, Set<String> groups) {
        return whose.stream()
                .filter(group -> {
                    int dot = group.indexOf('.');
                    return dot < 0
                            ? groups.contains(group)
                            : groups.contains(group.substring(0, dot)) && groups.contains(group.substring(dot + 1));
                })
                .findFirst();
    }

    private static String text(VariableScope scope, String name) {
        return String.valueOf(Objects.requireNonNull(scope.getVariable(name), name));
    }

    private static @Nullable String optional(VariableScope scope, String name) {
        Object value = scope.getVariable(name);
        return value == null ? null : value.toString();
    }

    /** The rules of a move that hold when it is asked for, and again when it is granted: somebody else may have moved it. */
    public static final class DeadlineMove {

        private final MovableClocks clocks;
        private final DeadlineMoves moves;
        private final Deadlines deadlines;
        private final People people;

        DeadlineMove(MovableClocks clocks, DeadlineMoves moves, Deadlines deadlines, People people) {
            this.clocks = clocks;
            this.moves = moves;
            this.deadlines = deadlines;
            this.people = people;
        }

        /**
         * An inconclusive investigation goes on up to its ceiling (A.1, D06): on the extension log like every other, asked for
         * by whoever found it inconclusive and granted by whoever extends it. The time for which a court or another programme
         * held it is not part of the ceiling (E20, E21).
         */
        public void noteInvestigation(DelegateExecution execution) {
            Date from = (Date) Objects.requireNonNull(execution.getVariable("notifiedAt"));
            note(
                    execution,
                    "D06-max",
                    from,
                    deadlines.dueFrom(execution, "D06", from),
                    deadlines.goingOn(execution, "D06", "D06-max", from),
                    "INCONCLUSIVE",
                    whoDecided(execution, "task_decideSubstantiation"));
        }

        /** The aims are missed, and the monitoring goes on (D18): on the extension log like every other. */
        public void noteMonitoring(DelegateExecution execution) {
            Date from = (Date) Objects.requireNonNull(execution.getVariable("reportDue"));
            note(
                    execution,
                    "D18",
                    from,
                    from,
                    deadlines.endOf(text(execution, "extendedUntil")),
                    "AIMS_MISSED",
                    people.acting().orElse(null));
        }

        private void note(
                DelegateExecution execution,
                String clock,
                Date from,
                Date fromDue,
                Date toDue,
                String reason,
                @Nullable String askedBy) {
            String by = people.acting().orElse(null);
            moves.record(
                    execution.getProcessInstanceId() + "/" + clock + "/" + from.getTime(),
                    new Move(
                            text(execution, CASE_NUMBER),
                            clock,
                            null,
                            from.toInstant(),
                            fromDue.toInstant(),
                            toDue.toInstant(),
                            Kind.EXTENSION,
                            reason,
                            null,
                            askedBy,
                            PROGRAMME,
                            by));
        }

        private static @Nullable String whoDecided(DelegateExecution execution, String task) {
            return execution
                    .getProcessEngineServices()
                    .getHistoryService()
                    .createHistoricTaskInstanceQuery()
                    .processInstanceId(execution.getProcessInstanceId())
                    .taskDefinitionKey(task)
                    .finished()
                    .orderByHistoricTaskInstanceEndTime()
                    .desc()
                    .listPage(0, 1)
                    .stream()
                    .map(HistoricTaskInstance::getAssignee)
                    .findFirst()
                    .orElse(null);
        }

        /**
         * Checks the decision before it is taken.
         *
         * @throws InvalidInput if what is granted cannot be; the message says what can
         */
        public void check(DelegateTask task) {
            String decision = text(task, "moveDecision");
            if ("DECLINED".equals(decision)) {
                return;
            }
            boolean shorter = "SHORTER".equals(decision);
            Running running = again(task.getExecution())
                    .orElseThrow(
                            () -> new InvalidInput(
                                    "moveDecision: nothing waits on this clock any more, so there is nothing to move; decline"));
            String until = grantedUntil(task);
            if (shorter && until.compareTo(text(task, UNTIL)) >= 0) {
                throw new InvalidInput("grantedUntil: shorter is before " + text(task, UNTIL));
            }
            check(running, text(task, KIND), until, shorter ? "grantedUntil" : "moveDecision");
            task.setVariable("grantedBy", task.getAssignee());
        }

        /**
         * A person hears within the month that their answer takes longer, and nothing makes the month stand still (GDPR 12(3)):
         * asked for in time it may be granted later.
         */
        private void checkLaw(Running running, String kind) {
            if (!DATA_REQUEST.equals(running.clockId())) {
                return;
            }
            if (PAUSE.equals(kind)) {
                throw new InvalidInput(
                        "moveKind: the month in which a person is answered does not stand still; ask for more time instead");
            }
            if (!running.due().isAfter(deadlines.now().toInstant())) {
                throw new InvalidInput(
                        "movingClock: more time is asked for before the day on which the person is answered, "
                                + day(running.due()) + "; answer now");
            }
        }

        private void check(Running running, String kind, String until, String field) {
            Instant now = deadlines.now().toInstant();
            Instant latest = running.latest()
                    .orElseThrow(
                            () -> new InvalidInput(
                                    "movingClock: this clock cannot be moved: it protects people, or it has a ladder of its own"));
            running.pausedUntil().ifPresent(still -> {
                throw new InvalidInput("movingClock: it stands still until " + day(still) + "; end that pause first");
            });
            if (PAUSE.equals(kind)) {
                if (!running.due().isAfter(now)) {
                    throw new InvalidInput("moveKind: it is late already; ask for more time instead");
                }
                if (until.compareTo(day(now)) <= 0) {
                    throw new InvalidInput(field + ": name a day after today");
                }
                if (clocks.ifStill(running, end(until)).isAfter(latest)) {
                    throw new InvalidInput(clocks.stillAtTheLatest(running)
                            .map(last -> field + ": it may stand still until " + last
                                    + " at the latest, so that it ends on " + day(latest))
                            .orElse("moveKind: it ends on " + day(running.due()) + ", and may not end later than "
                                    + day(latest)));
                }
                return;
            }
            if (!end(until).isAfter(running.due())) {
                throw new InvalidInput(field + ": it is due on " + day(running.due()) + " anyway; name a later day");
            }
            if (!end(until).isAfter(now)) {
                throw new InvalidInput(field + ": name a day that is still to come");
            }
            if (end(until).isAfter(latest)) {
                throw new InvalidInput(field + ": at the latest " + day(latest) + ", the ceiling of this clock");
            }
        }

        private Optional<Running> again(DelegateExecution execution) {
            return clocks.again(
                    execution,
                    text(execution, CASE_NUMBER),
                    text(execution, CLOCK),
                    optional(execution, ELEMENT),
                    ((Date) Objects.requireNonNull(execution.getVariable(COUNTED_FROM))).toInstant());
        }

        private String grantedUntil(VariableScope scope) {
            return text(scope, "SHORTER".equals(scope.getVariable("moveDecision")) ? "grantedUntil" : UNTIL);
        }

        private Instant end(String day) {
            return deadlines.endOf(day).toInstant();
        }

        private String day(Instant moment) {
            return deadlines.day(Date.from(moment));
        }
    }
}
