package org.redress.remedy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/hand-over-custody} asks of Java, in the order of the diagram (remedy.md A.8 E15). */
@Configuration(proxyBeanMethods = false)
class CustodyTasks {

    private static final String CASE_NUMBER = "caseNumber";
    private static final String ROLE = "handedRole";
    private static final String GROUP = "handedGroup";
    private static final String FORMER = "formerOrganisation";
    private static final String SUCCESSOR = "successor";

    private static final Map<String, String> GROUPS = Map.of("FACILITATOR", "facilitator", "COORDINATOR", "vsc");

    /**
     * The case is there, and whoever reports may: protection reports a coordinator of any case, a facilitator and a
     * coordinator one of their own cases, also itself. That a facilitator fails is for the audit programme to report.
     */
    @Bean
    JavaDelegate checkHandingOver(OwnCases cases, Parties parties, People people) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            cases.find(caseNumber);
            String role = text(execution, ROLE);
            String group = Objects.requireNonNull(GROUPS.get(role), role);
            if (group.equals("facilitator")
                    && people.acting().isPresent()
                    && !people.actingGroups().contains("audit-programme")) {
                throw new InvalidInput(
                        "handedRole: that a facilitator is replaced is for the audit programme to report");
            }
            List<String> there = parties.organisations(caseNumber, group);
            if (there.isEmpty()) {
                throw new InvalidInput(
                        "handedRole: nobody is there in this role yet, so there is nothing to hand over");
            }
            execution.setVariable(GROUP, group);
            execution.setVariable(
                    "formerChoices",
                    Lists.json(there.stream()
                            .map(known -> Map.of("value", known, "label", parties.nameOf(known)))
                            .toList()));
            execution.setVariable("successorChoices", parties.choices(group));
        };
    }

    /** What the decision must hold to, whichever way it comes. */
    @Bean
    Custody custody(Parties parties) {
        return new Custody(parties);
    }

    /** Party, tasks and access go over, in the transaction of the decision; on record. */
    @Bean
    JavaDelegate handOverCustody(CustodyLog log, Lists lists) {
        return execution -> log.handOver(
                text(execution, CASE_NUMBER),
                text(execution, GROUP),
                text(execution, FORMER),
                text(execution, SUCCESSOR),
                text(execution, "handingReason"),
                lists.strings(execution.getVariable("recordsToHandOver")));
    }

    /** A job may have made a task for the former organisation at the same moment; it goes over too. */
    @Bean
    JavaDelegate handOverRest(Parties parties) {
        return execution -> parties.handOver(
                text(execution, CASE_NUMBER),
                text(execution, GROUP),
                text(execution, FORMER),
                text(execution, SUCCESSOR));
    }

    private static String text(VariableScope scope, String name) {
        return String.valueOf(Objects.requireNonNull(scope.getVariable(name), name));
    }

    /** Checks who leaves and who comes. */
    public static final class Custody {

        private final Parties parties;

        Custody(Parties parties) {
            this.parties = parties;
        }

        /**
         * Checks the decision before it is taken.
         *
         * @throws InvalidInput if the one that leaves is not there, or takes over from itself
         */
        public void check(DelegateTask task) {
            if (!"YES".equals(task.getVariable("handingOver"))) {
                return;
            }
            String caseNumber = text(task, CASE_NUMBER);
            String former = text(task, FORMER);
            if (!parties.organisations(caseNumber, text(task, GROUP)).contains(former)) {
                throw new InvalidInput("formerOrganisation: it is not in this case in that role (any more)");
            }
            if (former.equals(text(task, SUCCESSOR))) {
                throw new InvalidInput("successor: nobody takes over from itself; choose another organisation");
            }
        }
    }
}
