package org.redress.membership;

import org.camunda.bpm.engine.RuntimeService;
import org.redress.governance.MemberLeft;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What we ask of {@code membership-admission}: to end when the member has left by another way than its own. */
@Component
class AdmissionWorkflow {

    private static final String WITHDRAWN = "application-withdrawn";

    private final RuntimeService runtime;

    AdmissionWorkflow(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /** Expelled, or gone: nobody asks it for Full membership any more, and no review waits (E.2). */
    @EventListener
    void left(MemberLeft member) {
        runtime.createExecutionQuery()
                .messageEventSubscriptionName(WITHDRAWN)
                .processVariableValueEquals("memberOrganisation", member.organisation())
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
