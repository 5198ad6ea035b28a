package org.redress.ballot;

import org.redress.engine.InvalidInput;

/**
 * An organisation with a stake in the question, elector or not: its people do not vote.
 *
 * @param organisation such as {@code org-luma}
 */
public record Interest(String organisation, RecusalReason reason) {

    public Interest {
        if (!organisation.startsWith("org-")) {
            throw new InvalidInput("interests: \"" + organisation + "\" is no organisation; its id begins with org-");
        }
    }
}
