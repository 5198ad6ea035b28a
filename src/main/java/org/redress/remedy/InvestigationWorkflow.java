package org.redress.remedy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.MovableClocks;
import org.redress.engine.EngineCases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What holds the investigation of a case and lets it go on, as {@code ${investigationHold. …}}: proceedings elsewhere (remedy.md
 * E20) and another programme that leads (E21). Its clocks stand still until nothing holds it any more, also those of tasks that
 * begin meanwhile; everything else of the case goes on. All moments in UTC.
 */
@Component("investigationHold")
public final class InvestigationWorkflow {

    /** Law has suspended it for proceedings. */
    static final String SUSPENDED = "investigationSuspended";

    /** Another programme leads. */
    static final String OTHER_LEADS = "otherProgrammeLeads";

    private static final String SINCE = "investigationHeldSince";
    private static final String STATE = "caseState";
    private static final String INVESTIGATED = "IN_INVESTIGATION";
    private static final String SUSPENDED_LEGAL = "SUSPENDED_LEGAL";
    private static final String NOTE = "note-proceedings";

    /** Where the clock of a task that stands still is kept: how many milliseconds were left. */
    private static final String LEFT = "clockLeftMillis";

    private static final String[] INVESTIGATION = {
        "task_investigate",
        "task_decideSubstantiation",
        "task_confirmSubstantiation",
        "task_assessLink",
        "task_extendInvestigation"
    };

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final EngineCases cases;
    private final Deadlines deadlines;
    private final MovableClocks clocks;
    private final JdbcClient jdbc;

