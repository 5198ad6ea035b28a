package org.redress.notification;

import java.util.List;
import java.util.Optional;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/** Addressees as the case's parties and the accounts have them. */
@Component
class CaseAddressees implements Addressees {

    private final Parties parties;
    private final People people;

    CaseAddressees(Parties parties, People people) {
        this.parties = parties;
        this.people = people;
    }

    @Override
    public List<Addressee> of(String caseNumber, String role) {
        if (!Roles.OF_PARTIES.contains(role)) {
            return List.of(new Addressee(role, null));
        }
        return parties.organisations(caseNumber, role).stream()
                .map(organisation -> new Addressee(role, organisation))
                .toList();
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
