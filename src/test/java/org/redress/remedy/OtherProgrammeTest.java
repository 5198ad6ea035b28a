package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;

/** E21: another programme handles the same incident (remedy.md A.8). */
class OtherProgrammeTest extends UnderWay {

    @BeforeEach
    void anotherProgrammeIsAtWork() {
        reported();
        complete("protection", "task_safetyTriage", Step1.safe());
        underReview();
        assertThat(due("audit-programme", "task_agreeLead"))
                .as("ten business days")
                .isEqualTo(LocalDate.parse("2026-03-16"));
        for (String other : List.of("smelter", "downstream", "protection", "facilitator")) {
            assertThat(sees(other)).as(other).doesNotContain("task_agreeLead");
        }
    }

    private void reported() {
        receive("2026-03-02T09:30:00Z", Scenario.of("S06").grievance());
        fireDueJobs();
    }

    private void underReview() {
        Scenario scenario = Scenario.of("S06");
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", with(Step1.review(), Map.of("forumCheck", "LEAD_THERE")));
    }

    @Test
    @DisplayName("E21 Another programme handles the incident: who leads investigates")
    void whoLeadsInvestigates() {
        agreed("HERE");
        assertThat(visits("end_leadHere")).isEqualTo(1);
        assertThat(sees("audit-programme")).containsExactly("task_investigate");
    }

    @Test
    @DisplayName(
            "E21 Another programme handles the incident: while they lead the case waits and asks every thirty days until findings are recognised")
    void whileTheyLeadTheCaseWaitsAndAsksEveryThirtyDaysUntilFindingsAreRecognised() {
        agreed("THERE");
        assertThat(sees("audit-programme")).as("nobody is interviewed twice").isEmpty();
        travelThrough("2026-04-01T00:00:00Z");
        assertThat(sees("audit-programme")).isEmpty();
        travelThrough("2026-04-02T00:00:00Z");
        status("RUNNING");
        assertThat(sees("audit-programme")).isEmpty();
        travelThrough("2026-05-05T00:00:00Z");
        assertThat(reads("audit-programme", "task_askLeadStatus")).contains("Traceable Tin");
        assertThat(shown("audit-programme", "task_askLeadStatus"))
                .as("what they said last time")
                .containsEntry("leadStatusNote", "Their word on the telephone.");
        status("FINDINGS");
        assertThat(visits("end_findingsRecognised")).isEqualTo(1);
        assertThat(sees("audit-programme")).containsExactly("task_investigate");
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(due("audit-programme", "task_investigate"))
                .as("the clock of the investigation stood still")
                .isAfter(today().plusDays(55));
    }

    /** E21: learned of while the investigation runs; its clock stands still, and nobody is questioned twice. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: a programme that is found later stops the investigation until the lead is ours")
    void aProgrammeThatIsFoundLaterStopsTheInvestigationUntilTheLeadIsOurs() {
        agreed("HERE");
        LocalDate before = due("audit-programme", "task_investigate");
        for (String other : List.of("smelter", "downstream", "protection", "legal")) {
            assertThatThrownBy(() -> found(other)).as(other).isInstanceOf(RuntimeException.class);
        }
        found("audit-programme");
        assertThatThrownBy(() -> found("audit-programme")).hasMessageContaining("being settled already");
        agreed("THERE");
        assertThat(task("audit-programme", "task_investigate").getDueDate()).isNull();
        assertThat(reads("audit-programme", "task_investigate")).contains("Another programme leads");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_investigate",
                        Scenario.of("S06").investigation()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("Another programme leads");
        travelThrough("2026-04-03T00:00:00Z");
        status("STALLED");
        assertThat(visits("end_caseGoesOn")).isEqualTo(1);
        assertThat(due("audit-programme", "task_investigate")).isAfter(before.plusDays(30));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
    }

    /** E21: and may take it over, with remedy. */
    @Test
    @DisplayName("E21 Another programme handles the incident: a programme that is found later takes the case over")
    void aProgrammeThatIsFoundLaterTakesTheCaseOver() {
        agreed("HERE");
        found("audit-programme");
        agreed("THERE");
        travelThrough("2026-04-03T00:00:00Z");
        takenOver("YES");
        assertThat(state()).isEqualTo("TRANSFERRED");
        assertThat(visits("end_caseHandedOver")).isEqualTo(1);
        assertThatThrownBy(() -> found("audit-programme")).hasMessageContaining("is closed");
    }