    InvestigationWorkflow(
            RuntimeService runtime,
            TaskService tasks,
            EngineCases cases,
            Deadlines deadlines,
            MovableClocks clocks,
            JdbcClient jdbc) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.cases = cases;
        this.deadlines = deadlines;
        this.clocks = clocks;
        this.jdbc = jdbc;
    }

    /** The investigation begins: a case in which proceedings were noted before that is suspended from the start. */
    public void entered(DelegateExecution execution) {
        if (Boolean.TRUE.equals(execution.getVariable(SUSPENDED))) {
            cases.enter(execution, SUSPENDED_LEGAL);
        }
    }

    /**
     * Whether it is being settled beside the case already who leads ({@code note-programme}, remedy.md E21): whoever opens the
     * review and knows of the other programme, too, is not asked once more.
     */
    public boolean leadIsBeingSettled(DelegateExecution execution) {
        return runtime.createProcessInstanceQuery()
                        .processDefinitionKey("settle-forum")
                        .processInstanceBusinessKey(PlanProcess.caseNumber(execution))
                        .count()
                > 0;
    }

    /** A task of the investigation begins: while it is held, its clock does not run. */
    public void begun(DelegateTask task) {
        boolean held =
                Boolean.TRUE.equals(task.getVariable(SUSPENDED)) || Boolean.TRUE.equals(task.getVariable(OTHER_LEADS));
        Date due = task.getDueDate();
        if (held && due != null) {
            Date since = later(task.getVariable(SINCE), task.getVariable("notifiedAt"));
            task.setVariableLocal(LEFT, due.getTime() - since.getTime());
            task.setDueDate(null);
        }
    }

    /** While another programme leads, the clock of the investigation stands still (E21). Repeated, it changes nothing. */
    public void otherLeads(DelegateExecution execution) {
        hold(execution, OTHER_LEADS);
    }

    /** The lead is ours, or what the other programme found is recognised: the investigation goes on. */
    public void weLead(DelegateExecution execution) {
        release(execution, OTHER_LEADS, "OTHER_PROGRAMME");
    }

    void suspend(DelegateExecution execution) {
        hold(execution, SUSPENDED);
    }

    /** The proceedings are over. Where others wait still, so does the investigation. */
    void resume(DelegateExecution execution) {
        takeTurns(execution);
        boolean othersWait = runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(NOTE)
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .variableValueEquals("investigationWaits", "YES")
                .list()
                .stream()
                .anyMatch(other -> !other.getId().equals(execution.getProcessInstanceId()));
        if (!othersWait) {
            release(execution, SUSPENDED, "PROCEEDINGS");
        }
    }

    /** The case and its first step, as far as they run. */
    List<String> steps(DelegateExecution execution) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .processDefinitionKeyIn("remedy-case", "verify-allegation")
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    private void hold(DelegateExecution execution, String flag) {
        takeTurns(execution);
        for (String step : steps(execution)) {
            runtime.setVariable(step, flag, true);
            if (runtime.getVariable(step, SINCE) == null) {
                runtime.setVariable(step, SINCE, deadlines.now());
            }
            if (flag.equals(SUSPENDED) && INVESTIGATED.equals(runtime.getVariable(step, STATE))) {
                runtime.setVariable(step, STATE, SUSPENDED_LEGAL);
            }
        }
        for (Task task : open(execution)) {
            if (task.getDueDate() != null) {
                long left = task.getDueDate().getTime() - deadlines.now().getTime();
                tasks.setVariableLocal(task.getId(), LEFT, left);
                tasks.setDueDate(task.getId(), null);
            }
        }
    }

    /** The clocks run on with what was left of them, for the steps that follow too, on record. A case that has moved on keeps its state. */
    private void release(DelegateExecution execution, String flag, String reason) {
        takeTurns(execution);
        String other = flag.equals(SUSPENDED) ? OTHER_LEADS : SUSPENDED;
        boolean held = false;
        for (String step : steps(execution)) {
            boolean was = Boolean.TRUE.equals(runtime.getVariable(step, flag));
            runtime.setVariable(step, flag, false);
            if (flag.equals(SUSPENDED) && SUSPENDED_LEGAL.equals(runtime.getVariable(step, STATE))) {
                runtime.setVariable(step, STATE, INVESTIGATED);
            }
            boolean stillHeld = Boolean.TRUE.equals(runtime.getVariable(step, other));
            held |= stillHeld;
            if (was && !stillHeld) {
                countNotWhatStoodStill(execution, step, reason);
            }
        }
        if (!held) {
            runOn(execution, reason);
        }
    }

    /** What begins later counts none of the days either. */
    private void countNotWhatStoodStill(DelegateExecution execution, String step, String reason) {
        Object since = runtime.getVariable(step, SINCE);
        Object from = runtime.getVariable(step, "notifiedAt");
        runtime.setVariable(step, SINCE, null);
        boolean counted = open(execution).stream()
                .anyMatch(task ->
                        task.getProcessInstanceId().equals(step) && tasks.getVariableLocal(task.getId(), LEFT) != null);
        if (!counted && since instanceof Date still && from instanceof Date notified) {
            String clock = String.valueOf(runtime.getVariable(step, "investigationClock"));
            clocks.stoodStill(
                    execution.getProcessInstanceId(),
                    execution,
                    clock.equals("null") ? "D06" : clock,
                    notified.toInstant(),
                    still.toInstant(),
                    reason);
        }
    }

    private void runOn(DelegateExecution execution, String reason) {
        for (Task task : open(execution)) {
            if (tasks.getVariableLocal(task.getId(), LEFT) instanceof Long left) {
                Instant due = deadlines.now().toInstant().plusMillis(Math.max(0, left));
                tasks.setDueDate(task.getId(), Date.from(due));
                clocks.wentOn(
                        execution.getProcessInstanceId(), execution.getProcessBusinessKey(), task.getId(), due, reason);
                tasks.removeVariableLocal(task.getId(), LEFT);
            }
        }
    }

    private List<Task> open(DelegateExecution execution) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .taskDefinitionKeyIn(INVESTIGATION)
                .list();
    }

    private Date later(@Nullable Object one, @Nullable Object other) {
        Date first = one instanceof Date moment ? moment : deadlines.now();
        return other instanceof Date second && second.after(first) ? second : first;
    }

    private void takeTurns(DelegateExecution execution) {
        jdbc.sql("select case_number from case_file where case_number = ? for update")
                .param(execution.getProcessBusinessKey())
                .query(String.class)
                .optional();
    }
}
