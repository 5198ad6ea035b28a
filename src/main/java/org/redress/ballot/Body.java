package org.redress.ballot;

import java.util.Arrays;
import org.redress.engine.InvalidInput;

/** The body to which a question is put (membership-and-concern.md A.1 no. 7: first the committee, then the Plenary). */
public enum Body {
    STEERING_COMMITTEE("steering-committee"),
    PLENARY("member");

    private final String role;

    Body(String role) {
        this.role = role;
    }

    /** The role in which the people of an elector's organisation vote. */
    public String role() {
        return role;
    }

    /** @throws InvalidInput if there is no such body */
    static Body of(String name) {
        return Arrays.stream(values())
                .filter(body -> body.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInput("body: \"" + name + "\" is none of STEERING_COMMITTEE and PLENARY"));
    }
}
