package org.redress.remedy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
import org.redress.engine.Reference;
import org.redress.engine.Roles;
import org.redress.vault.Vault;
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

    /** Whatever was reported and is not weighed yet, in order, for whoever assesses the danger; confidential. */
    private static final String TO_WEIGH = "reportsToWeigh";
    /** The same as references: what is shown in the assessment that is open. */
    private static final String SHOWN = "reportsShown";
    /** What was taken in since that assessment began: shown in it, and in the next one again. */
    private static final String MEANWHILE = "reportsMeanwhile";

    private static final String NONE = "-";

    private final RuntimeService runtime;
    private final Parties parties;
    private final Lists lists;
    private final HistoryService history;
    private final Vault vault;

    EmergencyWorkflow(RuntimeService runtime, HistoryService history, Parties parties, Lists lists, Vault vault) {
        this.vault = vault;
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
        known.put(
                MEANWHILE,
                Lists.json(List.of(
                        entry(execution.getVariable(JOINED), execution.getVariable(CaseEventsWorkflow.JOIN_NOTE)))));
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
        String entry =
                entry(report.getVariable(CaseEventsWorkflow.NOTE), report.getVariable(CaseEventsWorkflow.JOIN_NOTE));
        List<String> shown = with(runtime.getVariable(rescue, SHOWN), entry);
        joined.put(SHOWN, Lists.json(shown));
        joined.put(MEANWHILE, Lists.json(with(runtime.getVariable(rescue, MEANWHILE), entry)));
        joined.put(TO_WEIGH, text((String) report.getVariable("caseNumber"), shown));
        runtime.setVariables(rescue, joined);
    }

    /**
     * An assessment of the danger begins (remedy.md E04): it shows, in the order in which they were taken in, all reports that
     * no assessment has had before it from its beginning. What comes while it is open is shown in it and in the next one, since
     * nobody knows whether it was read.
     */
    public void weigh(DelegateExecution execution) {
        List<String> reports = lists.strings(execution.getVariable(MEANWHILE));
        execution.setVariable(SHOWN, Lists.json(reports));
        execution.setVariable(MEANWHILE, Lists.json(List.of()));
        execution.setVariable(TO_WEIGH, text((String) execution.getVariable("caseNumber"), reports));
    }

    /** What a rescue that begins with a report that was taken in has to weigh beside it: what was found new in it. */
    static Map<String, Object> alsoToWeigh(Object joinNote) {
        return Map.of(MEANWHILE, Lists.json(List.of(entry(null, joinNote))));
    }

    private List<String> with(@Nullable Object reports, String entry) {
        List<String> all = new ArrayList<>(lists.strings(reports));
        all.add(entry);
        return all;
    }

    /** References alone, so that it may lie where anybody could look: of the report, and of what was found new in it. */
    private static String entry(@Nullable Object report, @Nullable Object joinNote) {
        return reference(report) + " " + reference(joinNote);
    }

    private static String reference(@Nullable Object value) {
        return value instanceof String text && Reference.is(text) ? text : NONE;
    }

    private @Nullable String text(String caseNumber, List<String> reports) {
        List<String> lines = new ArrayList<>();
        for (String report : reports) {
            int gap = report.indexOf(' ');
            String told = opened(caseNumber, report.substring(0, gap));
            String found = opened(caseNumber, report.substring(gap + 1));
            if (!told.isEmpty() || !found.isEmpty()) {
                String both = told + (found.isEmpty() ? "" : " What is new: " + found);
                lines.add((lines.size() + 1) + ". " + both.strip());
            }
        }
        return lines.isEmpty() ? null : String.join("\n\n", lines);
    }

    private String opened(String caseNumber, String reference) {
        return reference.equals(NONE)
                ? ""
                : vault.open(reference, caseNumber, "danger-assessed").orElse("");
    }

    /**
     * Whether anything of an emergency is open: a rescue, the duty to report, or a report that nobody has taken in (A.5: the
     * case is not closed meanwhile).
     */
    boolean isOpen(String caseNumber) {
        return instances(PROCESS, caseNumber) + instances(REPORTS, caseNumber) > 0;
    }

    /** Whether a rescue runs, or a report of danger waits that nobody has taken in. A duty to report alone is no danger. */
    boolean isDangerOpen(String caseNumber) {
        return running(caseNumber).isPresent()
                || runtime.createProcessInstanceQuery()
                                .processDefinitionKey(REPORTS)
                                .processInstanceBusinessKey(caseNumber)
                                .variableValueEquals(CaseEventsWorkflow.KIND, CaseEvent.SOMEBODY_IN_DANGER.name())
                                .count()
                        > 0;
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
