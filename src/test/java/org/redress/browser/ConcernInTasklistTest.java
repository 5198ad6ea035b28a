package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A concern about a member, by hand in Tasklist, from the start form to its first decision (membership-and-concern.md E.4). */
class ConcernInTasklistTest extends MembersAtTheirTasks {

    ConcernInTasklistTest() {
        super(60);
    }

    /** A party sits on the committee: it stays out, and the referral is decided by the others. */
    @Test
    void aConcernIsReferredWithoutTheMemberThatItIsAbout() {
        people.tasklist("member-ngo")
                .choose("All open")
                .startProcess("Review of a concern about a participant")
                .readsWell()
                .fill(Map.of(
                        "concernAbout", "Tarnwick Minerals",
                        "concernCriterion", "LACK_OF_EFFORT",
                        "dialogueTried", "YES",
                        "concernNarrative", "Three letters since spring were not answered.",
                        "accessBarriers", List.of("LANGUAGE")))
                .picture("60-raise-concern")
                .start();
        does(
                "secretariat",
                "task_registerConcern",
                Map.of("subjectKind", "MEMBER"),
                Map.of("subjectChosen", "org-member"));
        does("member-ngo", "task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        does("secretariat", "task_checkRecusals", Map.of());
        assertThat(as("steering-committee-corporate").tasks())
                .as("the member that it is about")
                .isEmpty();
        assertThat(as("steering-committee-ngo").tasks())
                .as("the member that raised it")
                .isEmpty();
        does(
                "steering-committee",
                "task_screenConcern",
                Map.of("informationMissing", "NO"),
                Map.of("informationReliable", "YES", "consultationHelps", "YES"));
        does("secretariat", "task_declareInterests", Map.of());
        does(
                "secretariat",
                "task_seekConsensus",
                Map.of("electorsPresent", List.of("org-member-gov"), "allAgreed", "YES"));
        assertThat(as("member-ngo").tasks())
                .extracting(org.camunda.bpm.engine.task.Task::getTaskDefinitionKey)
                .as("referred: the consultations begin")
                .containsExactly("task_giveStatement");
    }
}
