package org.redress.governance;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the rules leave open or what is only recalled of them, as values that an operator may set.
 *
 * @param engagedMayVote whether Engaged Members are electors of a Plenary. Default no; the rule is not known
 *     (membership.md E.1, [I]: INFERRED)
 * @param seatsPerPillar how many seats on the Steering Committee a pillar has at most. Default 4, recalled and to be
 *     verified (C, [R]: KNOWLEDGE)
 */
@ConfigurationProperties("redress.governance")
record GovernanceSettings(@DefaultValue("false") boolean engagedMayVote, @DefaultValue("4") int seatsPerPillar) {

    GovernanceSettings {
        if (seatsPerPillar < 1) {
            throw new IllegalArgumentException("redress.governance.seats-per-pillar must be at least 1");
        }
    }
}
