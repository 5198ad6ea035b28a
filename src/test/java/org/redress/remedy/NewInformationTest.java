package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.InvalidInput;

/** E22: something new is learned, while the case goes on or after it was closed (remedy.md A.0, A.8). */
class NewInformationTest extends NewsArrives {

    // While the case goes on

    @Test
    @DisplayName("E22 New facts, also after closing: new facts raise the level only when a second person agrees")
    void newFactsRaiseTheLevelOnlyWhenASecondPersonAgrees() {
        recommendedAndAccepted();
        assertThat(ofTheCase("level1")).isEqualTo("RECOMMENDED");
        learned("Passports of all workers lie in the office.");
        assertThat(lettersTo("audit-programme", caseNumber)).endsWith("new-information");
        for (String other : List.of("smelter", "smelter-b", "downstream", "protection", "facilitator")) {
            assertThat(sees(other)).as(other).doesNotContain("task_weighInformation");
        }
        assertThat(reads("audit-programme", "task_weighInformation")).contains("Passports of all workers");
        complete("audit-programme", "task_weighInformation", factsNow("FORCED_LABOUR", 12));

        assertThat(reads("audit-programme", "task_confirmRaise")).contains("mandatory");
        assertThatThrownBy(() -> complete("audit-programme", "task_confirmRaise", Map.of("raiseAgreed", "YES")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
        complete(
                "audit-programme-2",
                "task_confirmRaise",
                Map.of("raiseAgreed", "NO", "raiseObjection", "Were the passports seen by anybody?"));
        assertThat(reads("audit-programme", "task_weighInformation")).contains("Were the passports seen");
        complete("audit-programme", "task_weighInformation", factsNow("FORCED_LABOUR", 12));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));

        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(ofTheCase("affected")).isEqualTo("12");
        assertThat(ofTheCase("responses")).contains("RAISED");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("level-owed-now").doesNotContain("level-raised");
        assertThat(lettersTo("downstream", caseNumber)).contains("level-raised");
        assertThat(textsOfLetters(caseNumber, "level-owed-now"))
                .as("what it accepted freely binds on")
                .singleElement()
                .asString()
                .contains("person who was harmed: mandatory", "Your acceptance stands", "can use measures");
        assertThat(sees("smelter")).doesNotContain("task_answerHigherLevel");
        assertThat(variable(process("plan-remedy"), "level1")).contains("MANDATORY");
        assertThat(state()).as("the plan is drawn up as before").isEqualTo("PLANNING");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: a plan that held no level 1 is widened by it when it is owed")
    void aPlanThatHeldNoLevel1IsWidenedByItWhenItIsOwed() {
        onlyLevel2IsPlanned();
        learned("Passports of all workers lie in the office.");
        complete("audit-programme", "task_weighInformation", factsNow("FORCED_LABOUR", 12));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(ofTheCase("level1Planned")).isEqualTo("true");
        theRemedyIsWidened("smelter");
        assertThat(visits("end_levelRaisedAndPlanned")).isEqualTo(1);
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("5500.0");
    }

    /** What is not enough today may be enough with what is told tomorrow. */
    @Test
    @DisplayName("E22 New facts, also after closing: facts that raise nothing are kept and weigh with the next ones")
    void factsThatRaiseNothingAreKeptAndWeighWithTheNextOnes() {
        recommendedAndAccepted(Map.of("incidentFirst", "2024-01-10", "incidentLatest", "2024-02-10"));
        learned("It was three times in one quarter.");
        complete(
                "audit-programme", "task_weighInformation", otherwise(factsNow("NO_CONTRACT", 8), "occurrencesNow", 3));
        assertThat(visits("end_levelStands"))
                .as("severe, but long before trade ended")
                .isEqualTo(1);
        assertThat(ofTheCase("affected")).isEqualTo("8");
        assertThat(ofTheCase("occurrences90d")).isEqualTo("3");
        assertThat(ofTheCase("types")).contains("WAGE_VIOLATION", "NO_CONTRACT");
        assertThat(ofTheCase("responses")).contains("\"row\":\"C\"").doesNotContain("RAISED");

        learned("Once more, in the next year.");
        assertThat(reads("audit-programme", "task_weighInformation"))
                .contains("people affected until now: **8**", "times within 90 days until now: **3**");
        Map<String, Object> later = otherwise(factsNow("WAGE_VIOLATION", 1), "incidentLatestNow", "2025-02-10");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_weighInformation",
                        otherwise(later, "incidentLatestNow", "2199-01-01")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("incidentLatestNow");
        complete("audit-programme", "task_weighInformation", later);
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(ofTheCase("row")).isEqualTo("B");
        assertThat(ofTheCase("affected")).as("nobody is forgotten").isEqualTo("8");
        assertThat(ofTheCase("occurrences90d")).isEqualTo("3");
        assertThat(ofTheCase("incidentLatest")).isEqualTo("2025-02-10");
        assertThat(ofTheCase("responses"))
                .as("row, rule and grounds are those of the new decision")
                .contains("\"row\":\"B\"", "\"rule\":\"RL2\"", "FREQUENCY", "RAISED");
    }

    @Test
    @DisplayName(
            "E22 New facts, also after closing: news of the trade of one smelter is weighed for this smelter alone")
    void newsOfTheTradeOfOneSmelterIsWeighedForThisSmelterAlone() {
        recommendedAndAccepted();
        learned("Material was delivered last week.");
        Map<String, Object> later = otherwise(factsNow("WAGE_VIOLATION", 2), "linkSmelter", smelter());
        later.put("tradeOngoingNow", "NO");
        later.put("cessationNow", "2025-07-31");
        complete("audit-programme", "task_weighInformation", later);
        assertThat(visits("end_levelStands")).isEqualTo(1);
        assertThat(ofTheCase("links")).contains("2025-07-31");

        learned("Trade has never ended.");
        Map<String, Object> ongoing = otherwise(factsNow("WAGE_VIOLATION", 2), "linkSmelter", smelter());
        ongoing.put("tradeOngoingNow", "YES");
        complete("audit-programme", "task_weighInformation", ongoing);
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        assertThat(ofTheCase("row")).isEqualTo("A");
        assertThat(ofTheCase("responses")).contains("REL1", "CURRENT");
        assertThat(ofTheCase("links")).contains("\"tradeOngoing\":true");

        learned("They say now that it ended in May, and that they found it.");
        Map<String, Object> looser = otherwise(factsNow("WAGE_VIOLATION", 2), "linkSmelter", smelter());
        looser.put("tradeOngoingNow", "NO");
        looser.put("cessationNow", "2025-05-31");
        looser.put("selfDetectedNow", "YES");
        complete("audit-programme", "task_weighInformation", looser);
        assertThat(ofTheCase("links")).as("upward only").contains("\"tradeOngoing\":true");
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
    }

    /** E06 and E22: those who are found are helped at once, and the level is weighed with them. */
    @Test
    @DisplayName("E06 More people are found: more people who are found during the remedy raise the level")
    void morePeopleWhoAreFoundDuringTheRemedyRaiseTheLevel() {
        recommendedAndAccepted();
        planIsDrawnUp();
        cases.tell(caseNumber, "more-people-found", Map.of("moreFound", 3, "childrenFound", 0));
        fireDueJobs();
        assertThat(ofTheCase("affected")).isEqualTo("5");
        assertThat(sees("audit-programme"))
                .as("five change nothing, so nobody is asked")
                .doesNotContain("task_weighInformation");
        cases.tell(
                caseNumber,
                "more-people-found",
                Map.of("moreFound", 7, "childrenFound", 0, "newInformation", "Seven more at the depot."));
        fireDueJobs();
        assertThat(sees("vsc")).as("help waits for nothing").contains("task_ongoingExploitationCheck");
        assertThat(sees("smelter")).doesNotContain("task_weighInformation");
        assertThat(reads("audit-programme", "task_weighInformation"))
                .contains("Seven more at the depot.", "people affected until now: **12**");
        complete("audit-programme", "task_weighInformation", factsNow("WAGE_VIOLATION", 12));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(ofTheCase("responses")).contains("NUMBER");
        assertThat(ofTheCase("affected")).isEqualTo("12");
    }

    /** E16: as on a first decision, within ten business days, and by the same ladder. */
    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: who declined a level that becomes mandatory is heard again and meets the ladder when it refuses")
    void whoDeclinedALevelThatBecomesMandatoryIsHeardAgainAndMeetsTheLadderWhenItRefuses() {
        onlyLevel2IsPlanned();
        level1BecomesMandatory();
        for (String other : List.of("smelter-b", "downstream", "facilitator", "audit-programme", "vsc")) {
            assertThat(sees(other)).as(other).doesNotContain("task_answerHigherLevel");
        }
        assertThat(textsOfLetters(caseNumber, "level-asked-now"))
                .singleElement()
                .asString()
                .contains("person who was harmed: mandatory", "where it happened: recommended", "please answer within");
        assertThat(lettersTo("smelter", caseNumber)).doesNotContain("level-owed-now", "level-raised");
        Task asked = task("smelter", "task_answerHigherLevel");
        assertThatThrownBy(() -> as("smelter-b").complete(asked, refusal()))
                .as("not another smelter")
                .isNotNull();
        assertThat(due("smelter", "task_answerHigherLevel")).isAfter(today().plusDays(13));
        assertThat(shown("smelter", "task_answerHigherLevel"))
                .containsEntry("asks1", true)
                .as("it has accepted Level 2")
                .containsEntry("asks2", false);
        complete("smelter", "task_answerHigherLevel", refusal());
        fireDueJobs();
        assertThat(visits("end_higherRefused")).isEqualTo(1);
        assertThat(ofTheCase("responses")).contains("\"acceptsLevel1\":\"NO\"", "\"carrier1\":\"OWED\"");
        assertThat(textsOfLetters(caseNumber, "level-refused")).isNotEmpty().allSatisfy(letter -> assertThat(letter)
                .contains("It has refused what it owes.")
                .doesNotContain("not answered"));
        assertThat(reads("audit-programme", "task_takeMeasure")).contains("refused a mandatory level");
        complete(
                "smelter",
                "task_acceptAfterAll",
                Map.of("acceptedFunding", "ALL", "acceptanceNote", "We pay for all of it from May on."));
        fireDueJobs();
        assertThat(ofTheCase("responses")).contains("\"acceptsLevel1\":\"YES\"", "\"carrier1\":\"SMELTER\"");
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: who accepts the higher level meets no ladder")
    void whoAcceptsTheHigherLevelMeetsNoLadder() {
        onlyLevel2IsPlanned();
        level1BecomesMandatory();
        complete(
                "smelter",
                "task_answerHigherLevel",
                Map.of("acceptsLevel1", "YES", "fundingIntention", "PART", "fundingShare", 40, "levelObjection", "NO"));
        fireDueJobs();
        assertThat(visits("end_higherAccepted")).isEqualTo(1);
        assertThat(ofTheCase("responses")).contains("\"carrier1\":\"SMELTER\"", "\"fundingShare\":40");
        assertThat(sees("audit-programme")).doesNotContain("task_takeMeasure");
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: silence on the higher level is as good as a refusal")
    void silenceOnTheHigherLevelIsAsGoodAsARefusal() {
        onlyLevel2IsPlanned();
        level1BecomesMandatory();
        travelThrough(due("smelter", "task_answerHigherLevel").plusDays(1) + "T00:00:01Z");
        assertThat(sees("smelter")).doesNotContain("task_answerHigherLevel").contains("task_acceptAfterAll");
        assertThat(visits("end_higherRefused")).isEqualTo(1);
        assertThat(ofTheCase("responses")).contains("\"acceptsLevel1\":\"NO_ANSWER\"");
        assertThat(reads("audit-programme", "task_takeMeasure")).contains("did not answer");
        assertThat(textsOfLetters(caseNumber, "level-refused"))
                .allSatisfy(letter -> assertThat(letter).contains("It has not answered in the time that it had"));
    }

    private void level1BecomesMandatory() {
        learned("Passports of all workers lie in the office.");
        complete("audit-programme", "task_weighInformation", factsNow("FORCED_LABOUR", 12));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
    }

    private static Map<String, Object> refusal() {
        return Map.of(
                "acceptsLevel1",
                "NO",
                "declineReason",
                "The mine has to pay for this.",
                "fundingIntention",
                "NOTHING",
                "levelObjection",
                "YES",
                "levelObjectionReason",
                "Nobody has shown us the passports.");
    }

    private String smelter() {
        return String.valueOf(as("audit-programme")
                        .formVariables(task("audit-programme", "task_weighInformation"))
                        .get("linkChoices"))
                .replaceAll(".*\"value\":\"([^\"]+)\".*", "$1");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: nothing is ever lowered by new information")
    void nothingIsEverLoweredByNewInformation() {
        remedyIsOwed();
        learned("Only one woman was there, and she was paid.");
        complete("audit-programme", "task_weighInformation", factsNow("WAGE_VIOLATION", 1));
        assertThat(visits("end_levelStands")).isEqualTo(1);
        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");

        learned("The depot has a new owner.");
        assertThatThrownBy(() -> complete("audit-programme", "task_weighInformation", Map.of("factsChange", "NO")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("weighReason");
        complete(
                "audit-programme",
                "task_weighInformation",
                Map.of("factsChange", "NO", "weighReason", "Who owns it now changes nothing of what happened."));
        assertThat(visits("end_levelStands")).isEqualTo(2);
    }

    @Test
    @DisplayName("E22 New facts, also after closing: before the level is decided it is part of the assessment")
    void beforeTheLevelIsDecidedItIsPartOfTheAssessment() {
        receive("2026-03-02T09:30:00Z", Scenario.of("S19").grievance());
        fireDueJobs();
        learned("It happened again last night.");
        assertThat(visits("end_partOfAssessment")).isEqualTo(1);
        assertThat(lettersTo("audit-programme", caseNumber))
                .as("it has no such case yet")
                .isEmpty();
        assertThat(reads("downstream", "task_screenCredibility"))
                .contains("What was learned since:", "It happened again last night.");
        complete("downstream", "task_screenCredibility", Scenario.of("S19").credibility());
        complete("downstream", "task_screenActionability", Scenario.of("S19").actionability());
        learned("And the night before.");
        assertThat(visits("end_partOfAssessment")).isEqualTo(2);
        assertThat(lettersTo("audit-programme", caseNumber)).containsExactly("dossier", "new-information");
        assertThat(sees("audit-programme")).as("whoever reviews weighs it").containsExactly("task_openReview");
        assertThat(reads("audit-programme", "task_openReview")).contains("And the night before.");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: all that is learned before the level is decided is read in order")
    void allThatIsLearnedBeforeTheLevelIsDecidedIsReadInOrder() {
        Scenario scenario = Scenario.of("S19");
        receive(scenario.received() + "T09:30:00Z", scenario.grievance());
        fireDueJobs();
        learned("It happened again last night.");
        learned("And the night before.");
        for (String[] reader :
                new String[][] {{"downstream", "task_screenCredibility"}, {"protection", "task_safetyTriage"}}) {
            assertThat(reads(reader[0], reader[1]))
                    .contains("(1) It happened again last night.\n(2) And the night before.");
        }
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", Step1.review());
        learned("A lorry was seen at the gate.");
        learned("A lorry was seen at the gate.");
        assertThat(reads("audit-programme", "task_investigate"))
                .contains("(1) It happened again last night.\n(2) And the night before.\n"
                        + "(3) A lorry was seen at the gate.\n(4) A lorry was seen at the gate.");
        assertThat(ofTheCase("newsTakenIn"))
                .as("references, and nothing that was told")
                .doesNotContain("night", "lorry");
        complete("audit-programme", "task_investigate", scenario.investigation());
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_assessLink", scenario.link());
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        learned("The guard says the same.");
        assertThat(reads("audit-programme", "task_reviewLevel"))
                .contains("(1) It happened", "(4) A lorry", "(5) The guard says the same.");
        for (String other : List.of("smelter", "smelter-b")) {
            assertThat(sees(other)).as(other).doesNotContain("task_reviewLevel");
        }
    }

    // After closing

    @Test
    @DisplayName("E22 New facts, also after closing: a closed case is opened again on new facts in a run of its own")
    void aClosedCaseIsOpenedAgainOnNewFactsInARunOfItsOwn() {
        closedAsNotCredible();
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        assertThat(endOf(caseId)).isEqualTo("end_outcomeStands");
        String former = caseId;
        asked("downstream", "Three boys carry bags at pit 4 every night.");
        for (String other : List.of("smelter", "downstream", "protection")) {
            assertThat(sees(other)).as(other).doesNotContain("task_decideReopening");
        }
        assertThat(reads("audit-programme", "task_decideReopening")).contains("Three boys carry bags");
        complete("audit-programme", "task_decideReopening", reopened());

        caseId = theRun();
        assertThat(caseId).isNotEqualTo(former);
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(ofTheCase("reopenedAs")).isEqualTo("NOT_CREDIBLE");
        assertThat(sees("downstream")).as("the parties are the same").containsExactly("task_screenCredibility");
        assertThat(reads("downstream", "task_screenCredibility"))
                .contains("To be looked at anew:", "Whether people work at pit 4.");
        assertThat(lettersTo("complainant", caseNumber))
                .as("no second receipt")
                .containsExactly("receipt", "not-credible", "case-reopened-complainant");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("case-reopened-facts");
        assertThat(lettersTo("smelter", caseNumber)).as("nobody is tipped off").isEmpty();
        assertThat(variable(former, "closedAs"))
                .as("the earlier closing stays on record")
                .contains("NOT_CREDIBLE");
        assertThat(variable(former, "caseState")).contains("CLOSED_NOT_CREDIBLE");
        assertThatThrownBy(() -> asked("downstream", "Once more the same."))
                .as("it is open now")
                .hasMessageContaining("is not closed");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: while one may object the case goes on in its own run")
    void whileOneMayObjectTheCaseGoesOnInItsOwnRun() {
        closedAsNotCredible();
        asked("audit-programme", "A second witness has called.");
        Task decision = task("audit-programme-2", "task_decideReopening");
        assertThatThrownBy(() -> as("audit-programme").complete(decision, reopened()))
                .as("not by who brought the facts")
                .hasMessageContaining("second person");
        as("audit-programme-2").complete(task("audit-programme-2", "task_decideReopening"), reopened());
        assertThat(theRun()).isEqualTo(caseId);
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("audit-programme")).as("no more objections").isEmpty();
    }

    /** E22: the same number is never two cases. */
    @Test
    @DisplayName(
            "E22 New facts, also after closing: however many pieces of news come the case is opened once and none is lost")
    void howeverManyPiecesOfNewsComeTheCaseIsOpenedOnceAndNoneIsLost() {
        closedAsNotCredible();
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        asked("downstream", "Three boys carry bags at pit 4.");
        asked("downstream", "A depot has opened beside it.");
        fourMorePeopleAreReported();
        List<Task> decisions = tasks("audit-programme-2", "task_decideReopening");
        assertThat(decisions).hasSize(3);
        as("audit-programme-2").complete(asking("Three boys carry bags at pit 4.", decisions), reopened());
        fireDueJobs();

        assertThat(tasks("audit-programme-2", "task_decideReopening")).isEmpty();
        caseId = theRun();
        assertThat(ofTheCase("reopenedAs")).isEqualTo("NOT_CREDIBLE");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        assertThat(visits("end_newsPassedOn")).isEqualTo(2);
        assertThat(ofTheCase("moreFound")).isEqualTo("4");
        assertThat(reads("downstream", "task_screenCredibility")).contains("What was learned since:");
        assertThat(lettersTo("complainant", caseNumber)).as("told once").containsOnlyOnce("case-reopened-complainant");
    }

    private Task asking(String what, List<Task> decisions) {
        return decisions.stream()
                .filter(task ->
                        what.equals(as("audit-programme-2").formVariables(task).get("newInformation")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "E22 New facts, also after closing: news on which is decided when the case is open again is passed on to it")
    void newsOnWhichIsDecidedWhenTheCaseIsOpenAgainIsPassedOnToIt() {
        closedAsNotCredible();
        asked("audit-programme", "A second witness has called.");
        whoeverComplainedObjectsAndIsHeard();
        assertThat(state()).isEqualTo("SCREENING");
        complete("audit-programme-2", "task_decideReopening", reopened());
        fireDueJobs();
        assertThat(theRun()).isEqualTo(caseId);
        assertThat(visits("end_newsPassedOn")).isEqualTo(1);
        assertThat(visits("task_reopenCase")).isZero();
        assertThat(reads("downstream", "task_screenCredibility")).contains("A second witness has called.");
    }

    @Test
    @DisplayName(
            "E22 New facts, also after closing: new facts open the case although nobody has decided on an objection")
    void newFactsOpenTheCaseAlthoughNobodyHasDecidedOnAnObjection() {
        closedAsNotCredible();
        objected();
        asked("downstream", "A second witness has called.");
        complete("audit-programme-2", "task_decideReopening", reopened());
        goesOnInItsOwnRun();
    }

    @Test
    @DisplayName("E22 New facts, also after closing: so they do when the time to object is over")
    void soTheyDoWhenTheTimeToObjectIsOver() {
        closedAsNotCredible();
        objected();
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        assertThat(sees("audit-programme-2")).containsExactly("task_decideObjection");
        asked("downstream", "A second witness has called.");
        complete("audit-programme-2", "task_decideReopening", reopened());
        goesOnInItsOwnRun();
    }

    /** E22: a case that was closed under an earlier model, which waited for the decision. */
    @Test
    @DisplayName(
            "E22 New facts, also after closing: an objection of before holds up no case of an earlier model either")
    void anObjectionOfBeforeHoldsUpNoCaseOfAnEarlierModelEither() {
        closedAsNotCredible();
        objected();
        asInAnEarlierModel();
        asked("downstream", "A second witness has called.");
        complete("audit-programme-2", "task_decideReopening", reopened());
        goesOnWithoutTheObjection();
    }

    @Test
    @DisplayName("E22 New facts, also after closing: nor does one whose time to object is over")
    void norDoesOneWhoseTimeToObjectIsOver() {
        closedAsNotCredible();
        objected();
        travelThrough(today().plusDays(31) + "T00:00:00Z");
        asInAnEarlierModel();
        asked("downstream", "A second witness has called.");
        complete("audit-programme-2", "task_decideReopening", reopened());
        goesOnWithoutTheObjection();
    }

    /** Nothing in it hears that the case is open again while an objection is not decided on. */
    private void asInAnEarlierModel() {
        List<String> hears =
                runtimeService
                        .createEventSubscriptionQuery()
                        .processInstanceId(caseId)
                        .activityId("boundary_joined")
                        .list()
                        .stream()
                        .map(EventSubscription::getId)
                        .toList();
        assertThat(hears).isNotEmpty();
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    hears.forEach(id -> context.getEventSubscriptionManager()
                            .findEventSubscriptionById(id)
                            .delete());
                    return Boolean.TRUE;
                });
    }

    private void goesOnWithoutTheObjection() {
        assertThat(theRun()).as("never a second run").isEqualTo(caseId);
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        theObjectionIsJoined();
        assertThat(visits("end_objectionJoined")).isZero();
    }

    /** Nothing is left to decide, nothing that was said is lost, and who said it is answered. */
    private void theObjectionIsJoined() {
        assertThat(sees("audit-programme-3")).containsExactly("task_weighObjection");
        assertThat(reads("audit-programme-3", "task_weighObjection"))
                .contains("The complainant objected", "I was afraid; it is true all the same.");
        assertThat(lettersTo("complainant", caseNumber)).containsOnlyOnce("objection-joined");
    }

    private void objected() {
        complete(
                "audit-programme",
                "task_recordObjection",
                Map.of("objector", "COMPLAINANT", "objection", "I was afraid; it is true all the same."));
    }

    private void goesOnInItsOwnRun() {
        assertThat(theRun()).isEqualTo(caseId);
        assertThat(state()).isEqualTo("SCREENING");
        assertThat(sees("downstream")).containsExactly("task_screenCredibility");
        theObjectionIsJoined();
        assertThat(visits("end_objectionJoined")).isEqualTo(1);
    }

    /** As outside systems tell it, too. */
    @Test
    @DisplayName(
            "E22 New facts, also after closing: new facts that are reported to a closed case ask whether it is opened again")
    void newFactsThatAreReportedToAClosedCaseAskWhetherItIsOpenedAgain() {
        closedAsNotCredible();
        reported("downstream", Map.of("eventKind", "COMPLAINT_WITHDRAWN"));
        assertThat(sees("protection")).as("nothing is left to withdraw").isEmpty();
        fourMorePeopleAreReported();
        assertThat(reads("audit-programme-2", "task_decideReopening")).contains("At pit 5 too.");
        complete("audit-programme-2", "task_decideReopening", reopened());
        assertThat(state()).isEqualTo("SCREENING");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: new facts are the answer for which the screening waits")
    void newFactsAreTheAnswerForWhichTheScreeningWaits() {
        Scenario scenario = Scenario.of("S09");
        receive("2026-03-30T09:30:00Z", scenario.grievance());
        fireDueJobs();
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete(
                "downstream",
                "task_requestMoreInformation",
                Map.of("questions", "Who, and since when?", "safeRoute", "RECEIPT_CODE"));
        complete("protection", "task_passQuestionsOn", Step1.passedOn());
        reported("downstream", Map.of("eventKind", "NEW_INFORMATION", "newInformation", "Three boys, each night."));
        assertThat(reads("downstream", "task_screenCredibility")).contains("Answer of the reporter:", "Three boys");
    }

    @Test
    @DisplayName(
            "E22 New facts, also after closing: a case of an earlier model that takes no news keeps them for the operator")
    void aCaseOfAnEarlierModelThatTakesNoNewsKeepsThemForTheOperator() {
        receive("2026-03-02T09:30:00Z", Scenario.of("S19").grievance());
        fireDueJobs();
        runtimeService.deleteProcessInstance(caseId, "as if its model knew no such event");
        reported("audit-programme", Map.of("eventKind", "NEW_INFORMATION", "newInformation", "It goes on."));
        assertThat(managementService
                        .createJobQuery()
                        .processDefinitionKey("report-to-case")
                        .withException()
                        .count())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("E22 New facts, also after closing: without new facts it stays closed")
    void withoutNewFactsItStaysClosed() {
        closedAsNotCredible();
        asked("downstream", "We heard the same thing once more.");
        complete(
                "audit-programme",
                "task_decideReopening",
                Map.of("reopening", "STAY_CLOSED", "reopenReason", "It is what we knew when we closed it."));
        assertThat(visits("end_staysClosed")).isEqualTo(1);
        assertThat(state()).isEqualTo("CLOSED_NOT_CREDIBLE");
    }

    @Test
    @DisplayName("E22 New facts, also after closing: nobody opens a case of others again")
    void nobodyOpensACaseOfOthersAgain() {
        closedAsNotCredible();
        for (String other : List.of("smelter", "smelter-b", "vsc", "provider", "facilitator", "member")) {
            assertThatThrownBy(() -> asked(other, "Let us see what they write."))
                    .as(other)
                    .isNotNull();
        }
        assertThatThrownBy(() -> asked("downstream", "R-2020-0001", "There is no such case."))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("you have no such case");
        assertThatThrownBy(() -> runtimeService
                        .createMessageCorrelation("grievance-received")
                        .setVariable("reopenedCase", caseNumber)
                        .correlateStartMessage())
                .as("nobody has decided it")
                .hasStackTraceContaining("Nobody has decided");
        assertThat(state()).isEqualTo("CLOSED_NOT_CREDIBLE");
    }

    // How it comes to that

    private void asked(String user, String what) {
        asked(user, caseNumber, what);
    }

    private void asked(String user, String number, String what) {
        startByForm(user, "reopen-case", Map.of("caseNumber", number, "newInformation", what));
        fireDueJobs();
    }

    private void reported(String user, Map<String, Object> report) {
        Map<String, Object> form = new HashMap<>(report);
        form.put("caseNumber", caseNumber);
        startByForm(user, "report-to-case", form);
        fireReports();
    }

    private void fireReports() {
        try {
            fireDueJobs();
        } catch (IllegalStateException failed) {
            assertThat(failed).hasMessageContaining("takes no NEW_INFORMATION");
        }
    }

    private static Map<String, Object> reopened() {
        return Map.of(
                "reopening", "REOPEN",
                "reopenNote", "Whether people work at pit 4.",
                "reopenReason", "It says what we did not know.");
    }

    private void fourMorePeopleAreReported() {
        reported(
                "audit-programme",
                Map.of(
                        "eventKind",
                        "MORE_PEOPLE",
                        "moreFound",
                        4,
                        "childrenFound",
                        0,
                        "newInformation",
                        "At pit 5 too."));
    }

    private String theRun() {
        return runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber, "remedy-case")
                .singleResult()
                .getId();
    }
}
