package org.redress.governance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An organisation that was admitted (membership.md A.1).
 *
 * @param organisation its id, such as {@code org-luma}
 * @param name what people read
 * @param pillar {@code government}, {@code corporate}, {@code ngo} or {@code observer}
 * @param engagedSince when it became an Engaged Member, null when it never was
 * @param fullSince when it became a Full Member, null when it never was
 */
public record Member(
        String organisation,
        String name,
        String pillar,
        Status status,
        @Nullable LocalDate engagedSince,
        @Nullable LocalDate fullSince) {

    /** Where a member stands. */
    public enum Status {
        /** Admitted, on the way to full membership. */
        ENGAGED,
        FULL,
        /** An international organisation or trade body: no vote, and no way to full membership [R]. */
        OBSERVER,
        /** No part in Plenary, Steering Committee, working groups or decisions until it is cured (B, Inactive status). */
        INACTIVE,
        EXPELLED,
        WITHDRAWN;

        /** Whether it may take part: it is in, and not inactive. */
        boolean takesPart() {
            return this == ENGAGED || this == FULL || this == OBSERVER;
        }

        boolean hasLeft() {
            return this == EXPELLED || this == WITHDRAWN;
        }
    }

    /** Whether it owes an annual report: every member, an inactive one too; an observer does not (membership.md C). */
    boolean reports() {
        return !status.hasLeft() && !pillar.equals(Members.OBSERVER_PILLAR);
    }

    Member(String organisation, String name, String pillar, Status status) {
        this(organisation, name, pillar, status, null, null);
    }
}
