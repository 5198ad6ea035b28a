package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Lists;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/close-incident} asks in its expressions, as {@code ${closing. …}}: whether anything of the case
 * protects people just now, or a level of remedy that came later is not begun. As long as that is so, nobody closes the case,
 * whatever the reason (remedy.md A.5, A.8 E04, E06, E17, E19).
 */
@Component("closing")
public class ClosingProcess {

    /** Rows of {@code closing-gate} that say that somebody is in danger, suffers for having spoken or was just found. */
    private static final Set<String> PROTECTIVE = Set.of("CG16", "CG20", "CG21");

    private final EmergencyWorkflow emergencies;
    private final Retaliations retaliations;
    private final WideningProcess widening;
    private final AddingProcess adding;
    private final RemoteFindings findings;
    private final SystemWork asTheSystem;

    ClosingProcess(
            EmergencyWorkflow emergencies,
            Retaliations retaliations,
            WideningProcess widening,
            AddingProcess adding,
            RemoteFindings findings,
            SystemWork asTheSystem) {
        this.findings = findings;
        this.adding = adding;
        this.emergencies = emergencies;
        this.retaliations = retaliations;
        this.widening = widening;
        this.asTheSystem = asTheSystem;
    }

    /** Whether the case may not be closed just now, although everybody agrees. */
    public boolean isHeldUp(VariableScope execution) {
        return holds(PlanProcess.caseNumber(execution));
    }

    /** Whether anything holds up the end of a case, what was established from a distance and not checked among it (B.12). */
    boolean holds(String caseNumber) {
        return !open(caseNumber).isEmpty() || findings.isUnchecked(caseNumber);
    }

    /**
     * The defects of a gate as a company of the supply chain reads them: what protects people, and whom, is not for it to
     * know.
     *
     * @param defects the list {@code closingDefects}
     */
    public SpinJsonNode forCompanies(@Nullable Object defects) {
        return defects instanceof SpinJsonNode all && all.isArray()
                ? Lists.json(all.elements().stream()
                        .filter(defect ->
                                !PROTECTIVE.contains(defect.prop("rule").stringValue()))
                        .map(defect -> Map.of(
                                "defect", defect.prop("defect").stringValue(),
                                "rule", defect.prop("rule").stringValue(),
                                "basis", defect.prop("basis").stringValue()))
                        .toList())
                : Lists.json(List.of());
    }

    /** What has to end first, in words for whoever guards the case; empty when nothing does. */
    List<String> open(String caseNumber) {
        return asTheSystem.call(() -> {
            List<String> open = new ArrayList<>();
            if (emergencies.isOpen(caseNumber)) {
                open.add("a rescue, or a report of danger");
            }
            if (retaliations.isOpen(caseNumber)) {
                open.add("retaliation that has not stopped");
            }
            if (widening.isOpen(caseNumber)) {
                open.add("more people, who are being taken in");
            }
            open.addAll(adding.open(caseNumber));
            return open;
        });
    }
}
