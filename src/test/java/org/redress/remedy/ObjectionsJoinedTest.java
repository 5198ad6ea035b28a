package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;

/** E22, A.5: several object to a closing, and one of them opens the case again. */
class ObjectionsJoinedTest extends UnderWay {

    private static final Map<String, Object> UPHELD = Map.of(
            "objectionOutcome", "UPHELD",
            "objectionReason", "Two witnesses were never asked.",
            "reopenNote", "Whether people work at pit 4.");
    private static final Map<String, Object> REJECTED =
            Map.of("objectionOutcome", "REJECTED", "objectionReason", "Nothing in it is new.");

    @Test
    @DisplayName(
            "E22 New facts, also after closing: what a person objected is weighed in the case that the complainant opened again")
    void whatAPersonObjectedIsWeighedInTheCaseThatTheComplainantOpenedAgain() {
        closedAsNotCredible();
        objects("COMPLAINANT", "Nobody asked the two of the night shift.");
        objects("VICTIM", "My brother Amadou was never paid.");
        as("audit-programme-3").complete(of("The complainant"), UPHELD);

        assertThat(state()).as("the case waits for nothing").isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        assertThat(sees("audit-programme-3")).containsExactly("task_weighObjection");
        for (String other : List.of("downstream", "protection", "smelter", "smelter-b", "vsc", "facilitator")) {
            assertThat(sees(other)).as(other).doesNotContain("task_weighObjection");
            assertThatThrownBy(() -> as(other)
                            .complete(task("audit-programme-3", "task_weighObjection"), weighed("NOTHING_NEW")))
                    .as(other)
                    .isNotNull();
        }
        assertThat(lettersTo("complainant", caseNumber))
                .as("hears nothing of anybody else")
                .endsWith("objection-upheld");
        assertThat(lettersTo("protection", caseNumber)).containsOnlyOnce("tell-objection-joined");
        assertThat(lettersTo("smelter", caseNumber)).isEmpty();

        assertThat(reads("audit-programme-3", "task_weighObjection"))
                .contains("A person who was harmed objected", "My brother Amadou was never paid.");
        assertThat(due("audit-programme-3", "task_weighObjection")).isNotNull();
        assertThatThrownBy(() -> complete("audit-programme", "task_weighObjection", weighed("NOTHING_NEW")))
                .as("who decided, or recorded it")
                .hasMessageContaining("second person");
        assertThatThrownBy(() -> complete("audit-programme-3", "task_weighObjection", Map.of("objectionTells", "NO")))
                .isInstanceOf(InvalidForm.class);
        complete(
                "audit-programme-3",
                "task_weighObjection",
                VictimForms.but(weighed("NEW_FACTS"), "newInformation", "Wages were held back in May."));
        assertThat(visits("end_factsPut")).isEqualTo(1);
        assertThat(reads("downstream", "task_screenCredibility"))
                .contains("Wages were held back in May.")
                .doesNotContain("Amadou");
        assertThat(lettersTo("complainant", caseNumber))
                .as("still hears nothing of anybody else")
                .endsWith("objection-upheld");
        assertThat(lettersTo("protection", caseNumber)).containsOnlyOnce("tell-objection-weighed");
        assertThat(lettersTo("smelter", caseNumber)).isEmpty();
        assertThat(lettersTo("downstream", caseNumber)).doesNotContain("tell-objection-weighed", "objection-weighed");
        assertThat(textsOfLetters(caseNumber, "tell-objection-weighed"))
                .as("the outcome, and nothing of what was said")
                .singleElement()
                .asString()
                .contains("Something in it was new", "Tell nobody else")
                .doesNotContain("Amadou", "May", "pay slips");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: the complainant is answered when another was right first")
    void theComplainantIsAnsweredWhenAnotherWasRightFirst() {
        closedAsNotCredible();
        objects("VICTIM", "Nobody asked me.");
        objects("COMPLAINANT", "It is true all the same.");
        objects("OTHER", "They asked me to say that it goes on.");
        as("audit-programme-3").complete(of("A person who was harmed"), UPHELD);

        assertThat(state()).isEqualTo("SCREENING");
        assertThat(visits("end_objectionJoined")).isEqualTo(2);
        assertThat(lettersTo("complainant", caseNumber))
                .containsOnlyOnce("objection-upheld")
                .containsOnlyOnce("objection-joined");
        assertThat(lettersTo("protection", caseNumber)).containsOnlyOnce("tell-objection-joined");
        List<Task> both = tasks("audit-programme", "task_weighObjection");
        assertThat(both).hasSize(2);
        both.forEach(task -> as("audit-programme-3").complete(task, weighed("NOTHING_NEW")));
        assertThat(visits("end_nothingNew")).isEqualTo(2);
        assertThat(lettersTo("complainant", caseNumber)).containsOnlyOnce("objection-weighed");
        assertThat(lettersTo("protection", caseNumber)).containsOnlyOnce("tell-objection-weighed");
        assertThat(textsOfLetters(caseNumber, "objection-weighed"))
                .singleElement()
                .asString()
                .contains("known already", "you may object to it, too")
                .doesNotContain("true all the same", "pay slips");
        assertThat(reads("downstream", "task_screenCredibility")).doesNotContain("It is true all the same.");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: what is rejected before is not joined")
    void whatIsRejectedBeforeIsNotJoined() {
        closedAsNotCredible();
        objects("VICTIM", "Nobody asked me.");
        objects("COMPLAINANT", "It is true all the same.");
        as("audit-programme-3").complete(of("A person who was harmed"), REJECTED);
        as("audit-programme-3").complete(of("The complainant"), UPHELD);
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("audit-programme")).isEmpty();
        assertThat(visits("end_objectionJoined")).isZero();
        assertThat(lettersTo("complainant", caseNumber)).endsWith("objection-rejected", "objection-upheld");
    }

    @Test
    @DisplayName(
            "E22 New facts, also after closing: of two decisions at the same moment one opens the case and the other objection is joined")
    void ofTwoDecisionsAtTheSameMomentOneOpensTheCaseAndTheOtherObjectionIsJoined() throws Exception {
        closedAsNotCredible();
        objects("VICTIM", "Nobody asked me.");
        objects("COMPLAINANT", "It is true all the same.");
        List<Task> two = tasks("audit-programme-3", "task_decideObjection");
        two.forEach(task -> taskService.claim(task.getId(), "audit-programme-3"));
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        int done = 0;
        try {
            List<Future<?>> decisions = new ArrayList<>();
            for (Task task : two) {
                decisions.add(nodes.submit(() -> {
                    together.await();
                    actingAs("audit-programme-3", () -> {
                        formService.submitTaskForm(task.getId(), formValues(UPHELD));
                        return task;
                    });
                    return null;
                }));
            }
            for (Future<?> decision : decisions) {
                try {
                    decision.get();
                    done++;
                } catch (ExecutionException e) {
                    assertThat(e).as("comes too late").hasRootCauseInstanceOf(RuntimeException.class);
                }
            }
        } finally {
            nodes.shutdown();
        }
        fireDueJobs();
        assertThat(done).isEqualTo(1);
        for (Task task : two) {
            assertThatThrownBy(() -> as("audit-programme-3").complete(task, UPHELD))
                    .as("a second click")
                    .isNotNull();
        }
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(visits("task_openAgain")).isEqualTo(1);
        assertThat(tasks("audit-programme", "task_weighObjection")).hasSize(1);
        assertThat(lettersTo("complainant", caseNumber)).containsOnlyOnce("objection-upheld");
        assertThat(sees("audit-programme")).doesNotContain("task_decideObjection", "task_recordObjection");
    }

    private void objects(String who, String what) {
        complete("audit-programme", "task_recordObjection", Map.of("objector", who, "objection", what));
    }

    /** The decision on what these people object. */
    private Task of(String who) {
        return tasks("audit-programme-3", "task_decideObjection").stream()
                .filter(task -> open("audit-programme-3", task).text().contains(who + " objects:"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> weighed(String tells) {
        return Map.of("objectionTells", tells, "weighObjectionReason", "The pay slips of May are missing.");
    }
}
