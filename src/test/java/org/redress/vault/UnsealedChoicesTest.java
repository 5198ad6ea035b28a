package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;

/** An administrator looks which shelter somebody was brought to, by all lists of variables; the process goes by it all the same. */
@SuppressWarnings("NullAway.Init")
class UnsealedChoicesTest extends ProcessTest {

    private static final String SHELTER = "org-harbour-shelter";

    private final List<String> grants = new ArrayList<>();

    @Autowired
    private AuthorizationService authorizationService;

    private Deployment probe;
    private String instance;
    private String task;

    @BeforeEach
    void aCase() {
        probe = repositoryService
                .createDeployment()
                .addModelInstance(
                        "choices-probe.bpmn",
                        Bpmn.createExecutableProcess("choices-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_wait")
                                .camundaCandidateGroups("protection")
                                .endEvent()
                                .done())
                .deploy();
        instance = start(
                        "choices-probe",
                        "R-2026-9417",
                        Map.of("provider", SHELTER, "safeHome", "KNOWN_UNSAFE", "householdPoor", true, "row", "B"))
                .getId();
        task = taskService
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    @AfterEach
    void undeploy() {
        repositoryService.deleteDeployment(probe.getId(), true);
        grants.forEach(authorizationService::deleteAuthorization);
    }

    private String read(String user, String path) throws Exception {
        String who = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/engine-rest" + path))
                                .header("Authorization", "Basic " + who)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** So that what an overseer is shown is the veil's doing, and not that they have no right to look. */
    private void letOverseersLook() {
        for (Map.Entry<Resources, List<Permission>> each : Map.of(
                        Resources.PROCESS_DEFINITION,
                        List.<Permission>of(
                                Permissions.READ,
                                Permissions.READ_INSTANCE,
                                Permissions.READ_TASK,
                                ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
                                ProcessDefinitionPermissions.READ_TASK_VARIABLE,
                                Permissions.READ_HISTORY,
                                ProcessDefinitionPermissions.READ_HISTORY_VARIABLE),
                        Resources.TASK,
                        List.<Permission>of(Permissions.READ, TaskPermissions.READ_VARIABLE),
                        Resources.PROCESS_INSTANCE,
                        List.<Permission>of(Permissions.READ))
                .entrySet()) {
            Authorization grant = authorizationService.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            grant.setUserId("overseer");
            grant.setResource(each.getKey());
            grant.setResourceId(Authorization.ANY);
            each.getValue().forEach(grant::addPermission);
            grants.add(authorizationService.saveAuthorization(grant).getId());
        }
    }

    @Test
    void administratorsAndOverseersSeeAMaskOverEachDoor() throws Exception {
        letOverseersLook();
        assertThat(read("overseer", "/history/variable-instance?processInstanceId=" + instance))
                .contains("provider", "\u2022\u2022\u2022", "\"B\"");
        for (String user : List.of("admin", "overseer")) {
            for (String path : List.of(
                    "/task/" + task + "/variables",
                    "/task/" + task + "/form-variables",
                    "/task/" + task + "/variables/provider",
                    "/process-instance/" + instance + "/variables",
                    "/process-instance/" + instance + "/variables?deserializeValues=false",
                    "/process-instance/" + instance + "/variables/safeHome",
                    "/execution/" + instance + "/localVariables",
                    "/variable-instance?processInstanceIdIn=" + instance,
                    "/history/variable-instance?processInstanceId=" + instance,
                    "/history/detail?processInstanceId=" + instance)) {
                assertThat(read(user, path)).as(user + path).doesNotContain(SHELTER, "KNOWN_UNSAFE");
            }
        }
        assertThat(read("admin", "/task/" + task + "/variables")).contains("\u2022\u2022\u2022", "\"B\"");
        assertThat(read("admin", "/task/" + task + "/variables"))
                .contains("\"householdPoor\":{\"type\":\"String\",\"value\":\"\u2022\u2022\u2022\"");
    }

    /** Nobody counts out to a company how many people were harmed where they are fewer than five (remedy.md C). */
    @Test
    void companiesReadNoSmallNumberOfPeople() {
        Set<String> smelter = Set.of("smelter", "org-luma");
        assertThat(SmallGroups.areHiddenFrom(smelter)).isTrue();
        assertThat(SmallGroups.areHiddenFrom(Set.of("downstream", "org-downstream")))
                .isTrue();
        assertThat(SmallGroups.areHiddenFrom(Set.of("smelter", "audit-programme")))
                .isFalse();
        assertThat(SmallGroups.areHiddenFrom(Set.of("smelter", "member", "partner")))
                .as("another role beside lifts nothing")
                .isTrue();
        assertThat(SmallGroups.areHiddenFrom(Set.of("vsc", "org-vsc"))).isFalse();
        assertThat(SmallGroups.veil(smelter, "affected", "3")).hasValue("fewer than 5");
        for (int few : new int[] {1, 4}) {
            assertThat(SmallGroups.veil(smelter, "affected", few)).hasValue("fewer than 5");
        }
        for (int told : new int[] {0, 5}) {
            assertThat(SmallGroups.veil(smelter, "affected", told)).isEmpty();
        }
        assertThat(SmallGroups.veil(smelter, "fundingShare", 3)).isEmpty();
        assertThat(SmallGroups.veil(smelter, "affectedEstimate", 2L)).hasValue("fewer than 5");
        assertThat(SmallGroups.veil(Set.of("downstream"), "affectedEstimate", 2L))
                .as("what it registered itself")
                .isEmpty();
    }

    /** By the door of whoever takes the answer to a completed task. */
    @Test
    void anAdministratorSeesTheMaskInReturnToo() throws Exception {
        String who = Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + port + "/engine-rest/task/" + task + "/complete"))
                                .header("Authorization", "Basic " + who)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"withVariablesInReturn\":true}"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(answer).contains("\u2022\u2022\u2022").doesNotContain(SHELTER, "KNOWN_UNSAFE");
    }

    @Test
    void theProcessGoesByThemAndWhoAlsoWorksOnCasesIsNoMereWatcher() {
        assertThat(runtimeService.getVariable(instance, "provider")).isEqualTo(SHELTER);
        assertThat(UnsealedChoices.areHiddenFrom(Set.of("camunda-admin"))).isTrue();
        assertThat(UnsealedChoices.areHiddenFrom(Set.of("overseer", "camunda-admin", "org-overseer")))
                .isTrue();
        assertThat(UnsealedChoices.areHiddenFrom(Set.of("camunda-admin", "vsc")))
                .isTrue();
        assertThat(UnsealedChoices.areHiddenFrom(Set.of("overseer", "vsc"))).isFalse();
        assertThat(UnsealedChoices.areHiddenFrom(Set.of("vsc", "org-vsc"))).isFalse();
    }
}
