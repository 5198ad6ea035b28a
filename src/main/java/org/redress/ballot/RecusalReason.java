package org.redress.ballot;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.redress.engine.InvalidInput;

/**
 * Why an elector stays out of a ballot, the gravest first (membership-and-concern.md B no. 8 and E.4: parties excluded; for
 * the others [I]).
 */
public enum RecusalReason {
    APPLICANT("is the applicant"),
    PARTY_TO_CONCERN("is a party to the concern"),
    SPONSOR("sponsors the applicant"),
    SAME_ORGANISATION("belongs to the same organisation"),
    DECLARED_INTEREST("has declared an interest");

    private final String words;

    RecusalReason(String words) {
        this.words = words;
    }

    /** Goes on from the name of the elector: "is the applicant". */
    public String words() {
        return words;
    }

    /** @throws InvalidInput if there is no such reason */
    static RecusalReason of(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("reason: \"" + name + "\" is none of "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
