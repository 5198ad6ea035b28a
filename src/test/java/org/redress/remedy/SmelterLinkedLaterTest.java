package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
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

    private static final String ASKED = "task_answerHigherLevel";

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

        assertThat(nova("level1")).isEqualTo("MANDATORY");
        assertThat(nova("row")).isEqualTo("A");
        assertThat(nova("levelOrigin")).isEqualTo("TABLE");
        assertThat(ofTheCase("links")).contains("org-nova");
        assertThat(ofTheCase("smelters")).contains("org-luma", "org-nova");
        assertThat(textsOfLetters(caseNumber, "level-decided"))
                .as("Luma's, and Nova's with its own level")
                .hasSize(2)
                .last()
                .asString()
                .contains("person who was harmed: mandatory");
        assertThat(lettersTo("complainant", caseNumber)).containsOnlyOnce("remedy-planned");
        for (String other : List.of("smelter", "downstream", "facilitator", "audit-programme", "vsc")) {
            assertThat(sees(other)).as(other).doesNotContain(ASKED);
        }
        Task asked = task("smelter-b", ASKED);
        assertThatThrownBy(() -> as("smelter").complete(asked, refusal()))
                .as("not another smelter")
                .isNotNull();
        assertThat(reads("smelter-b", ASKED)).contains("your company is linked to this incident");
        complete("smelter-b", ASKED, refusal());
        fireDueJobs();
        assertThat(sees("smelter-b")).containsExactly("task_acceptAfterAll");
        assertThat(sees("smelter")).doesNotContain("task_acceptAfterAll");
        assertThat(nova("carrier1")).isEqualTo("OWED");

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
        Map<String, Object> declined = refusal();
        declined.put("acceptsLevel2", "NO");
        complete("smelter-b", ASKED, declined);
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

    private static Map<String, Object> refusal() {
        return new HashMap<>(Map.of(
                "acceptsLevel1", "NO",
                "acceptsLevel2", "NO",
                "declineReason", "We were never at that depot.",
                "fundingIntention", "NOTHING",
                "levelObjection", "NO"));
    }

    private String nova(String name) throws Exception {
        return new ObjectMapper()
                .readTree(ofTheCase("responses"))
                .path("org-nova")
                .path(name)
                .asText();
    }
}
