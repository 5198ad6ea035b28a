package org.redress.remedy;

import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.redress.engine.EngineCases;
import org.springframework.stereotype.Component;

/** What {@code bpmn/remedy/weigh-information} asks in its expressions, as {@code ${informing. …}} (remedy.md E22). */
@Component("informing")
public class InformationProcess {

    private static final Set<String> SCREENED_FIRST = Set.of("RECEIVED", "ACKNOWLEDGED", "SCREENING", "REOPENED");

    private final EngineCases cases;

    InformationProcess(EngineCases cases) {
        this.cases = cases;
    }

    /** What a case may not know yet, and what every new piece of information begins without. */
    public void begin(DelegateExecution execution) {
        cases.expect(execution, "newInformation", "level1", "level2", "affected", "occurrences90d", "raiseObjection");
        execution.setVariable("raiseObjection", null);
    }

    /** Whether the audit programme has the case already; until then whoever screens it reads what is new. */
    public boolean withAuditProgramme(VariableScope execution) {
        return !SCREENED_FIRST.contains(Objects.toString(execution.getVariable("caseState"), "RECEIVED"));
    }

    /** Whether the level is decided and the case goes on; else the information belongs to the assessment or to a reopening. */
    public boolean levelDecided(VariableScope execution) {
        return WideningStage.levelDecided(Objects.toString(execution.getVariable("caseState"), "RECEIVED"))
                && execution.hasVariable("responses")
                && execution.hasVariable("links");
    }
}
