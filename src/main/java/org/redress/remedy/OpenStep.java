package org.redress.remedy;

import org.jspecify.annotations.Nullable;

/**
 * The steps of the first days of a person's case, in their order. Where somebody vanished, it goes on when they are found: what
 * is known is not asked a second time (remedy.md E10). [PROPOSED]
 */
enum OpenStep {
    IMMEDIATE_NEEDS,
    NEEDS,
    BEST_INTERESTS,
    WHO_DECIDES,
    AGREEMENT;

    /**
     * The later one of two steps: what was done before stays done, though somebody vanishes again while help is given at once.
     *
     * @param before the step that was open before; null in cases of earlier models
     * @param task the id of the task that is open now
     */
    static String latest(@Nullable Object before, String task) {
        OpenStep now = of(task);
        return before == null || valueOf(before.toString()).compareTo(now) < 0 ? now.name() : before.toString();
    }

    private static OpenStep of(String task) {
        return switch (task) {
            case "task_needsAssessment" -> NEEDS;
            case "task_assessBestInterests" -> BEST_INTERESTS;
            case "task_guardianConsent", "task_appointGuardian" -> WHO_DECIDES;
            case "task_agreeChildRemedy" -> AGREEMENT;
            default -> IMMEDIATE_NEEDS;
        };
    }
}
