package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Every form of a task begins alike: what is to be done as a heading, then the case, and the person or the programme it is about,
 * in one text, so that nobody has to look for it.
 */
final class HeadGate implements Gate {

    private static final String REMEDY = "bpmn/remedy/";
    private static final String CASE = "{{caseNumber}}";
    private static final Set<String> WHOM_IT_IS_ABOUT = Set.of("{{victimRef}}", "{{programmeRef}}");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            for (UserTask task : process.all(UserTask.class)) {
                Optional<FormFile> form = models.form(String.valueOf(task.getCamundaFormRef()));
                if (form.isEmpty()) {
                    continue;
                }
                String head = form.get().json().at("/components/0/text").asText("");
                if (!head.startsWith("# ")) {
                    findings.add(process.finding(task.getId(), "has a form that begins without a heading \"# …\""));
                }
                if (process.file().startsWith(REMEDY) && !head.contains(CASE)) {
                    findings.add(process.finding(task.getId(), "has a form that does not begin with the case " + CASE));
                }
                for (String about : WHOM_IT_IS_ABOUT) {
                    if (form.get().leadsTo(about) && !head.contains(about)) {
                        findings.add(process.finding(task.getId(), "has a form that does not begin with " + about));
                    }
                }
            }
        }
        return findings;
    }
}
