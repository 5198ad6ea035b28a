package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Without a window the engine never removes anything. */
class HistoryWindowTest {

    private static StandaloneInMemProcessEngineConfiguration with(Map<String, String> properties) {
        HistoryEnds.Settings settings = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("redress.history", HistoryEnds.Settings.class);
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        new HistoryEnds(settings).preInit(configuration);
        return configuration;
    }

    @Test
    void theEngineRemovesAtNightUnlessTheOperatorSaysOtherwise() {
        assertThat(with(Map.of()).getHistoryCleanupBatchWindowStartTime()).isEqualTo("02:00");
        assertThat(with(Map.of()).getHistoryCleanupBatchWindowEndTime()).isEqualTo("05:00");
        assertThat(with(Map.of("redress.history.from", "23:30")).getHistoryCleanupBatchWindowStartTime())
                .isEqualTo("23:30");
        assertThat(with(Map.of("redress.history.from", "")).getHistoryCleanupBatchWindowStartTime())
                .isNull();
    }
}
