package org.redress.vault;

import java.util.Objects;
import org.redress.engine.HouseRecord;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The change of the master key, on the record of the house from its first moment: that it began is noted before a key is
 * touched, that it is done in the transaction that wraps the keys. One that broke off says so, or has no end there.
 */
@Component
class KeyRotation {

    private static final String MASTER_KEY = "MasterKey";

    private final DataKeys keys;
    private final MasterKeys masters;
    private final HouseRecord house;
    private final TransactionTemplate transaction;

    KeyRotation(DataKeys keys, MasterKeys masters, HouseRecord house, PlatformTransactionManager transactions) {
        this.keys = keys;
        this.masters = masters;
        this.house = house;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Wraps every data key by the current master key.
     *
     * @param by id of the administrator
     * @return how many it wrapped
     * @throws RuntimeException if one of them does not open; none is wrapped then
     */
    int rotate(String by) {
        String master = masters.current().id();
        house.note(by, MASTER_KEY, master, null, "begun");
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                int wrapped = keys.rotate();
                house.note(by, MASTER_KEY, master, null, "done: " + wrapped + " keys wrapped");
                return wrapped;
            }));
        } catch (RuntimeException failure) {
            try {
                house.note(by, MASTER_KEY, master, null, "failed: no key was wrapped anew");
            } catch (RuntimeException lost) {
                // What began and has no end is on record all the same.
                failure.addSuppressed(lost);
            }
            throw failure;
        }
    }
}
