package org.redress.vault;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Reference;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reading in an emergency what is not for one: with a reason, for some hours, told to the data protection officers at once,
 * and every value on record as such (remedy.md C). It lets one read, never write.
 */
@Component
class BreakGlass {

    /** What the read log says of it. */
    static final String PURPOSE = "break-glass";

    private static final int SHORTEST_REASON = 20;
    private static final int LONGEST_REASON = 500;

    private final BreakGlassSettings settings;
    private final EmergencyGrants grants;
    private final Readers readers;
    private final SealedFiles cases;
    private final CaseLock locks;
    private final Values values;
    private final Vault vault;
    private final ReadLog log;
    private final ApplicationEventPublisher news;
    private final Clock clock;

    BreakGlass(
            BreakGlassSettings settings,
            EmergencyGrants grants,
            Readers readers,
            SealedFiles cases,
            CaseLock locks,
            Values values,
            Vault vault,
            ReadLog log,
            ApplicationEventPublisher news,
            Clock clock) {
        this.settings = settings;
        this.grants = grants;
        this.readers = readers;
        this.cases = cases;
        this.locks = locks;
        this.values = values;
        this.vault = vault;
        this.log = log;
        this.news = news;
        this.clock = clock;
    }

    /** A grant with its reason; without one when that was erased. */
    record Told(EmergencyGrants.Grant grant, @Nullable String reason) {}

    /** A value that somebody is shown. */
    record Shown(Entry entry, Instant writtenAt, Content content) {}

    /** Whether somebody may ask for this case. */
    boolean mayAsk(Files.Asker who, String caseNumber) {
        return readers.with(who.user(), who.groups()).mayRead(settings.roles(), new Subject(caseNumber, null))
                && cases.isCase(caseNumber);
    }

    /**
     * Lets somebody read; asked again while it lasts, gives the same grant.
     *
     * @param person reference of the survivor whom it is about; null for the whole case
     * @return empty when there is no such case, or none for them
     * @throws FileRefused with what is wrong
     */
    @Transactional
    Optional<EmergencyGrants.Grant> ask(
            Files.Asker who, String caseNumber, @Nullable String person, @Nullable String reason) {
        if (!mayAsk(who, caseNumber)) {
            return Optional.empty();
        }
        String about = person == null || person.isBlank() ? null : person.strip();
        String why = reason == null ? "" : reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw new FileRefused(HttpStatus.BAD_REQUEST, "reason", SHORTEST_REASON, LONGEST_REASON);
        }
        locks.take(caseNumber);
        grants.lock(caseNumber);
        if (grants.isErased(new Subject(caseNumber, about))) {
            throw new FileRefused(HttpStatus.CONFLICT, "gone");
        }
        if (about != null && !cases.people(caseNumber).contains(about)) {
            throw new FileRefused(HttpStatus.BAD_REQUEST, "person");
        }
        Optional<EmergencyGrants.Grant> known = grants.of(who.user(), caseNumber).stream()
                .filter(grant -> java.util.Objects.equals(grant.person(), about))
                .findFirst();
        if (known.isPresent()) {
            return known;
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        EmergencyGrants.Grant grant = new EmergencyGrants.Grant(
                UUID.randomUUID().toString(),
                caseNumber,
                about,
                who.user(),
                now,
                now.plus(settings.lasts()),
                null,
                null);
        grants.keep(grant, why);
        news.publishEvent(new GlassBroken(grant.id(), caseNumber, who.user(), now));
        return Optional.of(grant);
    }

    /** What somebody was granted in a case and holds now. */
    List<EmergencyGrants.Grant> held(Files.Asker who, String caseNumber) {
        return mayAsk(who, caseNumber) ? grants.of(who.user(), caseNumber) : List.of();
    }

    /** Whether what a grant is about was erased since, and nothing came after that. */
    boolean isErased(EmergencyGrants.Grant grant) {
        return grants.isErased(new Subject(grant.caseNumber(), grant.person()));
    }

    /**
     * The confidential values that somebody was granted in a case and may read now, the oldest first, after they are on record.
     * What they read by right besides is in their forms: with a grant for one survivor, only what is about this survivor is here.
     */
    List<Shown> values(Files.Asker who, String caseNumber) {
        List<EmergencyGrants.Grant> held = held(who, caseNumber);
        if (held.isEmpty()) {
            return List.of();
        }
        List<Values.Kept> found = values.of(caseNumber).stream()
                .filter(kept -> held.stream()
                        .anyMatch(grant -> grant.person() == null
                                || grant.person().equals(kept.entry().subject().person())))
                .toList();
        Map<Reference, Content> open =
                vault.openFor(who.user(), readers.with(who.user(), who.groups()), PURPOSE, found);
        return found.stream()
                .filter(kept -> open.containsKey(kept.entry().reference()))
                .map(kept -> new Shown(
                        kept.entry(),
                        kept.writtenAt(),
                        java.util.Objects.requireNonNull(open.get(kept.entry().reference()))))
                .toList();
    }

    /** The newest grants with their reasons, which are on record as read. */
    List<Told> newest(String reader, int most) {
        return told(reader, grants.newest(most));
    }

    private List<Told> told(String reader, List<EmergencyGrants.Grant> found) {
        log.note(
                reader,
                "list of break-glass",
                found.stream().map(EmergencyGrants.Grant::entry).toList());
        return found.stream()
                .map(grant -> new Told(grant, grants.reason(grant.id()).orElse(null)))
                .toList();
    }

    /** Whether somebody lists and ends what others were granted. */
    boolean watches(Files.Asker who) {
        return who.groups().contains(Erasures.PROTECTS_DATA);
    }

    /** Whether somebody finds a page of this case: to ask, or to end what others were granted. */
    boolean maySee(Files.Asker who, String caseNumber) {
        return mayAsk(who, caseNumber) || (watches(who) && cases.isCase(caseNumber));
    }

    /** What others hold now in a case, with their reasons, which are on record as read; for whoever watches, else nothing. */
    List<Told> others(Files.Asker who, String caseNumber) {
        return watches(who)
                ? told(
                        who.user(),
                        grants.in(caseNumber).stream()
                                .filter(grant -> !grant.reader().equals(who.user()))
                                .toList())
                : List.of();
    }

    /** What became of ending a grant. */
    enum Ending {
        /** It has ended now. */
        ENDED,
        /** It had ended before. */
        OVER,
        /** There is none for them to end. */
        NOT_THEIRS
    }

    /** Ends a grant as {@link #end(Files.Asker, String)} does, of this case only. */
    Ending end(Files.Asker who, String caseNumber, String id) {
        return grants.find(id)
                .filter(grant -> grant.caseNumber().equals(caseNumber))
                .map(grant -> end(who, grant.id()))
                .orElse(Ending.NOT_THEIRS);
    }

    /** Ends a grant at once: the data protection officers any, everybody their own. */
    Ending end(Files.Asker who, String id) {
        if (grants.find(id)
                .filter(grant -> watches(who) || grant.reader().equals(who.user()))
                .isEmpty()) {
            return Ending.NOT_THEIRS;
        }
        return grants.revoke(id, who.user()) ? Ending.ENDED : Ending.OVER;
    }
}
