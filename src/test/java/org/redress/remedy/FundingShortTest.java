package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Money is short: the smelter that has to pay is insolvent (remedy.md E12, D15, B.8, story S16). */
@SuppressWarnings("NullAway.Init")
class FundingShortTest extends ApprovedPlanTest {

    @BeforeEach
    void nothingIsPaidYet() {
        approvePlan();
    }

    /** E16: what is accepted and let lie is pressed for as what is refused. */
    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: who accepted and paid nothing until the stop day meets the ladder")
    void whoAcceptedAndPaidNothingUntilTheStopDayMeetsTheLadder() {
        everySmelterOwesAndAccepted();
        at("2026-08-06T23:59:58Z");
        assertThat(ladders()).isZero();
        at("2026-08-06T23:59:59Z");
        fireDueJobs();
        assertThat(as("audit-programme").sees("task_decideOnShortFunds")).isTrue();
        assertThat(ladders()).isEqualTo(1);
        assertThat(as("audit-programme").formVariables(as("audit-programme").task("task_takeMeasure")))
                .containsEntry("measure", "WRITTEN_REMINDER")
                .containsEntry("refusalKind", "PAID_NOTHING");
        assertThat(textsOfLetters(caseNumber, "level-refused")).isNotEmpty().allSatisfy(letter -> assertThat(letter)
                .contains("It has accepted what it owes, and paid nothing"));
        assertThat(as("smelter").sees("task_acceptAfterAll")).isTrue();
        assertThat(as("downstream").sees("task_acceptAfterAll")).isFalse();
        at("2026-08-21T00:00:00Z");
        assertThat(as("downstream").sees("task_financeWithoutSmelter"))
                .as("others pay from the second rung on")
                .isTrue();
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: who has paid a part is not pressed")
    void whoHasPaidAPartIsNotPressed() {
        everySmelterOwesAndAccepted();
        as("facilitator").complete("task_raiseFunds", funds(20_000, 0));
        at("2026-08-06T23:59:59Z");
        fireDueJobs();
        assertThat(as("audit-programme").sees("task_decideOnShortFunds")).isTrue();
        assertThat(ladders()).isZero();
    }

    /** E16: of two that owe and accepted, the one that paid is not pressed for what the other lets lie. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: who paid is not pressed for what another lets lie")
    void whoPaidIsNotPressedForWhatAnotherLetsLie() {
        bothOweAndAccepted();
        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("payer1", "Luma")
                .containsEntry("payer2", "Nova");
        assertThat(as("downstream").sees("task_raiseFunds")).isFalse();
        Map<String, Object> shares = shares(20_000, 0);
        assertThatThrownBy(() -> as("facilitator").complete("task_raiseFunds", with(shares, "level2Received", 1)))
                .hasStackTraceContaining("More is shared out than was received");
        as("facilitator").complete("task_raiseFunds", shares);
        assertThat(shown("audit-programme", "task_confirmFunding"))
                .as("the smelters together")
                .containsEntry("fundsSmelterReceived", 20_000.0)
                .containsEntry("fundsSmelterAsked", 50_000.0)
                .containsEntry("fundsSmelterPledged", 40_000.0);
        assertThat(String.valueOf(
                        shown("audit-programme", "task_confirmFunding").get("smelterFunds")))
                .contains("Luma", "Nova");
        at("2026-08-06T23:59:59Z");
        fireDueJobs();
        assertThat(ladders()).isEqualTo(1);
        assertThat(as("smelter-b").sees("task_acceptAfterAll")).as("Nova").isTrue();
        assertThat(as("smelter").sees("task_acceptAfterAll")).as("Luma").isFalse();
    }

    /** E16: what was entered before is shown again, and a payment that comes in time ends the matter. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: who pays before the stop day is not pressed")
    void whoPaysBeforeTheStopDayIsNotPressed() {
        bothOweAndAccepted();
        as("facilitator").complete("task_raiseFunds", shares(10_000, 0));
        as("audit-programme")
                .complete(
                        "task_confirmFunding",
                        Map.of("fundingDecision", "RAISE_MORE", "fundingReason", "Nova has paid nothing yet."));
        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("smelter1Received", 10_000.0)
                .containsEntry("smelter2Received", 0.0);
        as("facilitator").complete("task_raiseFunds", shares(10_000, 5_000));
        at("2026-08-06T23:59:59Z");
        fireDueJobs();
        assertThat(as("audit-programme").sees("task_decideOnShortFunds")).isTrue();
        assertThat(ladders()).isZero();
    }

    /** E16: what one smelter paid stays its own when a second joins. */
    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: what was paid before a second smelter joins stays with the first")
    void whatWasPaidBeforeASecondSmelterJoinsStaysWithTheFirst() {
        owe(Map.of("org-luma", accepted("Luma"), "org-nova", with(accepted("Nova"), "acceptsLevel1", "NO")));
        as("facilitator").complete("task_raiseFunds", funds(0, 0));
        askForMore();
        assertThat(shown("facilitator", "task_raiseFunds")).doesNotContainEntry("payer1", "Luma");
        as("facilitator").complete("task_raiseFunds", funds(20_000, 0));

        parties.add(caseNumber, "smelter", "org-nova");
        owe(Map.of("org-luma", accepted("Luma"), "org-nova", accepted("Nova")));
        askForMore();
        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("payer1", "Luma")
                .containsEntry("smelter1Received", 20_000.0)
                .containsEntry("payer2", "Nova")
                .doesNotContainKeys("smelter2Received", "smelterSumToLayOut");
        as("facilitator").complete("task_raiseFunds", shares(20_000, 0));
        at("2026-08-06T23:59:59Z");
        assertThat(ladders()).isEqualTo(1);
        assertThat(as("smelter-b").sees("task_acceptAfterAll")).as("Nova").isTrue();
        assertThat(as("smelter").sees("task_acceptAfterAll")).as("Luma").isFalse();
    }

    /** E16: a sum that was entered while nobody knew of whom is laid out by hand. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: a sum that is nobody's yet is shown to be laid out")
    void aSumThatIsNobodysYetIsShownToBeLaidOut() {
        as("facilitator").complete("task_raiseFunds", funds(20_000, 0));
        parties.add(caseNumber, "smelter", "org-nova");
        owe(Map.of("org-luma", accepted("Luma"), "org-nova", accepted("Nova")));
        askForMore();
        assertThat(shown("facilitator", "task_raiseFunds"))
                .containsEntry("smelterSumToLayOut", 20_000.0)
                .doesNotContainKey("smelter1Received");
        as("facilitator").complete("task_raiseFunds", shares(20_000, 0));
        askForMore();
        assertThat(shown("facilitator", "task_raiseFunds")).doesNotContainKey("smelterSumToLayOut");
    }

    /** E16: a part counts as paid, and its payer alone is asked for the rest. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: who paid a part is asked for the rest by letter")
    void whoPaidAPartIsAskedForTheRestByLetter() {
        bothOweAndAccepted();
        as("facilitator").complete("task_raiseFunds", shares(2_500, 25_000));
        at("2026-08-06T23:59:59Z");
        assertThat(ladders()).isZero();
        assertThat(letters("share-short")).as("to Luma alone").isEqualTo(1);
        assertThat(textsOfLetters(caseNumber, "share-short"))
                .allSatisfy(
                        letter -> assertThat(letter).contains("pay the rest").doesNotContain("Nova", "2500", "25000"));
        assertThat(jdbc.sql("select addressee_organisation from letter where case_number = ? and event = 'share-short'")
                        .param(caseNumber)
                        .query(String.class)
                        .single())
                .isEqualTo("org-luma");
        assertThat(shown("audit-programme", "task_decideOnShortFunds").get("sharesWeighed"))
                .asString()
                .contains("Luma", "LETTER", "US3", "Nova", "NONE", "US4", "PROPOSED");
        assertThat(as("smelter").sees("task_sayWhatYouGive"))
                .as("the search is over")
                .isFalse();
    }

    /** E16: a token does not stop the ladder. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: who paid next to nothing meets the ladder")
    void whoPaidNextToNothingMeetsTheLadder() {
        bothOweAndAccepted();
        as("facilitator").complete("task_raiseFunds", shares(25_000, 2_499));
        at("2026-08-06T23:59:59Z");
        assertThat(letters("share-short")).isZero();
        assertThat(ladders()).isEqualTo(1);
        assertThat(shown("smelter-b", "task_acceptAfterAll")).containsEntry("refusalKind", "PAID_LITTLE");
        assertThat(textsOfLetters(caseNumber, "level-refused")).isNotEmpty().allSatisfy(letter -> assertThat(letter)
                .contains("paid next to nothing"));
    }

    /** E16: where nothing was asked, a share is what was promised. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: a promise is a share where nothing was asked")
    void aPromiseIsAShareWhereNothingWasAsked() {
        bothOweAndAccepted();
        Map<String, Object> shares = new HashMap<>(shares(20_000, 20_000));
        shares.remove("smelter1Asked");
        as("facilitator").complete("task_raiseFunds", shares);
        at("2026-08-06T23:59:59Z");
        assertThat(shown("audit-programme", "task_decideOnShortFunds").get("sharesWeighed"))
                .asString()
                .contains("\"percent\":100.0", "\"percent\":80.0");
        assertThat(letters("share-short")).isEqualTo(1);
    }

    /** A.4: each smelter says what it gives, and neither sees nor says it for another. */
    @Test
    @DisplayName("E12 Money is short: each smelter says what it gives itself")
    void eachSmelterSaysWhatItGivesItself() {
        owe(Map.of("org-luma", accepted("Luma"), "org-nova", with(accepted("Nova"), "acceptsLevel1", "NO")));
        assertThat(as("smelter-b").sees("task_sayWhatYouGive"))
                .as("it takes up nothing")
                .isFalse();
        Task lumas = as("smelter").task("task_sayWhatYouGive");
        assertThat(day(lumas.getDueDate())).as("D15").isEqualTo("2026-07-22");
        parties.add(caseNumber, "smelter", "org-nova");
        owe(Map.of("org-luma", accepted("Luma"), "org-nova", accepted("Nova")));
        Task novas = as("smelter-b").task("task_sayWhatYouGive");
        assertThat(novas.getId()).isNotEqualTo(lumas.getId());
        for (String other : List.of("smelter-b", "downstream", "facilitator", "audit-programme", "vsc")) {
            assertThatThrownBy(() -> as(other).complete(lumas, share(1, 1)))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }

        Task raise = as("facilitator").task("task_raiseFunds");
        for (String company : List.of("smelter", "smelter-b", "downstream")) {
            assertThatThrownBy(() -> as(company).complete(raise, funds(20_000, 30_000)))
                    .as(company)
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> as(company).formVariables(raise))
                    .as(company)
                    .isInstanceOf(RuntimeException.class);
        }

        as("smelter").complete(lumas, with(share(20_000, 5_000), "shareConditions", "The rest in July."));
        assertThat(as("smelter").formVariables(as("smelter").task("task_sayWhatYouGive")))
                .as("comes back while something is left to pay")
                .containsEntry("sharePledged", 20_000.0)
                .containsEntry("sharePaid", 5_000.0)
                .containsEntry("shareConditions", "The rest in July.");
        assertThat(as("smelter-b").formVariables(novas).toString())
                .contains("Nova")
                .doesNotContain("Luma", "20000", "5000", "July");
        assertThat(shown("facilitator", "task_raiseFunds").get("smelterSays"))
                .asString()
                .contains("Luma", "20000", "5000", "The rest in July.")
                .doesNotContain("Nova");

        as("smelter").complete("task_sayWhatYouGive", share(20_000, 20_000));
        assertThat(as("smelter").sees("task_sayWhatYouGive"))
                .as("all of it is paid")
                .isFalse();
        as("smelter-b").complete(novas, share(0, 0));
        assertThat(as("smelter-b").sees("task_sayWhatYouGive")).isFalse();
        assertThat(shown("facilitator", "task_raiseFunds").get("smelterSays"))
                .asString()
                .contains("Luma", "Nova")
                .doesNotContain("5000");
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
        assertThat(as("facilitator").sees("task_startImplementation")).isTrue();
    }

