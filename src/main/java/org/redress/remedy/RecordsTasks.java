package org.redress.remedy;

import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.InvalidInput;
import org.redress.vault.Erasures;
import org.redress.vault.StillNeeded;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/keep-records} asks of Java, and what begins it (remedy.md A.7 D25). */
@Configuration(proxyBeanMethods = false)
class RecordsTasks {

    private static final String ERASED = "ERASED";
    private static final String OUTCOME = "erasureOutcome";
    private static final String REVIEW_AT = "recordsReviewAt";
    private static final String AT_MOST_UNTIL = "keepAtMostUntil";

    /** Begins the retention clock of a case, once. */
    @Bean
    JavaDelegate beginRetention(RecordsWorkflow workflow) {
        return execution -> workflow.begin(
                execution.getProcessBusinessKey(), (Date) execution.getVariable("closedAt"), childrenSaid(execution));
    }

    private static boolean childrenSaid(DelegateExecution execution) {
        return Boolean.TRUE.equals(execution.getVariable("childrenInvolved"))
                || (execution.getVariable("childrenAffected") instanceof Number children && children.intValue() > 0);
    }

    /** When the records are looked at, and how long they may be kept. */
    @Bean
    Records records(Deadlines deadlines, RecordsWorkflow workflow, Erasures erasures) {
        return new Records(deadlines, workflow, erasures);
    }

    /** Nothing is erased by which somebody is helped, nor the file of somebody whose own case runs. */
    @Bean
    StillNeeded remedyRecords(RecordsWorkflow workflow) {
        return (caseNumber, person) -> person == null
                ? Optional.of("The case " + caseNumber
                                + " runs, or somebody of it is still helped; send \"force\": true to"
                                + " erase all the same")
                        .filter(why -> workflow.isStillHelped(caseNumber))
                : Optional.of("The person " + person + " is still helped; send \"force\": true to erase all the same")
                        .filter(why -> workflow.isStillHelped(caseNumber, person));
    }

    /**
     * Erases the case, unless it is held, was so until a while ago, or somebody is still helped. Says in {@code erasureOutcome} which: ERASED, HELD or
     * STILL_HELPED. Repeated, it erases what is left.
     */
    @Bean
    JavaDelegate eraseRecords(Erasures erasures, RecordsWorkflow workflow, Deadlines deadlines) {
        return execution -> {
            String caseNumber = execution.getProcessBusinessKey();
            String outcome = erasures.isProtected(caseNumber)
                    ? "HELD"
                    : workflow.isStillHelped(caseNumber) ? "STILL_HELPED" : ERASED;
            if (outcome.equals(ERASED)) {
                Erasures.Report report = erasures.erase(caseNumber, null, "Retention is over (D25)", "system");
                execution.setVariable("valuesErased", report.valuesGone());
                execution.setVariable("commentsErased", report.found().comments());
                execution.setVariable("attachmentsErased", report.found().attachments());
                execution.setVariable("failuresLeft", report.left().failures());
            } else {
                execution.setVariable(REVIEW_AT, deadlines.due(execution, "records-again"));
            }
            execution.setVariable(OUTCOME, outcome);
        };
    }

    /** The dates of the retention clock, for the expressions of the diagram. */
    public static final class Records {

        private final Deadlines deadlines;
        private final RecordsWorkflow workflow;
        private final Erasures erasures;

        Records(Deadlines deadlines, RecordsWorkflow workflow, Erasures erasures) {
            this.deadlines = deadlines;
            this.workflow = workflow;
            this.erasures = erasures;
        }

        /** Sets the first review and the outer limit, which is later where a child was harmed. */
        public void begin(DelegateExecution execution) {
            Object closed = execution.getVariable("closedAt");
            execution.setVariable(REVIEW_AT, deadlines.dateOf(execution, "D25", closed));
            boolean child = Boolean.TRUE.equals(execution.getVariable("childrenInCase"));
            execution.setVariable(
                    AT_MOST_UNTIL, deadlines.dateOf(execution, child ? "D25-limit-child" : "D25-limit", closed));
            execution.setVariable(OUTCOME, "NOT_YET");
        }

        /** Looks, for the form, whether the case is held or somebody is still helped. */
        public void look(DelegateTask task) {
            String caseNumber = (String) task.getVariable("caseNumber");
            task.setVariable(
                    "recordsState",
                    erasures.isProtected(caseNumber)
                            ? "HELD"
                            : workflow.isStillHelped(caseNumber) ? "STILL_HELPED" : "FREE");
            task.setVariable("keepAtMostUntilDay", deadlines.day((Date) task.getVariable(AT_MOST_UNTIL)));
        }

        /**
         * Takes the decision of the form.
         *
         * @throws InvalidInput if it is to be kept past the outer limit, or only until a day that is over
         */
        public void decide(DelegateTask task) {
            if (!"KEEP".equals(task.getVariable("recordsDecision"))) {
                return;
            }
            Date until = deadlines.endOf(text(task.getVariable("keepUntil")));
            Date limit = (Date) task.getVariable(AT_MOST_UNTIL);
            if (!until.after(deadlines.now())) {
                throw new InvalidInput("keepUntil: this day is over; name one to come, or erase");
            }
            if (until.after(limit)) {
                throw new InvalidInput(String.format(
                        Locale.ROOT,
                        "keepUntil: the records of this case are kept until %s at the latest; a court or a claim that"
                                + " lasts longer needs a legal hold",
                        deadlines.day(limit)));
            }
            task.setVariable(REVIEW_AT, until);
        }

        private static String text(@Nullable Object value) {
            return value == null ? "" : value.toString();
        }
    }
}
