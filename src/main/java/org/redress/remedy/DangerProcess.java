package org.redress.remedy;

import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * Whether somebody in a case is in danger just now, as models ask it by {@code ${openDanger.isOpen(execution)}}: a rescue
 * runs, a report of danger waits, or the latest contact with somebody left a danger that is not dealt with (remedy.md A.5,
 * E04). A report on the monitoring that tells of danger counts, too, where its model called nobody.
 */
@Component("openDanger")
public class DangerProcess {

    private static final String CASE_NUMBER = "caseNumber";
    private static final String REPORTED = "safetyRiskOpen";

    /** NO with each report, YES when protection was called for it; unknown to earlier models, which called later. */
    private static final String CALLED = "protectionCalled";

    private static final String YES = "YES";

    private final EmergencyWorkflow emergencies;
    private final Monitoring monitoring;
    private final SystemWork asTheSystem;

    DangerProcess(EmergencyWorkflow emergencies, Monitoring monitoring, SystemWork asTheSystem) {
        this.emergencies = emergencies;
        this.monitoring = monitoring;
        this.asTheSystem = asTheSystem;
    }

    /** Whether somebody is in danger by what is known in this moment. */
    public boolean isOpen(VariableScope execution) {
        return isOpen(
                PlanProcess.caseNumber(execution), execution.getVariable(REPORTED), execution.getVariable(CALLED));
    }

    /** The same by what a form knows of its task; false for a form that knows no case. */
    boolean isOpen(Map<String, @Nullable Object> known) {
        Object caseNumber = known.get(CASE_NUMBER);
        return caseNumber != null && isOpen(caseNumber.toString(), known.get(REPORTED), known.get(CALLED));
    }

    private boolean isOpen(String caseNumber, @Nullable Object reported, @Nullable Object called) {
        boolean nobodyCalled = YES.equals(Objects.toString(reported, "")) && !YES.equals(Objects.toString(called, ""));
        return nobodyCalled
                || asTheSystem.call(
                        () -> emergencies.isDangerOpen(caseNumber) || monitoring.openSafetyRisk(caseNumber));
    }
}
