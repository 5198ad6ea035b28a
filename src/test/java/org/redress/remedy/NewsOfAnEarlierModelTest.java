package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redress.OwnHouse;
import org.redress.ProcessTest;
import org.redress.QuietGrievance;
import org.redress.engine.Cases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * E22: news is weighed in a case of an earlier model, whose forms know no smelter that is linked later, and whose hearing knows
 * mandatory levels alone (the models of {@code models-before}). It goes on by its own model when a new one came live.
 */
@SuppressWarnings("NullAway.Init")
class NewsOfAnEarlierModelTest {

    private static final Path BEFORE = Path.of("src/test/resources/models-before");

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext house;
    private ProcessEngine engine;

    @Test
    @DisplayName("E22 New facts, also after closing: what began by the earlier model ends by it under the new one")
    void whatBeganByTheEarlierModelEndsByItUnderTheNewOne() throws IOException {
        String number;
        try (ConfigurableApplicationContext first = start(before().toString())) {
            into(first);
            number = aCaseWhoseLevelIsDecided();
            news(number, "Passports of all workers lie in the office.");
            complete("audit-programme", number, "task_weighInformation", facts());
            assertThat(task(number, "task_confirmRaise").getName()).isNotEmpty();
        }
        try (ConfigurableApplicationContext second = start("")) {
            into(second);
            complete("audit-programme-2", number, "task_confirmRaise", Map.of("raiseAgreed", "YES"));
            Map<String, Map<String, Object>> duties = duties(number);
            assertThat(duties.get("org-luma"))
                    .containsEntry("level1", "MANDATORY")
                    .containsEntry("carrier1", "SMELTER");
            assertThat(duties.get("org-nova"))
                    .containsEntry("level1", "MANDATORY")
                    .containsEntry("carrier1", "OWED");
            assertThat(tasks(number, "task_answerHigherLevel"))
                    .as("who has accepted is not asked, as before")
                    .hasSize(1);
            complete(
                    "smelter-b",
                    number,
                    "task_answerHigherLevel",
                    Map.of(
                            "acceptsLevel1", "NO",
                            "declineReason", "The mine has to pay for this.",
                            "fundingIntention", "NOTHING",
                            "levelObjection", "NO"));
            assertThat(duties(number).get("org-nova")).containsEntry("acceptsLevel1", "NO");
            assertThat(tasks(number, "task_takeMeasure"))
                    .as("the ladder is of today")
                    .hasSize(1);
            assertThat(tasks(number, "task_askDownstreamAgain")).isEmpty();

            news(number, "It is twelve of them.");
            assertThat(task(number, "task_weighInformation").getProcessDefinitionId())
                    .as("news weighs in the case by the case's own model")
                    .isEqualTo(engine.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .processDefinitionKey("weigh-information")
                            .processDefinitionVersion(1)
                            .singleResult()
                            .getId());
            complete("audit-programme", number, "task_weighInformation", facts());
            assertThat(tasks(number, "task_confirmRaise"))
                    .as("nothing is higher by it")
                    .isEmpty();
        }
    }

    /** E17: what an earlier model cannot settle it does not ask, and nothing counts as planned by it. */
    @Test
    @DisplayName("E17 A recommended level is declined: an earlier model hears nobody on what is only recommended")
    void anEarlierModelHearsNobodyOnWhatIsOnlyRecommended() throws IOException {
        try (ConfigurableApplicationContext first = start(before().toString())) {
            into(first);
            String number = aCaseWhoseLevelIsDecided();
            Map<String, Map<String, Object>> duties = duties(number);
            Map<String, Object> nova = Objects.requireNonNull(duties.get("org-nova"));
            nova.putAll(Map.of("level1", "NONE", "level2", "NONE", "row", "N", "effectiveCessation", "2024-12-31"));
            nova.putAll(Map.of("carrier1", "NOT_ASKED", "carrier2", "NOT_ASKED"));
            List.of("acceptsLevel1", "acceptsLevel2").forEach(nova::remove);
            Objects.requireNonNull(duties.get("org-luma")).putAll(Map.of("acceptsLevel1", "NO", "carrier1", "NOBODY"));
            engine.getRuntimeService()
                    .setVariables(
                            theCase(number).getId(),
                            Map.of(
                                    "caseState",
                                    "FUNDING",
                                    "level1Planned",
                                    false,
                                    "links",
                                    Lists.json(Map.of("org-nova", link("2024-12-31"))),
                                    "responses",
                                    Lists.json(duties)));
            news(number, "Their lorry came until June.");
            Map<String, Object> later = new HashMap<>(facts());
            later.putAll(Map.of("typesNow", List.of("WAGE_VIOLATION"), "affectedNow", 2));
            later.putAll(Map.of("linkSmelter", "org-nova", "tradeOngoingNow", "NO", "cessationNow", "2025-06-30"));
            complete("audit-programme", number, "task_weighInformation", later);
            complete("audit-programme-2", number, "task_confirmRaise", Map.of("raiseAgreed", "YES"));
            assertThat(duties(number).get("org-nova")).containsEntry("level1", "RECOMMENDED");
            assertThat(tasks(number, "task_answerHigherLevel")).isEmpty();
            assertThat(engine.getRuntimeService().getVariable(theCase(number).getId(), "level1Planned"))
                    .isEqualTo(false);
        }
    }

