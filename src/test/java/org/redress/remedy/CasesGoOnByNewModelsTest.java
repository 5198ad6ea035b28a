package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redress.OwnHouse;
import org.redress.ProcessTest;
import org.redress.QuietGrievance;
import org.redress.engine.Cases;
import org.redress.engine.Parties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Real changes of the two largest processes, brought live while a case and a person's case run in them: with called processes,
 * event subprocesses and services that run side by side, and with what waits at <em>Month over</em>.
 */
@SuppressWarnings("NullAway.Init")
class CasesGoOnByNewModelsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PERSON = Path.of("bpmn/remedy/victim-case.bpmn");
    private static final Path CASE = Path.of("bpmn/remedy/remedy-case.bpmn");
    /** Ids that are in no diagram of the house are put together, so that nobody looks for them there. */
    private static final String NEW_TASK = "task_".concat("sayThanks");

    private static final String OTHER_CONTACT = "task_".concat("otherContact");

    private static final String OTHER_MONTH = "catch_".concat("otherMonth");

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext house;
    private ProcessEngine engine;

    @Test
    void aCaseAndAPersonWithAllThatRunsInThemGoOnAndWhatIsGoneIsNamed() throws Exception {
        String number;
        Map<String, String> before;
        Date month;
        try (ConfigurableApplicationContext first = start("")) {
            into(first);
            number = aCaseWithSomebodyWhoIsHelped();
            before = whatStands(number);
            assertThat(before.keySet())
                    .as("services side by side, the month that runs, contact, the case itself")
                    .contains("task_referToService", "catch_monthOver", "task_followUp", "task_screenCredibility")
                    .as("what came beside, and what may still come")
                    .contains("task_hearWithdrawal", "start_newVictims");
        }
        Path models = folder.resolve("models");
        changed(
                models,
                PERSON,
                "gateway_watchQuality",
                "gateway_".concat("lookAgain"),
                "task_providerQuality",
                "gateway_keepProvider");
        changed(
                models,
                CASE,
                "gateway_substantiated",
                "gateway_".concat("isItTrue"),
                "task_setUrgency",
                "call_verifyAllegation");
        try (ConfigurableApplicationContext second = start(models.toString())) {
            into(second);
            for (String process : List.of("victim-case", "remedy-case")) {
                assertThat(migrated(number, process, 1, 2, true).path("outcome").asText())
                        .as(process)
                        .isEqualTo("WOULD_MIGRATE");
                JsonNode moved = migrated(number, process, 1, 2, false);
                assertThat(moved.path("outcome").asText()).as(moved.toString()).isEqualTo("MIGRATED");
            }
            assertThat(whatStands(number))
                    .as("due dates, timers, candidate groups, clocks and sealed values are as they were")
                    .isEqualTo(before);
            assertThat(get(
                            "vsc",
                            "/engine-rest/engine/" + engine.getName() + "/task/"
                                    + task(number, "task_followUp").getId() + "/form-variables"))
                    .as("and the coordinator reads what was sealed")
                    .contains("Amani");

            theMonthIsOver(number);
            complete(number, "task_providerQuality", VictimForms.quality("FINE"));
            assertThat(task(number, NEW_TASK).getDueDate())
                    .as("from the next step on, the new way counts")
                    .isNotNull();
            complete(number, NEW_TASK, Map.of());
            month = timer(number, "catch_monthOver").getDuedate();
        }
        String gone = Files.readString(models.resolve(PERSON))
                .replace("catch_monthOver", OTHER_MONTH)
                .replace("\"task_followUp\"", "\"" + OTHER_CONTACT + "\"");
        Files.writeString(models.resolve(PERSON), gone);
        try (ConfigurableApplicationContext third = start(models.toString())) {
            into(third);
            String due = String.valueOf(task(number, "task_followUp").getDueDate());
            JsonNode refused = migrated(number, "victim-case", 2, 3, true);
            assertThat(refused.path("outcome").asText()).isEqualTo("REFUSED");
            assertThat(refused.path("errors"))
                    .as("the task alone: whoever waits at a choice of events waits for the new ones")
                    .singleElement()
                    .asString()
                    .contains("task_followUp");
            JsonNode said = migrated(
                    number,
                    "victim-case",
                    2,
                    3,
                    false,
                    ", \"instructions\": {\"task_followUp\": \"" + OTHER_CONTACT + "\"}");
            assertThat(said.path("outcome").asText()).as(said.toString()).isEqualTo("MIGRATED");
            assertThat(String.valueOf(task(number, OTHER_CONTACT).getDueDate())).isEqualTo(due);
            assertThat(timer(number, OTHER_MONTH).getDuedate())
                    .as("the month ends when it would have ended")
                    .isEqualTo(month);
        }
    }

    private String aCaseWithSomebodyWhoIsHelped() {
        String number = QuietGrievance.file(house);
        Parties parties = house.getBean(Parties.class);
        parties.add(number, "vsc", "org-vsc");
        parties.add(number, "facilitator", "org-facilitator");
        parties.add(number, "smelter", "org-luma");
        Map<String, Object> person = new HashMap<>(Map.of(
                "caseNumber", number,
                "victimRef", "V-MOVED1",
                "coordinator", "org-vsc",
                "facilitator", "org-facilitator",
                "isChild", false,
                "riskLevel", "LOW",
                "preferredName", "Amani",
                "firstContactAt", new Date()));
        house.getBean(VictimWorkflow.class).register(number, person);
        fire();
        complete(number, "task_immediateNeeds", VictimForms.immediateNeeds());
        complete(number, "task_needsAssessment", VictimForms.needsAssessment());
        complete(number, "task_caseManagementPlan", VictimForms.plan("SHELTER", "LEGAL"));
        house.getBean(Cases.class).tell(number, "implementation-started", Map.of());
        house.getBean(Cases.class).tell(number, "complaint-withdrawn", Map.of());
        fire();
        complete(number, "task_referToService", VictimForms.referredTo("org-provider"));
        complete(number, "task_confirmService", VictimForms.accepted());
        complete(number, "task_providerQuality", VictimForms.quality("FINE"));
        return number;
    }

    /** What waits in the case: each task with its day, its clock and whose it is, each timer with its day, each sealed value. */
    private Map<String, String> whatStands(String number) {
        Map<String, String> stands = new TreeMap<>();
        for (Task task : engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .list()) {
            List<String> whose = engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
                    .map(IdentityLink::getGroupId)
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            stands.put(
                    task.getTaskDefinitionKey(),
                    task.getId()
                            + task.getName()
                            + task.getDueDate()
                            + whose
                            + engine.getTaskService().getVariableLocal(task.getId(), "clock"));
        }
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .list()
                .forEach(process -> {
                    for (Job job : engine.getManagementService()
                            .createJobQuery()
                            .processInstanceId(process.getId())
                            .list()) {
                        String element = engine.getManagementService()
                                .createJobDefinitionQuery()
                                .jobDefinitionId(job.getJobDefinitionId())
                                .singleResult()
                                .getActivityId();
                        stands.put(element, String.valueOf(job.getDuedate()));
                    }
                    engine.getRuntimeService()
                            .createEventSubscriptionQuery()
                            .processInstanceId(process.getId())
                            .list()
                            .forEach(waits -> stands.put(waits.getActivityId(), waits.getEventName()));
                });
        engine.getRuntimeService()
                .createVariableInstanceQuery()
                .variableName("preferredName")
                .list()
                .forEach(value -> stands.put("preferredName", value.getId() + value.getValue()));
        return stands;
    }

    private void theMonthIsOver(String number) {
        engine.getManagementService()
                .executeJob(timer(number, "catch_monthOver").getId());
        fire();
    }

    private Job timer(String number, String element) {
        return engine.getManagementService().createJobQuery().activityId(element).timers().list().stream()
                .filter(job -> engine.getRuntimeService()
                                .createProcessInstanceQuery()
                                .processInstanceId(job.getProcessInstanceId())
                                .processInstanceBusinessKey(number)
                                .count()
                        == 1)
                .findFirst()
                .orElseThrow();
    }

    private void complete(String number, String element, Map<String, Object> form) {
        engine.getFormService().submitTaskForm(task(number, element).getId(), ProcessTest.formValues(form));
        fire();
    }

    private Task task(String number, String element) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(element)
                .list()
                .get(0);
    }

    private void fire() {
        OwnHouse.fire(engine);
    }

    /** A gateway is called otherwise, and a task comes between two others. */
    private void changed(Path models, Path model, String gateway, String renamed, String before, String after)
            throws IOException {
        String now = Files.readString(model).replace("\"" + gateway + "\"", "\"" + renamed + "\"");
        String flow = "<bpmn:sequenceFlow id=\"flow_%s_%s\" sourceRef=\"%s\" targetRef=\"%s\" />"
                .formatted(last(before), last(after), before, after);
        assertThat(now).contains(flow, renamed);
        now = now.replace(
                flow,
                flow.replace("targetRef=\"" + after + "\"", "targetRef=\"" + NEW_TASK + "\"")
                        + """
                        <bpmn:userTask id="%s" name="Say thanks" camunda:candidateGroups="vsc"
                          camunda:dueDate="${deadlines.due(execution, 'D16')}" />
                        <bpmn:sequenceFlow id="flow_sayThanks" sourceRef="%s" targetRef="%s" />
                        """
                                .formatted(NEW_TASK, NEW_TASK, after));
        Path file = models.resolve(model);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, now);
    }

    private static String last(String element) {
        return element.substring(element.indexOf('_') + 1);
    }

    private JsonNode migrated(String number, String process, int from, int to, boolean dryRun) throws Exception {
        return migrated(number, process, from, to, dryRun, "");
    }

    private JsonNode migrated(String number, String process, int from, int to, boolean dryRun, String more)
            throws Exception {
        String wish =
                "{\"caseNumbers\": [\"%s\"], \"process\": \"%s\", \"fromVersion\": %d, \"toVersion\": %d, \"dryRun\": %s%s}"
                        .formatted(number, process, from, to, dryRun, more);
        return JSON.readTree(send(request("admin", "/api/migrations")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(wish))))
                .path("cases")
                .path(0);
    }

    private String get(String user, String path) throws Exception {
        return send(request(user, path).GET());
    }

    private HttpRequest.Builder request(String user, String path) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + house.getEnvironment().getProperty("local.server.port") + path))
                .header("Authorization", "Basic " + credentials);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private void into(ConfigurableApplicationContext context) {
        house = context;
        engine = context.getBean(ProcessEngine.class);
    }

    private ConfigurableApplicationContext start(String models) {
        return OwnHouse.start(folder, models);
    }
}
