package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.redress.remedy.VictimForms.but;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.vault.Consents;
import org.redress.vault.Coordinators;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;

/** The case of one person, as the coordinator and the providers see it (guideline steps 3 and 4, Level 1). */
@SuppressWarnings("NullAway.Init")
class VictimCaseTest extends OnePersonTest {

    @Autowired
    private org.redress.vault.Erasures erasures;

    @Autowired
    private Coordinators coordinators;

    // The way through

    @Test
    void somebodyIsHelpedAtOnceAndAccompaniedUntilTheyStandOnTheirOwnFeet() {
        ProcessInstance person = register("isChild", false, "riskLevel", "LOW");

        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_immediateNeeds");
        assertThat(dueOn("task_immediateNeeds")).isEqualTo("2026-02-09");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        assertThat(dueOn("task_needsAssessment")).isEqualTo("2026-02-23");
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());

        assertThat(as("vsc").tasksOf(caseNumber))
                .as("contact, law and review do not wait for the plan")
                .containsExactly("task_caseManagementPlan", "task_followUp", "task_legalOptions", "task_reviewCase");
        assertThat(dueOn("task_caseManagementPlan")).isEqualTo("2026-03-04");
        assertThat(dueOn("task_legalOptions")).isEqualTo("2026-05-02");
        assertThat(dueOn("task_followUp")).as("low and stable: monthly").isEqualTo("2026-03-02");
        assertThat(dueOn("task_reviewCase")).isEqualTo("2026-05-02");
        assertThat(people.facts(caseNumber).withoutPlan()).isEqualTo(1);

        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER", "LEGAL"));
        assertThat(people.facts(caseNumber).withoutPlan()).isZero();
        assertThat(as("vsc").sees("task_referToService"))
                .as("services wait for the remedy")
                .isFalse();

        assertThat(cases.tell(caseNumber, "implementation-started", Map.of())).isEqualTo(1);
        fireDueJobs();
        List<Task> referrals = referrals();
        assertThat(referrals).hasSize(2);
        assertThat(people.facts(caseNumber).openServiceRequests()).isEqualTo(2);
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        assertThat(dueOn("provider", "task_confirmService"))
                .as("three days to answer")
                .isEqualTo("2026-02-05");
        as("vsc").complete(referral("LEGAL"), Map.of("serviceGiver", "COORDINATOR", "serviceUntil", "2026-03-31"));
        assertThat(dueOn("task_giveOwnHelp")).isEqualTo("2026-03-31");
        as("provider").complete("task_confirmService", VictimForms.accepted());
        assertThat(dueOn("provider", "task_reportService")).isEqualTo("2026-05-10");
        assertThat(people.facts(caseNumber).servicesRunning()).isEqualTo(2);
        assertThat(dueOn("task_providerQuality")).isEqualTo("2026-03-04");
        as("vsc").complete("task_providerQuality", VictimForms.quality("FINE"));
        assertThat(as("vsc").sees("task_providerQuality"))
                .as("the next check comes when the month is over")
                .isFalse();
        travel(Period.ofDays(31));
        fireDueJobs();
        assertThat(dueOn("task_providerQuality")).isEqualTo("2026-04-04");
        as("provider").complete("task_reportService", VictimForms.given());
        assertThat(as("vsc").sees("task_providerQuality")).isFalse();
        as("vsc")
                .complete(
                        "task_giveOwnHelp",
                        Map.of(
                                "deliveredOn",
                                "2026-02-03",
                                "endedOn",
                                "2026-03-01",
                                "ownHelpNote",
                                "Went with him to the office",
                                "personRating",
                                "5"));
        assertThat(status()).isEqualTo("FOLLOW_UP");

        as("vsc").complete("task_legalOptions", VictimForms.legalOptions());
        as("vsc").complete("task_followUp", VictimForms.reached("2026-03-05"));
        assertThat(shown("task_followUp", "feedback"))
                .as("what was said last time is not taken for today's answer")
                .isEqualTo("null");
        as("vsc").complete("task_reviewCase", VictimForms.review("CLOSED"));
        assertThat(shown("task_reviewCase", "endObstacles"))
                .as("one contact after the handover is not enough")
                .isEqualTo("[\"FOLLOW_UPS_MISSING\"]");
        assertThat(people.facts(caseNumber).withoutTwoFollowUps()).isEqualTo(1);
        as("vsc").complete("task_followUp", VictimForms.reached("2026-03-05"));
        as("vsc").complete("task_reviewCase", VictimForms.review("CLOSED"));

