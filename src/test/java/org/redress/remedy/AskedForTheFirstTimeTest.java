package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** E17, E22: by what is learned later, remedy is recommended to a smelter of which nothing was asked before. */
@SuppressWarnings("NullAway.Init")
class AskedForTheFirstTimeTest extends NewsArrives {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASKED = "task_answerHigherLevel";
    private static final String STEP_IN = "task_askDownstreamAgain";

    @Autowired
    private Parties parties;

    @Autowired
    private LessonLines lessonLines;

    @Test
    @DisplayName(
            "E17 A recommended level is declined: a smelter that is asked for the first time accepts and the plan is widened by it")
    void aSmelterThatIsAskedForTheFirstTimeAcceptsAndThePlanIsWidenedByIt() {
        onlyLevel2IsPlanned();
        remedyIsRecommendedToNova();
        for (String other : List.of("smelter", "downstream", "facilitator", "audit-programme", "vsc")) {
            assertThat(sees(other)).as(other).doesNotContain(ASKED);
        }
        Task asked = task("smelter-b", ASKED);
        assertThatThrownBy(() -> as("smelter").complete(asked, answer("YES", "YES")))
                .as("not another smelter")
                .isNotNull();
        assertThat(lettersTo("smelter", caseNumber))
                .as("to Nova, and nothing to Luma, of whom nothing more is asked")
                .containsOnlyOnce("level-asked-now")
                .doesNotContain("level-raised");
        assertThat(due("smelter-b", ASKED)).as("as for a first answer").isAfter(today().plusDays(13));
        assertThat(reads("smelter-b", ASKED)).contains("recommended", "you may decline");
        assertThat(shown("smelter-b", ASKED)).containsEntry("asks1", true).containsEntry("asks2", true);
        complete("smelter-b", ASKED, answer("YES", "NO"));
        assertThat(nova("carrier1")).isEqualTo("SMELTER");
        assertThat(nova("acceptsLevel2")).isEqualTo("NO");
        assertThat(nova("carrier2"))
                .as("Luma carries it, so nobody else is asked")
                .isEqualTo("NOBODY");
        assertThat(sees("downstream")).doesNotContain("task_askDownstreamAgain");
        assertThat(sees("audit-programme"))
                .as("no measures on what is recommended")
                .doesNotContain("task_takeMeasure");
        assertThat(ofTheCase("level1Planned")).isEqualTo("true");
        theRemedyIsWidened("smelter", "smelter-b");
        assertThat(visits("end_takenUpAndPlanned")).isEqualTo(1);
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("5500.0");
    }

    /** E17: reasons, downstream asked, on record as declined, lesson logged; the case goes on. */
    @Test
    @DisplayName(
            "E17 A recommended level is declined: what it declines is on record and the downstream company is asked")
    void whatItDeclinesIsOnRecordAndTheDownstreamCompanyIsAsked() {
        onlyLevel2IsPlanned();
        remedyIsRecommendedToNova();
        Map<String, Object> answer = answer("NO", "NO");
        Map<String, Object> withoutReason = new HashMap<>(answer);
        withoutReason.remove("declineReason");
        assertThatThrownBy(() -> complete("smelter-b", ASKED, withoutReason)).hasMessageContaining("declineReason");
        complete("smelter-b", ASKED, answer);
        assertThat(nova("declineReason")).isEqualTo("We bought there once, and long ago.");
        assertThat(lessons()).as("Luma's, and this").isEqualTo(2);
        for (String other : List.of("smelter", "smelter-b", "facilitator", "audit-programme")) {
            assertThat(sees(other)).as(other).doesNotContain("task_askDownstreamAgain");
        }
        assertThat(reads("downstream", "task_askDownstreamAgain")).contains("We bought there once");
        assertThat(shown("downstream", "task_askDownstreamAgain"))
                .containsEntry("leftToNobody1", true)
                .as("Luma carries it")
                .containsEntry("leftToNobody2", false);
        complete(
                "downstream",
                "task_askDownstreamAgain",
                Map.of("downstreamTakesUp1", "NO", "takeUpReason", "We have no contract with anybody there."));
        assertThat(visits("end_recommendedDeclined")).isEqualTo(1);
        assertThat(visits("task_beginLeverage")).isZero();
        assertThat(nova("carrier1")).isEqualTo("NOBODY");
        assertThat(state()).as("the case goes on with what is carried").isEqualTo("FUNDING");
    }

