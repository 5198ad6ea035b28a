package org.redress.remedy;

import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What the steps of a case may ask about its people, whose own cases run beside it and outlive it (remedy.md A.0). For
 * the plan gate, the closing gate and the monitoring report.
 */
@Component
final class VictimCases {

    private final VictimWorkflow workflow;

    VictimCases(VictimWorkflow workflow) {
        this.workflow = workflow;
    }

    /** Everybody who was registered in this case, with finished cases too; empty when nobody was. */
    List<VictimFacts> of(String caseNumber) {
        return workflow.people(caseNumber);
    }

    /** The same in numbers: all 0 when nobody was registered. */
    VictimCounts facts(String caseNumber) {
        return new VictimCounts(of(caseNumber));
    }
}
