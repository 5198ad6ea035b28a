package org.redress.ballot;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.redress.engine.SystemWork;
import org.redress.governance.StandingLost;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the register of members asks of the {@code ballot} processes that run, always as the system. */
@Component
class BallotWorkflow {

    private final Ballots ballots;
    private final BallotProcess balloting;
    private final SystemWork asTheSystem;

    BallotWorkflow(Ballots ballots, BallotProcess balloting, SystemWork asTheSystem) {
        this.ballots = ballots;
        this.balloting = balloting;
        this.asTheSystem = asTheSystem;
    }

    /**
     * Takes a member out of the open ballots that takes no part in decisions any more, in the transaction in which it loses its
     * part: forms show who is left, and its open votes end without one.
     */
    @EventListener
    void takeOut(StandingLost lost) {
        asTheSystem.run(() -> ballots.takeOut(lost.organisation())
                .forEach(instance -> endVotes(Context.getCommandContext(), instance, lost.organisation())));
    }

    private void endVotes(CommandContext context, String instanceId, String organisation) {
        ExecutionEntity instance = context.getExecutionManager().findExecutionById(instanceId);
        if (instance == null) {
            return;
        }
        balloting.layOut(instance, BallotProcess.ballotId(instance));
        context.getTaskManager().findTasksByProcessInstanceId(instanceId).stream()
                .filter(task -> BallotProcess.CAST_VOTE.equals(task.getTaskDefinitionKey()))
                .filter(task -> organisation.equals(task.getVariable(BallotProcess.ELECTOR)))
                // Not by the task service: whoever completes this task there has to vote.
                .forEach(task -> task.complete());
    }
}
