package org.redress.deadline;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Puts on record, when a task or a timer between tasks begins in the emergency mode, that its clock runs longer by it (remedy.md
 * B.12). A timer on the border of a task counts a clock of that task. A clock that was made longer when the mode began is on
 * record already, and one that is no longer in an emergency is none.
 */
@Component
class ClocksBegunInEmergency extends AbstractProcessEnginePlugin {

    private static final String NORMAL = "NORMAL";
    private static final String EMERGENCY = "EMERGENCY";
    private static final String CASE_NUMBER = "caseNumber";

    private final ProcessEngine engine;
    private final Deadlines deadlines;
    private final DeadlineMoves moves;
    private final EmergencyClockLog log;
    private final Clock clock;

    ClocksBegunInEmergency(
            @Lazy ProcessEngine engine, Deadlines deadlines, DeadlineMoves moves, EmergencyClockLog log, Clock clock) {
        this.engine = engine;
        this.deadlines = deadlines;
        this.moves = moves;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> listeners = configuration.getCustomPreBPMNParseListeners();
        List<BpmnParseListener> all = listeners == null ? new ArrayList<>() : new ArrayList<>(listeners);
        all.add(new AbstractBpmnParseListener() {
            @Override
            public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
                watch(((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition());
            }

            @Override
            public void parseIntermediateTimerEventDefinition(Element definition, ActivityImpl timer) {
                Element day = definition.element("timeDate");
                if (day != null) {
                    watch(timer, day.getText().strip());
                }
            }
        });
        configuration.setCustomPreBPMNParseListeners(all);
    }

    private void watch(TaskDefinition task) {
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, created -> {
            Expression due = task.getDueDateExpression();
            if (due != null && created instanceof TaskEntity open && open.getExecution() != null) {
                begun(
                        open.getExecution(),
                        due,
                        task.getKey(),
                        open.getCreateTime().toInstant());
            }
        });
    }

    private void watch(ActivityImpl timer, String day) {
        timer.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> begun(
                execution,
                Context.getProcessEngineConfiguration().getExpressionManager().createExpression(day),
                timer.getId(),
                clock.instant()));
    }

    private void begun(DelegateExecution execution, Expression day, String element, Instant began) {
        if (!EMERGENCY.equals(execution.getVariable("mode"))
                || !(execution.getVariable(CASE_NUMBER) instanceof String caseNumber)) {
            return;
        }
        // Whoever completes a task may not read tables; the engine lets a listener of its own do no more than they may.
        SystemWork.run(engine, context -> note(execution, caseNumber, day, element, began));
    }

    private void note(DelegateExecution execution, String caseNumber, Expression day, String element, Instant began) {
        deadlines.counts(element, () -> day.getValue(execution)).ifPresent(counted -> {
            CountedClock own = counted.from() == null
                    ? new CountedClock(counted.clockId(), element, began)
                    : new CountedClock(counted.clockId(), null, counted.from());
            Instant normally = deadlines.endIn(NORMAL, execution, own.clockId(), own.from());
            Instant longer = deadlines.endIn(EMERGENCY, execution, own.clockId(), own.from());
            if (longer.isAfter(normally)
                    && moves.givenInEmergency(caseNumber, own).isZero()) {
                log.record(caseNumber, own, normally, longer);
            }
        });
    }
}
