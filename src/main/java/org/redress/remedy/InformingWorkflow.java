package org.redress.remedy;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.SystemWork;
import org.redress.intake.ComplainantView;
import org.springframework.stereotype.Component;

/**
 * What is asked of {@code keep-informed} (remedy.md A.7 D07, D08): to begin and to end; and what it asks of the case, as
 * {@code ${complainant. …}}.
 */
@Component("complainant")
public final class InformingWorkflow {

    private static final String PROCESS = "keep-informed";
    private static final String ACKNOWLEDGED = "complaint-acknowledged";
    private static final String NO_MORE = "tell-no-more";
    private static final String LAST_TOLD = "informedAt";

    private final RuntimeService runtime;
    private final EngineCases cases;
    private final EmergencyWorkflow emergencies;
    private final Retaliations retaliations;
    private final Deadlines deadlines;
    private final SystemWork system;

    InformingWorkflow(
            RuntimeService runtime,
            EngineCases cases,
            EmergencyWorkflow emergencies,
            Retaliations retaliations,
            Deadlines deadlines,
            SystemWork system) {
        this.runtime = runtime;
        this.cases = cases;
        this.emergencies = emergencies;
        this.retaliations = retaliations;
        this.deadlines = deadlines;
        this.system = system;
    }

    /** From now on the complainant of this case is kept informed. Twice is as good as once. */
    public void begin(DelegateExecution execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        if (runs(caseNumber)) {
            return;
        }
        Map<String, Object> known = new HashMap<>();
        for (String name : new String[] {"contactMode", "contact", "language", "languageName", "receivedAt"}) {
            known.put(name, execution.getVariable(name));
        }
        known.put(LAST_TOLD, deadlines.now());
        known.put("informedSince", deadlines.now());
        cases.begin(ACKNOWLEDGED, caseNumber, known);
    }

    /** The same where a case is opened again (E22), and nothing for one that is new: it is not acknowledged yet. */
    public void again(DelegateExecution execution) {
        if (execution.getVariable("reopenedAs") != null) {
            begin(execution);
        }
    }

    /** The case is closed, which its own letter tells: nothing more is owed here. */
    public void over(DelegateExecution execution) {
        over(PlanProcess.caseNumber(execution));
    }

    /** The complainant of this case is told no more. */
    void over(String caseNumber) {
        cases.tell(caseNumber, NO_MORE, Map.of());
    }

    /** Looks, for form and letter, how far the case is in the six words for those who complained (A.0). */
    public void look(DelegateTask task) {
        String state = cases.stateOf((String) task.getVariable("caseNumber"));
        task.getExecution()
                .setVariable(
                        "howItStands",
                        ComplainantView.of(state)
                                .orElse(ComplainantView.RECEIVED)
                                .name());
    }

    /** Whether the feedback told them meanwhile, so that the next update is not near any more. */
    public boolean toldMeanwhile(DelegateExecution execution) {
        Date due = deadlines.dueFrom(execution, "D07", execution.getVariable(LAST_TOLD));
        return deadlines.now().before(deadlines.before(execution, "update-lead", due));
    }

    /** Not while a rescue runs or somebody suffers for having spoken: then a letter may be read by the wrong eyes (D, E19). */
    public boolean safeToWrite(DelegateExecution execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        return system.call(() -> !emergencies.isOpen(caseNumber)) && !retaliations.isOpen(caseNumber);
    }

    private boolean runs(String caseNumber) {
        return system.call(() -> runtime.createProcessInstanceQuery()
                        .processDefinitionKey(PROCESS)
                        .processInstanceBusinessKey(caseNumber)
                        .count())
                > 0;
    }
}
