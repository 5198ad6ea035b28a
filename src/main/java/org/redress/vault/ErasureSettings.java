package org.redress.vault;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an erasure takes two people. PROPOSED: remedy.md C protects records by a legal hold and says not who may lift one; three
 * days leave a weekend for whoever set it to learn of it and to set it again.
 *
 * @param afterHold how long after a hold was lifted one person alone erases nothing of the case
 * @param confirmWithin how long what one person asked for waits for another
 */
@ConfigurationProperties("redress.erasure")
record ErasureSettings(@DefaultValue("PT72H") Duration afterHold, @DefaultValue("PT72H") Duration confirmWithin) {}
