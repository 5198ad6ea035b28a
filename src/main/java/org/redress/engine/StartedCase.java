package org.redress.engine;

import java.time.Instant;

/**
 * A case as the outside sees it.
 *
 * @param caseNumber the number that people say on the phone, such as {@code R-2026-0042}
 * @param state the value of {@code caseState}, such as {@code RECEIVED}
 * @param receivedAt when the case was opened (UTC)
 */
public record StartedCase(String caseNumber, String state, Instant receivedAt) {}
