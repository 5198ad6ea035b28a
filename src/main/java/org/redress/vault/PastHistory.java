package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.jspecify.annotations.Nullable;
import org.redress.engine.SystemWork;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which of the engine's history is to go (remedy.md A.7 D25): of a process that ended as long ago as its model says, when
 * nothing of its case runs any more, the clock of its records included, and no legal hold keeps it. The engine removes at night
 * what is given a day here.
 */
@Component
class PastHistory {

    private static final String ROOTS = " from ACT_HI_PROCINST p join ACT_RE_PROCDEF d on d.ID_ = p.PROC_DEF_ID_"
            + " where p.ID_ = p.ROOT_PROC_INST_ID_ and p.END_TIME_ is not null ";
    private static final String RUNS = "exists (select 1 from ACT_HI_PROCINST r"
            + " where r.BUSINESS_KEY_ = p.BUSINESS_KEY_ and r.END_TIME_ is null)";
    private static final String HELD = "exists (select 1 from vault_hold h where h.case_number = p.BUSINESS_KEY_)";

    private final JdbcClient jdbc;
    private final SystemWork system;
    private final Erasures erasures;
    private final CaseLock cases;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PastHistory(
            JdbcClient jdbc,
            SystemWork system,
            Erasures erasures,
            CaseLock cases,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.system = system;
        this.erasures = erasures;
        this.cases = cases;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * A process that ended, with all that it called.
     *
     * @param id of the instance
     * @param caseNumber its business key; null for what belongs to no case
     */
    record Past(String id, @Nullable String caseNumber) {}

    /**
     * What is to go, the oldest first.
     *
     * @param most of what is due: what is older and kept longer by its model does not count
     */
    List<Past> over(int most) {
        Instant now = clock.instant();
        List<Integer> days = jdbc.sql("select distinct HISTORY_TTL_ from ACT_RE_PROCDEF where HISTORY_TTL_ is not null")
                .query(Integer.class)
                .list();
        if (days.isEmpty()) {
            return List.of();
        }
        List<Object> bounds = new ArrayList<>();
        for (int kept : days) {
            bounds.add(kept);
            bounds.add(Timestamp.from(now.minus(Duration.ofDays(kept))));
        }
        return jdbc.sql("select p.ID_, p.BUSINESS_KEY_" + ROOTS + "and p.REMOVAL_TIME_ is null and ("
                        + String.join(
                                " or ", Collections.nCopies(days.size(), "(d.HISTORY_TTL_ = ? and p.END_TIME_ <= ?)"))
                        + ") and not " + RUNS + " and not " + HELD
                        + " order by p.END_TIME_, p.ID_ fetch first " + most + " rows only")
                .params(bounds)
                .query((row, index) -> new Past(row.getString("ID_"), row.getString("BUSINESS_KEY_")))
                .list();
    }

    /** Gives it over to the engine to remove, unless its case was held or goes on by now. */
    void end(Past past) {
        transaction.executeWithoutResult(status -> {
            if (past.caseNumber() != null) {
                cases.take(past.caseNumber());
                if (erasures.isProtected(past.caseNumber()) || runs(past.caseNumber())) {
                    return;
                }
            }
            goesAt(past.id(), Date.from(clock.instant()));
        });
    }

    /** What goes on or is held loses its day, and so does what a version of before gave one that is yet to come. */
    void keepWhatHasADayToCome() {
        jdbc.sql("select p.ID_" + ROOTS + "and p.REMOVAL_TIME_ is not null and (p.REMOVAL_TIME_ > ? or " + RUNS + " or "
                        + HELD + ")")
                .param(Timestamp.from(clock.instant()))
                .query(String.class)
                .list()
                .forEach(root -> transaction.executeWithoutResult(status -> goesAt(root, null)));
    }

    @EventListener
    void keep(CaseHeld held) {
        jdbc.sql("select p.ID_" + ROOTS + "and p.REMOVAL_TIME_ is not null and p.BUSINESS_KEY_ = ?")
                .param(held.caseNumber())
                .query(String.class)
                .list()
                .forEach(root -> goesAt(root, null));
    }

    private boolean runs(String caseNumber) {
        return jdbc.sql("select count(*) from ACT_HI_PROCINST where BUSINESS_KEY_ = ? and END_TIME_ is null")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void goesAt(String root, @Nullable Date day) {
        system.run(() -> {
            CommandContext context = Context.getCommandContext();
            context.getHistoricProcessInstanceManager()
                    .addRemovalTimeToProcessInstancesByRootProcessInstanceId(root, day);
            context.getHistoricDecisionInstanceManager().addRemovalTimeToDecisionsByRootProcessInstanceId(root, day);
        });
    }
}
