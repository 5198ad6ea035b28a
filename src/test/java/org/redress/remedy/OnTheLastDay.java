package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;

/** Steps 1 and 2 of a scenario as scenarios/remedy.json counts their time: each step on its last day, in the afternoon. */
abstract class OnTheLastDay extends StoryTest {

    private static final LocalTime AFTERNOON = LocalTime.of(17, 0);

    void arrives(Scenario scenario) {
        arrives(scenario, Map.of());
    }

    /** The grievance comes in the morning; its receipt goes out on the last day for it. */
    void arrives(Scenario scenario, Map<String, ?> toldBesides) {
        receive(scenario.received() + "T09:30:00Z", Step1.with(scenario.grievance(), toldBesides));
        assertThat(clock("D01-target", "receivedAt")).isEqualTo(endOf(scenario.due("D01-target")));
        assertThat(clock("D01-hard", "receivedAt")).isEqualTo(endOf(scenario.due("D01-hard")));
        travelTo(afternoonOf(scenario.due("D01-target")));
        fireDueJobs();
        assertThat(dueAt("downstream", "task_screenCredibility")).isEqualTo(endOf(scenario.due("D03")));
        complete("protection", "task_safetyTriage", Step1.safe());
    }

    void theDossierGoesOut(Scenario scenario) {
        onItsLastDay("downstream", "task_screenCredibility", scenario.credibility());
        onItsLastDay("downstream", "task_screenActionability", scenario.actionability());
        assertThat(today()).isEqualTo(scenario.due("D03"));
        assertThat(clock("D04", ClockUtil.getCurrentTime())).isEqualTo(endOf(scenario.due("D04")));
        // The dossier goes out on the last day for it.
        travelTo(afternoonOf(scenario.due("D04")));
        fireDueJobs();
    }

    void theHarmIsInvestigated(Scenario scenario) {
        onItsLastDay("audit-programme", "task_openReview", Step1.review());
        assertThat(dueAt("audit-programme", "task_investigate")).isEqualTo(endOf(scenario.due("D06")));
        onItsLastDay("audit-programme", "task_investigate", scenario.investigation());
        assertThat(today()).isEqualTo(scenario.due("D06"));
    }

    void theHarmIsSubstantiated(Scenario scenario) {
        theDossierGoesOut(scenario);
        theHarmIsInvestigated(scenario);
        isSubstantiated(scenario);
    }

    void isSubstantiated(Scenario scenario) {
        onThisDay("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        onThisDay("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        onThisDay("audit-programme", "task_assessLink", scenario.link());
        fireDueJobs();
        assertThat(clock("D08", "acknowledgedAt")).isEqualTo(endOf(scenario.due("D08")));
        assertThat(day((Date) variable(caseId, "notifiedAt").orElseThrow())).isEqualTo(scenario.due("D04"));
        assertThat(clock("D06-max", "notifiedAt")).isEqualTo(endOf(scenario.due("D06-max")));
        assertThat(lettersTo("complainant", caseNumber))
                .containsExactly("receipt", "being-investigated", "substantiated-complainant");
    }

    void theLevelIsReviewed(Scenario scenario) {
        onItsLastDay("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
        fireDueJobs();
        assertThat(dueAt("audit-programme", "task_reviewLevel")).isEqualTo(endOf(scenario.due("D09")));
        asExpected(scenario);
        onItsLastDay("audit-programme", "task_reviewLevel", accepted());
        assertThat(today()).isEqualTo(scenario.due("D09"));
    }

    /** What the reviewer of the level is shown. */
    void asExpected(Scenario scenario) {
        JsonNode expected = scenario.expected();
        Map<String, Object> shown = shown("audit-programme", "task_reviewLevel");
        List<String> grounds = new ArrayList<>();
        expected.path("grounds").forEach(ground -> grounds.add("\"" + ground.asText() + "\""));
        assertThat(shown)
                .containsEntry(
                        "relationshipRule", expected.path("relationshipRule").asText())
                .containsEntry("tableLevel1", expected.path("level1").asText())
                .containsEntry("tableLevel2", expected.path("level2").asText())
                .containsEntry("row", expected.path("row").asText());
        String duty = task("audit-programme", "task_reviewLevel").getProcessInstanceId();
        assertThat(variable(duty, "linkStatus"))
                .contains(expected.path("status").asText());
        assertThat(variable(duty, "severe")).contains(expected.path("severe").asBoolean());
        assertThat(shown.get("recent"))
                .isEqualTo(
                        expected.path("recent").isNull()
                                ? null
                                : expected.path("recent").asBoolean());
        assertThat(shown("audit-programme", "task_reviewLevel", "grounds")).satisfies(found -> assertThat(
                        List.of(found.substring(1, found.length() - 1).split(",")))
                .filteredOn(ground -> !ground.isEmpty())
                .containsExactlyInAnyOrderElementsOf(grounds));
    }

    void theSmelterAnswers(String objects) {
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        Map<String, Object> answer = RemedyForms.answer("YES", "YES");
        answer.put("levelObjection", objects);
        if (objects.equals("YES")) {
            answer.put("levelObjectionReason", "We had decided to leave long before the press came.");
        }
        complete("smelter", "task_smelterResponse", answer);
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
    }

    /** The levels of the case, in which the remedy is planned now, are those that the scenario expects. */
    void remedyIsOwedAsExpected(Scenario scenario) {
        JsonNode expected = scenario.expected();
        assertThat(ofTheCase("level1")).isEqualTo(expected.path("level1").asText());
        assertThat(ofTheCase("level2")).isEqualTo(expected.path("level2").asText());
        assertThat(ofTheCase("row")).isEqualTo(expected.path("row").asText());
        assertThat(ofTheCase("responseOutcome")).isEqualTo("REMEDY_OWED");
        assertThat(state()).isEqualTo("PLANNING");
    }

    /** Done on the last day, and what it sets going waits. */
    void onItsLastDay(String user, String element, Map<String, ?> form) {
        travelTo(afternoonOf(due(user, element)));
        onThisDay(user, element, form);
    }

    void onThisDay(String user, String element, Map<String, ?> form) {
        Task task = task(user, element);
        actingAs(user, () -> {
            taskService.claim(task.getId(), user);
            formService.submitTaskForm(task.getId(), formValues(form));
            return task;
        });
    }

    static String afternoonOf(LocalDate day) {
        return day.atTime(AFTERNOON).toInstant(ZoneOffset.UTC).toString();
    }
}
