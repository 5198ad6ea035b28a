package org.redress.complaint;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.deadline.Deadlines;
import org.redress.governance.EngagementRefused;
import org.redress.governance.Governance;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code bpmn/complaint/complaint-review} that reach beyond the case. */
@Configuration(proxyBeanMethods = false)
class ComplaintTasks {

    /** Asks that the standing of the member is followed, so that somebody takes the refusal; later, while no year can begin. */
    @Bean
    JavaDelegate followStanding(ApplicationEventPublisher events, Governance governance, Deadlines deadlines) {
        return execution -> {
            boolean planned = governance.nextAnnualPlenaryIfAny(deadlines.day(deadlines.now())) != null;
            if (planned) {
                events.publishEvent(
                        new EngagementRefused((String) execution.getVariable(ComplaintProcess.CONCERNED_MEMBER)));
            }
            execution.setVariable("standingFollowed", planned);
        };
    }

    /** Told again it changes nothing: the standing takes a refusal once. */
    @Bean
    JavaDelegate reportRefusal(ComplaintWorkflow workflow) {
        return execution -> {
            String member = (String) execution.getVariable(ComplaintProcess.CONCERNED_MEMBER);
            execution.setVariable("standingsTold", workflow.tellRefusal(member));
        };
    }
}
