package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.redress.engine.EngineCases;
import org.springframework.stereotype.Component;

/**
 * What <i>Hear objections</i> asks when a case is open again, as {@code ${objections. …}} (remedy.md A.5 D21, E22): objections
 * on which nobody has decided are joined to the case, each by a {@code join-objection} of its own.
 */
@Component("objections")
public class ObjectionWorkflow {

    static final String DECIDE = "task_decideObjection";

    private static final String JOINED = "objection-joined";
    private static final String UPHELD = "objectionUpheld";

    /** Where the model itself ends a decision that is overtaken. */
    private static final String JOINS = "boundary_joined";

    private final EngineCases cases;
    private final CaseEventsWorkflow events;
    private final RuntimeService runtime;
    private final TaskService tasks;

    ObjectionWorkflow(EngineCases cases, CaseEventsWorkflow events, RuntimeService runtime, TaskService tasks) {
        this.cases = cases;
        this.events = events;
        this.runtime = runtime;
        this.tasks = tasks;
    }

    /**
     * An objection is upheld: the case is open again from now on. Whoever else opens it, on whichever node, waits until this
     * transaction ends.
     */
    public void openAgain(DelegateExecution execution) {
        events.takeTurns(PlanProcess.caseNumber(execution));
        cases.enter(execution, "REOPENED");
        execution.setVariable(UPHELD, true);
    }

    /** When a decision on an objection ends: joins the objection to the case if it ends because the case is open again. */
    public void join(DelegateExecution execution) {
        if (execution.isCanceled() && Boolean.TRUE.equals(execution.getVariable(UPHELD))) {
            begin(execution);
        }
    }

    /** Joins what nobody has decided on in a case whose model does not do so itself. */
    void joinUndecided(String instance) {
        if (runtime.createEventSubscriptionQuery()
                        .processInstanceId(instance)
                        .activityId(JOINS)
                        .count()
                == 0) {
            tasks.createTaskQuery()
                    .processInstanceId(instance)
                    .taskDefinitionKey(DECIDE)
                    .list()
                    .forEach(task -> begin((DelegateTask) task));
        }
    }

    private void begin(VariableScope objection) {
        Map<String, Object> told = new HashMap<>();
        told.put("objector", objection.getVariable("objector"));
        told.put("objection", objection.getVariable("objection"));
        // The clock of the weighing is that of an urgent case, or of an emergency, where this one is; nobody judges
        // twice.
        for (String name : List.of("urgency", "mode", "firstPerson")) {
            told.put(name, objection.getVariable(name));
        }
        cases.begin(JOINED, (String) objection.getVariable("caseNumber"), told);
    }
}
