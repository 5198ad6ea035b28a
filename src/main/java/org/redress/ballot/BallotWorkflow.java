package org.redress.ballot;

import org.redress.engine.OpenTasks;
import org.redress.engine.SystemWork;
import org.redress.governance.StandingLost;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the register of members asks of the {@code ballot} processes that run, always as the system. */
@Component
class BallotWorkflow {

    private final Ballots ballots;
    private final BallotProcess balloting;
    private final OpenTasks tasks;
    private final SystemWork asTheSystem;

    BallotWorkflow(Ballots ballots, BallotProcess balloting, OpenTasks tasks, SystemWork asTheSystem) {
        this.ballots = ballots;
        this.balloting = balloting;
        this.tasks = tasks;
        this.asTheSystem = asTheSystem;
    }

    /**
     * Takes a member out of the open ballots that takes no part in decisions any more, in the transaction in which it loses its
     * part: forms show who is left, and its open votes end without one.
     */
    @EventListener
    void takeOut(StandingLost lost) {
        asTheSystem.run(() -> ballots.takeOut(lost.organisation()).forEach(instance -> {
            tasks.within(instance, ballot -> balloting.layOut(ballot, BallotProcess.ballotId(ballot)));
            tasks.endUnanswered(instance, BallotProcess.CAST_VOTE, BallotProcess.ELECTOR, lost.organisation());
        }));
    }
}
