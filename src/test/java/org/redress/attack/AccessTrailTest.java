package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever reads a list, or what is not confidential, is counted: by whom, by which route, in which case, in which hour. */
@SuppressWarnings("NullAway.Init")
class AccessTrailTest extends StoryTest {

    private static final String WEB_APP = "/camunda/api/engine/engine/default";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private Task screening;

    @BeforeEach
    void aCase() throws Exception {
        post(BagSorter.story());
        walkTo("task_screenCredibility");
        screening = task("downstream", "task_screenCredibility");
    }

    /** A reading is counted when its answer has left. */
    private static void soon(Runnable seen) {
        long end = System.nanoTime() + 5_000_000_000L;
        while (true) {
            try {
                seen.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(50_000_000L);
            }
        }
    }

    private void gets(Caller caller, String path) {
        HttpResponse<String> answer = caller.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    }

    private Caller inTasklist(String user) {
        Caller caller = Caller.nobody(port);
        assertThat(caller.signIn("tasklist", user, user).statusCode()).isEqualTo(200);
        return caller;
    }

    private List<Map<String, Object>> ofTheCase() {
        HttpResponse<String> answer = Caller.as("dpo", port).get("/api/audit?caseNumber=" + caseNumber);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.parse(answer.body()).read("$.lines[?(@.kind=='ACCESS')]");
    }

    private static String told(Map<String, Object> line) {
        return line.get("by") + " " + line.get("facts");
    }

    private long ofTheHouse(String reader, String route) {
        return jdbc.sql("select coalesce(sum(times), 0) from access_trail where reader = ? and route = ?"
                        + " and case_number = ''")
                .params(reader, route)
                .query(Long.class)
                .single();
    }

    @Test
    void whatIsReadOfACaseIsOnItsTrail() {
        Caller overseer = Caller.as("overseer", port);
        gets(overseer, "/engine-rest/task/" + screening.getId());
        gets(overseer, "/engine-rest/process-instance/" + caseId);
        gets(overseer, "/engine-rest/process-instance/" + caseId);
        gets(overseer, "/engine-rest/history/activity-instance?processInstanceId=" + caseId);
        assertThat(overseer.post(
                                "/engine-rest/history/activity-instance/count",
                                "{\"processInstanceId\":\"" + caseId + "\"}")
                        .statusCode())
                .isEqualTo(200);
        Caller downstream = inTasklist("downstream");
        gets(downstream, WEB_APP + "/task/" + screening.getId() + "/form-variables");
        gets(downstream, WEB_APP + "/task?processInstanceBusinessKey=" + caseNumber);
        soon(() -> assertThat(ofTheCase())
                .extracting(AccessTrailTest::told)
                .contains(
                        "overseer {route=GET /engine-rest/task/{id}, times=1}",
                        "overseer {route=GET /engine-rest/process-instance/{id}, times=2}",
                        "overseer {route=GET /engine-rest/history/activity-instance, times=1}",
                        "overseer {route=POST /engine-rest/history/activity-instance/count, times=1}",
                        "downstream {route=GET /camunda/api/engine/task/{id}/form-variables, times=1}",
                        "downstream {route=GET /camunda/api/engine/task, times=1}"));
        assertThat(ofTheCase().get(0).get("at")).asString().endsWith(":00:00Z");
        assertThat(Caller.as("smelter-b", port)
                        .get("/api/audit?caseNumber=" + caseNumber)
                        .statusCode())
                .as("another organisation")
                .isEqualTo(403);
    }

