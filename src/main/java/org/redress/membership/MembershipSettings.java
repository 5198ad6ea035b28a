package org.redress.membership;

import java.time.Period;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the rules of admission leave open, as values that an operator may set; a case keeps those with which it began.
 *
 * @param appeal whether an applicant may appeal to the Plenary against a refusal by the Steering Committee. Default no; the
 *     sources differ (membership.md A.2, [C]: INFERRED)
 * @param engagedMax how long a member may stay Engaged before the Steering Committee decides (membership.md E.0)
 */
@ConfigurationProperties("redress.membership")
record MembershipSettings(@DefaultValue("false") boolean appeal, @DefaultValue EngagedMax engagedMax) {

    /**
     * The longest Engaged period of each pillar. Default none: no length was found. Two years for governments and NGOs and
     * three for companies are recalled only (A.3, [R-]: KNOWLEDGE, [I]: INFERRED).
     */
    record EngagedMax(@Nullable Period government, @Nullable Period corporate, @Nullable Period ngo) {

        Optional<Period> of(String pillar) {
            return Optional.ofNullable(
                    switch (pillar) {
                        case "government" -> government;
                        case "corporate" -> corporate;
                        case "ngo" -> ngo;
                        default -> null;
                    });
        }
    }
}
