package org.redress.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The register's words in those of the decisions on a concern (membership-and-concern.md E.5 DMN-7 and DMN-9). */
class ParticipationTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ENGAGED, PARTICIPANT, ACTIVE",
                "FULL, PARTICIPANT, ACTIVE",
                "INACTIVE, PARTICIPANT, INACTIVE",
                "EXPELLED, PARTICIPANT, EXPELLED",
                "OBSERVER, OBSERVER, -",
                "WITHDRAWN, OUTSIDER, -"
            })
    void eachStatusOfTheRegisterTakesPartInItsWay(String status, String type, @Nullable String standing) {
        assertThat(Participation.ofStatus(status)).isEqualTo(new Participation(type, standing));
    }

    @Test
    void whoeverChoosesAnOutcomeSeesOnWhatItStands() {
        Outcome expulsion = Outcome.of(
                Map.of("outcomeCode", "EXPULSION", "consensusNeeded", true, "rule", "AO4", "basis", "KNOWLEDGE"));
        assertThat(expulsion.choice())
                .containsEntry("value", "EXPULSION")
                .containsEntry(
                        "label",
                        "The member is expelled (needs the consensus of all others; rule AO4, KNOWLEDGE, to be verified)");
        Outcome noAction = Outcome.of(
                Map.of("outcomeCode", "NO_ACTION", "consensusNeeded", false, "rule", "AO1", "basis", "INFERRED"));
        assertThat(noAction.choice().get("label")).contains("consensus, or else a special majority", "INFERRED");
    }
}
