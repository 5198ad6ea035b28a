package org.redress.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.identity.Authentication;
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

    /** Whether somebody has an account with this role in this organisation. */
    public boolean anyOf(String role, String organisation) {
        Set<String> inRole = identities().createUserQuery().memberOfGroup(role).list().stream()
                .map(User::getId)
                .collect(Collectors.toUnmodifiableSet());
        return identities().createUserQuery().memberOfGroup(organisation).list().stream()
                .map(User::getId)
                .anyMatch(inRole::contains);
    }

    /** The account with this id, if there is (still) one. */
    public Optional<Person> find(String id) {
        return Optional.ofNullable(identities().createUserQuery().userId(id).singleResult())
                .map(this::person);
    }

    /** The id of whoever asks for what is done now; empty for a job, and where nobody has signed in. */
    public Optional<String> acting() {
        return Optional.ofNullable(identities().getCurrentAuthentication()).map(Authentication::getUserId);
    }

    /** The roles and organisations with which somebody asks for what is done now; none for a job. */
    public Set<String> actingGroups() {
        return Optional.ofNullable(identities().getCurrentAuthentication())
                .map(Authentication::getGroupIds)
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    /**
     * The organisation for which somebody in this role asks for what is done now; empty for whoever does not hold the role,
     * or does not belong to just one organisation.
     */
    public Optional<String> actingFor(String role) {
        Set<String> groups = actingGroups();
        List<String> organisations = groups.stream()
                .filter(group -> groups.contains(role) && group.startsWith(Roles.ORGANISATION_PREFIX))
                .toList();
        return organisations.size() == 1 ? Optional.of(organisations.get(0)) : Optional.empty();
    }

    /** Whether whoever acts belongs to one of these organisations; nobody does while the system acts. */
    public boolean belongsToOneOf(Collection<String> organisations) {
        return organisations.stream().anyMatch(actingGroups()::contains);
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
