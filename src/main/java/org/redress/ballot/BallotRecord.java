package org.redress.ballot;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is on record of a ballot, and all that its count needs (membership-and-concern.md E.6). Given out when the
 * ballot is closed and not before. Moments are UTC.
 *
 * @param consensus what was noted of the meeting; null when nothing was
 * @param notedBy the account of who noted it
 * @param closesAt when the vote ends; null when no vote was called
 * @param closedAt null while it is open
 * @param abandoned whether it was closed without a count; then it has no result and shows no vote
 * @param electors by organisation
 * @param votes by organisation
 */
public record BallotRecord(
        String id,
        String caseNumber,
        Body body,
        String question,
        Thresholds thresholds,
        Instant openedAt,
        @Nullable Boolean consensus,
        @Nullable String notedBy,
        @Nullable Instant closesAt,
        @Nullable Instant closedAt,
        boolean abandoned,
        List<Elector> electors,
        List<Vote> votes) {

    public BallotRecord {
        electors = electors.stream()
                .sorted(Comparator.comparing(Elector::organisation))
                .toList();
        votes = votes.stream().sorted(Comparator.comparing(Vote::organisation)).toList();
    }

    /** Whether consensus failed and votes were asked for. */
    public boolean isVoteCalled() {
        return closesAt != null;
    }

    /** Those who stay out, by organisation. */
    public List<Elector> recused() {
        return electors.stream().filter(elector -> !elector.isEntitled()).toList();
    }
}
