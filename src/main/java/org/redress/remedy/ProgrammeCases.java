package org.redress.remedy;

import java.util.List;
import org.springframework.stereotype.Component;

/** What the steps of a case may ask about its Level 2 programmes, which run beside it (remedy.md A.0, A.5). */
@Component
final class ProgrammeCases {

    private final ProgrammeWorkflow workflow;

    ProgrammeCases(ProgrammeWorkflow workflow) {
        this.workflow = workflow;
    }

    /** Every programme of this case, finished ones too; empty when there is none. */
    List<ProgrammeFacts> of(String caseNumber) {
        return workflow.programmes(caseNumber);
    }

    /** The same in numbers. */
    ProgrammeCounts facts(String caseNumber) {
        return new ProgrammeCounts(of(caseNumber));
    }
}
