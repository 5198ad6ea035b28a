package org.redress.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The count of a ballot, from its record alone (membership-and-concern.md A.2). */
class TallyTest {

    private static final Instant NOON = Instant.parse("2026-02-02T12:00:00Z");
    private static final Thresholds RULES = new Thresholds(66, 51, 50, "2025-07", "KNOWLEDGE", "INFERRED", false);

    /** A record in the making. */
    private static final class Ballot {

        private final List<Elector> electors = new ArrayList<>();
        private final List<Vote> votes = new ArrayList<>();
        private @Nullable Boolean consensus;
        private @Nullable Instant closesAt = NOON;

        Ballot with(Pillar pillar, int favour, int against, int abstain, int silent) {
            vote(pillar, favour, Choice.FAVOUR);
            vote(pillar, against, Choice.AGAINST);
            vote(pillar, abstain, Choice.ABSTAIN);
            IntStream.range(0, silent).forEach(i -> elector(pillar, false, null));
            return this;
        }

        private void vote(Pillar pillar, int times, Choice choice) {
            IntStream.range(0, times)
                    .forEach(i -> votes.add(new Vote(elector(pillar, false, null), choice, "somebody", NOON)));
        }

        Ballot present(Pillar pillar, int times) {
            IntStream.range(0, times).forEach(i -> elector(pillar, true, null));
            return this;
        }

        Ballot recused(Pillar pillar, int times) {
            IntStream.range(0, times)
                    .forEach(i -> elector(pillar, false, new Recusal(RecusalReason.APPLICANT, NOON, Recusal.RULE)));
            return this;
        }

        Ballot consensus(boolean found) {
            consensus = found;
            closesAt = null;
            return this;
        }

        private String elector(Pillar pillar, boolean present, @Nullable Recusal out) {
            String organisation = "org-" + electors.size();
            electors.add(new Elector(organisation, "Elector " + electors.size(), pillar, present, out));
            return organisation;
        }

        BallotRecord record() {
            return new BallotRecord(
                    "b",
                    "M-2026-0001",
                    Body.PLENARY,
                    "ADMIT_ENGAGED",
                    RULES,
                    NOON,
                    consensus,
                    "chair",
                    closesAt,
                    NOON,
                    false,
                    electors,
                    votes);
        }

        Tally tally() {
            return Tally.of(record());
        }
    }

    @ParameterizedTest(name = "{0} for and {1} against are {2} per cent")
    @CsvSource({
        "33, 17, 66.00", // the threshold to the point
        "66, 34, 66.00",
        "65, 34, 65.65",
        "329, 170, 65.93",
        "65999, 34001, 65.99", // never rounded up to 66
        "51, 49, 51.00",
        "509, 491, 50.90",
        "2, 1, 66.66",
        "1, 0, 100.00",
        "0, 1, 0.00"
    })
    void favourIsAPercentageOfTheVotesForAndAgainst(int favour, int against, double percent) {
        Tally tally = new Ballot().with(Pillar.CORPORATE, favour, against, 7, 0).tally();
        assertThat(tally.favourTotal()).hasValue(percent);
        assertThat(tally.favour(Pillar.CORPORATE)).hasValue(percent);
    }

    @Test
    void abstentionsCountForTheQuorumAndForNoPercentage() {
        Tally tally = new Ballot().with(Pillar.NGO, 0, 0, 3, 2).tally();
        assertThat(tally.quorate()).isTrue();
        assertThat(tally.favourTotal()).as("only abstentions carry nothing").hasValue(0);
        assertThat(tally.favour(Pillar.NGO)).hasValue(0);
        assertThat(tally.total()).isEqualTo(new Tally.Count(5, 0, 0, 3));
    }

