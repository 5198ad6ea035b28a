package org.redress.notification;

import java.util.List;
import java.util.Optional;
import org.redress.engine.Person;

/** Who stands behind a role. */
interface Addressees {

    /**
     * The addressees of a role in a case: one for each organisation that is party to the case in that role; for a role
     * that is bound to no organisation, the role itself. Empty if nobody is party (yet).
     */
    List<Addressee> of(String caseNumber, String role);

    /** The people who may read what is addressed so. */
    List<Person> people(Addressee addressee);

    /** The account with this id, if there is (still) one. */
    Optional<Person> person(String id);
}
