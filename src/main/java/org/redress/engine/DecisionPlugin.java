package org.redress.engine;

import java.time.ZoneId;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Gives the process engine the decision engine of the house. */
@Component
final class DecisionPlugin extends AbstractProcessEnginePlugin {

    private final ZoneId zone;

    DecisionPlugin(@Value("${redress.zone:UTC}") ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setDmnEngineConfiguration(new CheckedDecisions(zone));
    }
}
