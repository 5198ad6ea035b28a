package org.redress.membership;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.redress.engine.SystemWork;
import org.redress.governance.Governance;
import org.redress.governance.MemberLeft;
import org.redress.governance.PlenariesChanged;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What we ask of {@code membership-admission}: who applies, and to end when the member has left by another way. */
@Component
class AdmissionWorkflow {

    private static final String PROCESS = "membership-admission";
    private static final String WITHDRAWN = "application-withdrawn";
    private static final String PLENARY_MOVED = "plenary-moved";
    private static final String ORGANISATION = "memberOrganisation";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final Governance governance;

    AdmissionWorkflow(@Lazy ProcessEngine engine, SystemWork asTheSystem, Governance governance) {
        this.engine = engine;
        this.governance = governance;
        this.asTheSystem = asTheSystem;
    }

    /** The numbers of the open cases, without this one, whose applicant goes by the id; whoever asks. */
    List<String> othersFor(String organisation, String caseNumber) {
        return asTheSystem.call(() -> engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .variableValueEquals(ORGANISATION, organisation)
                .list()
                .stream()
                .map(ProcessInstance::getBusinessKey)
                .filter(number -> !number.equals(caseNumber))
                .sorted()
                .toList());
    }

    /**
     * Lets whoever waits for a Plenary look for the next one when one is planned, convened, moved or cancelled, in that
     * transaction. One that has begun goes on to its vote.
     */
    @EventListener
    void lookAgain(PlenariesChanged changed) {
        RuntimeService runtime = engine.getRuntimeService();
        asTheSystem.run(() -> runtime
                .createExecutionQuery()
                .processDefinitionKey(PROCESS)
                .messageEventSubscriptionName(PLENARY_MOVED)
                .list()
                .stream()
                .filter(waiting ->
                        !governance.hasBegun((String) runtime.getVariable(waiting.getId(), Governance.PLENARY_ID)))
                .forEach(waiting -> runtime.messageEventReceived(PLENARY_MOVED, waiting.getId())));
    }

    /** Expelled, or gone: nobody asks it for Full membership any more, and no review waits (E.2). */
    @EventListener
    void left(MemberLeft member) {
        RuntimeService runtime = engine.getRuntimeService();
        runtime.createExecutionQuery()
                .messageEventSubscriptionName(WITHDRAWN)
                .processVariableValueEquals(ORGANISATION, member.organisation())
                .list()
                .forEach(execution -> {
                    Object caseNumber = runtime.getVariable(execution.getId(), "caseNumber");
                    boolean admitted = runtime.getVariable(execution.getId(), "memberStatus") != null;
                    if (admitted && !String.valueOf(caseNumber).equals(member.caseNumber())) {
                        runtime.messageEventReceived(WITHDRAWN, execution.getId());
                    }
                });
    }
}
