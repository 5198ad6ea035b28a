package org.redress.vault;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.vault.ErasureRefused.Why;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where officers hold cases, lift holds and have records erased (remedy.md C, A.7 D25): who may and what they must say, for the
 * API and for the page alike. Throws {@link ErasureRefused} for everything that is not done.
 *
 * <p>A mark says how the case stood when somebody decided; where something was done since, nothing is done, so that neither a
 * second click nor a page from before does what nobody meant. Programs, which give none, take the case as it is.
 */
@Component
class ErasureDesk {

    static final int LONGEST_REASON = 500;
    static final int LONGEST_REFERENCE = 64;

    private final Erasures erasures;
    private final HoldsAndErasures record;
    private final CaseLock cases;

    ErasureDesk(Erasures erasures, HoldsAndErasures record, CaseLock cases) {
        this.erasures = erasures;
        this.record = record;
        this.cases = cases;
    }

    /**
     * How a case stands, for whoever may change it.
     *
     * @param mayAsk whether this officer asks for erasures, too; who does not confirms only
     * @param lifted whether the last hold was lifted
     */
    record Standing(
            String caseNumber,
            boolean mayAsk,
            Optional<HoldsAndErasures.Hold> hold,
            boolean lifted,
            Optional<Instant> takesTwoUntil,
            List<HoldsAndErasures.Waiting> waiting,
            List<HoldsAndErasures.Gone> gone,
            HoldsAndErasures.Mark mark) {}

    /** How the case stands now. */
    Standing standing(Files.Asker who, String caseNumber) {
        onlyOfficers(who);
        String number = known(caseNumber);
        // First: what is done while the rest is read makes this one old.
        HoldsAndErasures.Mark mark = record.mark(number);
        return new Standing(
                number,
                protectsData(who),
                record.hold(number),
                record.isLifted(number),
                record.takesTwoUntil(number),
                record.waiting(number),
                record.gone(number),
                mark);
    }

    /** Puts a case under a legal hold; where one stands, the new reason takes the place of its. */
    @Transactional
    void hold(Files.Asker who, String caseNumber, @Nullable String reason, HoldsAndErasures.@Nullable Mark seen) {
        onlyOfficers(who);
        String number = known(caseNumber);
        String why = given(reason, "reason", LONGEST_REASON);
        unlessChanged(number, seen, since -> doneIf(record.isChanged(number, since, "SET", who.user(), why)));
        erasures.hold(number, why, who.user());
    }

    /** Lifts it; those who may hold and erase are told. */
    @Transactional
    void lift(Files.Asker who, String caseNumber, @Nullable String reason, HoldsAndErasures.@Nullable Mark seen) {
        onlyOfficers(who);
        String number = known(caseNumber);
        String why = given(reason, "reason", LONGEST_REASON);
        unlessChanged(number, seen, since -> doneIf(record.isChanged(number, since, "LIFTED", who.user(), why)));
        erasures.lift(number, why, who.user());
    }

    /**
     * Erases, or puts on record that somebody asks for it, where it takes two ({@link Erasures#demand}).
     *
     * @param person reference of one survivor; null for the whole case
     * @param force though somebody is still helped
     */
    @Transactional
    Erasures.Outcome erase(
            Files.Asker who,
            @Nullable String caseNumber,
            @Nullable String person,
            boolean force,
            @Nullable String reason,
            HoldsAndErasures.@Nullable Mark seen) {
        onlyOfficers(who);
        String number = known(given(caseNumber, "caseNumber", LONGEST_REASON));
        String about = person(number, person);
        String why = given(reason, "reason", LONGEST_REASON);
        unlessChanged(
                number,
                seen,
                since -> record.isErased(number, since, about, who.user(), why)
                        ? Why.DONE
                        : record.isAsked(number, since, about, who.user(), why) ? Why.WAITS : Why.CHANGED);
        return demand(who, number, about, force, why);
    }

