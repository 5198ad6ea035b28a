package org.redress.complaint;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code bpmn/complaint/complaint-review} that reach beyond the case. */
@Configuration(proxyBeanMethods = false)
class ComplaintTasks {

    /** Told again it changes nothing: the standing takes a refusal once. */
    @Bean
    JavaDelegate reportRefusal(ComplaintWorkflow workflow) {
        return execution -> {
            String member = (String) execution.getVariable(ComplaintProcess.CONCERNED_MEMBER);
            execution.setVariable("standingsTold", workflow.tellRefusal(member));
        };
    }
}
