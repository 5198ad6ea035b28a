package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever complained is told every thirty days how the case stands, and after three months what came of it (D07, D08). */
@SuppressWarnings("NullAway.Init")
class KeepInformedTest extends StoryTest {

    private static final List<String> OTHERS =
            List.of("smelter", "smelter-b", "downstream", "facilitator", "vsc", "provider");

    @Autowired
    private InformingWorkflow informing;

    @Autowired
    private Retaliations retaliations;

    @Autowired
    private UpdatesOnTime onTime;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyThirtyDaysTheComplainantHearsHowItStandsByAWayThatIsSafe() {
        received("PHONE");
        travelThrough("2026-03-27T23:59:58Z");
        assertThat(waits("audit-programme")).isEmpty();
        travelThrough("2026-03-27T23:59:59Z");
        assertThat(waits("audit-programme")).containsExactly("task_tellHowItStands");
        Task tell = task("audit-programme", "task_tellHowItStands");
        assertThat(tell.getDueDate()).isEqualTo(moment("2026-04-01T23:59:59Z"));
        assertThat(reads("audit-programme", "task_tellHowItStands")).contains("being checked");
        for (String other : OTHERS) {
            assertThat(waits(other)).as(other).isEmpty();
            assertThatThrownBy(() -> as(other).complete(tell, update()))
                    .as(other)
                    .isNotNull();
        }
        double before = onTime.onTime();
        travelThrough("2026-03-30T10:00:00Z");
        complete("audit-programme", "task_tellHowItStands", update());
        assertThat(onTime.onTime()).isEqualTo(before + 1);
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt", "status-update");
        assertThat(lastLetter())
                .contains("It stands: being checked.", "It takes longer than we told you.")
                .doesNotContain("second witness");
        assertThat(waits("audit-programme")).isEmpty();
        assertThat(waits("protection")).containsExactly("task_passWordOn");
        Task pass = task("protection", "task_passWordOn");
        assertThat(reads("protection", "task_passWordOn"))
                .contains("We look for a second witness", "After dark only", "phone");
        for (String other : OTHERS) {
            assertThat(waits(other)).as(other).isEmpty();
            assertThatThrownBy(() -> as(other).complete(pass, passedOn()))
                    .as(other)
                    .isNotNull();
        }
        complete("protection", "task_passWordOn", passedOn());

        travelThrough("2026-04-24T23:59:58Z");
        assertThat(waits("audit-programme")).isEmpty();
        travelThrough("2026-04-24T23:59:59Z");
        assertThat(task("audit-programme", "task_tellHowItStands").getDueDate())
                .as("thirty days after they heard")
                .isEqualTo(moment("2026-04-29T23:59:59Z"));
        assertThat(shown("audit-programme", "task_tellHowItStands"))
                .as("asked afresh")
                .doesNotContainEntry("outlook", "LATER");
        double late = onTime.late();
        travelThrough("2026-04-30T10:00:00Z");
        complete("audit-programme", "task_tellHowItStands", update());
        assertThat(onTime.late() - late).as("told, and late").isBetween(0.0, 1.0);
        assertThat(onTime.onTime()).isEqualTo(before + 1);
    }

    @Test
    void afterThreeMonthsTheyHearWhatCameOfItAndThatCountsAsAnUpdate() {
        received("RECEIPT_CODE");
        travelThrough("2026-04-25T10:00:00Z");
        complete("audit-programme", "task_tellHowItStands", update());
        assertThat(waits("protection")).as("they read it with their code").isEmpty();
        travelThrough("2026-05-13T23:59:58Z");
        assertThat(waits("audit-programme")).isEmpty();
        travelThrough("2026-05-13T23:59:59Z");
        Task feedback = task("audit-programme", "task_giveFeedback");
        assertThat(feedback.getDueDate()).isEqualTo(moment("2026-06-02T23:59:59Z"));
        for (String other : OTHERS) {
            assertThat(waits(other)).as(other).isEmpty();
            assertThatThrownBy(() -> as(other).complete(feedback, feedback()))
                    .as(other)
                    .isNotNull();
        }
        travelThrough("2026-05-14T10:00:00Z");
        complete("audit-programme", "task_giveFeedback", feedback());
        assertThat(lettersTo("complainant", caseNumber))
                .containsExactly("receipt", "status-update", "substantive-feedback");
        assertThat(lastLetter()).contains("We wait for an answer of others").doesNotContain("pay slips");
        travelThrough("2026-06-08T23:59:58Z");
        assertThat(waits("audit-programme")).as("told meanwhile").isEmpty();
        travelThrough("2026-06-08T23:59:59Z");
        assertThat(task("audit-programme", "task_tellHowItStands").getDueDate())
                .isEqualTo(moment("2026-06-13T23:59:59Z"));
        assertThat(visits("end_feedbackGiven")).isEqualTo(1);
        assertThat(waits("audit-programme")).as("feedback once").containsExactly("task_tellHowItStands");
    }

    @Test
    void whoNamedAWayIsToldTheFeedbackByProtection() {
        received("INTERMEDIARY");
        travelThrough("2026-05-14T10:00:00Z");
        complete("audit-programme", "task_giveFeedback", feedback());
        assertThat(reads("protection", "task_passWordOn"))
                .contains("The pay slips are false", "A doctor comes", "The smelter answers by June")
                .doesNotContain("No letter was written");
        complete("protection", "task_passWordOn", with(passedOn(), Map.of("wordPassed", "NO")));
        assertThat(visits("end_passedOn")).isEqualTo(1);
    }

