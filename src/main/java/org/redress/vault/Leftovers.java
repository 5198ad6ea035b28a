package org.redress.vault;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricFormField;
import org.camunda.bpm.engine.history.HistoricIncident;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Reference;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people, and failures, may have written past the forms in a case, the choices about survivors that lie in the engine
 * as they are ({@link UnsealedChoices}), and what was answered before its field was sealed; no key destroys it, so it is deleted
 * (remedy.md C: DC3).
 */
@Component
class Leftovers {

    /**
     * How much there is.
     *
     * @param comments on tasks and instances
     * @param attachments to tasks and instances
     * @param failures incidents whose message is kept, and failures of steps, tried again with success or not, whose stack trace
     *     is
     * @param words notes on incidents and on the record of what was done, and other names and descriptions of tasks, written
     *     before nobody could any more
     * @param choices about survivors, and what is confidential by now and was not when it was answered: each variable, earlier
     *     value, entered field, decision and task of a provider that tells one
     */
    public record Count(long comments, long attachments, long failures, long words, long choices) {}

    /** Properties of a task that somebody could write as they liked. */
    private static final Set<String> WORDS = Set.of("name", "description");

    /** Who is asked for help stands in the group of the task, too. */
    private static final String PROVIDERS = "provider.";

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;
    private final JdbcClient jdbc;
    private final ConfidentialNames confidential;
    private final Set<String> personVariables;

