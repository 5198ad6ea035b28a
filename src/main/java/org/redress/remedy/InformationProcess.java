package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.redress.vault.Vault;
import org.springframework.stereotype.Component;

/** What {@code bpmn/remedy/weigh-information} asks in its expressions, as {@code ${informing. …}} (remedy.md E22). */
@Component("informing")
public class InformationProcess {

    private static final Set<String> SCREENED_FIRST = Set.of("RECEIVED", "ACKNOWLEDGED", "SCREENING", "REOPENED");

    private static final String NEW_INFORMATION = "newInformation";

    /** References alone, in the order in which they were taken in, so that it may lie where anybody could look. */
    private static final String TAKEN_IN = "newsTakenIn";

    private final EngineCases cases;
    private final RuntimeService runtime;
    private final Parties parties;
    private final CaseEventsWorkflow events;
    private final Lists lists;
    private final Vault vault;

    InformationProcess(
            EngineCases cases,
            RuntimeService runtime,
            Parties parties,
            CaseEventsWorkflow events,
            Lists lists,
            Vault vault) {
        this.events = events;
        this.lists = lists;
        this.vault = vault;
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

    /**
     * Shows it to whoever assesses the case now, where their tasks have begun without it, after all that was told before it and
     * is in no level yet (remedy.md E22: nothing that is told is lost). What comes in a later step of the assessment begins with
     * all of it, too. Told again, it is kept once.
     */
    public void passOn(DelegateExecution execution) {
        Object learned = execution.getVariable(NEW_INFORMATION);
        if (learned == null) {
            return;
        }
        String caseNumber = PlanProcess.caseNumber(execution);
        events.takeTurns(caseNumber);
        List<ProcessInstance> steps = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKeyIn("verify-allegation", "determine-response", "smelter-duty")
                .list();
        String theCase = cases.instanceOf(caseNumber);
        List<String> taken = new ArrayList<>(lists.strings(runtime.getVariable(theCase, TAKEN_IN)));
        // What a step knew from its beginning: why the case was opened again, or news that a model of before passed on.
        steps.forEach(step -> takeIn(taken, runtime.getVariable(step.getId(), NEW_INFORMATION), caseNumber));
        takeIn(taken, learned, caseNumber);
        Object all = taken.isEmpty() ? learned : inOrder(taken, caseNumber);
        runtime.setVariable(theCase, TAKEN_IN, Lists.json(taken));
        runtime.setVariable(theCase, NEW_INFORMATION, all);
        steps.forEach(step -> runtime.setVariable(step.getId(), NEW_INFORMATION, all));
    }

    /** Once, and not what all of them together were shown as. */
    private void takeIn(List<String> taken, @Nullable Object news, String caseNumber) {
        if (news instanceof String reference
                && Reference.is(reference)
                && !taken.contains(reference)
                && !opened(reference, caseNumber).equals(inOrder(taken, caseNumber))) {
            taken.add(reference);
        }
    }

    /** One as it was told; of several each with its number, in one paragraph, as the forms quote it. */
    private String inOrder(List<String> taken, String caseNumber) {
        List<String> told = taken.stream()
                .map(reference -> opened(reference, caseNumber))
                .filter(text -> !text.isBlank())
                .toList();
        return told.size() == 1
                ? told.get(0)
                : IntStream.range(0, told.size())
                        .mapToObj(number -> "(" + (number + 1) + ") " + told.get(number))
                        .collect(Collectors.joining("\n"));
    }

    private String opened(String reference, String caseNumber) {
        return vault.open(reference, caseNumber, "news-passed-on").orElse("");
    }

    /** Whether the level is decided and the case goes on; else the information belongs to the assessment or to a reopening. */
    public boolean levelDecided(VariableScope execution) {
        return WideningStage.levelDecided(Objects.toString(execution.getVariable("caseState"), "RECEIVED"))
                && execution.hasVariable("responses")
                && execution.hasVariable("links");
    }
}
