package org.redress.vault;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricIncident;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What people, and failures, may have written past the forms in a case; no key destroys it, so it is deleted. */
@Component
class Leftovers {

    /**
     * How much there is.
     *
     * @param comments on tasks and instances
     * @param attachments to tasks and instances
     * @param failures incidents whose message is kept
     * @param words notes on incidents and on the record of what was done, and other names and descriptions of tasks, written
     *     before nobody could any more
     */
    public record Count(long comments, long attachments, long failures, long words) {}

    /** Properties of a task that somebody could write as they liked. */
    private static final Set<String> WORDS = Set.of("name", "description");

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;

    Leftovers(@Lazy ProcessEngine engine, SystemWork asTheSystem) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
    }

    /** What there is in the case. */
    Count of(String caseNumber) {
        return asTheSystem.call(() -> count(instances(caseNumber)));
    }

    /**
     * Deletes comments, attachments, notes on the record of what was done and, of what has ended, the messages and stack
     * traces of failures. What still runs keeps its failures, which somebody has to mend; other names of tasks stay, on
     * their record too, for whoever has the database to take away.
     *
     * @return what is left
     */
    Count delete(String caseNumber) {
        return asTheSystem.call(() -> {
            List<HistoricProcessInstance> instances = instances(caseNumber);
            if (!instances.isEmpty()) {
                delete(Context.getCommandContext(), instances);
            }
            List<HistoricProcessInstance> running = instances.stream()
                    .filter(instance -> instance.getEndTime() == null)
                    .toList();
            return new Count(0, 0, count(running).failures(), count(instances).words());
        });
    }

    private static void delete(CommandContext context, List<HistoricProcessInstance> instances) {
        List<String> all =
                instances.stream().map(HistoricProcessInstance::getId).toList();
        context.getCommentManager().deleteCommentsByProcessInstanceIds(all);
        context.getCommentManager().deleteCommentsByTaskProcessInstanceIds(all);
        context.getAttachmentManager().deleteAttachmentsByProcessInstanceIds(all);
        context.getAttachmentManager().deleteAttachmentsByTaskProcessInstanceIds(all);
        HistoryService history = context.getProcessEngineConfiguration().getHistoryService();
        all.stream()
                .flatMap(instance -> operations(history, instance))
                .filter(operation -> operation.getAnnotation() != null)
                .map(UserOperationLogEntry::getOperationId)
                .distinct()
                .forEach(history::clearAnnotationForOperationLogById);
        List<String> ended = instances.stream()
                .filter(instance -> instance.getEndTime() != null)
                .map(HistoricProcessInstance::getId)
                .toList();
        if (!ended.isEmpty()) {
            context.getHistoricJobLogManager().deleteHistoricJobLogsByProcessInstanceIds(ended);
            context.getHistoricIncidentManager().deleteHistoricIncidentsByProcessInstanceIds(ended);
        }
    }

    private static Stream<UserOperationLogEntry> operations(HistoryService history, String instance) {
        return history.createUserOperationLogQuery().processInstanceId(instance).list().stream();
    }

    private static boolean holdsWords(UserOperationLogEntry operation) {
        return operation.getAnnotation() != null
                || (EntityTypes.TASK.equals(operation.getEntityType())
                        && WORDS.contains(String.valueOf(operation.getProperty()))
                        && operation.getNewValue() != null);
    }

    private List<HistoricProcessInstance> instances(String caseNumber) {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list();
    }

    private Count count(List<HistoricProcessInstance> instances) {
        long comments = 0;
        long attachments = 0;
        long failures = 0;
        long words = 0;
        HistoryService history = engine.getHistoryService();
        for (HistoricProcessInstance instance : instances) {
            comments += engine.getTaskService()
                    .getProcessInstanceComments(instance.getId())
                    .size();
            attachments += engine.getTaskService()
                    .getProcessInstanceAttachments(instance.getId())
                    .size();
            List<HistoricIncident> incidents = history.createHistoricIncidentQuery()
                    .processInstanceId(instance.getId())
                    .list();
            failures += incidents.size();
            words += incidents.stream()
                    .filter(incident -> incident.getAnnotation() != null)
                    .count();
            words += operations(history, instance.getId())
                    .filter(Leftovers::holdsWords)
                    .count();
        }
        return new Count(comments, attachments, failures, words);
    }
}
