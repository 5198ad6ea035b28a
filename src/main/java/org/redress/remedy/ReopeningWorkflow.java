package org.redress.remedy;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.springframework.stereotype.Component;

/** Opens closed cases again on new facts (remedy.md E22). */
@Component("reopenings")
public class ReopeningWorkflow {

    private static final String GRIEVANCE_RECEIVED = "grievance-received";

    /** Ends the decisions on other news of the same case. */
    private static final String OPEN_AGAIN = "case-open-again";

    private static final String RECORD_OBJECTION = "task_recordObjection";
    private static final String DECIDE_OBJECTION = ObjectionWorkflow.DECIDE;

    /** Where a decision on an objection hears by itself that the case is open again; the second in models of before. */
    private static final String[] GIVE_OBJECTIONS_UP = {"boundary_joined", "boundary_openAgain"};

    /** What a case is looked at from, if its last run does not say how it was closed: from the facts on. */
    private static final String COMPLETED = "COMPLETED";

    /** What a new run finds out anew; the earlier answers stay in the record of the run that found them. */
    private static final Set<String> FOUND_ANEW = Set.of(
            "caseState",
            "caseNumber",
            "newsTakenIn",
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
            "level2Adding",
            "budgetApproved",
            "responses",
            "level1",
            "level2",
            "row");

    private final EngineCases cases;
    private final RuntimeService runtime;
    private final HistoryService history;
    private final Deadlines deadlines;
    private final CaseEventsWorkflow events;
    private final ObjectionWorkflow objections;

    ReopeningWorkflow(
            EngineCases cases,
            RuntimeService runtime,
            HistoryService history,
            Deadlines deadlines,
            CaseEventsWorkflow events,
            ObjectionWorkflow objections) {
        this.events = events;
        this.objections = objections;
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
     * Whether the case is closed at this moment. Whoever else opens it again, on whichever node, waits until this transaction
     * ends.
     */
    public boolean stillClosed(DelegateExecution execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        events.takeTurns(caseNumber);
        return WideningStage.isClosed(cases.stateOf(caseNumber));
    }

    /**
     * Opens the case again from the facts on, once, however many pieces of news asked for it: the others are passed on to the
     * case, which weighs them. While one may still object to how it was closed, its own run goes on as after
     * an objection that is upheld; later a new run begins with what the last one knew.
     *
     * @param decision the process in which it was decided
     * @param anew what those who work on it again are told
     */
    void reopen(DelegateExecution decision, Map<String, ?> anew) {
        if (!stillClosed(decision)) {
            events.passOn(decision);
            return;
        }
        String caseNumber = PlanProcess.caseNumber(decision);
        openAgain(caseNumber, anew);
        runtime
                .createExecutionQuery()
                .processInstanceBusinessKey(caseNumber)
                .messageEventSubscriptionName(OPEN_AGAIN)
                .list()
                .stream()
                .filter(other -> !other.getProcessInstanceId().equals(decision.getProcessInstanceId()))
                .forEach(other -> runtime.messageEventReceived(OPEN_AGAIN, other.getId()));
    }

    private void openAgain(String caseNumber, Map<String, ?> anew) {
        String instance = cases.instanceOf(caseNumber);
        if (mayBeObjectedTo(instance)) {
            Map<String, Object> first = new HashMap<>(anew);
            first.put("reopenAt", "FACTS");
            first.put("caseState", "REOPENED");
            runtime.setVariables(instance, first);
            objections.joinUndecided(instance);
            overtakeObjections(instance);
            // After that, since it ends the time for objections; and last what ended undecided ones in models of before
            runtime.setVariable(instance, "objectionUpheld", true);
            runtime.setVariable(instance, "openOnNewFacts", true);
            return;
        }
        Map<String, Object> variables = known(instance);
        Object closedAs = variables.getOrDefault("closedAs", howClosed(cases.stateOf(caseNumber)));
        variables.keySet().removeAll(FOUND_ANEW);
        variables.putAll(anew);
        variables.put("reopenedAs", closedAs);
        variables.put("reopenedAt", deadlines.now());
        cases.reopen(caseNumber, GRIEVANCE_RECEIVED, variables);
    }

    /**
     * An objection that nobody has decided on does not hold up a case whose model does not give it up by itself: it is not
     * decided any more, as in newer models. The subprocess goes on by <i>Record an objection</i>, which ends right afterwards.
     */
    private void overtakeObjections(String instance) {
        List<String> active = runtime.getActiveActivityIds(instance);
        if (!active.contains(DECIDE_OBJECTION) || givesObjectionsUp(instance)) {
            return;
        }
        ProcessInstanceModificationBuilder overtaken = runtime.createProcessInstanceModification(instance);
        if (!active.contains(RECORD_OBJECTION)) {
            overtaken.startBeforeActivity(RECORD_OBJECTION);
        }
        overtaken.cancelAllForActivity(DECIDE_OBJECTION).execute();
    }

    private boolean givesObjectionsUp(String instance) {
        return Stream.of(GIVE_OBJECTIONS_UP)
                .anyMatch(event -> runtime.createEventSubscriptionQuery()
                                .processInstanceId(instance)
                                .activityId(event)
                                .count()
                        > 0);
    }

    /** A case is looked at anew from where it was closed; {@code CLOSED_NOT_CREDIBLE} says so as well as an answer. */
    private static String howClosed(String state) {
        String prefix = "CLOSED_";
        return state.startsWith(prefix) ? state.substring(prefix.length()) : COMPLETED;
    }

    /** While its time runs, or an objection is not decided on, which gives way to new facts. */
    private boolean mayBeObjectedTo(String instance) {
        return runs(instance)
                && runtime.getActiveActivityIds(instance).stream()
                        .anyMatch(active -> active.equals(RECORD_OBJECTION) || active.equals(DECIDE_OBJECTION));
    }

    private boolean runs(String instance) {
        return runtime.createProcessInstanceQuery().processInstanceId(instance).count() > 0;
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
