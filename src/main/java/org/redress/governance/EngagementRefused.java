package org.redress.governance;

/**
 * A member categorically refuses to engage with another one (membership-and-concern.md B, Inactive status). Published so that
 * its standing is followed before the refusal is told to it.
 *
 * @param organisation such as {@code org-luma}
 */
public record EngagementRefused(String organisation) {}
