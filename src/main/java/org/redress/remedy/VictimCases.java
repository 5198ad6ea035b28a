package org.redress.remedy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.stereotype.Component;

/**
 * What the steps of a case may ask about its people, whose own cases run beside it and outlive it (remedy.md A.0). For
 * the plan gate, the closing gate and the monitoring report.
 */
@Component
final class VictimCases {

    private final VictimWorkflow workflow;
    private final Consents consents;
    private final SealedChoices choices;

    VictimCases(VictimWorkflow workflow, Consents consents, SealedChoices choices) {
        this.workflow = workflow;
        this.consents = consents;
        this.choices = choices;
    }

    /** Everybody who was registered in this case, with finished cases too; empty when nobody was. */
    List<VictimFacts> of(String caseNumber) {
        return workflow.people(caseNumber);
    }

    /** The same in numbers: all 0 when nobody was registered. */
    VictimCounts facts(String caseNumber) {
        return new VictimCounts(of(caseNumber));
    }

    /**
     * How often these people told of harm or threats, added up for a report (remedy.md C.7). The count of each is sealed, and
     * opened on record.
     */
    int harmTold(String caseNumber, VictimCounts people) {
        Map<String, Object> held = workflow.harmTold(caseNumber);
        return people.safetyIncidents()
                + people.people().stream()
                        .map(VictimFacts::victimRef)
                        .mapToInt(person -> choices.number(held.get(person), caseNumber, "sum for a report"))
                        .sum();
    }

    /** Those of these people who agree today to be in reports, without anything that tells who they are (remedy.md C.2). */
    VictimCounts reportable(String caseNumber, VictimCounts people) {
        Set<String> agree = consents.whoAgree(caseNumber, Purpose.ANONYMOUS_REPORTING);
        return new VictimCounts(people.people().stream()
                .filter(person -> agree.contains(person.victimRef()))
                .toList());
    }
}
