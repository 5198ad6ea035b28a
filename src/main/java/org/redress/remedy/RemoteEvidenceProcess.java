package org.redress.remedy;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.People;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/** What models ask about evidence from a distance, as {@code ${remoteEvidence. …}} (remedy.md B.12). */
@Component("remoteEvidence")
public class RemoteEvidenceProcess {

    static final String FOUND_REMOTELY = "foundRemotely";
    static final String SITE_CHECK = "siteCheck";

    private static final String SEEN_ON_SITE = "seen-on-site";

    private final RemoteFindings findings;
    private final EmergencyRecord emergencies;
    private final CaseModeWorkflow modes;
    private final RuntimeService runtime;
    private final People people;
    private final SystemWork asTheSystem;

    RemoteEvidenceProcess(
            RemoteFindings findings,
            EmergencyRecord emergencies,
            CaseModeWorkflow modes,
            RuntimeService runtime,
            People people,
            SystemWork asTheSystem) {
        this.modes = modes;
        this.asTheSystem = asTheSystem;
        this.findings = findings;
        this.emergencies = emergencies;
        this.runtime = runtime;
        this.people = people;
    }

    /**
     * Marks the case, all of it, when its facts were established from a distance; takes the mark away when the investigation
     * went to the site after all.
     *
     * @throws InvalidInput if the emergency was lifted in this very moment
     */
    public void note(DelegateTask investigation) {
        String caseNumber = PlanProcess.caseNumber(investigation);
        String by = people.acting().orElse(null);
        emergencies.takeTurns(caseNumber);
        if (RemoteSources.REMOTE.equals(investigation.getVariable(RemoteSources.FACT_FINDING))) {
            found(caseNumber, (String) investigation.getVariable("whereCountry"), by);
        } else if (findings.isUnchecked(caseNumber)) {
            findings.checked(caseNumber, "SEEN", null, by);
            mark(caseNumber, FOUND_REMOTELY, false);
            tell(caseNumber, SEEN_ON_SITE);
        }
    }

    /**
     * Marks the case, all of it, when a report on the monitoring or the outcome of a programme was established from a distance
     * (B.9 D17, B.12). A visit there takes no mark away: it did not look at what was found before, which {@code check-on-site}
     * does.
     *
     * @throws InvalidInput if the emergency was lifted in this very moment
     */
    public void alsoFound(DelegateTask task) {
        if (RemoteSources.REMOTE.equals(task.getVariable(RemoteSources.FACT_FINDING))) {
            String caseNumber = PlanProcess.caseNumber(task);
            String by = people.acting().orElse(null);
            emergencies.takeTurns(caseNumber);
            asTheSystem.run(() -> found(caseNumber, modes.country(caseNumber).orElse(null), by));
        }
    }

    private void found(String caseNumber, @Nullable String country, @Nullable String by) {
        if (emergencies.in(country).isEmpty()) {
            throw new InvalidInput(
                    "factFinding: the emergency was lifted; the site can be reached again, so that a visit is needed");
        }
        findings.found(caseNumber, by);
        mark(caseNumber, FOUND_REMOTELY, true);
        mark(caseNumber, SITE_CHECK, null);
    }

    /** Whether nothing may be closed yet, since nobody has seen the site. Holds the case until the transaction ends. */
    public boolean isUnchecked(VariableScope execution) {
        String caseNumber = PlanProcess.caseNumber(execution);
        emergencies.takeTurns(caseNumber);
        return findings.isUnchecked(caseNumber);
    }

    /** Sets a plain mark in everything of the case that runs. */
    void mark(String caseNumber, String name, @Nullable Object value) {
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .forEach(running -> runtime.setVariable(running.getId(), name, value));
    }

    void tell(String caseNumber, String message) {
        runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(caseNumber)
                .correlateAll();
    }
}
