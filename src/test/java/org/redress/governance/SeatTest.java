package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task of the Steering Committee in a case in which one of its members is a party: by the guard, not by good will. */
@SuppressWarnings("NullAway.Init")
class SeatTest extends CalendarTest {

    @BeforeEach
    void aTaskForTheSeatsAndOneForTheWholeCommittee() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "seat-probe.bpmn",
                        Bpmn.createExecutableProcess("seat-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .parallelGateway("fork")
                                .userTask("screen")
                                .camundaCandidateGroups("${committee.groups(recused)}")
                                .endEvent()
                                .moveToNode("fork")
                                .userTask("meet")
                                .camundaCandidateGroups("steering-committee")
                                .endEvent()
                                .done()));
        admit("org-member-gov", "government", "FULL");
        admit("org-member", "corporate", "FULL");
        admit("org-member-ngo", "ngo", "FULL");
        seat("org-member-gov");
        seat("org-member");
    }

    @Test
    void whoIsRecusedDoesNotSeeTheTaskAndCannotDoIt() {
        start("seat-probe", "C-2026-0001", Map.of("recused", List.of("org-member-gov")));

        assertThat(as("steering-committee-corporate").sees("screen")).isTrue();
        assertThat(as("steering-committee").sees("screen")).as("recused").isFalse();
        assertThat(as("steering-committee-ngo").sees("screen"))
                .as("without a seat")
                .isFalse();
        assertThat(as("member").sees("screen"))
                .as("a member, not of the committee")
                .isFalse();
        for (String each : List.of("steering-committee", "steering-committee-corporate", "steering-committee-ngo")) {
            assertThat(as(each).sees("meet")).as(each).isTrue();
        }

        Task screening = as("steering-committee-corporate").task("screen");
        assertThatThrownBy(() -> as("steering-committee").complete(screening, Map.of()))
                .isInstanceOf(AuthorizationException.class);
        as("steering-committee-corporate").complete(screening, Map.of());
        assertThat(as("steering-committee-corporate").sees("screen")).isFalse();
    }

    @Test
    void whenEverybodyIsRecusedTheCaseSaysSo() {
        assertThatThrownBy(() ->
                        start("seat-probe", "C-2026-0001", Map.of("recused", List.of("org-member-gov", "org-member"))))
                .hasMessageContaining("each of the 2 members with a seat is recused");
    }
}
