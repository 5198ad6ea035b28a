package org.redress.remedy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.vault.Consents;
import org.redress.vault.Disclosures;
import org.redress.vault.HiddenIdentities;
import org.redress.vault.Purpose;
import org.redress.vault.ReporterChoices;
import org.springframework.stereotype.Component;

/**
 * What another programme that handles the same case may learn of people (remedy.md E21, C.2): of whoever reported, only if they
 * named that programme at the report or agreed to it since; of survivors, each for themselves. Without any consent a case is
 * settled and handed over all the same, with nothing about persons. That a word at the report, and not a coordinator's or a
 * company's, decides is PROPOSED, as is the day from which an old yes counts no more.
 */
@Component
final class ForumConsents {

    /** They named this programme at the report. */
    private static final String AS_REPORTED = "AS_REPORTED";

    /** They were asked since. */
    private static final String ASKED = "ASKED";

    private static final String TOLD = "reporterTold";
    private static final String CONTACT = "contactForPeople";
    private static final String FOR_ALL = "THERE";
    private static final String FOR_SOME = "AS_AGREED";
    private static final int LONGEST_WORD = 64;
    private static final Set<String> RUNNING = Set.of("ACTIVE", "FOLLOW_UP");

    private final Consents consents;
    private final Disclosures disclosures;
    private final HiddenIdentities identities;
    private final ReporterChoices choices;
    private final VictimCases people;
    private final SharingEnds sharing;

    ForumConsents(
            Consents consents,
            Disclosures disclosures,
            HiddenIdentities identities,
            ReporterChoices choices,
            VictimCases people,
            SharingEnds sharing) {
        this.consents = consents;
        this.disclosures = disclosures;
        this.identities = identities;
        this.choices = choices;
        this.people = people;
        this.sharing = sharing;
    }

    /**
     * Notes what whoever reported said of their identity, to us or to the system that passed the report on: on the record of
     * consents from the first day. Repeated, it does nothing more.
     */
    void noteChoice(String caseNumber, ReporterChoices.Choice choice) {
        if (!choices.note(caseNumber, choice) || choice == ReporterChoices.Choice.NONE) {
            return;
        }
        give(caseNumber, Purpose.COMPLAINT_HANDLING, null, sharing.today(), null);
        if (choice == ReporterChoices.Choice.NAMED_PARTIES) {
            give(caseNumber, Purpose.SHARE_WITH_PROGRAMME, null, sharing.today(), null);
        }
    }

    /**
     * What speaks against telling another programme this.
     *
     * @param told NOTHING, AS_REPORTED or ASKED; null when it was not asked
     * @param agreedOn for ASKED the day, {@code yyyy-MM-dd} in {@code redress.zone}
     * @param contact HERE, THERE, AS_AGREED or NONE_YET; null when it was not asked
     * @return none when nothing does
     */
    List<FormProblem> problems(
            String caseNumber,
            String programme,
            @Nullable String told,
            @Nullable String agreedOn,
            @Nullable String contact) {
        List<FormProblem> problems = new ArrayList<>();
        if (AS_REPORTED.equals(told)) {
            takenBackOn(caseNumber)
                    .map(day -> "They took that back on " + day + ": ask them, or choose that nothing is told.")
                    .or(
                            () -> consents.stands(
                                            caseNumber,
                                            ConsentTasks.RecordConsent.COMPLAINANT,
                                            Purpose.SHARE_WITH_PROGRAMME,
                                            word(programme))
                                    ? Optional.empty()
                                    : Optional.of(
                                            "At the report they did not agree that others outside are told who they are. Ask"
                                                    + " them, or choose that nothing is told: the case can be settled all the same."))
                    .ifPresent(problem -> problems.add(new FormProblem(TOLD, problem)));
        }
        if (ASKED.equals(told) && agreedOn != null) {
            LocalDate day = LocalDate.parse(agreedOn);
            if (day.isAfter(sharing.today())) {
                problems.add(new FormProblem("reporterAgreedOn", "This day is still to come."));
            }
            takenBackOn(caseNumber)
                    .filter(day::isBefore)
                    .ifPresent(ended -> problems.add(new FormProblem(
                            "reporterAgreedOn", "They took their consent back on " + ended + ": ask them again.")));
        }
        if (FOR_ALL.equals(contact) || FOR_SOME.equals(contact)) {
            List<String> running = running(caseNumber);
            long agreed = running.stream()
                    .filter(person -> agrees(caseNumber, person, programme))
                    .count();
            if (FOR_ALL.equals(contact) && agreed < running.size()) {
                problems.add(new FormProblem(
                        CONTACT,
                        "%d of %d people agreed that another programme is told who they are."
                                        .formatted(agreed, running.size())
                                + " Choose theirs for those who agreed, or ours; the coordinator asks each person and"
                                + " records it in the case plan."));
            }
            if (FOR_SOME.equals(contact) && agreed == 0) {
                problems.add(new FormProblem(
                        CONTACT,
                        "Nobody who is helped here has agreed that another programme is told who they are: the contact stays"
                                + " ours until they do."));
            }
        }
        return problems;
    }

    /**
     * Records what the other programme learns: a consent that was asked for, and a disclosure for each person.
     *
     * @param agreement reference to how they were asked
     * @throws org.redress.engine.InvalidInput if somebody took consent back meanwhile
     */
    void record(
            String caseNumber,
            String programme,
            @Nullable String told,
            @Nullable String agreedOn,
            @Nullable String agreement,
            @Nullable String contact) {
        String recipient = word(programme);
        if (ASKED.equals(told) && agreedOn != null) {
            give(caseNumber, Purpose.SHARE_WITH_PROGRAMME, recipient, LocalDate.parse(agreedOn), agreement);
        }
        if (ASKED.equals(told) || AS_REPORTED.equals(told)) {
            disclosures.toProgramme(caseNumber, ConsentTasks.RecordConsent.COMPLAINANT, recipient);
        }
        if (FOR_ALL.equals(contact) || FOR_SOME.equals(contact)) {
            for (String person : running(caseNumber)) {
                if (FOR_ALL.equals(contact) || agrees(caseNumber, person, programme)) {
                    disclosures.toProgramme(caseNumber, person, recipient);
                }
            }
        }
    }

    /** The day from which an earlier yes of whoever reported counts no more. */
    private Optional<LocalDate> takenBackOn(String caseNumber) {
        Optional<LocalDate> hidden = identities.hiddenOn(caseNumber);
        return consents.withdrawnOn(caseNumber, ConsentTasks.RecordConsent.COMPLAINANT)
                .filter(day -> hidden.isEmpty() || day.isAfter(hidden.get()))
                .or(() -> hidden);
    }

    private List<String> running(String caseNumber) {
        return people.of(caseNumber).stream()
                .filter(person -> RUNNING.contains(person.status()))
                .map(VictimFacts::victimRef)
                .toList();
    }

    private boolean agrees(String caseNumber, String person, String programme) {
        return consents.stands(caseNumber, person, Purpose.SHARE_WITH_PROGRAMME, word(programme));
    }

    private void give(
            String caseNumber, Purpose purpose, @Nullable String recipient, LocalDate on, @Nullable String explained) {
        consents.give(
                new Consents.Matter(caseNumber, ConsentTasks.RecordConsent.COMPLAINANT, purpose, recipient),
                new Consents.Manner("PERSON", null, on, null, explained, null));
    }

    /** A programme as one word, however it is spelt. */
    private static String word(String programme) {
        String word = programme.strip().toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
        return word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) : word;
    }
}
