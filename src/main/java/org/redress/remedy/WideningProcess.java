package org.redress.remedy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.stereotype.Component;

/** What {@code bpmn/remedy/widen-remedy} asks in its expressions, as {@code ${widening. …}} (remedy.md A.8 E06). */
@Component("widening")
public class WideningProcess {

    static final String MORE_FOUND = "moreFound";
    static final String CHILDREN_FOUND = "childrenFound";
    static final String BUDGET_APPROVED = "budgetApproved";
    static final String BUDGET_ADDED = "budgetAdded";
    static final String BUDGET_LEVEL1 = "budgetLevel1";

    private static final String AFFECTED = "affectedEstimate";

    private final EngineCases cases;
    private final Parties parties;
    private final PlanProcess planning;
    private final RuntimeService runtime;

    WideningProcess(EngineCases cases, Parties parties, PlanProcess planning, RuntimeService runtime) {
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
                "reviewReason",
                "changeNote",
                BUDGET_LEVEL1,
                BUDGET_APPROVED);
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

    /** Adds up what the form costs, with whatever was added since the last approval; the table weighs it. */
    public void addUp(DelegateExecution execution) {
        BigDecimal addition = PlanBudget.of(execution.getVariables()).level1();
        BigDecimal since = amount(execution, BUDGET_LEVEL1).subtract(amount(execution, BUDGET_APPROVED));
        execution.setVariable("budgetAddition", addition.doubleValue());
        execution.setVariable(BUDGET_ADDED, addition.add(since).doubleValue());
        execution.setVariable(
                "firstChild", !Boolean.TRUE.equals(execution.getVariable("childBefore")) && childAmongThem(execution));
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
    private void engagedIn(DelegateExecution execution, String variable) {
        if (execution.getVariable(variable) == null) {
            String role = variable.equals("coordinator") ? "vsc" : variable;
            List<String> engaged = parties.organisations(PlanProcess.caseNumber(execution), role);
            if (!engaged.isEmpty()) {
                execution.setVariable(variable, engaged.get(engaged.size() - 1));
            }
        }
    }
}