    @Test
    void listsAreOnTheTrailOfTheHouseForTheDataProtectionOfficerAlone() {
        String route = "GET /engine-rest/task";
        long before = ofTheHouse("overseer", route);
        gets(Caller.as("overseer", port), "/engine-rest/task?nameLike=%25Anna%25");
        soon(() -> assertThat(ofTheHouse("overseer", route)).isEqualTo(before + 1));
        long finished = ofTheHouse("downstream", "GET /my/finished");
        gets(inTasklist("downstream"), "/my/finished");
        soon(() -> assertThat(ofTheHouse("downstream", "GET /my/finished")).isEqualTo(finished + 1));
        HttpResponse<String> house = Caller.as("dpo", port).get("/api/audit/access?max=1000");
        assertThat(house.statusCode()).isEqualTo(200);
        List<Map<String, Object>> lines = JsonPath.parse(house.body()).read("$.lines[?(@.by=='overseer')]");
        assertThat(lines).anyMatch(line -> told(line).startsWith("overseer {route=" + route + ", times="));
        assertThat(house.body()).doesNotContain("Anna").doesNotContain("?");
        for (String other : List.of("admin", "overseer", "smelter-b", "partner")) {
            assertThat(Caller.as(other, port).get("/api/audit/access").statusCode())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(Caller.as("dpo", port).get("/api/audit/access?max=0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatWasRefusedOrChangedIsNotCounted() {
        assertThat(Caller.as("smelter-b", port)
                        .get("/engine-rest/task/" + screening.getId())
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(Caller.as("downstream", port)
                        .post("/engine-rest/task/" + screening.getId() + "/claim", "{\"userId\":\"downstream\"}")
                        .statusCode())
                .isEqualTo(204);
        long counted = count();
        assertThat(Caller.nobody(port).get("/engine-rest/task").statusCode()).isEqualTo(401);
        gets(Caller.nobody(port), "/actuator/health");
        gets(Caller.nobody(port), "/camunda/lib/deps.js");
        assertThat(count()).isEqualTo(counted);
        assertThat(ofTheCase())
                .extracting(AccessTrailTest::told)
                .noneMatch(line -> line.startsWith("smelter-b") || line.contains("claim"));
    }

    /** Who is no party gets an empty list of the case, and a count of none: they asked, and read nothing of it. */
    @Test
    void whoeverAsksForAnothersCaseAndGetsNothingHasReadNothingOfIt() {
        String tasks = "GET /engine-rest/task";
        String counted = "POST /engine-rest/task/count";
        long before = ofTheHouse("smelter-b", tasks);
        long countedBefore = ofTheHouse("smelter-b", counted);
        Caller other = Caller.as("smelter-b", port);
        HttpResponse<String> list = other.get("/engine-rest/task?processInstanceBusinessKey=" + caseNumber);
        assertThat(list.body()).isEqualTo("[]");
        assertThat(other.post("/engine-rest/task/count", "{\"processInstanceBusinessKey\":\"" + caseNumber + "\"}")
                        .body())
                .isEqualTo("{\"count\":0}");
        HttpResponse<String> linked = other.get(
                "/engine-rest/task?processInstanceBusinessKey=" + caseNumber, "Accept", "application/hal+json");
        assertThat(linked.body()).contains("\"count\":0");
        gets(Caller.as("downstream", port), "/engine-rest/task?processInstanceBusinessKey=" + caseNumber);
        soon(() -> assertThat(ofTheHouse("smelter-b", tasks)).isEqualTo(before + 2));
        soon(() -> assertThat(ofTheHouse("smelter-b", counted)).isEqualTo(countedBefore + 1));
        soon(() -> assertThat(ofTheCase())
                .extracting(AccessTrailTest::told)
                .contains("downstream {route=GET /engine-rest/task, times=1}")
                .noneMatch(line -> line.startsWith("smelter-b")));
        List<String> words = JsonPath.parse(
                        Caller.as("dpo", port).get("/api/audit/access?max=1000").body())
                .read("$.lines[?(@.by=='smelter-b')].what");
        assertThat(words).containsOnly("asked within this hour");
    }

    /** Without its body an answer still tells how long it would be. */
    @Test
    void theHeadOfAnAnswerIsReadOfTheCaseWhereItTellsThatSomethingIsThere() {
        String asked = "/engine-rest/task?processInstanceBusinessKey=" + caseNumber;
        long before = ofTheHouse("smelter-b", "GET /engine-rest/task");
        HttpResponse<String> nothing = Caller.as("smelter-b", port).head(asked);
        assertThat(nothing.headers().firstValueAsLong("content-length")).hasValue(2);
        HttpResponse<String> tasks = Caller.as("downstream", port).head(asked);
        assertThat(tasks.headers().firstValueAsLong("content-length").orElse(0)).isGreaterThan(2);
        soon(() -> assertThat(ofTheHouse("smelter-b", "GET /engine-rest/task")).isEqualTo(before + 1));
        soon(() -> assertThat(ofTheCase())
                .extracting(AccessTrailTest::told)
                .contains("downstream {route=GET /engine-rest/task, times=1}")
                .noneMatch(line -> line.startsWith("smelter-b")));
    }

    private long count() {
        return jdbc.sql("select coalesce(sum(times), 0) from access_trail")
                .query(Long.class)
                .single();
    }

    /** A condition that a route does not heed makes a look at everything no look at one case. */
    @Test
    void nobodyHidesALookAtEverythingInACase() {
        String route = "GET /engine-rest/variable-instance";
        long before = ofTheHouse("overseer", route);
        gets(Caller.as("overseer", port), "/engine-rest/variable-instance/count?processInstanceId=" + caseId);
        gets(Caller.as("overseer", port), "/engine-rest/variable-instance?maxResults=1&caseNumber=" + caseNumber);
        soon(() -> assertThat(ofTheHouse("overseer", route)).isEqualTo(before + 1));
        assertThat(ofTheCase()).extracting(AccessTrailTest::told).noneMatch(line -> line.contains("variable-instance"));
    }

    @Test
    void twoAtTheSameMomentCountTwice() {
        Caller overseer = Caller.as("overseer", port);
        String path = "/engine-rest/process-instance/" + caseId + "/activity-instances";
        List<CompletableFuture<Void>> both = List.of(
                CompletableFuture.runAsync(() -> gets(overseer, path)),
                CompletableFuture.runAsync(() -> gets(Caller.as("overseer", port), path)));
        both.forEach(CompletableFuture::join);
        soon(() -> assertThat(ofTheCase())
                .extracting(AccessTrailTest::told)
                .contains("overseer {route=GET /engine-rest/process-instance/{id}/activity-instances, times=2}"));
    }

    @Test
    void aTrailThatCannotBeWrittenKeepsNobodyFromTheirAnswer() {
        double lost = meters.counter("redress.access.lost").count();
        jdbc.sql("alter table access_trail rename to access_trail_away").update();
        try {
            gets(Caller.as("overseer", port), "/engine-rest/task/count");
            soon(() -> assertThat(meters.counter("redress.access.lost").count()).isGreaterThan(lost));
        } finally {
            jdbc.sql("alter table access_trail_away rename to access_trail").update();
        }
    }
}
