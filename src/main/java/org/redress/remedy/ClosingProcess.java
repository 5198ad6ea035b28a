package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/close-incident} asks in its expressions, as {@code ${closing. …}}: whether anything of the case
 * protects people just now. As long as it does, nobody closes the case, whatever the reason (remedy.md A.5, A.8 E04, E06, E19).
 */
@Component("closing")
public class ClosingProcess {

    private final EmergencyWorkflow emergencies;
    private final Retaliations retaliations;
    private final WideningProcess widening;
    private final SystemWork asTheSystem;

    ClosingProcess(
            EmergencyWorkflow emergencies,
            Retaliations retaliations,
            WideningProcess widening,
            SystemWork asTheSystem) {
        this.emergencies = emergencies;
        this.retaliations = retaliations;
        this.widening = widening;
        this.asTheSystem = asTheSystem;
    }

    /** Whether the case may not be closed just now, although everybody agrees. */
    public boolean isHeldUp(VariableScope execution) {
        return !open(PlanProcess.caseNumber(execution)).isEmpty();
    }

    /** What has to end first, in words for whoever guards the case; empty when nothing does. */
    List<String> open(String caseNumber) {
        return asTheSystem.call(() -> {
            List<String> open = new ArrayList<>();
            if (emergencies.isOpen(caseNumber)) {
                open.add("a rescue, or a report of danger");
            }
            if (retaliations.isOpen(caseNumber)) {
                open.add("retaliation that has not stopped");
            }
            if (widening.isOpen(caseNumber)) {
                open.add("more people, who are being taken in");
            }
            return open;
        });
    }
}
