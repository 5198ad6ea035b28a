package org.redress.engine;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Two persons where the specification says so: a user task with the extension property {@code secondPersonOf} (the id of
 * the first task) is refused to the person who did the first.
 */
final class SecondPerson extends AbstractBpmnParseListener {

    static final String PROPERTY = "secondPersonOf";

    @Override
    public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
        propertyOf(userTask).ifPresent(first -> {
            UserTaskActivityBehavior behavior = (UserTaskActivityBehavior) activity.getActivityBehavior();
            TaskListener check = task -> refuseTheFirstPerson(task, first);
            behavior.getTaskDefinition().addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, check);
            behavior.getTaskDefinition().addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, check);
        });
    }

    private static Optional<String> propertyOf(Element userTask) {
        Element extensions = userTask.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        if (properties == null) {
            return Optional.empty();
        }
        return properties.elements("property").stream()
                .filter(property -> PROPERTY.equals(property.attribute("name")))
                .map(property -> property.attribute("value"))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static void refuseTheFirstPerson(DelegateTask task, String firstTask) {
        if (task.getAssignee() == null) {
            return;
        }
        Optional<HistoricTaskInstance> first = task
                .getProcessEngineServices()
                .getHistoryService()
                .createHistoricTaskInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .taskDefinitionKey(firstTask)
                .finished()
                .list()
                .stream()
                .max(Comparator.comparing(HistoricTaskInstance::getEndTime));
        first.map(HistoricTaskInstance::getAssignee)
                .filter(task.getAssignee()::equals)
                .ifPresent(same -> {
                    throw new InvalidInput(
                            "This step needs a second person: whoever decided first cannot confirm their own decision");
                });
    }
}
