package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every scenario of scenarios/remedy.json through the real processes of steps 1 and 2, each step done on its last day, in
 * the afternoon. The tables alone are tested in {@link ResponseLevelTest}, boundary by boundary.
 */
@SuppressWarnings("NullAway.Init")
class ScenarioTest extends OnTheLastDay {

    @Autowired
    private Consents consents;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.redress.remedy.Scenario#all")
    void theCaseTakesItsWayAndKeepsItsDates(Scenario scenario) {
        arrives(scenario);
        assertThat(ofTheCase("urgency")).isEqualTo("NORMAL");

        switch (scenario.end()) {
            case "CLOSED_NOT_CREDIBLE" -> nobodyAddsAnything(scenario);
            case "CLOSED_NOT_ACTIONABLE" -> itIsReferred(scenario);
            case "CLOSED_NOT_SUBSTANTIATED" -> nothingIsFound(scenario);
            default -> theLevelIsDecided(scenario);
        }
    }

    // The ends of step 1

    /** S09: nobody answers in ten business days. */
    private void nobodyAddsAnything(Scenario scenario) {
        screenAndAsk(scenario);
        LocalDate asked = today();
        assertThat(due("downstream", "task_recordAnswer")).isEqualTo(LocalDate.parse("2026-04-13"));
        travelThrough("2026-04-13T23:59:58Z");
        assertThat(sees("downstream")).containsExactly("task_recordAnswer");
        travelThrough("2026-04-14T00:00:00Z");
        assertThat(due("downstream", "task_screenCredibility")).isAfter(asked);
        complete(
                "downstream",
                "task_screenCredibility",
                with(scenario.credibility(), Map.of("credibilityJudgement", "NOT_CREDIBLE")));
        itIsNotCredible(scenario);
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt", "not-credible");
        assertThat(lettersTo("audit-programme", caseNumber)).isEmpty();
    }

    /** New facts open it again: what was closed as not credible is screened anew, in time counted anew. */
    @Test
    void s09OpensAgainOnNewFacts() {
        Scenario scenario = Scenario.of("S09");
        arrives(scenario);
        screenAndAsk(scenario);
        travelThrough("2026-04-02T10:00:00Z");
        cases.tell(caseNumber, "new-information", Map.of("answer", "Very bad things."));
        complete(
                "downstream",
                "task_screenCredibility",
                with(scenario.credibility(), Map.of("credibilityJudgement", "NOT_CREDIBLE")));
        itIsNotCredible(scenario);
        travelThrough(today().plusDays(10) + "T09:00:00Z");
        assertThat(reads("audit-programme", "task_recordObjection")).contains("The case was closed: **not credible**");
        isUpheld("Three boys carry bags at pit 4 every night.", null);
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        assertThat(reads("downstream", "task_screenCredibility"))
                .contains("To be looked at anew:", "Whether people work at pit 4.")
                .doesNotContain("Three boys carry bags");
        assertThat(due("downstream", "task_screenCredibility"))
                .as("ten business days from now")
                .isEqualTo(LocalDate.parse("2026-04-24"));
        assertThat(sees("protection")).as("is anybody in danger now?").containsExactly("task_safetyTriage");
        assertThat(lettersTo("complainant", caseNumber))
                .as("no second receipt")
                .containsExactly("receipt", "not-credible", "objection-upheld");
        complete(
                "downstream",
                "task_screenCredibility",
                with(
                        scenario.credibility(),
                        Map.of("specificity", 3, "corroborations", 1, "credibilityJudgement", "CREDIBLE")));
        assertThat(sees("downstream")).containsExactly("task_screenActionability");
    }

