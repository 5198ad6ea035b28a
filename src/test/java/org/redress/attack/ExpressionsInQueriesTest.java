package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks for a list runs code (reported as CVE-2026-109432): here it makes a group of the attacker's. */
class ExpressionsInQueriesTest extends AttackTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GROUP = "ownedByAQuery";
    private static final String EXPRESSION =
            "${identityService.saveGroup(identityService.newGroup('" + GROUP + "')) == null ? 'a' : 'b'}";
    private static final String IN_OR = "{\"orQueries\":[{\"assigneeExpression\":\"" + EXPRESSION + "\"}]}";
    private static final String ON_TOP = "{\"assigneeExpression\":\"" + EXPRESSION + "\"}";

    @AfterEach
    void noFilterStays() {
        identityService.deleteGroup(GROUP);
        for (Filter filter : engine.getFilterService()
                .createFilterQuery()
                .filterName("attack")
                .list()) {
            engine.getFilterService().deleteFilter(filter.getId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/task", "/task/count", "/engine/default/task", "/engine/default/task/count"})
    void anOrQueryRunsNoCode(String path) {
        assertThat(onTheBareEngine().post("/engine-rest" + path, IN_OR).statusCode())
                .isEqualTo(200);
        assertThatItRanOnTheBareEngine();

        for (String user : List.of("smelter", "partner", "overseer", "admin")) {
            assertRefused(signedInAs(user).post("/engine-rest" + path, IN_OR));
        }
    }

    /** Shipped so too: what a query holds on top is refused already. */
    @ParameterizedTest
    @ValueSource(strings = {"assigneeExpression", "candidateGroupsExpression", "dueBeforeExpression"})
    void norDoesAnAddress(String parameter) {
        String query = "?" + parameter + "=" + URLEncoder.encode(EXPRESSION, StandardCharsets.UTF_8);
        for (String path : List.of("/engine-rest/task", "/engine-rest/task/count")) {
            assertThat(onTheBareEngine().get(path + query).statusCode()).isEqualTo(400);
            assertRefused(signedInAs("admin").get(path + query));
        }
        String inOr = "?orQueries=" + URLEncoder.encode("[" + ON_TOP + "]", StandardCharsets.UTF_8);
        onTheBareEngine().get("/engine-rest/task" + inOr);
        assertThat(groupsOfTheBareEngine()).isEqualTo("0");
        signedInAs("admin").get("/engine-rest/task" + inOr);
        assertThatNothingRan();
    }

    @ParameterizedTest
    @ValueSource(strings = {ON_TOP, IN_OR})
    void aFilterThatHoldsCodeIsNotStored(String query) throws Exception {
        String stored = create(onTheBareEngine(), query);
        onTheBareEngine().get("/engine-rest/filter/" + stored + "/list");
        assertThatItRanOnTheBareEngine();

        assertRefused(signedInAs("admin")
                .post(
                        "/engine-rest/filter/create",
                        "{\"resourceType\":\"Task\",\"name\":\"attack\",\"query\":" + query + "}"));
        String harmless = create(signedInAs("admin"), "{}");
        assertRefused(signedInAs("admin")
                .put(
                        "/engine-rest/filter/" + harmless,
                        "{\"resourceType\":\"Task\",\"name\":\"attack\",\"query\":" + query + "}"));
        assertThat(engine.getFilterService()
                        .createFilterQuery()
                        .filterName("attack")
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET list", "GET count", "GET singleResult", "POST list", "POST count", "POST singleResult"})
    void oneThatIsThereAlreadyRunsForNobody(String call) throws Exception {
        String method = call.substring(0, call.indexOf(' '));
        String end = "/" + call.substring(call.indexOf(' ') + 1);
        String body = method.equals("POST") ? "{}" : null;
        String onBare = create(onTheBareEngine(), ON_TOP);
        assertThat(run(onTheBareEngine(), method, "/engine-rest/filter/" + onBare + end, body)
                        .statusCode())
                .isIn(200, 204);
        assertThatItRanOnTheBareEngine();

        for (TaskQuery query : List.of(
                taskService.createTaskQuery().taskAssigneeExpression(EXPRESSION),
                taskService
                        .createTaskQuery()
                        .or()
                        .taskAssigneeExpression(EXPRESSION)
                        .endOr())) {
            Filter filter = engine.getFilterService().newTaskFilter("attack").setQuery(query);
            engine.getFilterService().saveFilter(filter);
            for (String user : List.of("smelter", "admin")) {
                assertRefused(run(signedInAs(user), method, "/engine-rest/filter/" + filter.getId() + end, body));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "count", "singleResult"})
    void norDoesWhatAQueryAddsToAFilter(String end) throws Exception {
        String onBare = create(onTheBareEngine(), "{}");
        assertThat(onTheBareEngine()
                        .post("/engine-rest/filter/" + onBare + "/" + end, IN_OR)
                        .statusCode())
                .isIn(200, 204);
        assertThatItRanOnTheBareEngine();

        String filter = engine.getFilterService()
                .createFilterQuery()
                .filterName("All open")
                .singleResult()
                .getId();
        for (String query : List.of(IN_OR, ON_TOP)) {
            for (String user : List.of("smelter", "admin")) {
                assertRefused(signedInAs(user).post("/engine-rest/filter/" + filter + "/" + end, query));
                if (!end.equals("count")) {
                    assertRefused(signedInAs(user)
                            .post(
                                    "/engine-rest/filter/" + filter + "/" + end,
                                    query,
                                    "Accept",
                                    "application/hal+json"));
                }
            }
        }
    }

    /** The web apps have an engine's REST of their own. */
    @Test
    void norDoesAQueryThroughAWebApp() {
        Caller onBare = inAWebAppOfTheBareEngine("asksForLists");
        assertThat(onBare.post("/camunda/api/engine/engine/default/task", IN_OR, onBare.token())
                        .statusCode())
                .isEqualTo(200);
        assertThatItRanOnTheBareEngine();

        Caller admin = asNobody();
        assertThat(admin.signIn("tasklist", "admin", "admin").statusCode()).isEqualTo(200);
        for (String query : List.of(IN_OR, ON_TOP)) {
            for (String path : List.of("/task", "/task/count")) {
                assertRefused(admin.post("/camunda/api/engine/engine/default" + path, query, admin.token()));
            }
        }
    }

    @Test
    void readyMadeListsLiveOn() {
        String filter = engine.getFilterService()
                .createFilterQuery()
                .filterName("My tasks")
                .singleResult()
                .getId();
        assertThat(signedInAs("smelter")
                        .get("/engine-rest/filter/" + filter + "/list?firstResult=0&maxResults=10")
                        .statusCode())
                .isEqualTo(200);
        assertThat(signedInAs("admin")
                        .post(
                                "/engine-rest/filter/create",
                                "{\"resourceType\":\"Task\",\"name\":\"attack\",\"query\":"
                                        + "{\"assigneeExpression\":\"${currentUser()}\"}}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> run(Caller caller, String method, String path, @Nullable String body) {
        return caller.send(method, path, body, "Content-Type", "application/json");
    }

    private static String create(Caller caller, String query) throws Exception {
        HttpResponse<String> answer = caller.post(
                "/engine-rest/filter/create",
                "{\"resourceType\":\"Task\",\"name\":\"attack\",\"query\":" + query + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body()).get("id").asText();
    }

    private static String groupsOfTheBareEngine() {
        return onTheBareEngine()
                .get("/engine-rest/group/count?id=" + GROUP)
                .body()
                .replaceAll("\\D", "");
    }

    private static void assertThatItRanOnTheBareEngine() {
        assertThat(groupsOfTheBareEngine()).isEqualTo("1");
        onTheBareEngine().send("DELETE", "/engine-rest/group/" + GROUP, null);
    }

    private void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as(answer.request().uri() + " " + answer.body())
                .isIn(400, 403, 404);
        assertThatNothingRan();
    }

    private void assertThatNothingRan() {
        assertThat(identityService.createGroupQuery().groupId(GROUP).count()).isZero();
    }
}
