package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file comes back with the name and type that it was sent with: a page with script, named like a path. */
@SuppressWarnings("NullAway.Init")
class StoredFilesTest extends AttackTest {

    private static final String PAGE = "<script>alert(document.domain)</script>";

    private String instance;

    @BeforeEach
    void aCase() {
        instance = newCase();
    }

    @Test
    void aFileIsSavedAndNeverShown() {
        onTheBareEngine().deploy("/engine-rest", "files.bpmn", model("files", "", "", ""));
        String onBare = onTheBareEngine()
                .post("/engine-rest/process-definition/key/files/start", "{}")
                .body()
                .replaceAll(".*\"id\":\"([^\"]+)\",\"definitionId.*", "$1");
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("data;filename=\"../../etc/evil.html\";type=text/html", PAGE);
        parts.put("valueType", "File");
        String path = "/engine-rest/process-instance/%s/variables/page/data";
        onTheBareEngine().multipart(path.formatted(onBare), parts);
        HttpResponse<String> bare = onTheBareEngine().get(path.formatted(onBare));
        assertThat(header(bare, "Content-Type")).startsWith("text/html");
        assertThat(header(bare, "Content-Disposition")).contains("../../etc/evil.html");
        assertThat(header(bare, "X-Content-Type-Options")).isEmpty();

        runtimeService.setVariable(
                instance,
                "page",
                Variables.fileValue("../../etc/evil.html")
                        .mimeType("text/html")
                        .file(PAGE.getBytes(StandardCharsets.UTF_8))
                        .create());
        Caller inBrowser = asNobody();
        inBrowser.signIn("cockpit", "admin", "admin");
        for (HttpResponse<String> answer : List.of(
                signedInAs("admin").get(path.formatted(instance)),
                inBrowser.get(
                        "/camunda/api/engine/engine/default/process-instance/" + instance + "/variables/page/data"))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).contains("sandbox");
        }
        assertThat(header(signedInAs("admin").get(path.formatted(instance)), "Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("allow-scripts");
    }

    @Test
    void aCaseRolePutsNoFileIntoACase() {
        String task = as("protection").task("task_safetyTriage").getId();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("data;filename=\"evil.html\";type=text/html", PAGE);
        parts.put("valueType", "File");
        HttpResponse<String> answer =
                signedInAs("protection").multipart("/engine-rest/task/" + task + "/variables/page/data", parts);
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
        assertThat(variable(instance, "page")).isEmpty();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