    @Test
    void s10OpensAgainWhereTheLinkIsLookedForAnew() {
        Scenario scenario = Scenario.of("S10");
        arrives(scenario);
        itIsReferredAndClosed(scenario);
        isUpheld("The quarry sells to a smelter since March.", null);
        assertThat(sees("downstream")).containsExactly("task_screenActionability");
        assertThat(due("downstream", "task_screenActionability")).isAfter(today());
        complete("downstream", "task_screenActionability", Scenario.of("S06").actionability());
        assertThat(lettersTo("audit-programme", caseNumber)).endsWith("dossier");
        assertThat(sees("audit-programme")).containsExactly("task_openReview");
    }

    @Test
    void s11OpensAgainWithANewInvestigation() {
        Scenario scenario = Scenario.of("S11");
        arrives(scenario);
        nothingIsFoundAndClosed(scenario);
        assertThatThrownBy(() -> isUpheldBy("audit-programme-2", "Nobody asked those on night shift.", null))
                .as("who took the decision does not decide on the objection to it")
                .hasMessageContaining("second person");
        complete(
                "audit-programme-3",
                "task_decideObjection",
                Map.of(
                        "objectionOutcome", "UPHELD",
                        "objectionReason", "Two witnesses were never heard.",
                        "reopenNote", "What the night shift says."));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(sees("audit-programme")).containsExactly("task_openReview");
        complete("audit-programme", "task_openReview", Step1.review());
        assertThat(due("audit-programme", "task_investigate"))
                .as("two months from now")
                .isEqualTo(today().plusMonths(2));
        complete("audit-programme", "task_investigate", scenario.investigation());
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("NOT_SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_offerHelpAfterInvestigation", Step1.noReferral());
        complete("protection", "task_safetyTriage", Step1.safe());
        assertThat(state()).isEqualTo("CLOSED_NOT_SUBSTANTIATED");
        assertThat(sees("audit-programme")).as("one may object again").containsExactly("task_recordObjection");
    }

    private void isUpheld(String objection, @Nullable String anew) {
        isUpheldBy("audit-programme-3", objection, anew);
    }

    private void isUpheldBy(String user, String objection, @Nullable String anew) {
        complete("audit-programme", "task_recordObjection", Map.of("objector", "COMPLAINANT", "objection", objection));
        Map<String, Object> decision = new HashMap<>(Map.of(
                "objectionOutcome",
                "UPHELD",
                "objectionReason",
                "It says what we did not know.",
                "reopenNote",
                "Whether people work at pit 4."));
        if (anew != null) {
            decision.put("reopenAt", anew);
        }
        complete(user, "task_decideObjection", decision);
    }

    private void itIsNotCredible(Scenario scenario) {
        assertThat(variable(process("verify-allegation"), "credibilityRule")).contains("CR6");
        complete("downstream", "task_offerLocalHelp", Step1.noReferral());
        isClosed(scenario, "end_notCredible");
        String step1 = process("verify-allegation");
        assertThat(List.of("sourceClass", "specificity", "corroborations", "credibilityReason", "questions"))
                .as("the record is complete")
                .allSatisfy(field -> assertThat(variable(step1, field)).isPresent());
    }

    /** S10: a quarry that sells to the local cement works alone. */
    private void itIsReferred(Scenario scenario) {
        itIsReferredAndClosed(scenario);
        closes(scenario, "end_notActionable");
    }

