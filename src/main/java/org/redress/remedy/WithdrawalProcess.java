package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.EngineCases;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/withdraw-complaint} and {@code examine-bad-faith} ask in their expressions, as {@code
 * ${withdrawal. …}} (remedy.md A.0, E24); and how they end step 1.
 */
@Component("withdrawal")
public class WithdrawalProcess {

    private static final String STEP_1 = "verify-allegation";

    private final RuntimeService runtime;
    private final EngineCases cases;
    private final InformingWorkflow informing;

    WithdrawalProcess(RuntimeService runtime, EngineCases cases, InformingWorkflow informing) {
        this.runtime = runtime;
        this.cases = cases;
        this.informing = informing;
    }

    /** What a withdrawal begins without, whatever an earlier one left. */
    public void begin(DelegateExecution execution) {
        cases.expect(execution, "urgency", "mode", "eventNote");
        List.of("pressedFor", "pressureNote", "contactWanted", "hearingReason")
                .forEach(name -> execution.setVariable(name, null));
    }

    /** Whether the case has to go on without whoever complained. */
    public boolean harmPlausible(VariableScope execution) {
        Map<String, @Nullable Object> known = new HashMap<>(execution.getVariables());
        step1(PlanProcess.caseNumber(execution)).ifPresent(instance -> known.putAll(runtime.getVariables(instance)));
        return new PlausibleHarm(
                        !"NO".equals(execution.getVariable("harmPlausible")),
                        !"NO".equals(execution.getVariable("pressedFor")),
                        known)
                .is();
    }

    /** Whether the allegation of this case is still being verified. */
    public boolean inStep1(VariableScope execution) {
        return isInStep1(PlanProcess.caseNumber(execution));
    }

    boolean isInStep1(String caseNumber) {
        return step1(caseNumber).isPresent();
    }

    /** Ends whatever of step 1 is open. */
    void endStep1(String caseNumber, String as) {
        step1(caseNumber).ifPresent(instance -> runtime.setVariable(instance, "endStep1As", as));
    }

    /** Lets everything that runs of the case know how its complainant wants to be reached; they are told no more (D07). */
    void contactNoMore(String caseNumber) {
        informing.over(caseNumber);
        running(caseNumber).forEach(instance -> runtime.setVariable(instance, "contactMode", "NONE"));
    }

    private Optional<String> step1(String caseNumber) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKey(STEP_1)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .findFirst();
    }

    private List<String> running(String caseNumber) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKeyIn("remedy-case", STEP_1, "determine-response", "plan-remedy", "implement-remedy")
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }
}
