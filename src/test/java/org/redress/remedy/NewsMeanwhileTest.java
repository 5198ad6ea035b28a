package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.Step1.with;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** E12, E22: what is learned while something is added to a plan, or its money is raised, is known there, too. */
class NewsMeanwhileTest extends NewsArrives {

    /** E12: as those who took part from the beginning. */
    @Test
    @DisplayName("E12 Money is short: who takes up a level while its money is raised says there what it gives")
    void whoTakesUpALevelWhileItsMoneyIsRaisedSaysThereWhatItGives() {
        onlyLevel1IsPlanned();
        novaIsAsked();
        assertThat(sees("smelter-b")).as("it has not answered yet").doesNotContain("task_sayWhatYouGive");
        novaAnswers("YES", "NO");

        assertThat(visits("call_secureFunds")).as("the plan's own search").isEqualTo(1);
        assertThat(tasks("smelter", "task_sayWhatYouGive")).hasSize(1);
        complete("smelter-b", "task_sayWhatYouGive", Map.of("sharePledged", 4000, "sharePaid", 1000));
        assertThat(shown("facilitator", "task_raiseFunds", "smelterSays")).contains("org-nova", "4000");
        complete(
                "facilitator",
                "task_raiseFunds",
                Map.of("level1FirstNeed", 6000, "fundsSmelterReceived", 0, "level1Received", 0));
        complete(
                "audit-programme",
                "task_confirmFunding",
                Map.of("fundingDecision", "RAISE_MORE", "fundingReason", "Nova has begun to pay."));
        fireDueJobs();
        assertThat(shown("facilitator", "task_raiseFunds"))
                .as("each with its share")
                .containsKeys("payer1", "payer2");
    }

    /** E16, E22: a level that becomes mandatory is owed where its money is raised, too. */
    @Test
    @DisplayName(
            "E22 New facts, also after closing: what adds to the plan and what raises its money know the level of now")
    void whatAddsToThePlanAndWhatRaisesItsMoneyKnowTheLevelOfNow() {
        onlyLevel1IsPlanned();
        novaIsAsked();
        novaAnswers("NO", "YES");
        assertThat(reads("facilitator", "task_designLevel2")).contains("Level 1 recommended");
        learned("Passports of all workers lie in the office.");
        complete("audit-programme", "task_weighInformation", factsNow("FORCED_LABOUR", 12));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();

        assertThat(ofTheCase("level1")).isEqualTo("MANDATORY");
        assertThat(reads("facilitator", "task_designLevel2")).contains("Level 1 mandatory");
        assertThat(variable(process("add-level"), "affected")).contains(12);
        assertThat(variable(process("add-level"), "responses").orElseThrow().toString())
                .contains("MANDATORY");
        assertThat(textsOfLetters(caseNumber, "level-refused")).isEmpty();
        travelThrough(today().plusDays(46) + "T09:00:00Z");
        assertThat(textsOfLetters(caseNumber, "level-refused"))
                .as("Luma accepted Level 1 freely, owes it now, and has paid nothing until the stop day")
                .anySatisfy(letter -> assertThat(letter).contains("paid nothing"));
    }

    /** E06, E22: a smelter that is linked while people are taken in decides on what they need as the others do. */
    @Test
    @DisplayName("E06 More people are found: a smelter that is linked meanwhile is asked about the addition")
    void aSmelterThatIsLinkedMeanwhileIsAskedAboutTheAddition() {
        onlyLevel1IsPlanned();
        cases.tell(caseNumber, "more-people-found", Map.of("moreFound", 1, "childrenFound", 0));
        fireDueJobs();
        novaIsAsked();
        novaAnswers("YES", "NO");
        complete("vsc", "task_ongoingExploitationCheck", RemedyForms.check("YES"));
        complete("vsc", "task_registerVictim", with(RemedyForms.person(today()), Map.of("personToRegister", "NO")));
        complete(
                "facilitator",
                "task_costAddition",
                Map.of(
                        "currency", "USD",
                        "costShelter", 18000,
                        "contingency", 10,
                        "planSummary", "Shelter and company for the people who were found.",
                        "doNoHarm", "YES",
                        "independenceStands", "YES",
                        "anonymisedAnnex", "YES"));
        assertThat(sees("smelter")).contains("task_endorsePlan");
        assertThat(sees("smelter-b")).contains("task_endorsePlan");
    }
}
