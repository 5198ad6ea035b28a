package org.redress.remedy;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * What is asked of {@code repay-fees} (remedy.md A.7 D23, C.3 FINANCIAL): to begin for a person, and to tell what is still
 * owed in a case; and what it asks itself, as {@code ${repayments. …}}.
 */
@Component("repayments")
public final class RepaymentWorkflow {

    static final String PROCESS = "repay-fees";

    private static final String MONEY_OWED = "money-owed";
    private static final String VICTIM_REF = "victimRef";
    /** Sealed; {@code moneyOwed} in tasks of earlier models. */
    private static final String OWED = "owedKind";

    private static final String OWED_BEFORE = "moneyOwed";
    private static final String FEES = "feesToRepay";
    private static final String WAGES = "wagesOwed";
    private static final String FIXED = "amountFixed";
    private static final String FIXED_AT = "amountFixedAt";
    private static final String CLOCK = "repaymentClock";
    private static final String COUNTED_FROM = "repaymentCountedFrom";
    private static final String STATE = "repaymentState";
    private static final String CARRIER = "repaymentCarrier";

    private static final Set<String> SOMETHING = Set.of("FEES", "WAGES", "BOTH");

    private final RuntimeService runtime;
    private final HistoryService history;
    private final EngineCases cases;
    private final Deadlines deadlines;
    private final SystemWork system;
    private final SealedChoices choices;

    RepaymentWorkflow(
            RuntimeService runtime,
            HistoryService history,
            EngineCases cases,
            Deadlines deadlines,
            SystemWork system,
            SealedChoices choices) {
        this.runtime = runtime;
        this.history = history;
        this.cases = cases;
        this.deadlines = deadlines;
        this.system = system;
        this.choices = choices;
    }

    /** Begins where money is owed to the person of this task. Once: what they are owed and is still open is not asked twice. */
    public void begin(DelegateTask task) {
        String caseNumber = (String) task.getVariable("caseNumber");
        Object victimRef = task.getVariable(VICTIM_REF);
        String before = (String) task.getVariable(OWED_BEFORE);
        Object owed = task.getVariable(OWED) == null ? before : task.getVariable(OWED);
        if (!isOwed(before, owed, caseNumber)) {
            return;
        }
        bothAmounts(task);
        if (isOpen(caseNumber, victimRef)) {
            return;
        }
        Map<String, @Nullable Object> known = new HashMap<>();
        for (String name : List.of(
                VICTIM_REF, "preferredName", "coordinator", FIXED, FEES, WAGES, "owedCurrency", "urgency", "mode")) {
            known.put(name, task.getVariable(name));
        }
        known.put(OWED, owed);
        known.put(FIXED_AT, "NO".equals(task.getVariable(FIXED)) ? null : deadlines.now());
        known.put(CLOCK, "D23");
        known.put(COUNTED_FROM, null);
        cases.begin(MONEY_OWED, caseNumber, known);
    }

    /** That one of the two is there and not the other would tell what is owed; forms of earlier models asked for the one alone. */
    private static void bothAmounts(DelegateTask task) {
        if ("YES".equals(task.getVariable(FIXED))) {
            for (String amount : List.of(FEES, WAGES)) {
                if (task.getVariable(amount) == null) {
                    task.setVariable(amount, 0);
                }
            }
        }
    }

    private boolean isOwed(@Nullable String before, @Nullable Object owed, String caseNumber) {
        return (before != null && SOMETHING.contains(before) && before.equals(owed))
                || choices.isOneOf(SOMETHING, owed, caseNumber, "whether something is repaid to the person");
    }

    /** Once the ninety days are over, what is not repaid is looked at again and again until it is. */
    public void look(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        Date ninetyDays = deadlines.dueFrom(execution, "D23", execution.getVariable(FIXED_AT));
        if ("NOT_YET".equals(task.getVariable(STATE)) && deadlines.now().after(ninetyDays)) {
            execution.setVariable(CLOCK, "repayment-again");
            execution.setVariable(COUNTED_FROM, deadlines.now());
        }
    }

    /** What became of it in this case, from the record: it may be over before the case and the other way round. */
    Repayments of(String caseNumber) {
        return of(caseNumber, claim -> true);
    }

    /** The same for those alone who agreed to be in reports (C.2). */
    Repayments of(String caseNumber, VictimCounts reportable) {
        Set<String> refs =
                reportable.people().stream().map(VictimFacts::victimRef).collect(Collectors.toSet());
        return of(caseNumber, claim -> refs.contains(String.valueOf(value(claim, VICTIM_REF))));
    }

    private Repayments of(String caseNumber, Predicate<HistoricProcessInstance> which) {
        return system.call(() -> history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .list()
                .stream()
                .filter(which)
                .map(this::of)
                .reduce(Repayments.NONE, Repayments::and));
    }

    private Repayments of(HistoricProcessInstance claim) {
        String state = value(claim, STATE);
        if (claim.getEndTime() == null) {
            String carrier = value(claim, CARRIER);
            return Repayments.open(carrier != null && !carrier.equals("NOBODY"));
        }
        if ("REPAID".equals(state)) {
            return Repayments.REPAID;
        }
        return "NOT_OBTAINABLE".equals(state) ? Repayments.NOT_OBTAINABLE : Repayments.DECLINED;
    }

    private @Nullable String value(HistoricProcessInstance claim, String variable) {
        return history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(claim.getId())
                .variableName(variable)
                .list()
                .stream()
                .map(HistoricVariableInstance::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse(null);
    }

    private boolean isOpen(String caseNumber, Object victimRef) {
        return system.call(() -> runtime.createProcessInstanceQuery()
                        .processDefinitionKey(PROCESS)
                        .processInstanceBusinessKey(caseNumber)
                        .variableValueEquals(VICTIM_REF, victimRef)
                        .count())
                > 0;
    }
}
