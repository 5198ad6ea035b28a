package org.redress.deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Tells each task which clock runs on it, in the task's own variable {@value #CLOCK}, which the ready-made lists show: a due
 * date alone does not say what it is the last day for. The clock is the one that the task's due date names; its words are
 * {@code clock.<id>} in {@code messages.properties}, and its id where nobody has written any.
 */
@Component
class ClockOnTasks extends AbstractProcessEnginePlugin {

    static final String CLOCK = "clock";

    /** {@code 'D03'}, or the name of the variable that holds it. */
    private static final Pattern NAMED =
            Pattern.compile("deadlines\\.(?:due|dueFrom|dateOf|lastDay|before)\\(execution,\\s*(?:'([^']+)'|(\\w+))");

    private final MessageSource words;

    ClockOnTasks(MessageSource words) {
        this.words = words;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> listeners = configuration.getCustomPreBPMNParseListeners();
        List<BpmnParseListener> all = listeners == null ? new ArrayList<>() : new ArrayList<>(listeners);
        all.add(new AbstractBpmnParseListener() {
            @Override
            public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
                tell(((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition());
            }
        });
        configuration.setCustomPreBPMNParseListeners(all);
    }

    private void tell(TaskDefinition task) {
        Expression due = task.getDueDateExpression();
        Matcher named = NAMED.matcher(due == null ? "" : due.getExpressionText());
        if (named.find()) {
            String id = named.group(1);
            String variable = named.group(2);
            task.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_CREATE, created -> (id == null ? held(created, variable) : Optional.of(id))
                            .ifPresent(clock -> created.setVariableLocal(CLOCK, text(clock))));
        }
    }

    private static Optional<String> held(DelegateTask task, String variable) {
        return Optional.ofNullable(task.getVariable(variable)).map(Object::toString);
    }

    private String text(String clock) {
        return String.valueOf(words.getMessage("clock." + clock, null, clock, Locale.ENGLISH));
    }
}
