package org.redress.remedy;

import java.util.Set;
import org.redress.engine.EngineCases;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.engine.Roles;
import org.redress.engine.StartedCase;
import org.springframework.stereotype.Component;

/**
 * The cases of whoever is at work, for forms in which a case is named by its number: who guards all cases may name each, a
 * company or a coordinator only those to which it is party in that role (contract, Who may act).
 */
@Component
class OwnCases {

    /** Who guards all cases. */
    private static final Set<String> GUARDS =
            Set.of(Roles.ADMINISTRATOR, "audit-programme", "protection", "legal", "dpo");

    private final EngineCases cases;
    private final Parties parties;
    private final People people;

    OwnCases(EngineCases cases, Parties parties, People people) {
        this.cases = cases;
        this.parties = parties;
        this.people = people;
    }

    /** @throws InvalidInput if there is no such case, and likewise if it is a case of others */
    StartedCase find(String caseNumber) {
        return cases.find(caseNumber)
                .filter(found -> caseNumber.startsWith("R-"))
                .filter(found -> isOurs(caseNumber))
                .orElseThrow(() -> new InvalidInput(
                        "caseNumber: you have no such case; check the number, as it stands on your tasks"));
    }

    private boolean isOurs(String caseNumber) {
        if (people.acting().isEmpty() || people.actingGroups().stream().anyMatch(GUARDS::contains)) {
            return true;
        }
        return Roles.OF_PARTIES.stream().anyMatch(role -> people.actingFor(role)
                .filter(organisation -> parties.organisations(caseNumber, role).contains(organisation))
                .isPresent());
    }
}
