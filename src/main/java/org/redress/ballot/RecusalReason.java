package org.redress.ballot;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    DECLARED_INTEREST("has declared an interest"),
    /** It became inactive or left while the ballot was open (B, Inactive status); no interest, so its people are free. */
    NOT_ACTIVE("is no active member any more");

    private final String words;

    RecusalReason(String words) {
        this.words = words;
    }

    /** Goes on from the name of the elector: "is the applicant". */
    public String words() {
        return words;
    }

    /**
     * The reason of an interest that somebody names.
     *
     * @throws InvalidInput if there is none
     */
    static RecusalReason of(String name) {
        return interests()
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("reason: \"" + name + "\" is none of "
                        + interests().map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static Stream<RecusalReason> interests() {
        return Arrays.stream(values()).filter(reason -> reason != NOT_ACTIVE);
    }
}