    private void itIsReferredAndClosed(Scenario scenario) {
        onItsLastDay("downstream", "task_screenCredibility", scenario.credibility());
        onItsLastDay("downstream", "task_screenActionability", scenario.actionability());
        fireDueJobs();
        assertThat(today()).isEqualTo(scenario.due("D03"));
        assertThat(shown("downstream", "task_refer", "referralAdvice"))
                .contains("LABOUR_INSPECTORATE", "NATIONAL_REFERRAL_MECHANISM");
        assertThatThrownBy(
                        () -> complete(
                                "downstream",
                                "task_refer",
                                Walk.fields(
                                        """
                                referralNeeded: YES
                                referralTargets: [LABOUR_INSPECTORATE, NATIONAL_REFERRAL_MECHANISM]
                                """)))
                .as("consent comes before anything is passed on")
                .hasMessageContaining("referralConsent");
        complete(
                "downstream",
                "task_refer",
                Walk.fields(
                        """
                        referralNeeded: YES
                        referralTargets: [LABOUR_INSPECTORATE, NATIONAL_REFERRAL_MECHANISM]
                        referralConsent: YES
                        """));
        assertThat(consents.of(caseNumber, "COMPLAINANT"))
                .extracting(Consents.Line::purpose, Consents.Line::recipient)
                .containsExactlyInAnyOrder(
                        tuple(Purpose.SHARE_WITH_AUTHORITY, "LABOUR_INSPECTORATE"),
                        tuple(Purpose.SHARE_WITH_AUTHORITY, "NATIONAL_REFERRAL_MECHANISM"));
        isClosed(scenario, "end_notActionable");
        assertThat(lettersTo("complainant", caseNumber)).containsExactly("receipt", "not-actionable");
    }

    /** S11: contracts and free movement; one injured worker is shown the way to help. */
    private void nothingIsFound(Scenario scenario) {
        nothingIsFoundAndClosed(scenario);
        closes(scenario, "end_notSubstantiated");
    }

