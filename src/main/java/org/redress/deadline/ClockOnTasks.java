package org.redress.deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells each task which clock runs on it, in the task's own variable {@value #CLOCK}, which the ready-made lists show: a due
 * date alone does not say what it is the last day for. The clock is the one that the task's due date names, or, where that is a
 * moment counted before, the one that the task names in its property {@code clock} (a clock, or a variable that holds one); its words are
 * {@code clock.<id>} in {@code messages.properties}, and its id where nobody has written any.
 */
@Component
class ClockOnTasks extends AbstractProcessEnginePlugin {

    static final String CLOCK = "clock";

    /** {@code 'D03'}, or the name of the variable that holds it. */
    private static final Pattern NAMED =
            Pattern.compile("deadlines\\.(?:due|dueFrom|dateOf|lastDay|before)\\(execution,\\s*(?:'([^']+)'|(\\w+))");

    private static final String CASE_NUMBER = "caseNumber";

    private final ClockWords words;
    private final Deadlines deadlines;

    ClockOnTasks(ClockWords words, Deadlines deadlines) {
        this.words = words;
        this.deadlines = deadlines;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> listeners = configuration.getCustomPreBPMNParseListeners();
        List<BpmnParseListener> all = listeners == null ? new ArrayList<>() : new ArrayList<>(listeners);
        all.add(new AbstractBpmnParseListener() {
            @Override
            public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
                tell(((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition(), named(userTask));
            }
        });
        configuration.setCustomPreBPMNParseListeners(all);
    }

    /** The clock that a task names itself, because its due date is a moment that was counted before. */
    private static @Nullable String named(Element userTask) {
        Element extensions = userTask.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        return properties == null
                ? null
                : properties.elements("property").stream()
                        .filter(property -> CLOCK.equals(property.attribute("name")))
                        .map(property -> property.attribute("value"))
                        .findFirst()
                        .orElse(null);
    }

    private void tell(TaskDefinition task, @Nullable String own) {
        if (own != null) {
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, created -> held(created, own)
                    .or(() -> Optional.of(own).filter(clock -> !words.of(clock).equals(clock)))
                    .ifPresent(clock -> created.setVariableLocal(CLOCK, words.of(clock))));
            return;
        }
        Expression due = task.getDueDateExpression();
        Matcher named = NAMED.matcher(due == null ? "" : due.getExpressionText());
        if (named.find()) {
            String id = named.group(1);
            String variable = named.group(2);
            task.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_CREATE, created -> (id == null ? held(created, variable) : Optional.of(id))
                            .ifPresent(clock -> created.setVariableLocal(CLOCK, text(created, clock))));
        }
    }

    private static Optional<String> held(DelegateTask task, String variable) {
        return Optional.ofNullable(task.getVariable(variable)).map(Object::toString);
    }

    /** A clock may stand still already when another task begins that counts it from the same moment. */
    private String text(DelegateTask task, String clock) {
        return task.getVariable(CASE_NUMBER) instanceof String caseNumber && task instanceof TaskEntity open
                ? CountedClock.of(open, deadlines)
                        .map(counted -> words.of(caseNumber, counted))
                        .orElseGet(() -> words.of(clock))
                : words.of(clock);
    }
}
