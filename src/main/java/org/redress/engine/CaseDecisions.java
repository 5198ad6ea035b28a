package org.redress.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Evaluates decisions for Java as a business rule task with the binding {@code deployment} does: with the version that
 * was deployed together with the case's process, so that a running case keeps the rules that it began with. The
 * evaluation is part of the case's history.
 */
@Component
public class CaseDecisions {

    private final ProcessEngine engine;

    CaseDecisions(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /**
     * The rows that a decision gives, in the order of its hit policy; an empty list when no rule hits.
     *
     * @param execution where the case stands: its process definition names the deployment
     * @param decision the decision's id, such as {@code deadline-matrix}
     * @throws IllegalStateException if the deployment of the case's process has no such decision
     */
    public List<Map<String, Object>> evaluate(
            DelegateExecution execution, String decision, Map<String, Object> inputs) {
        return engine.getDecisionService()
                .evaluateDecisionById(definitionFor(execution, decision))
                .variables(inputs)
                .evaluate()
                .getResultList();
    }

    private String definitionFor(DelegateExecution execution, String decision) {
        String deployment = engine.getRepositoryService()
                .getProcessDefinition(execution.getProcessDefinitionId())
                .getDeploymentId();
        DecisionDefinition definition = engine.getRepositoryService()
                .createDecisionDefinitionQuery()
                .deploymentId(deployment)
                .decisionDefinitionKey(decision)
                .singleResult();
        if (definition == null) {
            throw new IllegalStateException("The decision " + decision + " was not deployed together with "
                    + execution.getProcessDefinitionId() + ": deploy all models at once");
        }
        return definition.getId();
    }
}
