package org.redress.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What an organisation had in hand in a case goes to the one that takes its place (E15): open tasks, and the running
 * processes that name it. Twice is as good as once.
 */
@Component
class HandOver {

    private final ProcessEngine engine;

    HandOver(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /** Where the variable that tells the processes who it is does not have the name of the role. */
    private static final Map<String, String> NAMED = Map.of("vsc", "coordinator");

    /** What {@code former} had in hand as {@code role}; a variable tells the processes who it is. */
    void from(String former, String to, String role, String caseNumber) {
        TaskService tasks = engine.getTaskService();
        String formerGroup = Roles.ofOrganisation(role, former);
        for (Task task : tasks.createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskCandidateGroup(formerGroup)
                .includeAssignedTasks()
                .list()) {
            tasks.deleteCandidateGroup(task.getId(), formerGroup);
            tasks.addCandidateGroup(task.getId(), Roles.ofOrganisation(role, to));
            if (task.getAssignee() != null && isOf(former, task.getAssignee())) {
                tasks.setAssignee(task.getId(), null);
            }
        }
        String name = NAMED.getOrDefault(role, role);
        RuntimeService runtime = engine.getRuntimeService();
        List<String> running =
                runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
                        .map(ProcessInstance::getId)
                        .toList();
        if (!running.isEmpty()) {
            runtime.createVariableInstanceQuery()
                    .processInstanceIdIn(running.toArray(String[]::new))
                    .variableValueEquals(name, former)
                    .list()
                    .forEach(variable -> runtime.setVariableLocal(variable.getExecutionId(), name, to));
        }
    }

    private boolean isOf(String organisation, String user) {
        return engine.getIdentityService()
                        .createUserQuery()
                        .userId(user)
                        .memberOfGroup(organisation)
                        .count()
                > 0;
    }
}
