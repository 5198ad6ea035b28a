package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;

/** {@code POST /api/concerns}, through the whole product to the first task of the review. */
class ConcernApiTest extends ProcessTest {

    private static final String CONCERN =
            """
            {"concernAbout": "A mine at the lake", "concernCriterion": "LACK_OF_EFFORT", "dialogueTried": "NO",
             "concernNarrative": "Guards fired at people at the gate.", "accessBarriers": ["FEAR"]}
            """;

    @Test
    void aConcernBeginsACaseOnceAndTheSecretariatRegistersWhoIsLeftOut() {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> filed = post("partner", key, CONCERN);
        assertThat(filed.statusCode()).isEqualTo(201);
        String number = JsonPath.parse(filed.body()).read("$.caseNumber");
        assertThat(number).startsWith("C-2026-");
        assertThat(as("secretariat").tasksOf(number)).containsExactly("task_registerConcern");
        for (String user : List.of("member", "member-ngo", "steering-committee", "smelter")) {
            assertThat(as(user).tasksOf(number)).as(user).isEmpty();
        }
        assertThat(post("partner", key, CONCERN).body()).isEqualTo(filed.body());
        assertThat(get("partner", "/api/concerns/" + number).body()).doesNotContain("Guards", "lake");
        assertThat(get("partner", "/api/applications/" + number).statusCode()).isEqualTo(404);
        assertThat(tell("partner", "/api/concerns/" + number + "/withdrawal").statusCode())
                .isEqualTo(204);
        assertThat(as("secretariat").tasksOf(number)).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingOfItIsRepeated() {
        HttpResponse<String> refused = post(
                "partner",
                UUID.randomUUID().toString(),
                """
                {"raisingMember": "org-x1", "concernedMember": "org-x1", "concernAbout": "Secret place",
                 "concernCriterion": "SPITE", "concernNarrative": "", "accessBarriers": ["FEAR", "FEAR"]}
                """);
        assertThat(refused.statusCode()).isEqualTo(400);
        List<String> pointers = JsonPath.parse(refused.body()).read("$.errors[*].pointer");
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/concernedMember",
                        "/concernCriterion",
                        "/dialogueTried",
                        "/concernNarrative",
                        "/accessBarriers");
        assertThat(refused.body()).doesNotContain("Secret place");
        assertThat(post(
                                "partner",
                                "key-2",
                                CONCERN.replace(
                                        "{\"concernAbout\"", "{\"raisingMember\": \"Somebody\", \"concernAbout\""))
                        .body())
                .contains("/raisingMember")
                .doesNotContain("Somebody");
    }

    @Test
    void whoMayNotFileIsRefused() {
        assertThat(post("smelter", "a-key", CONCERN).statusCode()).isEqualTo(403);
        assertThat(post("member", "a-key", CONCERN).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> post(String user, String key, String body) {
        return new PartnerCalls(port).file(user, "/api/concerns", key, body);
    }

    private HttpResponse<String> tell(String user, String path) {
        return new PartnerCalls(port).tell(user, path);
    }

    private HttpResponse<String> get(String user, String path) {
        return new PartnerCalls(port).get(user, path);
    }
}
