package org.redress.remedy;

import java.util.Set;
import org.redress.engine.Cases;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/**
 * Who may report to which case: protection, legal and the audit programme to any, the others where their organisation is party
 * in that role (contract, "Who may act").
 */
@Component
class CaseReporter {

    private static final Set<String> TO_ANY = Set.of("protection", "legal", "audit-programme", Roles.ADMINISTRATOR);
    private static final Set<String> AS_PARTY = Set.of("downstream", "facilitator", "vsc", "provider");

    private final Cases cases;
    private final Parties parties;
    private final People people;

    CaseReporter(Cases cases, Parties parties, People people) {
        this.cases = cases;
        this.parties = parties;
        this.people = people;
    }

    /** @throws InvalidInput if there is no such case, or it is none of theirs: nobody learns which of the two */
    void check(String caseNumber) {
        boolean there = caseNumber.startsWith("R-") && cases.find(caseNumber).isPresent();
        Set<String> groups = people.actingGroups();
        boolean theirs = people.acting().isEmpty()
                || groups.stream().anyMatch(TO_ANY::contains)
                || AS_PARTY.stream()
                        .filter(groups::contains)
                        .anyMatch(role ->
                                parties.organisations(caseNumber, role).stream().anyMatch(groups::contains));
        if (!there || !theirs) {
            throw new InvalidInput("caseNumber: there is no such case to which you could report; check the number, as it"
                    + " stands on your tasks, or call protection");
        }
    }
}
