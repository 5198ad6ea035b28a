package org.redress.remedy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What {@code bpmn/remedy/widen-remedy} asks in its expressions, as {@code ${widening. …}} (remedy.md A.8 E06). */
@Component("widening")
public class WideningProcess {

    static final String MORE_FOUND = "moreFound";
    static final String CHILDREN_FOUND = "childrenFound";
    static final String BUDGET_APPROVED = "budgetApproved";
    static final String BUDGET_ADDED = "budgetAdded";
    static final String BUDGET_LEVEL1 = "budgetLevel1";

    private static final String IMPLEMENTATION = "implement-remedy";
    private static final String AFFECTED = "affectedEstimate";

    private final EngineCases cases;
    private final Parties parties;
    private final PlanProcess planning;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;
    private final Deadlines deadlines;

    WideningProcess(
            EngineCases cases,
            Parties parties,
            PlanProcess planning,
            RuntimeService runtime,
            JdbcClient jdbc,
            Deadlines deadlines) {
        this.deadlines = deadlines;
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.cases = cases;
        this.parties = parties;
        this.planning = planning;
    }

    /**
     * Looks how far the case is and who works in it. The plan that was approved has settled the independence of the
     * facilitator; Level 2 is not widened for people, it stands as it was approved.
     */
    public void begin(DelegateExecution execution) {
        cases.expect(
                execution,
                MORE_FOUND,
                CHILDREN_FOUND,
                "facilitator",
                "coordinator",
                "childCover",
                "currency",
                "level1",
                "level2",
                BUDGET_LEVEL1,
                BUDGET_APPROVED);
        // Of the plan, and not of what is added to it.
        cases.forget(execution, "reviewReason", "changeNote");
        engagedIn(execution, "facilitator");
        engagedIn(execution, "coordinator");
        PlannedLevels levels = PlanProcess.levels(execution);
        execution.setVariable(
                "wideningStage",
                WideningStage.of(
                                Objects.toString(execution.getVariable("caseState"), "RECEIVED"),
                                levels.level1(),
                                execution.getVariable("coordinator") != null)
                        .name());
        execution.setVariable("childBefore", planning.childInCase(execution));
        if (execution.getVariable(BUDGET_APPROVED) == null) {
            execution.setVariable(
                    BUDGET_APPROVED, amount(execution, BUDGET_LEVEL1).doubleValue());
        }
        execution.setVariable(PlanProcess.PLAN_ROUNDS, 0);
        execution.setVariable(PlanProcess.RETURN_DEFECTS, Lists.json(List.of()));
        execution.setVariable(PlanProcess.LEVEL1_PLANNED, true);
        execution.setVariable(PlanProcess.LEVEL2_PLANNED, false);
        execution.setVariable("independenceStatement", true);
        if (count(execution, CHILDREN_FOUND) > 0
                && !WideningStage.isClosed(Objects.toString(execution.getVariable("caseState"), "RECEIVED"))) {
            deadlines.becomeUrgent(execution);
        }
        execution.setVariable("facilitatorRelated", "NO");
        execution.setVariable("servicesNotThere", 0);
    }

    /** Whether a child is among the people, told with those who were found or registered: asks who protects children. */
    public boolean childAmongThem(VariableScope execution) {
        return count(execution, CHILDREN_FOUND) > 0 || planning.childInCase(execution);
    }

    /** Whether the coordinator of the case can take these people on: somebody is there, and protects children if need be. */
    public boolean coordinatorFits(VariableScope execution) {
        return execution.getVariable("coordinator") != null
                && (!childAmongThem(execution) || execution.getVariable("childCover") != null);
    }