    @Test
    void aPillarThatDoesNotVoteHasNoFavourAndAnEmptyOneIsNotAsked() {
        Tally tally = new Ballot()
                .with(Pillar.GOVERNMENT, 3, 0, 0, 0)
                .with(Pillar.CORPORATE, 0, 0, 0, 2)
                .tally();
        assertThat(tally.favour(Pillar.GOVERNMENT)).hasValue(100);
        assertThat(tally.favour(Pillar.CORPORATE)).hasValue(0);
        assertThat(tally.favour(Pillar.NGO)).isEmpty();
    }

    @Test
    void aPillarOfWhichEverybodyStaysOutIsEmpty() {
        Tally tally = new Ballot()
                .with(Pillar.GOVERNMENT, 3, 0, 0, 0)
                .recused(Pillar.CORPORATE, 2)
                .tally();
        assertThat(tally.favour(Pillar.CORPORATE)).isEmpty();
        assertThat(tally.total().entitled()).isEqualTo(3);
    }

    @Test
    void ifEverybodyStaysOutThereIsNoQuorumAndNoConsensus() {
        Tally tally = new Ballot().recused(Pillar.NGO, 3).consensus(true).tally();
        assertThat(tally.quorate()).isFalse();
        assertThat(tally.consensus()).isFalse();
        assertThat(tally.favourTotal()).isEmpty();
    }

    @ParameterizedTest(name = "{1} of {0} entitled: {2}")
    @CsvSource({
        "1, 0, false",
        "1, 1, true",
        "2, 1, true", // half to the point
        "3, 1, false",
        "3, 2, true",
        "4, 2, true",
        "5, 2, false",
        "5, 3, true",
        "100, 49, false",
        "100, 50, true"
    })
    void halfOfTheEntitledMakeAQuorum(int entitled, int votes, boolean quorate) {
        assertThat(new Ballot()
                        .with(Pillar.NGO, votes, 0, 0, entitled - votes)
                        .recused(Pillar.NGO, 9)
                        .tally()
                        .quorate())
                .isEqualTo(quorate);
    }

    @Test
    void whoWasPresentCountsForTheQuorumOfTheVoteToo() {
        assertThat(new Ballot()
                        .with(Pillar.NGO, 1, 0, 0, 2)
                        .present(Pillar.CORPORATE, 1)
                        .tally()
                        .quorate())
                .as("one voted, another was there, of four")
                .isTrue();
    }

    @ParameterizedTest(name = "noted {0} with {1} of 4 present: {2}")
    @CsvSource({"true, 2, true", "true, 1, false", "false, 4, false"})
    void consensusNeedsAQuorumOfThosePresent(boolean noted, int present, boolean found) {
        Tally tally = new Ballot()
                .present(Pillar.NGO, present)
                .with(Pillar.GOVERNMENT, 0, 0, 0, 4 - present)
                .consensus(noted)
                .tally();
        assertThat(tally.consensus()).isEqualTo(found);
        assertThat(tally.favourTotal()).as("nobody was asked to vote").isEmpty();
    }

    @Test
    void quorumsOfOddPercentagesAreExact() {
        assertThat(Tally.quorumOf(300, 33.33)).isEqualTo(100);
        assertThat(Tally.quorumOf(300, 33)).isEqualTo(99);
        assertThat(Tally.quorumOf(3, 66.67)).isEqualTo(3);
        assertThat(Tally.quorumOf(10, 0)).as("nobody at all is no quorum").isEqualTo(1);
        assertThat(Tally.quorumOf(10, 100)).isEqualTo(10);
    }

