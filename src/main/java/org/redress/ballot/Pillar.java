package org.redress.ballot;

import java.util.Arrays;
import java.util.Locale;
import org.redress.engine.InvalidInput;

/** One of the three pillars of the initiative; in models and tables {@code government}, {@code corporate}, {@code ngo}. */
public enum Pillar {
    GOVERNMENT,
    CORPORATE,
    NGO;

    /** The word of models and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidInput if there is no such pillar */
    static Pillar of(String word) {
        return Arrays.stream(values())
                .filter(pillar -> pillar.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInput("pillar: \"" + word + "\" is none of government, corporate and ngo"));
    }
}
