package org.redress.ballot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ballots and their votes (membership-and-concern.md A.2, B, E.6). A vote is secret until the ballot is closed: before,
 * nobody gets the record or the tally here, whoever asks. Every step takes the caller's transaction if there is one, and
 * steps of one ballot take turns, so that no vote slips in beside the count.
 */
@Component("ballots")
public class Ballots {

    /** What the guards need to know of a ballot before they let somebody do something with it. */
    private record State(Body body, @Nullable Instant closesAt, @Nullable Instant closedAt, boolean abandoned) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Ballots(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens a ballot, and lets every elector stay out whose organisation has an interest. Opened again with the same key it
     * is the same ballot, as it was opened first.
     *
     * @return the id of the ballot
     * @throws InvalidInput if an interest or an elector cannot be ({@link Opening})
     */
    @Transactional
    public String open(Opening opening) {
        Optional<String> known = jdbc.sql("select id from ballot where opening_key = ?")
                .param(opening.key())
                .query(String.class)
                .optional();
        if (known.isPresent()) {
            return known.get();
        }
        String id = UUID.randomUUID().toString();
        Thresholds rules = opening.thresholds();
        jdbc.sql(
                        """
                        insert into ballot (id, opening_key, case_number, body, question, overall_percent,
                            pillar_floor_percent, quorum_percent, rules_version, basis, quorum_basis, verified, opened_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id,
                        opening.key(),
                        opening.caseNumber(),
                        opening.body().name(),
                        opening.question(),
                        rules.overallPercent(),
                        rules.pillarFloorPercent(),
                        rules.quorumPercent(),
                        rules.rulesVersion(),
                        rules.basis(),
                        rules.quorumBasis(),
                        rules.verified(),
                        now())
                .update();
        for (Elector elector : opening.electors()) {
            jdbc.sql("insert into ballot_elector (ballot_id, organisation, name, pillar) values (?, ?, ?, ?)")
                    .params(
                            id,
                            elector.organisation(),
                            elector.name(),
                            elector.pillar().name())
                    .update();
        }
        // The gravest reason of several is the one that is said.
        opening.interests().stream()
                .sorted((one, other) -> one.reason().compareTo(other.reason()))
                .forEach(interest -> interested(id, interest, Recusal.RULE));
        return id;
    }

    /**
     * Lets an elector stay out whom the conflict check did not find. Who stays out already does so for the first reason:
     * nobody lifts or changes what is on record.
     *
     * @param by the account of who declares it
     * @throws InvalidInput if the organisation is no elector, a vote was called already, or the ballot is closed
     */
    @Transactional
    public void recuse(String ballotId, String organisation, RecusalReason reason, String by) {
        State state = locked(ballotId);
        refuseClosed(state);
        if (state.closesAt() != null) {
            throw new InvalidInput("The vote has been called: nobody is taken out of it any more");
        }
        Elector elector = elector(ballotId, organisation).orElseThrow(() -> stranger(organisation));
        if (elector.isEntitled()) {
            interested(ballotId, new Interest(organisation, reason), by);
        }
    }

    /**
     * Takes an organisation out of every open ballot, since it takes no part in decisions any more (membership.md B, Inactive
     * status): it casts no vote and counts for no quorum. The rules say nothing of the following, so it is [I]: a vote that it
     * cast while it took part is never taken back and counts; a vote whose time is over is counted as it stood then; and
     * who is cured meanwhile takes part again from the next ballot on. Called again it changes nothing.
     *
     * @return the keys with which those ballots were opened
     */
    @Transactional
    public List<String> takeOut(String organisation) {
        List<String> keys = new ArrayList<>();
        jdbc.sql(
                        """
                        select b.id, b.opening_key from ballot b join ballot_elector e on e.ballot_id = b.id
                        where b.closed_at is null and e.organisation = ? and e.recusal_reason is null order by b.id
                        """)
                .param(organisation)
                .query((row, index) -> Map.entry(row.getString("id"), row.getString("opening_key")))
                .list()
                .forEach(ballot -> {
                    State state = locked(ballot.getKey());
                    boolean over = state.closedAt() != null
                            || (state.closesAt() != null && clock.instant().isAfter(state.closesAt()));
                    if (!over && !hasVoted(ballot.getKey(), organisation)) {
                        stayOut(ballot.getKey(), organisation, RecusalReason.NOT_ACTIVE, Recusal.REGISTER);
                        keys.add(ballot.getValue());
                    }
                });
        return keys;
    }

    private void interested(String ballotId, Interest interest, String by) {
        jdbc.sql(
                        """
                        insert into ballot_interest (ballot_id, organisation, reason)
                        select b.id, ?, ? from ballot b where b.id = ? and not exists (
                            select 1 from ballot_interest i where i.ballot_id = b.id and i.organisation = ?)
                        """)
                .params(interest.organisation(), interest.reason().name(), ballotId, interest.organisation())
                .update();
        stayOut(ballotId, interest.organisation(), interest.reason(), by);
    }

    private void stayOut(String ballotId, String organisation, RecusalReason reason, String by) {
        jdbc.sql(
                        """
                        update ballot_elector set recusal_reason = ?, recused_at = ?, recused_by = ?
                        where ballot_id = ? and organisation = ? and recusal_reason is null
                        """)
                .params(reason.name(), now(), by, ballotId, organisation)
                .update();
    }

    /**
     * Notes what came of seeking consensus; noted again, the last note counts.
     *
     * @param present the organisations that were there
     * @param consensus whether all of them agreed
     * @param by the account of who notes it
     * @throws InvalidInput if one who was present is no elector or stays out, a vote was called, or the ballot is closed
     */
    @Transactional
    public void noteMeeting(String ballotId, Collection<String> present, boolean consensus, String by) {
        State state = locked(ballotId);
        refuseClosed(state);
        if (state.closesAt() != null) {
            throw new InvalidInput("The vote has been called: what the meeting said stays as it was noted");
        }
        jdbc.sql("update ballot_elector set present = false where ballot_id = ?")
                .param(ballotId)
                .update();
        for (String organisation : present) {
            Elector elector = elector(ballotId, organisation).orElseThrow(() -> stranger(organisation));
            if (!elector.isEntitled()) {
                throw new InvalidInput(elector.name() + " stays out of this ballot and does not count as present");
            }
            jdbc.sql("update ballot_elector set present = true where ballot_id = ? and organisation = ?")
                    .params(ballotId, organisation)
                    .update();
        }
        jdbc.sql("update ballot set consensus = ?, noted_by = ? where id = ?")
                .params(consensus, by, ballotId)
                .update();
    }

    /**
     * Asks the entitled electors for their votes. Called again it changes nothing.
     *
     * @param closesAt the last moment at which a vote counts
     * @throws InvalidInput if the ballot is closed
     */
    @Transactional
    public void callVote(String ballotId, Instant closesAt) {
        refuseClosed(locked(ballotId));
        jdbc.sql("update ballot set closes_at = ? where id = ? and closes_at is null")
                .params(Timestamp.from(closesAt), ballotId)
                .update();
    }

    /**
     * Records the one vote of an elector.
     *
     * @param organisation the elector for whom the person votes
     * @throws InvalidInput if no vote was called, it is over, the organisation is no elector, stays out or has voted, or the
     *     person is not of it, has not its role, or is also of an organisation that has an interest
     */
    @Transactional
    public void cast(String ballotId, String organisation, Voter voter, Choice choice) {
        State state = locked(ballotId);
        refuseClosed(state);
        if (state.closesAt() == null) {
            throw new InvalidInput("No vote has been called yet: first the body seeks consensus");
        }
        if (clock.instant().isAfter(state.closesAt())) {
            throw new InvalidInput(
                    "The vote closed at " + state.closesAt() + ": a vote that comes later is not counted");
        }
        Elector elector = elector(ballotId, organisation).orElseThrow(() -> stranger(organisation));
        elector.recusal().ifPresent(recusal -> {
            throw new InvalidInput(elector.name() + " stays out of this ballot, since it "
                    + recusal.reason().words() + ": it casts no vote");
        });
        String account = entitled(ballotId, elector, voter, state.body());
        if (hasVoted(ballotId, organisation)) {
            throw voted(elector);
        }
        try {
            jdbc.sql("insert into ballot_vote (ballot_id, organisation, choice, voter, cast_at) values (?, ?, ?, ?, ?)")
                    .params(ballotId, organisation, choice.name(), account, now())
                    .update();
        } catch (DuplicateKeyException e) {
            throw voted(elector);
        }
    }

    private String entitled(String ballotId, Elector elector, Voter voter, Body body) {
        String account = voter.account();
        if (account == null
                || !voter.groups().contains(elector.organisation())
                || !voter.groups().contains(body.role())) {
            throw new InvalidInput("Only a signed-in person of " + elector.name() + " with the role " + body.role()
                    + " casts its vote");
        }
        jdbc
                .sql("select organisation, reason from ballot_interest where ballot_id = ? order by organisation")
                .param(ballotId)
                .query((row, index) ->
                        new Interest(row.getString("organisation"), RecusalReason.of(row.getString("reason"))))
                .list()
                .stream()
                .filter(interest -> voter.groups().contains(interest.organisation()))
                .findFirst()
                .ifPresent(interest -> {
                    throw new InvalidInput("You are also of " + interest.organisation() + ", which "
                            + interest.reason().words() + ": let somebody else of " + elector.name() + " vote");
                });
        return account;
    }

    /** Closes a ballot for good. Closed again it stays as it was. */
    @Transactional
    public void close(String ballotId) {
        locked(ballotId);
        jdbc.sql("update ballot set closed_at = ? where id = ? and closed_at is null")
                .params(now(), ballotId)
                .update();
    }

    /**
     * Closes a ballot that ends without a count, since the case goes another way; one that is closed stays as it was. Votes
     * that were cast by then stay secret for good: they decided nothing.
     */
    @Transactional
    public void abandon(String ballotId) {
        locked(ballotId);
        jdbc.sql("update ballot set closed_at = ?, abandoned = true where id = ? and closed_at is null")
                .params(now(), ballotId)
                .update();
    }

    /**
     * Who may vote, who stays out and who was present. Tells no vote, so it may be asked at any time.
     *
     * @return by name
     */
    public List<Elector> electors(String ballotId) {
        return jdbc.sql("select * from ballot_elector where ballot_id = ? order by name, organisation")
                .param(ballotId)
                .query((row, index) -> elector(row))
                .list();
    }

    /**
     * The whole record of a closed ballot, with who voted what; without a vote if it was abandoned.
     *
     * @throws IllegalStateException if it is still open: votes are secret until then
     * @throws IllegalArgumentException if there is no such ballot
     */
    @Transactional
    public BallotRecord record(String ballotId) {
        State state = state(ballotId, "");
        if (state.closedAt() == null) {
            throw new IllegalStateException("The ballot " + ballotId + " is open: votes are secret until it is closed");
        }
        List<Vote> votes = state.abandoned() ? List.of() : votes(ballotId);
        List<Elector> electors = electors(ballotId);
        return jdbc.sql("select * from ballot where id = ?")
                .param(ballotId)
                .query((row, index) -> new BallotRecord(
                        ballotId,
                        row.getString("case_number"),
                        Body.valueOf(row.getString("body")),
                        row.getString("question"),
                        new Thresholds(
                                row.getDouble("overall_percent"),
                                row.getDouble("pillar_floor_percent"),
                                row.getDouble("quorum_percent"),
                                row.getString("rules_version"),
                                row.getString("basis"),
                                row.getString("quorum_basis"),
                                row.getBoolean("verified")),
                        row.getTimestamp("opened_at").toInstant(),
                        row.getObject("consensus", Boolean.class),
                        row.getString("noted_by"),
                        instant(row, "closes_at"),
                        instant(row, "closed_at"),
                        row.getBoolean("abandoned"),
                        electors,
                        votes))
                .single();
    }

    private List<Vote> votes(String ballotId) {
        return jdbc.sql("select * from ballot_vote where ballot_id = ?")
                .param(ballotId)
                .query((row, index) -> new Vote(
                        row.getString("organisation"),
                        Choice.valueOf(row.getString("choice")),
                        row.getString("voter"),
                        row.getTimestamp("cast_at").toInstant()))
                .list();
    }

    /** The records of the closed ballots of a case, abandoned ones among them, the earliest first. */
    @Transactional
    public List<BallotRecord> closedOf(String caseNumber) {
        return jdbc
                .sql("select id from ballot where case_number = ? and closed_at is not null order by opened_at, id")
                .param(caseNumber)
                .query(String.class)
                .list()
                .stream()
                .map(this::record)
                .toList();
    }

    /**
     * What a closed ballot came to, counted anew each time.
     *
     * @throws IllegalStateException if it is still open or was abandoned, or its record holds what it cannot hold
     * @throws IllegalArgumentException if there is no such ballot
     */
    @Transactional
    public Tally tally(String ballotId) {
        return Tally.of(record(ballotId));
    }

    private boolean hasVoted(String ballotId, String organisation) {
        return jdbc.sql("select count(*) from ballot_vote where ballot_id = ? and organisation = ?")
                        .params(ballotId, organisation)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Optional<Elector> elector(String ballotId, String organisation) {
        return jdbc.sql("select * from ballot_elector where ballot_id = ? and organisation = ?")
                .params(ballotId, organisation)
                .query((row, index) -> elector(row))
                .optional();
    }

    private static Elector elector(ResultSet row) throws SQLException {
        String reason = row.getString("recusal_reason");
        return new Elector(
                row.getString("organisation"),
                row.getString("name"),
                Pillar.valueOf(row.getString("pillar")),
                row.getBoolean("present"),
                reason == null
                        ? null
                        : new Recusal(
                                RecusalReason.valueOf(reason),
                                row.getTimestamp("recused_at").toInstant(),
                                row.getString("recused_by")));
    }

    /** The ballot's row, held until the transaction ends: whoever comes meanwhile waits and then sees what was done. */
    private State locked(String ballotId) {
        return state(ballotId, " for update");
    }

    private State state(String ballotId, String lock) {
        return jdbc.sql("select body, closes_at, closed_at, abandoned from ballot where id = ?" + lock)
                .param(ballotId)
                .query((row, index) -> new State(
                        Body.valueOf(row.getString("body")),
                        instant(row, "closes_at"),
                        instant(row, "closed_at"),
                        row.getBoolean("abandoned")))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no ballot " + ballotId));
    }

    private static void refuseClosed(State state) {
        if (state.closedAt() != null) {
            throw new InvalidInput("The ballot was " + (state.abandoned() ? "abandoned" : "closed") + " at "
                    + state.closedAt() + ": nothing is added to it any more");
        }
    }

    private static InvalidInput stranger(String organisation) {
        return new InvalidInput(organisation + " is no elector of this ballot");
    }

    private static InvalidInput voted(Elector elector) {
        return new InvalidInput(elector.name() + " has voted already: a vote is cast once and is not changed");
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
