package org.redress.coverage;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.history.HistoricDecisionOutputInstance;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionEvaluationEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionInstanceEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.stereotype.Component;

/** Listens to the history that the engine of the process tests writes, so that a test may clean up behind itself. */
@Component
class VisitsByHistory extends AbstractProcessEnginePlugin implements HistoryEventHandler {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<HistoryEventHandler> handlers = new ArrayList<>(configuration.getCustomHistoryEventHandlers());
        handlers.add(this);
        configuration.setCustomHistoryEventHandlers(handlers);
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        if (event instanceof HistoricActivityInstanceEventEntity activity) {
            Visits.OF_THIS_RUN.node(activity.getProcessDefinitionKey(), activity.getActivityId());
        } else if (event instanceof HistoricDecisionEvaluationEvent evaluation) {
            rows(evaluation.getRootHistoricDecisionInstance());
            evaluation.getRequiredHistoricDecisionInstances().forEach(VisitsByHistory::rows);
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    private static void rows(HistoricDecisionInstanceEntity decision) {
        for (HistoricDecisionOutputInstance output : decision.getOutputs()) {
            Visits.OF_THIS_RUN.row(decision.getDecisionDefinitionKey(), output.getRuleId());
        }
    }
}
