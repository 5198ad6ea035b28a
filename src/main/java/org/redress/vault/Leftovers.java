package org.redress.vault;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
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
     */
    public record Count(long comments, long attachments, long failures) {}

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
     * Deletes comments, attachments and, of what has ended, the messages and stack traces of failures. What still runs
     * keeps its failures, which somebody has to mend.
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
            return new Count(0, 0, count(running).failures());
        });
    }

    private static void delete(CommandContext context, List<HistoricProcessInstance> instances) {
        List<String> all =
                instances.stream().map(HistoricProcessInstance::getId).toList();
        context.getCommentManager().deleteCommentsByProcessInstanceIds(all);
        context.getCommentManager().deleteCommentsByTaskProcessInstanceIds(all);
        context.getAttachmentManager().deleteAttachmentsByProcessInstanceIds(all);
        context.getAttachmentManager().deleteAttachmentsByTaskProcessInstanceIds(all);
        List<String> ended = instances.stream()
                .filter(instance -> instance.getEndTime() != null)
                .map(HistoricProcessInstance::getId)
                .toList();
        if (!ended.isEmpty()) {
            context.getHistoricJobLogManager().deleteHistoricJobLogsByProcessInstanceIds(ended);
            context.getHistoricIncidentManager().deleteHistoricIncidentsByProcessInstanceIds(ended);
        }
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
        for (HistoricProcessInstance instance : instances) {
            comments += engine.getTaskService()
                    .getProcessInstanceComments(instance.getId())
                    .size();
            attachments += engine.getTaskService()
                    .getProcessInstanceAttachments(instance.getId())
                    .size();
            failures += engine.getHistoryService()
                    .createHistoricIncidentQuery()
                    .processInstanceId(instance.getId())
                    .count();
        }
        return new Count(comments, attachments, failures);
    }
}
