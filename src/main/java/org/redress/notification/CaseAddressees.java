package org.redress.notification;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.redress.governance.Committee;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Addressees as the case's parties and the accounts have them. */
@Component
@EnableConfigurationProperties(EscalationSettings.class)
class CaseAddressees implements Addressees {

    private final Parties parties;
    private final People people;
    private final Committee committee;
    private final EscalationSettings escalation;

    CaseAddressees(Parties parties, People people, Committee committee, EscalationSettings escalation) {
        this.parties = parties;
        this.people = people;
        this.committee = committee;
        this.escalation = escalation;
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
        if (addressee.role().startsWith(Addressee.PERSON)) {
            return people.find(addressee.role().substring(Addressee.PERSON.length())).stream()
                    .toList();
        }
        String organisation = addressee.organisation();
        return Stream.concat(
                        listed(addressee.role()).stream(),
                        people.of(addressee.role()).stream()
                                .filter(person ->
                                        organisation == null || person.groups().contains(organisation)))
                .toList();
    }

    @Override
    public Optional<Person> person(String id) {
        return id.startsWith(Addressee.LISTED) ? listed(id.substring(Addressee.LISTED.length())) : people.find(id);
    }

    /** A recipient that is no role: an address, without an account. */
    private Optional<Person> listed(String recipient) {
        return escalation
                .address(recipient)
                .map(address -> new Person(Addressee.LISTED + recipient, address, Set.of(recipient)));
    }
}
