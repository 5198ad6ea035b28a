package org.redress.engine;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every new case has from the start.
 *
 * @param defaultParties kind of case (R, M, C) to role to organisation that is party from the first moment
 */
@ConfigurationProperties("redress")
record CaseDefaults(@DefaultValue Map<String, Map<String, String>> defaultParties) {

    Map<String, String> partiesOf(String kind) {
        return defaultParties.getOrDefault(kind, Map.of());
    }
}