    private void nothingIsFoundAndClosed(Scenario scenario) {
        theDossierGoesOut(scenario);
        theHarmIsInvestigated(scenario);
        onThisDay("audit-programme", "task_decideSubstantiation", Step1.decided("NOT_SUBSTANTIATED"));
        onThisDay("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        fireDueJobs();
        complete(
                "audit-programme",
                "task_offerHelpAfterInvestigation",
                Walk.fields(
                        """
                        referralNeeded: YES
                        referralTargets: [LOCAL_HELP]
                        referralConsent: YES
                        referralNote: The clinic sees the injured worker on Monday.
                        """));
        isClosed(scenario, "end_notSubstantiated");
        assertThat(lettersTo("downstream", caseNumber)).containsExactly("not-substantiated");
        assertThat(lettersTo("complainant", caseNumber)).endsWith("not-substantiated-complainant");
    }

    /** Closed, and open to objections for thirty days; then nothing is left to do. */
    private void closes(Scenario scenario, String end) {
        isClosed(scenario, end);
        travelThrough(today().plusDays(30) + "T23:59:58Z");
        assertThat(sees("audit-programme")).containsExactly("task_recordObjection");
        travelThrough(today().plusDays(1) + "T00:00:00Z");
        assertThat(endOf(caseId)).isEqualTo("end_outcomeStands");
        assertThat(state()).isEqualTo(scenario.end());
        for (String user : List.of("downstream", "audit-programme", "protection", "smelter")) {
            assertThat(sees(user)).as(user).isEmpty();
        }
    }

    private void isClosed(Scenario scenario, String end) {
        assertThat(state()).isEqualTo(scenario.end());
        assertThat(visits(end)).isEqualTo(1);
        assertThat(sees("audit-programme")).containsExactly("task_recordObjection");
        assertThat(due("audit-programme", "task_recordObjection")).isEqualTo(today().plusDays(30));
        for (String user : List.of("downstream", "protection", "smelter")) {
            assertThat(sees(user)).as(user).isEmpty();
        }
    }

    // The level

    private void theLevelIsDecided(Scenario scenario) {
        theHarmIsSubstantiated(scenario);
        theLevelIsReviewed(scenario);
        theSmelterAnswers("NO");
        remedyIsOwedAsExpected(scenario);
    }

    // Paths of section F that the table above does not show

    @Test
    void s03TellsTheReviewerThatRowBIsInferred() {
        reviewed(Scenario.of("S03"));
        assertThat(shown("audit-programme", "task_reviewLevel")).containsEntry("basis", "INFERRED");
        assertThat(reads("audit-programme", "task_reviewLevel"))
                .contains("Row B: past trade, recent and severe.")
                .contains("This row is inferred, not stated by the guideline.")
                .doesNotContain("Not severe");
    }

    @Test
    void s05ADayLaterIsRecent() {
        reviewed(Scenario.of("S05"), Map.of("incidentFirst", "2024-02-11", "incidentLatest", "2024-02-11"));
        assertThat(shown("audit-programme", "task_reviewLevel"))
                .as("its twin of 10 February is row C, see above")
                .containsEntry("row", "B")
                .containsEntry("tableLevel1", "MANDATORY")
                .containsEntry("recent", true);
    }

    @Test
    void s06TellsTheReviewerWhyItIsNotSevere() {
        reviewed(Scenario.of("S06"));
        assertThat(reads("audit-programme", "task_reviewLevel"))
                .contains("**Not severe.** None of the verified kinds counts as severe by itself")
                .contains("remedy is still owed or recommended")
                .contains("Row C: past trade, all other cases.")
                .doesNotContain("Severe because of");
    }

    @Test
    void s07LogsTheObjectionAndKeepsTheLevel() {
        reviewed(Scenario.of("S07"));
        assertThat(reads("audit-programme", "task_reviewLevel"))
                .contains("Row A: current trade.")
                .contains("six months is proposed by this product");
        complete("audit-programme", "task_reviewLevel", accepted());
        theSmelterAnswers("YES");
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(ofTheCase("responses"))
                .contains("\"levelObjection\":\"YES\"", "\"level1\":\"MANDATORY\"", "\"levelOrigin\":\"TABLE\"");
        assertThat(state()).as("an objection stops nothing").isEqualTo("PLANNING");
        assertThat(variable(process("smelter-duty"), "levelObjectionReason"))
                .contains("We had decided to leave long before the press came.");
    }

    @Test
    void s09AnAnswerThatSaysNothingMoreIsNotCredibleEither() {
        Scenario scenario = Scenario.of("S09");
        arrives(scenario);
        screenAndAsk(scenario);
        travelThrough("2026-04-02T10:00:00Z");
        assertThat(cases.tell(caseNumber, "new-information", Map.of("answer", "Very bad things.")))
                .as("the screening, and the case itself")
                .isEqualTo(2);
        assertThat(reads("downstream", "task_screenCredibility")).contains("Answer of the reporter:");
        assertThatThrownBy(() -> complete(
                        "downstream",
                        "task_screenCredibility",
                        with(scenario.credibility(), Map.of("credibilityJudgement", "NEED_INFO"))))
                .hasMessageContaining("asked for once already");
        assertThat(shown("downstream", "task_screenCredibility")).containsEntry("answer", "Very bad things.");
        complete(
                "downstream",
                "task_screenCredibility",
                with(scenario.credibility(), Map.of("credibilityJudgement", "NOT_CREDIBLE")));
        itIsNotCredible(scenario);
    }

    @Test
    void s09AnAnswerThatTellsWhoWhatAndWhereGoesOn() {
        Scenario scenario = Scenario.of("S09");
        arrives(scenario);
        screenAndAsk(scenario);
        cases.tell(caseNumber, "new-information", Map.of("answer", "Boys carry bags at pit 4 every night."));
        complete(
                "downstream",
                "task_screenCredibility",
                with(
                        scenario.credibility(),
                        Map.of("specificity", 3, "corroborations", 1, "credibilityJudgement", "CREDIBLE")));
        assertThat(sees("downstream")).containsExactly("task_screenActionability");
        assertThat(state()).isEqualTo("SCREENING");
    }

    // What people do

    private void screenAndAsk(Scenario scenario) {
        onItsLastDay("downstream", "task_screenCredibility", scenario.credibility());
        assertThat(today()).isEqualTo(scenario.due("D03"));
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "What did you see, and where?", "safeRoute", "RECEIPT_CODE"));
        complete("protection", "task_passQuestionsOn", Step1.passedOn());
    }
}
