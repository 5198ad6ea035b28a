package org.redress.oversight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator lets running cases go on by another version of their process. */
@SuppressWarnings("NullAway.Init")
class MigrationsTest extends ProcessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String NUMBER = "R-2026-9501";
    private static final String OTHER = "R-2026-9502";

    @Autowired
    private Migrations migrations;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void threeVersionsAndTwoCases() {
        deploy(task("waiting", "start", "f1") + end("waiting"));
        start("migration-probe", NUMBER, Map.of());
        start("migration-probe", OTHER, Map.of());
        // A second task, after the one that waits.
        deploy(task("waiting", "start", "f1") + task("second", "waiting", "f2") + end("second"));
        // The task that waits has another id.
        deploy(task("staying", "start", "f1") + end("staying"));
    }

    @AfterEach
    void theRecordsAreGone() {
        jdbc.sql("delete from case_migration where process = 'migration-probe'").update();
    }

    private void deploy(String elements) {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString(
                        "migration-probe.bpmn",
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="probe">
                          <process id="migration-probe" isExecutable="true" camunda:historyTimeToLive="P1D">
                            <startEvent id="start"/>%s
                          </process>
                        </definitions>
                        """
                                .formatted(elements)));
    }

    private static String task(String id, String after, String flow) {
        return "<sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\"/><userTask id=\"%s\" name=\"Wait\"/>"
                .formatted(flow, after, id, id);
    }

    private static String end(String after) {
        return "<sequenceFlow id=\"last\" sourceRef=\"%s\" targetRef=\"end\"/><endEvent id=\"end\"/>".formatted(after);
    }

    private HttpResponse<String> post(String user, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/migrations"))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode migrate(int to, @Nullable Boolean dryRun, String instructions) throws Exception {
        HttpResponse<String> answer = post(
                "admin",
                """
                {"caseNumbers": ["%s"], "process": "migration-probe", "fromVersion": 1, "toVersion": %d%s%s}
                """
                        .formatted(NUMBER, to, dryRun == null ? "" : ", \"dryRun\": " + dryRun, instructions));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private int version(String caseNumber) {
        String definition = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .singleResult()
                .getProcessDefinitionId();
        return repositoryService.getProcessDefinition(definition).getVersion();
    }

    private String waits(String caseNumber) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .singleResult()
                .getTaskDefinitionKey();
    }

    @Test
    void aDryRunSaysWhatWouldComeOfItAndChangesNothing() throws Exception {
        JsonNode tried = migrate(2, null, "");
        assertThat(tried.path("dryRun").asBoolean())
                .as("unless it says otherwise")
                .isTrue();
        assertThat(tried.path("cases").path(0).path("outcome").asText()).isEqualTo("WOULD_MIGRATE");
        assertThat(version(NUMBER)).isEqualTo(1);

        JsonNode refused = migrate(3, true, "");
        assertThat(refused.path("cases").path(0).path("outcome").asText()).isEqualTo("REFUSED");
        assertThat(refused.path("cases").path(0).path("errors").path(0).asText())
                .contains("waiting", "no migration instruction");
        assertThat(version(NUMBER)).isEqualTo(1);
        assertThat(waits(NUMBER)).isEqualTo("waiting");
    }

    @Test
    void aCaseThatCannotGoThereStays() throws Exception {
        assertThat(migrate(3, false, "").path("cases").path(0).path("outcome").asText())
                .isEqualTo("REFUSED");
        assertThat(version(NUMBER)).isEqualTo(1);
        JsonNode noSuchElement = migrate(3, false, ", \"instructions\": {\"waiting\": \"end\"}");
        assertThat(noSuchElement.path("cases").path(0).path("errors").path(0).asText())
                .startsWith("waiting: ");
    }

    @Test
    void aMigratedCaseGoesOnByTheNewVersionIsOnRecordAndIsNotMigratedTwice() throws Exception {
        assertThat(migrate(2, false, "").path("cases").path(0).path("outcome").asText())
                .isEqualTo("MIGRATED");
        assertThat(version(NUMBER)).isEqualTo(2);
        assertThat(version(OTHER)).as("a case that nobody named").isEqualTo(1);
        assertThat(migrate(2, false, "").path("cases").path(0).path("outcome").asText())
                .isEqualTo("NOTHING_TO_DO");
        taskService.complete(taskService
                .createTaskQuery()
                .processInstanceBusinessKey(NUMBER)
                .singleResult()
                .getId());
        assertThat(waits(NUMBER)).as("it goes on by the new version").isEqualTo("second");
    }

    @Test
    void anInstructionSaysWhereATaskOfAnotherIdGoesOn() throws Exception {
        String instruction = ", \"instructions\": {\"waiting\": \"staying\"}";
        assertThat(migrate(3, true, instruction)
                        .path("cases")
                        .path(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("WOULD_MIGRATE");
        assertThat(waits(NUMBER)).isEqualTo("waiting");
        assertThat(migrate(3, false, instruction)
                        .path("cases")
                        .path(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("MIGRATED");
        assertThat(waits(NUMBER)).isEqualTo("staying");
    }

    @Test
    void aCaseOfAnyProcessOfTheHouseCanGoOnByAVersionThatIsTheSame() {
        List<ProcessDefinition> all =
                repositoryService.createProcessDefinitionQuery().latestVersion().list();
        assertThat(all).hasSizeGreaterThan(15);
        for (ProcessDefinition each : all) {
            assertThat(migrations.run(
                            List.of("R-2026-9599"),
                            each.getKey(),
                            each.getVersion(),
                            each.getVersion(),
                            Map.of(),
                            true,
                            "admin"))
                    .as(each.getKey())
                    .containsExactly(
                            new Migrations.Result("R-2026-9599", Migrations.Outcome.NOTHING_TO_DO, 0, List.of()));
        }
    }

    @Test
    void aMigrationIsOnTheAuditTrailOfItsCase() throws Exception {
        migrate(2, true, "");
        assertThat(migrations.of(NUMBER)).isEmpty();
        migrate(2, false, "");
        assertThat(migrations.of(NUMBER)).singleElement().satisfies(line -> {
            assertThat(line.by()).isEqualTo("admin");
            assertThat(line.kind()).isEqualTo("MIGRATION");
            assertThat(line.facts()).containsEntry("process", "migration-probe").containsEntry("to", 2);
        });
    }

    @Test
    void nobodyButAnAdministratorMigratesAndAWishThatSaysTooLittleIsRefused() throws Exception {
        String wish =
                "{\"caseNumbers\":[\"%s\"],\"process\":\"migration-probe\",\"fromVersion\":1,\"toVersion\":2,\"dryRun\":false}"
                        .formatted(NUMBER);
        for (String user : List.of("smelter", "audit-programme", "overseer", "dpo", "partner")) {
            assertThat(post(user, wish).statusCode()).as(user).isEqualTo(403);
        }
        assertThat(post("nobody", wish).statusCode()).isEqualTo(401);
        assertThat(version(NUMBER)).isEqualTo(1);
        for (String faulty : List.of(
                "{}",
                wish.replace("[\"" + NUMBER + "\"]", "[]"),
                wish.replace("\"toVersion\":2", "\"toVersion\":9"),
                wish.replace("migration-probe", "no-such-process"))) {
            assertThat(post("admin", faulty).statusCode()).as(faulty).isEqualTo(400);
        }
    }
}
