package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.redress.engine.EngineCases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The one place by which a case is told of something (remedy.md A.0, B.9): models say
 * {@code ${caseEvents.report(execution, 'SOMEBODY_IN_DANGER')}}, people and outside systems begin {@code report-to-case}
 * themselves.
 */
@Component("caseEvents")
public final class CaseEventsWorkflow {

    static final String REPORTED = "case-event-reported";
    static final String KIND = "eventKind";
    static final String NOTE = "eventNote";
    static final String FROM = "reportedFrom";
    static final String JOIN_NOTE = "joinNote";

    private static final String NEW_INFORMATION = "newInformation";
    private static final String THE_CASE = "CASE";
    private static final String FACTS_LEARNED = "facts-learned";

    /** What a report may tell the case itself. */
    private static final List<String> TOLD =
            List.of(NOTE, NEW_INFORMATION, WideningProcess.MORE_FOUND, WideningProcess.CHILDREN_FOUND);

    private final RuntimeService runtime;
    private final EngineCases cases;
    private final EmergencyWorkflow emergencies;
    private final JdbcClient jdbc;

    CaseEventsWorkflow(RuntimeService runtime, EngineCases cases, EmergencyWorkflow emergencies, JdbcClient jdbc) {
        this.runtime = runtime;
        this.cases = cases;
        this.emergencies = emergencies;
        this.jdbc = jdbc;
    }

    /**
     * A step of the case reports something about its own case; in its transaction, and carried out right after it.
     *
     * @param kind name of a {@link CaseEvent}
     * @throws IllegalArgumentException if there is no such kind
     */
    public void report(DelegateExecution execution, String kind) {
        begin(execution, kind, null);
    }

    /**
     * The same with what is known: whoever may read the variable, reads it there too, and nobody else.
     *
     * @param note name of a confidential variable, such as {@code placesOfDanger}; it may be empty
     * @throws IllegalArgumentException if there is no such kind
     */
    public void reportWith(DelegateExecution execution, String kind, String note) {
        begin(execution, kind, execution.getVariable(note));
    }

    /** A step of the case has learned new facts about it; whoever may read them there, reads them, and nobody else. */
    public void reportFacts(DelegateExecution execution) {
        Map<String, Object> told = new HashMap<>();
        told.put(KIND, CaseEvent.NEW_INFORMATION.name());
        told.put(FROM, THE_CASE);
        told.put(NEW_INFORMATION, Objects.requireNonNull(execution.getVariable(NEW_INFORMATION), NEW_INFORMATION));
        cases.begin(REPORTED, (String) execution.getVariable("caseNumber"), told);
    }

    /**
     * Tells the case, which is open again meanwhile, what was to be told to it while it was closed (E22): it is weighed like
     * any news, and nothing that was told is lost.
     */
    public void passOn(DelegateExecution execution) {
        Map<String, Object> told = known(execution);
        CaseEvent kind =
                told.containsKey(WideningProcess.MORE_FOUND) ? CaseEvent.MORE_PEOPLE : CaseEvent.NEW_INFORMATION;
        told.put(KIND, kind.name());
        told.put(FROM, THE_CASE);
        cases.begin(REPORTED, (String) execution.getVariable("caseNumber"), told);
    }

    private void begin(DelegateExecution execution, String kind, @Nullable Object note) {
        CaseEvent event = named(kind);
        Map<String, Object> told = new HashMap<>();
        told.put(KIND, event.name());
        told.put(FROM, THE_CASE);
        if (note != null) {
            told.put(NOTE, note);
        }
        cases.begin(REPORTED, (String) execution.getVariable("caseNumber"), told);
    }

    /**
     * Begins what a report begins. Reports of one case wait for one another here, on all nodes.
     *
     * @return whether it joined a rescue that runs: somebody has to take it in
     */
    boolean deliver(DelegateExecution execution) {
        String caseNumber = (String) execution.getVariable("caseNumber");
        CaseEvent event = named((String) execution.getVariable(KIND));
        takeTurns(caseNumber);
        if (event.isToTheCase()) {
            tellTheCase(event, caseNumber, execution);
            return false;
        }
        if (event == CaseEvent.SOMEBODY_IN_DANGER
                && emergencies.running(caseNumber).isPresent()) {
            return true;
        }
        begin(event, caseNumber, execution);
        return false;
    }

