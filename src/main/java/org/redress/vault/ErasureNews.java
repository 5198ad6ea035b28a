package org.redress.vault;

import java.time.Instant;

/**
 * Something that those who protect records are told of; published in the transaction in which it is done.
 *
 * @param by id of the account of whoever did it
 * @param at when (UTC)
 */
public record ErasureNews(What what, String caseNumber, String by, Instant at) {

    /** What was done. */
    public enum What {
        /** A legal hold was lifted. */
        HOLD_LIFTED,
        /** An erasure was asked for that waits for a second person. */
        ERASURE_ASKED,
        /** A person had something erased. */
        ERASED
    }
}
