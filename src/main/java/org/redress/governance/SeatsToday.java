package org.redress.governance;

import org.redress.vault.Seats;
import org.springframework.stereotype.Component;

/** Tells the vault who sits on the Steering Committee, or holds the chair, today (membership.md E.4). */
@Component
class SeatsToday implements Seats {

    private final Roster roster;
    private final Committee committee;

    SeatsToday(Roster roster, Committee committee) {
        this.roster = roster;
        this.committee = committee;
    }

    @Override
    public boolean holds(String role, String organisation) {
        return role.equals(Committee.CHAIR)
                ? committee.chair().equals(organisation)
                : roster.electors(Roster.Body.STEERING_COMMITTEE).stream()
                        .anyMatch(member -> member.organisation().equals(organisation));
    }
}
