package org.redress.vault;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What people may have written past the forms in a case; no key destroys it. */
@Component
class Leftovers {

    /**
     * How much there is to look at.
     *
     * @param comments on tasks and instances
     * @param attachments to tasks and instances
     * @param failures jobs and other incidents whose message is kept
     */
    record Count(long comments, long attachments, long failures) {}

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;

    Leftovers(@Lazy ProcessEngine engine, SystemWork asTheSystem) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
    }

    Count of(String caseNumber) {
        return asTheSystem.call(() -> {
            List<String> instances = engine
                    .getHistoryService()
                    .createHistoricProcessInstanceQuery()
                    .processInstanceBusinessKey(caseNumber)
                    .list()
                    .stream()
                    .map(HistoricProcessInstance::getId)
                    .toList();
            long comments = 0;
            long attachments = 0;
            long failures = 0;
            for (String instance : instances) {
                comments += engine.getTaskService()
                        .getProcessInstanceComments(instance)
                        .size();
                attachments += engine.getTaskService()
                        .getProcessInstanceAttachments(instance)
                        .size();
                failures += engine.getHistoryService()
                        .createHistoricIncidentQuery()
                        .processInstanceId(instance)
                        .count();
            }
            return new Count(comments, attachments, failures);
        });
    }
}
