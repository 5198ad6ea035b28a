package org.redress.remedy;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/**
 * What is asked of {@code emergency-protection} (remedy.md E04, E05, B.7): whether one runs, and who stands in for whom in it.
 */
@Component("emergencies")
public final class EmergencyWorkflow {

    private static final String PROCESS = "emergency-protection";
    private static final String REPORTS = "report-to-case";
    private static final String STATE = "emergencyState";
    private static final String OPEN = "OPEN";
    private static final String PROTECTION = "protection";
    private static final String OTHERS = "othersInDanger";

    /** What was reported beside the first report; confidential as that is. */
    private static final String JOINED = "joinedReport";

    private final RuntimeService runtime;
    private final Parties parties;
    private final Lists lists;
    private final HistoryService history;

    EmergencyWorkflow(RuntimeService runtime, HistoryService history, Parties parties, Lists lists) {
        this.runtime = runtime;
        this.history = history;
        this.parties = parties;
        this.lists = lists;
    }

    /** Whether an organisation is party to the case of this execution in that role by now. */
    public boolean has(VariableScope execution, String role) {
        return !parties.organisations((String) execution.getVariable("caseNumber"), role)
                .isEmpty();
    }

    /**
     * Who signs: the roles that the table names, each once. Protection stands in for a party that is not engaged yet.
     *
     * @param roles the list {@code signOff} of {@code reporting-channel}
     */
    public SpinJsonNode signers(VariableScope execution, @Nullable Object roles) {
        Set<String> signers = new LinkedHashSet<>();
        for (String role : lists.strings(roles)) {
            signers.add(Roles.OF_PARTIES.contains(role) && !has(execution, role) ? PROTECTION : role);
        }
        return Lists.json(signers);
    }

    /** The rescue that runs in this case, by the id of its instance; empty when none does. */
    Optional<String> running(String caseNumber) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .variableValueEquals(STATE, OPEN)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .findFirst();
    }

    /**
     * The rescue is over, however it ended: whoever waits for it in the case goes on. Others who were reported meanwhile, in a
     * rescue whose model does not look for them at its end, get one of their own.
     */
    public void over(DelegateExecution execution) {
        execution.setVariable(STATE, "OVER");
        if ("YES".equals(execution.getVariable(OTHERS))) {
            begin(execution);
        }
        runtime.createMessageCorrelation("people-safe")
                .processInstanceBusinessKey((String) execution.getVariable("caseNumber"))
                .correlateAll();
    }

    private void begin(DelegateExecution execution) {
        String caseNumber = (String) execution.getVariable("caseNumber");
        Map<String, Object> known = new HashMap<>();
        known.put("caseNumber", caseNumber);
        known.put(CaseEventsWorkflow.NOTE, execution.getVariable(CaseEventsWorkflow.NOTE));
        known.put(CaseEventsWorkflow.JOIN_NOTE, execution.getVariable(CaseEventsWorkflow.JOIN_NOTE));
        known.put(CaseEventsWorkflow.FROM, execution.getVariable(CaseEventsWorkflow.FROM));
        runtime.createMessageCorrelation(CaseEvent.SOMEBODY_IN_DANGER.message())
                .processInstanceBusinessKey(caseNumber)
                .setVariables(known)
                .correlateStartMessage();
    }

    /** Before it ends, somebody looks at the danger once more, and reads there what was reported beside the first report. */
    void goesOn(String rescue, DelegateExecution report) {
        Map<String, Object> joined = new HashMap<>();
        joined.put(OTHERS, "YES");
        joined.put(JOINED + "Before", runtime.getVariable(rescue, JOINED));
        joined.put(JOINED, report.getVariable(CaseEventsWorkflow.NOTE));
        joined.put(CaseEventsWorkflow.JOIN_NOTE + "Before", runtime.getVariable(rescue, CaseEventsWorkflow.JOIN_NOTE));
        joined.put(CaseEventsWorkflow.JOIN_NOTE, report.getVariable(CaseEventsWorkflow.JOIN_NOTE));
        runtime.setVariables(rescue, joined);
    }

    /**
     * Whether anything of an emergency is open: a rescue, the duty to report, or a report that nobody has taken in (A.5: the
     * case is not closed meanwhile).
     */
    boolean isOpen(String caseNumber) {
        return instances(PROCESS, caseNumber) + instances(REPORTS, caseNumber) > 0;
    }

    /** Whether a rescue in this case has found somebody who was in danger. */
    boolean anybodyRescued(String caseNumber) {
        return history.createHistoricProcessInstanceQuery()
                        .processDefinitionKey("recovery-and-reflection")
                        .processInstanceBusinessKey(caseNumber)
                        .count()
                > 0;
    }

    private long instances(String process, String caseNumber) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(process)
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    /** Begins the time in which nobody is pressed to cooperate (D24). */
    void beginRecovery(String caseNumber) {
        runtime.createMessageCorrelation("recovery-begun")
                .processInstanceBusinessKey(caseNumber)
                .setVariables(Map.of("caseNumber", caseNumber))
                .correlateStartMessage();
    }
}
