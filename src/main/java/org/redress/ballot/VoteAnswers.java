package org.redress.ballot;

import java.util.Arrays;
import java.util.Objects;
import org.redress.engine.InvalidInput;
import org.redress.engine.UnrecordedAnswers;
import org.springframework.stereotype.Component;

/** Takes a vote from its form into the ballot, past the engine (membership-and-concern.md E.6): it is secret until the count. */
@Component
class VoteAnswers implements UnrecordedAnswers {

    private final Ballots ballots;

    VoteAnswers(Ballots ballots) {
        this.ballots = ballots;
    }

    @Override
    public String form() {
        return "cast-vote";
    }

    @Override
    public void take(Answer answer) {
        ballots.cast(
                text(answer, BallotProcess.BALLOT_ID),
                text(answer, BallotProcess.ELECTOR),
                new Voter(answer.user(), answer.groups()),
                choice(answer.values().get("voteChoice")));
    }

    private static Choice choice(@org.jspecify.annotations.Nullable Object value) {
        return Arrays.stream(Choice.values())
                .filter(choice -> choice.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("voteChoice – How do you vote?: must be one of the choices."));
    }

    private static String text(Answer answer, String name) {
        return Objects.requireNonNull((String) answer.known().get(name), name);
    }
}
