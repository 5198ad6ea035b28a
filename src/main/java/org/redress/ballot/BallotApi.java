package org.redress.ballot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code GET /api/ballots?caseNumber=…}: the closed ballots of a case, each with its rules, who could vote, who stayed out and
 * why, how every member voted, and the tally, which is counted anew from that record (membership-and-concern.md E.6). An open
 * ballot is not shown: votes are secret until it is closed. One that was abandoned shows no vote and has no tally. Names organisations, never the accounts of people.
 */
@RestController
@RequestMapping("/api/ballots")
class BallotApi {

    /** Who keeps the record, who watches over it, and who operates. */
    private static final Set<String> READERS = Set.of("secretariat", Roles.OVERSEER, Roles.ADMINISTRATOR);

    private final Ballots ballots;

    BallotApi(Ballots ballots) {
        this.ballots = ballots;
    }

    /** The closed ballots, the earliest first; none for a case without one. 403 for whoever does not keep or watch the record. */
    @GetMapping
    List<Evidence> closed(@RequestParam String caseNumber, Authentication who) {
        if (who.getAuthorities().stream().noneMatch(group -> READERS.contains(group.getAuthority()))) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return ballots.closedOf(caseNumber).stream().map(Evidence::of).toList();
    }

    /**
     * A closed ballot. Moments are UTC.
     *
     * @param thresholds the rules by which it was counted, with their basis
     * @param abandoned whether the case went another way before it was counted
     * @param consensus what was noted of the meeting; null when nothing was
     * @param tally null when it was abandoned
     */
    record Evidence(
            String id,
            String caseNumber,
            Body body,
            String question,
            Thresholds thresholds,
            Instant openedAt,
            @Nullable Instant closedAt,
            boolean abandoned,
            @Nullable Boolean consensus,
            List<Seat> electors,
            @Nullable Outcome tally) {

        static Evidence of(BallotRecord record) {
            Map<String, Choice> choices = new LinkedHashMap<>();
            record.votes().forEach(vote -> choices.put(vote.organisation(), vote.choice()));
            return new Evidence(
                    record.id(),
                    record.caseNumber(),
                    record.body(),
                    record.question(),
                    record.thresholds(),
                    record.openedAt(),
                    record.closedAt(),
                    record.abandoned(),
                    record.consensus(),
                    record.electors().stream()
                            .map(elector -> Seat.of(elector, choices.get(elector.organisation())))
                            .toList(),
                    record.abandoned() ? null : Outcome.of(Tally.of(record)));
        }
    }

    /**
     * An elector.
     *
     * @param present whether it was there when consensus was sought
     * @param staysOut why it stays out; null for whoever may vote
     * @param vote null for whoever cast none
     */
    record Seat(
            String organisation,
            String name,
            String pillar,
            boolean present,
            @Nullable RecusalReason staysOut,
            @Nullable Choice vote) {

        static Seat of(Elector elector, @Nullable Choice vote) {
            return new Seat(
                    elector.organisation(),
                    elector.name(),
                    elector.pillar().word(),
                    elector.present(),
                    elector.recusal().map(Recusal::reason).orElse(null),
                    vote);
        }
    }

    /** What it came to. */
    record Outcome(boolean consensus, boolean quorate, Votes total, Map<String, Votes> pillars) {

        static Outcome of(Tally tally) {
            Map<String, Votes> pillars = new LinkedHashMap<>();
            for (Pillar pillar : Pillar.values()) {
                pillars.put(pillar.word(), Votes.of(tally.count(pillar), tally.favour(pillar)));
            }
            return new Outcome(
                    tally.consensus(), tally.quorate(), Votes.of(tally.total(), tally.favourTotal()), pillars);
        }
    }

    /**
     * Votes of a pillar, or of all.
     *
     * @param favourPercent of the votes for or against; null where nobody may vote
     */
    record Votes(int entitled, int favour, int against, int abstain, @Nullable Double favourPercent) {

        static Votes of(Tally.Count count, OptionalDouble percent) {
            return new Votes(
                    count.entitled(),
                    count.favour(),
                    count.against(),
                    count.abstain(),
                    percent.isPresent() ? percent.getAsDouble() : null);
        }
    }
}
