package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/add-level} asks in its expressions, as {@code ${adding. …}}: a level that is owed or taken up only
 * after the plan was approved is planned, decided on, paid for and carried out, too (remedy.md A.2, A.8 E16, E17, E22).
 */
@Component("adding")
public class AddingProcess {

    private static final String PROCESS = "add-level";
    private static final String LEVEL_TO_ADD = "levelToAdd";
    private static final String LEVEL_BEGUN = "levelBegun";
    private static final String LEVEL2_ADDING = "level2Adding";
    private static final String BUDGET_LEVEL2 = "budgetLevel2";
    private static final String CASE = "remedy-case";
    private static final String PLAN = "plan-remedy";

    /** The step of the diagram in which an approved plan gets what it does not hold, in whichever process it stands. */
    private static final String STEP = "call_widenRemedy";

    /** Where a step of the case works with the plan. */
    private static final String[] STEPS = {CASE, PLAN, "implement-remedy", "close-incident", "weigh-information"};

    private final RuntimeService runtime;
    private final EngineCases cases;
    private final WideningProcess widening;
    private final ProgrammeCases programmes;
    private final Deadlines deadlines;

    AddingProcess(
            RuntimeService runtime,
            EngineCases cases,
            WideningProcess widening,
            ProgrammeCases programmes,
            Deadlines deadlines) {
        this.runtime = runtime;
        this.cases = cases;
        this.widening = widening;
        this.programmes = programmes;
        this.deadlines = deadlines;
    }

    /**
     * What is carried is planned: a plan that is drawn up has to hold it, and what an approved plan does not hold is added
     * by the process that asks. Asked again, it answers no: each level is added once, however many take it up.
     *
     * @return whether a level is to be added now; {@code levelToAdd} says which
     */
    boolean settle(DelegateExecution execution, PlannedLevels carried) {
        String caseNumber = PlanProcess.caseNumber(execution);
        if (!WideningStage.isApproved(cases.stateOf(caseNumber))) {
            for (String plan : WideningProcess.instances(runtime, caseNumber, PLAN)) {
                runtime.setVariable(plan, PlanProcess.LEVEL1_PLANNED, carried.level1());
                runtime.setVariable(plan, PlanProcess.LEVEL2_PLANNED, carried.level2());
            }
            return false;
        }
        Optional<String> step = stepOf(execution);
        if (step.isPresent() && carried.level1() && !holds(caseNumber, PlanProcess.LEVEL1_PLANNED)) {
            execution.setVariable(PlanProcess.LEVEL1_PLANNED, true);
            WideningProcess.instances(runtime, caseNumber, STEPS)
                    .forEach(running -> runtime.setVariable(running, PlanProcess.LEVEL1_PLANNED, true));
            execution.setVariable(LEVEL_TO_ADD, "1");
            return true;
        }
        // The step of an earlier model can widen a plan by Level 1 alone.
        if (step.filter(PROCESS::equals).isPresent()
                && carried.level2()
                && !holds(caseNumber, PlanProcess.LEVEL2_PLANNED)
                && !holds(caseNumber, LEVEL2_ADDING)) {
            WideningProcess.instances(runtime, caseNumber, CASE)
                    .forEach(running -> runtime.setVariable(running, LEVEL2_ADDING, true));
            execution.setVariable(LEVEL_TO_ADD, "2");
            return true;
        }
        return false;
    }

    /** Which process the model of this execution calls for what the plan does not hold; none in a model that cannot add. */
    private static Optional<String> stepOf(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementById(STEP) instanceof CallActivity call
                ? Optional.ofNullable(call.getCalledElement())
                : Optional.empty();
    }

    private boolean holds(String caseNumber, String flag) {
        return WideningProcess.instances(runtime, caseNumber, CASE, PLAN).stream()
                .anyMatch(running -> Boolean.TRUE.equals(runtime.getVariable(running, flag)));
    }

