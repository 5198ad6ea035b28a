package org.redress.remedy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.stereotype.Component;

/** What {@code bpmn/remedy/weigh-information} asks in its expressions, as {@code ${informing. …}} (remedy.md E22). */
@Component("informing")
public class InformationProcess {

    private static final Set<String> SCREENED_FIRST = Set.of("RECEIVED", "ACKNOWLEDGED", "SCREENING", "REOPENED");

    private static final String NEW_INFORMATION = "newInformation";

    private final EngineCases cases;
    private final RuntimeService runtime;
    private final Parties parties;

    InformationProcess(EngineCases cases, RuntimeService runtime, Parties parties) {
        this.parties = parties;
        this.cases = cases;
        this.runtime = runtime;
    }

    /** What a case may not know yet, and what every new piece of information begins without. */
    public void begin(DelegateExecution execution) {
        cases.expect(execution, NEW_INFORMATION, "level1", "level2", "affected", "occurrences90d", "raiseObjection");
        execution.setVariable("raisedChanges", null);
        execution.setVariable("raiseObjection", null);
    }

    /** The smelters whose duty is known, as choices: of their trade, too, something new may be learned (B.2). */
    public SpinJsonNode linkChoices(VariableScope execution) {
        return Lists.json(PlanProcess.entries(execution.getVariable("responses")).entrySet().stream()
                .map(duty -> Map.of(
                        "value",
                        duty.getKey(),
                        "label",
                        Objects.toString(duty.getValue().get("name"), duty.getKey())))
                .toList());
    }

    /** The registered smelters whose link to this case is not known, as choices: one of them may be linked by the news. */
    public SpinJsonNode newSmelterChoices(VariableScope execution) {
        Set<String> known =
                PlanProcess.entries(execution.getVariable("responses")).keySet();
        return Lists.json(PlanProcess.rows(parties.choices("smelter")).stream()
                .filter(choice -> !known.contains(String.valueOf(choice.get("value"))))
                .toList());
    }

    /** Whether the audit programme has the case already; until then whoever screens it reads what is new. */
    public boolean withAuditProgramme(VariableScope execution) {
        return !SCREENED_FIRST.contains(Objects.toString(execution.getVariable("caseState"), "RECEIVED"));
    }

    /** Shows it to whoever assesses the case now, where their tasks have begun without it. */
    public void passOn(DelegateExecution execution) {
        Object learned = execution.getVariable(NEW_INFORMATION);
        if (learned != null) {
            runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(PlanProcess.caseNumber(execution))
                    .processDefinitionKeyIn("verify-allegation", "determine-response", "smelter-duty")
                    .list()
                    .forEach(running -> runtime.setVariable(running.getId(), NEW_INFORMATION, learned));
        }
    }

    /** Whether the level is decided and the case goes on; else the information belongs to the assessment or to a reopening. */
    public boolean levelDecided(VariableScope execution) {
        return WideningStage.levelDecided(Objects.toString(execution.getVariable("caseState"), "RECEIVED"))
                && execution.hasVariable("responses")
                && execution.hasVariable("links");
    }
}
