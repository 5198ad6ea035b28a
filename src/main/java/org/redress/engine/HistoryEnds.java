package org.redress.engine;

import java.util.Date;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.DefaultHistoryRemovalTimeProvider;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * When the engine's history is removed (remedy.md A.7 D25): at night, and of a process not so long after its own end as the
 * engine would have it, but when its case is over, too: who looks says when ({@code vault}). Before, nothing of it has a day on
 * which it goes.
 */
@Component
@Order(0)
@EnableConfigurationProperties(HistoryEnds.Settings.class)
class HistoryEnds extends AbstractProcessEnginePlugin {

    /**
     * @param from when the removal may begin, in the server's time zone, such as {@code 02:00}; empty for never
     * @param until when it ends
     */
    @ConfigurationProperties("redress.history")
    record Settings(@DefaultValue("02:00") String from, @DefaultValue("05:00") String until) {}

    private final Settings settings;

    HistoryEnds(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setHistoryRemovalTimeProvider(new WithTheCase());
        if (!settings.from().isBlank()) {
            configuration.setHistoryCleanupBatchWindowStartTime(settings.from());
            configuration.setHistoryCleanupBatchWindowEndTime(settings.until());
        }
    }

    /** Of batches, and of decisions that belong to no process, as the engine does it. */
    private static final class WithTheCase extends DefaultHistoryRemovalTimeProvider {

        @Override
        public @Nullable Date calculateRemovalTime(
                HistoricProcessInstanceEventEntity instance, ProcessDefinition definition) {
            return null;
        }
    }
}
