package org.redress.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidInput;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The embedded database of the first look keeps ballots as PostgreSQL does. */
@SuppressWarnings("NullAway.Init")
class BallotsOnH2Test {

    private static final Instant NOON = Instant.parse("2026-02-02T12:00:00Z");
    private static final Thresholds RULES = new Thresholds(66.67, 51, 50, "2025-07", "KNOWLEDGE", "INFERRED", false);

    private Ballots ballots;

    @BeforeEach
    void anEmptyDatabase() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:ballots-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/common")
                .load()
                .migrate();
        ballots = new Ballots(JdbcClient.create(database), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private String open() {
        return ballots.open(new Opening(
                "first",
                "C-2026-0001",
                Body.STEERING_COMMITTEE,
                "REFER_CONCERN",
                List.of(
                        Elector.of("org-a", "A", Pillar.GOVERNMENT),
                        Elector.of("org-b", "B", Pillar.CORPORATE),
                        Elector.of("org-c", "C", Pillar.NGO)),
                List.of(
                        new Interest("org-c", RecusalReason.DECLARED_INTEREST),
                        new Interest("org-c", RecusalReason.PARTY_TO_CONCERN),
                        new Interest("org-z", RecusalReason.PARTY_TO_CONCERN)),
                RULES));
    }

    private static Voter of(String account, String... groups) {
        return new Voter(account, Set.of(groups));
    }

    @Test
    void aBallotGoesItsWay() {
        String id = open();
        assertThat(open()).as("opened again").isEqualTo(id);
        ballots.noteMeeting(id, List.of("org-a"), false, "secretariat");
        ballots.callVote(id, NOON.plusSeconds(60));
        ballots.cast(id, "org-a", of("anna", "org-a", "steering-committee"), Choice.FAVOUR);
        ballots.close(id);

        BallotRecord record = ballots.record(id);
        assertThat(record.thresholds()).isEqualTo(RULES);
        assertThat(record.openedAt()).isEqualTo(NOON);
        assertThat(record.consensus()).isFalse();
        assertThat(record.closesAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(record.closedAt()).isEqualTo(NOON);
        assertThat(record.votes()).containsExactly(new Vote("org-a", Choice.FAVOUR, "anna", NOON));
        assertThat(record.recused())
                .containsExactly(new Elector(
                        "org-c",
                        "C",
                        Pillar.NGO,
                        false,
                        new Recusal(RecusalReason.PARTY_TO_CONCERN, NOON, Recusal.RULE)));
        Tally tally = ballots.tally(id);
        assertThat(tally.total()).isEqualTo(new Tally.Count(2, 1, 0, 0));
        assertThat(tally.quorate()).isTrue();
        assertThat(tally.favourTotal()).hasValue(100);
    }

    @Test
    void anAbandonedBallotIsClosedWithoutAResultAndItsVotesStaySecret() {
        String id = open();
        ballots.callVote(id, NOON.plusSeconds(60));
        ballots.cast(id, "org-a", of("anna", "org-a", "steering-committee"), Choice.FAVOUR);
        ballots.abandon(id);
        ballots.close(id);

        BallotRecord record = ballots.record(id);
        assertThat(record.abandoned()).isTrue();
        assertThat(record.closedAt()).isEqualTo(NOON);
        assertThat(record.votes()).isEmpty();
        assertThatThrownBy(() -> ballots.tally(id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was abandoned: it has no result");
        refused(
                () -> ballots.cast(id, "org-b", of("bob", "org-b", "steering-committee"), Choice.FAVOUR),
                "was abandoned at");
    }

    @Test
    void whatWasCountedIsNotAbandonedAnyMore() {
        String id = open();
        ballots.close(id);
        ballots.abandon(id);
        assertThat(ballots.record(id).abandoned()).isFalse();
        assertThat(ballots.tally(id).quorate()).isFalse();
    }

    @Test
    void whoMayNotVoteIsToldWhy() {
        String id = open();
        Voter anna = of("anna", "org-a", "steering-committee");
        refused(() -> ballots.cast(id, "org-a", anna, Choice.FAVOUR), "No vote has been called yet");
        ballots.callVote(id, NOON);
        refused(
                () -> ballots.cast(id, "org-c", of("carl", "org-c", "steering-committee"), Choice.FAVOUR),
                "C stays out of this ballot, since it is a party to the concern");
        refused(() -> ballots.cast(id, "org-z", of("zoe", "org-z", "steering-committee"), Choice.FAVOUR), "no elector");
        refused(
                () -> ballots.cast(id, "org-a", of("mia", "org-a", "member"), Choice.FAVOUR),
                "Only a signed-in person");
        refused(() -> ballots.cast(id, "org-a", new Voter(null, anna.groups()), Choice.FAVOUR), "Only a signed-in");
        refused(
                () -> ballots.cast(id, "org-a", of("zed", "org-a", "org-z", "steering-committee"), Choice.FAVOUR),
                "You are also of org-z, which is a party to the concern");
        ballots.cast(id, "org-a", anna, Choice.AGAINST);
        refused(() -> ballots.cast(id, "org-a", anna, Choice.AGAINST), "A has voted already");
        assertThatThrownBy(() -> ballots.tally(id)).isInstanceOf(IllegalStateException.class);
        ballots.close(id);
        refused(() -> ballots.cast(id, "org-b", of("bob", "org-b", "steering-committee"), Choice.FAVOUR), "was closed");
        refused(() -> ballots.recuse(id, "org-b", RecusalReason.SPONSOR, "secretariat"), "was closed");
        refused(() -> ballots.noteMeeting(id, List.of(), true, "secretariat"), "was closed");
        refused(() -> ballots.callVote(id, NOON), "was closed");
    }

    @Test
    void aRecusalIsOnlyAddedAndKeepsItsFirstReason() {
        String id = open();
        ballots.recuse(id, "org-b", RecusalReason.SPONSOR, "secretariat");
        ballots.recuse(id, "org-b", RecusalReason.APPLICANT, "somebody-else");
        ballots.recuse(id, "org-c", RecusalReason.SPONSOR, "secretariat");
        refused(() -> ballots.recuse(id, "org-z", RecusalReason.SPONSOR, "secretariat"), "no elector");
        refused(() -> ballots.noteMeeting(id, List.of("org-b"), true, "secretariat"), "does not count as present");
        assertThat(ballots.electors(id))
                .extracting(Elector::organisation, elector -> elector.recusal()
                        .map(recusal -> recusal.reason() + " by " + recusal.by())
                        .orElse("votes"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("org-a", "votes"),
                        org.assertj.core.groups.Tuple.tuple("org-b", "SPONSOR by secretariat"),
                        org.assertj.core.groups.Tuple.tuple("org-c", "PARTY_TO_CONCERN by rule"));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidInput.class).hasMessageContaining(message);
    }
}
