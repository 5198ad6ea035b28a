package org.redress.oversight;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricDecisionOutputInstance;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.redress.engine.FormFields;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * What the engine has on record of a case: everything that somebody did (its operation log) with the names of the fields that
 * were entered, the tasks as they came and went, and every decision with the rules that were hit. Never what was entered.
 */
@Component
class EngineRecord implements AuditSource {

    /** What an operation changed is shown for these alone: no person enters them. */
    private static final Set<String> PLAIN = Set.of(
            "assignee",
            "owner",
            "delegation",
            "priority",
            "dueDate",
            "duedate",
            "followUpDate",
            "suspensionState",
            "retries",
            "candidate",
            "userId",
            "groupId",
            "messageName",
            "nrOfVariables",
            "nrOfSetVariables",
            "nrOfInstances",
            "async",
            "incidentType",
            "cancelled",
            "started",
            "processDefinitionVersion");

    /** What a task that begins tells of its clock: nobody enters it. */
    private static final String CLOCK = "clock";

    private static final Set<String> DAYS = Set.of("dueDate", "duedate", "followUpDate");

    private final HistoryService history;
    private final RepositoryService repository;
    private final SystemWork system;

    /** Of forms that were deployed, which stay as they are. */
    private final Map<String, Set<String>> fieldsOfForms = new ConcurrentHashMap<>();

    EngineRecord(HistoryService history, RepositoryService repository, SystemWork system) {
        this.history = history;
        this.repository = repository;
        this.system = system;
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return system.call(() -> {
            List<AuditLine> lines = new ArrayList<>();
            for (HistoricProcessInstance instance : instances(caseNumber)) {
                process(instance, lines);
                Map<String, HistoricTaskInstance> tasks =
                        history.createHistoricTaskInstanceQuery().processInstanceId(instance.getId()).list().stream()
                                .collect(Collectors.toMap(HistoricTaskInstance::getId, task -> task));
                tasks.values().forEach(task -> task(task, lines));
                operations(instance.getId(), tasks, lines);
                decisions(instance.getId(), lines);
            }
            return lines;
        });
    }

    /** Those with the case's number, and what they called. */
    private List<HistoricProcessInstance> instances(String caseNumber) {
        Map<String, HistoricProcessInstance> found = new LinkedHashMap<>();
        List<HistoricProcessInstance> next = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list();
        while (!next.isEmpty()) {
            List<HistoricProcessInstance> called = new ArrayList<>();
            for (HistoricProcessInstance instance : next) {
                if (found.put(instance.getId(), instance) == null) {
                    called.addAll(history.createHistoricProcessInstanceQuery()
                            .superProcessInstanceId(instance.getId())
                            .list());
                }
            }
            next = called;
        }
        return List.copyOf(found.values());
    }

