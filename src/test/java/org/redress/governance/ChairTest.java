package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.governance.Term.Office;

/** The chair is a government, and its tasks are those of the people of this government alone. */
@SuppressWarnings("NullAway.Init")
class ChairTest extends CalendarTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GOVERNMENT = "org-member-gov";
    private static final String OSTRENIA = "org-ostrenia";

    @BeforeEach
    void twoGovernmentsHavePeopleWithTheRole() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "chair-probe.bpmn",
                        Bpmn.createExecutableProcess("chair-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("preside")
                                .camundaCandidateGroups("${committee.presiding(out)}")
                                .endEvent()
                                .done()));
        admit(GOVERNMENT, "government", "FULL");
        admit(OSTRENIA, "government", "FULL");
        User ostrenia = identityService.newUser("ostrenia");
        ostrenia.setPassword("ostrenia");
        identityService.saveUser(ostrenia);
        for (String group : List.of("government-chair", OSTRENIA)) {
            identityService.createMembership("ostrenia", group);
        }
    }

    @AfterEach
    void nothingStays() {
        identityService.deleteUser("ostrenia");
    }

    private void begin(String... out) {
        start("chair-probe", "C-2026-0001", Map.of("out", List.of(out)));
    }

    @Test
    void onlyTheGovernmentThatHoldsTheChairPresides() {
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", null);
        begin(OSTRENIA);
        Task task = as("government-chair").task("preside");
        for (String stranger : List.of("ostrenia", "member-gov", "steering-committee", "secretariat")) {
            assertThat(as(stranger).sees("preside")).as(stranger).isFalse();
            assertThatThrownBy(() -> as(stranger).complete(task, Map.of()))
                    .as(stranger)
                    .isInstanceOf(AuthorizationException.class);
        }
        as("government-chair").complete(task, Map.of());
    }

    @Test
    void nobodyPresidesInItsOwnCase() {
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", null);
        begin(GOVERNMENT);
        assertThat(as("government-chair").sees("preside")).isFalse();
        as("secretariat").complete("preside", Map.of());
    }

    @Test
    void whileNobodyHoldsTheChairTheSecretariatPresides() {
        give(Office.CHAIR, GOVERNMENT, "2026-03-01", null);
        begin();
        assertThat(as("government-chair").sees("preside")).as("not yet").isFalse();
        as("secretariat").complete("preside", Map.of());
    }

    @Test
    void whoeverIsInactiveHoldsNoChair() {
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", null);
        roster.changeStatus(GOVERNMENT, "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        assertThat(committee.chair()).isEmpty();
        assertThat(committee.presiding(null)).isEqualTo("secretariat");
        roster.reinstate(GOVERNMENT, "M-2026-0001", "CURED");
        assertThat(committee.presiding(null)).isEqualTo("government-chair.org-member-gov");
    }

    /** A chair whose people have no account would leave the task to nobody; an account alone follows with the day. */
    @Test
    void whileNobodyOfTheChairHasAnAccountTheSecretariatPresides() {
        identityService.deleteMembership("ostrenia", "government-chair");
        give(Office.CHAIR, OSTRENIA, "2026-01-01", null);
        assertThat(committee.chair()).isEqualTo(OSTRENIA);
        assertThat(committee.presiding(null)).isEqualTo("secretariat");
        identityService.createMembership("ostrenia", "government-chair");
        assertThat(committee.presiding(null)).isEqualTo("government-chair.org-ostrenia");
    }

    @Test
    void theRoleOfTheChairInAnotherOrganisationOpensNothingOverRest() throws Exception {
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", null);
        begin();
        String task = as("government-chair").task("preside").getId();
        String path = "/engine-rest/task/" + task;

        assertThat(rest("ostrenia", "/engine-rest/task?taskDefinitionKey=preside", null)
                        .body())
                .isEqualTo("[]");
        assertThat(rest("ostrenia", "/engine-rest/task/count?taskDefinitionKey=preside", null)
                        .body())
                .isEqualTo("{\"count\":0}");
        List<Integer> refused = new ArrayList<>();
        for (String read : List.of("", "/form-variables", "/variables", "/identity-links")) {
            refused.add(rest("ostrenia", path + read, null).statusCode());
        }
        refused.add(
                rest("ostrenia", path + "/claim", "{\"userId\":\"ostrenia\"}").statusCode());
        refused.add(
                rest("ostrenia", path + "/submit-form", "{\"variables\":{}}").statusCode());
        refused.add(rest("ostrenia", path + "/complete", "{}").statusCode());
        refused.add(rest(
                        "ostrenia",
                        path + "/identity-links",
                        "{\"groupId\":\"government-chair.org-ostrenia\",\"type\":\"candidate\"}")
                .statusCode());
        assertThat(refused).containsOnly(403);
        assertThat(as("government-chair").task("preside").getAssignee()).isNull();

        assertThat(rest("government-chair", path + "/claim", "{\"userId\":\"government-chair\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(rest("government-chair", path + "/complete", "{}").statusCode())
                .isEqualTo(204);
    }

    private HttpResponse<String> rest(String user, String path, @Nullable String body)
            throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json");
        return HTTP.send(
                (body == null ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
