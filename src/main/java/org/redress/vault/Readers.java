package org.redress.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redress.engine.Parties;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/**
 * Who may read a value: somebody in its audience, and where the role is one of parties, of an organisation that is party to
 * the value's own case in that role. Whoever sits on a body that decides a case is no reader while its organisation is a
 * party there, but as that party. Whoever helps a survivor is a reader of what is about this survivor, and only while the
 * survivor agrees (remedy.md C: "only fields consented for that service").
 */
@Component
class Readers {

    private static final String HELPS = "provider";

    private final Parties parties;
    private final Consents consents;

    Readers(Parties parties, Consents consents) {
        this.parties = parties;
        this.consents = consents;
    }

    /** Somebody with these groups, for as long as one command asks. */
    Reader with(Set<String> groups) {
        return new Reader(groups);
    }

    final class Reader {

        private final Set<String> groups;
        private final Map<List<String>, Boolean> known = new HashMap<>();

        private Reader(Set<String> groups) {
            this.groups = groups;
        }

        boolean mayRead(Entry entry) {
            return mayRead(entry.audience(), entry.subject());
        }

        boolean mayRead(Set<String> audience, Subject subject) {
            return audience.stream().filter(groups::contains).anyMatch(role -> mayReadAs(role, subject));
        }

        private boolean mayReadAs(String role, Subject subject) {
            if (role.equals(HELPS)) {
                return isParty(role, subject) && isAgreedTo(subject);
            }
            if (Roles.OF_PARTIES.contains(role)) {
                return isParty(role, subject);
            }
            return !Roles.OF_SEATS.contains(role)
                    || Roles.OF_PARTIES.stream().noneMatch(party -> isParty(party, subject));
        }

        private boolean isAgreedTo(Subject subject) {
            String caseNumber = subject.caseNumber();
            String person = subject.person();
            return caseNumber != null
                    && person != null
                    && known.computeIfAbsent(
                            List.of(caseNumber, HELPS, person),
                            key -> consents.recipients(caseNumber, person, Purpose.SHARE_WITH_PROVIDER).stream()
                                    .anyMatch(groups::contains));
        }

        private boolean isParty(String role, Subject subject) {
            String caseNumber = subject.caseNumber();
            return caseNumber != null
                    && known.computeIfAbsent(
                            List.of(caseNumber, role), key -> parties.organisations(caseNumber, role).stream()
                                    .anyMatch(groups::contains));
        }
    }
}
