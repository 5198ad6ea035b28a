package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** By which name a request is on the access trail. */
class AccessRoutesTest {

    /** What the house has shut for everybody, and what is no data. */
    private static final Pattern NOT_READ = Pattern.compile(
            ".*(/static/|/tenant|/case-(definition|execution|instance)|/history/case-|/optimize|/schema/|/telemetry|wadl).*");

    @Test
    void everyRouteThatTheEngineReadsByIsOnTheList() throws Exception {
        Set<String> known = Files.readAllLines(Path.of("docs/access/routes.csv")).stream()
                .map(line -> line.split(",", -1))
                .filter(line -> line[1].equals("GET"))
                .filter(line -> line[0].startsWith("/engine-rest/") || line[0].startsWith("/camunda/api/"))
                .filter(line -> !NOT_READ.matcher(line[0]).matches())
                .map(line -> "GET " + line[0].replaceFirst("^/engine-rest", ""))
                .collect(Collectors.toSet());
        assertThat(known).hasSizeGreaterThan(150);
        assertThat(AccessRoutes.listed()).containsAll(known);
    }

    @Test
    void noIdAndNoNameOfACallerIsInARoute() {
        assertThat(route("GET", "/engine-rest/user/anna/profile")).isEqualTo("GET /engine-rest/user/{id}/profile anna");
        assertThat(route("GET", "/engine-rest/engine/default/task/4711/variables/whatHappened"))
                .isEqualTo("GET /engine-rest/task/{id}/variables/{varName} 4711");
        assertThat(route("HEAD", "/camunda/api/engine/engine/default/task/count"))
                .isEqualTo("GET /camunda/api/engine/task/count null");
        assertThat(route(
                        "GET",
                        "/camunda/api/cockpit/plugin/base/default/process-instance/4711/called-process-instances"))
                .isEqualTo(
                        "GET /camunda/api/cockpit/plugin/base/{engine}/process-instance/{id}/called-process-instances 4711");
        assertThat(route("GET", "/engine-rest/anna/of/the/depot")).isEqualTo("GET /engine-rest/** null");
        assertThat(route("POST", "/engine-rest/task")).isEqualTo("POST /engine-rest/task null");
    }

    @Test
    void whatChangesSomethingOrIsNoDataIsNoReading() {
        assertThat(route("POST", "/engine-rest/task/4711/complete")).isEmpty();
        assertThat(route("PUT", "/engine-rest/task/4711/variables/urgency")).isEmpty();
        assertThat(route("GET", "/camunda/api/cockpit/plugin/base/static/app/plugin.js"))
                .isEmpty();
        assertThat(route("GET", "/camunda/app/tasklist/default/")).isEmpty();
        assertThat(route("GET", "/actuator/health")).isEmpty();
    }

    private static String route(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        return new AccessRoutes()
                .of(request)
                .map(read -> read.pattern() + " " + read.id())
                .orElse("");
    }
}