    private void found(String user) {
        startByForm(user, "note-programme", Map.of("caseNumber", caseNumber));
        fireDueJobs();
    }

    @Test
    @DisplayName("E21 Another programme handles the incident: where nothing happens there the lead comes back")
    void whereNothingHappensThereTheLeadComesBack() {
        agreed("THERE");
        travelThrough("2026-04-03T00:00:00Z");
        status("STALLED");
        assertThat(sees("audit-programme")).containsExactly("task_investigate");
    }

    @Test
    @DisplayName(
            "E21 Another programme handles the incident: the case is handed over only together with remedy for the people")
    void theCaseIsHandedOverOnlyTogetherWithRemedyForThePeople() {
        agreed("THERE");
        travelThrough("2026-04-03T00:00:00Z");
        takenOver("NO");
        assertThat(state()).as("remedy is still ours").isEqualTo("IN_INVESTIGATION");
        travelThrough("2026-05-05T00:00:00Z");
        takenOver("YES");
        assertThat(state()).isEqualTo("TRANSFERRED");
        assertThat(ofTheCase("closedAs")).isEqualTo("TRANSFERRED");
        assertThat(visits("end_allegationHandedOver")).isEqualTo(1);
        assertThat(lettersTo("complainant", caseNumber)).endsWith("handed-over-complainant");
        assertThat(lettersTo("smelter", caseNumber)).isEmpty();
        assertThat(reads("audit-programme", "task_recordObjection")).contains("handed over to another programme");
    }

    /** D02: the triage of safety is in parallel with everything else, and nothing ends it. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: nobody is handed over of whom it is not known whether they are safe")
    void nobodyIsHandedOverOfWhomItIsNotKnownWhetherTheyAreSafe() {
        reported();
        underReview();
        agreed("THERE");
        travelThrough("2026-04-03T00:00:00Z");
        assertThatThrownBy(() -> takenOver("YES"))
                .as("by whichever model the case runs: those of before did not wait")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("Nobody has triaged the safety of the people yet");
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(sees("protection")).containsExactly("task_safetyTriage");
        complete("protection", "task_safetyTriage", with(Step1.safe(), Map.of("stillExploited", "YES")));
        takenOver("YES");
        assertThat(state()).isEqualTo("TRANSFERRED");
        assertThat(sees("protection"))
                .as("and whoever is in danger is protected here")
                .contains("task_assessDanger");
    }

    private void agreed(String lead) {
        complete(
                "audit-programme",
                "task_agreeLead",
                Map.of(
                        "otherProgramme", "Traceable Tin",
                        "leadProgramme", lead,
                        "findingsShared", "BOTH",
                        "reporterTold", "NOTHING",
                        "contactForPeople", "NONE_YET",
                        "leadReason", "They were at the site last week; agreed by telephone."));
    }

    private void status(String status) {
        complete(
                "audit-programme",
                "task_askLeadStatus",
                Map.of("leadStatus", status, "leadStatusNote", "Their word on the telephone."));
    }

    private void takenOver(String remedy) {
        Map<String, Object> answer = Map.of(
                "leadStatus", "TAKEN_OVER",
                "remedyTakenOver", remedy,
                "leadStatusNote", "Their word on the telephone.");
        complete(
                "audit-programme",
                "task_askLeadStatus",
                remedy.equals("NO")
                        ? answer
                        : with(answer, Map.of("reporterTold", "NOTHING", "contactForPeople", "NONE_YET")));
    }
}
