package org.redress.vault;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes what must not pass one another in a case wait for one another, on all nodes, until the transaction ends: erasing,
 * holding, the first value under a new key, giving and taking back consent.
 */
@Component
class CaseLock {

    private final JdbcClient jdbc;
    private final TransactionTemplate savepoint;

    CaseLock(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Waits until nobody else has it; given back with the transaction that runs. */
    void take(String caseNumber) {
        if (!found(caseNumber)) {
            try {
                savepoint.executeWithoutResult(status -> jdbc.sql("insert into vault_case (case_number) values (?)")
                        .param(caseNumber)
                        .update());
            } catch (DuplicateKeyException e) {
                // Somebody else was the first, and has it no more.
                found(caseNumber);
            }
        }
    }

    private boolean found(String caseNumber) {
        return jdbc.sql("select case_number from vault_case where case_number = ? for update")
                .param(caseNumber)
                .query(String.class)
                .optional()
                .isPresent();
    }
}
