package org.redress.remedy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.engine.Roles;
import org.redress.vault.Consents;
import org.redress.vault.Disclosures;
import org.redress.vault.Purpose;
import org.springframework.stereotype.Component;

/**
 * A person does not want any more that others are told (remedy.md C.2, E09): one action, at once, for every referral that is
 * open. What help the person still wants goes on; only who is told changes.
 */
@Component
final class SharingEnds {

    /** With all who help. */
    static final String PROVIDERS = "PROVIDERS";

    /** Nobody is told anything any more. */
    static final String EVERYBODY = "EVERYBODY";

    /** Only those whose help stops; what they know is closed by {@link #endHelp}. */
    static final String STOPPED_ONLY = "STOPPED_ONLY";

    private static final String ONE_PROVIDER = "ONE_PROVIDER";
    private static final String COORDINATOR = "vsc";
    private static final String PROTECTION = "protection";

    private final Consents consents;
    private final Disclosures disclosures;
    private final VictimWorkflow workflow;
    private final Parties parties;
    private final People people;
    private final Deadlines deadlines;

    SharingEnds(
            Consents consents,
            Disclosures disclosures,
            VictimWorkflow workflow,
            Parties parties,
            People people,
            Deadlines deadlines) {
        this.consents = consents;
        this.disclosures = disclosures;
        this.workflow = workflow;
        this.parties = parties;
        this.people = people;
        this.deadlines = deadlines;
    }

    /** Today, in {@code redress.zone}. */
    LocalDate today() {
        return LocalDate.parse(deadlines.day(deadlines.now()));
    }

    /**
     * Checks that whoever acts coordinates this person's case.
     *
     * @throws InvalidInput if not; the same when there is no such person
     */
    void checkThatTheyCoordinate(String caseNumber, String person) {
        boolean theirs = workflow.coordinatorOf(caseNumber, person)
                .filter(coordinator -> people.acting().isEmpty()
                        || people.actingGroups().contains(Roles.ADMINISTRATOR)
                        || people.actingFor(COORDINATOR)
                                .filter(coordinator::equals)
                                .isPresent())
                .isPresent();
        if (!theirs) {
            throw new InvalidInput(
                    "victimRef: you coordinate no case of such a person in this case; check the case number and"
                            + " the person's reference, as they stand on your tasks");
        }
    }

    /**
     * Checks that whoever acts coordinates this person's case, or protects people in all cases (remedy.md E08, E09).
     *
     * @return the organisation that coordinates it
     * @throws InvalidInput if not; the same when there is no such person
     */
    String coordinatorForWhoeverMayProtect(String caseNumber, String person) {
        if (!people.actingGroups().contains(PROTECTION)) {
            checkThatTheyCoordinate(caseNumber, person);
        }
        return workflow.coordinatorOf(caseNumber, person)
                .orElseThrow(() -> new InvalidInput(
                        "victimRef: there is no such person in this case; check the case number and the person's"
                                + " reference"));
    }

