package org.redress.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Who holds an account in which role and organisation. */
@Component
public class People {

    private final ProcessEngine engine;

    People(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /** Everybody who belongs to the group (a role or an organisation), by id. */
    public List<Person> of(String group) {
        return identities().createUserQuery().memberOfGroup(group).orderByUserId().asc().list().stream()
                .map(this::person)
                .toList();
    }

    /** The account with this id, if there is (still) one. */
    public Optional<Person> find(String id) {
        return Optional.ofNullable(identities().createUserQuery().userId(id).singleResult())
                .map(this::person);
    }

    private Person person(User user) {
        String mailAddress = user.getEmail() == null ? "" : user.getEmail().trim();
        return new Person(
                user.getId(),
                mailAddress,
                identities().createGroupQuery().groupMember(user.getId()).list().stream()
                        .map(Group::getId)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private IdentityService identities() {
        return engine.getIdentityService();
    }
}
