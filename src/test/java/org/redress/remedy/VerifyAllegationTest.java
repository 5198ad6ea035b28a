package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;
import static org.redress.remedy.Step1.without;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.redress.engine.StartedCase;
import org.springframework.beans.factory.annotation.Autowired;

/** Step 1 of the guideline, as the people at their task lists see it. */
@SuppressWarnings("NullAway.Init")
class VerifyAllegationTest extends ProcessTest {

    @Autowired
    private Cases cases;

    @Autowired
    private Parties parties;

    private String caseNumber;
    private String caseId;

    @BeforeEach
    void aGrievanceArrives() {
        receive(Step1.grievance());
    }

    @Test
    void aNewGrievanceIsAcknowledgedAndWaitsForScreeningAndTriage() {
        assertThat(caseNumber).matches("R-2026-\\d{4}");
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(as("downstream").tasksOf(caseNumber)).containsExactly("task_screenCredibility");
        assertThat(as("downstream").task("task_screenCredibility").getName())
                .isEqualTo("Screen credibility · " + caseNumber);
        assertThat(day(as("downstream").task("task_screenCredibility").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-16"));
        assertThat(as("protection").task("task_safetyTriage").getDueDate())
                .isEqualTo(java.util.Date.from(java.time.Instant.parse("2026-02-03T09:00:00Z")));
        assertThat(as("audit-programme").tasks()).isEmpty();
        assertThat(as("smelter").tasks()).isEmpty();
    }

    @Test
    void protectionAloneReadsHowTheReporterIsReached() {
        receive(with(Step1.grievance(), Map.of("contact", "After dark, by the well.")));
        assertThat(as("protection").formVariables(taskOf("protection", "task_safetyTriage")))
                .containsEntry("contact", "After dark, by the well.");
        complete(
                "downstream",
                "task_screenCredibility",
                with(Step1.credible(), Map.of("specificity", 1, "credibilityJudgement", "NEED_INFO")));
        assertThat(as("downstream").formVariables(taskOf("downstream", "task_requestMoreInformation")))
                .doesNotContainKey("contact")
                .doesNotContainValue("After dark, by the well.");
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "What did you see, and where?", "safeRoute", "PHONE"));
        assertThat(as("downstream").tasksOf(caseNumber))
                .as("who screens cannot pass them on")
                .isEmpty();
        assertThat(as("protection").formVariables(taskOf("protection", "task_passQuestionsOn")))
                .containsEntry("contact", "After dark, by the well.")
                .containsEntry("questions", "What did you see, and where?");
        assertThat(day(taskOf("protection", "task_passQuestionsOn").getDueDate()))
                .as("two business days")
                .isEqualTo(LocalDate.parse("2026-02-04"));
    }

    @Test
    void aFormIsHandedOnlyWhatIsKnown() {
        complete("downstream", "task_screenCredibility", Step1.credible());
        assertThat(as("downstream")
                        .formVariables(taskOf("downstream", "task_screenActionability"))
                        .keySet())
                .contains("countryName", "smelterChoices")
                .doesNotContain("smelters", "mineral");
    }

