package org.redress.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What models ask of a case ({@code ${cases.open(execution, 'R')}}, {@code ${cases.enter(execution, 'SCREENING')}}) and
 * the rest of the house too ({@link Cases}).
 */
@Component("cases")
@EnableConfigurationProperties(CaseDefaults.class)
public class EngineCases implements Cases {

    static final String CASE_NUMBER = "caseNumber";
    static final String RECEIVED_AT = "receivedAt";
    static final String CASE_STATE = "caseState";
    static final String MODE = "mode";

    /** Names the case that a new run belongs to; counts only together with a reopening that waits for it. */
    private static final String REOPENED_CASE = "reopenedCase";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final JdbcClient jdbc;
    private final Parties parties;
    private final CaseDefaults defaults;
    private final Clock clock;
    private final ApplicationEventPublisher news;
    private final CaseReads reads;

    EngineCases(
            @Lazy ProcessEngine engine,
            SystemWork asTheSystem,
            JdbcClient jdbc,
            Parties parties,
            CaseDefaults defaults,
            Clock clock,
            ApplicationEventPublisher news,
            CaseReads reads) {
        this.reads = reads;
        this.engine = engine;
        this.asTheSystem = asTheSystem;
        this.jdbc = jdbc;
        this.parties = parties;
        this.defaults = defaults;
        this.clock = clock;
        this.news = news;
    }

