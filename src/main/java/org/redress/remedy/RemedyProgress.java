package org.redress.remedy;

import org.redress.engine.Cases;
import org.redress.engine.StartedCase;
import org.springframework.stereotype.Component;

/** Whether the remedy of a case is under way, as those who wait for it may ask (guideline step 4). */
@Component
final class RemedyProgress {

    static final String UNDER_WAY = "UNDER_WAY";
    static final String WAITING = "WAITING";
    static final String NONE = "NONE";

    private final VictimWorkflow workflow;
    private final Cases cases;

    RemedyProgress(VictimWorkflow workflow, Cases cases) {
        this.workflow = workflow;
        this.cases = cases;
    }

    /** UNDER_WAY as soon as the case has a start date, NONE when it was closed without one, else WAITING. */
    String of(String caseNumber) {
        if (workflow.remedyHasStarted(caseNumber)) {
            return UNDER_WAY;
        }
        String state = cases.find(caseNumber).map(StartedCase::state).orElse("");
        boolean over = state.startsWith("CLOSED_") || state.equals("TRANSFERRED") || state.equals("LESSONS");
        return over ? NONE : WAITING;
    }
}
