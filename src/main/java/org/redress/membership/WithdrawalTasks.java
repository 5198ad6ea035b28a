package org.redress.membership;

import java.util.Locale;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/membership/withdraw-case} asks of Java. */
@Configuration(proxyBeanMethods = false)
class WithdrawalTasks {

    private static final String CASE = "withdrawnCase";

    /** The record of the withdrawal is found by the number of the case that it ended. */
    @Bean
    JavaDelegate withdrawCase(Spokesperson speaks, WithdrawalWorkflow workflow) {
        return execution -> {
            speaks.check(execution.getVariable("saidHow"));
            String caseNumber =
                    String.valueOf(execution.getVariable(CASE)).strip().toUpperCase(Locale.ROOT);
            workflow.withdraw(caseNumber, speaks.onlyFor().orElse(null));
            execution.setVariable(CASE, caseNumber);
            execution.setProcessBusinessKey(caseNumber);
        };
    }
}
