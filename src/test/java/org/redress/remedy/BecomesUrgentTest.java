package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.deadline.DeadlineMoves;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.deadline.OpenClocks;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A case that is planned in peace becomes urgent, since somebody is found in danger, suffers for having spoken or is a child
 * (remedy.md B.9, E04, E19).
 */
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

    /** E19: retaliation alone, whoever is in danger or not. */
    @Test
    @DisplayName("E19 Retaliation: retaliation that is reported late makes the whole case urgent")
    void retaliationThatIsReportedLateMakesTheWholeCaseUrgent() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        Instant before = dueAt("smelter", "task_engageFacilitator");
        assertThat(ofTheCase("urgency")).isEqualTo("NORMAL");
        assertThatThrownBy(() -> report("smelter", "RETALIATION", "Whoever spoke was dismissed."))
                .hasMessageContaining("you may report here that somebody is in danger");
        report("audit-programme", "RETALIATION", "Whoever spoke was dismissed.");
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(dueAt("smelter", "task_engageFacilitator")).as("D11").isBefore(before);
        assertThat(silence().getDuedate().toInstant()).isEqualTo(dueAt("smelter", "task_engageFacilitator"));
        assertThat(moved("D11"))
                .as("on record, with a smelter told nothing of why")
                .isNotEmpty()
                .containsOnly(Kind.URGENT);
        assertThat(lettersTo("smelter", caseNumber)).doesNotContain("retaliation");
    }

    /** B.9: a child that nobody knew of, registered while the case runs. */
    @Test
    void aChildWhoIsRegisteredLateMakesTheWholeCaseUrgent() {
        coordinatorIsAtWork();
        Instant began = task("vsc", "task_registerVictim").getCreateTime().toInstant();
        complete("vsc", "task_registerVictim", but(RemedyForms.person(today()), "personToRegister", "YES"));
        assertThat(ofTheCase("urgency")).isEqualTo("NORMAL");
        complete(
                "vsc",
                "task_registerVictim",
                but(
                        RemedyForms.person(today()),
                        "isChild",
                        "YES",
                        "childGuardianPart",
                        "NO",
                        "personToRegister",
                        "YES"));
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(dueAt("vsc", "task_registerVictim"))
                .as("whoever is met next: D12, urgent")
                .isEqualTo(began.plus(Duration.ofHours(24)));
        assertThat(urgencies()).as("in everything that runs").containsOnly("URGENT");
    }

    /** B.5, B.9: the person was taken for an adult. */
    @Test
    void whoeverTurnsOutToBeAChildWhenTheNeedsAreAssessedIsProtectedAsOneInAnUrgentCase() {
        coordinatorIsAtWork();
        complete("vsc", "task_registerVictim", RemedyForms.person(today()));
        complete("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        assertThat(ofTheCase("urgency")).isEqualTo("NORMAL");
        Task needs = task("vsc", "task_needsAssessment");
        assertThatThrownBy(
                        () -> as("smelter").complete(needs, but(VictimForms.needsAssessment(), "childAfterAll", true)))
                .isInstanceOf(RuntimeException.class);
        complete("vsc", "task_needsAssessment", but(VictimForms.needsAssessment(), "childAfterAll", true));
        assertThat(sees("vsc")).as("the ways of a child").contains("task_assessBestInterests");
        assertThat(variable(process("victim-case"), "isChild")).contains(true);
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(urgencies()).containsOnly("URGENT");
    }

    /** B.9, E06: told of with others who were found. */
    @Test
    @DisplayName("E06 More people are found: a child among people who are found makes the whole case urgent")
    void aChildAmongPeopleWhoAreFoundMakesTheWholeCaseUrgent() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        Instant before = dueAt("smelter", "task_engageFacilitator");
        cases.tell(caseNumber, "more-people-found", Map.of("moreFound", 2, "childrenFound", 0));
        fireDueJobs();
        assertThat(dueAt("smelter", "task_engageFacilitator")).as("no child").isEqualTo(before);
        cases.tell(caseNumber, "more-people-found", Map.of("moreFound", 1, "childrenFound", 1));
        fireDueJobs();
        assertThat(ofTheCase("urgency")).isEqualTo("URGENT");
        assertThat(dueAt("smelter", "task_engageFacilitator")).as("D11").isBefore(before);
    }

    private void coordinatorIsAtWork() {
        remedyIsOwed();
        complete("audit-programme", "task_selectFacilitator", RemedyForms.facilitator());
        complete("smelter", "task_engageFacilitator", RemedyForms.engaged(today()));
        complete("facilitator", "task_groundAnalysis", RemedyForms.ground(today(), "DONE"));
        complete("facilitator", "task_selectCoordinator", RemedyForms.coordinator());
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
    }

    private List<Kind> moved(String clock) {
        return moves.ofCase(caseNumber).stream()
                .map(DeadlineMoves.Recorded::move)
                .filter(move -> move.clockId().equals(clock))
                .map(Move::kind)
                .toList();
    }

    private List<Object> urgencies() {
        return runtimeService.createProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .flatMap(process -> runtimeService
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(process.getId())
                        .variableName("urgency")
                        .list()
                        .stream())
                .map(VariableInstance::getValue)
                .filter(Objects::nonNull)
                .toList();
    }

    private void report(String user, String kind, String note) {
        startByForm(user, "report-to-case", Map.of("caseNumber", caseNumber, "eventKind", kind, "eventNote", note));
        fireDueJobs();
    }

    private void somebodyIsInDanger() {
        if (!sees("protection").contains("task_assessDanger")) {
            report("protection", "SOMEBODY_IN_DANGER", "A girl waved from the lorry.");
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
