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
import org.redress.engine.InvalidInput;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/withdraw-complaint} and {@code examine-bad-faith} ask in their expressions, as {@code
 * ${withdrawal. …}} (remedy.md A.0, E24); and how they end step 1.
 */
@Component("withdrawal")
public class WithdrawalProcess {

    private static final String STEP_1 = "verify-allegation";
    private static final String TRIAGE = "task_safetyTriage";

    private final RuntimeService runtime;
    private final EngineCases cases;
    private final InformingWorkflow informing;
    private final EmergencyWorkflow emergencies;
    private final Retaliations retaliations;
    private final VictimCases people;

    WithdrawalProcess(
            RuntimeService runtime,
            EngineCases cases,
            InformingWorkflow informing,
            EmergencyWorkflow emergencies,
            Retaliations retaliations,
            VictimCases people) {
        this.runtime = runtime;
        this.cases = cases;
        this.informing = informing;
        this.emergencies = emergencies;
        this.retaliations = retaliations;
        this.people = people;
    }

    /** What a withdrawal begins without, whatever an earlier one left. */
    public void begin(DelegateExecution execution) {
        cases.expect(execution, "urgency", "mode", "eventNote");
        List.of("pressedFor", "pressureNote", "contactWanted", "hearingReason")
                .forEach(name -> execution.setVariable(name, null));
    }

    /** Whether the case has to go on without whoever complained. */
    public boolean harmPlausible(VariableScope execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        return new PlausibleHarm(
                        !"NO".equals(execution.getVariable("harmPlausible")),
                        !"NO".equals(execution.getVariable("pressedFor")),
                        harmReported(caseNumber),
                        known(execution, caseNumber))
                .is();
    }

    /**
     * Whether the case has to go on although its report was false and known to be false (E24): as after a withdrawal, but that
     * it was found credible before does not count any more.
     */
    public boolean harmAllTheSame(VariableScope execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        Map<String, @Nullable Object> known = known(execution, caseNumber);
        known.put("caseState", "SCREENING");
        known.remove("credibilityOutcome");
        return new PlausibleHarm(
                        !"NO".equals(execution.getVariable("harmAllTheSame")), false, harmReported(caseNumber), known)
                .is();
    }

    /** Whether anybody told of harm beside what was complained of, or somebody who was harmed is registered. */
    private boolean harmReported(String caseNumber) {
        return emergencies.isOpen(caseNumber)
                || emergencies.anybodyRescued(caseNumber)
                || retaliations.isOpen(caseNumber)
                || morePeopleFound(caseNumber)
                || !people.of(caseNumber).isEmpty();
    }

    private boolean morePeopleFound(String caseNumber) {
        return isInStep1(caseNumber)
                && runtime.getVariable(cases.instanceOf(caseNumber), WideningProcess.MORE_FOUND) instanceof Number found
                && found.intValue() > 0;
    }

    private Map<String, @Nullable Object> known(VariableScope execution, String caseNumber) {
        Map<String, @Nullable Object> known = new HashMap<>(execution.getVariables());
        step1(caseNumber).ifPresent(instance -> known.putAll(runtime.getVariables(instance)));
        return known;
    }

    /** Whether the allegation of this case is still being verified. */
    public boolean inStep1(VariableScope execution) {
        return isInStep1(PlanProcess.caseNumber(execution));
    }

    /** Whether it is being examined, beside this process, whether the report of this case was made in bad faith (E24). */
    boolean isExamined(String caseNumber, String besides) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKey("examine-bad-faith")
                .list()
                .stream()
                .anyMatch(other -> !other.getId().equals(besides));
    }

    boolean isInStep1(String caseNumber) {
        return step1(caseNumber).isPresent();
    }

    /**
     * Ends whatever of step 1 is open.
     *
     * @throws InvalidInput while nobody has looked whether people are safe (D02): the triage ends with nothing but its answer
     */
    void endStep1(String caseNumber, String as) {
        step1(caseNumber).ifPresent(instance -> {
            if (runtime.getActiveActivityIds(instance).contains(TRIAGE)) {
                throw new InvalidInput("Nobody has triaged the safety of people in " + caseNumber
                        + " yet: the case goes on until that is done");
            }
            runtime.setVariable(instance, "endStep1As", as);
        });
    }

    /** Whether nobody has looked yet whether people are safe (D02). */
    boolean awaitsTriage(String caseNumber) {
        return step1(caseNumber)
                .filter(instance -> runtime.getActiveActivityIds(instance).contains(TRIAGE))
                .isPresent();
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
