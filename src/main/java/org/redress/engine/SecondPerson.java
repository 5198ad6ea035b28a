package org.redress.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstanceQuery;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * Two persons where the specification says so: a user task with the extension property {@code secondPersonOf} (the ids of
 * the first tasks, with commas) is refused to whoever did one of them: in the same process the last time that it was done,
 * and where it belongs to another process of the case, at any time. Where one first task is done by several at once, an
 * input parameter {@code firstPerson} names the one whose work this is. The id of a start event stands for whoever began
 * this process by its form. Two accounts with one mail address are one person.
 */
final class SecondPerson extends AbstractBpmnParseListener {

    static final String PROPERTY = "secondPersonOf";
    private static final String FIRST_PERSON = "firstPerson";

    private final MailAddresses addresses;

    SecondPerson(MailAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
        propertyOf(userTask).ifPresent(property -> {
            List<String> firsts = List.of(property.split(",", -1));
            UserTaskActivityBehavior behavior = (UserTaskActivityBehavior) activity.getActivityBehavior();
            TaskListener check = task -> firsts.forEach(first -> refuseTheFirstPerson(task, first.strip()));
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

    private void refuseTheFirstPerson(DelegateTask task, String firstTask) {
        String second = task.getAssignee();
        if (second == null) {
            return;
        }
        refuse(second, task.getVariable(FIRST_PERSON) instanceof String named ? named : null);
        refuse(second, whoBegan(task, firstTask));
        List<HistoricTaskInstance> here = finished(task, firstTask)
                .processInstanceId(task.getProcessInstanceId())
                .list();
        Stream<HistoricTaskInstance> done = here.isEmpty()
                ? ofTheCase(task, firstTask)
                : here.stream().max(Comparator.comparing(HistoricTaskInstance::getEndTime)).stream();
        done.map(HistoricTaskInstance::getAssignee).distinct().forEach(first -> refuse(second, first));
    }

    private void refuse(String second, @Nullable String first) {
        if (addresses.areOfOnePerson(second, first)) {
            throw new InvalidInput(
                    "This step needs a second person: whoever decided first cannot confirm their own decision"
                            + (second.equals(first)
                                    ? ""
                                    : ", and this account has the mail address of the one that decided first"));
        }
    }

    /** What belongs to no case has no other process in which the first person could have been at work. */
    private static Stream<HistoricTaskInstance> ofTheCase(DelegateTask task, String firstTask) {
        String caseNumber = task.getExecution().getProcessBusinessKey();
        return caseNumber == null
                ? Stream.empty()
                : finished(task, firstTask).processInstanceBusinessKey(caseNumber).list().stream();
    }

    private static @Nullable String whoBegan(DelegateTask task, String startEvent) {
        HistoricProcessInstance begun = task.getProcessEngineServices()
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult();
        return begun != null && startEvent.equals(begun.getStartActivityId()) ? begun.getStartUserId() : null;
    }

    private static HistoricTaskInstanceQuery finished(DelegateTask task, String definitionKey) {
        return task.getProcessEngineServices()
                .getHistoryService()
                .createHistoricTaskInstanceQuery()
                .taskDefinitionKey(definitionKey)
                // What a timer took away was done by nobody.
                .taskDeleteReason("completed")
                .finished();
    }
}