    /** The rescue that runs goes on with others too; if it is over by now, another begins. */
    void extendRescue(DelegateExecution execution) {
        String caseNumber = (String) execution.getVariable("caseNumber");
        takeTurns(caseNumber);
        emergencies
                .running(caseNumber)
                .ifPresentOrElse(
                        rescue -> emergencies.goesOn(rescue, execution),
                        () -> begin(CaseEvent.SOMEBODY_IN_DANGER, caseNumber, execution));
    }

    /**
     * The case takes it as it stands. New facts about a closed case begin a decision whether to open it again (E22); a
     * complaint that is closed already need not be withdrawn.
     *
     * @throws IllegalStateException if the case goes on by a model that does not know this: the job stays as an incident, so
     *     that nothing is lost
     */
    private void tellTheCase(CaseEvent event, String caseNumber, DelegateExecution report) {
        Map<String, Object> known = known(report);
        if (WideningStage.isClosed(cases.find(caseNumber).orElseThrow().state())) {
            if (event.isNewFact()) {
                known.put("caseNumber", caseNumber);
                runtime.createMessageCorrelation(FACTS_LEARNED)
                        .processInstanceBusinessKey(caseNumber)
                        .setVariables(known)
                        .correlateStartMessage();
            }
            return;
        }
        if (!takes(cases.instanceOf(caseNumber), event, known)) {
            throw new IllegalStateException("Case " + caseNumber + " runs by a model that takes no " + event
                    + ": tell whoever works on it, and end this report");
        }
    }

    private static Map<String, Object> known(DelegateExecution report) {
        Map<String, Object> known = new HashMap<>();
        for (String name : TOLD) {
            Object value = report.getVariable(name);
            if (value != null) {
                known.put(name, value);
            }
        }
        return known;
    }

    /** The run that is the case now, and none that was closed; step 1 takes new facts as the answer that it may wait for. */
    private boolean takes(String instance, CaseEvent event, Map<String, Object> known) {
        if (event == CaseEvent.NEW_INFORMATION) {
            Map<String, Object> answer = new HashMap<>();
            answer.put("answer", known.get(NEW_INFORMATION));
            runtime.createProcessInstanceQuery()
                    .superProcessInstanceId(instance)
                    .list()
                    .forEach(step -> correlate(step.getId(), event, answer));
        }
        return correlate(instance, event, known) > 0;
    }

    private int correlate(String instance, CaseEvent event, Map<String, Object> known) {
        return runtime.createMessageCorrelation(event.message())
                .processInstanceId(instance)
                .setVariables(known)
                .correlateAllWithResult()
                .size();
    }

    private void begin(CaseEvent event, String caseNumber, DelegateExecution report) {
        Map<String, Object> known = new HashMap<>();
        known.put("caseNumber", caseNumber);
        known.put(NOTE, report.getVariable(NOTE));
        known.put(FROM, report.getVariable(FROM));
        if (report.getVariable(JOIN_NOTE) != null) {
            known.put(JOIN_NOTE, report.getVariable(JOIN_NOTE));
            known.putAll(EmergencyWorkflow.alsoToWeigh(report.getVariable(JOIN_NOTE)));
        }
        runtime.createMessageCorrelation(event.message())
                .processInstanceBusinessKey(caseNumber)
                .setVariables(known)
                .correlateStartMessage();
    }

    /** Until the transaction ends. */
    void takeTurns(String caseNumber) {
        jdbc.sql("select case_number from case_file where case_number = ? for update")
                .param(caseNumber)
                .query(String.class)
                .optional();
    }

    private static CaseEvent named(@Nullable String kind) {
        return CaseEvent.named(Objects.requireNonNull(kind, KIND))
                .orElseThrow(() -> new IllegalArgumentException("Nothing of the kind " + kind + " can be reported"));
    }
}
