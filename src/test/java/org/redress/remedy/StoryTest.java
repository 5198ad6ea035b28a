package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.redress.ProcessTest;
import org.redress.deadline.Deadlines;
import org.redress.engine.Cases;
import org.redress.engine.StartedCase;
import org.springframework.beans.factory.annotation.Autowired;

/** Walks scripts through the whole product, and tells what the people at their task lists then see. */
@SuppressWarnings("NullAway.Init")
public abstract class StoryTest extends ProcessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Told to the complainant while the case goes on (D07, D08); {@link KeepInformedTest} looks at them. */
    private static final Set<String> EVERY_MONTH =
            Set.of("task_tellHowItStands", "task_giveFeedback", "task_passWordOn");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    protected Cases cases;

    @Autowired
    private Deadlines deadlines;

    protected String caseNumber;
    protected String caseId;

    private Walk walk;
    private int next;

    // Walking

    /** Opens a script: its grievance is filed over HTTP, by the partner's account. */
    protected JsonNode post(Walk script) throws IOException, InterruptedException {
        walk = script;
        next = 0;
        travelTo(script.begins().toString());
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/grievances"))
                        .header("Authorization", basic("partner"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(script.posted())))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode receipt = JSON.readTree(answer.body());
        itIsCase(receipt.path("caseNumber").asText());
        return receipt;
    }

    /** Opens a script: its grievance arrives, and what it sets going is done. */
    protected void begin(Walk script) {
        walk = script;
        next = 0;
        receive(script.begins().toString(), script.grievance());
        fireDueJobs();
    }

    /** A grievance arrives; what it sets going waits. */
    protected void receive(String moment, Map<String, Object> grievance) {
        travelTo(moment);
        StartedCase started = cases.start("grievance-received", grievance);
        itIsCase(started.caseNumber());
    }

    private void itIsCase(String number) {
        caseNumber = number;
        caseId = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number, "remedy-case")
                .singleResult()
                .getId();
    }

    /** Goes on in the script up to the next task of this element, which is not done yet. */
    protected void walkTo(String task) {
        while (!nextStep().task().equals(task)) {
            walkOneStep();
        }
    }

    /** Goes on in the script, this task the last one done. */
    protected void walkThrough(String task) {
        walkTo(task);
        walkOneStep();
    }

    /** A closed case is opened again, since whoever complained says what nobody knew. */
    protected void whoeverComplainedObjectsAndIsHeard() {
        complete(
                "audit-programme",
                "task_recordObjection",
                Map.of("objector", "COMPLAINANT", "objection", "I was afraid; it is true all the same."));
        complete(
                "audit-programme-3",
                "task_decideObjection",
                Map.of(
                        "objectionOutcome", "UPHELD",
                        "objectionReason", "It says what we did not know.",
                        "reopenNote", "What was reported at first."));
    }

    protected void walkToTheEnd() {
        while (next < walk.steps().size()) {
            walkOneStep();
        }
    }

    private Walk.Step nextStep() {
        assertThat(next).as("the script goes on").isLessThan(walk.steps().size());
        return walk.steps().get(next);
    }

    private void walkOneStep() {
        Walk.Step step = nextStep();
        next++;
        travelThrough(step.at());
        perform(step.user(), task(step.user(), step.task(), step.shown()), step.form());
        whateverHappens();
    }

    /** How a person of the script does a task: by the engine's API, and only what a browser could send as well. */
    protected void perform(String user, Task task, Map<String, Object> form) {
        assertThat(open(user, task).with(form).fields())
                .as("%s can enter this in a browser, too", task.getTaskDefinitionKey())
                .containsAll(form.keySet());
        as(user).complete(task, form);
    }

    /** What holds after every step of the script. */
    protected void whateverHappens() {}

    /** Travels as time does: whatever falls due on the way happens at its moment. */
    protected void travelThrough(String moment) {
        travelThrough(Instant.parse(moment));
    }

    private void travelThrough(Instant until) {
        fireDueJobs();
        while (true) {
            Instant due = managementService
                    .createJobQuery()
                    .duedateHigherThan(ClockUtil.getCurrentTime())
                    .active()
                    .orderByJobDuedate()
                    .asc()
                    .list()
                    .stream()
                    .filter(job -> job.getProcessDefinitionKey() != null)
                    .map(job -> job.getDuedate().toInstant())
                    .findFirst()
                    .filter(until::isAfter)
                    .orElse(until);
            travelTo(due.toString());
            fireDueJobs();
            if (!due.isBefore(until)) {
                return;
            }
        }
    }

    /** A scenario up to the review of the level, without waiting for the last days. */
    protected void reviewed(Scenario scenario) {
        reviewed(scenario, Map.of());
    }

    /** The same with other facts found in the investigation. */
    protected void reviewed(Scenario scenario, Map<String, Object> otherFacts) {
        receive(scenario.received() + "T09:30:00Z", scenario.grievance());
        fireDueJobs();
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", Step1.review());
        complete("audit-programme", "task_investigate", Step1.with(scenario.investigation(), otherFacts));
        complete("audit-programme", "task_decideSubstantiation", Step1.decided("SUBSTANTIATED"));
        complete("audit-programme-2", "task_confirmSubstantiation", Map.of("secondPersonAgrees", "YES"));
        complete("audit-programme", "task_assessLink", scenario.link());
        complete("smelter", "task_confirmFacts", Map.of("factsAnswer", "CONFIRMED"));
    }

    /** The reviewer takes what the table says, and has looked twice where the form asks for it. */
    protected Map<String, Object> accepted() {
        Map<String, Object> review =
                new HashMap<>(Map.of("reviewOutcome", "ACCEPT", "reviewReason", "The facts are those of this row."));
        if (List.of("REL5", "REL6").contains(shown("audit-programme", "task_reviewLevel", "relationshipRule"))) {
            review.put("flagsChecked", true);
        }
        if (shown("audit-programme", "task_reviewLevel", "row").equals("N")) {
            review.put("notLinkedChecked", true);
        }
        return review;
    }

    // Seeing

    /** The one task of that element in this case which the user sees. */
    protected Task task(String user, String element) {
        return task(user, element, Map.of());
    }

    private Task task(String user, String element, Map<String, Object> shown) {
        List<Task> found = tasks(user, element).stream()
                .filter(task -> shown.isEmpty()
                        || shown.entrySet().stream().allMatch(entry -> entry.getValue()
                                .equals(as(user).formVariables(task).get(entry.getKey()))))
                .toList();
        assertThat(found)
                .as(() -> "%s sees one %s %s, among %s of all %s"
                        .formatted(user, element, shown, as(user).tasksOf(caseNumber), openTasks()))
                .hasSize(1);
        return found.get(0);
    }

    /** The ids of the elements of all open tasks of the case, whoever sees them. */
    private List<String> openTasks() {
        return taskService.createTaskQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    protected List<Task> tasks(String user, String element) {
        return actingAs(user, () -> taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey(element)
                .list());
    }

    /** What the form of the task shows to the user. */
    protected Map<String, Object> shown(String user, String element) {
        return as(user).formVariables(task(user, element));
    }

    /** What the form of the task shows of one field. */
    protected String shown(String user, String element, String field) {
        return String.valueOf(shown(user, element).get(field));
    }

    /** What somebody reads who opens the task: the texts of its form, fields aside. */
    protected String reads(String user, String element) {
        return open(user, task(user, element)).text();
    }

    OpenForm open(String user, Task task) {
        try (InputStream form = formService.getDeployedTaskForm(task.getId())) {
            return OpenForm.of(JSON.readTree(form), as(user).formVariables(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When a clock of the deadline matrix ends in this case, which is still open, if it starts at a moment of the case. */
    protected Instant clock(String clock, String startsAt) {
        return clock(clock, (Date) variable(caseId, startsAt).orElseThrow());
    }

    /** When a clock of the deadline matrix ends in this case, which is still open. */
    protected Instant clock(String clock, Date start) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context ->
                        deadlines.dueFrom(context.getExecutionManager().findExecutionById(caseId), clock, start))
                .toInstant();
    }

    /** The last second of a day, at which everything ends that is due on this day. */
    protected static Instant endOf(LocalDate day) {
        return day.atTime(23, 59, 59).toInstant(ZoneOffset.UTC);
    }

    protected static LocalDate today() {
        return day(ClockUtil.getCurrentTime());
    }

    protected void complete(String user, String element, Map<String, ?> form) {
        as(user).complete(task(user, element), form);
    }

    /** What waits for the user in this case, but for the letters of every month, which wait beside every step. */
    protected List<String> sees(String user) {
        return as(user).tasksOf(caseNumber).stream()
                .filter(task -> !EVERY_MONTH.contains(task))
                .toList();
    }

    protected LocalDate due(String user, String element) {
        return day(task(user, element).getDueDate());
    }

    /** The same to the second. */
    protected Instant dueAt(String user, String element) {
        return task(user, element).getDueDate().toInstant();
    }

    protected String state() {
        return cases.find(caseNumber).orElseThrow().state();
    }

    /** A variable of the case; empty text when it is not set. */
    protected String ofTheCase(String name) {
        return variable(caseId, name).map(Object::toString).orElse("");
    }

    /** The only process of that kind in this case, running or ended. */
    protected String process(String key) {
        List<HistoricProcessInstance> found = historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(key)
                .processInstanceBusinessKey(caseNumber)
                .list();
        assertThat(found).as(key).hasSize(1);
        return found.get(0).getId();
    }

    /** How often an element of the case was passed, in whichever of its processes. */
    protected long visits(String element) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list()
                .stream()
                .mapToLong(process -> historyService
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(process.getId())
                        .activityId(element)
                        .count())
                .sum();
    }

    /** How the reporter's page tells the case, asked over HTTP by the partner. */
    protected JsonNode seenByThePartner() throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/grievances/" + caseNumber))
                        .header("Authorization", basic("partner"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }
}
