package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.deadline.DeadlineMoves;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.deadline.OpenClocks;
import org.springframework.beans.factory.annotation.Autowired;

/** A case that is planned in peace becomes urgent, since somebody is found in danger (remedy.md B.9, E04). */
@SuppressWarnings("NullAway.Init")
class BecomesUrgentTest extends UnderWay {

    @Autowired
    private DeadlineMoves moves;

    @Autowired
    private OpenClocks openClocks;

    @Test
    void theFirstContactThatIsOpenHasOneDayAndItsReminderFollows() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_selectCoordinator", RemedyForms.coordinator());
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        Task register = task("vsc", "task_registerVictim");
        Instant began = register.getCreateTime().toInstant();
        assertThat(register.getDueDate().toInstant()).as("D12").isEqualTo(began.plus(Duration.ofDays(3)));

        travelTo(began.plus(Duration.ofHours(20)).toString());
        assertThat(rings(register)).as("two days are left").isEmpty();
        somebodyIsInDanger();

        assertThat(dueAt("vsc", "task_registerVictim"))
                .as("counted from where it began")
                .isEqualTo(began.plus(Duration.ofHours(24)));
        assertThat(rings(register)).as("four hours are left").hasSize(1);
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(moves.ofCase(caseNumber).stream().map(DeadlineMoves.Recorded::move))
                .filteredOn(move -> move.clockId().equals("D12"))
                .singleElement()
                .satisfies(move -> {
                    assertThat(move.kind()).isEqualTo(Kind.URGENT);
                    assertThat(move.fromDue()).isEqualTo(began.plus(Duration.ofDays(3)));
                    assertThat(move.toDue()).isEqualTo(began.plus(Duration.ofHours(24)));
                });
        int recorded = moves.ofCase(caseNumber).size();
        somebodyIsInDanger();
        assertThat(moves.ofCase(caseNumber)).as("nothing moves twice").hasSize(recorded);
    }

    @Test
    void theTimerBesideATaskFollowsToo() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        Instant before = silence().getDuedate().toInstant();
        assertThat(dueAt("smelter", "task_engageFacilitator")).as("D11").isEqualTo(before);
        somebodyIsInDanger();
        assertThat(dueAt("smelter", "task_engageFacilitator")).isBefore(before);
        assertThat(silence().getDuedate().toInstant())
                .as("the smelter is not waited for any longer either")
                .isEqualTo(dueAt("smelter", "task_engageFacilitator"));
    }

    @Test
    void whatWasGrantedStays() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        Task engage = task("smelter", "task_engageFacilitator");
        Instant due = engage.getDueDate().toInstant();
        Instant granted = due.plus(Duration.ofDays(5));
        moves.record(
                "test/" + engage.getId(),
                new Move(
                        caseNumber,
                        "D11",
                        null,
                        ((Date) runtimeService.getVariable(engage.getExecutionId(), "planningStartedAt")).toInstant(),
                        due,
                        granted,
                        Kind.EXTENSION,
                        "ACCESS",
                        null,
                        null,
                        null,
                        null));
        somebodyIsInDanger();
        assertThat(dueAt("smelter", "task_engageFacilitator"))
                .as("never nearer than what was granted")
                .isEqualTo(due);
    }

    private void somebodyIsInDanger() {
        if (!sees("protection").contains("task_assessDanger")) {
            String door = repositoryService
                    .createProcessDefinitionQuery()
                    .processDefinitionKey("report-to-case")
                    .latestVersion()
                    .singleResult()
                    .getId();
            actingAs(
                    "protection",
                    () -> formService.submitStartForm(
                            door,
                            formValues(Map.of(
                                    "caseNumber",
                                    caseNumber,
                                    "eventKind",
                                    "SOMEBODY_IN_DANGER",
                                    "eventNote",
                                    "A girl waved from the lorry."))));
            fireDueJobs();
        }
        if (sees("protection").contains("task_assessDanger")) {
            complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "YES"));
        }
    }

    private Job silence() {
        return managementService
                .createJobQuery()
                .processInstanceId(process("plan-remedy"))
                .activityId("boundary_smelterSilent")
                .singleResult();
    }

    private List<OpenClocks.Ring> rings(Task task) {
        return openClocks.ringing().stream()
                .filter(ring -> ring.taskId().equals(task.getId()))
                .toList();
    }
}