    /** Lays out what Level 2 alone is planned with, by the time of a Level 2 plan from now on (D13). */
    public void begin(DelegateExecution execution) {
        execution.setVariable(LEVEL_BEGUN, false);
        // Whoever was heard has brought it; it is added for all, and all who pay are told of it.
        execution.setVariable("smelter", null);
        takeFromTheCase(execution, "responses");
        if (!"2".equals(execution.getVariable(LEVEL_TO_ADD))) {
            execution.setVariable(LEVEL_TO_ADD, "1");
            return;
        }
        cases.expect(execution, "facilitator", "currency", "gaps", "causes", "childCover");
        cases.forget(execution, "reviewReason", "changeNote", WideningProcess.BUDGET_APPROVED, "planSummary");
        widening.engagedIn(execution, "facilitator");
        takeFromTheCase(execution, "level1", "level2");
        execution.setVariable(PlanProcess.LEVEL1_PLANNED, false);
        execution.setVariable(PlanProcess.LEVEL2_PLANNED, true);
        execution.setVariable("level2Added", true);
        execution.setVariable("independenceStatement", true);
        execution.setVariable("facilitatorRelated", "NO");
        execution.setVariable("servicesNotThere", 0);
        execution.setVariable(WideningProcess.BUDGET_LEVEL1, 0.0);
        execution.setVariable(PlanProcess.PLAN_ROUNDS, 0);
        execution.setVariable(PlanProcess.RETURN_DEFECTS, Lists.json(List.of()));
        execution.setVariable("planClock", "D13-l2");
        execution.setVariable("planClockFrom", deadlines.now());
    }

    /** As the case knows it now: whoever called this may have begun before the last answer. */
    private void takeFromTheCase(DelegateExecution execution, String... names) {
        for (String running : WideningProcess.instances(runtime, PlanProcess.caseNumber(execution), CASE)) {
            for (String name : names) {
                execution.setVariable(name, runtime.getVariable(running, name));
            }
        }
    }

    /** What Level 2 costs by the form, for whoever endorses and decides. */
    public void addUp(DelegateExecution execution) {
        execution.setVariable(
                BUDGET_LEVEL2, PlanBudget.of(execution.getVariables()).level2().doubleValue());
    }

    /** The case and its steps know of Level 2 from now on, and what it costs. Repeated, it writes the same. */
    public void takeIn(DelegateExecution execution) {
        Object budget = execution.getVariable(BUDGET_LEVEL2);
        for (String running : WideningProcess.instances(
                runtime, PlanProcess.caseNumber(execution), CASE, "implement-remedy", "close-incident")) {
            runtime.setVariable(running, PlanProcess.LEVEL2_PLANNED, true);
            runtime.setVariable(running, BUDGET_LEVEL2, budget);
            runtime.removeVariable(running, LEVEL2_ADDING);
        }
    }

    /** The money of Level 2 is raised by itself: nothing of it was asked for yet, whatever the plan got (E12). */
    public void raise(DelegateExecution execution) {
        cases.forget(execution, Funding.ANSWERS);
        execution.setVariable("forAddition", true);
    }

    /** Whether nothing of Level 2 is carried out any more: then nothing more is raised for it. */
    public boolean isOver(VariableScope execution) {
        return programmes.facts(PlanProcess.caseNumber(execution)).running() == 0;
    }

    /** What of a level that came later is not settled, in words for whoever guards the case; empty when nothing is (A.5). */
    List<String> open(String caseNumber) {
        List<String> open = new ArrayList<>();
        if (WideningProcess.instances(runtime, caseNumber, "hear-smelter-again").stream()
                .anyMatch(this::isAsking)) {
            open.add("a level of which somebody is asked just now");
        }
        if (isAdding(caseNumber)) {
            open.add("a level that is being added to the plan");
        }
        return open;
    }

    /** What was taken up is added by a process that this one calls. */
    private boolean isAsking(String hearing) {
        return runtime.createProcessInstanceQuery()
                        .superProcessInstanceId(hearing)
                        .processDefinitionKeyIn(PROCESS, "widen-remedy")
                        .count()
                == 0;
    }

    private boolean isAdding(String caseNumber) {
        return WideningProcess.instances(runtime, caseNumber, PROCESS).stream()
                .anyMatch(adding -> !Objects.equals(runtime.getVariable(adding, LEVEL_BEGUN), true));
    }
}
