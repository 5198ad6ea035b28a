package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;

/** E21: another programme becomes known beside the steps of the case, before its review or after step 1 (remedy.md A.8). */
class ProgrammeFoundLaterTest extends UnderWay {

    private static final Scenario SCENARIO = Scenario.of("S06");

    /** E21: one lead is settled once. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: a programme that is being settled already is not asked for again in the review")
    void aProgrammeThatIsBeingSettledAlreadyIsNotAskedForAgainInTheReview() {
        arrives();
        complete("protection", "task_safetyTriage", Step1.safe());
        found();
        complete("downstream", "task_screenCredibility", SCENARIO.credibility());
        complete("downstream", "task_screenActionability", SCENARIO.actionability());
        complete("audit-programme", "task_openReview", with(Step1.review(), Map.of("forumCheck", "LEAD_THERE")));
        assertThat(tasks("audit-programme", "task_agreeLead")).hasSize(1);
        assertThat(sees("audit-programme")).containsExactlyInAnyOrder("task_agreeLead", "task_investigate");
        agreed();
        assertThat(reads("audit-programme", "task_investigate")).contains("Another programme leads");
        travelThrough(today().plusDays(31) + "T09:00:00Z");
        status(takenOver());
        assertThat(state()).as("and what was settled there counts").isEqualTo("TRANSFERRED");
    }

    /** E21, D02. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: nothing is handed over while nobody has triaged the safety of the people")
    void nothingIsHandedOverWhileNobodyHasTriagedTheSafetyOfThePeople() {
        arrives();
        found();
        agreed();
        travelThrough(today().plusDays(31) + "T09:00:00Z");
        assertThatThrownBy(() -> status(takenOver()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("remedyTakenOver")
                .hasMessageContaining("Nobody has triaged the safety of the people yet");
        assertThat(sees("protection")).contains("task_safetyTriage");
        complete("protection", "task_safetyTriage", Step1.safe());
        status(takenOver());
        assertThat(state()).isEqualTo("TRANSFERRED");
    }

    /** E21: whom we help here, we help until step 6 says who carries on. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: after step one remedy is handed over in step six and not beside it")
    void afterStepOneRemedyIsHandedOverInStepSixAndNotBesideIt() {
        remedyIsOwed();
        assertThatThrownBy(() -> begin("smelter")).isInstanceOf(RuntimeException.class);
        found();
        assertThatThrownBy(this::found).hasMessageContaining("being settled already");
        for (String other : new String[] {"smelter", "downstream", "protection", "facilitator", "member"}) {
            assertThat(sees(other)).as(other).doesNotContain("task_agreeLead");
        }
        agreed();
        travelThrough(today().plusDays(31) + "T09:00:00Z");
        assertThatThrownBy(() -> status(takenOver()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("remedyTakenOver")
                .hasMessageContaining("close the case as handed over in step 6");
        assertThat(state()).as("the remedy goes on").isEqualTo("PLANNING");
        assertThatThrownBy(() -> as("smelter").complete(task("audit-programme", "task_askLeadStatus"), takenOver()))
                .isInstanceOf(RuntimeException.class);
        status(Map.of(
                "leadStatus", "TAKEN_OVER",
                "remedyTakenOver", "NO",
                "leadStatusNote", "They investigate, and leave the people to us."));
        assertThat(state()).isEqualTo("PLANNING");
        travelThrough(today().plusDays(31) + "T09:00:00Z");
        status(Map.of("leadStatus", "STALLED", "leadStatusNote", "Nobody answers."));
        assertThat(visits("end_caseGoesOn")).isEqualTo(1);
        assertThat(state()).isEqualTo("PLANNING");
    }

    private void arrives() {
        receive(LocalDate.parse("2026-03-02") + "T09:30:00Z", SCENARIO.grievance());
        fireDueJobs();
    }

    private void found() {
        begin("audit-programme");
        fireDueJobs();
    }

    private void begin(String user) {
        startByForm(user, "note-programme", Map.of("caseNumber", caseNumber));
    }

    private void agreed() {
        complete(
                "audit-programme",
                "task_agreeLead",
                Map.of(
                        "otherProgramme", "Traceable Tin",
                        "leadProgramme", "THERE",
                        "findingsShared", "BOTH",
                        "reporterTold", "NOTHING",
                        "contactForPeople", "NONE_YET",
                        "leadReason", "They were at the site last week; agreed by telephone."));
    }

    private void status(Map<String, Object> status) {
        complete("audit-programme", "task_askLeadStatus", status);
    }

    private static Map<String, Object> takenOver() {
        Map<String, Object> status = new HashMap<>();
        status.put("leadStatus", "TAKEN_OVER");
        status.put("remedyTakenOver", "YES");
        status.put("leadStatusNote", "Their word on the telephone.");
        status.put("reporterTold", "NOTHING");
        status.put("contactForPeople", "NONE_YET");
        return status;
    }
}