    @Test
    void whoWantsNoContactGetsNone() {
        received("NONE");
        assertThat(endOf(process("keep-informed"))).isEqualTo("end_noContact");
        travelThrough("2026-07-01T00:00:00Z");
        assertThat(waits("audit-programme")).isEmpty();
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt");
    }

    @Test
    void whoWithdrawsAndWantsNoContactIsToldNoMoreWhileTheCaseGoesOn() {
        received("PHONE");
        complete("protection", "task_safetyTriage", Step1.safe());
        travelThrough("2026-03-28T10:00:00Z");
        assertThat(waits("audit-programme")).containsExactly("task_tellHowItStands");
        withdrawn(Map.of("pressedFor", "UNSURE", "pressureNote", "His foreman sat beside him."));
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(waits("audit-programme")).isEmpty();
        assertThat(endOf(process("keep-informed"))).isEqualTo("end_toldNoMore");
    }

    @Test
    void itEndsWithTheCaseAndBeginsAnewOnceWhenThatIsOpenedAgain() {
        received("PHONE");
        complete("protection", "task_safetyTriage", Step1.safe());
        travelThrough("2026-03-28T10:00:00Z");
        complete("audit-programme", "task_tellHowItStands", update());
        assertThat(waits("protection")).containsExactly("task_passWordOn");
        withdrawn(Map.of());
        assertThat(state()).isEqualTo("CLOSED_NOT_SUBSTANTIATED");
        assertThat(waits("protection")).as("nothing is left open").isEmpty();
        String first = process("keep-informed");
        assertThat(isEnded(first)).isTrue();
        assertThat(managementService.createJobQuery().processInstanceId(first).count())
                .as("nor a clock")
                .isZero();

        whoeverComplainedObjectsAndIsHeard();
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(running()).isEqualTo(1);
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    informing.begin(context.getExecutionManager().findExecutionById(caseId));
                    return null;
                });
        assertThat(running()).as("twice is as good as once").isEqualTo(1);
        travelThrough("2026-04-22T23:59:59Z");
        assertThat(task("audit-programme", "task_tellHowItStands").getDueDate())
                .as("thirty days after it was opened again")
                .isEqualTo(moment("2026-04-27T23:59:59Z"));
    }

    @Test
    void whileSomebodySuffersForHavingSpokenNoLetterIsWritten() {
        received("RECEIPT_CODE");
        travelThrough("2026-03-28T10:00:00Z");
        String report = "report of " + caseNumber;
        retaliations.reported(caseNumber, report);
        complete("audit-programme", "task_tellHowItStands", update());
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt");
        assertThat(reads("protection", "task_passWordOn")).contains("No letter was written");
        complete("protection", "task_passWordOn", passedOn());
        retaliations.answered(report);
        travelThrough("2026-04-25T10:00:00Z");
        complete("audit-programme", "task_tellHowItStands", update());
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt", "status-update");
        assertThat(waits("protection")).isEmpty();
    }

    private void received(String contactMode) {
        receive(
                "2026-03-02T09:30:00Z",
                with(Scenario.of("S06").grievance(), Map.of("contactMode", contactMode, "contact", "After dark only")));
        fireDueJobs();
    }

    private void withdrawn(Map<String, Object> how) {
        assertThat(cases.tell(caseNumber, "complaint-withdrawn", Map.of())).isEqualTo(1);
        fireDueJobs();
        complete(
                "protection",
                "task_hearWithdrawal",
                with(
                        Map.of(
                                "withdrawnHow", "THEMSELVES",
                                "pressedFor", "NO",
                                "harmPlausible", "NO",
                                "contactWanted", "NO",
                                "hearingReason", "The wages were paid, with an excuse, before anybody asked."),
                        how));
    }

    private List<String> waits(String user) {
        return as(user).tasksOf(caseNumber).stream()
                .filter(List.of("task_tellHowItStands", "task_giveFeedback", "task_passWordOn")::contains)
                .toList();
    }

    private long running() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("keep-informed")
                .processInstanceBusinessKey(caseNumber)
                .unfinished()
                .list()
                .stream()
                .map(HistoricProcessInstance::getId)
                .count();
    }

    private String lastLetter() {
        return textOfLetter(
                caseNumber,
                jdbc.sql("select reference from letter where case_number = ? and addressee_role = 'complainant'"
                                + " order by id desc limit 1")
                        .param(caseNumber)
                        .query(String.class)
                        .single());
    }

    private static Map<String, Object> update() {
        return Map.of("outlook", "LATER", "updateText", "We look for a second witness, since one is not enough.");
    }

    private static Map<String, Object> feedback() {
        return Map.of(
                "outlook", "WAITING",
                "feedbackFound", "The pay slips are false.",
                "feedbackPlan", "A doctor comes to whoever wants it.",
                "feedbackNext", "The smelter answers by June.");
    }

    private static Map<String, Object> passedOn() {
        return Map.of("wordPassed", "YES", "wordPassedNote", "Called after dark; glad to hear of it.");
    }

    private static Date moment(String instant) {
        return Date.from(Instant.parse(instant));
    }
}
