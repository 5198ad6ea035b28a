package org.redress.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tasklist's ready-made lists. The row guard narrows each to what the person may see, so "My groups" needs no criterion but
 * that nobody has claimed the task. Made at the first start; whoever changes one later keeps the change.
 */
@Component
class TaskFilters {

    private final FilterService filters;
    private final TaskService tasks;
    private final StartLock starts;

    TaskFilters(FilterService filters, TaskService tasks, StartLock starts) {
        this.filters = filters;
        this.tasks = tasks;
        this.starts = starts;
    }

    @EventListener(ApplicationStartedEvent.class)
    @Order(2)
    void makeInTurn() {
        starts.inTurn(this::make);
    }

    private void make() {
        filter(
                "My groups",
                "Waits for somebody of my groups",
                10,
                "#2b6cb0",
                tasks.createTaskQuery().taskUnassigned());
        filter(
                "My tasks",
                "What I have claimed",
                20,
                "#2f855a",
                tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        filter(
                "Overdue",
                "Past its due date",
                30,
                "#c53030",
                tasks.createTaskQuery().dueBeforeExpression("${now()}"));
        filter(
                "Due in 48 hours",
                "Not late yet, and due within two days",
                32,
                "#dd6b20",
                tasks.createTaskQuery()
                        .dueAfterExpression("${now()}")
                        .dueBeforeExpression(NoExpressionsInQueries.IN_48_HOURS));
        filter(
                "Unassigned",
                "Nobody has claimed it, the longest waiting first",
                34,
                "#6b46c1",
                tasks.createTaskQuery().taskUnassigned().orderByTaskCreateTime().asc());
        filter(
                "My follow-ups",
                "Contacts with the people whom I accompany",
                36,
                "#2c7a7b",
                tasks.createTaskQuery().taskDefinitionKey("task_followUp"));
        filter("All open", "Everything that I may see", 40, "#4a5568", tasks.createTaskQuery());
    }

    private void filter(String name, String description, int priority, String color, TaskQuery query) {
        if (filters.createTaskFilterQuery().filterName(name).count() > 0) {
            return;
        }
        Filter filter = filters.newTaskFilter(name);
        filter.setQuery(query);
        filter.setProperties(Map.of(
                "description",
                description,
                "priority",
                priority,
                "color",
                color,
                "refresh",
                true,
                // What the due date is for: each task tells it in a variable of its own.
                "variables",
                List.of(Map.of("name", "clock", "label", "Clock")),
                "showUndefinedVariable",
                false));
        filters.saveFilter(filter);
    }
}