    private static void process(HistoricProcessInstance instance, List<AuditLine> lines) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("process", instance.getProcessDefinitionKey());
        facts.put("version", instance.getProcessDefinitionVersion());
        lines.add(new AuditLine(
                instance.getStartTime().toInstant(), instance.getStartUserId(), "PROCESS", "began", facts));
        if (instance.getEndTime() != null) {
            Map<String, Object> ended = new LinkedHashMap<>(facts);
            ended.put("state", instance.getState());
            lines.add(new AuditLine(instance.getEndTime().toInstant(), null, "PROCESS", "ended", ended));
        }
    }

    private void task(HistoricTaskInstance task, List<AuditLine> lines) {
        Map<String, Object> facts = ofTask(task);
        Map<String, Object> opened = new LinkedHashMap<>(facts);
        if (task.getDueDate() != null) {
            opened.put("due", task.getDueDate().toInstant().toString());
        }
        lines.add(new AuditLine(task.getStartTime().toInstant(), null, "TASK", "opened", opened));
        if (task.getEndTime() != null) {
            boolean completed = "completed".equals(task.getDeleteReason());
            lines.add(new AuditLine(
                    task.getEndTime().toInstant(),
                    completed ? task.getAssignee() : null,
                    "TASK",
                    completed ? "completed" : "ended by the process",
                    facts));
        }
    }

    private Map<String, Object> ofTask(HistoricTaskInstance task) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("process", task.getProcessDefinitionKey());
        facts.put("element", task.getTaskDefinitionKey());
        form(task).ifPresent(form -> facts.put("form", form));
        facts.put("task", task.getId());
        return facts;
    }

    private Optional<String> form(HistoricTaskInstance task) {
        return Optional.ofNullable(repository
                        .getBpmnModelInstance(task.getProcessDefinitionId())
                        .getModelElementById(task.getTaskDefinitionKey()))
                .filter(UserTask.class::isInstance)
                .map(element -> ((UserTask) element).getCamundaFormRef());
    }

    /** What a person could enter: the fields of the form in the version that belongs to the task; empty without a form. */
    private Optional<Set<String>> fieldsOf(HistoricTaskInstance task) {
        return form(task).map(form -> {
            String deployment = repository
                    .getProcessDefinition(task.getProcessDefinitionId())
                    .getDeploymentId();
            return fieldsOfForms.computeIfAbsent(deployment + "/" + form, key -> fieldsOf(deployment, form + ".form"));
        });
    }

    private Set<String> fieldsOf(String deployment, String file) {
        return repository.getDeploymentResourceNames(deployment).stream()
                .filter(name -> name.equals(file) || name.endsWith("/" + file))
                .findFirst()
                .map(name -> {
                    try (InputStream form = repository.getResourceAsStream(deployment, name)) {
                        return FormFields.of(form);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(Set.of());
    }

    private void operations(String instance, Map<String, HistoricTaskInstance> tasks, List<AuditLine> lines) {
        List<UserOperationLogEntry> entries = history.createUserOperationLogQuery()
                .processInstanceId(instance)
                .orderByTimestamp()
                .asc()
                .list();
        if (entries.isEmpty()) {
            return;
        }
        Map<String, Set<String>> fields = fields(instance);
        // An operation that changes several things has a line for each in the engine, and one here.
        Map<String, List<UserOperationLogEntry>> operations = new LinkedHashMap<>();
        entries.forEach(entry -> operations
                .computeIfAbsent(
                        entry.getOperationId() + entry.getEntityType() + entry.getOperationType() + entry.getTaskId(),
                        key -> new ArrayList<>())
                .add(entry));
        operations.values().forEach(operation -> lines.add(operation(operation, tasks, fields)));
    }

    private AuditLine operation(
            List<UserOperationLogEntry> operation,
            Map<String, HistoricTaskInstance> tasks,
            Map<String, Set<String>> fields) {
        UserOperationLogEntry first = operation.get(0);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("process", String.valueOf(first.getProcessDefinitionKey()));
        HistoricTaskInstance task = first.getTaskId() == null ? null : tasks.get(first.getTaskId());
        if (task != null) {
            facts.putAll(ofTask(task));
        }
        if (first.getJobId() != null) {
            facts.put("job", first.getJobId());
        }
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>();
        operation.stream()
                .filter(entry -> entry.getProperty() != null)
                .forEach(entry -> changed.merge(entry.getProperty(), change(entry), EngineRecord::both));
        if (!changed.isEmpty()) {
            facts.put("changed", changed);
        }
        Set<String> written = new TreeSet<>(fields.getOrDefault(String.valueOf(first.getOperationId()), Set.of()));
        if (task != null && UserOperationLogEntry.OPERATION_TYPE_COMPLETE.equals(first.getOperationType())) {
            // What the process wrote on its way to the next step was entered by nobody.
            fieldsOf(task).ifPresent(written::retainAll);
        }
        if (!written.isEmpty()) {
            facts.put("fields", written);
        }
        return new AuditLine(
                first.getTimestamp().toInstant(),
                first.getUserId(),
                "OPERATION",
                first.getEntityType() + " " + first.getOperationType(),
                facts);
    }

    /** A modification takes out, and begins, as many elements as it likes. */
    private static Map<String, Object> both(Map<String, Object> before, Map<String, Object> now) {
        Map<String, Object> all = new LinkedHashMap<>(before);
        now.forEach((side, value) -> all.merge(side, value, (one, more) -> one + ", " + more));
        return all;
    }

    private static Map<String, Object> change(UserOperationLogEntry entry) {
        Map<String, Object> change = new LinkedHashMap<>();
        if (PLAIN.contains(entry.getProperty())) {
            put(change, "was", entry.getProperty(), entry.getOrgValue());
            put(change, "is", entry.getProperty(), entry.getNewValue());
        }
        return change;
    }

    private static void put(Map<String, Object> change, String name, String property, @Nullable String value) {
        if (value != null) {
            boolean day = DAYS.contains(property) && value.matches("\\d+");
            change.put(name, day ? new Date(Long.parseLong(value)).toInstant().toString() : value);
        }
    }

    /** Which fields each operation wrote. */
    private Map<String, Set<String>> fields(String instance) {
        Map<String, Set<String>> fields = new HashMap<>();
        for (HistoricDetail detail : history.createHistoricDetailQuery()
                .processInstanceId(instance)
                .variableUpdates()
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .list()) {
            if (detail.getUserOperationId() != null
                    && detail instanceof HistoricVariableUpdate update
                    && !CLOCK.equals(update.getVariableName())) {
                fields.computeIfAbsent(detail.getUserOperationId(), key -> new TreeSet<>())
                        .add(update.getVariableName());
            }
        }
        return fields;
    }

    private void decisions(String instance, List<AuditLine> lines) {
        for (HistoricDecisionInstance decision : history.createHistoricDecisionInstanceQuery()
                .processInstanceId(instance)
                .includeOutputs()
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .list()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("process", decision.getProcessDefinitionKey());
            facts.put("element", decision.getActivityId());
            facts.put("decision", decision.getDecisionDefinitionKey());
            facts.put("definition", decision.getDecisionDefinitionId());
            Set<String> rules = new LinkedHashSet<>();
            decision.getOutputs().stream()
                    .map(HistoricDecisionOutputInstance::getRuleId)
                    .forEach(rules::add);
            facts.put("rules", rules);
            lines.add(new AuditLine(
                    decision.getEvaluationTime().toInstant(), decision.getUserId(), "DECISION", "decided", facts));
        }
    }
}
