package org.redress.engine;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tasklist's ready-made lists. The row guard narrows each to what the person may see, so "My groups" needs no criterion but
 * that nobody has claimed the task. What is due first stands first. Made at the first start; whoever changes one later keeps
 * the change, and a list of an earlier edition is brought to this one at one start, where nobody has changed what is new.
 */
@Component
class TaskFilters {

    /** Where the engine keeps which edition of the lists was made last. */
    static final String MADE = "redress.lists";

    private static final String EDITION = "5";
    private static final String FOLLOW_UPS = "My follow-ups";

    /** What earlier editions took for the only contact. */
    private static final String ONLY_CONTACT = "task_followUp";

    /**
     * The tasks by which whoever accompanies people meets them again: the contact itself, the search for one who cannot be
     * reached (remedy.md E10), the safety plan that is renewed with the person (E11), and the question about cooperation, which
     * is put to each of them (B.7). The review of a case is none: it is open for months, beside the contacts.
     */
    private static final String[] CONTACTS = {
        ONLY_CONTACT, "task_tryToReach", "task_renewSafetyPlan", "task_askCooperation"
    };

    private static final String ME = "${currentUser()}";
    private static final List<String> BY_DUE_DATE =
            List.of("My groups", "My tasks", "Overdue", "Due in 48 hours", "All open");
    private static final String VARIABLES = "variables";

    /**
     * What the due date is for, which each task tells in a variable of its own, and which of several people the task is about, by
     * the reference under which nobody is known (remedy.md C.1).
     */
    private static final List<Map<String, String>> SHOWN =
            List.of(Map.of("name", "clock", "label", "What is due"), Map.of("name", "victimRef", "label", "Person"));

    private final FilterService filters;
    private final TaskService tasks;
    private final ManagementService management;
    private final StartLock starts;

    TaskFilters(FilterService filters, TaskService tasks, ManagementService management, StartLock starts) {
        this.filters = filters;
        this.tasks = tasks;
        this.management = management;
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
                tasks.createTaskQuery().taskUnassigned().orderByDueDate().asc());
        filter(
                "My tasks",
                "What I have claimed",
                20,
                "#2f855a",
                tasks.createTaskQuery()
                        .taskAssigneeExpression(ME)
                        .orderByDueDate()
                        .asc());
        filter(
                "Overdue",
                "Past its due date",
                30,
                "#c53030",
                tasks.createTaskQuery()
                        .dueBeforeExpression("${now()}")
                        .orderByDueDate()
                        .asc());
        filter(
                "Due in 48 hours",
                "Not late yet, and due within two days",
                32,
                "#dd6b20",
                tasks.createTaskQuery()
                        .dueAfterExpression("${now()}")
                        .dueBeforeExpression(NoExpressionsInQueries.IN_48_HOURS)
                        .orderByDueDate()
                        .asc());
        filter(
                "Unassigned",
                "Nobody has claimed it, the longest waiting first",
                34,
                "#6b46c1",
                tasks.createTaskQuery().taskUnassigned().orderByTaskCreateTime().asc());
        filter(
                FOLLOW_UPS,
                "Mine with a follow-up date, and contacts with the people whom I accompany",
                36,
                "#2c7a7b",
                followUps());
        filter(
                "All open",
                "Everything that I may see",
                40,
                "#4a5568",
                tasks.createTaskQuery().orderByDueDate().asc());
        if (!EDITION.equals(management.getProperties().get(MADE))) {
            bringUpToDate();
            management.setProperty(MADE, EDITION);
        }
    }

    /** A contact, or a task that is both mine and has a follow-up date. */
    private TaskQuery followUps() {
        return tasks.createTaskQuery()
                .or()
                .taskDefinitionKeyIn(CONTACTS)
                .followUpAfter(Date.from(Instant.EPOCH))
                .endOr()
                .or()
                .taskDefinitionKeyIn(CONTACTS)
                .taskAssigneeExpression(ME)
                .endOr()
                .orderByFollowUpDate()
                .asc();
    }

    private void bringUpToDate() {
        for (Filter filter : filters.createTaskFilterQuery().list()) {
            TaskQueryImpl query = filter.getQuery();
            if (BY_DUE_DATE.contains(filter.getName())
                    && query.getOrderingProperties().isEmpty()) {
                filter.setQuery(query.orderByDueDate().asc());
                filters.saveFilter(filter);
            }
            String shown = String.valueOf(filter.getProperties().get(VARIABLES));
            if (shown.contains("name=clock") && !shown.contains("name=victimRef")) {
                Map<String, Object> properties = new HashMap<>(filter.getProperties());
                properties.put(VARIABLES, SHOWN);
                filter.setProperties(properties);
                filters.saveFilter(filter);
            }
            if (filter.getName().equals(FOLLOW_UPS) && asMadeBefore(query)) {
                filter.setQuery(followUps());
                filters.saveFilter(filter);
            }
        }
    }

    /** As editions 1 and 2 made it, by one contact alone, or edition 3, which looked for that contact in either half. */
    private static boolean asMadeBefore(TaskQueryImpl query) {
        List<TaskQueryImpl> halves = query.getQueries().stream()
                .filter(TaskQueryImpl::isOrQueryActive)
                .toList();
        return halves.isEmpty()
                ? ONLY_CONTACT.equals(query.getKey())
                : halves.size() == 2 && halves.stream().allMatch(half -> ONLY_CONTACT.equals(half.getKey()));
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
                VARIABLES,
                SHOWN,
                "showUndefinedVariable",
                false));
        filters.saveFilter(filter);
    }
}
