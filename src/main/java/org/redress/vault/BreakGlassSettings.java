package org.redress.vault;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may read in an emergency what is not for them, and for how long (remedy.md C).
 *
 * @param roles who may ask; roles of parties in cases to which their organisation is party
 * @param lasts until all is as before
 */
@ConfigurationProperties("redress.vault.break-glass")
record BreakGlassSettings(
        @DefaultValue({"facilitator", "legal", "dpo"}) Set<String> roles, @DefaultValue("PT4H") Duration lasts) {}