    /** E17: who was asked in step 2 before there was a clock on it waits by that model, and by the new one once taken there. */
    @Test
    @DisplayName("E17 A recommended level is declined: who was asked without an end in time waits on, and is heard")
    void whoWasAskedWithoutAnEndInTimeWaitsOnAndIsHeard() throws IOException {
        Path model = Path.of("bpmn/remedy/determine-response.bpmn");
        Path copy = folder.resolve("models").resolve(model);
        Files.createDirectories(copy.getParent());
        String now = Files.readString(model);
        String earlier = now.replaceAll(
                        "(?s)\\s*<bpmn:boundaryEvent id=\"boundary_stepInUnanswered\".*?</bpmn:boundaryEvent>", "")
                .replaceAll("\\s*<bpmn:(?:incoming|outgoing)>flow_stepInUnanswered_recordTakeUp<[^>]*>", "")
                .replaceAll("\\s*<bpmn:sequenceFlow id=\"flow_stepInUnanswered[^>]*/>", "")
                .replaceAll("(?s)\\s*<bpmndi:BPMNShape id=\"boundary_stepInUnanswered_di\".*?</bpmndi:BPMNShape>", "")
                .replaceAll("(?s)\\s*<bpmndi:BPMNEdge id=\"flow_stepInUnanswered.*?</bpmndi:BPMNEdge>", "");
        assertThat(earlier).isNotEqualTo(now).doesNotContain("stepInUnanswered");
        Files.writeString(copy, earlier);
        String waits;
        String taken;
        try (ConfigurableApplicationContext first =
                start(folder.resolve("models").toString())) {
            into(first);
            waits = aCaseThatAsksTheDownstreamCompany();
            taken = aCaseThatAsksTheDownstreamCompany();
            assertThat(timers(waits)).isEmpty();
        }
        try (ConfigurableApplicationContext second = start("")) {
            into(second);
            assertThat(timers(waits)).as("no clock comes upon it unasked").isEmpty();
            complete("downstream", waits, "task_askDownstream", stepsInForNothing());
            assertThat(task(waits, "task_offerReferral").getName()).isNotEmpty();

            engine.getRuntimeService()
                    .newMigration(engine.getRuntimeService()
                            .createMigrationPlan(version("determine-response", 1), version("determine-response", 2))
                            .mapEqualActivities()
                            .build())
                    .processInstanceQuery(engine.getRuntimeService()
                            .createProcessInstanceQuery()
                            .processInstanceBusinessKey(taken, "determine-response"))
                    .execute();
            assertThat(timers(taken)).as("from then on it has its time").hasSize(1);
            timers(taken).forEach(job -> engine.getManagementService().executeJob(job.getId()));
            fire();
            assertThat(tasks(taken, "task_askDownstream")).isEmpty();
            assertThat(task(taken, "task_offerReferral").getName()).isNotEmpty();
        }
    }

    private static Map<String, Object> stepsInForNothing() {
        return Map.of(
                "downstreamTakesUp1",
                "NO",
                "downstreamTakesUp2",
                "NO",
                "takeUpReason",
                "We have no contract with anybody there.");
    }

    private String version(String process, int version) {
        return engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .processDefinitionVersion(version)
                .singleResult()
                .getId();
    }

    private List<Job> timers(String number) {
        return engine.getManagementService()
                .createJobQuery()
                .timers()
                .processInstanceId(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(number, "determine-response")
                        .singleResult()
                        .getId())
                .list();
    }

    /** Step 2, where no smelter takes up what is recommended. */
    private String aCaseThatAsksTheDownstreamCompany() {
        String number = QuietGrievance.file(house);
        house.getBean(Parties.class).add(number, "smelter", "org-nova");
        Map<String, Object> nova = duty(link("2025-06-30"), "Nova", "NO", "NOBODY");
        nova.putAll(Map.of("acceptsLevel2", "NO", "carrier2", "NOBODY"));
        Map<String, Object> known = new HashMap<>(Map.of(
                "caseNumber",
                number,
                "caseState",
                "LEVEL_DECIDED",
                "level2Open",
                true,
                "responseOutcome",
                "DECLINED",
                "language",
                "en",
                "exploitationTypes",
                Lists.json(List.of("WAGE_VIOLATION")),
                "smelterAnswers",
                Lists.json(List.of(nova)),
                "responses",
                Lists.json(Map.of("org-nova", nova))));
        known.put("whereCountry", "CD");
        engine.getRuntimeService()
                .createProcessInstanceByKey("determine-response")
                .businessKey(number)
                .setVariables(known)
                .startBeforeActivity("task_askDownstream")
                .execute();
        return number;
    }

