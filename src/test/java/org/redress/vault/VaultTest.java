package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricFormField;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.variable.serializer.IntegerValueSerializer;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.Confidential;
import org.redress.ProcessTest;
import org.redress.WatchedLog;
import org.redress.engine.InvalidInput;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The vault under a small process, through the doors that everybody uses. The smelter of the case is in the audience, the
 * lawyer has the same form and is not.
 */
@SuppressWarnings("NullAway.Init")
class VaultTest extends ProcessTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CASE = "R-2026-9101";
    private static final String SECRET = "They come at night, by the north gate";
    private static final String MASK = "•••";
    private static final Set<String> NAMES = Set.of("probeSecret", "probeAmount", "probeWays", "probeRows", "probeDay");

    /** In the command that completes a task: what is read there is what the engine holds, not what was typed. */
    private static final String COPIES =
            "${execution.setVariable('copyOfSecret', execution.getVariable('probeSecret'))}";

    private static final String LOOKS = "${execution.setVariable('sawPlain',"
            + " ''.concat(execution.getVariable('probeSecret')).contains('come at night'))}";

    private static final String FORM =
            """
            {"id": "vault-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "textarea", "id": "f1", "key": "probeSecret", "label": "What?", "validate": {"maxLength": 10000},
                "properties": {"audience": "smelter, protection"}},
               {"type": "number", "id": "f2", "key": "probeAmount", "label": "How much?", "validate": {"max": 1000},
                "properties": {"audience": "smelter"}},
               {"type": "checklist", "id": "f3", "key": "probeWays", "label": "How?",
                "values": [{"label": "a", "value": "A"}, {"label": "b", "value": "B"}],
                "properties": {"audience": "smelter"}},
               {"type": "dynamiclist", "id": "f4", "path": "probeRows", "properties": {"audience": "smelter"},
                "components": [{"type": "textfield", "id": "f5", "key": "who", "label": "Who?"}]},
               {"type": "datetime", "id": "f6", "key": "probeDay", "subtype": "date", "dateLabel": "When?",
                "properties": {"audience": "smelter"}},
               {"type": "textfield", "id": "f7", "key": "plainAnswer", "label": "Your answer?"}]}
            """;

    @Autowired
    private Parties parties;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private VaultSetup setup;

    @Autowired
    private Erasures erasures;

    @Autowired
    private Reasons reasons;

    @Autowired
    private MeterRegistry meters;

    private String instance;

    @BeforeEach
    void aCaseOfLuma() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("vault-probe.form", FORM)
                .addModelInstance("vault-probe.bpmn", process())
                .addModelInstance("vault-probe-child.bpmn", child()));
        parties.add(CASE, "smelter", "org-luma");
        // Other tests erase this case.
        jdbc.sql("insert into vault_reopening (case_number, reason, reopened_by, reopened_at)"
                        + " values (?, 'another test', 'dpo', timestamp '2100-01-01 00:00:00')")
                .param(CASE)
                .update();
        for (String table : List.of("vault_hold", "vault_hold_change", "vault_erasure_asked")) {
            jdbc.sql("delete from " + table + " where case_number = ?")
                    .param(CASE)
                    .update();
        }
        instance = start("vault-probe", CASE, Map.of()).getId();
    }

    private static BpmnModelInstance process() {
        BpmnModelInstance model = Bpmn.createExecutableProcess("vault-probe")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent("start_plain")
                .userTask("task_tell")
                .camundaFormRef("vault-probe")
                .camundaFormRefBinding("deployment")
                .camundaCandidateGroups("${parties.group(execution, 'smelter')}")
                .camundaExecutionListenerExpression("end", COPIES)
                .camundaExecutionListenerExpression("end", LOOKS)
                .userTask("task_look")
                .camundaFormRef("vault-probe")
                .camundaFormRefBinding("deployment")
                .camundaCandidateGroups("legal")
                .callActivity("call_child")
                .calledElement("vault-probe-child")
                .camundaInBusinessKey("#{execution.processBusinessKey}")
                .userTask("task_check")
                .camundaFormRef("vault-probe")
                .camundaFormRefBinding("deployment")
                .camundaCandidateGroups("${parties.group(execution, 'smelter')}")
                .endEvent("end_checked")
                .done();
        CamundaIn everythingIn = model.newInstance(CamundaIn.class);
        everythingIn.setCamundaVariables("all");
        CamundaOut everythingOut = model.newInstance(CamundaOut.class);
        everythingOut.setCamundaVariables("all");
        CallActivity call = model.getModelElementById("call_child");
        call.builder().addExtensionElement(everythingIn).addExtensionElement(everythingOut);
        return model;
    }

    private static BpmnModelInstance child() {
        return Bpmn.createExecutableProcess("vault-probe-child")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .userTask("task_advise")
                .camundaFormRef("vault-probe")
                .camundaFormRefBinding("deployment")
                .camundaCandidateGroups("legal")
                .endEvent()
                .done();
    }

    @AfterEach
    void nothingStays() {
        jdbc.sql("delete from case_party where case_number = ?").param(CASE).update();
    }

    // Writing

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void whatIsToldIsAReferenceForTheEngine(String way) throws Exception {
        String longer = SECRET + " · ".repeat(3) + "x".repeat(9_900);
        assertThat(tell(way, longer).statusCode()).isEqualTo(204);
        for (String name : NAMES) {
            assertThat(runtimeService.getVariable(instance, name)).as(name).matches(Reference::is);
        }
        assertThat(runtimeService.getVariable(instance, "sawPlain"))
                .as("the value in memory is the reference, at once")
                .isEqualTo(false);
        assertThat(runtimeService.getVariable(instance, "copyOfSecret"))
                .as("copies stay references")
                .isEqualTo(runtimeService.getVariable(instance, "probeSecret"));
        List<HistoricDetail> details = historyService
                .createHistoricDetailQuery()
                .formFields()
                .processInstanceId(instance)
                .list();
        if (way.equals("submit-form")) {
            assertThat(details)
                    .extracting(detail -> (HistoricFormField) detail)
                    .filteredOn(field -> field.getFieldId().equals("probeSecret"))
                    .singleElement()
                    .satisfies(field -> assertThat(field.getFieldValue()).matches(Reference::is));
        }
        Dump dump = new Dump(jdbc);
        nothingIsReadOf(dump, "north gate", "Josephine");
        assertThat(dump.unsealed(NAMES)).isEmpty();
        legalGoesOn();
        legalGoesOn();
        assertThat(form("smelter").path("probeSecret").path("value").asText()).isEqualTo(longer);
    }

    private static void nothingIsReadOf(Dump dump, String... texts) {
        assertThat(dump.rowsWith(List.of(texts)))
                .hasSize(texts.length)
                .allSatisfy((text, rows) -> assertThat(rows).as(text).isEmpty());
    }

    @Test
    void whatEngineCallsWriteIsSealedToo() {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        assertSealed("probeSecret", SECRET);
        runtimeService.setVariables(instance, Map.of("probeAmount", 12L));
        assertSealed("probeAmount", "12");
        taskService.setVariable(as("smelter").task("task_tell").getId(), "probeWays", json(List.of("A")));
        assertSealed("probeWays", "[\"A\"]");
        runtimeService.setVariable(
                instance, "probeDay", Variables.dateValue(Date.from(java.time.Instant.parse("2026-02-02T10:00:00Z"))));
        assertSealed("probeDay", "2026-02-02T10:00:00Z");
        runtimeService
                .createProcessInstanceModification(instance)
                .startBeforeActivity("task_check")
                .setVariable("probeSecret", SECRET + " (again)")
                .setVariableLocal("probeRows", json(List.of(Map.of("who", "Josephine"))))
                .execute();
        assertSealed("probeSecret", SECRET + " (again)");
        nothingIsReadOf(new Dump(jdbc), "north gate", "Josephine");
    }

    @Test
    void whatCodeWritesInTheMiddleOfAProcessFallsIntoTheNet() {
        systemly(() -> {
            var execution = org.camunda.bpm.engine.impl.context.Context.getCommandContext()
                    .getExecutionManager()
                    .findExecutionById(instance);
            execution.setVariable("probeSecret", SECRET);
            execution.setVariable("probeAmount", 12.5);
            execution.setVariable("probeWays", List.of("A", "B"));
            execution.setVariable("probeRows", json(List.of(Map.of("who", "Josephine"))));
            return null;
        });
        Dump dump = new Dump(jdbc);
        assertThat(dump.unsealed(NAMES)).isEmpty();
        nothingIsReadOf(dump, "north gate", "Josephine");
        assertSealed("probeSecret", SECRET);
        assertSealed("probeAmount", "12.5");
        assertSealed("probeWays", "[\"A\",\"B\"]");
        assertSealed("probeRows", "[{\"who\":\"Josephine\"}]");
        assertThat(caseOf("probeSecret")).isEqualTo(CASE);
    }

    @Test
    void anObjectInTheMiddleOfAProcessDoesNotBreakTheCommandsThatReadIt() {
        systemly(() -> {
            org.camunda.bpm.engine.impl.context.Context.getCommandContext()
                    .getExecutionManager()
                    .findExecutionById(instance)
                    .setVariable("probeWays", new java.util.ArrayList<>(List.of("A")));
            return null;
        });
        assertThat(runtimeService.getVariables(instance)).containsKey("probeWays");
        assertThat(systemly(() -> org.camunda.bpm.engine.impl.context.Context.getCommandContext()
                        .getExecutionManager()
                        .findExecutionById(instance)
                        .getVariables()
                        .get("probeWays")))
                .matches(Reference::is);
        String task = as("smelter").task("task_tell").getId();
        assertThat(actingAs(
                        "smelter", () -> formService.getTaskFormVariables(task).get("probeWays")))
                .asString()
                .isEqualTo("[\"A\"]");
    }

    @Test
    void filesAndJavaObjectsAreNotKeptInVariables() {
        assertThatThrownBy(() -> runtimeService.setVariable(instance, "probeSecret", new byte[] {1, 2}))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> runtimeService.setVariable(
                        instance,
                        "probeSecret",
                        Variables.fileValue("cry.txt").file(new byte[] {1}).create()))
                .isInstanceOf(InvalidInput.class);
        assertThat(runtimeService.getVariable(instance, "probeSecret")).isNull();
    }

    @Test
    void aStartAndAMessageAreSealedUnderTheCaseThatTheyBegin() {
        ProcessInstance started = runtimeService.startProcessInstanceByKey(
                "vault-probe", CASE, Map.of("probeSecret", SECRET, "caseNumber", CASE));
        instance = started.getId();
        assertSealed("probeSecret", SECRET);
        assertThat(caseOf("probeSecret")).isEqualTo(CASE);
    }

    /** Message start, several instances of a task, a message on the way, migration with variables and a restart. */
    @Test
    void whateverTheEngineDoesWithACaseItHandsOnReferences() {
        Deployment first = many("task_each");
        String started = runtimeService
                .createMessageCorrelation("vault-told")
                .processInstanceBusinessKey(CASE)
                .setVariable("caseNumber", CASE)
                .setVariable("whom", json(List.of("a", "b")))
                .setVariable("probeSecret", SECRET)
                .correlateWithResult()
                .getProcessInstance()
                .getId();
        List<Task> each = taskService
                .createTaskQuery()
                .processInstanceId(started)
                .taskDefinitionKey("task_each")
                .list();
        assertThat(each).hasSize(2);
        for (Task task : each) {
            taskService.complete(task.getId(), Map.of("probeSecret", SECRET + task.getId()));
        }
        runtimeService
                .createMessageCorrelation("vault-more")
                .processInstanceBusinessKey(CASE)
                .processInstanceVariableEquals("caseNumber", CASE)
                .setVariable("probeRows", json(List.of(Map.of("who", SECRET))))
                .correlate();
        Deployment second = many("task_each");
        assertThatThrownBy(() -> migrate(started, first, second, Map.of("probeDay", SECRET)))
                .as("variables of a migration are for many cases")
                .isInstanceOf(InvalidInput.class);
        migrate(started, first, second, Map.of());
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceId(started)
                        .singleResult()
                        .getProcessDefinitionId())
                .isEqualTo(definition(second));
        for (String name : List.of("probeSecret", "probeRows")) {
            assertThat(runtimeService.getVariable(started, name)).as(name).matches(Reference::is);
        }
        runtimeService.deleteProcessInstance(started, "to begin again");
        runtimeService
                .restartProcessInstances(definition(second))
                .startBeforeActivity("task_wait")
                .processInstanceIds(started)
                .execute();
        assertThat(runtimeService
                        .createVariableInstanceQuery()
                        .variableName("probeSecret")
                        .processInstanceIdIn(runtimeService
                                .createProcessInstanceQuery()
                                .processDefinitionId(definition(second))
                                .singleResult()
                                .getId())
                        .singleResult()
                        .getValue())
                .matches(Reference::is);
        Dump dump = new Dump(jdbc);
        assertThat(dump.unsealed(NAMES)).isEmpty();
        assertThat(dump.rowsWith("north gate")).isEmpty();
        repositoryService.deleteDeployment(first.getId(), true);
        repositoryService.deleteDeployment(second.getId(), true);
    }

    private void migrate(String instance, Deployment from, Deployment to, Map<String, Object> variables) {
        runtimeService
                .newMigration(runtimeService
                        .createMigrationPlan(definition(from), definition(to))
                        .mapEqualActivities()
                        .setVariables(variables)
                        .build())
                .processInstanceIds(instance)
                .execute();
    }

    private Deployment many(String task) {
        return deployForThisTest(repositoryService
                .createDeployment()
                .addString("vault-probe.form", FORM)
                .addModelInstance(
                        "vault-many.bpmn",
                        Bpmn.createExecutableProcess("vault-many")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent("start_told")
                                .message("vault-told")
                                .userTask(task)
                                .camundaInputParameter("probeSecret", "${null}")
                                .camundaFormRef("vault-probe")
                                .camundaFormRefBinding("deployment")
                                .camundaCandidateGroups("legal")
                                .multiInstance()
                                .parallel()
                                .camundaCollection("${lists.strings(whom)}")
                                .camundaElementVariable("who")
                                .multiInstanceDone()
                                .receiveTask("task_more")
                                .message("vault-more")
                                .userTask("task_wait")
                                .camundaCandidateGroups("legal")
                                .endEvent("end_told")
                                .done()));
    }

    private String definition(Deployment deployment) {
        return repositoryService
                .createProcessDefinitionQuery()
                .deploymentId(deployment.getId())
                .singleResult()
                .getId();
    }

    /** Whoever starts a case does not choose whose key seals it, nor who may erase it. */
    @Test
    void theCaseThatBeginsOwnsWhatItWasTold() {
        String begun = actingAs("admin", () -> runtimeService
                .createProcessInstanceByKey("vault-probe")
                .businessKey("R-2026-9102")
                .setVariable("caseNumber", CASE)
                .setVariable("probeSecret", SECRET)
                .execute()
                .getId());
        assertThat(jdbc.sql(
                                "select k.case_number from vault_value v join vault_key k on k.id = v.key_id where v.id = ?")
                        .param(idOf(begun, "probeSecret"))
                        .query(String.class)
                        .single())
                .isEqualTo(CASE);
    }

    /**
     * By commands that name no case, an administrator would write over what they cannot read. What the house refuses to people
     * whatever it holds is refused before the vault is asked.
     */
    @ParameterizedTest
    @ValueSource(strings = {"message", "many", "nulls"})
    void nobodyWritesPastTheCase(String way) {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        assertThatThrownBy(() -> actingAs("admin", () -> {
                    switch (way) {
                        case "message" ->
                            runtimeService
                                    .createMessageCorrelation("vault-more")
                                    .processInstanceBusinessKey(CASE)
                                    .setVariable("probeSecret", "nothing happened")
                                    .correlateAll();
                        case "many" ->
                            runtimeService.setVariablesAsync(List.of(instance), Map.of("probeSecret", "•••"));
                        default -> {
                            Map<String, Object> nothing = new java.util.HashMap<>();
                            nothing.put("probeSecret", null);
                            runtimeService.setVariablesAsync(List.of(instance), nothing);
                        }
                    }
                    return instance;
                }))
                .isInstanceOfAny(InvalidInput.class, AuthorizationException.class)
                .hasMessageMatching(".*(one case at a time|not by a raw message).*");
        assertSealed("probeSecret", SECRET);
    }

    /** What is written while a case is erased is gone with it, or comes after. */
    @Test
    void erasingWaitsForWhoWritesTheFirstValue() throws Exception {
        var written = new java.util.concurrent.CountDownLatch(1);
        var goOn = new java.util.concurrent.CountDownLatch(1);
        var writer = java.util.concurrent.CompletableFuture.runAsync(() -> systemly(() -> {
            runtimeService.setVariable(instance, "probeSecret", SECRET);
            written.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return instance;
        }));
        written.await();
        var eraser = java.util.concurrent.CompletableFuture.supplyAsync(
                () -> erasures.erase(CASE, null, "asked by the person", "dpo"));
        assertThatThrownBy(() -> eraser.get(300, java.util.concurrent.TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        goOn.countDown();
        writer.join();
        assertThat(eraser.get().valuesGone()).isPositive();
        assertThat(vault.find(
                        List.of(Reference.parse(String.valueOf(runtimeService.getVariable(instance, "probeSecret"))))))
                .allSatisfy((reference, kept) -> assertThat(kept.isErased()).isTrue());
    }

    @Test
    void aMistypedCaseIsNeitherHeldNorErased() throws Exception {
        tell("submit-form", SECRET);
        for (String path : List.of("/api/vault/erasures")) {
            assertThat(post("dpo", path, "{\"caseNumber\":\"R-2026-0000\",\"reason\":\"asked by the person\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(post("dpo", path, "{\"caseNumber\":\"" + CASE + "\",\"person\":\" \",\"reason\":\"asked\"}")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(put("dpo", "/api/vault/holds/R-2026-0000", "{\"reason\":\"a court\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(put("dpo", "/api/vault/holds/" + CASE.toLowerCase(java.util.Locale.ROOT), "{\"reason\":\"a court\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(post("dpo", "/api/vault/erasures", erasure(null)).statusCode())
                .isEqualTo(409);
        jdbc.sql("delete from vault_hold").update();
    }

    @Test
    void nobodyWritesAConfidentialFieldOfManyCasesAtOnce() {
        assertThatThrownBy(() -> runtimeService.setVariablesAsync(List.of(instance), Map.of("probeSecret", SECRET)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void whatASurvivorTellsHasAKeyOfItsOwn() {
        runtimeService.setVariable(instance, "probeSecret", "of the case");
        ProcessInstance person = runtimeService.startProcessInstanceByKey(
                "vault-probe", CASE, Map.of("caseNumber", CASE, "victimRef", "V-1234", "probeSecret", SECRET));
        String key = "select k.%s from vault_value v join vault_key k on k.id = v.key_id where v.id = ?";
        String ofPerson = idOf(person.getId(), "probeSecret");
        String ofCase = idOf(instance, "probeSecret");
        assertThat(jdbc.sql(key.formatted("person"))
                        .param(ofPerson)
                        .query(String.class)
                        .single())
                .isEqualTo("V-1234");
        assertThat(jdbc.sql(key.formatted("id"))
                        .param(ofPerson)
                        .query(String.class)
                        .single())
                .isNotEqualTo(jdbc.sql(key.formatted("id"))
                        .param(ofCase)
                        .query(String.class)
                        .single());
        runtimeService.setVariable(person.getId(), "probeRows", json(List.of(1)));
        assertThat(jdbc.sql(key.formatted("id"))
                        .param(idOf(person.getId(), "probeRows"))
                        .query(String.class)
                        .single())
                .as("one key, used again")
                .isEqualTo(jdbc.sql(key.formatted("id"))
                        .param(ofPerson)
                        .query(String.class)
                        .single());
    }

    // Reading

    @Test
    void inTheAudienceAndPartyOneReadsAndIsOnRecord() throws Exception {
        tell("submit-form", SECRET);
        legalGoesOn();
        legalGoesOn();
        long before = reads("smelter");
        JsonNode form = form("smelter");
        assertThat(form.path("probeSecret").path("value").asText()).isEqualTo(SECRET);
        assertThat(form.path("probeAmount").path("value").asInt()).isEqualTo(12);
        assertThat(form.path("probeWays").path("value").toString()).contains("A", "B");
        assertThat(form.path("probeRows").path("value").toString()).contains("Josephine");
        assertThat(form.path("probeDay").path("value").asText()).isEqualTo("2026-01-31");
        assertThat(reads("smelter") - before).as("a line for each value").isEqualTo(5);
        Map<String, Object> line = jdbc.sql("select * from vault_read where reader = 'smelter' order by id desc"
                        + " fetch first 1 rows only")
                .query()
                .singleRow();
        assertThat(line).containsEntry("case_number", CASE).containsEntry("purpose", "task form");
    }

    @Test
    void anotherSmelterIsNoReaderEvenWithTheTaskInHand() throws Exception {
        tell("submit-form", SECRET);
        legalGoesOn();
        legalGoesOn();
        String path = "/engine-rest/task/" + openTask("task_check") + "/form-variables";
        taskService.setAssignee(openTask("task_check"), "smelter-b");
        assertThat(get("smelter-b", path).statusCode())
                .as("named on it, and of none of its groups")
                .isEqualTo(403);
        taskService.addCandidateGroup(openTask("task_check"), "smelter.org-nova");
        assertThat(get("smelter-b", path).statusCode())
                .as("of a group that has nothing to do with the case")
                .isEqualTo(403);
        runtimeService.setVariable(instance, "successor", "org-nova");
        JsonNode form = json(get("smelter-b", path));
        assertThat(form.path("probeSecret").path("value").asText()).isEqualTo(MASK);
        assertThat(form.has("probeAmount")).as("numbers look empty").isFalse();
        assertThat(reads("smelter-b")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/variable-instance?processInstanceIdIn={instance}",
                "/engine-rest/variable-instance?processInstanceIdIn={instance}&deserializeValues=false",
                "/engine-rest/process-instance/{instance}/variables",
                "/engine-rest/execution/{instance}/localVariables",
                "/engine-rest/history/variable-instance?processInstanceId={instance}",
                "/engine-rest/history/detail?processInstanceId={instance}",
                "/engine-rest/task/{task}/variables",
                "/camunda/api/engine/engine/default/variable-instance?processInstanceIdIn={instance}"
            })
    void whoOperatesSeesNoValueAtAnyDoor(String path) throws Exception {
        tell("submit-form", SECRET);
        for (String user : List.of("admin", "overseer")) {
            String answer = get(user, path.replace("{instance}", instance).replace("{task}", openTask("task_look")))
                    .body();
            assertThat(answer)
                    .doesNotContain("north gate")
                    .doesNotContain("Josephine")
                    .doesNotContain("2026-01-31");
        }
        assertThat(reads("admin") + reads("overseer")).isZero();
    }

    @Test
    void historyOpensForTheAudienceAndForNobodyElse() throws Exception {
        tell("submit-form", SECRET);
        assertThat(actingAs("admin", () -> historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .variableName("probeSecret")
                        .singleResult()
                        .getValue()))
                .isEqualTo(MASK);
        mayReadEverything("smelter");
        mayReadEverything("legal");
        try {
            assertThat(actingAs("smelter", () -> historyService
                            .createHistoricVariableInstanceQuery()
                            .processInstanceId(instance)
                            .variableName("probeSecret")
                            .singleResult()
                            .getValue()))
                    .isEqualTo(SECRET);
            assertThat(
                            actingAs(
                                    "smelter", () -> historyService
                                            .createHistoricDetailQuery()
                                            .variableUpdates()
                                            .processInstanceId(instance)
                                            .list()
                                            .stream()
                                            .map(detail ->
                                                    (org.camunda.bpm.engine.history.HistoricVariableUpdate) detail)
                                            .filter(update ->
                                                    update.getVariableName().equals("probeAmount"))
                                            .map(update -> update.getValue())
                                            .toList()))
                    .isEqualTo(List.of(12));
            assertThat(actingAs("smelter", () -> runtimeService.getVariable(instance, "probeSecret")))
                    .isEqualTo(SECRET);
            assertThat(actingAs("legal", () -> runtimeService.getVariable(instance, "probeSecret")))
                    .isEqualTo(MASK);
        } finally {
            engine.getAuthorizationService().createAuthorizationQuery().resourceId("vault-probe").list().stream()
                    .map(Authorization::getId)
                    .forEach(engine.getAuthorizationService()::deleteAuthorization);
        }
    }

    private void mayReadEverything(String group) {
        Authorization grant = engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(group);
        grant.setResource(Resources.PROCESS_DEFINITION);
        grant.setResourceId("vault-probe");
        grant.addPermission(Permissions.ALL);
        engine.getAuthorizationService().saveAuthorization(grant);
    }

    @Test
    void whatRunsInsideAnotherCommandGetsTheReference() throws Exception {
        tell("submit-form", SECRET);
        assertThat(actingAs("smelter", () -> systemly(() -> runtimeService.getVariable(instance, "probeSecret"))))
                .matches(Reference::is);
    }

    // What comes back

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'probeSecret':{'value':'•••','type':'String'},'probeAmount':{'value':null},'probeWays':{'value':'[]','type':'Json'}}",
                "{'probeSecret':{'value':null},'probeRows':{'value':'[]','type':'Json'},'probeDay':{'value':null,'type':'String'}}",
                "{'probeSecret':{'value':' ','type':'String'},'probeAmount':{'value':'','type':'String'},'probeDay':{'value':'•••','type':'String'}}"
            })
    void whatAnOutsiderSendsBackOverwritesNothing(String sent) throws Exception {
        tell("submit-form", SECRET);
        JsonNode seen = form("legal");
        assertThat(seen.path("probeSecret").path("value").asText()).isEqualTo(MASK);
        assertThat(seen.has("probeWays")).as("lists look empty").isFalse();
        String body = "{\"variables\":" + sent.replace('\'', '"') + "}";
        HttpResponse<String> answer =
                post("legal", "/engine-rest/task/" + openTask("task_look") + "/submit-form", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        String child = openTask("task_advise");
        assertThat(post("legal", "/engine-rest/task/" + child + "/complete", body)
                        .statusCode())
                .as("in a called process too, which hands everything back")
                .isEqualTo(204);
        JsonNode form = form("smelter");
        assertThat(form.path("probeSecret").path("value").asText()).isEqualTo(SECRET);
        assertThat(form.path("probeAmount").path("value").asInt()).isEqualTo(12);
        assertThat(form.path("probeWays").path("value").toString()).contains("A", "B");
        assertThat(form.path("probeRows").path("value").toString()).contains("Josephine");
        assertThat(form.path("probeDay").path("value").asText()).isEqualTo("2026-01-31");
    }

    @Test
    void whoeverMayNotWriteLearnsNotWhetherThereIsSomething() throws Exception {
        tell("submit-form", SECRET);
        Task task = taskService.createTaskQuery().taskId(openTask("task_look")).singleResult();
        for (String field : List.of("probeSecret", "probeNothing")) {
            HttpResponse<String> answer = put(
                    "member",
                    "/engine-rest/process-instance/" + task.getProcessInstanceId() + "/variables/" + field,
                    "{\"value\":\"x\",\"type\":\"String\"}");
            assertThat(answer.statusCode()).as(field + answer.body()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("confidential");
        }
    }

    @Test
    void anOutsiderDoesNotWriteOverWhatIsThere() throws Exception {
        tell("submit-form", SECRET);
        HttpResponse<String> answer = post(
                "legal",
                "/engine-rest/task/" + openTask("task_look") + "/submit-form",
                "{\"variables\":{\"probeSecret\":{\"value\":\"nothing happened\"}}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("probeSecret", "leave it as it is");
        assertThat(put(
                                "admin",
                                "/engine-rest/process-instance/" + instance + "/variables/probeSecret",
                                "{\"value\":\"nothing happened\",\"type\":\"String\"}")
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        delete("admin", "/engine-rest/process-instance/" + instance + "/variables/probeSecret");
        assertSealed("probeSecret", SECRET);
    }

    @Test
    void anOutsiderMayGiveAFirstValueAndDoesNotSeeItAgain() throws Exception {
        as("smelter").complete("task_tell", Map.of());
        assertThat(post(
                                "legal",
                                "/engine-rest/task/" + openTask("task_look") + "/submit-form",
                                "{\"variables\":{\"probeSecret\":{\"value\":\"" + SECRET + "\"}}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(json(get("legal", "/engine-rest/task/" + openTask("task_advise") + "/form-variables"))
                        .path("probeSecret")
                        .path("value")
                        .asText())
                .isEqualTo(MASK);
        assertSealed("probeSecret", SECRET);
    }

    @Test
    void whatComesBackUnchangedIsNotKeptTwice() throws Exception {
        tell("submit-form", SECRET);
        legalGoesOn();
        legalGoesOn();
        Object before = runtimeService.getVariable(instance, "probeSecret");
        long values =
                jdbc.sql("select count(*) from vault_value").query(Long.class).single();
        Task check = as("smelter").task("task_check");
        as("smelter").complete(check, Map.of("probeSecret", SECRET, "probeAmount", 12, "probeDay", "2026-02-01"));
        assertThat(variable(instance, "probeSecret")).contains(SECRET);
        assertThat(historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .variableName("probeSecret")
                        .singleResult()
                        .getValue())
                .isEqualTo(before);
        assertThat(jdbc.sql("select count(*) from vault_value")
                                .query(Long.class)
                                .single()
                        - values)
                .as("only the day is new")
                .isEqualTo(1);
    }

    @Test
    void nobodySendsAReference() throws Exception {
        tell("submit-form", SECRET);
        String reference = (String) runtimeService.getVariable(instance, "probeSecret");
        for (String field : List.of("probeSecret", "plainAnswer", "probeDay")) {
            String sent = field.equals("probeSecret") ? Reference.random().toString() : reference;
            HttpResponse<String> answer = post(
                    "legal",
                    "/engine-rest/task/" + openTask("task_look") + "/submit-form",
                    "{\"variables\":{\"" + field + "\":{\"value\":\"" + sent + "\"}}}");
            assertThat(answer.statusCode()).as(field + answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("not a reference");
        }
    }

    @Test
    void theFormIsCheckedOnWhatWasTypedNotOnTheReference() throws Exception {
        HttpResponse<String> answer = post(
                "smelter",
                "/engine-rest/task/" + openTask("task_tell") + "/submit-form",
                "{\"variables\":{\"probeAmount\":{\"value\":1001,\"type\":\"Integer\"}}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("maximum value of 1000");
        assertThat(runtimeService.getVariable(instance, "probeAmount")).isNull();
    }

    // Asking

    @Test
    void nobodyAsksByAConfidentialValueAndNoQuestionLeavesATrace() throws Exception {
        tell("submit-form", SECRET);
        // Of this field: letters are sealed meanwhile.
        String kept = "select count(*) from vault_value where variable = 'probeSecret'";
        long before = jdbc.sql(kept).query(Long.class).single();
        for (String user : List.of("admin", "smelter", "overseer")) {
            for (String path : List.of("process-instance", "history/process-instance", "task", "execution")) {
                HttpResponse<String> answer = post(
                        user,
                        "/engine-rest/" + path,
                        "{\"" + (path.equals("task") ? "processVariables" : "variables")
                                + "\":[{\"name\":\"probeSecret\",\"operator\":\"eq\",\"value\":\"" + SECRET + "\"}]}");
                assertThat(answer.statusCode())
                        .as(user + " " + path + answer.body())
                        .isGreaterThanOrEqualTo(400);
                assertThat(answer.body()).doesNotContain("north gate");
            }
        }
        assertThatThrownBy(() -> runtimeService
                        .createProcessInstanceQuery()
                        .variableValueEquals("probeSecret", SECRET)
                        .list())
                .hasStackTraceContaining("nobody asks by its value");
        assertThatThrownBy(() -> runtimeService
                        .createMessageCorrelation("grievance-received")
                        .processInstanceVariableEquals("probeSecret", SECRET)
                        .correlate())
                .hasStackTraceContaining("nobody asks by its value");
        assertThat(jdbc.sql(kept).query(Long.class).single()).isEqualTo(before);
    }

    // The door for code

    @Test
    void codeAsksByReferenceForItsCaseWithAPurpose() throws Exception {
        tell("submit-form", SECRET);
        String reference = (String) runtimeService.getVariable(instance, "probeSecret");
        assertThat(vault.open(reference, CASE, "letter to the smelter")).contains(SECRET);
        assertThat(jdbc.sql("select reader from vault_read where purpose = 'letter to the smelter'")
                        .query(String.class)
                        .list())
                .containsExactly("system");
        assertThat(vault.open(reference, "R-2026-0001", "letter"))
                .as("a reference that strayed opens nothing")
                .isEmpty();
        assertThat(vault.open(Reference.random().toString(), CASE, "letter")).isEmpty();
        assertThatThrownBy(() -> vault.open(SECRET, CASE, "letter")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasReadStaysOnRecordWhenTheReaderFails() {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        String reference = (String) runtimeService.getVariable(instance, "probeSecret");
        assertThatThrownBy(() -> systemly(() -> {
                    vault.open(reference, CASE, "a letter that fails");
                    throw new IllegalStateException("no paper");
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(jdbc.sql("select count(*) from vault_read where purpose = 'a letter that fails'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatSomebodyChangesInTheDatabaseDoesNotOpen() {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        String reference = (String) runtimeService.getVariable(instance, "probeSecret");
        jdbc.sql("update vault_value set audience = 'legal' where id = ?")
                .param(idOf(instance, "probeSecret"))
                .update();
        assertThatThrownBy(() -> vault.open(reference, CASE, "test")).hasMessageContaining("was changed");
    }

    /** One key that was damaged: the form opens, the field shows a mask, and nobody overwrites it. */
    @Test
    void aValueThatDoesNotOpenIsAMaskAndTheRestOfTheFormIsThere() throws Exception {
        tell("submit-form", SECRET);
        legalGoesOn();
        legalGoesOn();
        String broken = (String) runtimeService.getVariable(instance, "probeSecret");
        String lists = (String) runtimeService.getVariable(instance, "probeRows");
        for (String name : List.of("probeSecret", "probeRows")) {
            jdbc.sql("update vault_value set sealed = ? where id = ?")
                    .params(new byte[] {1, 2, 3}, idOf(instance, name))
                    .update();
        }
        double before = unopened();
        JsonNode form = form("smelter");
        assertThat(form.path("probeSecret").path("value").asText()).isEqualTo(MASK);
        assertThat(form.path("probeAmount").path("value").asInt()).isEqualTo(12);
        assertThat(unopened()).isEqualTo(before + 2);

        String task = openTask("task_check");
        HttpResponse<String> sentBack = post(
                "smelter",
                "/engine-rest/task/" + task + "/submit-form",
                "{\"variables\":{\"probeSecret\":{\"value\":\"" + MASK
                        + "\"},\"probeRows\":{\"value\":null},\"plainAnswer\":{\"value\":\"no\"}},"
                        + "\"withVariablesInReturn\":true}");
        assertThat(sentBack.statusCode()).as(sentBack.body()).isEqualTo(200);
        assertThat(json(sentBack).path("probeSecret").path("value").asText())
                .as("what lies there is kept, for whoever mends the key")
                .isIn(broken, MASK);
        assertThat(lists).startsWith("vault:");
    }

    private double unopened() {
        return meters.get("redress.vault.unopened").counter().count();
    }

    // Erasing

    @Test
    void whatWasErasedTakesNothingNewUntilTheRecordsAreOpenedAgain() throws Exception {
        String erased = "R-2026-9102";
        parties.add(erased, "smelter", "org-luma");
        String there = start("vault-probe", erased, Map.of()).getId();
        runtimeService.setVariable(there, "probeSecret", SECRET);
        String body = "{\"caseNumber\":\"" + erased + "\",\"reason\":\"asked by the person\"}";
        assertThat(post("dpo", "/api/vault/erasures", body).statusCode()).isEqualTo(200);

        assertThatThrownBy(() -> runtimeService.setVariable(there, "probeSecret", SECRET))
                .hasStackTraceContaining("was erased, and nothing new is kept there");
        for (String user : List.of("admin", "legal", "smelter", "overseer")) {
            assertThat(post(user, "/api/vault/reopenings", body).statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        assertThat(post("dpo", "/api/vault/reopenings", body).statusCode()).isEqualTo(204);
        runtimeService.setVariable(there, "probeSecret", SECRET);
        assertThat(vault.open((String) runtimeService.getVariable(there, "probeSecret"), erased, "test"))
                .contains(SECRET);
    }

    @Test
    void aSurvivorIsErasedAloneAndNobodyReadsTheFileAnyMore() throws Exception {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        String ofTheCase = (String) runtimeService.getVariable(instance, "probeSecret");
        String josephine = (String) runtimeService.getVariable(person("V-0001"), "probeSecret");
        String marie = (String) runtimeService.getVariable(person("V-0002"), "probeSecret");

        for (String user : List.of("admin", "smelter", "legal", "overseer")) {
            assertThat(post(user, "/api/vault/erasures", erasure("V-0001")).statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        JsonNode report = json(post("dpo", "/api/vault/erasures", erasure("V-0001")));
        assertThat(report.path("keysDestroyed").asInt()).isEqualTo(1);
        assertThat(report.path("valuesGone").asInt()).isEqualTo(1);
        assertThat(vault.open(josephine, CASE, "test")).isEmpty();
        assertThat(vault.open(marie, CASE, "test")).contains(SECRET);
        assertThat(vault.open(ofTheCase, CASE, "test")).contains(SECRET);
        assertThat(jdbc.sql("select count(*) from vault_key where person = 'V-0001' and wrapped is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(json(get("smelter", "/engine-rest/task/" + taskOf("V-0001") + "/form-variables"))
                        .path("probeSecret")
                        .path("value")
                        .asText())
                .as("a reference to nothing shows nothing, and breaks nothing")
                .isEqualTo(MASK);

        assertThat(json(post("dpo", "/api/vault/erasures", erasure(null)))
                        .path("keysDestroyed")
                        .asInt())
                .as("the whole case, the files of its survivors too")
                .isGreaterThanOrEqualTo(2);
        assertThat(vault.open(marie, CASE, "test")).isEmpty();
        assertThat(vault.open(ofTheCase, CASE, "test")).isEmpty();
        assertThat(jdbc.sql("select count(*) from vault_erasure where case_number = ? and erased_by = 'dpo'")
                        .param(CASE)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whyACaseIsHeldOrErasedIsSealedOfOldTooAndOpenedForTheHouse() throws Exception {
        String why = "Josephine asked for it";
        erasures.hold(CASE, why, "legal");
        assertThat(erasures.holdOn(CASE)).hasValue(why);
        jdbc.sql("update vault_hold set reason = ? where case_number = ?")
                .params("An old " + why, CASE)
                .update();
        reasons.sealThoseOfBefore();
        assertThat(erasures.holdOn(CASE)).hasValue("An old " + why);
        erasures.lift(CASE, why, "legal");
        erasures.reopen(CASE, null, why, "dpo");
        erasures.erase(CASE, "V-0777", why, "dpo");
        for (String table : List.of("vault_hold", "vault_hold_change", "vault_reopening", "vault_erasure")) {
            assertThat(jdbc.sql("select count(*) from " + table + " where reason like '%Josephine%'")
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        jdbc.sql("delete from vault_erasure where person = 'V-0777'").update();
        jdbc.sql("delete from vault_hold_change where case_number = ?")
                .param(CASE)
                .update();
    }

    /** What lies in clear beside the vault goes with the case too. */
    @Test
    void earlierReasonsAndTheCodeOfWhatWasFiledGoWithTheWholeCase() throws Exception {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        String before = "Because of Josephine";
        for (String table : List.of("vault_hold_change", "vault_reopening", "vault_erasure")) {
            String more = table.equals("vault_hold_change")
                    ? "what, changed_by, changed_at) values (?, ?, 'SET', 'legal', now())"
                    : table.equals("vault_reopening")
                            ? "reopened_by, reopened_at) values (?, ?, 'dpo', timestamp '2020-01-01 00:00:00')"
                            : "erased_by, erased_at, keys_destroyed, values_gone, files_gone)"
                                    + " values (?, ?, 'dpo', timestamp '2020-01-01 00:00:00', 0, 0, 0)";
            jdbc.sql("insert into " + table + " (case_number, reason, " + more)
                    .params(CASE, before)
                    .update();
        }
        String key = java.util.UUID.randomUUID().toString();
        jdbc.sql("insert into intake_request (caller, idempotency_key, body_hash, created_at, case_number)"
                        + " values (?, ?, 'abc', now(), ?)")
                .params("partner-" + key, key, CASE)
                .update();

        post("dpo", "/api/vault/erasures", erasure(null));
        for (String table : List.of("vault_hold_change", "vault_reopening", "vault_erasure")) {
            assertThat(jdbc.sql("select count(*) from " + table + " where case_number = ? and reason = ?")
                            .params(CASE, before)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(jdbc.sql("select idempotency_key from intake_request where caller = ? and body_hash = ''")
                        .param("partner-" + key)
                        .query(String.class)
                        .single())
                .isNotEqualTo(key);
        jdbc.sql("delete from intake_request where caller = ?")
                .param("partner-" + key)
                .update();
        jdbc.sql("delete from vault_erasure where case_number = ?").param(CASE).update();
        jdbc.sql("delete from vault_hold_change where case_number = ?")
                .param(CASE)
                .update();
    }

    @Test
    void aLegalHoldPreventsErasing() throws Exception {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        String reference = (String) runtimeService.getVariable(instance, "probeSecret");
        String hold = "/api/vault/holds/" + CASE;
        assertThat(put("admin", hold, "{\"reason\":\"none\"}").statusCode()).isEqualTo(403);
        assertThat(put("legal", hold, "{\"reason\":\"\"}").statusCode()).isEqualTo(400);
        assertThat(put("legal", hold, "{\"reason\":\"Court of Kolwezi\"}").statusCode())
                .isEqualTo(204);
        HttpResponse<String> refused = post("dpo", "/api/vault/erasures", erasure(null));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(vault.open(reference, CASE, "test")).contains(SECRET);
        erasures.lift(CASE, "The court is done", "legal");
        assertThat(post("dpo", "/api/vault/erasures", erasure(null)).statusCode())
                .isEqualTo(202);
        assertThat(vault.open(reference, CASE, "test")).contains(SECRET);
        travel(java.time.Duration.ofHours(73));
        assertThat(post("dpo", "/api/vault/erasures", erasure(null)).statusCode())
                .isEqualTo(200);
        assertThat(vault.open(reference, CASE, "test")).isEmpty();
    }

    @Test
    void theReadLogIsForTheDataProtectionOfficer() throws Exception {
        tell("submit-form", SECRET);
        legalGoesOn();
        legalGoesOn();
        form("smelter");
        assertThat(get("admin", "/api/vault/reads?caseNumber=" + CASE).statusCode())
                .isEqualTo(403);
        JsonNode lines = json(get("dpo", "/api/vault/reads?caseNumber=" + CASE));
        assertThat(lines.findValuesAsText("reader")).contains("smelter");
        assertThat(lines.findValuesAsText("variable")).contains("probeSecret", "probeRows");
        assertThat(lines.toString()).doesNotContain("north gate");
        assertThat(get("admin", "/api/vault/consents?caseNumber=" + CASE + "&person=V-1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(json(get("dpo", "/api/vault/consents?caseNumber=" + CASE + "&person=V-1")))
                .isEmpty();
        assertThat(post("dpo", "/api/vault/rotation", "").statusCode()).isEqualTo(403);
        assertThat(json(post("admin", "/api/vault/rotation", ""))
                        .path("wrapped")
                        .asInt())
                .isZero();
    }

    private String person(String reference) {
        return runtimeService
                .startProcessInstanceByKey(
                        "vault-probe", CASE, Map.of("caseNumber", CASE, "victimRef", reference, "probeSecret", SECRET))
                .getId();
    }

    private String taskOf(String person) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(CASE)
                .processVariableValueEquals("victimRef", person)
                .singleResult()
                .getId();
    }

    private static String erasure(@Nullable String person) {
        return "{\"caseNumber\":\"" + CASE + "\",\"reason\":\"asked by the person\""
                + (person == null ? "}" : ",\"person\":\"" + person + "\"}");
    }

    // What goes wrong

    /** A parser repeats what it cannot read. */
    @Test
    void whatIsSentAsJsonAndIsNoneIsRefusedWithoutRepeatingIt() throws Exception {
        int before = WatchedLog.said().size();
        String task = as("smelter").task("task_tell").getId();
        HttpResponse<String> answer = post(
                "smelter",
                "/engine-rest/task/" + task + "/submit-form",
                "{\"variables\":{\"probeSecret\":{\"type\":\"Json\",\"value\":\"" + Confidential.MARKER + " came\"}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(Confidential.MARKER);
        assertThat(WatchedLog.said()).hasSize(before);
    }

    @Test
    void aJobThatFailsKeepsNothingButTheReference() {
        runtimeService.setVariable(instance, "probeSecret", SECRET);
        assertThatThrownBy(() -> systemly(() -> {
                    org.camunda.bpm.engine.impl.context.Context.getCommandContext()
                            .getExecutionManager()
                            .findExecutionById(instance)
                            .setVariable("probeAmount", new Object());
                    return null;
                }))
                .hasMessageNotContaining("north gate");
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "vault-failing.bpmn",
                        Bpmn.createExecutableProcess("vault-failing")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .serviceTask("task_fail")
                                .camundaAsyncBefore()
                                .camundaExpression("${probeSecret.noSuchThing}")
                                .endEvent()
                                .done()));
        runtimeService.startProcessInstanceByKey(
                "vault-failing", CASE, Map.of("caseNumber", CASE, "probeSecret", SECRET));
        String job = managementService
                .createJobQuery()
                .processDefinitionKey("vault-failing")
                .singleResult()
                .getId();
        assertThatThrownBy(() -> managementService.executeJob(job)).isInstanceOf(RuntimeException.class);
        assertThat(managementService.getJobExceptionStacktrace(job)).contains("noSuchThing");
        assertThat(new Dump(jdbc).rowsWith("north gate")).isEmpty();
    }

    /**
     * The history of form fields is written from what was submitted, past variables and their serializers. A command's own
     * values are sealed before; what code submits within one is not.
     */
    @Test
    void whatCodeSubmitsInTheMiddleOfAProcessIsNoHistoryOfTheForm() throws Exception {
        String task = openTask("task_tell");
        for (var value : List.of(Variables.untypedValue(SECRET), Variables.stringValue(SECRET))) {
            systemly(() -> {
                var entity = org.camunda.bpm.engine.impl.context.Context.getCommandContext()
                        .getTaskManager()
                        .findTaskById(task);
                entity.getTaskDefinition()
                        .getTaskFormHandler()
                        .submitFormVariables(
                                Variables.createVariables()
                                        .putValueTyped("probeSecret", value)
                                        .putValueTyped("plainAnswer", Variables.untypedValue("yes")),
                                entity);
                return null;
            });
        }
        assertThat(historyService
                        .createHistoricDetailQuery()
                        .formFields()
                        .processInstanceId(instance)
                        .list())
                .extracting(detail -> (HistoricFormField) detail)
                .extracting(field -> field.getFieldId() + " " + field.getFieldValue())
                .contains("plainAnswer yes")
                .anyMatch(field -> field.startsWith("probeSecret "))
                .noneMatch(field -> field.contains("north gate"));
        assertThat(new Dump(jdbc).rowsWith("north gate")).isEmpty();
        assertSealed("probeSecret", SECRET);
        // The engine cannot delete a task that is open and has such a history.
        tell("complete", SECRET);
    }

    /** An attachment of the engine, and a failure that repeats what it could not read: no key destroys them. */
    @Test
    void whatLiesPastTheFormsGoesWithTheCase() throws Exception {
        String written = "She hides with her aunt in the mill";
        String other = "R-2026-9103";
        parties.add(other, "smelter", "org-luma");
        start("vault-probe", other, Map.of("probeSecret", SECRET));
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "vault-failing.bpmn",
                        Bpmn.createExecutableProcess("vault-failing")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .serviceTask("task_fail")
                                .camundaAsyncBefore()
                                .camundaExpression("${plainNote * 2}")
                                .endEvent()
                                .done()));
        String failed = runtimeService
                .startProcessInstanceByKey("vault-failing", other, Map.of("caseNumber", other, "plainNote", written))
                .getId();
        String job = managementService
                .createJobQuery()
                .processInstanceId(failed)
                .singleResult()
                .getId();
        assertThatThrownBy(() -> managementService.executeJob(job)).isInstanceOf(RuntimeException.class);
        managementService.setJobRetries(job, 1);
        assertThatThrownBy(() -> managementService.executeJob(job)).isInstanceOf(RuntimeException.class);
        assertThat(managementService.getJobExceptionStacktrace(job)).contains(written);
        taskService.createAttachment(
                "text/plain",
                null,
                failed,
                written,
                written,
                new java.io.ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));
        runtimeService.deleteProcessInstance(failed, "test");
        historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceId(failed)
                .variableName("plainNote")
                .list()
                .forEach(plain -> historyService.deleteHistoricVariableInstance(plain.getId()));
        assertThat(new Dump(jdbc).rowsWith(written))
                .as("content and stack trace, message, incident, name of the attachment")
                .containsOnlyKeys("act_ge_bytearray", "act_hi_attachment", "act_hi_incident", "act_hi_job_log")
                .containsEntry("act_ge_bytearray", 3);

        JsonNode report = json(post("dpo", "/api/vault/erasures", erasure(null).replace(CASE, other)));

        assertThat(report.path("found").path("attachments").asInt()).isEqualTo(1);
        assertThat(report.path("found").path("failures").asInt()).isPositive();
        assertThat(report.path("left").path("attachments").asInt()).isZero();
        assertThat(report.path("left").path("failures").asInt()).isZero();
        assertThat(new Dump(jdbc).rowsWith(written)).isEmpty();
    }

    @Test
    void whatTheApiTakesAsConfidentialIsMarkedInAForm() throws Exception {
        for (String schema : List.of("grievance", "application", "concern")) {
            JsonNode properties = MAPPER.readTree(getClass().getResourceAsStream("/schemas/" + schema + ".schema.json"))
                    .path("properties");
            List<String> confidential = new java.util.ArrayList<>();
            properties.properties().forEach(property -> {
                if (property.getValue().path("writeOnly").asBoolean()) {
                    confidential.add(property.getKey());
                }
                property.getValue().path("properties").properties().forEach(inner -> {
                    if (inner.getValue().path("writeOnly").asBoolean()) {
                        String name = inner.getKey();
                        confidential.add(property.getKey()
                                + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                + name.substring(1));
                    }
                });
            });
            assertThat(confidential).as(schema).isNotEmpty();
            assertThat(Confidential.fields().keySet()).as(schema).containsAll(confidential);
        }
    }

    // The start

    @Test
    void theProductDoesNotStartWithASerializerThatIsNotWrapped() {
        var serializers =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getVariableSerializers();
        setup.refuseToStartUnsealed();
        IntegerValueSerializer bare = new IntegerValueSerializer();
        serializers.addSerializer(bare);
        try {
            assertThatThrownBy(setup::refuseToStartUnsealed)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("integer");
        } finally {
            setup.postProcessEngineBuild(engine);
        }
    }

    @Test
    void manyWriteInOneCaseAtOnce() throws Exception {
        List<CompletableFuture<String>> writers = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> runtimeService
                        .startProcessInstanceByKey(
                                "vault-probe", CASE, Map.of("caseNumber", CASE, "probeSecret", SECRET + number))
                        .getId()))
                .toList();
        for (int number = 0; number < writers.size(); number++) {
            String started = writers.get(number).get(30, TimeUnit.SECONDS);
            assertThat(variable(started, "probeSecret")).contains(SECRET + number);
        }
    }

    private void assertSealed(String name, String expected) {
        Object held = runtimeService.getVariable(instance, name);
        assertThat(held).as(name).matches(Reference::is);
        assertThat(vault.open((String) held, CASE, "test")).contains(expected);
    }

    private @Nullable String caseOf(String name) {
        return jdbc.sql("select k.case_number from vault_value v join vault_key k on k.id = v.key_id where v.id = ?")
                .param(idOf(instance, name))
                .query(String.class)
                .single();
    }

    private String idOf(String processInstance, String name) {
        return Reference.parse((String) runtimeService.getVariable(processInstance, name))
                .id()
                .toString();
    }

    private long reads(String reader) {
        return jdbc.sql("select count(*) from vault_read where reader = ? and variable like 'probe%'")
                .param(reader)
                .query(Long.class)
                .single();
    }

    private <T> @Nullable T systemly(java.util.function.Supplier<@Nullable T> work) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(work::get));
    }

    private HttpResponse<String> tell(String way, String secret) throws Exception {
        String body = MAPPER.writeValueAsString(Map.of(
                "variables",
                Map.of(
                        "probeSecret", Map.of("value", secret, "type", "String"),
                        "probeAmount", Map.of("value", 12, "type", "Integer"),
                        "probeWays", Map.of("value", "[\"A\",\"B\"]", "type", "Json"),
                        "probeRows", Map.of("value", "[{\"who\":\"Josephine\"}]", "type", "Json"),
                        "probeDay", Map.of("value", "2026-01-31"),
                        "plainAnswer", Map.of("value", "yes"))));
        HttpResponse<String> answer = post("smelter", "/engine-rest/task/" + openTask("task_tell") + "/" + way, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        return answer;
    }

    /** The lawyer does the next task of the case, and says nothing. */
    private void legalGoesOn() {
        Task next = actingAs("legal", () -> taskService
                .createTaskQuery()
                .processInstanceBusinessKey(CASE)
                .singleResult());
        as("legal").complete(next, Map.of());
    }

    private String openTask(String element) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(CASE)
                .taskDefinitionKey(element)
                .singleResult()
                .getId();
    }

    private JsonNode form(String user) throws Exception {
        String task = actingAs(user, () -> taskService
                .createTaskQuery()
                .processInstanceBusinessKey(CASE)
                .singleResult()
                .getId());
        return json(get(user, "/engine-rest/task/" + task + "/form-variables?deserializeValues=false"));
    }

    private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return send(user, path, HttpRequest.newBuilder().GET());
    }

    private HttpResponse<String> post(String user, String path, String body) throws IOException, InterruptedException {
        return send(user, path, json(HttpRequest.newBuilder()).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> put(String user, String path, String body) throws IOException, InterruptedException {
        return send(user, path, json(HttpRequest.newBuilder()).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> delete(String user, String path) throws IOException, InterruptedException {
        return send(user, path, HttpRequest.newBuilder().DELETE());
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(String user, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                request.uri(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Basic " + basic)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
