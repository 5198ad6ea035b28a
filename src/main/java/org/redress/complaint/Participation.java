package org.redress.complaint;

import org.jspecify.annotations.Nullable;

/**
 * How an organisation takes part in the Initiative, in the words of the decision {@code complaint-admissibility}
 * (membership-and-concern.md E.5 DMN-7).
 *
 * @param type {@code PARTICIPANT}, {@code OBSERVER} or {@code OUTSIDER}
 * @param standing {@code ACTIVE}, {@code INACTIVE} or {@code EXPELLED}; null for whoever is no participant
 */
record Participation(String type, @Nullable String standing) {

    static final Participation OUTSIDER = new Participation("OUTSIDER", null);

    /**
     * By the status in the register of members. Whoever withdrew is an outsider again; being at risk of inactivity is no
     * status of the register and changes nothing here.
     */
    static Participation ofStatus(String status) {
        return switch (status) {
            case "ENGAGED", "FULL" -> new Participation("PARTICIPANT", "ACTIVE");
            case "INACTIVE" -> new Participation("PARTICIPANT", "INACTIVE");
            case "EXPELLED" -> new Participation("PARTICIPANT", "EXPELLED");
            case "OBSERVER" -> new Participation("OBSERVER", null);
            default -> OUTSIDER;
        };
    }
}