    Leftovers(
            @Lazy ProcessEngine engine,
            SystemWork asTheSystem,
            JdbcClient jdbc,
            ConfidentialNames confidential,
            VaultSettings settings) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
        this.jdbc = jdbc;
        this.confidential = confidential;
        this.personVariables = Set.copyOf(settings.personVariables());
    }

    /**
     * What there is in the case.
     *
     * @param person of whom the choices are counted, all else is the whole case's; null for everybody
     */
    Count of(String caseNumber, @Nullable String person) {
        return asTheSystem.call(() -> {
            List<HistoricProcessInstance> instances = instances(caseNumber);
            return count(instances, choices(instances, person).number());
        });
    }

    /**
     * Deletes comments, attachments, notes on the record of what was done and, of what has ended, the messages and stack
     * traces of failures. What still runs keeps its failures, which somebody has to mend; other names of tasks stay, on
     * their record too, for whoever has the database to take away.
     *
     * @return what is left
     */
    Count delete(String caseNumber) {
        return asTheSystem.call(() -> {
            List<HistoricProcessInstance> instances = instances(caseNumber);
            if (!instances.isEmpty()) {
                delete(Context.getCommandContext(), instances);
            }
            long choices = deleteChoices(instances, null);
            List<HistoricProcessInstance> running = instances.stream()
                    .filter(instance -> instance.getEndTime() == null)
                    .toList();
            return new Count(0, 0, stillFailing(running), count(instances, 0).words(), choices);
        });
    }

    /**
     * Deletes the choices about one survivor; all else in the case may be about somebody else.
     *
     * @return what is left
     */
    Count delete(String caseNumber, String person) {
        return asTheSystem.call(() -> {
            List<HistoricProcessInstance> instances = instances(caseNumber);
            return count(instances, deleteChoices(instances, person));
        });
    }

    /**
     * Choices about survivors.
     *
     * @param past variables of before; no process goes by them any more
     * @param live variables by which a process goes still
     * @param earlier values, by id of the variable that holds another one by now
     * @param entered fields of forms, by id of the row
     * @param decided by a table that was given one, or gave one
     * @param tasks of providers that are done
     * @param open tasks of providers
     */
    private record Choices(
            Set<String> past,
            Set<String> live,
            Set<String> earlier,
            Set<String> entered,
            Set<String> decided,
            Set<String> tasks,
            Set<String> open) {

        Choices() {
            this(
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>());
        }

        long number() {
            return Stream.of(past, live, earlier, entered, decided, tasks, open)
                    .mapToLong(Set::size)
                    .sum();
        }
    }

    private Choices choices(List<HistoricProcessInstance> instances, @Nullable String person) {
        Choices choices = new Choices();
        Set<String> told = Stream.concat(UnsealedChoices.NAMES.stream(), confidential.audiences().keySet().stream())
                .collect(Collectors.toSet());
        DecisionsThatTell decisions = new DecisionsThatTell(engine.getRepositoryService(), told);
        for (HistoricProcessInstance instance : instances) {
            // Null: the whole instance; else the parts of it in which it is this person's.
            Set<String> parts = person == null ? null : partsOf(person, instance.getId());
            if (parts == null || !parts.isEmpty()) {
                boolean all = parts == null || parts.contains(instance.getId());
                collect(instance.getId(), all ? null : parts, told, choices);
                decided(instance.getId(), all ? null : parts)
                        .filter(decisions::tell)
                        .map(HistoricDecisionInstance::getId)
                        .forEach(choices.decided()::add);
            }
        }
        return choices;
    }

    private Set<String> partsOf(String person, String instance) {
        return engine
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableNameIn(personVariables.toArray(String[]::new))
                .includeDeleted()
                .list()
                .stream()
                .filter(variable -> person.equals(variable.getValue()))
                .map(HistoricVariableInstance::getExecutionId)
                .collect(Collectors.toSet());
    }

    private Stream<HistoricDecisionInstance> decided(String instance, @Nullable Set<String> parts) {
        HistoryService history = engine.getHistoryService();
        List<HistoricDecisionInstance> decisions = history.createHistoricDecisionInstanceQuery()
                .processInstanceId(instance)
                .includeInputs()
                .includeOutputs()
                .list();
        if (parts == null || decisions.isEmpty()) {
            return decisions.stream();
        }
        Set<String> steps = history.createHistoricActivityInstanceQuery().processInstanceId(instance).list().stream()
                .filter(step -> parts.contains(step.getExecutionId()))
                .map(HistoricActivityInstance::getId)
                .collect(Collectors.toSet());
        return decisions.stream().filter(decision -> steps.contains(decision.getActivityInstanceId()));
    }

    private void collect(String instance, @Nullable Set<String> parts, Set<String> told, Choices into) {
        HistoryService history = engine.getHistoryService();
        String[] names = told.toArray(String[]::new);
        engine
                .getRuntimeService()
                .createVariableInstanceQuery()
                .processInstanceIdIn(instance)
                .variableNameIn(names)
                .disableCustomObjectDeserialization()
                .list()
                .stream()
                .filter(variable -> parts == null || parts.contains(variable.getExecutionId()))
                .filter(variable -> tells(variable.getValue()))
                .map(VariableInstance::getId)
                .forEach(into.live()::add);
        history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableNameIn(names)
                .includeDeleted()
                .disableCustomObjectDeserialization()
                .list()
                .stream()
                .filter(variable -> parts == null || parts.contains(variable.getExecutionId()))
                .filter(variable -> tells(variable.getValue()))
                .map(HistoricVariableInstance::getId)
                .filter(id -> !into.live().contains(id))
                .forEach(into.past()::add);
        history
                .createHistoricDetailQuery()
                .processInstanceId(instance)
                .variableUpdates()
                .disableCustomObjectDeserialization()
                .list()
                .stream()
                .filter(detail -> parts == null || parts.contains(detail.getExecutionId()))
                .filter(detail -> detail instanceof HistoricVariableUpdate update
                        && told.contains(update.getVariableName())
                        && tells(update.getValue()))
                .map(detail -> ((HistoricVariableUpdate) detail).getVariableInstanceId())
                .filter(id -> !into.live().contains(id) && !into.past().contains(id))
                .forEach(into.earlier()::add);
        history.createHistoricDetailQuery().processInstanceId(instance).formFields().list().stream()
                .filter(detail -> parts == null || parts.contains(detail.getExecutionId()))
                .filter(detail -> detail instanceof HistoricFormField field
                        && told.contains(field.getFieldId())
                        && tells(field.getFieldValue()))
                .map(HistoricDetail::getId)
                .forEach(into.entered()::add);
        if (parts != null) {
            return;
        }
        for (HistoricTaskInstance task : history.createHistoricTaskInstanceQuery()
                .processInstanceId(instance)
                .list()) {
            boolean provider = history.createHistoricIdentityLinkLogQuery().taskId(task.getId()).list().stream()
                    .anyMatch(link ->
                            link.getGroupId() != null && link.getGroupId().startsWith(PROVIDERS));
            if (provider) {
                (task.getEndTime() == null ? into.open() : into.tasks()).add(task.getId());
            }
        }
    }

    static boolean tells(@Nullable Object value) {
        String said = String.valueOf(value);
        return value != null && !said.isBlank() && !said.equals(EngineValues.MASK) && !Reference.is(said);
    }

    /** @return how many are left, by which something that runs goes still */
    private long deleteChoices(List<HistoricProcessInstance> instances, @Nullable String person) {
        Choices choices = choices(instances, person);
        HistoryService history = engine.getHistoryService();
        choices.past().forEach(history::deleteHistoricVariableInstance);
        choices.earlier()
                .forEach(
                        Context.getCommandContext().getHistoricDetailManager()
                                ::deleteHistoricDetailsByVariableInstanceId);
        choices.decided().forEach(history::deleteHistoricDecisionInstanceByInstanceId);
        for (String row : choices.entered()) {
            // The engine deletes no single one. That something was entered stays on record.
            jdbc.sql("update ACT_HI_DETAIL set TEXT_ = ? where ID_ = ?")
                    .params(EngineValues.MASK, row)
                    .update();
        }
        choices.tasks().forEach(task -> Context.getCommandContext()
                .getHistoricIdentityLinkManager()
                .deleteHistoricIdentityLinksLogByTaskId(task));
        return (long) choices.live().size() + choices.open().size();
    }

    private static void delete(CommandContext context, List<HistoricProcessInstance> instances) {
        List<String> all =
                instances.stream().map(HistoricProcessInstance::getId).toList();
        context.getCommentManager().deleteCommentsByProcessInstanceIds(all);
        context.getCommentManager().deleteCommentsByTaskProcessInstanceIds(all);
        context.getAttachmentManager().deleteAttachmentsByProcessInstanceIds(all);
        context.getAttachmentManager().deleteAttachmentsByTaskProcessInstanceIds(all);
        HistoryService history = context.getProcessEngineConfiguration().getHistoryService();
        all.stream()
                .flatMap(instance -> operations(history, instance))
                .filter(operation -> operation.getAnnotation() != null)
                .map(UserOperationLogEntry::getOperationId)
                .distinct()
                .forEach(history::clearAnnotationForOperationLogById);
        List<String> ended = instances.stream()
                .filter(instance -> instance.getEndTime() != null)
                .map(HistoricProcessInstance::getId)
                .toList();
        deleteTracesOfWhatSucceeded(context, instances);
        if (!ended.isEmpty()) {
            context.getHistoricJobLogManager().deleteHistoricJobLogsByProcessInstanceIds(ended);
            context.getHistoricIncidentManager().deleteHistoricIncidentsByProcessInstanceIds(ended);
        }
    }

    /** In what still runs: a step that failed and was done since needs nobody's help any more. */
    private static void deleteTracesOfWhatSucceeded(CommandContext context, List<HistoricProcessInstance> instances) {
        HistoryService history = context.getProcessEngineConfiguration().getHistoryService();
        instances.stream()
                .filter(instance -> instance.getEndTime() == null)
                .flatMap(instance -> failures(history, instance))
                .distinct()
                .filter(job -> context.getJobManager().findJobById(job) == null)
                .forEach(context.getHistoricJobLogManager()::deleteHistoricJobLogByJobId);
    }

    /** By the jobs that are there: what was deleted by this command is in the tables until it ends. */
    private long stillFailing(List<HistoricProcessInstance> running) {
        HistoryService history = engine.getHistoryService();
        CommandContext context = Context.getCommandContext();
        return running.stream()
                .mapToLong(instance -> history.createHistoricIncidentQuery()
                                .processInstanceId(instance.getId())
                                .count()
                        + failures(history, instance)
                                .filter(job -> context.getJobManager().findJobById(job) != null)
                                .count())
                .sum();
    }

    /** Ids of the jobs that failed, one for each time. */
    private static Stream<String> failures(HistoryService history, HistoricProcessInstance instance) {
        return history.createHistoricJobLogQuery().processInstanceId(instance.getId()).failureLog().list().stream()
                .map(HistoricJobLog::getJobId);
    }

    private static Stream<UserOperationLogEntry> operations(HistoryService history, String instance) {
        return history.createUserOperationLogQuery().processInstanceId(instance).list().stream();
    }

    private static boolean holdsWords(UserOperationLogEntry operation) {
        return operation.getAnnotation() != null
                || (EntityTypes.TASK.equals(operation.getEntityType())
                        && WORDS.contains(String.valueOf(operation.getProperty()))
                        && operation.getNewValue() != null);
    }

    private List<HistoricProcessInstance> instances(String caseNumber) {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list();
    }

    private Count count(List<HistoricProcessInstance> instances, long choices) {
        long comments = 0;
        long attachments = 0;
        long failures = 0;
        long words = 0;
        HistoryService history = engine.getHistoryService();
        for (HistoricProcessInstance instance : instances) {
            comments += engine.getTaskService()
                    .getProcessInstanceComments(instance.getId())
                    .size();
            attachments += engine.getTaskService()
                    .getProcessInstanceAttachments(instance.getId())
                    .size();
            List<HistoricIncident> incidents = history.createHistoricIncidentQuery()
                    .processInstanceId(instance.getId())
                    .list();
            failures += incidents.size();
            failures += history.createHistoricJobLogQuery()
                    .processInstanceId(instance.getId())
                    .failureLog()
                    .count();
            words += incidents.stream()
                    .filter(incident -> incident.getAnnotation() != null)
                    .count();
            words += operations(history, instance.getId())
                    .filter(Leftovers::holdsWords)
                    .count();
        }
        return new Count(comments, attachments, failures, words, choices);
    }
}
