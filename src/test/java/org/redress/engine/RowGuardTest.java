package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which candidate groups the groups of a person amount to. */
class RowGuardTest {

    @Test
    void aSeatActsWithTheOthersAndForItsOrganisation() {
        assertThat(RowGuard.candidateGroups(List.of("steering-committee", "org-norrland")))
                .containsExactlyInAnyOrder("steering-committee", "steering-committee.org-norrland");
    }

    @Test
    void aPartyActsForItsOrganisationOnly() {
        assertThat(RowGuard.candidateGroups(List.of("member", "org-norrland", "org-ferro")))
                .containsExactlyInAnyOrder("member.org-norrland", "member.org-ferro");
    }

    @Test
    void theChairActsForItsOrganisation() {
        assertThat(RowGuard.candidateGroups(List.of("government-chair", "org-norrland")))
                .containsExactlyInAnyOrder("government-chair", "government-chair.org-norrland");
    }

    @Test
    void aSeatWithoutAnOrganisationCastsNoVote() {
        assertThat(RowGuard.candidateGroups(List.of("steering-committee"))).containsExactly("steering-committee");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretariat", "legal", "pillar-ngo"})
    void everyOtherRoleActsWithoutAnOrganisation(String role) {
        assertThat(RowGuard.candidateGroups(List.of(role, "org-norrland"))).containsExactly(role);
    }

    @Test
    void aGroupThatLooksLikeARoleOfAnOrganisationGivesNothing() {
        assertThat(RowGuard.candidateGroups(List.of("steering-committee.org-ferro", "org-norrland")))
                .isEmpty();
    }
}
