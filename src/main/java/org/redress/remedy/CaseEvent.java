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
    RETALIATION("retaliation-reported"),
    /** More people were found who were harmed (E06): the case takes them in. */
    MORE_PEOPLE("more-people-found", true),
    /** Facts that the case did not know (E22): the case weighs them, a closed one may be opened again. */
    NEW_INFORMATION("new-information", true),
    /** Whoever complained takes it back: the case hears it, and goes on where harm is plausible. */
    COMPLAINT_WITHDRAWN("complaint-withdrawn", true);

    private final String message;
    private final boolean toTheCase;

    CaseEvent(String message) {
        this(message, false);
    }

    CaseEvent(String message, boolean toTheCase) {
        this.message = message;
        this.toTheCase = toTheCase;
    }

    /** Whether the case itself waits for it; else a process of its own begins. */
    boolean isToTheCase() {
        return toTheCase;
    }

    /** Whether it opens a closed case again, if so decided. */
    boolean isNewFact() {
        return this == MORE_PEOPLE || this == NEW_INFORMATION;
    }

    /** The message that begins what has to be done. */
    String message() {
        return message;
    }

    /** The kind with this name; empty when there is none. */
    static Optional<CaseEvent> named(String name) {
        return Arrays.stream(values())
                .filter(event -> event.name().equals(name))
                .findFirst();
    }
}