    /**
     * Ends what the scope names: from then on nobody is shown anything by it. The tasks that are open for it end by
     * {@link #endReferrals}.
     *
     * @param scope EVERYBODY, PROVIDERS, ONE_PROVIDER, AUTHORITY, PROGRAMME, REPORTS or STOPPED_ONLY (none of these)
     * @param provider id or name of the one provider; null for the other scopes
     * @return the providers that must not use what they know any more, by id
     * @throws InvalidInput if the one provider is none with which something is shared
     */
    Collection<String> end(String caseNumber, String person, String scope, @Nullable String provider) {
        List<String> known = consents.everShared(caseNumber, person, Purpose.SHARE_WITH_PROVIDER);
        Collection<String> providers =
                switch (scope) {
                    case EVERYBODY, PROVIDERS -> new TreeSet<>(known);
                    case ONE_PROVIDER -> List.of(one(known, provider));
                    default -> List.<String>of();
                };
        consents.withdraw(providers.stream()
                .map(each -> new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_PROVIDER, each))
                .toList());
        if (scope.equals(EVERYBODY) || scope.equals("AUTHORITY")) {
            consents.withdraw(List.of(new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_AUTHORITY, null)));
        }
        if (scope.equals(EVERYBODY) || scope.equals("PROGRAMME")) {
            consents.withdraw(List.of(new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_PROGRAMME, null)));
        }
        if (scope.equals(EVERYBODY) || scope.equals("REPORTS")) {
            consents.withdraw(List.of(new Consents.Matter(caseNumber, person, Purpose.ANONYMOUS_REPORTING, null)));
        }
        return providers;
    }

    /**
     * Who outside was told because the person agreed to it, and has to hear now that they do so no more (remedy.md C.2: takes
     * effect on all open referrals). Empty where nothing that stands is taken back: they have heard it.
     *
     * @param scope as for {@link #end}, before it is called
     * @return as words to read
     */
    List<String> toldOutside(String caseNumber, String person, String scope) {
        List<Purpose> ending = Stream.of(Purpose.SHARE_WITH_AUTHORITY, Purpose.SHARE_WITH_PROGRAMME)
                .filter(purpose -> scope.equals(EVERYBODY)
                        || scope.equals(purpose == Purpose.SHARE_WITH_AUTHORITY ? "AUTHORITY" : "PROGRAMME"))
                .filter(purpose -> consents.stands(caseNumber, person, purpose, ""))
                .toList();
        return disclosures.toldByConsent(caseNumber, person, ending).stream()
                .map(SharingEnds::readable)
                .toList();
    }

    /**
     * Has the coordinator tell those outside who were told by a consent that has ended otherwise than by the person's own
     * withdrawal: with a new case plan, or with a guardian in conflict (remedy.md C.2, E08).
     *
     * @param ended the purposes of the consents that stood until now
     */
    void recall(String caseNumber, String person, Collection<Purpose> ended) {
        List<String> told = disclosures.toldByConsent(caseNumber, person, ended).stream()
                .map(SharingEnds::readable)
                .toList();
        if (!told.isEmpty()) {
            workflow.coordinatorOf(caseNumber, person)
                    .ifPresent(coordinator -> workflow.recall(caseNumber, person, coordinator, told));
        }
    }

    /** A recipient as it is on record, for people to read. */
    static String readable(String recipient) {
        return recipient.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Closes what the providers of rejected help know, unless they give help that is still wanted (remedy.md E09). The help
     * itself stops by {@link VictimWorkflow#stopHelp}.
     *
     * @return these providers, by id
     * @throws InvalidInput if none of it is planned or runs
     */
    Collection<String> endHelp(String caseNumber, String person, Collection<String> services) {
        if (!workflow.isHelped(caseNumber, person, services)) {
            throw new InvalidInput("helpStopped: none of this help is planned or running; nothing was changed");
        }
        Collection<String> providers = workflow.providersOfOnly(caseNumber, person, services);
        consents.withdraw(providers.stream()
                .map(each -> new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_PROVIDER, each))
                .toList());
        return providers;
    }

    /** Ends what one provider may know because of this service; what it needs for another of its services stays. */
    void endWithProvider(String caseNumber, String person, String provider, String service) {
        if (!workflow.givesOtherHelp(caseNumber, person, provider, service)) {
            consents.withdraw(List.of(new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_PROVIDER, provider)));
        }
    }

    /** The person is not helped by us any more: the consent to it ends, and every sharing (remedy.md E09). */
    Collection<String> endAllHelp(String caseNumber, String person) {
        Collection<String> providers = end(caseNumber, person, EVERYBODY, null);
        consents.withdraw(List.of(new Consents.Matter(caseNumber, person, Purpose.SERVICES, null)));
        return providers;
    }

    /** Brings the open referrals to these providers back to the coordinator. Repeated, it ends what is left. */
    void endReferrals(String caseNumber, String person, String scope, Collection<String> providers) {
        workflow.endReferrals(caseNumber, person, providers);
        if (scope.equals(EVERYBODY) || scope.equals(PROVIDERS)) {
            workflow.nothingIsShared(caseNumber, person);
        }
    }

    private String one(List<String> known, @Nullable String provider) {
        String wanted = provider == null ? "" : provider.strip();
        return known.stream()
                .filter(each ->
                        each.equalsIgnoreCase(wanted) || parties.nameOf(each).equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("withdrawnFrom: nothing is shared with such an organisation; "
                        + (known.isEmpty()
                                ? "nothing is shared with any"
                                : "name one of " + String.join(", ", known))));
    }
}