    /** A.4: nobody is asked on when the money is there, or the search for it has ended. */
    @Test
    @DisplayName("E12 Money is short: nobody is asked for a share when the search is over")
    void nobodyIsAskedForAShareWhenTheSearchIsOver() {
        everySmelterOwesAndAccepted();
        assertThat(as("smelter").sees("task_sayWhatYouGive")).isTrue();
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
        assertThat(as("smelter").sees("task_sayWhatYouGive")).isFalse();
    }

    private static Map<String, Object> share(int pledged, int paid) {
        return Map.of("sharePledged", pledged, "sharePaid", paid);
    }

    private void askForMore() {
        as("audit-programme")
                .complete(
                        "task_confirmFunding",
                        Map.of("fundingDecision", "RAISE_MORE", "fundingReason", "It is not enough yet."));
    }

    private static Map<String, Object> accepted(String name) {
        return Map.of("name", name, "level1", "MANDATORY", "level2", "NONE", "acceptsLevel1", "YES");
    }

    /** The shares are asked for from the next time on that somebody is asked for money: here at once. */
    private void bothOweAndAccepted() {
        parties.add(caseNumber, "smelter", "org-nova");
        owe(Map.of("org-luma", accepted("Luma"), "org-nova", accepted("Nova")));
        as("facilitator").complete("task_raiseFunds", funds(0, 0));
        as("audit-programme")
                .complete(
                        "task_confirmFunding",
                        Map.of("fundingDecision", "CORRECT", "fundingReason", "Two of them pay."));
    }

