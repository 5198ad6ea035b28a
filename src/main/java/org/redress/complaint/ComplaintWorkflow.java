package org.redress.complaint;

import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.redress.engine.SystemWork;
import org.redress.governance.Governance;
import org.redress.governance.MemberLeft;
import org.redress.governance.PlenariesChanged;
import org.redress.governance.PlenaryMoved;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What goes from a review to other processes, and what reaches it from the register of members. */
@Component
class ComplaintWorkflow {

    private static final String PROCESS = "complaint-review";
    private static final String ENGAGEMENT_REFUSED = "engagement-refused";
    private static final String MEMBER_LEFT = "member-left";
    private static final String PLENARY_MOVED = "plenary-moved";
    private static final String FOLLOW_UP = "FOLLOW_UP";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final ComplaintProcess concerns;

    ComplaintWorkflow(@Lazy ProcessEngine engine, SystemWork asTheSystem, ComplaintProcess concerns) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
        this.concerns = concerns;
    }

    /**
     * Tells the {@code member-standing} of one member that it refuses to engage (contract, Messages). A member whose
     * standing is not being followed at the moment is told nothing; that is no fault.
     *
     * @return how many took it
     */
    int tellRefusal(String organisation) {
        return engine.getRuntimeService()
                .createMessageCorrelation(ENGAGEMENT_REFUSED)
                .processInstanceVariableEquals("memberId", organisation)
                .correlateAllWithResult()
                .size();
    }

    /**
     * Closes the reviews of concerns about a member that left, in the transaction in which it leaves
     * (membership-and-concern.md E.4); the one that expelled it goes on to its own end. A concern that it has raised goes no
     * further either, since nobody is left to bring it forward; what the Plenary has recommended by then is followed up all
     * the same. No rule says so [I].
     */
    @EventListener
    void closeFor(MemberLeft left) {
        asTheSystem.run(() -> Stream.concat(
                        of(ComplaintProcess.CONCERNED_MEMBER, left.organisation()),
                        of(ComplaintProcess.RAISING_MEMBER, left.organisation())
                                .filter(instance -> !isFollowedUp(instance)))
                .filter(instance -> !String.valueOf(instance.getBusinessKey()).equals(left.caseNumber()))
                .forEach(instance -> engine.getRuntimeService()
                        .createMessageCorrelation(MEMBER_LEFT)
                        .processInstanceId(instance.getId())
                        .correlateAllWithResult()));
    }

    /** Tells the reviews that hang on a Plenary which is not in time any more, in the transaction in which it moves. */
    @EventListener
    void lookAgain(PlenaryMoved moved) {
        RuntimeService runtime = engine.getRuntimeService();
        asTheSystem.run(() -> runtime
                .createExecutionQuery()
                .processDefinitionKey(PROCESS)
                .messageEventSubscriptionName(PLENARY_MOVED)
                .processVariableValueEquals(Governance.PLENARY_ID, moved.plenaryId())
                .list()
                .stream()
                .map(Execution::getId)
                .filter(waiting -> !concerns.isStillInTime(
                        moved.plenaryId(), (String) runtime.getVariable(waiting, ComplaintProcess.PLENARY_LATEST)))
                .forEach(waiting -> runtime.messageEventReceived(PLENARY_MOVED, waiting)));
    }

    /** Offers in the open tasks what the calendar has now, in the transaction in which it changes. */
    @EventListener
    void offerAnew(PlenariesChanged changed) {
        RuntimeService runtime = engine.getRuntimeService();
        asTheSystem.run(() -> engine
                .getTaskService()
                .createTaskQuery()
                .processDefinitionKey(PROCESS)
                .taskDefinitionKeyIn("task_conveneSpecial", "task_schedulePlenary")
                .list()
                .stream()
                .map(Task::getExecutionId)
                .forEach(choosing -> runtime.setVariables(
                        choosing,
                        concerns.offeredAnew(
                                (String) runtime.getVariable(choosing, ComplaintProcess.PLENARY_LATEST),
                                (String) runtime.getVariable(choosing, ComplaintProcess.PLENARY_CHOSEN)))));
    }

    private Stream<ProcessInstance> of(String part, String organisation) {
        return engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .variableValueEquals(part, organisation)
                .list()
                .stream();
    }

    private boolean isFollowedUp(ProcessInstance review) {
        return FOLLOW_UP.equals(engine.getRuntimeService().getVariable(review.getId(), "caseState"));
    }
}
