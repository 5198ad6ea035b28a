package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** From every task of a remedy case one link leads to the case at a glance, and only whom that page lets in. */
final class CaseLinksGate implements Gate {

    private static final String LINK = "](/cases/{{caseNumber}})";
    private static final String FOLDER = "bpmn/remedy/";

    private final Set<String> readers;

    /** @param readers the roles that the page of a case is for */
    CaseLinksGate(Set<String> readers) {
        this.readers = readers;
    }

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            if (!process.file().startsWith(FOLDER)) {
                continue;
            }
            for (UserTask task : process.all(UserTask.class)) {
                boolean leads = models.form(String.valueOf(task.getCamundaFormRef()))
                        .filter(form -> form.leadsTo(LINK))
                        .isPresent();
                if (!leads) {
                    findings.add(
                            process.finding(task.getId(), "has a form without the link [The case at a glance" + LINK));
                    continue;
                }
                Set<String> lost = new TreeSet<>(ConfidentialGate.rolesOf(task));
                lost.removeAll(readers);
                lost.forEach(role -> findings.add(process.finding(
                        task.getId(), "leads " + role + " to the page of the case, which is not theirs")));
            }
        }
        return findings;
    }
}
