package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.VictimForms.but;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A coordinator who says that a danger is not dealt with yet has called protection by that (remedy.md E04, D02, B.9). */
class DangerToldTest extends OnePersonTest {

    private static final String SAID = "The foreman waits at the gate every evening.";

    /** E04. */
    @Test
    @DisplayName("E04 Exploitation goes on: a contact that leaves a danger open calls protection within the hour")
    void aContactThatLeavesADangerOpenCallsProtectionWithinTheHour() {
        accompanied();
        as("vsc").complete("task_followUp", dangerToldOn("2026-02-02"));

        assertThat(lettersTo("protection", caseNumber)).contains("ongoing-exploitation");
        assertThat(dueOfAssessment()).as("D02").isEqualTo("2026-02-02T10:00:00Z");
        assertThat(as("vsc").tasksOf(caseNumber))
                .as("contact and help go on beside it")
                .contains("task_followUp", "task_reviewCase");
        assertThat(people.facts(caseNumber).openSafetyRisks()).isEqualTo(1);
        for (String other : List.of("vsc", "provider", "smelter", "downstream", "facilitator")) {
            assertThat(as(other).sees("task_assessDanger")).as(other).isFalse();
        }
    }

    /** E04: who it is and what was said stays in the file of the person. */
    @Test
    @DisplayName("E04 Exploitation goes on: the report tells neither who it is nor what was said")
    void theReportTellsNeitherWhoItIsNorWhatWasSaid() {
        accompanied();
        as("vsc").complete("task_followUp", dangerToldOn("2026-02-02"));
        assertThat(keptOutsideThePersonsFile())
                .isNotEmpty()
                .noneMatch(value -> value.contains(PERSON))
                .noneMatch(value -> value.contains(SAID));
        assertThat(textsOfLetters(caseNumber, "ongoing-exploitation"))
                .isNotEmpty()
                .noneMatch(text -> text.contains(PERSON) || text.contains(SAID));
    }

    /** E04: never a second rescue. */
    @Test
    @DisplayName("E04 Exploitation goes on: whoever tells it again joins the rescue that runs")
    void whoeverTellsItAgainJoinsTheRescueThatRuns() {
        accompanied();
        as("vsc").complete("task_followUp", dangerToldOn("2026-02-02"));
        as("vsc").complete("task_followUp", dangerToldOn("2026-02-02"));
        assertThat(rescues()).isEqualTo(1);
        as("protection").complete("task_takeInReport", Map.of("othersInDanger", "NO"));

        as("vsc").complete("task_followUp", VictimForms.notReached("2026-02-02"));
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        assertThat(as("protection").sees("task_takeInReport"))
                .as("an attempt without an answer tells of no danger, and neither does a person who is safe")
                .isFalse();
    }

    /** E04: before anything else is known of the person. */
    @Test
    @DisplayName("E04 Exploitation goes on: a danger that the first safety plan leaves open calls protection too")
    void aDangerThatTheFirstSafetyPlanLeavesOpenCallsProtectionToo() {
        register();
        as("vsc").complete("task_immediateNeeds", but(VictimForms.immediateNeeds(), "openSafetyRisk", "YES"));
        assertThat(dueOfAssessment()).isEqualTo("2026-02-02T10:00:00Z");
        assertThat(as("vsc").tasksOf(caseNumber)).contains("task_needsAssessment");
        assertThat(rescues()).isEqualTo(1);
    }

    /** E11, E04: the person does not want to get out, and the new plan leaves a danger open. */
    @Test
    @DisplayName(
            "E11 A person goes back to the exploiter: a renewed plan that leaves a danger open calls protection once")
    void aRenewedPlanThatLeavesADangerOpenCallsProtectionOnce() {
        accompanied();
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "backWithThem", "YES"));
        as("vsc")
                .complete(
                        "task_renewSafetyPlan",
                        Map.of(
                                "safetyPlan",
                                "A word for the sister on the phone means: come",
                                "openSafetyRisk",
                                "YES",
                                "rescueWish",
                                "NO",
                                "helpGoesOn",
                                true));
        assertThat(rescues()).isEqualTo(1);
        assertThat(as("protection").sees("task_assessDanger")).isTrue();
        assertThat(as("protection").sees("task_takeInReport")).isFalse();
        assertThat(people.facts(caseNumber).openSafetyRisks()).isEqualTo(1);
    }

    /** Most contacts are of this kind. */
    @Test
    void aPersonWhoIsSafeCallsNobody() {
        accompanied();
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        assertThat(rescues()).isZero();
        assertThat(lettersTo("protection", caseNumber)).isEmpty();
    }

    private void accompanied() {
        planned("SHELTER");
    }

    private static Map<String, Object> dangerToldOn(String day) {
        return but(VictimForms.reached(day), "openSafetyRisk", "YES", "safetyNote", SAID);
    }

    private String dueOfAssessment() {
        return as("protection")
                .task("task_assessDanger")
                .getDueDate()
                .toInstant()
                .toString();
    }

    private long rescues() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("emergency-protection")
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    private List<String> keptOutsideThePersonsFile() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .stream()
                .filter(instance ->
                        List.of("report-to-case", "emergency-protection").contains(instance.getProcessDefinitionKey()))
                .flatMap(instance ->
                        historyService
                                .createHistoricVariableInstanceQuery()
                                .processInstanceId(instance.getId())
                                .list()
                                .stream())
                .map(HistoricVariableInstance::getValue)
                .map(String::valueOf)
                .toList();
    }
}
