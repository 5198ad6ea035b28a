package org.redress.remedy;

import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** What every start form does in which somebody names a case by its number, in the transaction of that form. */
final class NamedCaseTasks {

    private static final String CASE_NUMBER = "caseNumber";

    private NamedCaseTasks() {}

    /**
     * The number as it is kept, however it was typed; the process that starts belongs to this case from now on. Whether the
     * case is there, and is theirs, is for the caller to ask.
     */
    static String of(DelegateExecution execution) {
        String caseNumber =
                String.valueOf(execution.getVariable(CASE_NUMBER)).strip().toUpperCase(Locale.ROOT);
        execution.setVariable(CASE_NUMBER, caseNumber);
        execution.setProcessBusinessKey(caseNumber);
        return caseNumber;
    }
}