    @Test
    void ongoingHarmToAChildIsUrgentFromTheFirstMoment() {
        receive(with(Step1.grievance(), Map.of("ongoing", "YES")));
        assertThat(variable(caseId, "urgency")).contains("URGENT");
        assertThat(day(taskOf("downstream", "task_screenCredibility").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-05"));
        assertThat(taskOf("protection", "task_safetyTriage").getDueDate())
                .isEqualTo(java.util.Date.from(java.time.Instant.parse("2026-02-02T10:00:00Z")));
    }

    @Test
    void triageRaisesTheUrgencyAndNeverLowersIt() {
        travel(Period.ofDays(1));
        assertThat(day(taskOf("downstream", "task_screenCredibility").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-16"));
        complete("protection", "task_safetyTriage", with(Step1.safe(), Map.of("immediateDanger", "YES")));
        assertThat(day(taskOf("downstream", "task_screenCredibility").getDueDate()))
                .as("three business days from the receipt, not from now")
                .isEqualTo(LocalDate.parse("2026-02-05"));
        complete("downstream", "task_screenCredibility", Step1.credible());
        assertThat(variable(stepOne(), "urgency")).contains("URGENT");
        assertThat(visited("end_safetyTriaged")).isTrue();

        receive(with(Step1.grievance(), Map.of("ongoing", "YES")));
        complete("protection", "task_safetyTriage", Step1.safe());
        assertThat(variable(stepOne(), "urgency")).contains("URGENT");
    }

    @Test
    void aSubstantiatedAllegationGoesOnWithTheLinkOfEachSmelter() {
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", Step1.credible());
        assertThat(visited("task_settleCredibility")).isFalse();
        complete("downstream", "task_screenActionability", Step1.actionable("org-luma", "org-nova"));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        complete("audit-programme", "task_openReview", Step1.review());
        assertThat(day(taskOf("audit-programme", "task_investigate").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-04-02"));
        complete("audit-programme", "task_investigate", Step1.harmFound());
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_assessLink", Step1.currentTrade());
        complete(
                "audit-programme",
                "task_assessLink",
                Map.of(
                        "linkKind", "PAST",
                        "tradeOngoing", "NO",
                        "contractEnd", "2025-02-01",
                        "lastMaterialReceived", "2025-02-10",
                        "selfDetected", "YES",
                        "detectionEvidence", "Visit report of January 2025",
                        "exposureDate", "2026-01-15"));
        SpinJsonNode links = (SpinJsonNode) variable(caseId, "links").orElseThrow();
        assertThat(links.prop("org-luma").prop("tradeOngoing").boolValue()).isTrue();
        assertThat(links.prop("org-nova").prop("effectiveCessation").stringValue())
                .as("material in transit keeps the link alive")
                .isEqualTo("2025-02-10");
        assertThat(variable(caseId, "verificationOutcome")).contains("SUBSTANTIATED");
        assertThat(visited("end_allegationSubstantiated")).isTrue();
    }

    /** Whoever is warned may hide what is left to find, or find who spoke (A.1, do no harm; E19). */
    @Test
    void aSmelterLearnsOfACaseWhenItIsSubstantiatedAndNotBefore() {
        untilDecision();
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        assertThat(parties.organisations(caseNumber, "smelter")).isEmpty();
        Map<String, Object> tomorrow = with(Step1.currentTrade(), Map.of("exposureDate", "2026-12-20"));
        assertThatThrownBy(() -> complete("audit-programme", "task_assessLink", tomorrow))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("in the future");
        complete("audit-programme", "task_assessLink", Step1.currentTrade());
        fireDueJobs();
        assertThat(parties.organisations(caseNumber, "smelter")).containsExactly("org-luma");
    }

    @Test
    void theSamePersonCannotConfirmTheirOwnDecision() {
        untilDecision();
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("PARTLY"));
        assertThatThrownBy(() ->
                        complete("audit-programme", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES")))
                .hasMessageContaining("second person");
        complete(
                "audit-programme-2",
                "task_confirmSubstantiation",
                Map.of("secondPersonAgrees", "NO", "secondPersonReason", "Look at the pay slips again."));
        assertThat(taskOf("audit-programme", "task_decideSubstantiation")).isNotNull();
    }

    /** E01: not credible, told with reasons and with help near by (remedy.md A.8). */
    @Test
    @DisplayName("E01 Not credible: an anonymous line that nobody adds to is not credible")
    void anAnonymousLineThatNobodyAddsToIsNotCredible() {
        receive(with(
                without(Step1.grievance(), "affectedEstimate"),
                Map.of("reporterType", "ANONYMOUS", "anonymous", true, "whatHappened", "Bad things at pit 4.")));
        Map<String, Object> vague = with(
                Step1.credible(),
                Map.of(
                        "sourceClass", "ANONYMOUS",
                        "specificity", 1,
                        "corroborations", 0,
                        "credibilityJudgement", "NEED_INFO",
                        "credibilityReason", "One line, no detail yet."));
        complete("downstream", "task_screenCredibility", vague);
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "What did you see, and where?", "safeRoute", "RECEIPT_CODE"));
        complete("protection", "task_passQuestionsOn", Step1.passedOn());
        assertThat(day(taskOf("downstream", "task_recordAnswer").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-16"));
        travelTo("2026-02-16T23:59:58Z");
        fireDueJobs();
        assertThat(taskOf("downstream", "task_recordAnswer")).isNotNull();
        travelTo("2026-02-17T00:00:00Z");
        fireDueJobs();
        complete("downstream", "task_screenCredibility", with(vague, Map.of("credibilityJudgement", "NOT_CREDIBLE")));
        complete("downstream", "task_offerLocalHelp", Step1.noReferral());
        complete("protection", "task_safetyTriage", Step1.safe());
        assertThat(state()).isEqualTo("CLOSED_NOT_CREDIBLE");
        nobodyObjects();
    }

    private void nobodyObjects() {
        travel(Period.ofDays(31));
        fireDueJobs();
        assertThat(endOf(caseId)).isEqualTo("end_outcomeStands");
    }

    @Test
    void anAnswerByMessageOrByPhoneIsScreenedAgain() {
        Map<String, Object> thin =
                with(Step1.credible(), Map.of("specificity", 1, "credibilityJudgement", "NEED_INFO"));
        complete("downstream", "task_screenCredibility", thin);
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "What did you see, and where?", "safeRoute", "PHONE"));
        complete("protection", "task_passQuestionsOn", Step1.passedOn());
        travel(Period.ofDays(2));
        assertThat(cases.tell(caseNumber, "new-information", Map.of("answer", "Pit 4, every night, boys carry bags.")))
                .as("the screening, and the case itself")
                .isEqualTo(2);
        assertThat(variable(stepOne(), "infoRequested")).contains("ANSWERED");
        assertThat(day(taskOf("downstream", "task_screenCredibility").getDueDate()))
                .as("ten business days more, since the answer came")
                .isEqualTo(LocalDate.parse("2026-02-18"));
        complete("downstream", "task_screenCredibility", Step1.credible());
        assertThat(taskOf("downstream", "task_screenActionability")).isNotNull();

        receive(Step1.grievance());
        complete("downstream", "task_screenCredibility", thin);
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "What did you see, and where?", "safeRoute", "PHONE"));
        complete("protection", "task_passQuestionsOn", Step1.passedOn());
        complete(
                "protection",
                "task_recordAnswer",
                Map.of("infoRequested", "ANSWERED", "answer", "Pit 4, every night, boys carry bags."));
        assertThat(taskOf("downstream", "task_screenCredibility")).isNotNull();
    }

    @Test
    void aJudgementAgainstTheRuleNeedsAReason() {
        complete(
                "downstream",
                "task_screenCredibility",
                with(Step1.credible(), Map.of("credibilityJudgement", "NOT_CREDIBLE")));
        assertThat(variable(stepOne(), "advisedCredibility")).contains("CREDIBLE");
        assertThatThrownBy(() ->
                        complete("downstream", "task_settleCredibility", Map.of("credibilityOutcome", "CREDIBLE")))
                .hasMessageContaining("credibilitySettledReason")
                .hasMessageContaining("Field is required.");
        complete(
                "downstream",
                "task_settleCredibility",
                Map.of(
                        "credibilityOutcome", "CREDIBLE",
                        "credibilitySettledReason", "The rule is right: the source is known."));
        complete(
                "downstream",
                "task_screenActionability",
                with(without(Step1.actionable(), "smelters"), Map.of("actionabilityJudgement", "NOT_ACTIONABLE")));
        complete(
                "downstream",
                "task_settleActionability",
                Map.of(
                        "actionabilityOutcome", "NOT_ACTIONABLE",
                        "actionabilitySettledReason", "The partner sold its mine before any trade."));
        assertThat(taskOf("downstream", "task_refer")).isNotNull();
    }

    /** E02: credible, but no link; referred on with consent (remedy.md A.8). */
    @Test
    @DisplayName("E02 Credible, but no link: a quarry that sells to nobody in the chain is referred with consent")
    void aQuarryThatSellsToNobodyInTheChainIsReferredWithConsent() {
        receive(with(Step1.grievance(), Map.of("exploitationTypes", List.of("FORCED_LABOUR"))));
        complete("downstream", "task_screenCredibility", Step1.credible());
        complete(
                "downstream",
                "task_screenActionability",
                Map.of(
                        "partnerStatus", "UNKNOWN",
                        "linkEvidence", "NONE",
                        "actionabilityJudgement", "TRACE",
                        "actionabilityReason", "Nobody knows yet where it sells."));
        assertThat(day(taskOf("downstream", "task_tracePartners").getDueDate()))
                .isEqualTo(LocalDate.parse("2026-02-16"));
        complete("downstream", "task_tracePartners", Map.of("traceResult", "Sells to the local cement works only."));
        complete(
                "downstream",
                "task_screenActionability",
                Map.of(
                        "partnerStatus", "NEVER",
                        "linkEvidence", "NONE",
                        "actionabilityJudgement", "NOT_ACTIONABLE",
                        "actionabilityReason", "It sells to no partner of ours."));
        assertThat(String.valueOf(as("downstream")
                        .formVariables(taskOf("downstream", "task_refer"))
                        .get("referralAdvice")))
                .contains("LABOUR_INSPECTORATE", "NATIONAL_REFERRAL_MECHANISM")
                .doesNotContain("CHILD_PROTECTION_AUTHORITY");
        complete(
                "downstream",
                "task_refer",
                Map.of(
                        "referralNeeded", "YES",
                        "referralTargets", List.of("LABOUR_INSPECTORATE", "NATIONAL_REFERRAL_MECHANISM"),
                        "referralConsent", "YES"));
        complete("protection", "task_safetyTriage", Step1.safe());
        assertThat(state()).isEqualTo("CLOSED_NOT_ACTIONABLE");
        nobodyObjects();
    }

    /** E03: not substantiated (remedy.md A.8). */
    @Test
    @DisplayName("E03 Not substantiated: an inconclusive investigation is extended once and then not substantiated")
    void anInconclusiveInvestigationIsExtendedOnceAndThenNotSubstantiated() {
        untilDecision();
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete(
                "audit-programme-2",
                "task_extendInvestigation",
                Map.of("extensionReason", "The site was flooded.", "reviewAgainOn", "2026-07-01"));
        assertThat(day(taskOf("audit-programme", "task_investigate").getDueDate()))
                .as("six months in all, not two more")
                .isEqualTo(LocalDate.parse("2026-08-02"));
        travel(Period.ofMonths(2));
        complete("audit-programme", "task_investigate", Step1.nothingFound());
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("INCONCLUSIVE"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete(
                "audit-programme",
                "task_offerHelpAfterInvestigation",
                Map.of(
                        "referralNeeded", "YES",
                        "referralTargets", List.of("LOCAL_HELP"),
                        "referralConsent", "NO"));
        complete("protection", "task_safetyTriage", Step1.safe());
        assertThat(state()).isEqualTo("CLOSED_NOT_SUBSTANTIATED");
        nobodyObjects();
        assertThat(visited("end_allegationNotSubstantiated")).isTrue();
    }

    @Test
    void theServerChecksTheFormsAgain() {
        assertThatThrownBy(() -> complete(
                        "downstream",
                        "task_screenCredibility",
                        with(Step1.credible(), Map.of("specificity", 6, "sourceClass", "RUMOUR"))))
                .hasMessageContaining("Field must have maximum value of 5.")
                .hasMessageContaining("sourceClass");
        assertThatThrownBy(() -> complete(
                        "downstream",
                        "task_screenCredibility",
                        with(Step1.credible(), Map.of("caseState", "CLOSED_COMPLETED"))))
                .as("nobody writes other variables of the case while completing a task")
                .hasMessageContaining("caseState");
        assertThat(state()).isEqualTo("SCREENING");
    }

    @Test
    void aCaseWorkerRegistersAGrievanceFromTasklist() {
        String definition = latest("remedy-case");
        String started = actingAs("downstream", () -> formService
                .submitStartForm(definition, formValues(Step1.grievance()))
                .getId());
        fireDueJobs();
        assertThat(variable(started, "caseNumber").orElseThrow().toString()).startsWith("R-2026-");
        assertThatThrownBy(() -> actingAs(
                        "downstream",
                        () -> formService.submitStartForm(
                                definition, formValues(without(Step1.grievance(), "whatHappened")))))
                .hasMessageContaining("whatHappened");
        assertThatThrownBy(() -> actingAs(
                        "downstream",
                        () -> formService.submitStartForm(
                                definition,
                                formValues(with(
                                        Step1.grievance(),
                                        Map.of("whereCountry", "XX", "whenFirst", "2030", "whenLatest", "2025-02"))))))
                .hasMessageContaining("is no country")
                .hasMessageContaining("lies in the future")
                .hasMessageContaining("is before it began");
        assertThatThrownBy(() -> actingAs(
                        "smelter", () -> formService.submitStartForm(definition, formValues(Step1.grievance()))))
                .isInstanceOf(org.camunda.bpm.engine.AuthorizationException.class);
    }

    private void untilDecision() {
        complete("downstream", "task_screenCredibility", Step1.credible());
        complete("downstream", "task_screenActionability", Step1.actionable("org-luma"));
        complete("audit-programme", "task_openReview", Step1.review());
        complete("audit-programme", "task_investigate", Step1.harmFound());
    }

    private void receive(Map<String, Object> grievance) {
        StartedCase started = cases.start("grievance-received", grievance);
        caseNumber = started.caseNumber();
        caseId = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber, "remedy-case")
                .singleResult()
                .getId();
        fireDueJobs();
    }

    private org.camunda.bpm.engine.task.Task taskOf(String user, String element) {
        List<org.camunda.bpm.engine.task.Task> found = actingAs(user, () -> taskService
                .createTaskQuery()
                .taskDefinitionKey(element)
                .processInstanceBusinessKey(caseNumber)
                .list());
        assertThat(found)
                .as(user + " sees one " + element + " of " + caseNumber)
                .hasSize(1);
        return found.get(0);
    }

    private void complete(String user, String element, Map<String, ?> values) {
        as(user).complete(taskOf(user, element), values);
    }

    private String state() {
        return cases.find(caseNumber).orElseThrow().state();
    }

    private String stepOne() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .superProcessInstanceId(caseId)
                .processDefinitionKey("verify-allegation")
                .singleResult()
                .getId();
    }

    private boolean visited(String element) {
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(stepOne())
                .activityId(element)
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .findAny()
                .isPresent();
    }
}
