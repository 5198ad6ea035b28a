package org.redress.remedy;

import java.util.Arrays;
import java.util.Optional;

/**
 * What may be reported to a case at any time, by a person, an outside system or a step of the case itself (remedy.md A.0, A.8,
 * B.9). The one list: a new kind is a constant here, and a choice of the form {@code begin-report-to-case} and of the schema
 * {@code case-event}.
 */
enum CaseEvent {
    /** Somebody is in danger or still exploited (E04): one rescue at a time, a further report joins it. */
    SOMEBODY_IN_DANGER("danger-reported"),
    /** Somebody suffers for having spoken (E19): each report is answered by itself. */
    RETALIATION("retaliation-reported");

    private final String message;

    CaseEvent(String message) {
        this.message = message;
    }

    /** The message that begins what has to be done. */
    String message() {
        return message;
    }

    /** The kind with this name; empty when there is none. */
    static Optional<CaseEvent> named(String name) {
        return Arrays.stream(values()).filter(event -> event.name().equals(name)).findFirst();
    }
}
