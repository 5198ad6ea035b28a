package org.redress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.redress.engine.Reference;
import org.redress.vault.SealedTexts;
import org.redress.vault.Vault;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole product on a real PostgreSQL, one context for all tests. Jobs are fired by hand and the clock travels; people
 * act with their own rights and through their forms.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@SuppressWarnings("NullAway.Init")
public abstract class ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final EmbeddedPostgres POSTGRES = startPostgres();
    private static final AtomicInteger CASES = new AtomicInteger(100_000);

    private final List<String> deployed = new ArrayList<>();

    @LocalServerPort
    protected int port;

    @Autowired
    protected ProcessEngine engine;

    @Autowired
    protected RuntimeService runtimeService;

    @Autowired
    protected TaskService taskService;

    @Autowired
    protected HistoryService historyService;

    @Autowired
    protected ManagementService managementService;

    @Autowired
    protected RepositoryService repositoryService;

    @Autowired
    protected IdentityService identityService;

    @Autowired
    protected FormService formService;

    @Autowired
    protected Vault vault;

    @Autowired
    private JdbcClient letterBox;

    @Autowired
    private SealedTexts texts;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
        registry.add("spring.datasource.username", () -> "postgres");
        registry.add("spring.datasource.password", () -> "postgres");
        registry.add(
                "spring.flyway.locations", () -> "classpath:db/migration/postgresql,classpath:db/migration/common");
        registry.add("camunda.bpm.database.schema-update", () -> "false");
        registry.add("camunda.bpm.database.type", () -> "postgres");
        registry.add("camunda.bpm.job-execution.enabled", () -> "false");
        // As in production, where a balancer tells for whom it asks
        registry.add("server.forward-headers-strategy", () -> "native");
        registry.add("redress.limits.slow.grace", () -> "8s");
        registry.add("redress.limits.slow.speed", () -> "1KB");
        registry.add("server.shutdown", () -> "immediate");
        registry.add("spring.datasource.hikari.connection-timeout", () -> "8000");
        registry.add("camunda.bpm.metrics.db-reporter-activate", () -> "false");
        registry.add("redress.demo-cases", () -> "false");
        registry.add("redress.office-sweep", () -> "false");
        registry.add("redress.reminders", () -> "false");
        registry.add("redress.retention-sweep", () -> "false");
        registry.add("redress.history.sweep", () -> "false");
        // Or its jobs would be due in every test that fires what is due.
        registry.add("redress.history.from", () -> "");
        // Clocks travel for months here, in front of browsers that stay open
        registry.add("redress.sign-in.session", () -> "36500d");
        registry.add("redress.escalation.recipients.on-call-director", () -> "on-call@example.org");
        registry.add("redress.vault.key", () -> "dGhlIG1hc3RlciBrZXkgb2YgYWxsIG91ciB0ZXN0cy4=");
        // Unset for the other pillars, as by default: so both ways are seen.
        registry.add("redress.membership.engaged-max.ngo", () -> "P2Y");
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.builder().setCleanDataDirectory(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void theDayBegins() {
        WatchedLog.watch();
        travelTo("2026-02-02T09:00:00Z");
    }

    /** Ends what a test left behind, so that no test sees another's cases. */
    @AfterEach
    void theDayEnds() {
        identityService.clearAuthentication();
        List<ProcessInstance> roots = runtimeService
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list();
        runtimeService.deleteProcessInstancesIfExists(
                roots.stream().map(ProcessInstance::getId).toList(), "test over", true, true, false);
        deployed.stream()
                .filter(id -> repositoryService
                                .createDeploymentQuery()
                                .deploymentId(id)
                                .count()
                        == 1)
                .forEach(id -> repositoryService.deleteDeployment(id, true));
        deployed.clear();
        ClockUtil.reset();
    }

    /** The number of a case that no other test has: what is erased or over under a number stays so for those that come later. */
    protected static String newCaseNumber() {
        return "R-2026-" + CASES.incrementAndGet();
    }

    // Time

    protected static void travelTo(String instant) {
        ClockUtil.setCurrentTime(Date.from(Instant.parse(instant)));
    }

    protected static void travel(TemporalAmount amount) {
        ClockUtil.setCurrentTime(Date.from(ClockUtil.getCurrentTime()
                .toInstant()
                .atZone(ZoneOffset.UTC)
                .plus(amount)
                .toInstant()));
    }

    protected static LocalDate day(Date date) {
        return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Fires every job that is due now, and what these make due, until none is left. */
    protected void fireDueJobs() {
        for (int round = 0; round < 50; round++) {
            List<Job> due =
                    managementService.createJobQuery().executable().active().orderByJobDuedate().asc().list().stream()
                            .filter(job -> job.getDuedate() == null
                                    || !job.getDuedate().after(ClockUtil.getCurrentTime()))
                            .filter(job -> job.getProcessDefinitionKey() != null)
                            .toList();
            if (due.isEmpty()) {
                return;
            }
            for (Job job : due) {
                if (managementService.createJobQuery().jobId(job.getId()).count() == 1) {
                    managementService.executeJob(job.getId());
                }
            }
        }
        throw new AssertionError("Jobs go on making jobs");
    }

    // Models

    /** Deploys models of a test, such as an earlier one of the product: when it ends they go, and all that began on them. */
    protected Deployment deployForThisTest(DeploymentBuilder models) {
        Deployment deployment = models.deploy();
        deployed.add(deployment.getId());
        return deployment;
    }

    // People

    /** Somebody who acts with their own rights: sees only their tasks, completes them through their forms. */
    protected Person as(String user) {
        return new Person(user);
    }

    /** Runs {@code work} as the user, with the groups that sign-in would give. */
    protected <T> T actingAs(String user, Supplier<T> work) {
        List<String> groups = identityService.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
        assertThat(groups).as("groups of the demo user " + user).isNotEmpty();
        identityService.setAuthentication(user, groups);
        try {
            return work.get();
        } finally {
            identityService.clearAuthentication();
        }
    }

    /** Somebody fills in the start form of a process; what is due after that is not fired. */
    protected ProcessInstance startByForm(String user, String process, Map<String, ?> form) {
        String latest = latest(process);
        return actingAs(user, () -> formService.submitStartForm(latest, formValues(form)));
    }

    /** The id of the model of a process that new instances begin with. */
    protected String latest(String process) {
        return repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
    }

    protected final class Person {

        private final String user;

        private Person(String user) {
            this.user = user;
        }

        /** The open tasks that this person sees, any case. */
        public List<Task> tasks() {
            return actingAs(user, () -> taskService.createTaskQuery().active().list());
        }

        /** The ids of the elements of the tasks that this person sees in a case (business key). */
        public List<String> tasksOf(String caseNumber) {
            return actingAs(user, () -> taskService
                            .createTaskQuery()
                            .processInstanceBusinessKey(caseNumber)
                            .list())
                    .stream()
                    .map(Task::getTaskDefinitionKey)
                    .sorted()
                    .toList();
        }

        /** The one task of that element which this person sees. */
        public Task task(String element) {
            List<Task> found = actingAs(user, () -> taskService
                    .createTaskQuery()
                    .taskDefinitionKey(element)
                    .initializeFormKeys()
                    .list());
            assertThat(found).as(user + " sees exactly one " + element).hasSize(1);
            return found.get(0);
        }

        public boolean sees(String element) {
            return !actingAs(user, () -> taskService
                            .createTaskQuery()
                            .taskDefinitionKey(element)
                            .list())
                    .isEmpty();
        }

        /** Claims the one visible task of that element and submits its form; then fires what became due. */
        public void complete(String element, Map<String, ?> values) {
            complete(task(element), values);
        }

        public void complete(Task task, Map<String, ?> values) {
            actingAs(user, () -> {
                taskService.claim(task.getId(), user);
                formService.submitTaskForm(task.getId(), formValues(values));
                return task;
            });
            fireDueJobs();
        }

        /** What the form of the task shows to this person, without the marker. */
        public VariableMap formVariables(Task task) {
            VariableMap shown = actingAs(user, () -> formService.getTaskFormVariables(task.getId()));
            List.copyOf(shown.keySet()).stream()
                    .filter(name -> shown.get(name) instanceof String)
                    .forEach(name -> shown.putValue(name, Confidential.plain(shown.get(name))));
            return shown;
        }
    }

    /** Values as Tasklist sends them: lists and objects as Json. What is told in confidence carries a marker. */
    public static Map<String, Object> formValues(Map<String, ?> values) {
        Map<String, Object> sent = new HashMap<>();
        values.forEach((name, value) -> sent.put(name, formValue(Confidential.marked(name, value))));
        return sent;
    }

    private static @Nullable Object formValue(@Nullable Object value) {
        return value instanceof Collection<?> || value instanceof Map<?, ?> ? json(value) : value;
    }

    protected static SpinJsonNode json(Object value) {
        try {
            return Spin.JSON(MAPPER.writeValueAsString(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Cases

    /** A case that somebody registered just now, and that is in no hurry; gives the id of its process instance. */
    protected String newCase() {
        return runtimeService
                .startProcessInstanceByMessage(
                        "grievance-received",
                        "",
                        Variables.fromMap(formValues(Map.of(
                                "ongoing", "NO",
                                "childrenInvolved", false,
                                "fearOfRetaliation", "LOW",
                                "whereCountry", "CD",
                                "language", "en"))))
                .getProcessInstanceId();
    }

    /** Starts one process alone, with a case number and the given variables, and fires what becomes due. */
    protected ProcessInstance start(String process, String caseNumber, Map<String, ?> variables) {
        Map<String, Object> all = new HashMap<>(formValues(variables));
        all.put("caseNumber", caseNumber);
        all.putIfAbsent("urgency", "NORMAL");
        all.putIfAbsent("mode", "NORMAL");
        all.putIfAbsent("receivedAt", ClockUtil.getCurrentTime());
        ProcessInstance started = runtimeService.startProcessInstanceByKey(process, caseNumber, Variables.fromMap(all));
        fireDueJobs();
        return started;
    }

    /**
     * The value of a variable of a process instance, running or ended; a confidential one as text, from the vault. Empty when
     * it is null or not there.
     */
    protected Optional<Object> variable(String processInstanceId, String name) {
        return historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceId(processInstanceId)
                .variableName(name)
                .list()
                .stream()
                .findFirst()
                .map(HistoricVariableInstance::getValue)
                .map(value -> Reference.is(value) ? opened(processInstanceId, (String) value) : value);
    }

    private Object opened(String processInstanceId, String reference) {
        String caseNumber = historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceId(processInstanceId)
                .variableName("caseNumber")
                .list()
                .get(0)
                .getValue()
                .toString();
        return Confidential.plain(vault.open(reference, caseNumber, "test").orElseThrow());
    }

    protected boolean isEnded(String processInstanceId) {
        return runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceId(processInstanceId)
                        .count()
                == 0;
    }

    /** The id of the end event at which a process instance ended. */
    protected String endOf(String processInstanceId) {
        assertThat(isEnded(processInstanceId)).as("the process has ended").isTrue();
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(processInstanceId)
                .orderByHistoricActivityInstanceEndTime()
                .desc()
                .orderPartiallyByOccurrence()
                .desc()
                .list()
                .stream()
                .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
                .findFirst()
                .orElseThrow()
                .getActivityId();
    }

    /** Which letters a role got in a case, by the keys of their templates, oldest first; {@code complainant} is a role. */
    protected List<String> lettersTo(String role, String caseNumber) {
        return letterBox
                .sql("select template from letter where case_number = ? and addressee_role = ? order by id")
                .params(caseNumber, role)
                .query(String.class)
                .list();
    }

    /** What the letters of a case made of one template say, oldest first; of no case with {@code ACCOUNTS}. */
    protected List<String> textsOfLetters(String caseNumber, String template) {
        return letterBox
                .sql("select reference from letter where case_number = ? and template = ?"
                        + " and reference is not null order by id")
                .params(caseNumber, template)
                .query((row, index) -> textOfLetter(caseNumber, row.getString("reference")))
                .list();
    }

    /** What a letter of the case says; {@code null} in words when it was erased. */
    protected String textOfLetter(String caseNumber, String reference) {
        return String.valueOf(texts.open(reference, caseNumber.equals("ACCOUNTS") ? null : caseNumber, "test", "test")
                .plain());
    }
}
