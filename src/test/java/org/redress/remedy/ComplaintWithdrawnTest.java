package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever complained takes it back (remedy.md A.0, withdrawal-of-complaint). */
@SuppressWarnings("NullAway.Init")
class ComplaintWithdrawnTest extends UnderWay {

    @Autowired
    private WithdrawalProcess withdrawal;

    @Test
    void whereNobodyIsHarmedTheCaseClosesAsWithdrawnAndMayBeOpenedAgain() {
        received();
        complete("protection", "task_safetyTriage", Step1.safe());
        withdrawn();
        assertThat(sees("protection")).containsExactly("task_hearWithdrawal");
        Task task = task("protection", "task_hearWithdrawal");
        for (String other :
                List.of("smelter", "smelter-b", "downstream", "facilitator", "vsc", "provider", "audit-programme")) {
            assertThat(sees(other)).as(other).doesNotContain("task_hearWithdrawal");
            assertThatThrownBy(() -> as(other).complete(task, heard()))
                    .as(other)
                    .isNotNull();
        }
        complete("protection", "task_hearWithdrawal", heard());

        assertThat(state()).isEqualTo("CLOSED_NOT_SUBSTANTIATED");
        assertThat(ofTheCase("closedAs")).isEqualTo("WITHDRAWN");
        assertThat(visits("end_endedEarly")).isEqualTo(1);
        assertThat(sees("downstream")).as("nothing of step 1 is left").isEmpty();
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt", "complaint-withdrawn");
        assertThat(lettersTo("downstream", caseNumber)).containsExactly("complaint-closed");
        assertThat(reads("audit-programme", "task_recordObjection")).contains("complaint withdrawn");

        whoeverComplainedObjectsAndIsHeard();
        assertThat(state()).as("screened, as nobody has done yet").isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
    }

    @Test
    void pressureToWithdrawIsRetaliationAndTheCaseGoesOnWithoutContact() {
        received();
        complete("protection", "task_safetyTriage", Step1.safe());
        withdrawn();
        complete(
                "protection",
                "task_hearWithdrawal",
                with(heard(), Map.of("pressedFor", "UNSURE", "pressureNote", "His foreman sat beside him.")));
        assertThat(lettersTo("protection", caseNumber)).as("E19").endsWith("retaliation");
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        assertThat(ofTheCase("contactMode")).isEqualTo("NONE");
        assertThat(visits("end_goesOn")).isEqualTo(1);
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt");
    }

    @Test
    void aCaseFoundCredibleGoesOnWhateverIsJudgedAndWhoWantsToHearIsTold() {
        received();
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", Scenario.of("S06").credibility());
        withdrawn();
        complete("protection", "task_hearWithdrawal", with(heard(), Map.of("contactWanted", "YES")));
        assertThat(sees("downstream")).containsExactly("task_screenActionability");
        assertThat(ofTheCase("contactMode")).isEqualTo("PHONE");
    }

    @Test
    void aCaseInWhichSomebodyIsInDangerGoesOnWhateverTheTriageFound() {
        received();
        complete("protection", "task_safetyTriage", Step1.safe());
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "SOMEBODY_IN_DANGER"));
        fireDueJobs();
        assertThat(sees("protection")).containsExactly("task_assessDanger");
        goesOnAllTheSame();
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "NO", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        assertThat(visits("end_peopleSafe")).isEqualTo(1);
        goesOnAllTheSame();
    }

    @Test
    void aCaseInWhichSomebodySuffersForHavingSpokenGoesOn() {
        received();
        complete("protection", "task_safetyTriage", Step1.safe());
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "RETALIATION"));
        fireDueJobs();
        goesOnAllTheSame();
    }

    @Test
    void aCaseInWhichMorePeopleWereFoundGoesOn() {
        received();
        complete("protection", "task_safetyTriage", Step1.safe());
        cases.begin(
                "case-event-reported",
                caseNumber,
                Map.of(
                        "eventKind",
                        "MORE_PEOPLE",
                        "moreFound",
                        3,
                        "childrenFound",
                        0,
                        "newInformation",
                        "Three more at the depot."));
        fireDueJobs();
        goesOnAllTheSame();
    }

    @Test
    void beforeTheTriageNothingEndsStep1() {
        received();
        withdrawn();
        assertThatThrownBy(() -> withdrawal.endStep1(caseNumber, "WITHDRAWN"))
                .hasMessageContaining("triaged the safety");
        goesOn();
        assertThat(sees("protection")).containsExactly("task_safetyTriage");
    }

    private void goesOnAllTheSame() {
        withdrawn();
        goesOn();
    }

    private void goesOn() {
        complete("protection", "task_hearWithdrawal", heard());
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
    }

    @ParameterizedTest(name = "{0} {1} judged {2} pressed {3} reported {4} triage {5} risk {6} child {7}: {8}")
    @CsvSource(
            nullValues = "-",
            value = {
                "SCREENING, -, false, false, false, NO, LOW, false, false",
                "REOPENED, -, false, false, false, NO, MEDIUM, false, false",
                "SCREENING, -, true, false, false, NO, LOW, false, true",
                "SCREENING, -, false, true, false, NO, LOW, false, true",
                "SCREENING, -, false, false, true, NO, LOW, false, true",
                "SCREENING, CREDIBLE, false, false, false, NO, LOW, false, true",
                "IN_INVESTIGATION, -, false, false, false, NO, LOW, false, true",
                "SCREENING, -, false, false, false, -, -, false, true",
                "SCREENING, -, false, false, false, YES, LOW, false, true",
                "SCREENING, -, false, false, false, NO, HIGH, false, true",
                "SCREENING, -, false, false, false, NO, LOW, true, true"
            })
    void harmIsPlausible(
            String state,
            @Nullable String credibility,
            boolean judged,
            boolean pressed,
            boolean reported,
            @Nullable String danger,
            @Nullable String risk,
            boolean child,
            boolean plausible) {
        Map<String, @Nullable Object> known = new HashMap<>();
        known.put("caseState", state);
        known.put("credibilityOutcome", credibility);
        known.put("immediateDanger", danger);
        known.put("retaliationRisk", risk);
        known.put("childrenInvolved", child);
        assertThat(new PlausibleHarm(judged, pressed, reported, known).is()).isEqualTo(plausible);
    }

    private void received() {
        receive(
                "2026-03-02T09:30:00Z",
                with(Scenario.of("S06").grievance(), Map.of("contactMode", "PHONE", "contact", "After dark only")));
        fireDueJobs();
    }

    private void withdrawn() {
        assertThat(cases.tell(caseNumber, "complaint-withdrawn", Map.of())).isEqualTo(1);
        fireDueJobs();
    }

    private static Map<String, Object> heard() {
        return Map.of(
                "withdrawnHow", "THEMSELVES",
                "pressedFor", "NO",
                "harmPlausible", "NO",
                "contactWanted", "NO",
                "hearingReason", "The wages were paid, with an excuse, before anybody asked.");
    }
}
