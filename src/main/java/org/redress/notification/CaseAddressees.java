package org.redress.notification;

import java.util.List;
import java.util.Optional;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.redress.governance.Committee;
import org.springframework.stereotype.Component;

/** Addressees as the case's parties and the accounts have them. */
@Component
class CaseAddressees implements Addressees {

    private final Parties parties;
    private final People people;
    private final Committee committee;

    CaseAddressees(Parties parties, People people, Committee committee) {
        this.parties = parties;
        this.people = people;
        this.committee = committee;
    }

    @Override
    public List<Addressee> of(String caseNumber, String role) {
        if (role.equals(Committee.CHAIR)) {
            return List.of(presiding(caseNumber));
        }
        if (!Roles.OF_PARTIES.contains(role)) {
            return List.of(new Addressee(role, null));
        }
        return parties.organisations(caseNumber, role).stream()
                .map(organisation -> new Addressee(role, organisation))
                .toList();
    }

    /** What is for the chair goes to whoever presides: not to one that is a party to the case, nor to nobody. */
    private Addressee presiding(String caseNumber) {
        List<String> members = parties.organisations(caseNumber, "member");
        String chair = committee.chair();
        return committee.presiding(members).equals(Roles.ofOrganisation(Committee.CHAIR, chair))
                ? new Addressee(Committee.CHAIR, chair)
                : new Addressee(Committee.STAND_IN, null);
    }

    @Override
    public List<Person> people(Addressee addressee) {
        if (addressee.isComplainant()) {
            return List.of();
        }
        String organisation = addressee.organisation();
        return people.of(addressee.role()).stream()
                .filter(person -> organisation == null || person.groups().contains(organisation))
                .toList();
    }

    @Override
    public Optional<Person> person(String id) {
        return people.find(id);
    }
}