    /** E17: silence accepts nothing, as at first. */
    @Test
    @DisplayName("E17 A recommended level is declined: silence is no acceptance and the downstream company may step in")
    void silenceIsNoAcceptanceAndTheDownstreamCompanyMayStepIn() {
        onlyLevel2IsPlanned();
        remedyIsRecommendedToNova();
        travelThrough(due("smelter-b", ASKED).plusDays(1) + "T00:00:01Z");
        assertThat(nova("acceptsLevel1")).isEqualTo("NO_ANSWER");
        assertThat(reads("downstream", "task_askDownstreamAgain")).contains("nothing within its time");
        complete(
                "downstream",
                "task_askDownstreamAgain",
                Map.of("downstreamTakesUp1", "YES", "takeUpReason", "The people cannot wait for them."));
        assertThat(nova("carrier1")).isEqualTo("DOWNSTREAM");
        assertThat(sees("facilitator")).as("it is planned at once").contains("task_selectCoordinator");
    }

    /** E17: what the smelter takes up is planned, whatever the downstream company says of the rest. */
    @Test
    @DisplayName("E17 A recommended level is declined: what it takes up is planned though nobody takes up the rest")
    void whatItTakesUpIsPlannedThoughNobodyTakesUpTheRest() {
        onlyLevel2IsPlanned();
        nobodyCarriesLevel2AnyMore();
        remedyIsRecommendedToNova();
        complete("smelter-b", ASKED, answer("YES", "NO"));
        complete(
                "downstream",
                "task_askDownstreamAgain",
                Map.of("downstreamTakesUp2", "NO", "takeUpReason", "We have no contract with anybody there."));
        assertThat(nova("carrier2")).isEqualTo("NOBODY");
        assertThat(sees("facilitator")).contains("task_selectCoordinator");
    }

    /** E17: the question ends by its clock, and what it leaves is on record as for a refusal. */
    @Test
    @DisplayName("E17 A recommended level is declined: the downstream company that does not answer steps in for nobody")
    void theDownstreamCompanyThatDoesNotAnswerStepsInForNobody() {
        onlyLevel2IsPlanned();
        remedyIsRecommendedToNova();
        complete("smelter-b", ASKED, answer("NO", "NO"));
        Task question = task("downstream", STEP_IN);
        assertThat(nova("carrier1")).isEqualTo("NOBODY");
        travelThrough(due("downstream", STEP_IN).plusDays(1) + "T00:00:01Z");
        assertThat(sees("downstream")).doesNotContain(STEP_IN);
        assertThatThrownBy(() -> as("downstream")
                        .complete(
                                question,
                                Map.of("downstreamTakesUp1", "YES", "takeUpReason", "We were away, and do it now.")))
                .as("too late")
                .isNotNull();
        assertThat(visits("boundary_stepInUnanswered")).isEqualTo(1);
        assertThat(visits("end_recommendedDeclined")).isEqualTo(1);
        assertThat(nova("downstreamTakesUp1")).isEqualTo("NO_ANSWER");
        assertThat(nova("downstreamTakesUp2")).as("not asked about").isEmpty();
        assertThat(nova("carrier1")).isEqualTo("NOBODY");
        assertThat(lessons()).as("Luma's, and this").isEqualTo(2);
        assertThat(sees("facilitator")).doesNotContain("task_selectCoordinator");
    }