    /**
     * Opens a case: assigns its number as business key, notes when it was received and who is party from the start. A new
     * run of a case that is opened again keeps number, parties and day of receipt (remedy.md E22).
     *
     * @param kind R (remedy), M (membership) or C (complaint)
     */
    public void open(DelegateExecution execution, String kind) {
        if (execution.getVariable(REOPENED_CASE) instanceof String reopened) {
            openAgain(execution, reopened);
            return;
        }
        Instant now = clock.instant();
        String number = nextNumber(kind, now);
        execution.setProcessBusinessKey(number);
        execution.setVariable(CASE_NUMBER, number);
        execution.setVariable(RECEIVED_AT, Date.from(now));
        execution.setVariable(MODE, "NORMAL");
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, ?, ?)")
                .params(number, execution.getProcessInstanceId(), Timestamp.from(now))
                .update();
        news.publishEvent(new CaseOpened(number));
        defaults.partiesOf(kind).forEach((role, organisation) -> parties.add(number, role, organisation));
        enter(execution, "RECEIVED");
    }

    /**
     * Opens a closed case again in a new run, which begins with what the last one knew; that one stays on record. Twice is as
     * good as once.
     *
     * @param message what such a case starts with
     * @throws IllegalArgumentException if there is no such case
     */
    public void reopen(String caseNumber, String message, Map<String, ?> variables) {
        StartedCase closed = find(caseNumber).orElseThrow(() -> new IllegalArgumentException("No case " + caseNumber));
        String former = instanceOf(caseNumber);
        boolean first = jdbc.sql("select count(*) from case_reopening where case_number = ? and former_instance_id = ?")
                        .params(caseNumber, former)
                        .query(Integer.class)
                        .single()
                == 0;
        if (first) {
            jdbc.sql("insert into case_reopening (case_number, former_instance_id, closed_state, decided_at)"
                            + " values (?, ?, ?, ?)")
                    .params(caseNumber, former, closed.state(), Timestamp.from(clock.instant()))
                    .update();
            Map<String, Object> all = new HashMap<>(engineValues(variables));
            all.put(REOPENED_CASE, caseNumber);
            asTheSystem.call(() -> engine.getRuntimeService()
                    .createMessageCorrelation(message)
                    .setVariables(all)
                    .correlateStartMessage());
        }
    }

    /** The process instance that is the case now, the last one where it was opened again. */
    public String instanceOf(String caseNumber) {
        return jdbc.sql("select process_instance_id from case_file where case_number = ?")
                .param(caseNumber)
                .query(String.class)
                .single();
    }

    private void openAgain(DelegateExecution execution, String number) {
        int waiting = jdbc.sql("update case_reopening set process_instance_id = ?"
                        + " where case_number = ? and process_instance_id is null")
                .params(execution.getProcessInstanceId(), number)
                .update();
        if (waiting != 1) {
            throw new IllegalStateException("Nobody has decided to open case " + number + " again");
        }
        jdbc.sql("update case_file set process_instance_id = ? where case_number = ?")
                .params(execution.getProcessInstanceId(), number)
                .update();
        execution.setProcessBusinessKey(number);
        execution.removeVariable(REOPENED_CASE);
        execution.setVariable(CASE_NUMBER, number);
        execution.setVariable(MODE, "NORMAL");
        enter(execution, "REOPENED");
    }

    /** Moves the case to a state of its life (remedy.md A.0): on this instance and on every one that called it. */
    public void enter(DelegateExecution execution, String state) {
        ExecutionEntity instance = ((ExecutionEntity) execution).getProcessInstance();
        while (instance != null) {
            instance.setVariable(CASE_STATE, state);
            ExecutionEntity caller = instance.getSuperExecution();
            instance = caller == null ? null : caller.getProcessInstance();
        }
    }

    /** Sets the named variables to null where they were not given, so that expressions may name them. */
    public void expect(VariableScope scope, String... names) {
        for (String name : names) {
            if (!scope.hasVariable(name)) {
                scope.setVariable(name, null);
            }
        }
    }

    /** Takes the named variables away, as if they had never been set: what is done anew begins without them. */
    public void forget(VariableScope scope, String... names) {
        scope.removeVariables(List.of(names));
    }

    /** The state of the case with this number, such as {@code IMPLEMENTING}; empty text when there is none. */
    public String stateOf(String caseNumber) {
        return find(caseNumber).map(StartedCase::state).orElse("");
    }

    @Override
    public StartedCase start(String message, Map<String, ?> variables) {
        return unlessSuspended(() -> {
            try {
                ProcessInstance started = engine.getRuntimeService()
                        .createMessageCorrelation(message)
                        .setVariables(engineValues(variables))
                        .correlateStartMessage();
                Date receivedAt =
                        (Date) engine.getRuntimeService().getVariable(started.getProcessInstanceId(), RECEIVED_AT);
                String state =
                        (String) engine.getRuntimeService().getVariable(started.getProcessInstanceId(), CASE_STATE);
                return new StartedCase(started.getBusinessKey(), state, receivedAt.toInstant());
            } catch (MismatchingMessageCorrelationException e) {
                throw noStart(message, e);
            }
        });
    }

    @Override
    public void begin(String message, String caseNumber, Map<String, ?> variables) {
        Map<String, Object> all = engineValues(variables);
        all.put(CASE_NUMBER, caseNumber);
        unlessSuspended(() -> {
            try {
                return engine.getRuntimeService()
                        .createMessageCorrelation(message)
                        .processInstanceBusinessKey(caseNumber)
                        .setVariables(all)
                        .correlateStartMessage();
            } catch (MismatchingMessageCorrelationException e) {
                throw noStart(message, e);
            }
        });
    }

    @Override
    public void begin(String message, Map<String, ?> variables) {
        unlessSuspended(() -> {
            try {
                return engine.getRuntimeService()
                        .createMessageCorrelation(message)
                        .setVariables(engineValues(variables))
                        .correlateStartMessage();
            } catch (MismatchingMessageCorrelationException e) {
                throw noStart(message, e);
            }
        });
    }

    @Override
    public Optional<StartedCase> find(String caseNumber) {
        return jdbc.sql("select process_instance_id, received_at from case_file where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> new StartedCase(
                        caseNumber,
                        stateOfInstance(row.getString("process_instance_id")),
                        row.getTimestamp("received_at").toInstant()))
                .optional();
    }

    @Override
    public void shown(String caseNumber, String to) {
        reads.note(caseNumber, to, CaseReads.What.RECEIPT);
    }

    @Override
    public int tell(String caseNumber, String message, Map<String, ?> variables) {
        return unlessSuspended(() -> {
            int told = engine.getRuntimeService()
                    .createMessageCorrelation(message)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariables(engineValues(variables))
                    .correlateAllWithResult()
                    .size();
            // The engine passes over what is suspended, as if it did not wait.
            if (told == 0
                    && engine.getRuntimeService()
                                    .createProcessInstanceQuery()
                                    .processInstanceBusinessKey(caseNumber)
                                    .suspended()
                                    .count()
                            > 0) {
                throw new Suspended();
            }
            return told;
        });
    }

    /** The engine passes over a model that is suspended, as if there were none. */
    private RuntimeException noStart(String message, MismatchingMessageCorrelationException failure) {
        boolean suspended = engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .messageEventSubscriptionName(message)
                        .suspended()
                        .count()
                > 0;
        return suspended
                ? new Suspended(failure)
                : new IllegalArgumentException("No process starts with the message '" + message + "'", failure);
    }

    /** @throws Suspended if the case, or a model that it would run by, is suspended: also somewhere deep inside */
    private <T> T unlessSuspended(Supplier<T> work) {
        try {
            return asTheSystem.call(work);
        } catch (RuntimeException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SuspendedEntityInteractionException) {
                    throw new Suspended(failure);
                }
            }
            throw failure;
        }
    }

    private String stateOfInstance(String processInstanceId) {
        HistoryService history = engine.getHistoryService();
        return asTheSystem.call(() -> {
            List<HistoricVariableInstance> found = history.createHistoricVariableInstanceQuery()
                    .processInstanceId(processInstanceId)
                    .variableName(CASE_STATE)
                    .list();
            return found.isEmpty() ? "RECEIVED" : String.valueOf(found.get(0).getValue());
        });
    }

    private String nextNumber(String kind, Instant now) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        int changed = jdbc.sql(
                        "update case_number_counter set last_number = last_number + 1 where kind = ? and case_year = ?")
                .params(kind, year)
                .update();
        if (changed != 1) {
            throw new IllegalStateException("No counter for case numbers of kind " + kind + " in " + year
                    + ": add its row to case_number_counter");
        }
        int number = jdbc.sql("select last_number from case_number_counter where kind = ? and case_year = ?")
                .params(kind, year)
                .query(Integer.class)
                .single();
        return "%s-%d-%04d".formatted(kind, year, number);
    }

    private static Map<String, Object> engineValues(Map<String, ?> values) {
        Map<String, Object> converted = new HashMap<>();
        values.forEach((name, value) -> converted.put(name, engineValue(value)));
        return converted;
    }

    private static @Nullable Object engineValue(@Nullable Object value) {
        if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
            return Lists.json(value);
        }
        if (value instanceof Instant instant) {
            return Date.from(instant);
        }
        return value == null ? Variables.untypedNullValue() : value;
    }
}
