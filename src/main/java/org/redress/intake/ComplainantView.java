package org.redress.intake;

import java.util.Optional;

/** How far a case is, in the six words for the people who complained (remedy.md A.0). */
public enum ComplainantView {
    RECEIVED("Received"),
    BEING_CHECKED("Being checked"),
    BEING_INVESTIGATED("Being investigated"),
    REMEDY_BEING_PLANNED("Remedy being planned"),
    REMEDY_UNDER_WAY("Remedy under way"),
    CLOSED("Closed");

    private final String words;

    ComplainantView(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Empty for a state that remedy.md does not know: better no word than a wrong one. */
    public static Optional<ComplainantView> of(String state) {
        return Optional.ofNullable(
                switch (state) {
                    case "RECEIVED", "ACKNOWLEDGED" -> RECEIVED;
                    case "SCREENING", "REOPENED" -> BEING_CHECKED;
                    case "IN_INVESTIGATION", "SUSPENDED_LEGAL", "SUBSTANTIATED" -> BEING_INVESTIGATED;
                    case "LEVEL_DECIDED", "PLANNING", "PLAN_SUBMITTED", "PLAN_RETURNED", "PLAN_APPROVED", "FUNDING" ->
                        REMEDY_BEING_PLANNED;
                    case "IMPLEMENTING", "MONITORING", "EXTENDED", "REVISED", "FINAL_REPORT", "CLOSING_REVIEW" ->
                        REMEDY_UNDER_WAY;
                    case "CLOSED_NOT_CREDIBLE",
                            "CLOSED_NOT_ACTIONABLE",
                            "CLOSED_NOT_SUBSTANTIATED",
                            "CLOSED_COMPLETED",
                            "CLOSED_PARTIAL",
                            "CLOSED_DECLINED",
                            "REFERRED",
                            "TRANSFERRED",
                            "LESSONS" -> CLOSED;
                    default -> null;
                });
    }
}
