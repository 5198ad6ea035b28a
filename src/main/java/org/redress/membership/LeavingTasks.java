package org.redress.membership;

import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.redress.deadline.Deadlines;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.redress.governance.RosterTasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/membership/end-membership} asks of Java. */
@Configuration(proxyBeanMethods = false)
class LeavingTasks {

    @Bean
    Leaving leaving(
            Spokesperson speaks, RosterTasks roster, Parties parties, Deadlines deadlines, RuntimeService runtime) {
        return new Leaving(speaks, roster, parties, deadlines, runtime);
    }

    /** What the model asks by expressions: {@code ${leaving.begin(execution)}}. */
    public static final class Leaving {

        private static final String MEMBER = "leavingMember";
        private static final String LAST_DAY = "lastDay";

        private final Spokesperson speaks;
        private final RosterTasks roster;
        private final Parties parties;
        private final Deadlines deadlines;
        private final RuntimeService runtime;

        Leaving(Spokesperson speaks, RosterTasks roster, Parties parties, Deadlines deadlines, RuntimeService runtime) {
            this.speaks = speaks;
            this.roster = roster;
            this.parties = parties;
            this.deadlines = deadlines;
            this.runtime = runtime;
        }

        /**
         * Notes who leaves and from when.
         *
         * @throws InvalidInput if there is no such member (the same for another member than one's own), it has left or
         *     its resignation waits already, or the last day is over
         */
        public void begin(DelegateExecution execution) {
            speaks.check(execution.getVariable("saidHow"));
            String member = leaver(text(execution, "leavingName"));
            refuseWhatIsDone(member);
            String lastDay = text(execution, LAST_DAY);
            execution.setVariable("leavesFrom", leavesFrom(lastDay));
            execution.setVariable(LAST_DAY, lastDay.isEmpty() ? null : lastDay);
            execution.setVariable(MEMBER, member);
            execution.setVariable("memberName", parties.nameOf(member));
            parties.add(execution, "member", member);
        }

        private String leaver(String name) {
            Optional<String> own = speaks.onlyFor();
            if (name.isEmpty() && own.isEmpty()) {
                throw new InvalidInput(
                        "leavingName: say which member leaves, by its name in the register or by its id");
            }
            return (name.isEmpty() ? own : roster.find(name))
                    .filter(roster::isKnown)
                    .filter(found -> own.isEmpty() || own.get().equals(found))
                    .orElseThrow(
                            () -> new InvalidInput("leavingName: there is no such member whose membership you could"
                                    + " end; check its name or id in the register"));
        }

        private void refuseWhatIsDone(String member) {
            if (roster.hasLeft(member)) {
                throw new InvalidInput("leavingName: " + parties.nameOf(member) + " has left already ("
                        + roster.statusOf(member) + "); there is nothing to end");
            }
            runtime
                    .createProcessInstanceQuery()
                    .processDefinitionKey("end-membership")
                    .variableValueEquals(MEMBER, member)
                    .list()
                    .stream()
                    .findFirst()
                    .ifPresent(waiting -> {
                        throw new InvalidInput("leavingName: the resignation of " + parties.nameOf(member)
                                + " is with the Secretariat already, " + waiting.getBusinessKey()
                                + "; nothing was entered a second time");
                    });
        }

        private Date leavesFrom(String lastDay) {
            if (lastDay.isEmpty()) {
                return deadlines.now();
            }
            if (isBeforeToday(lastDay)) {
                throw new InvalidInput(
                        "lastDay: " + lastDay + " is in the past; choose today or a later day, or leave it empty");
            }
            return lastDay.equals(today()) ? deadlines.now() : deadlines.startOf(lastDay);
        }

        /**
         * Checks a confirmation before anything is done; one that cannot be carried out is put aside.
         *
         * @throws InvalidInput if the member has left by another way, or its last day is still to come
         */
        public void check(DelegateTask task) {
            if (!"CONFIRM".equals(task.getVariable("resignationDecision"))) {
                return;
            }
            String member = text(task, MEMBER);
            if (roster.hasLeft(member)) {
                throw new InvalidInput("resignationDecision: " + parties.nameOf(member) + " has left by another way ("
                        + roster.statusOf(member) + "); put this aside");
            }
            String lastDay = text(task, LAST_DAY);
            if (lastDay.compareTo(today()) > 0) {
                throw new InvalidInput("resignationDecision: its last day as a member is " + lastDay
                        + "; confirm on that day or later, or put it aside if it has changed its mind");
            }
        }

        private boolean isBeforeToday(String day) {
            return day.compareTo(today()) < 0;
        }

        private String today() {
            return deadlines.day(deadlines.now());
        }

        private static String text(VariableScope scope, String name) {
            return Objects.toString(scope.getVariable(name), "").strip();
        }
    }
}
