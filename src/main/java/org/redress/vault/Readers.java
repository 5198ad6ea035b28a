package org.redress.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redress.engine.Parties;
import org.redress.engine.Roles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Who may read a value: somebody in its audience, and where the role is one of parties, of an organisation that is party to
 * the value's own case in that role. Whoever sits on a body that decides a case is a reader while its organisation holds the
 * seat, and not where that is a party, but as that party; nor in a concern before it is known who its parties are, since one of
 * them may sit there. Whoever helps a survivor is a reader of what is about this survivor, and only while the survivor agrees
 * (remedy.md C: "only fields consented for that service"). Where somebody suffers for having spoken, what tells who reported is
 * for protection (E19); so is how to reach whoever said at the report that nobody is to know them (contract,
 * consentToShareIdentity).
 */
@Component
@EnableConfigurationProperties(BreakGlassSettings.class)
class Readers {

    /** Between a role and the one organisation in which it counts. */
    static final String IN = "@";

    private static final String HELPS = "provider";
    private static final String COORDINATES = "vsc";
    private static final String HIDDEN = "(hidden identity)";
    private static final String FOR_NOBODY = "(identity for nobody)";

    /** The cases in which one member speaks of another. */
    private static final String CONCERN = "C-";

    private final Parties parties;
    private final Consents consents;
    private final Coordinators coordinators;
    private final EmergencyGrants grants;
    private final HiddenIdentities identities;
    private final ReporterChoices choices;
    private final ObjectProvider<Seats> seats;
    private final Set<String> inEmergencies;

    Readers(
            Parties parties,
            Consents consents,
            Coordinators coordinators,
            EmergencyGrants grants,
            HiddenIdentities identities,
            ReporterChoices choices,
            ObjectProvider<Seats> seats,
            BreakGlassSettings emergencies) {
        this.parties = parties;
        this.consents = consents;
        this.coordinators = coordinators;
        this.grants = grants;
        this.identities = identities;
        this.choices = choices;
        this.seats = seats;
        this.inEmergencies = emergencies.roles();
    }

    /** Somebody with these groups, for as long as one command asks; whoever operates reads by none of them. */
    Reader with(String user, Set<String> groups) {
        return new Reader(user, Roles.inConfidence(groups));
    }

    final class Reader {

        private final String user;
        private final Set<String> groups;
        private final Map<List<String>, Boolean> known = new HashMap<>();
        private final Map<Subject, Boolean> granted = new HashMap<>();

        private Reader(String user, Set<String> groups) {
            this.user = user;
            this.groups = groups;
        }

        /** In the audience, or let read for a while. */
        boolean mayRead(Entry entry) {
            return isAudience(entry) || breaksGlass(entry.subject());
        }

        boolean isAudience(Entry entry) {
            return mayRead(
                    isHidden(entry) || isForNobody(entry)
                            ? identities.left(entry.variable(), entry.audience())
                            : entry.audience(),
                    entry.subject());
        }

        /** Whether it may tell who reported, in a case where nobody is to know any more (E19). */
        private boolean isHidden(Entry entry) {
            String caseNumber = entry.subject().caseNumber();
            return caseNumber != null
                    && identities.mayTell(entry.variable())
                    && known.computeIfAbsent(List.of(caseNumber, HIDDEN), key -> identities.isHidden(caseNumber));
        }

        /** Whether it tells how to reach somebody who said at the report that nobody is to know them. */
        private boolean isForNobody(Entry entry) {
            String caseNumber = entry.subject().caseNumber();
            return caseNumber != null
                    && identities.tellsHowToReach(entry.variable())
                    && known.computeIfAbsent(List.of(caseNumber, FOR_NOBODY), key -> choices.isForNobody(caseNumber));
        }

        /** Whether break-glass lets this person read what is about the subject; only as long as the role is held, too. */
        boolean breaksGlass(Subject subject) {
            return granted.computeIfAbsent(
                    subject, about -> mayRead(inEmergencies, about) && grants.cover(user, about));
        }

        /** Whether it does so for the case or for any survivor of it. */
        boolean breaksGlassIn(String caseNumber) {
            return mayRead(inEmergencies, new Subject(caseNumber, null))
                    && !grants.of(user, caseNumber).isEmpty();
        }

        boolean mayRead(Set<String> audience, Subject subject) {
            return audience.stream().anyMatch(role -> {
                String[] parts = role.split(IN, 2);
                return groups.contains(parts[0])
                        && (parts.length == 1
                                ? mayReadAs(role, subject)
                                : groups.contains(parts[1])
                                        && mayReadAs(parts[0], subject)
                                        && isParty(parts[0], parts[1], subject));
            });
        }

        private boolean isParty(String role, String organisation, Subject subject) {
            return subject.caseNumber() != null
                    && parties.organisations(subject.caseNumber(), role).contains(organisation);
        }

        private boolean mayReadAs(String role, Subject subject) {
            if (role.equals(HELPS)) {
                return isParty(role, subject) && isAgreedTo(subject);
            }
            if (role.equals(COORDINATES)) {
                return isParty(role, subject) && isTheirs(subject);
            }
            if (Roles.OF_PARTIES.contains(role)) {
                return isParty(role, subject);
            }
            return !Roles.OF_SEATS.contains(role)
                    || (isSeated(role)
                            && !isBeforeItsParties(subject)
                            && Roles.OF_PARTIES.stream().noneMatch(party -> isParty(party, subject)));
        }

        private boolean isBeforeItsParties(Subject subject) {
            String caseNumber = subject.caseNumber();
            return caseNumber != null
                    && caseNumber.startsWith(CONCERN)
                    && known.computeIfAbsent(List.of(caseNumber), key -> parties.organisations(caseNumber, "member")
                            .isEmpty());
        }

        /** The role alone is no seat: it stays with the account when the organisation's term is over. */
        private boolean isSeated(String role) {
            return known.computeIfAbsent(List.of(role), key -> groups.stream()
                    .filter(group -> group.startsWith(Roles.ORGANISATION_PREFIX))
                    .anyMatch(organisation -> seats.stream().anyMatch(held -> held.holds(role, organisation))));
        }

        /** What is about no one survivor is every coordinator's; so is somebody whom none coordinates yet. */
        private boolean isTheirs(Subject subject) {
            String caseNumber = subject.caseNumber();
            String person = subject.person();
            return caseNumber == null
                    || person == null
                    || known.computeIfAbsent(
                            List.of(caseNumber, COORDINATES, person),
                            key -> coordinators.of(caseNumber, person).stream().allMatch(groups::contains));
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