        assertThat(endOf(person.getId())).isEqualTo("end_reintegrated");
        VictimCounts facts = people.facts(caseNumber);
        assertThat(facts.withStatus("CLOSED")).isEqualTo(1);
        assertThat(facts.withoutTwoFollowUps()).isZero();
        assertThat(facts.servicesCompleted()).isEqualTo(2);
        assertThat(facts.openServiceRequests()).isZero();
        assertThat(facts.withReintegrationDegree(3)).isEqualTo(1);
        assertThat(facts.averageSatisfaction()).hasValue(4.0);
        assertThat(people.of(caseNumber).get(0).handoverAt()).isEqualTo(LocalDate.parse("2026-02-02"));
    }

    // Who sees what

    @Test
    void onlyThePersonsOwnCoordinatorSeesTheCase() {
        register("isChild", false, "riskLevel", "LOW");
        for (String other : List.of("smelter", "facilitator", "provider", "audit-programme", "downstream", "legal")) {
            assertThat(as(other).tasksOf(caseNumber)).as(other).isEmpty();
        }
        Task task = as("vsc").task("task_immediateNeeds");
        assertThat(task.getName()).doesNotContain(PERSON);
        assertThatThrownBy(() -> as("facilitator").complete(task, VictimForms.immediateNeeds()))
                .isInstanceOf(RuntimeException.class);

        register("victimRef", "V-OTHER2", "coordinator", "org-kin", "isChild", false, "riskLevel", "LOW");
        assertThat(as("vsc").tasksOf(caseNumber))
                .as("the person of another coordinator in the same case")
                .containsExactly("task_immediateNeeds");
        assertThat(people.facts(caseNumber).victims()).isEqualTo(2);
    }

    /** Of two coordinators in one case, neither reads the other's people. */
    @Test
    void onlyThePersonsOwnCoordinatorReadsWhatTheyTold() {
        register("contactRules", "Only on Sundays", "isChild", false);
        Task task = as("vsc").task("task_immediateNeeds");
        assertThat(as("vsc").formVariables(task)).containsEntry("contactRules", "Only on Sundays");
        coordinators.assign(caseNumber, PERSON, "org-kin");
        assertThat(as("vsc").formVariables(task)).containsEntry("contactRules", "•••");
    }

    @Test
    void aProviderSeesItsOwnReferralAndNothingElse() {
        planned("SHELTER", "LEGAL");
        as("vsc").complete(referral("LEGAL"), VictimForms.referredTo("org-haven"));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        assertThat(as("provider").tasksOf(caseNumber)).containsExactly("task_confirmService");
    }

    @Test
    void registeringTwiceMakesOneCase() {
        Map<String, Object> variables = personWith("isChild", false, "riskLevel", "LOW");
        workflow.register(caseNumber, variables);
        workflow.register(caseNumber, variables);
        assertThat(people.facts(caseNumber).victims()).isEqualTo(1);
    }

    // Children

    @Test
    @DisplayName("E07 A child: a child is asked, a guardian consents, and contact is weekly then fortnightly")
    void aChildIsAskedAGuardianConsentsAndContactIsWeeklyThenFortnightly() {
        register("isChild", true, "riskLevel", "LOW");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        as("vsc").complete("task_guardianConsent", VictimForms.guardianConsents());
        assertThat(people.facts(caseNumber).childrenWithoutAgreement()).isEqualTo(1);
        assertThat(shown("task_agreeChildRemedy", "childPackage"))
                .as("what the child is owed is shown, school among it")
                .containsIgnoringCase("school");
        as("vsc").complete("task_agreeChildRemedy", VictimForms.childAgreement());

        VictimFacts child = people.of(caseNumber).get(0);
        assertThat(child.guardianRoute()).isEqualTo("GUARDIAN");
        assertThat(child.childSpecialist()).isTrue();
        VictimCounts facts = people.facts(caseNumber);
        assertThat(facts.children()).isEqualTo(1);
        assertThat(facts.childrenWithoutGuardian()).isZero();
        assertThat(facts.childrenWithoutAgreement()).isZero();
        assertThat(facts.childrenWithoutSpecialist()).isZero();

        assertThat(dueOn("task_followUp")).isEqualTo("2026-02-09");
        travelTo("2026-05-01T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.reached("2026-05-01"));
        assertThat(dueOn("task_followUp")).as("still weekly").isEqualTo("2026-05-08");
        travelTo("2026-05-08T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.reached("2026-05-08"));
        assertThat(dueOn("task_followUp"))
                .as("after three months every two weeks")
                .isEqualTo("2026-05-22");
    }

    @Test
    @DisplayName("E07 A child: a guardian who took part is not asked and the authority decides")
    void aGuardianWhoTookPartIsNotAskedAndTheAuthorityDecides() {
        register("isChild", true, "riskLevel", "HIGH");
        as("vsc").complete("task_immediateNeeds", but(VictimForms.immediateNeeds(), "riskLevel", "HIGH"));
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", but(VictimForms.bestInterests(), "childGuardianPart", "YES"));
        assertThat(as("vsc").sees("task_guardianConsent")).isFalse();
        as("vsc").complete("task_appointGuardian", VictimForms.authorityDecides());
        as("vsc").complete("task_agreeChildRemedy", VictimForms.childAgreement());
        assertThat(people.of(caseNumber).get(0).guardianRoute()).isEqualTo("AUTHORITY");
    }

    @Test
    @DisplayName("E07 A child: a guardian who refuses does not end the remedy of the child")
    void aGuardianWhoRefusesDoesNotEndTheRemedyOfTheChild() {
        register("isChild", true, "riskLevel", "LOW");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        as("vsc")
                .complete(
                        "task_guardianConsent",
                        Map.of(
                                "guardianInformed",
                                true,
                                "guardianExplained",
                                "Swahili",
                                "guardianDecision",
                                "REFUSED",
                                "guardianRefusal",
                                "Wants the wages back"));
        assertThat(people.facts(caseNumber).childrenWithoutGuardian()).isEqualTo(1);
        as("vsc").complete("task_appointGuardian", but(VictimForms.authorityDecides(), "guardianRoute", "APPOINTED"));
        assertThat(people.facts(caseNumber).childrenWithoutGuardian()).isZero();
    }

    // The plan

    @Test
    void decliningThePlanIsARightAndNoFailure() {
        ProcessInstance person = assessed();
        as("vsc").complete("task_caseManagementPlan", VictimForms.planDeclined());
        assertThat(endOf(person.getId())).isEqualTo("end_withdrawn");
        VictimCounts facts = people.facts(caseNumber);
        assertThat(facts.withStatus("WITHDRAWN")).isEqualTo(1);
        assertThat(facts.withoutPlan()).isZero();
        assertThat(facts.withoutHandover()).isZero();
        assertThat(facts.withoutTwoFollowUps()).isZero();
    }

    @Test
    void aPlanWithoutGoalsOrWithAHandoverInTheFutureIsNotAccepted() {
        assessed();
        assertThatThrownBy(() ->
                        as("vsc").complete("task_caseManagementPlan", but(VictimForms.plan("SHELTER"), "goals", "")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("goals");
        assertThatThrownBy(() -> as("vsc")
                        .complete(
                                "task_caseManagementPlan",
                                but(VictimForms.plan("SHELTER"), "handoverAt", "2026-09-01")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("handoverAt");
    }

    @Test
    void aPlanIsReadyWithConsentToHelpAlone() {
        assessed();
        Map<String, Object> plan = but(VictimForms.plan("LEGAL"), "consentSharing", "NO");
        plan.remove("consentScope");
        as("vsc").complete("task_caseManagementPlan", plan);
        assertThat(people.of(caseNumber).get(0).consentState()).isEqualTo("SERVICES_ONLY");
        assertThat(people.facts(caseNumber).withoutConsent()).isZero();
    }

    @Test
    void aPlanWhoseGoalsOrServicesDoNotFitIsCounted() {
        assessed();
        as("vsc")
                .complete(
                        "task_caseManagementPlan",
                        but(
                                VictimForms.plan("LEGAL"),
                                "goalsFitPlace",
                                "NO",
                                "servicesAvailable",
                                "NO",
                                "monitoringReachable",
                                "NO"));
        VictimCounts facts = people.facts(caseNumber);
        assertThat(facts.goalsWithoutFit()).isEqualTo(1);
        assertThat(facts.servicesUnavailable()).isEqualTo(1);
        assertThat(facts.withoutReachableMonitoring()).isEqualTo(1);
    }

    @Test
    void aReturnedRemediationPlanReopensTheCasePlanWhileHelpWaits() {
        assessed();
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER"));
        travel(Period.ofDays(20));
        assertThat(cases.tell(caseNumber, "case-plan-reopened", Map.of())).isEqualTo(1);
        assertThat(people.facts(caseNumber).withoutPlan()).isEqualTo(1);
        assertThat(dueOn("task_caseManagementPlan")).as("30 days from now").isEqualTo("2026-03-24");
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("FINANCIAL"));
        assertThat(people.facts(caseNumber).withoutPlan()).isZero();
        cases.tell(caseNumber, "implementation-started", Map.of());
        fireDueJobs();
        assertThat(referrals()).hasSize(1);
        assertThat(cases.tell(caseNumber, "case-plan-reopened", Map.of()))
                .as("help has begun")
                .isZero();
    }

    // Waiting for the remedy

    @Test
    void whoeverMissedTheStartOfTheRemedyLooksAgainTheNextDay() {
        ProcessInstance person = assessed();
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER"));
        travel(Period.ofDays(1));
        fireDueJobs();
        assertThat(as("vsc").sees("task_referToService")).isFalse();
        runtimeService.setVariable(person.getId(), "startDate", ClockUtil.getCurrentTime());
        travel(Period.ofDays(1));
        fireDueJobs();
        assertThat(as("vsc").sees("task_referToService")).isTrue();
    }

    @Test
    void whenTheCaseClosesWithoutARemedyThePersonIsShownTheWayToLocalHelp() {
        ProcessInstance person = assessed();
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER"));
        closeTheCase(person.getId(), "CLOSED_PARTIAL");
        travel(Period.ofDays(1));
        fireDueJobs();
        as("vsc").complete("task_referOn", Map.of("localHelp", "The union's legal desk", "localHelpWish", "INFORMED"));
        assertThat(status()).isEqualTo("FOLLOW_UP");
        assertThat(as("vsc").sees("task_followUp")).as("nobody is left alone").isTrue();
    }

    // Services

    @Test
    void aProviderThatDeclinesIsFollowedByAnotherOne() {
        planned("FINANCIAL");
        as("vsc").complete(referral("FINANCIAL"), but(VictimForms.referredTo("org-provider"), "responseClass", "1D"));
        assertThat(dueOn("provider", "task_confirmService"))
                .as("urgent: within a day")
                .isEqualTo("2026-02-03");
        as("provider")
                .complete("task_confirmService", Map.of("providerAnswer", "DECLINED", "declineReason", "NO_CAPACITY"));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        Task again = as("vsc").task("task_referToService");
        assertThat(as("vsc").formVariables(again).get("declineReason")).isEqualTo("NO_CAPACITY");
        as("vsc")
                .complete(
                        again,
                        Map.of(
                                "serviceGiver",
                                "NOBODY",
                                "notGivenReason",
                                "NOT_WANTED",
                                "notGivenNote",
                                "Has found work and needs no money"));
        assertThat(status()).isEqualTo("FOLLOW_UP");
        assertThat(people.facts(caseNumber).servicesRequested()).isEqualTo(1);
        assertThat(people.facts(caseNumber).openServiceRequests()).isZero();
    }

    @Test
    @DisplayName("E14 A provider fails: a shelter that fails is covered within a day")
    void aShelterThatFailsIsCoveredWithinADay() {
        planned("SHELTER");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        as("provider").complete("task_confirmService", VictimForms.accepted());
        as("provider")
                .complete(
                        "task_reportService",
                        Map.of("serviceOutcome", "FAILED", "failureReason", "NO_CAPACITY", "qualityNote", "Flooded"));
        assertThat(as("vsc").task("task_referToService").getDueDate())
                .isEqualTo(Date.from(Instant.parse("2026-02-03T09:00:00Z")));
    }

    @Test
    @DisplayName("E14 A provider fails: a provider that is not good enough is replaced")
    void aProviderThatIsNotGoodEnoughIsReplaced() {
        planned("LEGAL");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        as("provider").complete("task_confirmService", VictimForms.accepted());
        as("vsc").complete("task_providerQuality", VictimForms.quality("REPLACE"));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        assertThat(dueOn("task_referToService")).as("three days").isEqualTo("2026-02-05");
    }

    @Test
    void helpThatEndsBeforeItBeginsIsNotAccepted() {
        planned("LEGAL");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        assertThatThrownBy(() -> as("provider")
                        .complete("task_confirmService", but(VictimForms.accepted(), "serviceUntil", "2026-02-01")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("serviceUntil");
    }

    // Consent

    @Test
    void withdrawnConsentEndsEveryOpenReferralAtOnceAndTheHelpIsArrangedAnew() {
        ProcessInstance person = planned("SHELTER", "LEGAL");
        as("vsc").complete(referral("LEGAL"), VictimForms.referredTo("org-haven"));
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        as("provider").complete("task_confirmService", VictimForms.accepted());
        assertThat(as("provider").tasksOf(caseNumber)).containsExactly("task_reportService");

        withdraw("EVERYBODY");

        assertThat(jdbc.sql("select distinct k.case_number from vault_key k join vault_value v on v.key_id = k.id"
                                + " where v.variable = 'withdrawnWords' and k.person = ?")
                        .param(PERSON)
                        .query(String.class)
                        .list())
                .as("however the number was typed, the words belong to the case")
                .contains(caseNumber)
                .doesNotContain(caseNumber.toLowerCase(Locale.ROOT));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        assertThat(referrals()).as("the help itself is not lost").hasSize(2);
        assertThat(people.of(caseNumber).get(0).consentState()).isEqualTo("SERVICES_ONLY");
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isEmpty();
        assertThat(lettersTo("provider", caseNumber))
                .as("each provider is told to stop, once")
                .containsExactly("consent-withdrawn", "consent-withdrawn");
        assertThat(variable(person.getId(), "victimStatus")).contains("ACTIVE");

        withdraw("EVERYBODY");
        assertThat(lettersTo("provider", caseNumber))
                .as("a second time says nothing new")
                .hasSize(2);
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        assertThat(as("provider").tasksOf(caseNumber)).containsExactly("task_confirmService");
        assertThat(consents.of(caseNumber, PERSON))
                .filteredOn(line -> "org-provider".equals(line.recipient()))
                .extracting(Consents.Line::version, Consents.Line::endedAs)
                .containsExactly(tuple(1, "WITHDRAWN"), tuple(2, null));
    }

    @Test
    void consentToOneProviderIsTakenBackAloneByItsName() {
        planned("SHELTER", "LEGAL");
        as("vsc").complete(referral("LEGAL"), VictimForms.referredTo("org-haven"));
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        assertThatThrownBy(() -> withdraw("ONE_PROVIDER", "withdrawnFrom", "org-kin"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("org-haven, org-provider");
        withdraw("ONE_PROVIDER", "withdrawnFrom", " ORG-haven ");
        assertThat(as("provider").tasksOf(caseNumber)).containsExactly("task_confirmService");
        assertThat(lettersTo("provider", caseNumber)).containsExactly("consent-withdrawn");
        assertThat(people.of(caseNumber).get(0).consentState()).isEqualTo("FULL");
    }

    @Test
    void consentThatRunsOutClosesTheFileAndLeavesTheTask() {
        assessed();
        as("vsc").complete("task_caseManagementPlan", but(VictimForms.plan("SHELTER"), "consentUntil", "2026-02-03"));
        cases.tell(caseNumber, "implementation-started", Map.of());
        fireDueJobs();
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        Task asked = as("provider").task("task_confirmService");
        travelTo("2026-02-03T23:59:00Z");
        assertThat(as("provider").formVariables(asked)).containsEntry("serviceLocation", "Harbour house");
        travelTo("2026-02-04T00:00:00Z");
        assertThat(as("provider").formVariables(asked)).containsEntry("serviceLocation", "•••");
        assertThat(as("provider").sees("task_confirmService")).isTrue();
        withdraw("EVERYBODY");
        assertThat(as("provider").sees("task_confirmService"))
                .as("consent that had run out is withdrawn all the same")
                .isFalse();
        assertThat(lettersTo("provider", caseNumber)).containsExactly("consent-withdrawn");
    }

    /** Helping one person of the case shows nothing of another one. */
    @Test
    void aProviderReadsOnlyOfThePersonWhoAgreed() {
        planned("SHELTER");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        Task asked = as("provider").task("task_confirmService");
        assertThat(as("provider").formVariables(asked)).containsEntry("serviceLocation", "Harbour house");
        consents.withdraw(
                List.of(new Consents.Matter(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER, "org-provider")));
        consents.give(
                new Consents.Matter(caseNumber, "V-OTHER2", Purpose.SHARE_WITH_PROVIDER, "org-provider"),
                new Consents.Manner("PERSON", null, LocalDate.parse("2026-02-02"), null, null, null));
        assertThat(as("provider").formVariables(asked)).containsEntry("serviceLocation", "•••");
    }

    @Test
    void onlyWhoCoordinatesThePersonWithdrawsForThem() {
        planned("SHELTER");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        for (List<String> stranger : List.of(List.of("vsc", "org-kin"), List.of("smelter", "org-luma"))) {
            assertThatThrownBy(() -> withdrawWith(stranger, PERSON))
                    .as(stranger.toString())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> withdrawWith(List.of("vsc", "org-vsc"), "V-NOBODY"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("you coordinate no case of such a person");
        assertThat(as("provider").sees("task_confirmService")).isTrue();
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .containsExactly("org-provider");
    }

    @Test
    void aNewPlanWithoutSharingEndsTheReferralsToo() {
        planned("SHELTER");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        as("vsc").complete("task_reviewCase", VictimForms.review("MORE_HELP"));
        as("vsc").complete("task_caseManagementPlan", planWithoutSharing("LEGAL"));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        assertThat(as("vsc").sees("task_referToService")).isTrue();
        assertThat(consents.of(caseNumber, PERSON))
                .filteredOn(line -> line.purpose() == Purpose.SERVICES)
                .extracting(Consents.Line::version, Consents.Line::endedAs)
                .containsExactly(tuple(1, "RENEWED"), tuple(2, null));
    }

    private static Map<String, Object> planWithoutSharing(String... services) {
        Map<String, Object> plan = new HashMap<>(VictimForms.plan(services));
        plan.put("consentSharing", "NO");
        plan.remove("consentScope");
        return plan;
    }

    private void withdraw(String scope, Object... more) {
        Map<String, Object> form = withdrawal(more);
        form.put("caseNumber", caseNumber.toLowerCase(Locale.ROOT));
        form.put("helpWanted", "ALL");
        form.put("withdrawnScope", scope);
        begin("withdraw-consent", "vsc", form);
    }

    private void withdrawWith(List<String> groups, String person) {
        beginWith(
                "withdraw-consent",
                groups,
                withdrawal("victimRef", person, "helpWanted", "ALL", "withdrawnScope", "EVERYBODY"));
    }

    /** A person demands the erasure (remedy.md C) while they are helped: what leads out is said to whoever has the tasks. */
    @Test
    void afterAnErasureWithdrawingTheConsentEndsWhatWaitsForThePerson() {
        ProcessInstance person = assessed();
        erasures.erase(caseNumber, PERSON, "Demanded by the person", "dpo");
        assertThatThrownBy(() -> as("vsc").complete("task_caseManagementPlan", VictimForms.plan("SHELTER")))
                .hasStackTraceContaining("start \"Withdraw consent\" and say that no help is wanted");
        begin(
                "withdraw-consent",
                "vsc",
                Map.of("caseNumber", caseNumber, "victimRef", PERSON, "helpWanted", "NONE", "doorStaysOpen", true));
        assertThat(endOf(person.getId())).isEqualTo("end_allHelpRejected");
        assertThat(as("vsc").tasksOf(caseNumber)).isEmpty();
    }

    // Contact

    @Test
    @DisplayName(
            "E10 A person cannot be reached: somebody who does not answer is searched for three times over sixty days")
    void somebodyWhoDoesNotAnswerIsSearchedForThreeTimesOverSixtyDays() {
        ProcessInstance person = assessed();
        for (String day : List.of("2026-02-10", "2026-03-10", "2026-04-10")) {
            assertThat(as("vsc").sees("task_confirmUntraceable")).isFalse();
            travelTo(day + "T09:00:00Z");
            as("vsc").complete("task_followUp", VictimForms.notReached(day));
        }
        assertThat(as("vsc").sees("task_confirmUntraceable"))
                .as("59 days are not 60")
                .isFalse();
        travelTo("2026-04-11T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-04-11"));
        as("vsc").complete("task_confirmUntraceable", search("TRY_AGAIN"));
        for (String day : List.of("2026-04-11", "2026-05-11", "2026-06-09")) {
            travelTo(day + "T09:00:00Z");
            as("vsc").complete("task_followUp", VictimForms.notReached(day));
            assertThat(as("vsc").sees("task_confirmUntraceable"))
                    .as("what was tried before the decision does not count again, and sixty new days are needed")
                    .isFalse();
        }
        travelTo("2026-06-10T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-06-10"));
        as("vsc").complete("task_confirmUntraceable", search("STOP"));
        assertThat(endOf(person.getId())).isEqualTo("end_untraceable");
        assertThat(people.facts(caseNumber).withStatus("UNTRACEABLE")).isEqualTo(1);
        assertThat(people.facts(caseNumber).withoutTwoFollowUps())
                .as("documented attempts count")
                .isZero();
    }

    @Test
    @DisplayName("E10 A person cannot be reached: whoever is met once a month is looked for every week")
    void whoeverIsMetOnceAMonthIsLookedForEveryWeek() {
        assessed();
        travelTo("2026-02-10T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-10"));
        assertThat(due("task_followUp")).as("at low risk").startsWith("2026-03-10");
        List<String> attempts = List.of("2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31", "2026-05-08");
        for (String day : attempts) {
            travelTo(day + "T09:00:00Z");
            as("vsc").complete("task_followUp", VictimForms.notReached(day));
            assertThat(as("vsc").sees("task_confirmUntraceable"))
                    .as("%s: sixty days are not over", day)
                    .isFalse();
            assertThat(due("task_followUp"))
                    .as("three attempts fit into the sixty days")
                    .startsWith(LocalDate.parse(day).plusDays(7).toString());
        }
        travelTo("2026-05-09T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-05-09"));
        as("vsc").complete("task_confirmUntraceable", search("TRY_AGAIN"));
        assertThat(due("task_followUp")).as("and as long as the search goes on").startsWith("2026-05-16");
        travelTo("2026-05-16T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.reached("2026-05-16"));
        assertThat(due("task_followUp")).as("found again").startsWith("2026-06-16");
    }

    @Test
    @DisplayName("E10 A person cannot be reached: two attempts are too few however many days go by")
    void twoAttemptsAreTooFewHoweverManyDaysGoBy() {
        assessed();
        for (String day : List.of("2026-02-10", "2026-05-10")) {
            travelTo(day + "T09:00:00Z");
            as("vsc").complete("task_followUp", VictimForms.notReached(day));
            assertThat(as("vsc").sees("task_confirmUntraceable")).isFalse();
        }
        travelTo("2026-05-11T09:00:00Z");
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-05-11"));
        assertThat(as("vsc").sees("task_confirmUntraceable")).isTrue();
    }

    @Test
    void theDeathOfAPersonEndsTheirCase() {
        ProcessInstance person = assessed();
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
        assertThat(endOf(person.getId())).isEqualTo("end_deceased");
        assertThat(people.facts(caseNumber).withStatus("DECEASED")).isEqualTo(1);
    }

    @Test
    void harmAndOpenDangerReachTheFactsAndKeepTheCaseOpen() {
        assessed();
        as("vsc")
                .complete(
                        "task_followUp",
                        but(
                                VictimForms.reached("2026-02-02"),
                                "openSafetyRisk",
                                "YES",
                                "harmedSince",
                                "YES",
                                "riskLevel",
                                "HIGH"));
        assertThat(people.facts(caseNumber).openSafetyRisks()).isEqualTo(1);
        assertThat(people.harmTold(caseNumber, people.facts(caseNumber))).isEqualTo(1);
        assertThat(dueOn("task_followUp")).as("high risk: weekly").isEqualTo("2026-02-09");
        as("vsc").complete("task_reviewCase", VictimForms.review("CLOSED"));
        assertThat(shown("task_reviewCase", "endObstacles"))
                .contains("FOLLOW_UPS_MISSING", "SAFETY_RISK_OPEN", "HELP_OPEN", "LEGAL_OPTIONS_MISSING");
    }

    // Reviews

    @Test
    void inAnEmergencySomebodyAtHighRiskIsReviewedEveryMonth() {
        register("isChild", false, "riskLevel", "HIGH", "mode", "EMERGENCY");
        as("vsc").complete("task_immediateNeeds", but(VictimForms.immediateNeeds(), "riskLevel", "HIGH"));
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        assertThat(dueOn("task_reviewCase")).isEqualTo("2026-03-02");
        assertThat(dueOn("task_followUp")).isEqualTo("2026-02-09");
    }

    @Test
    void moreHelpIsPlannedBesideTheHelpThatRuns() {
        planned("SHELTER");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        as("provider").complete("task_confirmService", VictimForms.accepted());
        as("vsc").complete("task_reviewCase", VictimForms.review("MORE_HELP"));
        as("vsc").complete("task_caseManagementPlan", VictimForms.plan("MENTAL_HEALTH_PSYCHOSOCIAL"));
        runtimeService
                .createMessageCorrelation("implementation-started")
                .processInstanceBusinessKey(caseNumber)
                .correlateAll();
        fireDueJobs();
        as("vsc").complete("task_referToService", but(VictimForms.referredTo("org-provider"), "healthConsent", true));
        assertThat(as("provider").tasksOf(caseNumber)).containsExactly("task_confirmService", "task_reportService");
        as("provider").complete("task_reportService", VictimForms.given());
        assertThat(status()).as("the other help still runs").isEqualTo("ACTIVE");
        assertThat(dueOn("task_reviewCase")).isEqualTo("2026-05-02");
    }

    @Test
    void declinedExtraHelpLeavesTheAgreedPlanAsItIs() {
        planned("SHELTER");
        as("vsc").complete("task_reviewCase", VictimForms.review("MORE_HELP"));
        as("vsc").complete("task_caseManagementPlan", VictimForms.planDeclined());
        assertThat(people.of(caseNumber).get(0).casePlanState()).isEqualTo("READY");
        assertThat(people.of(caseNumber).get(0).consentState()).isEqualTo("FULL");
        assertThat(as("vsc").sees("task_referToService")).isTrue();
    }

    @Test
    void longTreatmentGoesOnWithOthersWhenTheCaseEndsHere() {
        ProcessInstance person = planned("HEALTH");
        as("vsc").complete("task_referToService", but(VictimForms.referredTo("org-provider"), "healthConsent", true));
        as("provider").complete("task_confirmService", VictimForms.accepted());
        as("vsc").complete("task_legalOptions", VictimForms.legalOptions());
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        as("vsc").complete("task_reviewCase", VictimForms.review("CLOSED"));
        assertThat(shown("task_reviewCase", "endObstacles")).isEqualTo("[\"HELP_OPEN\"]");
        as("vsc").complete("task_reviewCase", VictimForms.review("GO_ON"));
        as("vsc").complete("task_reviewCase", VictimForms.review("CLOSED_REFERRED"));
        assertThat(endOf(person.getId())).isEqualTo("end_othersCarryOn");
        assertThat(people.facts(caseNumber).withStatus("CLOSED_REFERRED")).isEqualTo(1);
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
    }

    // Helpers

    private static Map<String, Object> search(String decision) {
        return Map.of(
                "searchSummary",
                "Four visits to the market, one call to the aunt",
                "searchWasSafe",
                true,
                "searchDecision",
                decision);
    }

    private List<Task> referrals() {
        return as("vsc").tasks().stream()
                .filter(task -> task.getTaskDefinitionKey().equals("task_referToService"))
                .toList();
    }

    private String dueOn(String element) {
        return dueOn("vsc", element);
    }

    private String dueOn(String user, String element) {
        return day(as(user).task(element).getDueDate()).toString();
    }

    /** What the form of the coordinator's task shows of a variable. */
    private String shown(String element, String variable) {
        return String.valueOf(as("vsc").formVariables(as("vsc").task(element)).get(variable));
    }

    private String status() {
        return people.of(caseNumber).get(0).status();
    }

    private void closeTheCase(String instance, String state) {
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, ?, ?)")
                .params(caseNumber, instance, Timestamp.from(Instant.parse("2026-01-02T09:00:00Z")))
                .update();
        runtimeService.setVariable(instance, "caseState", state);
    }
}