    /** E17: the company is asked once about the same news, and what it says holds for each smelter. */
    @Test
    @DisplayName("E17 A recommended level is declined: what two smelters decline the downstream company is asked once")
    void whatTwoSmeltersDeclineTheDownstreamCompanyIsAskedOnce() {
        onlyLevel2IsTakenUp();
        nothingWasAskedOfLuma();
        remedyIsRecommendedToNova();
        complete("smelter", ASKED, answer("NO", "NO"));
        assertThat(nova("carrier1")).isEqualTo("NOBODY");
        complete("smelter-b", ASKED, answer("NO", "YES"));
        assertThat(tasks("downstream", STEP_IN)).hasSize(1);
        assertThat(shown("downstream", STEP_IN))
                .containsEntry("leftToNobody1", true)
                .containsEntry("leftToNobody2", true);
        complete(
                "downstream",
                STEP_IN,
                Map.of(
                        "downstreamTakesUp1", "YES",
                        "downstreamTakesUp2", "NO",
                        "takeUpReason", "The people cannot wait for them."));
        assertThat(visits(STEP_IN)).isEqualTo(1);
        for (String smelter : List.of("org-luma", "org-nova")) {
            assertThat(duty(smelter, "carrier1")).as(smelter).isEqualTo("DOWNSTREAM");
        }
        assertThat(duty("org-luma", "carrier2")).isEqualTo("NOBODY");
        assertThat(nova("carrier2")).as("it has accepted it").isEqualTo("SMELTER");
        assertThat(variable(process("plan-remedy"), "level1Planned")).contains(true);
        assertThat(variable(process("plan-remedy"), "level2Planned")).contains(true);
    }

    /** E17: nor is it asked again when it has said no already. */
    @Test
    @DisplayName("E17 A recommended level is declined: whoever has said no to the same news is not asked again")
    void whoeverHasSaidNoToTheSameNewsIsNotAskedAgain() {
        onlyLevel2IsTakenUp();
        nothingWasAskedOfLuma();
        remedyIsRecommendedToNova();
        complete("smelter-b", ASKED, answer("NO", "NO"));
        complete(
                "downstream",
                STEP_IN,
                Map.of(
                        "downstreamTakesUp1", "NO",
                        "downstreamTakesUp2", "NO",
                        "takeUpReason", "We have no contract with anybody there."));
        complete("smelter", ASKED, answer("NO", "NO"));
        assertThat(sees("downstream")).doesNotContain(STEP_IN);
        assertThat(visits(STEP_IN)).isEqualTo(1);
        for (String smelter : List.of("org-luma", "org-nova")) {
            assertThat(duty(smelter, "carrier1")).as(smelter).isEqualTo("NOBODY");
            assertThat(duty(smelter, "downstreamTakesUp1")).as(smelter).isEqualTo("NO");
        }
        assertThat(lessons()).as("Luma's of step 2, and both of these").isEqualTo(3);
    }

    private void nothingWasAskedOfLuma() {
        for (ProcessInstance running : runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()) {
            Object value = runtimeService.getVariableLocal(running.getId(), "responses");
            if (value != null) {
                ObjectNode duties = (ObjectNode) read(value);
                ObjectNode luma = (ObjectNode) duties.get("org-luma");
                luma.remove(List.of("acceptsLevel1", "acceptsLevel2"));
                luma.put("level1", "NONE").put("level2", "NONE").put("row", "N");
                luma.put("carrier1", "NOT_ASKED").put("carrier2", "NOT_ASKED");
                runtimeService.setVariable(running.getId(), "responses", json(duties));
            }
        }
    }

    private void nobodyCarriesLevel2AnyMore() {
        String duties = ofTheCase("responses").replace("\"carrier2\":\"SMELTER\"", "\"carrier2\":\"NOBODY\"");
        runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .forEach(running -> runtimeService.setVariable(running.getId(), "responses", json(read(duties))));
    }

    @Test
    @DisplayName("E17 A recommended level is declined: a plan that is drawn up holds what is taken up meanwhile")
    void aPlanThatIsDrawnUpHoldsWhatIsTakenUpMeanwhile() {
        onlyLevel2IsTakenUp();
        assertThat(variable(process("plan-remedy"), "level1Planned")).contains(false);
        remedyIsRecommendedToNova();
        complete("smelter-b", ASKED, answer("YES", "YES"));
        assertThat(visits("end_recommendedSettled")).isEqualTo(1);
        assertThat(variable(process("plan-remedy"), "level1Planned")).contains(true);
        assertThat(ofTheCase("responses")).contains("\"carrier1\":\"SMELTER\"");
    }

