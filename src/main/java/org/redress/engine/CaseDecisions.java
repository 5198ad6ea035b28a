package org.redress.engine;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Evaluates decisions for Java as a business rule task with the binding {@code deployment} does: with the version that
 * was deployed together with the case's process, so that a running case keeps the rules that it began with. The
 * evaluation is part of the case's history, but where it is asked otherwise.
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

    /**
     * The same without a line in the history of decisions, which keeps inputs and outputs in clear: for what is opened for
     * this decision alone and lies sealed otherwise (remedy.md C). Keep the result in a sealed variable, too.
     *
     * @param execution where the case stands: its process definition names the deployment
     * @param decision the decision's id, such as {@code child-package}
     * @throws IllegalStateException if the deployment of the case's process has no such decision
     */
    public List<Map<String, Object>> evaluateUnrecorded(
            DelegateExecution execution, String decision, Map<String, Object> inputs) {
        DmnEngine tables = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getDmnEngine();
        InputStream model = engine.getRepositoryService().getDecisionModel(definitionFor(execution, decision));
        // Parsed anew: the deployed one would be told to the history.
        return tables.evaluateDecisionTable(tables.parseDecision(decision, model), inputs)
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
