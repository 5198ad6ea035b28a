package org.redress.remedy;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/widen-remedy} asks of Java, in the order of the diagram (remedy.md A.8 E06). */
@Configuration(proxyBeanMethods = false)
class WideningTasks {

    /**
     * Widens the budget of the case and of the implementation that runs, so that what is raised and reported from now on is
     * measured by it. After a round of decision it is the new approved budget; an addition that was only noted stays counted
     * as added.
     */
    @Bean
    JavaDelegate widenPlan(RuntimeService runtime) {
        return execution -> {
            boolean decided = "NEW_ROUND".equals(execution.getVariable("wideningApproval"));
            for (String process : WideningProcess.instances(
                    runtime, PlanProcess.caseNumber(execution), "remedy-case", "implement-remedy")) {
                double budget = WideningProcess.amount(runtime.getVariable(process, WideningProcess.BUDGET_LEVEL1))
                        .add(WideningProcess.amount(execution, "budgetAddition"))
                        .doubleValue();
                runtime.setVariable(process, WideningProcess.BUDGET_LEVEL1, budget);
                runtime.setVariable(
                        process,
                        WideningProcess.BUDGET_APPROVED,
                        decided ? budget : execution.getVariable(WideningProcess.BUDGET_APPROVED));
                runtime.setVariable(process, "childCover", execution.getVariable("childCover"));
            }
        };
    }
}
