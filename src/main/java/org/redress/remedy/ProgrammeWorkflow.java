package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What we ask of {@code level2-programme}: to begin, and to tell how the programmes of a case are, by query over history. */
@Component
final class ProgrammeWorkflow {

    static final String PROCESS = "level2-programme";
    static final String PROGRAMME_APPROVED = "programme-approved";
    static final String PROGRAMME_REF = "programmeRef";

    private static final String[] NAMES = {
        PROGRAMME_REF,
        "programmeOutcome",
        "l2Unit",
        "l2Baseline",
        "l2Target",
        "l2Actual",
        "l2Verified",
        "l2AimsReached",
        "l2OnTime",
        "l2Spent",
        "budgetLevel2",
        "l2Statement",
        "l2ProgressReports",
        "l2SiteVisits"
    };

    private final RuntimeService runtime;
    private final HistoryService history;

    ProgrammeWorkflow(RuntimeService runtime, HistoryService history) {
        this.runtime = runtime;
        this.history = history;
    }

    /**
     * Begins a programme. Twice with the same {@code programmeRef} is as good as once.
     *
     * @param variables with {@code programmeRef} and what the plan says of its outcome (remedy.md C.5)
     */
    void begin(String caseNumber, Map<String, Object> variables) {
        Object programmeRef = variables.get(PROGRAMME_REF);
        boolean known = programmeRef != null
                && history.createHistoricProcessInstanceQuery()
                                .processDefinitionKey(PROCESS)
                                .processInstanceBusinessKey(caseNumber)
                                .variableValueEquals(PROGRAMME_REF, programmeRef)
                                .count()
                        > 0;
        if (!known) {
            runtime.createMessageCorrelation(PROGRAMME_APPROVED)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariables(variables)
                    .correlateStartMessage();
        }
    }

    /** The programmes of the case, in the order in which they began. */
    List<ProgrammeFacts> programmes(String caseNumber) {
        return history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .orderByProcessInstanceStartTime()
                .asc()
                .list()
                .stream()
                .map(this::programme)
                .toList();
    }

    private ProgrammeFacts programme(HistoricProcessInstance instance) {
        Map<String, Object> values = new HashMap<>();
        history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance.getId())
                .variableNameIn(NAMES)
                .list()
                .stream()
                .filter(variable -> variable.getValue() != null)
                .forEach(variable -> values.put(variable.getName(), variable.getValue()));
        return new ProgrammeFacts(
                Objects.toString(values.get(PROGRAMME_REF), ""),
                instance.getEndTime() != null,
                Objects.toString(values.get("programmeOutcome"), "RUNNING"),
                Objects.toString(values.get("l2Unit"), ""),
                number(values.get("l2Baseline")),
                number(values.get("l2Target")),
                number(values.get("l2Actual")),
                Boolean.TRUE.equals(values.get("l2Verified")),
                text(values.get("l2AimsReached")),
                text(values.get("l2OnTime")),
                number(values.get("l2Spent")),
                number(values.get("budgetLevel2")),
                Boolean.TRUE.equals(values.get("l2Statement")),
                count(values.get("l2ProgressReports")),
                count(values.get("l2SiteVisits")));
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static int count(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
