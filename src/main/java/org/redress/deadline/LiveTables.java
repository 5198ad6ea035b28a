package org.redress.deadline;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Reads decision tables that hold for the house and for no case: in their newest version, and without a line in the history
 * of decisions, which a sweep would fill.
 */
@Component
class LiveTables {

    private final ProcessEngine engine;

    LiveTables(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /**
     * The newest version of a table.
     *
     * @throws IllegalStateException if no such table is deployed
     */
    Table newest(String decision) {
        DecisionDefinition newest = engine.getRepositoryService()
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(decision)
                .latestVersion()
                .singleResult();
        if (newest == null) {
            throw new IllegalStateException("No decision " + decision + " is deployed");
        }
        DmnEngine tables = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getDmnEngine();
        InputStream model = engine.getRepositoryService().getDecisionModel(newest.getId());
        // Parsed anew: the deployed one would be told to the history.
        return new Table(tables, tables.parseDecision(decision, model));
    }

    /** A table that was read. */
    record Table(DmnEngine tables, DmnDecision decision) {

        List<Map<String, Object>> rows(Map<String, Object> inputs) {
            return tables.evaluateDecisionTable(decision, inputs).getResultList();
        }
    }
}
