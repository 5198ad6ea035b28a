package org.redress.complaint;

import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.RunningClocks;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/complaint/complaint-review} asks as {@code ${settlement. …}}: the written record of an agreement, and what
 * both parties say to it (membership-and-concern.md E.4). The Secretariat alone settles nothing.
 */
@Component("settlement")
public class SettlementProcess {

    private static final String AGREED = "agreed";
    private static final String DISPUTED = "recordDisputed";
    private static final String SENT_AT = "recordSentAt";
    private static final String OFFICES_OVER = "officesOverAt";
    private static final String PROLONGED = "officesProlonged";
    private static final String CONFIRMATION = "concern-confirmation";
    private static final String RAISER = "raiserConfirms";
    private static final String SUBJECT = "subjectConfirms";
    private static final String YES = "YES";
    private static final List<String> ANSWERS = List.of(RAISER, SUBJECT, "raiserObjection", "subjectObjection");

    private final Deadlines deadlines;
    private final RunningClocks clocks;

    SettlementProcess(Deadlines deadlines, RunningClocks clocks) {
        this.deadlines = deadlines;
        this.clocks = clocks;
    }

    /** Good offices begin. */
    public void offer(DelegateExecution execution) {
        execution.setVariable(OFFICES_OVER, officesOver(execution, null));
        begin(execution);
    }

    /**
     * When good offices end.
     *
     * @param until when that is settled; null as they begin
     */
    public Date officesOver(DelegateExecution execution, @Nullable Date until) {
        return until == null ? deadlines.due(execution, "good-offices") : until;
    }

    /** Good offices or consultations begin: there is no record yet, and what was said to an earlier one is over. */
    public void begin(DelegateExecution execution) {
        execution.setVariable(SENT_AT, null);
        execution.setVariable("recordSentOn", null);
        askAnew(execution);
    }

    /** A record goes to both parties: both say anew what they think of it. */
    public void send(DelegateExecution execution) {
        Date now = deadlines.now();
        execution.setVariable(SENT_AT, now);
        execution.setVariable("recordSentOn", deadlines.day(now));
        askAnew(execution);
    }

    /**
     * A record goes to both parties in good offices: sent while these still last, it is waited for, once; they are not drawn
     * out by one record after the other.
     */
    public void sendInGoodOffices(DelegateExecution execution) {
        send(execution);
        Date over = (Date) execution.getVariable(OFFICES_OVER);
        Date answered = deadlines.dateOf(execution, CONFIRMATION, execution.getVariable(SENT_AT));
        if (answered.after(over) && !Boolean.TRUE.equals(execution.getVariable(PROLONGED))) {
            execution.setVariable(PROLONGED, true);
            execution.setVariable(OFFICES_OVER, answered);
            clocks.recountOf(execution, OFFICES_OVER);
        }
    }

    private static void askAnew(DelegateExecution execution) {
        execution.setVariable(AGREED, false);
        execution.setVariable(DISPUTED, false);
        ANSWERS.forEach(answer -> execution.setVariable(answer, null));
    }

    /**
     * By when a party answers.
     *
     * @param over when good offices or consultations end, whatever is still open in them
     */
    public Date answerBy(DelegateExecution execution, Date over) {
        Date answer = deadlines.dateOf(execution, CONFIRMATION, execution.getVariable(SENT_AT));
        return over.before(answer) ? over : answer;
    }

    /** The record settles the concern when both confirm it; one that does not sends it back with its reason. */
    public void noteAnswer(DelegateTask task) {
        ComplaintProcess.handOn(task, "raiserObjection", "subjectObjection");
        DelegateExecution execution = task.getExecution();
        boolean raiser = task.getVariable("partyMember").equals(task.getVariable(ComplaintProcess.RAISING_MEMBER));
        Object answer = task.getVariable("recordConfirmed");
        execution.setVariable(raiser ? RAISER : SUBJECT, answer);
        execution.setVariable(DISPUTED, !YES.equals(answer));
        execution.setVariable(
                AGREED, YES.equals(execution.getVariable(RAISER)) && YES.equals(execution.getVariable(SUBJECT)));
    }
}
