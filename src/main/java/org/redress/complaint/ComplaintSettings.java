package org.redress.complaint;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the rules leave open, as values that an operator may set; a review keeps those with which it began.
 *
 * @param rulesVersion the version of the rules in force (contract: {@code 2007} to {@code 2025-07})
 * @param committeeRecommends whether the Steering Committee recommends an outcome before the Plenary. Default yes; not in
 *     the text as recalled (B stage 7, [B]: PROPOSED)
 * @param inactiveAsSanction whether the Plenary may make a member inactive. Default no; not confirmed (B, Inactive status,
 *     [B]: PROPOSED)
 */
@ConfigurationProperties("redress.complaint")
record ComplaintSettings(
        @DefaultValue("2025-07") String rulesVersion,
        @DefaultValue("true") boolean committeeRecommends,
        @DefaultValue("false") boolean inactiveAsSanction) {}
