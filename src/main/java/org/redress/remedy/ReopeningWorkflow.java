package org.redress.remedy;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.springframework.stereotype.Component;

/** Opens closed cases again on new facts (remedy.md E22). */
@Component
class ReopeningWorkflow {

    private static final String GRIEVANCE_RECEIVED = "grievance-received";

    /** What a new run finds out anew; the earlier answers stay in the record of the run that found them. */
    private static final Set<String> FOUND_ANEW = Set.of(
            "caseState",
            "caseNumber",
            "mode",
            "urgencyAdvice",
            "closedAs",
            "closedAt",
            "closingOutcome",
            "responseOutcome",
            "verificationOutcome",
            "objectionUpheld",
            "objectionOutcome",
            "objectionRecorder",
            "objector",
            "objection",
            "objectionReason",
            "reopenAt",
            "reopenNote",
            "startDate",
            "extensions",
            "reportsSubmitted",
            "reportsInWindow",
            "goalsMet",
            "monitoringOutcome",
            "finalReportAt",
            "planRounds",
            "programmeRef",
            "level1Planned",
            "level2Planned",
            "budgetApproved",
            "responses",
            "level1",
            "level2",
            "row");

    private final EngineCases cases;
    private final RuntimeService runtime;
    private final HistoryService history;
    private final Deadlines deadlines;

    ReopeningWorkflow(EngineCases cases, RuntimeService runtime, HistoryService history, Deadlines deadlines) {
        this.cases = cases;
        this.runtime = runtime;
        this.history = history;
        this.deadlines = deadlines;
    }

    /** When the case was closed last; empty when the record does not say. */
    Optional<Date> closedAt(String caseNumber) {
        return Optional.ofNullable((Date) known(cases.instanceOf(caseNumber)).get("closedAt"));
    }

    /**
     * Opens the case again from the facts on. While one may still object to how it was closed, its own run goes on as after
     * an objection that is upheld; later a new run begins with what the last one knew.
     *
     * @param anew what those who work on it again are told
     */
    void reopen(String caseNumber, Map<String, ?> anew) {
        String instance = cases.instanceOf(caseNumber);
        if (mayBeObjectedTo(instance)) {
            Map<String, Object> first = new HashMap<>(anew);
            first.put("reopenAt", "FACTS");
            first.put("caseState", "REOPENED");
            runtime.setVariables(instance, first);
            // Last, since it ends the time for objections
            runtime.setVariable(instance, "objectionUpheld", true);
            return;
        }
        Map<String, Object> variables = known(instance);
        Object closedAs = variables.get("closedAs");
        variables.keySet().removeAll(FOUND_ANEW);
        variables.putAll(anew);
        variables.put("reopenedAs", closedAs == null ? "COMPLETED" : closedAs);
        variables.put("reopenedAt", deadlines.now());
        cases.reopen(caseNumber, GRIEVANCE_RECEIVED, variables);
    }

    private boolean mayBeObjectedTo(String instance) {
        boolean runs =
                runtime.createProcessInstanceQuery().processInstanceId(instance).count() > 0;
        return runs && runtime.getActiveActivityIds(instance).contains("task_recordObjection");
    }

    private Map<String, Object> known(String instance) {
        Map<String, Object> known = new HashMap<>();
        for (HistoricVariableInstance variable : history.createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .list()) {
            if (instance.equals(variable.getExecutionId()) && variable.getValue() != null) {
                known.put(variable.getName(), variable.getValue());
            }
        }
        return known;
    }
}
