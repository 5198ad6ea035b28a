package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** E22, E16: by what is learned later, a smelter is linked to the case that nobody knew of (remedy.md A.0, A.1 assessLink). */
@SuppressWarnings("NullAway.Init")
class SmelterLinkedLaterTest extends NewsArrives {

    @Autowired
    private Parties parties;

    private static final String ASKED = "task_smelterResponse";

    @Test
    @DisplayName("E22 New facts, also after closing: its level is the table's and it is asked like every other")
    void itsLevelIsTheTablesAndItIsAskedLikeEveryOther() throws Exception {
        recommendedAndAccepted();
        learned("Nova's lorry comes to the depot, too.");
        assertThat(shown("audit-programme", "task_weighInformation", "newSmelterChoices"))
                .contains("org-nova")
                .doesNotContain("org-luma");
        assertThatThrownBy(() -> complete(
                        "audit-programme",
                        "task_weighInformation",
                        otherwise(factsNow("WAGE_VIOLATION", 2), "newSmelter", "org-nova")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("newTradeOngoing");
        complete("audit-programme", "task_weighInformation", novaTrades());
        assertThat(sees("smelter-b")).as("warned by nobody before it is agreed").isEmpty();
        assertThat(reads("audit-programme-2", "task_confirmRaise")).contains("Of whom more is asked:");
        assertThat(shown("audit-programme-2", "task_confirmRaise", "raisedChanges"))
                .contains(
                        // Another test may have registered it by another name.
                        "\"name\":\"" + parties.names().get("org-nova") + "\"",
                        "\"linked\":\"NEW\"",
                        "\"from1\":\"NONE\"",
                        "\"to1\":\"MANDATORY\"")
                .doesNotContain("Luma");
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();

        assertThat(nova("level1")).as("planned as owed meanwhile").isEqualTo("MANDATORY");
        assertThat(nova("carrier1")).isEqualTo("OWED");
        assertThat(ofTheCase("links")).contains("org-nova");
        assertThat(ofTheCase("smelters")).contains("org-luma", "org-nova");
        assertThat(sees("smelter-b"))
                .as("as if it had been known from the start")
                .containsExactlyInAnyOrder("task_confirmFacts", "task_enhancedDueDiligence");
        for (String other : List.of("smelter", "downstream", "facilitator", "audit-programme", "vsc")) {
            assertThat(sees(other)).as(other).doesNotContain("task_confirmFacts", "task_enhancedDueDiligence");
        }
        Task facts = task("smelter-b", "task_confirmFacts");
        assertThatThrownBy(() -> as("smelter").complete(facts, Map.of("factsAnswer", "CONFIRMED")))
                .as("not another smelter")
                .isNotNull();
        novaHearsOfItsLevel();
        assertThat(state()).as("the case is as far as it is").isEqualTo("PLANNING");
        assertThat(textsOfLetters(caseNumber, "level-decided"))
                .as("Luma's, and Nova's with its own level")
                .hasSize(2)
                .last()
                .asString()
                .contains("person who was harmed: mandatory", "Strengthen your due diligence");
        assertThat(lettersTo("smelter", caseNumber))
                .as("Luma hears nothing of what is asked of Nova")
                .doesNotContain("level-raised", "level-asked-now", "level-owed-now");
        assertThat(textsOfLetters(caseNumber, "level-raised"))
                .as("the levels of the case, to downstream company and facilitator alone")
                .isNotEmpty()
                .allSatisfy(letter -> assertThat(letter).contains("person who was harmed: mandatory"));
        assertThat(lettersTo("complainant", caseNumber)).containsOnlyOnce("remedy-planned");
        assertThat(lettersTo("downstream", caseNumber)).containsOnlyOnce("level-summary");
        Task asked = task("smelter-b", ASKED);
        assertThatThrownBy(() -> as("smelter").complete(asked, RemedyForms.answer("NO", "NO")))
                .as("not another smelter")
                .isNotNull();
        novaAnswers("NO", "NO");
        assertThat(sees("smelter-b")).containsExactly("task_acceptAfterAll");
        assertThat(sees("smelter")).doesNotContain("task_acceptAfterAll");
        assertThat(visits("task_beginLeverage")).as("one ladder").isEqualTo(1);
        assertThat(nova("carrier1")).isEqualTo("OWED");
        assertThat(nova("levelOrigin")).isEqualTo("TABLE");
        assertThat(nova("smelterInvolvement")).isEqualTo("CONTRIBUTED");
        assertThat(nova("dueDiligencePlan")).isEqualTo("YES");
        assertThat(nova("factsAnswer")).isEqualTo("CONFIRMED");

        learned("Nova delivered in May, too.");
        assertThat(shown("audit-programme", "task_weighInformation", "linkChoices"))
                .as("known now")
                .contains("org-nova");
        assertThat(shown("audit-programme", "task_weighInformation", "newSmelterChoices"))
                .doesNotContain("org-nova");
    }

    @Test
    @DisplayName("E17 A recommended level is declined: whose trade ended long ago may decline")
    void whoseTradeEndedLongAgoMayDecline() throws Exception {
        recommendedAndAccepted();
        learned("Nova bought there, too, until June of last year.");
        Map<String, Object> past = pastTrade("2025-06-30", "2025-06-01");
        assertThatThrownBy(() -> complete(
                        "audit-programme", "task_weighInformation", otherwise(past, "newContractEnd", "2199-01-01")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("newContractEnd");
        complete("audit-programme", "task_weighInformation", past);
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();
        assertThat(nova("row")).isEqualTo("C");
        assertThat(nova("effectiveCessation")).as("the later of both").isEqualTo("2025-06-30");
        novaHearsOfItsLevel();
        novaAnswers("NO", "NO");
        assertThat(visits("end_recommendedSettled")).as("Luma carries both").isEqualTo(1);
        assertThat(nova("carrier1")).isEqualTo("NOBODY");
    }

    /** The harm began after its trade had ended: nothing is asked, nobody is told, and the link is known to the next news. */
    @Test
    @DisplayName("E22 New facts, also after closing: of whom the table asks nothing stays out of the case")
    void ofWhomTheTableAsksNothingStaysOutOfTheCase() throws Exception {
        recommendedAndAccepted();
        learned("Nova bought there, too, until 2024.");
        complete("audit-programme", "task_weighInformation", pastTrade("2024-06-30", "2024-06-01"));
        assertThat(visits("end_levelStands")).isEqualTo(1);
        assertThat(nova("level1")).isEqualTo("NONE");
        assertThat(nova("rule")).isNotEmpty();
        assertThat(sees("smelter-b")).isEmpty();
        assertThat(ofTheCase("smelters")).doesNotContain("org-nova");
    }

    /** E22: its facts were found without it; what it disproves counts, as at first. */
    @Test
    @DisplayName(
            "E22 New facts, also after closing: it may dispute the facts and has the level that the settled facts give")
    void itMayDisputeTheFactsAndHasTheLevelThatTheSettledFactsGive() throws Exception {
        recommendedAndAccepted();
        learned("Nova's lorry comes to the depot, too.");
        complete("audit-programme", "task_weighInformation", novaTrades());
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();
        assertThat(nova("level1")).isEqualTo("MANDATORY");
        complete(
                "smelter-b",
                "task_confirmFacts",
                Map.of(
                        "factsAnswer", "DISPUTED",
                        "disputedFacts", List.of("TRADE", "DETECTION"),
                        "disputeEvidence", "The lorry was sold in May. Audit report 12 is attached."));
        complete(
                "audit-programme",
                "task_settleFacts",
                Map.of(
                        "tradeOngoing", "NO",
                        "effectiveCessation", "2025-06-30",
                        "selfDetected", "YES",
                        "exposureDate", "2026-02-20",
                        "incidentFirst", "2025-01-10",
                        "incidentLatest", "2025-02-10",
                        "types", List.of("WAGE_VIOLATION"),
                        "affected", 2,
                        "factsReason", "The papers of the sale were seen."));
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        fireDueJobs();
        novaAnswers("NO", "YES");
        assertThat(nova("level1")).isEqualTo("RECOMMENDED");
        assertThat(nova("carrier1")).isEqualTo("NOBODY");
        assertThat(nova("carrier2")).isEqualTo("SMELTER");
        assertThat(sees("smelter-b")).as("no ladder").isEmpty();
    }

    private String nova(String name) throws Exception {
        return new ObjectMapper()
                .readTree(ofTheCase("responses"))
                .path("org-nova")
                .path(name)
                .asText();
    }
}
