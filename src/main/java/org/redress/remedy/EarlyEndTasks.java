package org.redress.remedy;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.engine.EngineCases;
import org.redress.engine.InvalidInput;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/withdraw-complaint} and {@code examine-bad-faith} ask of Java (remedy.md A.0, E24). */
@Configuration(proxyBeanMethods = false)
class EarlyEndTasks {

    static final String WITHDRAWN = "WITHDRAWN";
    static final String BAD_FAITH = "BAD_FAITH";

    /** The people who may be harmed are not left alone; who complained is, unless they want to hear. */
    @Bean
    JavaDelegate goOnWithoutComplainant(WithdrawalProcess withdrawal) {
        return execution -> {
            if (!"YES".equals(execution.getVariable("contactWanted"))) {
                withdrawal.contactNoMore(PlanProcess.caseNumber(execution));
            }
        };
    }

    /** Step 1 ends, and everything of it that was open. */
    @Bean
    JavaDelegate closeWithdrawn(WithdrawalProcess withdrawal) {
        return execution -> withdrawal.endStep1(PlanProcess.caseNumber(execution), WITHDRAWN);
    }

    /** Only a case that is being verified can end by this; what was found in it afterwards is harm, whoever told it. */
    @Bean
    JavaDelegate checkExamination(
            EngineCases cases, OwnCases own, WithdrawalProcess withdrawal, CaseEventsWorkflow events) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            own.find(caseNumber);
            if (!withdrawal.isInStep1(caseNumber)) {
                throw new InvalidInput("caseNumber: " + caseNumber
                        + " is not being verified any more; whether its reporter was right is decided there");
            }
            // Two who ask in the same moment wait for one another
            events.takeTurns(caseNumber);
            if (withdrawal.isExamined(caseNumber, execution.getProcessInstanceId())) {
                throw new InvalidInput("caseNumber: somebody asked already whether the report of " + caseNumber
                        + " was made in bad faith; go on with the task that is open in this case");
            }
            cases.expect(execution, "urgency", "mode", "badFaithObjection");
        };
    }

    /** Step 1 ends, with reasons on record; never while harm is plausible, which earlier models did not ask. */
    @Bean
    JavaDelegate closeBadFaith(WithdrawalProcess withdrawal) {
        return execution -> {
            if (withdrawal.harmAllTheSame(execution)) {
                throw new InvalidInput(
                        "badFaithAgreed: somebody may be harmed all the same, so the case goes on; say that you"
                                + " do not agree, with this as the reason");
            }
            withdrawal.endStep1(PlanProcess.caseNumber(execution), BAD_FAITH);
        };
    }
}
