package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A person takes back consent to some of the help or to all of it, and may come back (remedy.md E09, E10, C.2). */
@SuppressWarnings("NullAway.Init")
class PersonWithdrawsTest extends OnePersonTest {

    @Autowired
    private Monitoring monitoring;

    @Autowired
    private MessageSource texts;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    @DisplayName(
            "E09 Consent is withdrawn: S14, in month four everything stops the same minute and is nobody's failure")
    void s14InMonthFourEverythingStopsTheSameMinuteAndIsNobodysFailure() {
        travelTo("2026-04-22T08:00:00Z");
        ProcessInstance run = helped("2026-04-22");
        travelTo("2026-08-25T10:17:00Z");
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));

        assertThat(as("vsc").tasksOf(caseNumber)).isEmpty();
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        assertThat(endOf(run.getId())).isEqualTo("end_allHelpRejected");
        assertThat(managementService
                        .createJobQuery()
                        .processInstanceId(run.getId())
                        .count())
                .as("no clock of this person runs any more")
                .isZero();
        assertThat(consents.of(caseNumber, PERSON)).isNotEmpty().allSatisfy(line -> assertThat(line.endedAt())
                .isEqualTo(Instant.parse("2026-08-25T10:17:00Z")));
        assertThat(lettersTo("provider", caseNumber))
                .as("each provider is told to stop")
                .containsExactly("consent-withdrawn", "consent-withdrawn");

        VictimCounts facts = people.facts(caseNumber);
        assertThat(facts.victims()).isEqualTo(1);
        assertThat(facts.withStatus("WITHDRAWN")).isEqualTo(1);
        assertThat(person().consentState()).isEqualTo("REFUSED");
        assertThat(List.of(
                        facts.withoutPlan(),
                        facts.withoutConsent(),
                        facts.withoutHandover(),
                        facts.withoutTwoFollowUps(),
                        facts.openSafetyRisks(),
                        facts.openServiceRequests(),
                        facts.servicesOverdue(),
                        facts.servicesRunning()))
                .as("a documented withdrawal keeps no gate shut")
                .containsOnly(0);
        Map<String, Object> closing = ClosingFacts.of(
                facts,
                new ProgrammeCounts(List.of()),
                Map.of("handoversConfirmed", "YES", "handoverSummaries", "YES", "smelterHandoverRecorded", "YES"),
                12);
        for (String gate : List.of(
                "casesWithoutHandover",
                "handoversUnconfirmed",
                "handoversWithoutSummary",
                "casesWithoutFollowUps",
                "openSafetyRisks",
                "unansweredRequests")) {
            assertThat(closing).containsEntry(gate, 0);
        }

        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        assertThat(lettersTo("provider", caseNumber))
                .as("a second time says nothing new")
                .hasSize(2);
    }

    /** E09, C.2: how people fare is told of those who agreed to it; that they are there is told of all. */
    @Test
    @DisplayName("E09 Consent is withdrawn: who does not agree to reports is counted in them and no more")
    void whoDoesNotAgreeToReportsIsCountedInThemAndNoMore() {
        helped("2026-02-02");
        assertThat(monitoring.figuresForCompanies(caseNumber))
                .containsEntry("victims", "fewer than 5")
                .containsEntry("servicesRequested", "0");
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> consents.give(
                        new Consents.Matter(caseNumber, PERSON, Purpose.ANONYMOUS_REPORTING, null),
                        new Consents.Manner("PERSON", null, LocalDate.parse("2026-02-02"), null, null, null)));
        assertThat(monitoring.figuresForCompanies(caseNumber)).containsEntry("servicesRequested", "fewer than 5");
        assertThat(figures()).contains("did not agree to be in reports, and of whom only the first two lines tell: 0");
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "ALL", "withdrawnScope", "REPORTS"));
        assertThat(monitoring.figuresForCompanies(caseNumber))
                .containsEntry("victims", "fewer than 5")
                .containsEntry("servicesRequested", "0");
        assertThat(monitoring.figures(caseNumber))
                .as("who runs the remedy counts everybody")
                .doesNotContainEntry("servicesRequested", "0");
        assertThat(figures()).contains("Services asked for: 0", "tell: fewer than 5");
    }

    private String figures() {
        VictimCounts all = people.facts(caseNumber);
        return new FinalFigures(texts)
                .of(all, people.reportable(caseNumber, all), new ProgrammeCounts(List.of()), Repayments.NONE);
    }

    /** E09: no penalty, and the door stays open. */
    @Test
    @DisplayName("E09 Consent is withdrawn: whoever withdrew comes back to the same file and is counted once")
    void whoeverWithdrewComesBackToTheSameFileAndIsCountedOnce() {
        ProcessInstance run = helped("2026-02-02");
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        travelTo("2026-09-01T09:00:00Z");
        begin("reopen-victim-case", "vsc", comingBack("CAME_BACK"));

        assertThat(latestRun().getId()).isNotEqualTo(run.getId());
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_immediateNeeds");
        assertThat(due("task_immediateNeeds")).startsWith("2026-09-08");
        assertThat(as("vsc").formVariables(as("vsc").task("task_immediateNeeds")))
                .as("what was told is not asked again")
                .containsEntry("wishes", "To sleep, and to call home");
        assertThat(people.facts(caseNumber).victims()).isEqualTo(1);
        assertThat(person().status()).isEqualTo("ACTIVE");
        assertThat(person().consentState()).isEqualTo("NONE");
        assertThat(person().followUpsAfterHandover()).isEqualTo(1);
        assertThatThrownBy(() -> begin("reopen-victim-case", "vsc", comingBack("CAME_BACK")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("is open");

        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("LEGAL"));
        assertThat(person().consentState()).isEqualTo("FULL");
        assertThat(people.facts(caseNumber).withoutPlan()).isZero();
    }

    /** E09: only what the person rejects stops. */
    @Test
    @DisplayName("E09 Consent is withdrawn: only the rejected help stops and the other goes on")
    void onlyTheRejectedHelpStopsAndTheOtherGoesOn() {
        helped("2026-02-02");
        begin(
                "withdraw-consent",
                "vsc",
                withdrawal("helpWanted", "SOME", "helpStopped", List.of("LEGAL"), "withdrawnScope", "STOPPED_ONLY"));

        assertThat(as("provider").tasksOf(caseNumber)).as("the shelter goes on").containsExactly("task_reportService");
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .containsExactly("org-provider");
        assertThat(lettersTo("provider", caseNumber)).containsExactly("consent-withdrawn");
        assertThat(as("vsc").sees("task_referToService")).isFalse();
        assertThat(person().status()).isEqualTo("ACTIVE");
        assertThat(person().consentState()).isEqualTo("FULL");
        assertThat(people.facts(caseNumber).servicesRequested()).isEqualTo(2);
        assertThatThrownBy(() -> begin(
                        "withdraw-consent",
                        "vsc",
                        withdrawal(
                                "helpWanted",
                                "SOME",
                                "helpStopped",
                                List.of("HEALTH"),
                                "withdrawnScope",
                                "STOPPED_ONLY")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("helpStopped");
        assertThatThrownBy(() -> begin(
                        "withdraw-consent", "vsc", withdrawal("helpWanted", "ALL", "withdrawnScope", "STOPPED_ONLY")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("withdrawnScope");
    }

    /** E09: whoever gives two kinds of help still knows what the one that goes on needs. */
    @Test
    @DisplayName("E09 Consent is withdrawn: a provider of help that is still wanted keeps what it needs")
    void aProviderOfHelpThatIsStillWantedKeepsWhatItNeeds() {
        planned("SHELTER", "LEGAL");
        as("vsc").complete(referral("LEGAL"), VictimForms.referredTo("org-provider"));
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        begin(
                "withdraw-consent",
                "vsc",
                withdrawal("helpWanted", "SOME", "helpStopped", List.of("LEGAL"), "withdrawnScope", "STOPPED_ONLY"));
        assertThat(as("provider").tasksOf(caseNumber)).containsExactly("task_confirmService");
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .containsExactly("org-provider");
    }

    /** E09: no service is left, and the person is still followed. */
    @Test
    @DisplayName("E09 Consent is withdrawn: whoever rejects each service is still accompanied")
    void whoeverRejectsEachServiceIsStillAccompanied() {
        helped("2026-02-02");
        begin(
                "withdraw-consent",
                "vsc",
                withdrawal(
                        "helpWanted",
                        "SOME",
                        "helpStopped",
                        List.of("LEGAL", "SHELTER"),
                        "withdrawnScope",
                        "STOPPED_ONLY"));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        assertThat(person().status()).isEqualTo("FOLLOW_UP");
        assertThat(as("vsc").tasksOf(caseNumber)).contains("task_followUp", "task_reviewCase");
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isEmpty();
    }

    /** E09: what has not begun is taken out of the plan. */
    @Test
    @DisplayName("E09 Consent is withdrawn: help that waits for the remedy is taken out of the plan")
    void helpThatWaitsForTheRemedyIsTakenOutOfThePlan() {
        assessed();
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER", "LEGAL"));
        begin(
                "withdraw-consent",
                "vsc",
                withdrawal("helpWanted", "SOME", "helpStopped", List.of("LEGAL"), "withdrawnScope", "STOPPED_ONLY"));
        cases.tell(caseNumber, "implementation-started", Map.of());
        fireDueJobs();
        assertThat(as("vsc").formVariables(as("vsc").task("task_referToService")))
                .containsEntry("service", "SHELTER");
    }

    /** E09: before there is a plan too. */
    @Test
    @DisplayName("E09 Consent is withdrawn: somebody may withdraw on the first day")
    void somebodyMayWithdrawOnTheFirstDay() {
        ProcessInstance run = register();
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        assertThat(endOf(run.getId())).isEqualTo("end_allHelpRejected");
        assertThat(people.facts(caseNumber).withoutPlan()).isZero();
    }

    /** E09: a case that began with an earlier model ends in its own way. */
    @Test
    @DisplayName("E09 Consent is withdrawn: a run of an earlier model ends as withdrawn too")
    void aRunOfAnEarlierModelEndsAsWithdrawnToo() {
        ProcessInstance run = helped("2026-02-02");
        workflow.withdrawFromEarlierModel(run.getId());
        assertThat(endOf(run.getId())).isEqualTo("end_withdrawn");
        assertThat(person().status()).isEqualTo("WITHDRAWN");
    }

    /** E09, E15: a person need not ask the coordinator whom they distrust. */
    @Test
    @DisplayName("E09 Consent is withdrawn: protection cuts the sharing for whoever distrusts the coordinator")
    void protectionCutsTheSharingForWhoeverDistrustsTheCoordinator() {
        helped("2026-02-02");
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isNotEmpty();
        Map<String, Object> all = withdrawal("helpWanted", "ALL", "withdrawnScope", "EVERYBODY");
        assertThatThrownBy(() -> begin("withdraw-consent", "protection", but(all, "victimRef", "V-NOBODY")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("no such person");
        begin("withdraw-consent", "protection", all);
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isEmpty();
        assertThat(lettersTo("provider", caseNumber)).contains("consent-withdrawn");
        assertThat(person().status()).as("is helped all the same").isEqualTo("ACTIVE");
        assertThat(as("vsc").tasksOf(caseNumber))
                .as("the coordinator refers anew")
                .isNotEmpty();
    }

    /** E09, E10: nobody else ends or takes up a person's case. */
    @Test
    @DisplayName(
            "E09 Consent is withdrawn: neither a provider nor another coordinator ends or takes up the person's case")
    void neitherAProviderNorAnotherCoordinatorEndsOrTakesUpThePersonsCase() {
        helped("2026-02-02");
        for (List<String> stranger : List.of(
                List.of("vsc", "org-kin"), List.of("provider", "org-provider"), List.of("smelter", "org-luma"))) {
            assertThatThrownBy(() -> beginWith("withdraw-consent", stranger, withdrawal("helpWanted", "NONE")))
                    .as(stranger.toString())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(person().status()).isEqualTo("ACTIVE");
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        for (List<String> stranger : List.of(
                List.of("vsc", "org-kin"), List.of("provider", "org-provider"), List.of("smelter", "org-luma"))) {
            assertThatThrownBy(() -> beginWith("reopen-victim-case", stranger, comingBack("CAME_BACK")))
                    .as(stranger.toString())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(person().status()).isEqualTo("WITHDRAWN");
    }

    @Test
    @DisplayName("E10 A person cannot be reached: somebody who is found again is helped from the old file")
    void somebodyWhoIsFoundAgainIsHelpedFromTheOldFile() {
        assessed();
        for (String day : List.of("2026-02-10", "2026-03-10", "2026-04-11")) {
            travelTo(day + "T09:00:00Z");
            as("vsc").complete("task_followUp", VictimForms.notReached(day));
        }
        as("vsc")
                .complete(
                        "task_confirmUntraceable",
                        Map.of(
                                "searchSummary",
                                "Four visits to the market",
                                "searchWasSafe",
                                true,
                                "searchDecision",
                                "STOP"));
        assertThat(person().status()).isEqualTo("UNTRACEABLE");
        travelTo("2026-10-01T09:00:00Z");
        begin("reopen-victim-case", "vsc", comingBack("FOUND"));
        assertThat(person().status()).isEqualTo("ACTIVE");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-10-01"));
        assertThat(as("vsc").sees("task_confirmUntraceable"))
                .as("attempts of the first search do not count")
                .isFalse();
    }

    /** E10: who has died is not looked for. */
    @Test
    @DisplayName("E10 A person cannot be reached: nobody takes up the case of the dead")
    void nobodyTakesUpTheCaseOfTheDead() {
        assessed();
        as("vsc")
                .complete(
                        "task_followUp",
                        Map.of(
                                "contactResult",
                                "DECEASED",
                                "contactDate",
                                "2026-02-02",
                                "deathNote",
                                "The sister called"));
        assertThatThrownBy(() -> begin("reopen-victim-case", "vsc", comingBack("FOUND")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("has died");
    }

    /** Shelter with one organisation, legal aid with another, and one contact since the handover. */
    private ProcessInstance helped(String handover) {
        ProcessInstance run = assessed();
        as("vsc")
                .complete(
                        "task_caseManagementPlan",
                        but(VictimForms.plan("SHELTER", "LEGAL"), "handoverAt", handover, "consentOn", handover));
        cases.tell(caseNumber, "implementation-started", new HashMap<>());
        fireDueJobs();
        as("vsc").complete(referral("LEGAL"), VictimForms.referredTo("org-haven"));
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        as("provider")
                .complete(
                        "task_confirmService",
                        but(VictimForms.accepted(), "firstDate", "2026-05-10", "serviceUntil", "2026-12-10"));
        as("vsc").complete("task_followUp", VictimForms.reached(handover));
        assertThat(consents.of(caseNumber, PERSON))
                .extracting(Consents.Line::purpose)
                .contains(Purpose.SERVICES);
        return run;
    }
}
