package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;

/** D27: data about people are lost or reach the wrong ones, and people ask what is kept about them (remedy.md A.7). */
class DataIncidentTest extends StoryTest {

    private static final String NOTE = "The list of the people at the shelter went to a hotel by mistake.";

    private final Scenario scenario = Scenario.of("S06");

    @Test
    void theAuthorityAndThePeopleAreToldWithinThreeDaysOfKnowing() {
        received();
        String incident = begun("downstream", "data-incident", noticed());
        Task assessing = task("dpo", "task_assessDataIncident");
        assertThat(assessing.getDueDate().toInstant()).hasToString("2026-03-07T22:10:00Z");
        assertThat(shown("dpo", "task_assessDataIncident", "incidentNote")).isEqualTo(NOTE);
        assertThatThrownBy(() -> as("downstream").complete(assessing, assessed("HIGH", "NO")))
                .isInstanceOf(RuntimeException.class);

        travelTo("2026-03-07T10:00:00Z");
        complete("dpo", "task_assessDataIncident", assessed("HIGH", "NO"));
        for (String telling : List.of("task_tellAuthority", "task_tellThePeople")) {
            assertThat(task("dpo", telling).getDueDate().toInstant())
                    .as("72 hours after the house knew, over the weekend")
                    .hasToString("2026-03-09T22:10:00Z");
        }
        assertThatThrownBy(() -> complete("dpo", "task_tellAuthority", told("2026-04-01")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("authorityToldOn");
        complete("dpo", "task_tellAuthority", told("2026-03-07"));
        complete(
                "dpo",
                "task_tellThePeople",
                Map.of("peopleTold", "SOME", "peopleToldNote", "Their coordinator told two of them face to face."));
        assertThat(endOf(incident)).isEqualTo("end_incidentAnswered");
        assertThat(sees("protection")).doesNotContain("task_assessDanger");
    }

    @Test
    void whoeverIsInDangerThroughItIsBroughtToSafetyFirst() {
        received();
        String incident = begun("protection", "data-incident", noticed());
        complete("dpo", "task_assessDataIncident", assessed("RISK", "YES"));
        fireDueJobs();
        assertThat(sees("protection")).contains("task_assessDanger");
        assertThat(sees("dpo")).contains("task_tellAuthority").doesNotContain("task_tellThePeople");
        complete(
                "dpo",
                "task_tellAuthority",
                Map.of("authorityTold", "NOT_OWED", "authorityNote", "The law of the country has no such duty."));
        assertThat(endOf(incident)).isEqualTo("end_incidentAnswered");
    }

    @Test
    void anIncidentWithoutRiskIsOnRecord() {
        received();
        String incident = begun("audit-programme", "data-incident", noticed());
        complete("dpo", "task_assessDataIncident", assessed("NONE", "NO"));
        assertThat(endOf(incident)).isEqualTo("end_noNoticeOwed");
    }

    @Test
    void aPersonIsAnsweredWithinAMonth() {
        received();
        String request = begun(
                "audit-programme",
                "answer-data-request",
                Map.of(
                        "caseNumber",
                        " " + caseNumber.toLowerCase(Locale.ROOT),
                        "requestFrom",
                        "COMPLAINANT",
                        "requestKind",
                        "ACCESS",
                        "requestNote",
                        "They want to read what was written; they may be called after dark."));
        Task answering = task("dpo", "task_answerDataRequest");
        assertThat(answering.getDueDate().toInstant()).hasToString("2026-04-06T23:59:59Z");
        assertThat(shown("dpo", "task_answerDataRequest", "requestNote"))
                .isEqualTo("They want to read what was written; they may be called after dark.");
        Map<String, Object> answer = Map.of(
                "requestOutcome",
                "GRANTED",
                "requestAnsweredOn",
                "2026-03-06",
                "requestReason",
                "They were read to what they had told, at the place that they chose.");
        assertThatThrownBy(() -> as("audit-programme").complete(answering, answer))
                .isInstanceOf(RuntimeException.class);
        complete("dpo", "task_answerDataRequest", answer);
        assertThat(endOf(request)).isEqualTo("end_dataRequestAnswered");
    }

    @Test
    void nobodyTellsOfACaseThatIsNotTheirs() {
        received();
        for (String other : List.of("smelter-b", "facilitator", "vsc", "provider")) {
            assertThatThrownBy(() -> begun(other, "data-incident", noticed()))
                    .as(other)
                    .hasMessageContaining("you have no such case");
        }
        for (String other : List.of("member", "overseer")) {
            assertThatThrownBy(() -> begun(other, "data-incident", noticed()))
                    .as(other)
                    .isInstanceOf(AuthorizationException.class);
        }
    }

    private void received() {
        receive("2026-03-06T22:10:00Z", scenario.grievance());
        fireDueJobs();
    }

    private Map<String, Object> noticed() {
        return Map.of("caseNumber", caseNumber, "incidentKind", "WRONG_RECIPIENT", "incidentNote", NOTE);
    }

    private static Map<String, Object> assessed(String risk, String danger) {
        return Map.of(
                "leakStopped",
                "YES",
                "peopleInDanger",
                danger,
                "peopleConcerned",
                4,
                "riskToPeople",
                risk,
                "incidentReason",
                "The hotel has sent it back unopened, as it says.");
    }

    private static Map<String, Object> told(String day) {
        Map<String, Object> told = new HashMap<>();
        told.put("authorityTold", "YES");
        told.put("authorityToldOn", day);
        told.put("authorityNote", "Told by its form, number 4711.");
        return told;
    }

    private String begun(String user, String process, Map<String, Object> values) {
        return startByForm(user, process, values).getId();
    }
}
