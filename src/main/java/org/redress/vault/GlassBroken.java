package org.redress.vault;

import java.time.Instant;

/**
 * Somebody was let read a case in an emergency; published in the transaction that lets them.
 *
 * @param id of the grant
 * @param reader id of the account
 * @param since when it begins (UTC)
 */
public record GlassBroken(String id, String caseNumber, String reader, Instant since) {}
