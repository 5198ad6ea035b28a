package org.redress.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstanceQuery;
import org.jspecify.annotations.Nullable;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/** The tasks that somebody has completed. Each looks at their own, in three statements a page. */
@Component
class FinishedWork {

    private static final String BETWEEN = " · ";

    private final HistoryService history;
    private final SystemWork system;

    FinishedWork(HistoryService history, SystemWork system) {
        this.history = history;
        this.system = system;
    }

    /**
     * A page of it, the newest first.
     *
     * @param first how many to pass over
     * @param max most of this page
     */
    Page of(String user, int first, int max) {
        return system.call(() -> {
            long total = query(user).count();
            List<HistoricTaskInstance> tasks = query(user)
                    .orderByHistoricTaskInstanceEndTime()
                    .desc()
                    .orderByTaskId()
                    .desc()
                    .listPage(first, max);
            Map<String, String> cases = cases(tasks.stream()
                    .map(HistoricTaskInstance::getProcessInstanceId)
                    .collect(Collectors.toSet()));
            return new Page(
                    total,
                    first,
                    tasks.stream()
                            .map(task -> line(task, cases.get(task.getProcessInstanceId())))
                            .toList());
        });
    }

    private HistoricTaskInstanceQuery query(String user) {
        return history.createHistoricTaskInstanceQuery()
                .taskAssignee(user)
                .finished()
                .taskDeleteReason("completed");
    }

    private Map<String, String> cases(Set<String> instances) {
        if (instances.isEmpty()) {
            return Map.of();
        }
        return history.createHistoricProcessInstanceQuery().processInstanceIds(instances).list().stream()
                .filter(instance -> instance.getBusinessKey() != null)
                .collect(Collectors.toMap(HistoricProcessInstance::getId, HistoricProcessInstance::getBusinessKey));
    }

    private static Line line(HistoricTaskInstance task, @Nullable String caseNumber) {
        String name = String.valueOf(task.getName());
        int end = caseNumber == null ? -1 : name.lastIndexOf(BETWEEN + caseNumber);
        return new Line(task.getEndTime().toInstant(), end < 0 ? name : name.substring(0, end), caseNumber);
    }

    /**
     * A page of finished work.
     *
     * @param total how many tasks there are
     * @param first how many were passed over
     */
    record Page(long total, int first, List<Line> lines) {}

    /** A finished task; no case number when its case is gone. */
    record Line(Instant at, String task, @Nullable String caseNumber) {}
}