    @Test
    void aVoteThatCannotBeIsNotCounted() {
        BallotRecord sound =
                new Ballot().with(Pillar.NGO, 2, 0, 0, 0).recused(Pillar.NGO, 1).record();
        for (String organisation : List.of("org-2", "org-stranger", "org-0")) {
            List<Vote> votes = new ArrayList<>(sound.votes());
            votes.add(new Vote(organisation, Choice.FAVOUR, "somebody", NOON));
            assertThatThrownBy(() -> Tally.of(withVotes(sound, votes)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(organisation);
        }
    }

    static List<BallotRecord> anyBallots() {
        Random random = new Random(20260202);
        return IntStream.range(0, 200).mapToObj(i -> anyBallot(random)).toList();
    }

    private static BallotRecord anyBallot(Random random) {
        Ballot ballot = new Ballot();
        for (Pillar pillar : Pillar.values()) {
            ballot.with(pillar, random.nextInt(6), random.nextInt(6), random.nextInt(3), random.nextInt(4))
                    .present(pillar, random.nextInt(3))
                    .recused(pillar, random.nextInt(3));
        }
        return random.nextInt(4) == 0 && ballot.votes.isEmpty()
                ? ballot.consensus(random.nextBoolean()).record()
                : ballot.record();
    }

    @ParameterizedTest
    @MethodSource("anyBallots")
    void theCountIsTheSameInAnyOrderAndAddsUp(BallotRecord record) {
        Tally tally = Tally.of(record);
        List<Elector> electors = new ArrayList<>(record.electors());
        List<Vote> votes = new ArrayList<>(record.votes());
        Collections.reverse(electors);
        Collections.reverse(votes);
        Tally again = Tally.of(with(record, electors, votes));

        for (Pillar pillar : Pillar.values()) {
            assertThat(again.count(pillar)).isEqualTo(tally.count(pillar));
            assertThat(again.favour(pillar)).isEqualTo(tally.favour(pillar));
            assertThat(percent(tally.favour(pillar))).isBetween(0.0, 100.0);
        }
        assertThat(again.quorate()).isEqualTo(tally.quorate());
        Tally.Count total = tally.total();
        assertThat(total.favour() + total.against() + total.abstain()).isEqualTo(votes.size());
        assertThat(total.entitled() + record.recused().size()).isEqualTo(electors.size());
        int silent = total.entitled() - votes.size();
        assertThat(silent).isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("anyBallots")
    void oneMoreVoteInFavourNeverLowersFavourAndOneAgainstNeverRaisesIt(BallotRecord record) {
        List<Elector> electors = new ArrayList<>(record.electors());
        electors.add(Elector.of("org-more", "One more", Pillar.NGO));
        double before = percent(Tally.of(with(record, electors, record.votes())).favourTotal());
        assertThat(percent(oneMore(record, electors, Choice.FAVOUR))).isGreaterThanOrEqualTo(before);
        assertThat(percent(oneMore(record, electors, Choice.AGAINST))).isLessThanOrEqualTo(before);
        assertThat(percent(oneMore(record, electors, Choice.ABSTAIN))).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("anyBallots")
    void whoStaysOutChangesNothing(BallotRecord record) {
        List<Elector> fewer =
                record.electors().stream().filter(Elector::isEntitled).toList();
        Tally without = Tally.of(with(record, fewer, record.votes()));
        Tally tally = Tally.of(record);
        assertThat(without.total()).isEqualTo(tally.total());
        assertThat(without.quorate()).isEqualTo(tally.quorate());
        assertThat(without.favourTotal()).isEqualTo(tally.favourTotal());
    }

    private static OptionalDouble oneMore(BallotRecord record, List<Elector> electors, Choice choice) {
        List<Vote> votes = new ArrayList<>(record.votes());
        votes.add(new Vote("org-more", choice, "somebody", NOON));
        return Tally.of(with(record, electors, votes)).favourTotal();
    }

    private static double percent(OptionalDouble percent) {
        return percent.orElse(0);
    }

    private static BallotRecord withVotes(BallotRecord record, List<Vote> votes) {
        return with(record, record.electors(), votes);
    }

    private static BallotRecord with(BallotRecord record, List<Elector> electors, List<Vote> votes) {
        return new BallotRecord(
                record.id(),
                record.caseNumber(),
                record.body(),
                record.question(),
                record.thresholds(),
                record.openedAt(),
                record.consensus(),
                record.notedBy(),
                record.closesAt(),
                record.closedAt(),
                record.abandoned(),
                electors,
                votes);
    }
}
