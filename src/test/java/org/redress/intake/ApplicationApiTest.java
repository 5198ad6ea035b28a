package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;

/** {@code POST /api/applications}, through the whole product to the Secretariat's first task. */
class ApplicationApiTest extends ProcessTest {

    private static final String COMPANY =
            """
            {"applicantName": "Endeavour", "applicantType": "COMPANY", "sector": "EXTRACTION", "targetStatus": "ENGAGED",
             "applicantContact": "Head of security, by letter",
             "applicationStatement": "The board has adopted a policy and names a contact."}
            """;

    @Test
    void anApplicationBeginsACaseOnceAndTheSecretariatChecksIt() {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> filed = post("partner", key, COMPANY);
        assertThat(filed.statusCode()).isEqualTo(201);
        String number = JsonPath.parse(filed.body()).read("$.caseNumber");
        assertThat(number).startsWith("M-2026-");
        assertThat(filed.headers().firstValue("Location")).contains("/api/applications/" + number);
        assertThat(as("secretariat").tasksOf(number)).containsExactly("task_checkCompleteness");
        assertThat(as("secretariat").formVariables(as("secretariat").task("task_checkCompleteness")))
                .containsEntry("applicantName", "Endeavour")
                .containsEntry("cycle", "2026-spring");
        assertThat(as("smelter").tasksOf(number)).isEmpty();

        HttpResponse<String> again = post("partner", key, COMPANY);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(filed.body());
        assertThat(post("partner", key, COMPANY.replace("Endeavour", "Somebody else"))
                        .statusCode())
                .isEqualTo(422);

        assertThat(get("partner", "/api/applications/" + number).body())
                .contains("RECEIVED")
                .doesNotContain("by letter", "policy", "view");
        assertThat(get("partner", "/api/grievances/" + number).statusCode())
                .as("it is no grievance")
                .isEqualTo(404);
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingOfItIsRepeated() {
        HttpResponse<String> refused = post(
                "partner",
                UUID.randomUUID().toString(),
                """
                {"applicantName": "", "applicantType": "COMPANY", "purpose": "OTHER", "targetStatus": "FULL",
                 "applicantContact": "Secret person", "surprise": 1}
                """);
        assertThat(refused.statusCode()).isEqualTo(400);
        List<String> pointers = JsonPath.parse(refused.body()).read("$.errors[*].pointer");
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/applicantName", "/sector", "/purpose", "/targetStatus", "/applicationStatement", "/surprise");
        assertThat(refused.body()).doesNotContain("Secret person");
        assertThat(post("partner", "key-3", COMPANY.replace("ENGAGED", "OBSERVER"))
                        .body())
                .contains("/targetStatus", "ENGAGED for everybody else");
    }

    @Test
    void anApplicationIsWithdrawnOnceByWhoFiledIt() {
        String number = JsonPath.parse(
                        post("partner", UUID.randomUUID().toString(), COMPANY).body())
                .read("$.caseNumber");
        String path = "/api/applications/" + number;
        assertThat(tell("smelter", path + "/withdrawal").statusCode()).isEqualTo(403);
        assertThat(tell("partner", path.replace("M-2026-", "M-2025-") + "/withdrawal")
                        .statusCode())
                .isEqualTo(404);
        assertThat(tell("partner", path + "/full-membership").statusCode())
                .as("it is no member yet")
                .isEqualTo(409);
        String instance = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        runtimeService.setVariable(instance, "caseState", "ENGAGED");
        assertThat(tell("partner", path + "/withdrawal").statusCode())
                .as("a member leaves where somebody confirms it")
                .isEqualTo(409);
        runtimeService.setVariable(instance, "caseState", "RECEIVED");
        assertThat(tell("partner", path + "/withdrawal").statusCode()).isEqualTo(204);
        assertThat(get("partner", path).body()).contains("WITHDRAWN");
        assertThat(as("secretariat").tasksOf(number)).isEmpty();
        assertThat(tell("partner", path + "/withdrawal").statusCode()).isEqualTo(409);
    }

    @Test
    void whoMayNotFileIsRefused() {
        assertThat(post("smelter", "a-key", COMPANY).statusCode()).isEqualTo(403);
        assertThat(post("member", "a-key", COMPANY).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> post(String user, String key, String body) {
        return new PartnerCalls(port).file(user, "/api/applications", key, body);
    }

    private HttpResponse<String> tell(String user, String path) {
        return new PartnerCalls(port).tell(user, path);
    }

    private HttpResponse<String> get(String user, String path) {
        return new PartnerCalls(port).get(user, path);
    }
}