    private static Map<String, Object> shares(int luma, int nova) {
        Map<String, Object> shares = new HashMap<>(funds(luma + nova, 0));
        shares.remove("fundsSmelterReceived");
        shares.remove("fundsSmelterAsked");
        shares.put("smelter1Asked", 25_000);
        shares.put("smelter1Pledged", 20_000);
        shares.put("smelter1Received", luma);
        shares.put("smelter2Asked", 25_000);
        shares.put("smelter2Pledged", 20_000);
        shares.put("smelter2Received", nova);
        return shares;
    }

    private static Map<String, Object> with(Map<String, Object> form, String field, Object value) {
        Map<String, Object> other = new HashMap<>(form);
        other.put(field, value);
        return other;
    }

    private void owe(Map<String, Object> duties) {
        runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .forEach(running -> runtimeService.setVariable(
                        running.getId(), "responses", json(new java.util.TreeMap<>(duties))));
    }

    private void everySmelterOwesAndAccepted() {
        owe(Map.of(
                "org-luma",
                accepted("Luma"),
                "org-nova",
                Map.of("name", "Nova", "level1", "RECOMMENDED", "level2", "NONE")));
    }

    private long ladders() {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("use-leverage")
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    /** S16. */
    @Test
    @DisplayName("E12 Money is short: the smelter is insolvent and the downstream company bridges level 1")
    void theSmelterIsInsolventAndTheDownstreamCompanyBridgesLevel1() {
        victims.register(
                caseNumber,
                Map.of(
                        "caseNumber",
                        caseNumber,
                        "victimRef",
                        "V-ADULT1",
                        "isChild",
                        false,
                        "riskLevel",
                        "LOW",
                        "coordinator",
                        "org-vsc"));
        at("2026-07-07T23:59:58Z");
        assertThat(letters("funding-gap")).as("before the end of day 15").isZero();
        at("2026-07-07T23:59:59Z");
        assertThat(letters("funding-gap"))
                .as("to the smelter and the downstream company")
                .isEqualTo(2);

        travelTo("2026-07-08T09:00:00Z");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("facilitator").complete("task_raiseFunds", funds(0, 0));
        assertThat(shown("audit-programme", "task_confirmFunding"))
                .containsEntry("level1Missing", 20_000.0)
                .containsEntry("level2Missing", 30_000.0);
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE", "bridgeFund", 5_000));
        assertThat(letters("funding-gap")).isEqualTo(4);
        assertThat(shown("downstream", "task_offerBridge"))
                .as("the bridge fund came first")
                .containsEntry("level1Missing", 15_000.0);
        assertThat(as("smelter").sees("task_offerBridge")).isFalse();
        assertThat(as("smelter-b").sees("task_offerBridge")).isFalse();

        at("2026-07-22T23:59:58Z");
        assertThat(letters("funding-overdue")).as("before the end of day 30").isZero();
        at("2026-07-22T23:59:59Z");
        assertThat(letters("funding-overdue"))
                .as("to the smelter, the downstream company and the pool")
                .isEqualTo(3);

        at("2026-07-23T09:00:00Z");
        as("downstream").complete("task_offerBridge", Map.of("bridgeDownstream", 15_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START_LEVEL1"));
        begin("2026-07-24");
        at("2026-08-07T09:00:00Z");
        assertThat(as("audit-programme").sees("task_decideOnShortFunds"))
                .as("the stop day ends nothing any more")
                .isFalse();
        as("facilitator")
                .complete("task_raiseLevel2Funds", Map.of("level2RestReceived", 10_000, "level2RestFunded", "NO"));

        at("2027-01-24T08:00:00Z");
        report();
        decide("ON_TRACK");
        at("2027-07-24T08:00:00Z");
        report();
        decide("PARTIAL");
        as("audit-programme")
                .complete(
                        "task_settleMonitoring",
                        Map.of(
                                "monitoringResult",
                                "PARTIAL",
                                "monitoringReason",
                                "The smelter is insolvent, nobody funds the rest."));

        assertThat(endOf(instance)).isEqualTo("end_reachedInPart");
        assertThat(variable(instance, "monitoringOutcome")).contains("PARTIAL");
        assertThat(variable(instance, "level2Missing"))
                .as("not funded, on record")
                .contains(30_000.0);
    }

    @Test
    @DisplayName("E12 Money is short: what the bridge fund covers is asked of nobody else")
    void whatTheBridgeFundCoversIsAskedOfNobodyElse() {
        as("facilitator").complete("task_raiseFunds", funds(5_000, 30_000));
        as("audit-programme")
                .complete("task_confirmFunding", Map.of("fundingDecision", "BRIDGE", "bridgeFund", 15_000));

        assertThat(as("downstream").sees("task_offerBridge")).isFalse();
        assertThat(shown("audit-programme", "task_confirmFunding")).containsEntry("level1Covered", 100);
    }

    @Test
    @DisplayName("E12 Money is short: nobody is reminded of money that is there")
    void nobodyIsRemindedOfMoneyThatIsThere() {
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
        at("2026-08-07T09:00:00Z");

        assertThat(letters("funding-gap")).isZero();
        assertThat(letters("funding-overdue")).isZero();
        assertThat(as("facilitator").sees("task_startImplementation")).isTrue();
    }

    @Test
    @DisplayName("E12 Money is short: money that comes between day fifteen and day thirty is not taken higher")
    void moneyThatComesBetweenDayFifteenAndDayThirtyIsNotTakenHigher() {
        at("2026-07-08T09:00:00Z");
        as("facilitator").complete("task_raiseFunds", funds(20_000, 30_000));
        as("audit-programme").complete("task_confirmFunding", Map.of("fundingDecision", "START"));
        at("2026-08-07T09:00:00Z");

        assertThat(letters("funding-gap")).isEqualTo(2);
        assertThat(letters("funding-overdue")).isZero();
        assertThat(as("facilitator").sees("task_startImplementation")).isTrue();
    }

    @Test
    @DisplayName("E12 Money is short: on a reduced plan nothing for safety is cut")
    void onAReducedPlanNothingForSafetyIsCut() {
        as("facilitator").complete("task_raiseFunds", funds(20_000, 0));
        at("2026-08-06T23:59:59Z");
        Map<String, Object> reduced = new HashMap<>(Map.of(
                "shortFundsDecision",
                "REDUCE",
                "reducedParts",
                List.of("LEVEL2_LATER"),
                "safetyKept",
                false,
                "shortFundsReason",
                "The smelter is insolvent, and no donor was found."));
        assertThatThrownBy(() -> as("audit-programme").complete("task_decideOnShortFunds", reduced))
                .hasStackTraceContaining("No service for safety, shelter or health is cut or delayed");
        reduced.put("safetyKept", true);
        Map<String, Object> withoutShelter = new HashMap<>(reduced);
        withoutShelter.put("reducedParts", List.of("SHELTER"));
        assertThatThrownBy(() -> as("audit-programme").complete("task_decideOnShortFunds", withoutShelter))
                .hasStackTraceContaining("What is reduced?");
        assertThat(as("smelter").sees("task_decideOnShortFunds")).isFalse();

        as("audit-programme").complete("task_decideOnShortFunds", reduced);
        begin("2026-08-07");
        assertThat(as("facilitator").sees("task_raiseLevel2Funds")).isFalse();
        assertThat(variable(instance, "level2Missing")).contains(30_000.0);
    }

    // What happens, in the words of this step

    private void at(String moment) {
        travelTo(moment);
        fireDueJobs();
    }

    private void begin(String day) {
        travelTo(day + "T10:00:00Z");
        as("facilitator").complete("task_startImplementation", startOn(day));
    }

    private void report() {
        Map<String, Object> report = reportOf("SOME", "NO");
        report.put("spentLevel2", 0);
        report.put("obstacles", List.of("MONEY"));
        report.put("obstaclesText", "The smelter is insolvent.");
        report.put("level2Findings", "The second phase did not begin for want of money.");
        report.put("progressSummary", "The help for the people is given, Level 2 waits.");
        as("facilitator").complete("task_monitoringReport", report);
        as("smelter").complete("task_endorseReport", Map.of("statement", "AGREE"));
    }

    private void decide(String judgement) {
        as("audit-programme")
                .complete("task_monitoringDecision", Map.of("monitoringJudgement", judgement, "goalsMet", "SOME"));
    }
}
