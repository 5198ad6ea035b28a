package org.redress.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.management.ProcessDefinitionStatistics;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lets open tasks follow those whose tasks they are. A task gets its candidate groups as it begins; where an expression gives
 * them, such as {@code ${committee.groups(recused)}}, its answer may be another one while the task waits.
 */
@Component
public class OpenTasks {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTasks.class);

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;

    OpenTasks(@Lazy ProcessEngine engine, SystemWork asTheSystem) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
    }

    /** Lets the house note something in an instance; nothing happens where it has ended. */
    public void within(String instanceId, Consumer<DelegateExecution> work) {
        asTheSystem.run(() -> {
            ExecutionEntity instance =
                    Context.getCommandContext().getExecutionManager().findExecutionById(instanceId);
            if (instance != null) {
                work.accept(instance);
            }
        });
    }

    /**
     * Ends open tasks of an instance without an answer, past the check of their form: whoever should have answered has no part
     * in it any more.
     *
     * @param element the id of the task in the diagram
     * @param variable what tells the tasks of one element apart
     * @param value that it has in those that end
     */
    public void endUnanswered(String instanceId, String element, String variable, String value) {
        asTheSystem.run(
                () -> Context.getCommandContext().getTaskManager().findTasksByProcessInstanceId(instanceId).stream()
                        .filter(task -> element.equals(task.getTaskDefinitionKey()))
                        .filter(task -> value.equals(task.getVariable(variable)))
                        .forEach(TaskEntity::complete));
    }

    /**
     * Asks again whose every open task is whose candidate groups a bean gives, and gives it to those. Each expression is asked
     * within its own case, so whoever stays out of that case goes on to do so. Whoever has claimed a task and is no longer
     * one of those, loses it. Twice is as good as once.
     *
     * <p>Groups of other roles stay, and so does an assignee who never had the task by one of these roles: an administrator
     * chose them. A task whose expression fails stays as it is, and the log says so; the caller's change is not stopped by
     * it. A suspended one is asked once it goes on.
     *
     * <p>Runs in the caller's transaction, or in one of its own.
     *
     * @param bean the name in the expressions
     * @param roles the roles whose groups the bean gives
     * @return whether somebody is left for each of them; a task for which nobody is, waits unseen
     */
    public boolean follow(String bean, Set<String> roles) {
        return asTheSystem.call(() -> {
            boolean somebody = true;
            for (TaskEntity task : tasks(bean)) {
                Optional<Set<String>> groups = groups(task);
                groups.ifPresent(wanted -> give(task, wanted, roles));
                somebody &= groups.filter(Set::isEmpty).isEmpty();
            }
            return somebody;
        });
    }

    /**
     * Takes from somebody what they claimed as one of a group to which they belong no more, so that the others find it. What
     * is still theirs by another group stays, and so does what an administrator gave them.
     *
     * @param had the roles and organisations until now
     * @param has those from now on
     */
    void release(String user, Collection<String> had, Collection<String> has) {
        List<String> before = RowGuard.candidateGroups(List.copyOf(had));
        List<String> now = RowGuard.candidateGroups(List.copyOf(has));
        asTheSystem.run(() -> {
            TaskService tasks = engine.getTaskService();
            for (Task task : tasks.createTaskQuery().taskAssignee(user).active().list()) {
                List<String> groups = tasks.getIdentityLinksForTask(task.getId()).stream()
                        .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()))
                        .map(IdentityLink::getGroupId)
                        .filter(Objects::nonNull)
                        .toList();
                if (groups.stream().anyMatch(before::contains)
                        && groups.stream().noneMatch(now::contains)) {
                    tasks.setAssignee(task.getId(), null);
                }
            }
        });
    }

    /** The names, with the case numbers, of the open tasks whose groups a bean gives and for which nobody is left. */
    public List<String> waitingForSomebody(String bean) {
        return asTheSystem.call(() -> tasks(bean).stream()
                .filter(task -> groups(task).filter(Set::isEmpty).isPresent())
                .map(TaskEntity::getName)
                .sorted()
                .toList());
    }

    private List<TaskEntity> tasks(String bean) {
        Pattern name = Pattern.compile("(?<![\\w'-])" + Pattern.quote(bean) + "\\s*\\.");
        List<TaskEntity> found = new ArrayList<>();
        for (ProcessDefinitionStatistics definition : engine.getManagementService()
                .createProcessDefinitionStatisticsQuery()
                .list()) {
            String[] elements = definition.getInstances() == 0 ? new String[0] : elements(definition.getId(), name);
            if (elements.length > 0) {
                engine
                        .getTaskService()
                        .createTaskQuery()
                        .processDefinitionId(definition.getId())
                        .taskDefinitionKeyIn(elements)
                        .active()
                        .list()
                        .stream()
                        .map(TaskEntity.class::cast)
                        // What this transaction has just completed is still found.
                        .filter(task -> !Context.getCommandContext()
                                .getDbEntityManager()
                                .isDeleted(task))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String[] elements(String definitionId, Pattern name) {
        ProcessDefinitionEntity definition = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(definitionId);
        return definition.getTaskDefinitions().values().stream()
                .filter(task -> task.getCandidateGroupIdExpressions().stream()
                        .anyMatch(expression ->
                                name.matcher(expression.getExpressionText()).find()))
                .map(TaskDefinition::getKey)
                .toArray(String[]::new);
    }

    /** What the model says now; nobody if nobody is left, and nothing at all if it cannot say. */
    private static Optional<Set<String>> groups(TaskEntity task) {
        Set<String> groups = new LinkedHashSet<>();
        try {
            for (Expression expression : task.getTaskDefinition().getCandidateGroupIdExpressions()) {
                Object value = expression.getValue(task.getExecution());
                if (value instanceof Collection<?> several) {
                    several.forEach(group -> groups.add(String.valueOf(group)));
                } else if (value instanceof String list) {
                    groups.addAll(List.of(list.split("\\s*,\\s*", -1)));
                } else {
                    throw new IllegalStateException("The model names no group");
                }
            }
        } catch (RuntimeException e) {
            if (root(e) instanceof NobodyLeft) {
                return Optional.of(Set.of());
            }
            LOG.warn(
                    "Whose the task {} is cannot be asked again, it stays as it is: {}",
                    task.getId(),
                    root(e).getClass().getSimpleName());
            return Optional.empty();
        }
        return Optional.of(groups);
    }

    private void give(TaskEntity task, Set<String> wanted, Set<String> roles) {
        Set<String> had = new LinkedHashSet<>();
        for (IdentityLink link : task.getIdentityLinks()) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                had.add(link.getGroupId());
            }
        }
        List<String> gone = had.stream()
                .filter(group -> !wanted.contains(group) && roles.contains(roleOf(group)))
                .toList();
        List<String> come =
                wanted.stream().filter(group -> !had.contains(group)).toList();
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        TaskService tasks = engine.getTaskService();
        come.forEach(group -> tasks.addCandidateGroup(task.getId(), group));
        gone.forEach(group -> tasks.deleteCandidateGroup(task.getId(), group));
        List<String> stay = new ArrayList<>(had);
        stay.removeAll(gone);
        stay.addAll(come);
        List<String> holder = groupsOf(task.getAssignee());
        if (holder.stream().anyMatch(gone::contains) && holder.stream().noneMatch(stay::contains)) {
            tasks.setAssignee(task.getId(), null);
        }
        LOG.info("The task {} goes from {} to {}", task.getId(), gone, wanted);
    }

    private List<String> groupsOf(@Nullable String user) {
        if (user == null) {
            return List.of();
        }
        IdentityService identities = engine.getIdentityService();
        return RowGuard.candidateGroups(identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList());
    }

    private static String roleOf(String group) {
        int end = group.indexOf('.');
        return end < 0 ? group : group.substring(0, end);
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(Objects.requireNonNull(e.getCause()));
    }
}
