package org.redress.engine;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets nodes that start together make what must be there once, one node after the other, each in one transaction. */
@Component
public class StartLock {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StartLock(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    public void inTurn(Runnable work) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select id from start_lock where id = 1 for update")
                    .query(Integer.class)
                    .single();
            work.run();
        });
    }
}
