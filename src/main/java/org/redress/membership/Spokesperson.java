package org.redress.membership;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.People;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/**
 * For whom somebody may withdraw a case or end a membership: the Secretariat for whoever wrote to it, a member for itself
 * alone (membership-and-concern.md E.2, E.4).
 */
@Component
class Spokesperson {

    private static final Set<String> FOR_EVERYBODY = Set.of("secretariat", Roles.ADMINISTRATOR);

    private final People people;

    Spokesperson(People people) {
        this.people = people;
    }

    /**
     * The one organisation for which whoever acts may speak; empty for whoever may for all.
     *
     * @throws InvalidInput if the account belongs to no member, or to more than one
     */
    Optional<String> onlyFor() {
        if (people.acting().isEmpty() || people.actingGroups().stream().anyMatch(FOR_EVERYBODY::contains)) {
            return Optional.empty();
        }
        return Optional.of(people.actingFor("member")
                .orElseThrow(
                        () -> new InvalidInput("Your account does not belong to one member: write to the Secretariat,"
                                + " which does it for you, or ask an administrator to mend the account")));
    }

    /**
     * Checks how it was said.
     *
     * @throws InvalidInput if somebody speaks here for an organisation that is not their own
     */
    void check(@Nullable Object saidHow) {
        if ("HERE".equals(saidHow) && onlyFor().isEmpty()) {
            throw new InvalidInput(
                    "saidHow: you do it for another organisation, which has to write to the Secretariat first; choose the"
                            + " letter or the e-mail in which it did");
        }
    }
}