    /** E16, E17: two pieces of news, two questions; an acceptance is not taken back by the answer to the older one. */
    @Test
    @DisplayName(
            "E17 A recommended level is declined: what becomes mandatory while the answer is awaited is asked anew")
    void whatBecomesMandatoryWhileTheAnswerIsAwaitedIsAskedAnew() {
        onlyLevel2IsTakenUp();
        remedyIsRecommendedToNova();
        learned("Passports of all workers lie in the office.");
        complete("audit-programme", "task_weighInformation", factsNow("FORCED_LABOUR", 12));
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        List<Task> questions = tasks("smelter-b", ASKED);
        assertThat(questions).hasSize(2);
        Task later = questions.stream()
                .filter(task -> reads(task).contains("**Level 1 mandatory**"))
                .findFirst()
                .orElseThrow();
        as("smelter-b").complete(later, answer("YES", "YES"));
        fireDueJobs();
        Map<String, Object> earlier = answer("NO", "NO");
        complete("smelter-b", ASKED, earlier);
        assertThat(nova("acceptsLevel1")).isEqualTo("YES");
        assertThat(nova("carrier1")).isEqualTo("SMELTER");
    }

    private String reads(Task task) {
        return String.valueOf(as("smelter-b").formVariables(task).get("level1")).equals("MANDATORY")
                ? "**Level 1 mandatory**"
                : "";
    }

    /** Nova's trade had ended before the harm began, as was thought; then something else is learned. */
    private void remedyIsRecommendedToNova() {
        parties.add(caseNumber, "smelter", "org-nova");
        for (ProcessInstance running : runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()) {
            known(running.getId(), "responses", duty());
            known(running.getId(), "links", link());
        }
        learned("Their lorry came until June.");
        Map<String, Object> news = otherwise(factsNow("WAGE_VIOLATION", 2), "linkSmelter", "org-nova");
        news.put("tradeOngoingNow", "NO");
        news.put("cessationNow", "2025-06-30");
        complete("audit-programme", "task_weighInformation", news);
        complete("audit-programme-2", "task_confirmRaise", Map.of("raiseAgreed", "YES"));
        fireDueJobs();
        assertThat(nova("level1")).isEqualTo("RECOMMENDED");
        assertThat(lettersTo("smelter", caseNumber)).doesNotContain("level-owed-now");
    }

    private void known(String instance, String variable, Map<String, Object> nova) {
        Object value = runtimeService.getVariableLocal(instance, variable);
        if (value != null) {
            ObjectNode entries = (ObjectNode) read(value);
            entries.set("org-nova", JSON.valueToTree(nova));
            runtimeService.setVariable(instance, variable, json(entries));
        }
    }

    private static Map<String, Object> link() {
        return Map.of(
                "tradeOngoing",
                false,
                "effectiveCessation",
                "2024-12-31",
                "selfDetected",
                true,
                "exposureDate",
                "2026-02-20");
    }

    private static Map<String, Object> duty() {
        Map<String, Object> duty = new HashMap<>(link());
        duty.putAll(Map.of(
                "name", "Nova Metals",
                "level1", "NONE",
                "level2", "NONE",
                "row", "N",
                "carrier1", "NOT_ASKED",
                "carrier2", "NOT_ASKED"));
        return duty;
    }

    private String nova(String name) {
        return duty("org-nova", name);
    }

    private String duty(String smelter, String name) {
        return read(ofTheCase("responses")).path(smelter).path(name).asText();
    }

    private long lessons() {
        return lessonLines.ofCase(caseNumber).stream()
                .filter(line -> "LEVEL_DECLINED".equals(line.get("kind")))
                .count();
    }

    private static JsonNode read(Object json) {
        try {
            return JSON.readTree(json.toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> answer(String level1, String level2) {
        Map<String, Object> answer = new HashMap<>(Map.of(
                "acceptsLevel1",
                level1,
                "acceptsLevel2",
                level2,
                "fundingIntention",
                level1.equals("YES") ? "ALL" : "NOTHING",
                "levelObjection",
                "NO"));
        if (level1.equals("NO") || level2.equals("NO")) {
            answer.put("declineReason", "We bought there once, and long ago.");
        }
        return answer;
    }
}
