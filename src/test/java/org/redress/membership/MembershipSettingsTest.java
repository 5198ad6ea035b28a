package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the rules leave open is off until an operator sets it (membership.md E.0, A.2). */
class MembershipSettingsTest {

    @Test
    void noLongestEngagedPeriodIsSetUnlessTheOperatorSetsOne() {
        for (String pillar : new String[] {"government", "corporate", "ngo", "observer"}) {
            assertThat(settings(Map.of()).engagedMax().of(pillar)).as(pillar).isEmpty();
        }
    }

    @Test
    void nobodyAppealsUnlessTheOperatorOpensThatWay() {
        assertThat(settings(Map.of()).appeal()).isFalse();
        assertThat(settings(Map.of("redress.membership.appeal", "true")).appeal())
                .isTrue();
    }

    @Test
    void eachPillarHasItsOwn() {
        MembershipSettings settings = settings(Map.of(
                "redress.membership.engaged-max.government", "P2Y",
                "redress.membership.engaged-max.corporate", "P3Y",
                "redress.membership.engaged-max.ngo", ""));
        assertThat(settings.engagedMax().of("government")).contains(Period.ofYears(2));
        assertThat(settings.engagedMax().of("corporate")).contains(Period.ofYears(3));
        assertThat(settings.engagedMax().of("ngo")).as("an empty variable").isEmpty();
    }

    private static MembershipSettings settings(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("redress.membership", MembershipSettings.class);
    }
}
