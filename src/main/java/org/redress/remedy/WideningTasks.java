package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/widen-remedy} asks of Java, in the order of the diagram (remedy.md A.8 E06). */
@Configuration(proxyBeanMethods = false)
class WideningTasks {

    /**
     * Widens the budget of the case, of the implementation that runs and of the search for its money, so that what is raised and reported from now on is
     * measured by it. After a round of decision it is the new approved budget; an addition that was only noted stays counted
     * as added.
     */
    @Bean
    JavaDelegate widenPlan(RuntimeService runtime, WideningProcess widening) {
        return execution -> {
            boolean decided = "NEW_ROUND".equals(execution.getVariable("wideningApproval"));
            String caseNumber = PlanProcess.caseNumber(execution);
            List<String> widened =
                    new ArrayList<>(WideningProcess.instances(runtime, caseNumber, "remedy-case", "implement-remedy"));
            widened.addAll(widening.raisingForPlan(caseNumber));
            for (String process : widened) {
                double budget = WideningProcess.amount(runtime.getVariable(process, WideningProcess.BUDGET_LEVEL1))
                        .add(WideningProcess.amount(execution, "budgetAddition"))
                        .doubleValue();
                runtime.setVariable(process, WideningProcess.BUDGET_LEVEL1, budget);
                Object approved = runtime.getVariable(process, WideningProcess.BUDGET_APPROVED);
                runtime.setVariable(
                        process,
                        WideningProcess.BUDGET_APPROVED,
                        decided
                                ? budget
                                : approved == null ? execution.getVariable(WideningProcess.BUDGET_APPROVED) : approved);
                runtime.setVariable(process, "childCover", execution.getVariable("childCover"));
            }
        };
    }
}
