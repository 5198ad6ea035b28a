package org.redress.coverage;

import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;

/** Notes the rows that the tests of decisions hit on a DMN engine alone. */
public final class RowVisits implements DmnDecisionTableEvaluationListener {

    private RowVisits() {}

    /** Notes every row that an engine of this configuration hits. */
    public static DefaultDmnEngineConfiguration notedBy(DefaultDmnEngineConfiguration configuration) {
        configuration.getCustomPostDecisionTableEvaluationListeners().add(new RowVisits());
        return configuration;
    }

    @Override
    public void notify(DmnDecisionTableEvaluationEvent event) {
        String decision = event.getDecisionTable().getKey();
        event.getMatchingRules().forEach(rule -> Visits.OF_THIS_RUN.row(decision, rule.getId()));
    }
}
