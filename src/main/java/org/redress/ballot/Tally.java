package org.redress.ballot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a ballot came to, counted from its record alone: the same record gives the same tally, whoever counts and whenever
 * (membership-and-concern.md A.2; abstentions, quorum and empty pillars are unknown there, so the following is [I]).
 *
 * <ul>
 *   <li>Percentages are of the votes cast for or against; abstentions count for the quorum only.
 *   <li>Without such a vote the percentage is 0, in a pillar as in the whole: silence carries nothing.
 *   <li>A pillar without an entitled elector has no percentage, and nobody asks for its floor.
 *   <li>The quorum counts entitled electors who were present when consensus was sought or who voted; with nobody entitled
 *       there is none.
 *   <li>Whoever became inactive or left before it voted is not entitled; a vote cast before that counts.
 *   <li>Consensus is one only if those who were present make a quorum.
 *   <li>Percentages are cut after two decimals, never rounded up: 65.999 is not 66.
 * </ul>
 */
public final class Tally {

    /**
     * The votes of a pillar, or of all.
     *
     * @param entitled electors who may vote
     */
    public record Count(int entitled, int favour, int against, int abstain) {

        static final Count NONE = new Count(0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(
                    entitled + other.entitled, favour + other.favour, against + other.against, abstain + other.abstain);
        }

        /** Favour in per cent of the votes for or against; 0 without any. */
        double favourPercent() {
            return favour == 0 ? 0 : Math.floorDiv(10_000L * favour, favour + against) / 100.0;
        }
    }

    private final Map<Pillar, Count> pillars;
    private final boolean voteCalled;
    private final boolean quorate;
    private final boolean consensus;

    private Tally(Map<Pillar, Count> pillars, boolean voteCalled, boolean quorate, boolean consensus) {
        this.pillars = pillars;
        this.voteCalled = voteCalled;
        this.quorate = quorate;
        this.consensus = consensus;
    }

    /**
     * Counts a ballot.
     *
     * @throws IllegalStateException if it was abandoned, or the record holds a vote that cannot be: of a stranger, of one who
     *     stays out, or a second one
     */
    public static Tally of(BallotRecord record) {
        if (record.abandoned()) {
            throw new IllegalStateException("The ballot " + record.id() + " was abandoned: it has no result");
        }
        Map<String, Elector> entitled = record.electors().stream()
                .filter(Elector::isEntitled)
                .collect(Collectors.toMap(Elector::organisation, Function.identity()));
        Map<Pillar, Count> pillars = new EnumMap<>(Pillar.class);
        for (Pillar pillar : Pillar.values()) {
            pillars.put(pillar, Count.NONE);
        }
        entitled.values().forEach(elector -> pillars.merge(elector.pillar(), new Count(1, 0, 0, 0), Count::plus));
        Set<String> present = entitled.values().stream()
                .filter(Elector::present)
                .map(Elector::organisation)
                .collect(Collectors.toSet());
        Set<String> voted = new HashSet<>();
        for (Vote vote : record.votes()) {
            Elector elector = entitled.get(vote.organisation());
            if (elector == null || !voted.add(vote.organisation())) {
                throw new IllegalStateException("The ballot " + record.id() + " holds a vote of " + vote.organisation()
                        + " that it cannot hold: nobody may count it");
            }
            pillars.merge(elector.pillar(), one(vote.choice()), Count::plus);
        }
        Set<String> takingPart = new HashSet<>(present);
        takingPart.addAll(voted);
        double quorum = record.thresholds().quorumPercent();
        boolean quorate = isQuorum(takingPart.size(), entitled.size(), quorum);
        boolean consensus = Boolean.TRUE.equals(record.consensus())
                && isQuorum(present.size(), entitled.size(), quorum)
                && !record.isVoteCalled();
        return new Tally(pillars, record.isVoteCalled(), quorate, consensus);
    }

    /** How many of so many entitled electors make a quorum; 1 where nobody is entitled, so that nobody reaches it. */
    static int quorumOf(int entitled, double percent) {
        // Exact: 33.33 per cent of 300 is 99.99 and not a hair more.
        int needed = BigDecimal.valueOf(percent)
                .multiply(BigDecimal.valueOf(entitled))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                .intValueExact();
        return Math.max(1, needed);
    }

    static boolean isQuorum(int takingPart, int entitled, double percent) {
        return takingPart >= quorumOf(entitled, percent);
    }

    private static Count one(Choice choice) {
        return switch (choice) {
            case FAVOUR -> new Count(0, 1, 0, 0);
            case AGAINST -> new Count(0, 0, 1, 0);
            case ABSTAIN -> new Count(0, 0, 0, 1);
        };
    }

    /** Whether those who were present agreed, and were enough. */
    public boolean consensus() {
        return consensus;
    }

    /** Whether enough entitled electors were present or voted. */
    public boolean quorate() {
        return quorate;
    }

    /** The votes of one pillar. */
    public Count count(Pillar pillar) {
        return pillars.getOrDefault(pillar, Count.NONE);
    }

    /** The votes of all pillars. */
    public Count total() {
        return pillars.values().stream().reduce(Count.NONE, Count::plus);
    }

    /** Favour of all in per cent; empty when no vote was called. */
    public OptionalDouble favourTotal() {
        return voteCalled ? OptionalDouble.of(total().favourPercent()) : OptionalDouble.empty();
    }

    /** Favour of a pillar in per cent; empty when no vote was called, or nobody of the pillar may vote. */
    public OptionalDouble favour(Pillar pillar) {
        Count count = count(pillar);
        return voteCalled && count.entitled() > 0 ? OptionalDouble.of(count.favourPercent()) : OptionalDouble.empty();
    }
}
