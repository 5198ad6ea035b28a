package org.redress.remedy;

import java.time.Clock;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/** What is asked of {@code keep-records}: to begin; and of the case, whether anything of it still runs. */
@Component
final class RecordsWorkflow {

    private static final String PROCESS = "keep-records";
    private static final String OUTCOME_STANDS = "outcome-stands";

    private final RuntimeService runtime;
    private final HistoryService history;
    private final VictimCases people;
    private final SystemWork system;
    private final Clock clock;

    RecordsWorkflow(
            RuntimeService runtime, HistoryService history, VictimCases people, SystemWork system, Clock clock) {
        this.runtime = runtime;
        this.history = history;
        this.people = people;
        this.system = system;
        this.clock = clock;
    }

    /**
     * Begins to count how long the records of a case are kept. Twice is as good as once.
     *
     * @param closedAt when the case was closed; null for now
     * @param childrenSaid whether whoever reported said that children are involved
     */
    void begin(String caseNumber, @Nullable Date closedAt, boolean childrenSaid) {
        boolean begun = history.createHistoricProcessInstanceQuery()
                        .processDefinitionKey(PROCESS)
                        .processInstanceBusinessKey(caseNumber)
                        .count()
                > 0;
        if (!begun) {
            boolean children = childrenSaid || people.of(caseNumber).stream().anyMatch(VictimFacts::child);
            runtime.createMessageCorrelation(OUTCOME_STANDS)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariables(Map.of(
                            "caseNumber",
                            caseNumber,
                            "closedAt",
                            closedAt == null ? Date.from(clock.instant()) : closedAt,
                            "childrenInCase",
                            children))
                    .correlateStartMessage();
        }
    }

    /** Whether somebody of the case is still helped, brought to safety or protected, or the case itself still runs. */
    boolean isStillHelped(String caseNumber) {
        return system.call(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .processDefinitionKeyIn(
                                "remedy-case",
                                VictimWorkflow.PROCESS,
                                RepaymentWorkflow.PROCESS,
                                "level2-programme",
                                "report-to-case",
                                "emergency-protection",
                                "recovery-and-reflection",
                                "answer-retaliation")
                        .count())
                > 0;
    }

    /** Whether the case of this person runs, or money is owed to them. */
    boolean isStillHelped(String caseNumber, String victimRef) {
        return system.call(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .processDefinitionKeyIn(VictimWorkflow.PROCESS, RepaymentWorkflow.PROCESS)
                        .variableValueEquals("victimRef", victimRef)
                        .count())
                > 0;
    }
}