    /**
     * Adds up what the form costs, with whatever was added since the last approval; the table weighs it. Several additions may
     * be open at a time: what the others added meanwhile is read from the case, whose row is locked until this one is settled.
     */
    public void addUp(DelegateExecution execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        jdbc.sql("select case_number from case_file where case_number = ? for update")
                .param(caseNumber)
                .query(String.class)
                .optional();
        for (String process : instances(runtime, caseNumber, "remedy-case")) {
            copy(runtime.getVariable(process, BUDGET_LEVEL1), BUDGET_LEVEL1, execution);
            copy(runtime.getVariable(process, BUDGET_APPROVED), BUDGET_APPROVED, execution);
        }
        BigDecimal addition = PlanBudget.of(execution.getVariables()).level1();
        BigDecimal since = amount(execution, BUDGET_LEVEL1).subtract(amount(execution, BUDGET_APPROVED));
        execution.setVariable("budgetAddition", addition.doubleValue());
        execution.setVariable(BUDGET_ADDED, addition.add(since).doubleValue());
        execution.setVariable(
                "firstChild", !Boolean.TRUE.equals(execution.getVariable("childBefore")) && childAmongThem(execution));
    }

    private static void copy(@Nullable Object value, String name, DelegateExecution execution) {
        if (value != null) {
            execution.setVariable(name, amount(value).doubleValue());
        }
    }

    /**
     * Whether the money of the plan itself is still being raised: its budget holds the addition now, so both are raised
     * together. The implementation of an earlier model raises it by itself.
     */
    public boolean raisedWithPlan(DelegateExecution execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        return !raisingForPlan(caseNumber).isEmpty()
                || instances(runtime, caseNumber, IMPLEMENTATION).stream()
                        .anyMatch(plan ->
                                runtime.getActivityInstance(plan).getActivityInstances("sub_secureFunds").length > 0);
    }

    /**
     * The addition alone is what is to be raised now: it is the budget of the search for money, and nothing of it was asked
     * for yet, whatever the plan got (A.8 E06, E12).
     */
    public void raiseAddition(DelegateExecution execution) {
        cases.forget(execution, Funding.ANSWERS);
        execution.setVariable(BUDGET_LEVEL1, amount(execution, "budgetAddition").doubleValue());
        execution.setVariable("budgetLevel2", 0);
        execution.setVariable(PlanProcess.LEVEL1_PLANNED, true);
        execution.setVariable(PlanProcess.LEVEL2_PLANNED, false);
        execution.setVariable("forAddition", true);
    }

    /** The searches for the money of the plan itself that run in a case, and not for an addition to it. */
    List<String> raisingForPlan(String caseNumber) {
        return instances(runtime, caseNumber, IMPLEMENTATION).stream()
                .flatMap(plan -> runtime
                        .createProcessInstanceQuery()
                        .superProcessInstanceId(plan)
                        .processDefinitionKey("secure-funds")
                        .list()
                        .stream())
                .map(ProcessInstance::getId)
                .toList();
    }

    /** Adds the people to the number that whoever screens or investigates sees, wherever the case shows it. */
    public void countPeople(DelegateExecution execution) {
        int now = count(execution, AFFECTED) + count(execution, MORE_FOUND);
        boolean children = count(execution, CHILDREN_FOUND) > 0;
        for (String process :
                instances(runtime, PlanProcess.caseNumber(execution), "remedy-case", "verify-allegation")) {
            runtime.setVariable(process, AFFECTED, now);
            if (children) {
                runtime.setVariable(process, "childrenInvolved", true);
            }
        }
    }

    /** Whether people who were found are being taken in just now. */
    boolean isOpen(String caseNumber) {
        return !instances(runtime, caseNumber, "widen-remedy").isEmpty();
    }

    /** The running instances of these processes in a case. */
    static List<String> instances(RuntimeService runtime, String caseNumber, String... processes) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKeyIn(processes)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    static BigDecimal amount(VariableScope execution, String name) {
        return amount(execution.getVariable(name));
    }

    static BigDecimal amount(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }

    static int count(VariableScope execution, String name) {
        return execution.getVariable(name) instanceof Number number ? number.intValue() : 0;
    }

    /** Step 3 tells the case who is engaged only when it ends; until then the parties of the case tell it. */
    void engagedIn(DelegateExecution execution, String variable) {
        if (execution.getVariable(variable) == null) {
            String role = variable.equals("coordinator") ? "vsc" : variable;
            List<String> engaged = parties.organisations(PlanProcess.caseNumber(execution), role);
            if (!engaged.isEmpty()) {
                execution.setVariable(variable, engaged.get(engaged.size() - 1));
            }
        }
    }
}
