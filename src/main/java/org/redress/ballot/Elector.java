package org.redress.ballot;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;

/**
 * An organisation with a vote in a ballot.
 *
 * @param organisation such as {@code org-luma}
 * @param name what people read, 1 to 200 characters
 * @param present whether it was there when consensus was sought
 * @param out that it stays out; null when it may vote
 */
public record Elector(String organisation, String name, Pillar pillar, boolean present, @Nullable Recusal out) {

    public Elector {
        if (!organisation.startsWith("org-") || organisation.length() > 64) {
            throw new InvalidInput("electors: \"" + organisation + "\" is no organisation; its id begins with org-");
        }
        if (name.isBlank() || name.length() > 200) {
            throw new InvalidInput("electors: " + organisation + " needs a name of 1 to 200 characters");
        }
    }

    /** An elector as it is given when the ballot opens. */
    public static Elector of(String organisation, String name, Pillar pillar) {
        return new Elector(organisation, name, pillar, false, null);
    }

    /** Whether it may vote and counts for the quorum. */
    public boolean isEntitled() {
        return out == null;
    }

    public Optional<Recusal> recusal() {
        return Optional.ofNullable(out);
    }
}
