package org.redress.remedy;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.InvalidInput;
import org.redress.engine.StartedCase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/reopen-case} asks of Java, in the order of the diagram (remedy.md E22). */
@Configuration(proxyBeanMethods = false)
class ReopeningTasks {

    /** The case is there, closed, and one of those of whoever asks; the same answer for a case of others as for none. */
    @Bean
    JavaDelegate checkReopening(EngineCases cases, OwnCases own, ReopeningWorkflow closed, Deadlines deadlines) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            StartedCase found = own.find(caseNumber);
            if (!WideningStage.isClosed(found.state())) {
                throw new InvalidInput("caseNumber: " + caseNumber
                        + " is not closed; tell what is new in the case itself, and it is weighed there");
            }
            cases.expect(execution, "urgency", "mode");
            execution.setVariable(
                    "closedOn", closed.closedAt(caseNumber).map(deadlines::day).orElse(null));
        };
    }

    /** Opens it again where it stands; repeated, it changes nothing. */
    @Bean
    JavaDelegate reopenCase(ReopeningWorkflow closed) {
        return execution -> {
            Map<String, Object> anew = new HashMap<>();
            anew.put("reopenNote", execution.getVariable("reopenNote"));
            closed.reopen(execution, anew);
        };
    }
}