    /** E16: of two levels that are open, an earlier model asks about the one that is owed. */
    @Test
    @DisplayName("E16 The smelter refuses what it owes: an earlier model asks about the mandatory level alone")
    void anEarlierModelAsksAboutTheMandatoryLevelAlone() throws IOException {
        try (ConfigurableApplicationContext first = start(before().toString())) {
            into(first);
            String number = aCaseWhoseLevelIsDecided();
            Map<String, Map<String, Object>> duties = duties(number);
            Map<String, Object> nova = Objects.requireNonNull(duties.get("org-nova"));
            nova.remove("acceptsLevel2");
            nova.put("carrier2", "NOBODY");
            engine.getRuntimeService().setVariable(theCase(number).getId(), "responses", Lists.json(duties));
            news(number, "Passports of all workers lie in the office.");
            complete("audit-programme", number, "task_weighInformation", facts());
            complete("audit-programme-2", number, "task_confirmRaise", Map.of("raiseAgreed", "YES"));
            complete(
                    "smelter-b",
                    number,
                    "task_answerHigherLevel",
                    Map.of("acceptsLevel1", "YES", "fundingIntention", "ALL", "levelObjection", "NO"));
            assertThat(duties(number).get("org-nova"))
                    .containsEntry("acceptsLevel1", "YES")
                    .doesNotContainKey("acceptsLevel2");
        }
    }

    private static Map<String, Object> facts() {
        return Map.of(
                "factsChange",
                "YES",
                "typesNow",
                List.of("FORCED_LABOUR"),
                "affectedNow",
                12,
                "weighReason",
                "Seen by the auditor on the visit of this week.");
    }

    /** As step 2 of the earlier model left it: Luma has accepted what was recommended, Nova has accepted Level 2 alone. */
    private String aCaseWhoseLevelIsDecided() {
        String number = QuietGrievance.file(house);
        Parties parties = house.getBean(Parties.class);
        parties.add(number, "smelter", "org-luma");
        parties.add(number, "smelter", "org-nova");
        fire();
        ProcessInstance run = theCase(number);
        Map<String, Object> link = link("2025-06-30");
        Map<String, Object> known = new HashMap<>(Map.of(
                "caseState",
                "PLANNING",
                "types",
                Lists.json(List.of("WAGE_VIOLATION")),
                "affected",
                2,
                "occurrences90d",
                1,
                "incidentFirst",
                "2025-01-10",
                "incidentLatest",
                "2025-02-10",
                "level1",
                "RECOMMENDED",
                "level2",
                "RECOMMENDED",
                "level1Planned",
                true,
                "level2Planned",
                true));
        known.put("links", Lists.json(Map.of("org-luma", link, "org-nova", link)));
        known.put(
                "responses",
                Lists.json(Map.of(
                        "org-luma", duty(link, "Luma", "YES", "SMELTER"),
                        "org-nova", duty(link, "Nova", "NO", "NOBODY"))));
        engine.getRuntimeService().setVariables(run.getId(), known);
        return number;
    }

    private static Map<String, Object> link(String effectiveCessation) {
        return Map.of(
                "tradeOngoing",
                false,
                "effectiveCessation",
                effectiveCessation,
                "selfDetected",
                true,
                "exposureDate",
                "2026-02-20");
    }

    private static Map<String, Object> duty(Map<String, Object> link, String name, String accepts1, String carrier1) {
        Map<String, Object> duty = new HashMap<>(link);
        duty.putAll(Map.of(
                "name", name,
                "level1", "RECOMMENDED",
                "level2", "RECOMMENDED",
                "row", "C",
                "rule", "RL3",
                "acceptsLevel1", accepts1,
                "acceptsLevel2", "YES",
                "carrier1", carrier1,
                "carrier2", "SMELTER"));
        return duty;
    }

    private Map<String, Map<String, Object>> duties(String number) {
        return PlanProcess.entries(
                engine.getRuntimeService().getVariable(theCase(number).getId(), "responses"));
    }

    private ProcessInstance theCase(String number) {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number, "remedy-case")
                .singleResult();
    }

    private void news(String number, String what) {
        house.getBean(Cases.class).tell(number, "new-information", Map.of("newInformation", what));
        fire();
    }

    private List<Task> tasks(String number, String element) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(element)
                .list();
    }

    private Task task(String number, String element) {
        return tasks(number, element).get(0);
    }

    private void complete(String user, String number, String element, Map<String, Object> form) {
        Task task = task(number, element);
        List<String> groups = engine.getIdentityService().createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
        engine.getIdentityService().setAuthentication(user, groups);
        try {
            engine.getTaskService().claim(task.getId(), user);
            engine.getFormService().submitTaskForm(task.getId(), ProcessTest.formValues(form));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
        fire();
    }

    private void fire() {
        OwnHouse.fire(engine);
    }

    private Path before() throws IOException {
        Path models = folder.resolve("models");
        try (Stream<Path> files = Files.walk(BEFORE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = models.resolve(BEFORE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return models;
    }

    private void into(ConfigurableApplicationContext context) {
        house = context;
        engine = context.getBean(ProcessEngine.class);
    }

    private ConfigurableApplicationContext start(String models) {
        return OwnHouse.start(folder, models);
    }
}