    /**
     * Does what somebody else asked for.
     *
     * @param asked number of the request, which says what is erased
     */
    @Transactional
    Erasures.Outcome confirm(
            Files.Asker who, String caseNumber, long asked, @Nullable String reason, HoldsAndErasures.Mark seen) {
        onlyOfficers(who);
        String number = known(caseNumber);
        String why = given(reason, "reason", LONGEST_REASON);
        HoldsAndErasures.Waiting open = record.waiting(number).stream()
                .filter(waiting -> waiting.id() == asked)
                .findFirst()
                .orElse(null);
        unlessChanged(
                number,
                seen,
                since -> doneIf(open == null && record.isConfirmed(number, since, asked, who.user(), why)));
        if (open == null) {
            throw changed();
        }
        return demand(who, number, open.person(), open.forced(), why);
    }

    private Erasures.Outcome demand(
            Files.Asker who, String caseNumber, @Nullable String person, boolean force, String reason) {
        try {
            return erasures.demand(caseNumber, person, force, reason, who.user(), !protectsData(who))
                    .orElseThrow(() -> new ErasureRefused(
                            Why.NOT_ASKED,
                            "No data protection officer has asked for this, or not in time: you confirm what one did"));
        } catch (Erasures.Held refused) {
            throw new ErasureRefused(Why.HELD, refused);
        } catch (Erasures.Needed refused) {
            throw new ErasureRefused(Why.NEEDED, refused);
        } catch (Erasures.AskedByTheSame refused) {
            throw new ErasureRefused(Why.SAME_PERSON, refused);
        }
    }

    /** Lets new values be kept where everything was erased; for the data protection officer. */
    @Transactional
    void reopen(Files.Asker who, @Nullable String caseNumber, @Nullable String person, @Nullable String reason) {
        if (!protectsData(who)) {
            throw notYours();
        }
        String number = known(given(caseNumber, "caseNumber", LONGEST_REASON));
        erasures.reopen(number, person(number, person), given(reason, "reason", LONGEST_REASON), who.user());
    }

    /** The number as it is kept; a mistyped one would be held or erased in vain. */
    String known(String caseNumber) {
        String number = caseNumber.strip().toUpperCase(Locale.ROOT);
        if (!erasures.isKnown(number)) {
            throw new ErasureRefused(Why.NO_CASE, "There is no such case: check the number");
        }
        return number;
    }

    /** The reference as it is kept; 404 for one that this case does not know. */
    private @Nullable String person(String caseNumber, @Nullable String reference) {
        if (reference == null) {
            return null;
        }
        String person = given(reference, "person", LONGEST_REFERENCE).strip();
        if (!erasures.isKnown(caseNumber, person)) {
            throw new ErasureRefused(Why.NO_PERSON, "This case knows no such person: check the reference");
        }
        return person;
    }

    private static String given(@Nullable String text, String field, int longest) {
        if (text == null || text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0) {
            throw new ErasureRefused(Why.INCOMPLETE, field + " is required, at most " + longest + " characters");
        }
        return text;
    }

    /** What was done since, which is asked only when something was: just this, or something else. */
    @FunctionalInterface
    private interface Repeated {
        Why since(HoldsAndErasures.Mark seen);
    }

    private static Why doneIf(boolean justThis) {
        return justThis ? Why.DONE : Why.CHANGED;
    }

    /** Until the transaction ends nobody else changes how the case stands. */
    private void unlessChanged(String caseNumber, HoldsAndErasures.@Nullable Mark seen, Repeated repeated) {
        cases.take(caseNumber);
        if (seen == null || seen.equals(record.mark(caseNumber))) {
            return;
        }
        Why why = repeated.since(seen);
        throw why == Why.CHANGED ? changed() : new ErasureRefused(why, "This was done already");
    }

    private static ErasureRefused changed() {
        return new ErasureRefused(Why.CHANGED, "Something was done in this case since: look how it stands now");
    }

    /** Whoever operates has no other role here. */
    private static void onlyOfficers(Files.Asker who) {
        if (!Erasures.areOfAnOfficer(who.groups())) {
            throw notYours();
        }
    }

    private static ErasureRefused notYours() {
        return new ErasureRefused(Why.NOT_YOURS);
    }

    private static boolean protectsData(Files.Asker who) {
        return who.groups().contains(Erasures.PROTECTS_DATA);
    }
}
