package org.redress.remedy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.redress.engine.EngineCases;
import org.springframework.stereotype.Component;

/**
 * Begins {@code flash-report}, as models ask by {@code ${flashReports. …}} (remedy.md B.6 M1, B.9 D17: within 24 hours when
 * somebody was harmed). In the transaction in which it was told, so that it begins once; without anything by which a person
 * could be known.
 */
@Component("flashReports")
public class FlashReportWorkflow {

    private static final String HARM_TOLD = "harm-told";
    private static final String FROM = "harmFrom";

    private final EngineCases cases;

    FlashReportWorkflow(EngineCases cases) {
        this.cases = cases;
    }

    /** A person told their coordinator of harm or threats. */
    void ofPerson(DelegateExecution person) {
        begin(person, "PERSON", "coordinator");
    }

    /** A record of a programme says that somebody was harmed by it or in it; nothing begins where it does not. */
    public void ofProgramme(DelegateTask progress) {
        if (Boolean.TRUE.equals(progress.getVariable("l2Harmed"))) {
            begin(progress, "PROGRAMME", "facilitator");
        }
    }

    private void begin(VariableScope told, String from, String writer) {
        Map<String, Object> known = new HashMap<>();
        known.put(FROM, from);
        known.put(writer, Objects.requireNonNull(told.getVariable(writer), writer));
        cases.begin(HARM_TOLD, PlanProcess.caseNumber(told), known);
    }
}
