package org.redress.membership;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.redress.engine.Cases;
import org.redress.engine.SystemWork;
import org.redress.governance.Governance;
import org.redress.governance.MemberLeft;
import org.redress.governance.Plenary;
import org.redress.governance.PlenaryMoved;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What we ask of {@code member-standing}: to begin a year, and to end one; always as the system, whoever caused it. */
@Component
class StandingWorkflow {

    static final String PROCESS = "member-standing";

    private static final String YEAR_OPENED = "reporting-year-opened";
    private static final String NEXT_YEAR_OPENED = "next-year-opened";
    private static final String PLENARY_MOVED = "plenary-moved";
    private static final String MEMBERSHIP_ENDED = "membership-ended";
    private static final String MEMBER_ID = "memberId";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final Cases cases;
    private final Governance governance;

    StandingWorkflow(@Lazy ProcessEngine engine, SystemWork asTheSystem, Cases cases, Governance governance) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
        this.cases = cases;
        this.governance = governance;
    }

    /** Begins a year, and gives its case number. */
    String begin(String memberId, String plenaryId) {
        return cases.start(YEAR_OPENED, Map.of(MEMBER_ID, memberId, "plenaryId", plenaryId))
                .caseNumber();
    }

    /**
     * Ends the member's year before, if it is settled: the next one begins where it stands.
     *
     * @return whether none runs any more; a year that is still being decided goes on
     */
    boolean endYearBefore(String memberId) {
        return asTheSystem.call(() -> {
            Set<String> running = engine
                    .getRuntimeService()
                    .createProcessInstanceQuery()
                    .processDefinitionKey(PROCESS)
                    .variableValueEquals(MEMBER_ID, memberId)
                    .list()
                    .stream()
                    .map(ProcessInstance::getId)
                    .collect(Collectors.toCollection(HashSet::new));
            // Within a command of the engine a query would still find what has just ended.
            running.removeAll(tell(NEXT_YEAR_OPENED, memberId));
            return running.isEmpty();
        });
    }

    /** Whether a year of this member runs. */
    boolean isFollowed(String memberId) {
        return asTheSystem.call(() -> engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(PROCESS)
                        .variableValueEquals(MEMBER_ID, memberId)
                        .count()
                > 0);
    }

    /** Whether a year ended with a refusal to engage that nobody has seen overcome. */
    boolean endedInRefusal(String caseNumber) {
        return asTheSystem.call(() -> engine.getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .processDefinitionKey(PROCESS)
                        .processInstanceBusinessKey(caseNumber)
                        .variableValueEquals("refusesEngagement", true)
                        .count()
                > 0);
    }

    /** Nothing more is asked of a member that was expelled or has withdrawn. */
    @EventListener
    void left(MemberLeft member) {
        asTheSystem.call(() -> tell(MEMBERSHIP_ENDED, member.organisation()));
    }

    /**
     * Has every member told until when its report is due now that hangs on a Plenary that moved, in the transaction in which
     * it moves. The days of a Plenary that was cancelled stay.
     */
    @EventListener
    void moved(PlenaryMoved moved) {
        if (governance.plenary(moved.plenaryId()).state() != Plenary.State.PLANNED) {
            return;
        }
        RuntimeService runtime = engine.getRuntimeService();
        asTheSystem.run(() -> runtime.createExecutionQuery()
                .processDefinitionKey(PROCESS)
                .messageEventSubscriptionName(PLENARY_MOVED)
                .processVariableValueEquals(Governance.PLENARY_ID, moved.plenaryId())
                .list()
                .forEach(waiting -> runtime.messageEventReceived(PLENARY_MOVED, waiting.getId())));
    }

    /** The ids of the process instances that took the message. */
    private List<String> tell(String message, String memberId) {
        return engine
                .getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceVariableEquals(MEMBER_ID, memberId)
                .correlateAllWithResult()
                .stream()
                .map(result -> result.getExecution().getProcessInstanceId())
                .toList();
    }
}
