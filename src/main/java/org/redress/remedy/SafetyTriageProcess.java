package org.redress.remedy;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.redress.engine.Lists;
import org.springframework.stereotype.Component;

/** What {@code bpmn/remedy/verify-allegation} asks of the triage of safety, as {@code ${safetyAnswers. …}} (remedy.md A.1). */
@Component("safetyAnswers")
public class SafetyTriageProcess {

    private static final String NOT_KNOWN = "NOT_KNOWN";

    private static final List<String> DANGERS =
            List.of("immediateDanger", "stillExploited", "childInDanger", "medicalEmergency");

    /**
     * What nobody knows counts as danger, everywhere (PROPOSED, do no harm; as in <i>Assess the danger</i>): from here on the
     * answer is YES. Which dangers were not known stays on record.
     */
    public void unknownIsDanger(DelegateTask task) {
        List<String> unknown = DANGERS.stream()
                .filter(danger -> NOT_KNOWN.equals(task.getVariable(danger)))
                .toList();
        unknown.forEach(danger -> task.setVariable(danger, "YES"));
        task.setVariable("dangersNotKnown", Lists.json(unknown));
    }
}
