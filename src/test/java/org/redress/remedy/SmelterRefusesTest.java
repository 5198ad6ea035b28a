package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** E16: a smelter refuses a mandatory level, or lets it lie (remedy.md A.8, B.11). */
@SuppressWarnings("NullAway.Init")
class SmelterRefusesTest extends ProcessTest {

    private static final String WHY = "They say that the mine has to pay.";

    @Autowired
    private Parties parties;

    private String caseNumber;
    private String ladder;

    @BeforeEach
    void lumaRefuses() {
        caseNumber = newCaseNumber();
        parties.add(caseNumber, "smelter", "org-luma");
        parties.add(caseNumber, "smelter", "org-nova");
        parties.add(caseNumber, "downstream", "org-downstream");
        ladder = refuse();
    }

    private String refuse() {
        String instance = runtimeService
                .createMessageCorrelation("mandatory-level-refused")
                .processInstanceBusinessKey(caseNumber)
                .setVariables(Map.of(
                        "caseNumber",
                        caseNumber,
                        "smelter",
                        "org-luma",
                        "smelterName",
                        "Luma",
                        "level1",
                        "MANDATORY",
                        "level2",
                        "RECOMMENDED",
                        "refusedAt",
                        ClockUtil.getCurrentTime()))
                .correlateStartMessage()
                .getId();
        fireDueJobs();
        return instance;
    }

    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: the ladder climbs by business days to the minute and waits for no measure")
    void theLadderClimbsByBusinessDaysToTheMinuteAndWaitsForNoMeasure() {
        assertThat(lettersTo("downstream", caseNumber)).containsExactly("level-refused");
        assertThat(textsOfLetters(caseNumber, "level-refused"))
                .as("a ladder of an earlier model does not say which")
                .allSatisfy(letter -> assertThat(letter).contains("refuses what it owes, has not answered, or has"));
        assertThat(measure()).isEqualTo("WRITTEN_REMINDER");
        take("STILL_REFUSED");
        assertThat(as("audit-programme").tasksOf(caseNumber)).isEmpty();
        assertThat(as("downstream").tasksOf(caseNumber)).isEmpty();

        // Ten business days after Monday the 2nd.
        at("2026-02-16T23:59:58Z");
        assertThat(as("audit-programme").tasksOf(caseNumber)).isEmpty();
        at("2026-02-17T00:00:00Z");
        assertThat(measure()).isEqualTo("EXECUTIVE_CALL");
        assertThat(lettersTo("downstream", caseNumber)).containsExactly("level-refused", "leverage-joined");
        assertThat(textsOfLetters(caseNumber, "leverage-joined"))
                .singleElement()
                .asString()
                .contains("a call between executives");
        assertThat(as("downstream").tasksOf(caseNumber))
                .as("others pay from the second rung on, and nothing waits for them")
                .containsExactly("task_financeWithoutSmelter");
        payInstead("task_financeWithoutSmelter", "downstream", "DOWNSTREAM");
        assertThat(isEnded(ladder)).as("who pays meanwhile ends no ladder").isFalse();

        // Nobody takes the call: the next rung comes all the same.
        at("2026-03-03T00:00:00Z");
        assertThat(measure()).isEqualTo("NON_CONFORMANCE");
        take("STILL_REFUSED");
        at("2026-03-17T00:00:00Z");
        assertThat(measure()).isEqualTo("BUYERS_LETTER");
        assertThat(lettersTo("downstream", caseNumber))
                .as("asked to the call and to the joint letter, and to nothing between")
                .containsExactly("level-refused", "leverage-joined", "leverage-joined");
        take("STILL_REFUSED");
        at("2026-04-07T00:00:00Z");
        assertThat(measure()).isEqualTo("SUSPENSION");
        take("STILL_REFUSED");

        Task decision = as("audit-programme").task("task_decideDisengagement");
        assertThat(day(decision.getDueDate())).isEqualTo(LocalDate.parse("2026-04-14"));
        as("audit-programme")
                .complete(decision, Map.of("disengagement", "KEEP", "disengagementReason", "They begin to talk."));
        assertThat(as("audit-programme").tasksOf(caseNumber)).isEmpty();
        at("2026-05-06T00:00:00Z");
        disengage();

        assertThat(endOf(ladder)).isEqualTo("end_disengaged");
        assertThat(variable(ladder, "measuresTaken").orElseThrow().toString())
                .contains("\"measure\":\"EXECUTIVE_CALL\",\"rule\":\"LL2\",\"taken\":\"NO\",\"result\":\"OVERTAKEN\"")
                .contains("\"measure\":\"SUSPENSION\",\"rule\":\"LL5\",\"taken\":\"YES\"");
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        assertThat(as("downstream").tasksOf(caseNumber)).isEmpty();
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: the smelter accepts after all and the ladder ends")
    void theSmelterAcceptsAfterAllAndTheLadderEnds() {
        assertThat(as("smelter-b").tasksOf(caseNumber))
                .as("another smelter of the case")
                .isEmpty();
        Task open = as("smelter").task("task_acceptAfterAll");
        assertThat(day(open.getDueDate())).isEqualTo(LocalDate.parse("2026-02-16"));
        String step = runtimeService
                .createMessageCorrelation("mandatory-level-refused")
                .processInstanceBusinessKey(caseNumber)
                .setVariables(Map.of(
                        "caseNumber",
                        caseNumber,
                        "smelter",
                        "org-nova",
                        "smelterName",
                        "Nova",
                        "level1",
                        "MANDATORY",
                        "level2",
                        "NONE",
                        "refusedAt",
                        open.getCreateTime(),
                        "responses",
                        json(Map.of(
                                "org-luma",
                                Map.of("level1", "MANDATORY", "level2", "RECOMMENDED", "carrier1", "OWED"),
                                "org-nova",
                                Map.of("level1", "MANDATORY", "level2", "NONE", "carrier1", "OWED")))))
                .correlateStartMessage()
                .getId();
        fireDueJobs();

        as("smelter")
                .complete(
                        open, Map.of("acceptedFunding", "ALL", "acceptanceNote", "We take up Level 1 from March on."));

        assertThat(endOf(ladder)).isEqualTo("end_dutyAccepted");
        assertThat(variable(step, "responses").orElseThrow().toString())
                .contains("\"carrier1\":\"SMELTER\"", "\"acceptsLevel1\":\"YES\"", "\"carrier1\":\"OWED\"");
        assertThat(lettersTo("downstream", caseNumber)).endsWith("level-accepted");
        assertThat(as("smelter-b").tasksOf(caseNumber))
                .as("its own ladder goes on")
                .hasSize(1);
    }

    /** S16: nobody climbs a ladder against somebody who has nothing. */
    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: a smelter that cannot pay meets no ladder and others are asked at once")
    void aSmelterThatCannotPayMeetsNoLadderAndOthersAreAskedAtOnce() {
        take("CANNOT_PAY");

        assertThat(as("downstream").tasksOf(caseNumber)).containsExactly("task_financeWithoutSmelter");
        as("downstream")
                .complete(
                        "task_financeWithoutSmelter",
                        Map.of("alternativePayer", "POOL", "alternativeReason", "We have no money left this year."));
        assertThat(isEnded(ladder)).as("nobody promises the money of the pool").isFalse();
        assertThat(as("downstream").tasksOf(caseNumber)).isEmpty();
        as("audit-programme")
                .complete(
                        "task_askPool",
                        Map.of(
                                "alternativePayer",
                                "POOL",
                                "costClaimed",
                                "YES",
                                "alternativeReason",
                                "The receiver is told of the claim."));
        assertThat(endOf(ladder)).isEqualTo("end_carriedByOthers");
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: where nobody pays yet, company and pool are asked again")
    void whereNobodyPaysYetTheCompanyAndThePoolAreAskedAgainUntilSomebodyDoes() {
        take("CANNOT_PAY");
        for (int round = 1; round <= 2; round++) {
            payInstead("task_financeWithoutSmelter", "downstream", "NOBODY_YET");
            payInstead("task_askPool", "audit-programme", "NOBODY_YET");
            assertThat(isEnded(ladder)).as("the people harmed still wait").isFalse();
            assertThat(as("downstream").tasksOf(caseNumber)).isEmpty();
            at(managementService
                    .createJobQuery()
                    .processInstanceId(ladder)
                    .timers()
                    .singleResult()
                    .getDuedate()
                    .toInstant()
                    .toString());
        }
        payInstead("task_financeWithoutSmelter", "downstream", "DOWNSTREAM");
        assertThat(endOf(ladder)).isEqualTo("end_carriedByOthers");
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: one that loses its money after others paid is pressed no more")
    void aSmelterThatLosesItsMoneyAfterOthersPaidIsPressedNoMore() {
        at("2026-02-17T00:00:00Z");
        payInstead("task_financeWithoutSmelter", "downstream", "DOWNSTREAM");
        assertThat(isEnded(ladder)).isFalse();
        take("CANNOT_PAY");
        assertThat(endOf(ladder)).isEqualTo("end_carriedAlready");
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
    }

    /** The people would be left without: leverage ends with the contract, and nobody pays yet. */
    @Test
    @DisplayName(
            "E16 The smelter refuses what it owes: after disengagement company and pool are asked again until one pays")
    void afterDisengagementCompanyAndPoolAreAskedAgainUntilOnePays() {
        for (String rung : List.of("2026-02-17", "2026-03-03", "2026-03-17", "2026-04-07")) {
            at(rung + "T00:00:00Z");
        }
        take("STILL_REFUSED");
        payInstead("task_financeWithoutSmelter", "downstream", "NOBODY_YET");
        payInstead("task_askPool", "audit-programme", "NOBODY_YET");
        assertThat(as("audit-programme").formVariables(as("audit-programme").task("task_decideDisengagement")))
                .as("whoever decides reads that nobody pays")
                .containsEntry("alternativePayer", "NOBODY_YET");
        disengage();

        assertThat(isEnded(ladder)).as("the people harmed still wait").isFalse();
        assertThat(as("smelter").formVariables(as("smelter").task("task_acceptAfterAll")))
                .as("it may still take up what it owes, and no measure follows any more")
                .containsEntry("leverageOutcome", "DISENGAGED");
        at(managementService
                .createJobQuery()
                .processInstanceId(ladder)
                .timers()
                .singleResult()
                .getDuedate()
                .toInstant()
                .toString());
        assertThat(as("downstream").formVariables(as("downstream").task("task_financeWithoutSmelter")))
                .containsEntry("leverageOutcome", "DISENGAGED");
        payInstead("task_financeWithoutSmelter", "downstream", "NOBODY_YET");
        payInstead("task_askPool", "audit-programme", "POOL");

        assertThat(endOf(ladder)).isEqualTo("end_carriedByOthers");
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
    }

    private void disengage() {
        as("audit-programme")
                .complete(
                        "task_decideDisengagement",
                        Map.of(
                                "disengagement",
                                "DISENGAGE",
                                "workerImpactPlan",
                                "Thirty workers are offered places at two other sites.",
                                "disengagementReason",
                                "Nothing has moved in three months."));
    }

    private void payInstead(String task, String who, String payer) {
        Map<String, Object> answer =
                new HashMap<>(Map.of("alternativePayer", payer, "alternativeReason", "Up to the cost of six months."));
        if (!"NOBODY_YET".equals(payer)) {
            answer.put("costClaimed", "YES");
        }
        as(who).complete(task, answer);
    }

    @Test
    @DisplayName("E16 The smelter refuses what it owes: a duty that fell away is asked for no more")
    void aDutyThatFellAwayIsAskedForNoMore() {
        at("2026-02-17T00:00:00Z");
        as("downstream")
                .complete(
                        "task_financeWithoutSmelter",
                        Map.of(
                                "alternativePayer",
                                "DOWNSTREAM",
                                "costClaimed",
                                "NO",
                                "alternativeReason",
                                "We pay the first six months."));
        assertThat(isEnded(ladder)).isFalse();
        take("DUTY_FELL_AWAY");
        assertThat(endOf(ladder)).isEqualTo("end_dutyFellAway");
    }

    private String measure() {
        return String.valueOf(as("audit-programme")
                .formVariables(as("audit-programme").task("task_takeMeasure"))
                .get("measure"));
    }

    private void take(String result) {
        as("audit-programme")
                .complete(
                        "task_takeMeasure",
                        Map.of("measureTaken", "YES", "measureResult", result, "measureReason", WHY));
    }

    private void at(String moment) {
        travelTo(moment);
        fireDueJobs();
    }
}
