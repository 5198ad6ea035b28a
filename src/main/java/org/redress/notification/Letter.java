package org.redress.notification;

import java.time.Instant;

/**
 * A letter, as its reader gets it.
 *
 * @param event what it is about, such as {@code level-decided}
 * @param subject and {@code body}: plain text
 * @param language BCP 47
 * @param createdAt when it was written (UTC)
 * @param read whether this reader has opened it before
 */
record Letter(
        long id,
        String caseNumber,
        String event,
        String subject,
        String body,
        String language,
        Instant createdAt,
        boolean read) {}
