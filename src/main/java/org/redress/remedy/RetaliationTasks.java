package org.redress.remedy;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.vault.HiddenIdentities;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code answer-retaliation} asks of Java, in the order of the diagram (remedy.md E19). */
@Configuration(proxyBeanMethods = false)
class RetaliationTasks {

    @Bean
    JavaDelegate maskIdentity(HiddenIdentities identities, Retaliations retaliations) {
        return execution -> {
            String caseNumber = (String) execution.getVariable("caseNumber");
            identities.hide(caseNumber);
            retaliations.reported(caseNumber, execution.getProcessInstanceId());
        };
    }

    @Bean
    JavaDelegate closeRetaliation(Retaliations retaliations) {
        return execution -> retaliations.answered(execution.getProcessInstanceId());
    }
}
