package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.Reference;
import org.redress.engine.StartedCase;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code POST /api/grievances/{caseNumber}/events}, through the whole product to protection's list. */
@SuppressWarnings("NullAway.Init")
class CaseEventApiTest extends ProcessTest {

    private static final String DANGER =
            """
            {"eventKind": "SOMEBODY_IN_DANGER", "eventNote": "Still in the camp, and ill."}
            """;

    @Autowired
    private Cases cases;

    private String number;

    @BeforeEach
    void aPartnerFiledAGrievance() {
        HttpResponse<String> filed = new PartnerCalls(port)
                .file(
                        "partner",
                        "/api/grievances",
                        key(),
                        """
                        {"channel": "PARTNER_SYSTEM", "reporterType": "NGO", "anonymous": false, "language": "en",
                         "whatHappened": "A boy is held in a camp.", "where": {"country": "CD"}, "ongoing": "UNKNOWN",
                         "exploitationTypes": ["FORCED_LABOUR"], "childrenInvolved": true,
                         "fearOfRetaliation": "LOW", "consentToShareIdentity": "NONE"}
                        """);
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        number = JsonPath.parse(filed.body()).read("$.caseNumber");
        fireDueJobs();
    }

    @Test
    @DisplayName("E04 Exploitation goes on: danger reaches protection once however often it is sent")
    void dangerReachesProtectionOnceHoweverOftenItIsSent() {
        String key = key();
        HttpResponse<String> told = report("partner", number, key, DANGER);
        assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
        assertThat(told.body()).contains(number).doesNotContain("camp", "ill");
        assertThat(report("partner", number, key, DANGER).statusCode()).isEqualTo(202);
        fireDueJobs();
        assertThat(as("protection").tasksOf(number)).containsExactly("task_assessDanger", "task_safetyTriage");
        assertThat(as("protection").formVariables(as("protection").task("task_assessDanger")))
                .containsEntry("eventNote", "Still in the camp, and ill.");
        assertThat(report("admin", number, key(), DANGER).statusCode()).isEqualTo(202);
        fireDueJobs();
        assertThat(as("protection").tasksOf(number)).contains("task_takeInReport");
    }

    @Test
    void whoFiledAnotherCaseOrIsNoPartnerTellsNothing() {
        StartedCase another = cases.start(
                "grievance-received",
                Map.of(
                        "ongoing", "NO",
                        "childrenInvolved", false,
                        "fearOfRetaliation", "NONE",
                        "whereCountry", "CD",
                        "language", "en"));
        assertThat(report("partner", another.caseNumber(), key(), DANGER).statusCode())
                .isEqualTo(404);
        assertThat(report("partner", "R-2026-9999", key(), DANGER).statusCode()).isEqualTo(404);
        for (String user : List.of("smelter", "protection", "vsc", "overseer")) {
            assertThat(report(user, number, key(), DANGER).statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        String key = key();
        assertThat(report("admin", number, key, DANGER).statusCode()).isEqualTo(202);
        assertThat(report("admin", another.caseNumber(), key, DANGER).statusCode())
                .as("the key belongs to the other case")
                .isEqualTo(422);
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingOfItIsRepeated() {
        HttpResponse<String> refused = report(
                "partner", number, key(), "{\"eventKind\": \"RUMOUR\", \"eventNote\": \"\", \"who\": \"Secret\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        List<String> pointers = JsonPath.parse(refused.body()).read("$.errors[*].pointer");
        assertThat(pointers).containsExactlyInAnyOrder("/eventKind", "/eventNote", "/who");
        assertThat(refused.body()).doesNotContain("Secret");
    }

    /** E06, E22 and the withdrawal of a complaint. */
    @Test
    @DisplayName("E06 More people are found: more is told to the case itself")
    void moreIsToldToTheCaseItself() {
        HttpResponse<String> refused = report("partner", number, key(), "{\"eventKind\": \"MORE_PEOPLE\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JsonPath.parse(refused.body()).<List<String>>read("$.errors[*].pointer"))
                .containsExactly("/moreFound");
        assertThat(report("partner", number, key(), "{\"eventKind\": \"NEW_INFORMATION\"}")
                        .body())
                .contains("/newInformation");

        told(
                "{\"eventKind\": \"MORE_PEOPLE\", \"moreFound\": 3, \"childrenFound\": 1, \"newInformation\": \"In the next tent.\"}");
        assertThat(lettersTo("protection", number)).endsWith("more-victims");
        told("{\"eventKind\": \"NEW_INFORMATION\", \"newInformation\": \"It goes on at night.\"}");
        assertThat(runtimeService
                        .createVariableInstanceQuery()
                        .variableName("newInformation")
                        .processInstanceIdIn(theCase())
                        .list())
                .extracting(VariableInstance::getValue)
                .as("kept in the vault")
                .allSatisfy(value -> assertThat(Reference.is(value)).isTrue())
                .hasSize(1);
        told("{\"eventKind\": \"COMPLAINT_WITHDRAWN\", \"eventNote\": \"By telephone.\"}");
        assertThat(as("protection").tasksOf(number)).containsExactly("task_hearWithdrawal", "task_safetyTriage");
        assertThat(as("protection").formVariables(as("protection").task("task_hearWithdrawal")))
                .containsEntry("eventNote", "By telephone.");
    }

    private String theCase() {
        return runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number, "remedy-case")
                .singleResult()
                .getId();
    }

    private void told(String event) {
        assertThat(report("partner", number, key(), event).statusCode()).isEqualTo(202);
        fireDueJobs();
    }

    private HttpResponse<String> report(String user, String caseNumber, String key, String body) {
        return new PartnerCalls(port).file(user, "/api/grievances/" + caseNumber + "/events", key, body);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
