package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.deadline.DeadlineMoves;
import org.redress.engine.InvalidForm;
import org.springframework.beans.factory.annotation.Autowired;

/** E20: a court or a state takes the case up too (remedy.md A.8). */
@SuppressWarnings("NullAway.Init")
class ProceedingsElsewhereTest extends StoryTest {

    private static final String NOTE = "The labour court of the province has opened a case of the same workers.";

    private final Scenario scenario = Scenario.of("S06");

    @Autowired
    private DeadlineMoves moves;

    @Test
    @DisplayName("E20 A court or a state takes the case up: the investigation waits and nothing else does")
    void theInvestigationWaitsAndNothingElseDoes() {
        investigated();
        Task investigation = task("audit-programme", "task_investigate");
        assertThat(investigation.getDueDate().toInstant().toString()).isEqualTo("2026-05-02T23:59:59Z");
        noted("legal");
        Task weighing = task("legal", "task_weighProceedings");
        assertThat(day(weighing.getDueDate())).isEqualTo("2026-03-05");
        assertThat(shown("legal", "task_weighProceedings", "proceedingsNote")).isEqualTo(NOTE);
        assertThatThrownBy(() -> as("smelter").complete(weighing, weighed("YES")))
                .isInstanceOf(RuntimeException.class);
        complete("legal", "task_weighProceedings", weighed("YES"));

        assertThat(state()).isEqualTo("SUSPENDED_LEGAL");
        assertThat(task("audit-programme", "task_investigate").getDueDate()).isNull();
        assertThat(reads("audit-programme", "task_investigate"))
                .contains("do not interview them again", "Law has suspended the investigation");
        assertThatThrownBy(() -> complete("audit-programme", "task_investigate", scenario.investigation()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("suspended");
        complete("protection", "task_safetyTriage", Step1.safe());

        Task status = task("legal", "task_followProceedings");
        assertThat(day(status.getDueDate())).isEqualTo("2026-04-01");
        travelTo("2026-04-01T09:30:00Z");
        complete("legal", "task_followProceedings", status("NO"));
        travelTo("2026-05-01T09:30:00Z");
        complete("legal", "task_followProceedings", status("YES"));

        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(task("audit-programme", "task_investigate")
                        .getDueDate()
                        .toInstant()
                        .toString())
                .as("sixty days later, as long as it has stood still")
                .isEqualTo("2026-07-01T23:59:59Z");
        complete("audit-programme", "task_investigate", scenario.investigation());
        assertThat(task("audit-programme", "task_decideSubstantiation")
                        .getDueDate()
                        .toInstant()
                        .toString())
                .as("the next one has as much of the clock left")
                .isEqualTo("2026-07-01T23:59:59Z");
        assertThat(moves.ofCase(caseNumber))
                .singleElement()
                .satisfies(recorded -> assertThat(recorded.move().reason()).isEqualTo("PROCEEDINGS"));
    }

    /** E20: five months with a court take nothing of the two months more that an inconclusive investigation has. */
    @Test
    void anInvestigationThatWaitedForACourtIsExtendedByAsMuchAsAnyOther() {
        investigated();
        noted("legal");
        complete("legal", "task_weighProceedings", weighed("YES"));
        travelTo("2026-07-30T09:30:00Z");
        complete("legal", "task_followProceedings", status("YES"));
        assertThat(day(task("audit-programme", "task_investigate").getDueDate()))
                .as("a hundred and fifty days later")
                .isEqualTo("2026-09-29");
        complete("audit-programme", "task_investigate", scenario.investigation());
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete(
                "audit-programme-2",
                "task_extendInvestigation",
                Map.of("extensionReason", "Two witnesses are travelling.", "reviewAgainOn", "2027-01-15"));
        assertThat(day(task("audit-programme", "task_investigate").getDueDate()))
                .as("six months in all, and a hundred and fifty days")
                .isEqualTo("2027-01-30");
        assertThat(moves.ofCase(caseNumber))
                .allSatisfy(recorded -> assertThat(recorded.move().toDue())
                        .isAfter(recorded.move().fromDue()));
    }

    @Test
    @DisplayName("E20 A court or a state takes the case up: proceedings that need no waiting are noted")
    void proceedingsThatNeedNoWaitingAreNoted() {
        investigated();
        noted("audit-programme");
        complete("legal", "task_weighProceedings", weighed("NO"));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(reads("audit-programme", "task_investigate"))
                .contains("do not interview them again")
                .doesNotContain("Law has suspended the investigation");
    }

    /** E20: a civil and a criminal court at once. */
    @Test
    @DisplayName(
            "E20 A court or a state takes the case up: the investigation goes on only when no proceedings stop it any more")
    void theInvestigationGoesOnOnlyWhenNoProceedingsStopItAnyMore() {
        investigated();
        noted("legal");
        complete("legal", "task_weighProceedings", weighed("YES"));
        Task first = task("legal", "task_followProceedings");
        noted("audit-programme");
        complete("legal", "task_weighProceedings", weighed("YES"));
        travelTo("2026-03-12T09:30:00Z");
        as("legal").complete(first, status("YES"));
        fireDueJobs();
        assertThat(state()).isEqualTo("SUSPENDED_LEGAL");
        assertThat(task("audit-programme", "task_investigate").getDueDate()).isNull();
        travelTo("2026-03-22T09:30:00Z");
        complete("legal", "task_followProceedings", status("YES"));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(day(task("audit-programme", "task_investigate").getDueDate()))
                .as("twenty days later")
                .isEqualTo("2026-05-22");
    }

    /** E20: noted before anybody investigates, and told to whoever speaks with people. */
    @Test
    @DisplayName(
            "E20 A court or a state takes the case up: what is noted during screening suspends the investigation from its start")
    void whatIsNotedDuringScreeningSuspendsTheInvestigationFromItsStart() {
        receive("2026-03-02T09:30:00Z", scenario.grievance());
        fireDueJobs();
        noted("legal");
        complete("legal", "task_weighProceedings", weighed("YES"));
        assertThat(lettersTo("protection", caseNumber)).contains("interviewed-elsewhere");
        assertThat(lettersTo("smelter", caseNumber)).isEmpty();
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        assertThat(state()).isEqualTo("SUSPENDED_LEGAL");
        travelTo("2026-03-04T09:30:00Z");
        complete("audit-programme", "task_openReview", Step1.review());
        assertThat(task("audit-programme", "task_investigate").getDueDate()).isNull();
        travelTo("2026-03-12T09:30:00Z");
        complete("legal", "task_followProceedings", status("YES"));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(day(task("audit-programme", "task_investigate").getDueDate()))
                .as("ten days later")
                .isEqualTo("2026-05-12");
    }

    @Test
    @DisplayName("E20 A court or a state takes the case up: only law and the programme note proceedings")
    void onlyLawAndTheProgrammeNoteProceedings() {
        investigated();
        for (String other : List.of("smelter", "downstream", "vsc", "provider", "protection")) {
            assertThatThrownBy(() -> noted(other)).as(other).isInstanceOf(RuntimeException.class);
        }
    }

    private void noted(String user) {
        startByForm(
                user,
                "note-proceedings",
                Map.of("caseNumber", caseNumber, "proceedingsKind", "LABOUR", "proceedingsNote", NOTE));
        fireDueJobs();
    }

    private static Map<String, Object> weighed(String waits) {
        return Map.of(
                "investigationWaits",
                waits,
                "interviewedElsewhere",
                "YES",
                "courtRightsKept",
                true,
                "proceedingsReason",
                "The court has asked that nobody be questioned twice.");
    }

    private static Map<String, Object> status(String over) {
        return Map.of("proceedingsOver", over, "proceedingsStatus", "The first hearing was put off by a month.");
    }

    private void investigated() {
        receive("2026-03-02T09:30:00Z", scenario.grievance());
        fireDueJobs();
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", Step1.review());
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
    }
}
