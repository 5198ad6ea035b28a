package org.redress.deadline;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Counts the clocks of a case anew that becomes urgent while it runs (remedy.md B.9: urgent clocks are shorter). Due dates and
 * timers move nearer, none moves away; what was granted in the extension log stays, and so does what the emergency mode
 * gives. Each due date that moved is in the extension log. A timer whose time has passed by now is due at once.
 */
@Component
public class UrgentClocks {

    private static final String URGENCY = "urgency";
    private static final String URGENT = "URGENT";
    private static final String NORMAL = "NORMAL";
    private static final String CASE_NUMBER = "caseNumber";

    private final ProcessEngine engine;
    private final CaseClocks clocks;
    private final Deadlines deadlines;
    private final DeadlineMoves moves;

    UrgentClocks(@Lazy ProcessEngine engine, CaseClocks clocks, Deadlines deadlines, DeadlineMoves moves) {
        this.engine = engine;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.moves = moves;
    }

    /**
     * Makes everything that runs in the case of this process urgent if this process is, and counts its clocks anew; if it is
     * not, those of this process alone.
     */
    public void hasten(DelegateExecution execution) {
        SystemWork.run(engine, context -> {
            Set<String> instances = new LinkedHashSet<>(Set.of(execution.getProcessInstanceId()));
            if (URGENT.equals(execution.getVariable(URGENCY))
                    && execution.getVariable(CASE_NUMBER) instanceof String caseNumber) {
                engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .list()
                        .stream()
                        .map(ProcessInstance::getId)
                        .forEach(instances::add);
                instances.forEach(this::raise);
            }
            instances.forEach(instance -> clocks.of(context, instance).forEach(this::hasten));
        });
    }

    /**
     * Makes the case of this process urgent on what was just learned of it, whatever was known before (remedy.md B.9: a child,
     * retaliation), and counts its clocks anew. Repeated, it changes nothing.
     */
    public void becomeUrgent(DelegateExecution execution) {
        execution.setVariable(URGENCY, URGENT);
        hasten(execution);
    }

    /** The same for one process that is urgent by itself, such as the case of one person; nothing else of the case moves. */
    public void hastenAlone(DelegateExecution execution) {
        SystemWork.run(engine, context -> clocks.of(context, execution.getProcessInstanceId())
                .forEach(this::hasten));
    }

    /** The urgency of a process, and of a task that holds its own. */
    private void raise(String instance) {
        for (VariableInstance held : engine.getRuntimeService()
                .createVariableInstanceQuery()
                .processInstanceIdIn(instance)
                .variableName(URGENCY)
                .variableValueEquals(URGENCY, NORMAL)
                .list()) {
            engine.getRuntimeService().setVariableLocal(held.getExecutionId(), URGENCY, URGENT);
        }
    }

    private void hasten(CaseClocks.Running clock) {
        Instant to = nearer(clock);
        if (!to.isBefore(clock.due().toInstant())) {
            return;
        }
        if (clock.execution().getVariable(CASE_NUMBER) instanceof String caseNumber) {
            moves.record(
                    clock.keyOf(clock.execution().getProcessInstanceId() + "/urgent"),
                    new Move(
                            caseNumber,
                            clock.clockId(),
                            clock.element(),
                            clock.from(),
                            clock.due().toInstant(),
                            to,
                            Kind.URGENT,
                            URGENT,
                            null,
                            null,
                            null,
                            null));
        }
        clock.set().accept(Date.from(to));
    }

    /** When it ends by the rows of its case as it is now, with what was granted for it or for the task that it belongs to. */
    private Instant nearer(CaseClocks.Running clock) {
        if (clock.element() == null) {
            // Says from when it counts: the expression itself holds whatever else is asked, such as the last day's
            // beginning.
            return clock.expression().getValue(clock.execution()) instanceof Date again
                    ? again.toInstant()
                    : clock.due().toInstant();
        }
        Instant own = deadlines.end(clock.execution(), clock.counted());
        Instant ofTask = deadlines.end(clock.execution(), clock.task());
        return own.isAfter(ofTask) ? own : ofTask;
    }
}
