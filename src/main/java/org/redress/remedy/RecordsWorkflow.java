package org.redress.remedy;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.SystemWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is asked of {@code keep-records}: to begin; and of the case, whether anything of it still runs. Applications, years of
 * reporting and concerns are kept as long as remedy cases (D25 by analogy, PROPOSED).
 */
@Component
final class RecordsWorkflow {

    private static final String PROCESS = "keep-records";
    private static final String OUTCOME_STANDS = "outcome-stands";

    private final RuntimeService runtime;
    private final HistoryService history;
    private final VictimCases people;
    private final SystemWork system;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RecordsWorkflow(
            RuntimeService runtime,
            HistoryService history,
            VictimCases people,
            SystemWork system,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.runtime = runtime;
        this.history = history;
        this.people = people;
        this.system = system;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
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

    /**
     * The cases that are over and whose records nobody counts, by number: applications and concerns, and remedy cases that
     * ended before their outcome stood or by a model of before the clock.
     *
     * @param most how many at a time
     */
    List<String> overWithoutClock(int most) {
        return jdbc.sql("select f.case_number from case_file f join ACT_HI_PROCINST p on p.ID_ = f.process_instance_id"
                        + " where p.END_TIME_ is not null and not exists (select 1 from ACT_HI_PROCINST k"
                        + " where k.BUSINESS_KEY_ = f.case_number and k.PROC_DEF_KEY_ = ?)"
                        + " order by f.received_at, f.case_number fetch first " + most + " rows only")
                .param(PROCESS)
                .query(String.class)
                .list();
    }

    /**
     * Begins the clock of a case that is over and has none, as of the day on which it ended. Any number of nodes may do so at
     * the same moment: it begins once.
     */
    void beginWhereOver(String caseNumber) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select case_number from case_file where case_number = ? for update")
                    .param(caseNumber)
                    .query(String.class)
                    .optional()
                    .ifPresent(mine -> system.run(() -> last(caseNumber)
                            .filter(run -> run.getEndTime() != null)
                            .ifPresent(run -> begin(caseNumber, run.getEndTime(), childrenSaid(run.getId())))));
        });
    }

    private Optional<HistoricProcessInstance> last(String caseNumber) {
        return jdbc.sql("select process_instance_id from case_file where case_number = ?")
                .param(caseNumber)
                .query(String.class)
                .optional()
                .map(id -> history.createHistoricProcessInstanceQuery()
                        .processInstanceId(id)
                        .singleResult());
    }

    private boolean childrenSaid(String instance) {
        return history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableNameIn("childrenInvolved", "childrenAffected")
                .list()
                .stream()
                .map(HistoricVariableInstance::getValue)
                .anyMatch(value ->
                        Boolean.TRUE.equals(value) || (value instanceof Number children && children.intValue() > 0));
    }

    /** Whether somebody of the case is still helped, brought to safety or protected, or the case itself still runs. */
    boolean isStillHelped(String caseNumber) {
        return system.call(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .processDefinitionKeyIn(
                                "remedy-case",
                                "membership-admission",
                                "member-standing",
                                "complaint-review",
                                VictimWorkflow.PROCESS,
                                RepaymentWorkflow.PROCESS,
                                "level2-programme",
                                "flash-report",
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
