package org.redress.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A letter, as its reader gets it.
 *
 * @param event what it is about, such as {@code level-decided}
 * @param subject plain text, as the following
 * @param body null in a list, and when it was erased or does not open
 * @param language BCP 47
 * @param createdAt when it was written (UTC)
 * @param erased whether its case was erased, and the letter with it
 * @param read whether this reader has opened it before
 */
record Letter(
        long id,
        String caseNumber,
        String event,
        String subject,
        @Nullable String body,
        String language,
        Instant createdAt,
        boolean erased,
        boolean read) {

    Letter with(@Nullable String text, boolean gone) {
        return new Letter(id, caseNumber, event, subject, text, language, createdAt, gone, read);
    }

    /** Says nothing of the text: it could end in a log. */
    @Override
    public String toString() {
        return "letter " + id;
    }
}
