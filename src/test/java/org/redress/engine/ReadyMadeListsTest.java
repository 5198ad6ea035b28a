package org.redress.engine;

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
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.Test;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Tasklist's ready-made lists: what is in each for whom, and which clock runs on each task. */
@SuppressWarnings("NullAway.Init")
class ReadyMadeListsTest extends StoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private TaskFilters lists;

    private static JsonNode get(String user, int port, String path) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)))
                        .header("Accept", path.contains("/filter/") ? "application/hal+json" : "application/json")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private List<String> list(String user, String name) {
        Filter filter = engine.getFilterService()
                .createTaskFilterQuery()
                .filterName(name)
                .singleResult();
        return actingAs(user, () -> engine.getFilterService().<Task>list(filter.getId())).stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    @Test
    void whatIsDueSoonIsInAListOfItsOwnUntilItIsLate() throws Exception {
        post(BagSorter.story());
        fireDueJobs();
        assertThat(list("downstream", "Due in 48 hours")).isEmpty();
        assertThat(list("protection", "Due in 48 hours")).containsExactly("task_safetyTriage");
        travelTo("2026-02-15T09:00:00Z");
        assertThat(list("downstream", "Due in 48 hours")).containsExactly("task_screenCredibility");
        assertThat(list("protection", "Due in 48 hours")).isEmpty();
        assertThat(list("protection", "Overdue")).containsExactly("task_safetyTriage");
        for (String stranger : List.of("smelter", "smelter-b", "vsc", "secretariat")) {
            assertThat(list(stranger, "Due in 48 hours")).as(stranger).isEmpty();
        }
    }

    @Test
    void whatNobodyHasClaimedIsUnassigned() throws Exception {
        post(BagSorter.story());
        fireDueJobs();
        assertThat(list("downstream", "Unassigned")).containsExactly("task_screenCredibility");
        assertThat(list("smelter", "Unassigned")).isEmpty();
        Task task = task("downstream", "task_screenCredibility");
        actingAs("downstream", () -> {
            taskService.claim(task.getId(), "downstream");
            return task;
        });
        assertThat(list("downstream", "Unassigned")).isEmpty();
        assertThat(list("downstream", "All open")).containsExactly("task_screenCredibility");
    }

    @Test
    void whoAccompaniesPeopleFindsTheirFollowUps() throws Exception {
        post(BagSorter.story());
        walkTo("task_followUp");
        assertThat(list("vsc", "My follow-ups")).containsExactly("task_followUp");
        for (String other : List.of("provider", "facilitator", "smelter", "downstream")) {
            assertThat(list(other, "My follow-ups")).as(other).isEmpty();
        }
    }

    @Test
    void whatIsDueFirstStandsFirst() throws Exception {
        for (int number = 0; number < 3; number++) {
            post(BagSorter.story());
            fireDueJobs();
        }
        List<Task> waiting =
                actingAs("protection", () -> taskService.createTaskQuery().list());
        assertThat(waiting).hasSizeGreaterThan(2);
        for (int number = 0; number < waiting.size(); number++) {
            Task task = waiting.get(number);
            task.setDueDate(Date.from(Instant.parse("2026-02-03T09:00:00Z").plusSeconds(60L * (number * 7 % 5))));
            taskService.saveTask(task);
        }
        // Tasklist asks for the newest first, until somebody chooses another order.
        String newest = "{\"active\": true, \"sorting\": [{\"sortBy\": \"created\", \"sortOrder\": \"desc\"}]}";
        for (String name : List.of("My groups", "Due in 48 hours")) {
            assertThat(dueDates("protection", name, newest))
                    .as(name)
                    .hasSizeGreaterThan(2)
                    .isSorted();
        }
        waiting.forEach(task -> taskService.claim(task.getId(), "protection"));
        assertThat(dueDates("protection", "My tasks", newest))
                .hasSizeGreaterThan(2)
                .isSorted();
        travelTo("2026-02-04T09:00:00Z");
        assertThat(dueDates("protection", "Overdue", newest))
                .hasSizeGreaterThan(2)
                .isSorted();
    }

    /** The due dates as they stand in the list that Tasklist shows. */
    private List<String> dueDates(String user, String name, String asked) throws Exception {
        String filter = engine.getFilterService()
                .createTaskFilterQuery()
                .filterName(name)
                .singleResult()
                .getId();
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/engine-rest/filter/" + filter
                                + "/list?firstResult=0&maxResults=15"))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)))
                        .header("Accept", "application/hal+json")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(asked))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("_embedded").path("task").findValuesAsText("due");
    }

    @Test
    void listsThatAnEarlierEditionMadeAreBroughtToThisOneOnceAndOwnChangesStay() {
        FilterService filters = engine.getFilterService();
        Filter mine = named("My tasks");
        mine.setQuery(taskService.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        filters.saveFilter(mine);
        Filter followUps = named("My follow-ups");
        followUps.setQuery(taskService.createTaskQuery().taskDefinitionKey("task_followUp"));
        filters.saveFilter(followUps);
        Filter overdue = named("Overdue");
        TaskQuery usual = overdue.getQuery();
        overdue.setQuery(
                taskService.createTaskQuery().taskPriority(7).orderByTaskName().desc());
        filters.saveFilter(overdue);
        managementService.deleteProperty(TaskFilters.MADE);
        try {
            lists.makeInTurn();
            assertThat(orders("My tasks")).isOne();
            assertThat(contactsAskedFor()).hasSize(2).allSatisfy(keys -> assertThat(keys)
                    .contains("task_followUp", "task_tryToReach"));
            assertThat(orders("Overdue")).isOne();
            assertThat(query("Overdue").getPriority()).isEqualTo(7);

            Filter changed = named("My tasks");
            changed.setQuery(taskService.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
            filters.saveFilter(changed);
            lists.makeInTurn();
            assertThat(orders("My tasks")).as("only once").isZero();
        } finally {
            overdue.setQuery(usual);
            filters.saveFilter(overdue);
            managementService.deleteProperty(TaskFilters.MADE);
            lists.makeInTurn();
        }
    }

    @Test
    void aListOfFollowUpsOfTheLastEditionFindsTheSearchForAPersonFromTheNextStartOn() {
        FilterService filters = engine.getFilterService();
        Filter followUps = named("My follow-ups");
        TaskQuery own = taskService
                .createTaskQuery()
                .or()
                .taskDefinitionKey("task_followUp")
                .taskPriority(7)
                .endOr()
                .orderByFollowUpDate()
                .asc();
        followUps.setQuery(own);
        filters.saveFilter(followUps);
        try {
            startedWithEdition("3");
            assertThat(query("My follow-ups").getQueries()).as("somebody's own").hasSize(2);

            followUps.setQuery(taskService
                    .createTaskQuery()
                    .or()
                    .taskDefinitionKey("task_followUp")
                    .followUpAfter(Date.from(Instant.EPOCH))
                    .endOr()
                    .or()
                    .taskDefinitionKey("task_followUp")
                    .taskAssigneeExpression("${currentUser()}")
                    .endOr()
                    .orderByFollowUpDate()
                    .asc());
            filters.saveFilter(followUps);
        } finally {
            startedWithEdition("3");
        }
        assertThat(contactsAskedFor()).hasSize(2).allSatisfy(keys -> assertThat(keys)
                .contains("task_tryToReach"));
    }

    @Test
    void eachListTellsWhichPersonATaskIsAboutFromTheNextStartOn() {
        FilterService filters = engine.getFilterService();
        Filter mine = named("My tasks");
        Map<String, Object> before = new HashMap<>(mine.getProperties());
        before.put("variables", List.of(Map.of("name", "clock", "label", "What is due")));
        mine.setProperties(before);
        filters.saveFilter(mine);
        startedWithEdition("4");
        for (String list : List.of("My groups", "My tasks", "My follow-ups", "All open")) {
            assertThat(String.valueOf(named(list).getProperties().get("variables")))
                    .as(list)
                    .contains("clock", "victimRef");
        }
    }

    private void startedWithEdition(String edition) {
        managementService.setProperty(TaskFilters.MADE, edition);
        lists.makeInTurn();
    }

    private List<List<String>> contactsAskedFor() {
        return query("My follow-ups").getQueries().stream()
                .filter(TaskQueryImpl::isOrQueryActive)
                .map(half -> List.of(half.getKeys()))
                .toList();
    }

    private Filter named(String name) {
        return engine.getFilterService()
                .createTaskFilterQuery()
                .filterName(name)
                .singleResult();
    }

    private TaskQueryImpl query(String name) {
        return named(name).getQuery();
    }

    private int orders(String name) {
        return query(name).getOrderingProperties().size();
    }

    @Test
    void everyTaskInAListSaysWhichClockRunsAndNobodyElsesTaskDoes() throws Exception {
        post(BagSorter.story());
        fireDueJobs();
        String filter = engine.getFilterService()
                .createTaskFilterQuery()
                .filterName("All open")
                .singleResult()
                .getId();
        JsonNode shown = get("downstream", port, "/engine-rest/filter/" + filter + "/list?firstResult=0&maxResults=15");
        assertThat(shown.path("_embedded").path("task")).hasSize(1);
        assertThat(shown.findValues("variable").toString()).contains("credible, actionable (D03)");
        String theirs = task("protection", "task_safetyTriage").getId();
        String mine = task("downstream", "task_screenCredibility").getId();
        String asked = "/engine-rest/variable-instance?variableName=clock&variableScopeIdIn=";
        assertThat(get("downstream", port, asked + mine + "," + theirs + "," + caseId)
                        .toString())
                .contains("credible, actionable (D03)")
                .doesNotContain("D02");
        assertThat(get(
                                "downstream",
                                port,
                                "/engine-rest/variable-instance/count?variableScopeIdIn=" + mine + "," + theirs + ","
                                        + caseId)
                        .path("count")
                        .asInt())
                .as("nothing of the case itself")
                .isEqualTo(1);
        for (String stranger : List.of("smelter-b", "vsc", "secretariat", "partner")) {
            assertThat(get(stranger, port, asked + mine + "," + theirs + "," + caseId))
                    .as(stranger)
                    .isEmpty();
        }
        assertThat(get("downstream", port, "/engine-rest/variable-instance?variableName=clock"))
                .isEmpty();
    }

    @Test
    void aClockThatAVariableNamesIsToldToo() throws Exception {
        post(BagSorter.story());
        walkTo("task_investigate");
        Task task = task("audit-programme", "task_investigate");
        assertThat(taskService.getVariableLocal(task.getId(), "clock")).isEqualTo("investigate (D06)");
    }
}
