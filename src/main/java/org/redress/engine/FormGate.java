package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Checks every form again on the server, whichever door its values come through: a form is no guard, since REST can
 * complete a task without it. What is wrong is told field by field, with the form's own messages.
 */
final class FormGate extends CommandInterceptor {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Supplier<List<FormRule>> rules;

    FormGate(Supplier<List<FormRule>> rules) {
        this.rules = rules;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof CompleteTaskCmd) {
            checkTask(CommandFields.text(command, "taskId"), CommandFields.map(command, "variables"));
        } else if (command instanceof SubmitTaskFormCmd) {
            checkTask(CommandFields.text(command, "taskId"), CommandFields.map(command, "properties"));
        } else if (command instanceof SubmitStartFormCmd) {
            checkStart(CommandFields.text(command, "processDefinitionId"), CommandFields.map(command, "variables"));
        } else if (command instanceof StartProcessInstanceCmd && RowGuard.applies()) {
            ProcessInstantiationBuilderImpl builder = (ProcessInstantiationBuilderImpl)
                    Objects.requireNonNull(CommandFields.value(command, "instantiationBuilder"));
            checkStart(definitionOf(builder), builder.getVariables());
        } else if (command instanceof StartProcessInstanceAtActivitiesCmd && RowGuard.applies()) {
            throw new AuthorizationException("A case is started at its beginning");
        }
        return next.execute(command);
    }

    private void checkTask(@Nullable String taskId, @Nullable Map<String, ?> variables) {
        refuseWhatIsOver(taskId);
        DeployedForms.ofTask(taskId).ifPresent(form -> {
            TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(Objects.requireNonNull(taskId));
            check(form, plain(variables), plain(task.getVariables()));
        });
    }

    /** The second click, the colleague who was faster, the answer that comes too late: each is told what happened. */
    private static void refuseWhatIsOver(@Nullable String taskId) {
        if (taskId != null && Context.getCommandContext().getTaskManager().findTaskById(taskId) == null) {
            sayWhatIsOver(taskId);
        }
    }

    /** @throws InvalidInput if the task has ended, as history has it now, whatever this command has read of it before */
    static void sayWhatIsOver(String taskId) {
        CommandContext context = Context.getCommandContext();
        HistoricTaskInstance over = context.runWithoutAuthorization(() -> context.getProcessEngineConfiguration()
                .getHistoryService()
                .createHistoricTaskInstanceQuery()
                .taskId(taskId)
                .finished()
                .singleResult());
        if (over != null && TaskEntity.DELETE_REASON_COMPLETED.equals(over.getDeleteReason())) {
            throw new InvalidInput(
                    "This task was completed already, by you or by a colleague: nothing was entered a second time");
        }
        if (over != null) {
            throw new InvalidInput(
                    "This task is no longer open: its time was over, or the case went another way. What you sent was not"
                            + " entered");
        }
    }

    private void checkStart(@Nullable String definitionId, @Nullable Map<String, ?> variables) {
        DeployedForms.ofStart(definitionId).ifPresent(form -> check(form, plain(variables), Map.of()));
    }

    private void check(JsonNode json, Map<String, @Nullable Object> submitted, Map<String, @Nullable Object> known) {
        List<FormProblem> problems = problems(new FormCheck(json), rules.get(), submitted, known);
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems.stream()
                    .map(problem -> problem.field() + " – " + problem.message())
                    .collect(Collectors.joining("; ", "Please correct: ", "")));
        }
    }

    /** The form's own rules first; what they let through, the others look at. */
    static List<FormProblem> problems(
            FormCheck form,
            List<FormRule> rules,
            Map<String, @Nullable Object> submitted,
            Map<String, @Nullable Object> known) {
        List<FormProblem> problems = new ArrayList<>(form.problems(submitted, known));
        if (problems.isEmpty()) {
            Map<String, @Nullable Object> values = form.values(submitted, known);
            rules.stream()
                    .filter(rule -> rule.forms().contains(form.id()))
                    .forEach(rule -> problems.addAll(rule.check(values)));
        }
        return problems;
    }

    static @Nullable String definitionOf(ProcessInstantiationBuilderImpl builder) {
        if (builder.getProcessDefinitionId() != null) {
            return builder.getProcessDefinitionId();
        }
        return Context.getCommandContext()
                .getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedLatestProcessDefinitionByKey(builder.getProcessDefinitionKey())
                .getId();
    }

    /** Engine values as plain Java ones: Json becomes maps and lists. */
    static Map<String, @Nullable Object> plain(@Nullable Map<String, ?> values) {
        Map<String, @Nullable Object> plain = new HashMap<>();
        if (values instanceof VariableMap typed) {
            // By their types: asked for its value, one that cannot be read fails without a word.
            typed.keySet().forEach(name -> plain.put(name, plain((Object) typed.getValueTyped(name))));
        } else if (values != null) {
            values.forEach((name, value) -> plain.put(name, plain(value)));
        }
        return plain;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof ObjectValue || value instanceof FileValue) {
            throw new InvalidInput("A form sends no value of the type "
                    + ((TypedValue) value).getType().getName() + ": only texts, numbers, yes or no, and Json");
        }
        if (value instanceof SerializableValue sent && !sent.isDeserialized()) {
            return json(sent.getValueSerialized());
        }
        if (value instanceof TypedValue typed) {
            return plain(typed.getValue());
        }
        if (value instanceof SpinJsonNode json) {
            try {
                return MAPPER.readValue(json.toString(), Object.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value;
    }

    /** What the parser says of a text that is no Json repeats it, and ends in the log: so it is not asked for a cause. */
    private static @Nullable Object json(@Nullable String text) {
        try {
            return text == null ? null : MAPPER.readValue(text, Object.class);
        } catch (IOException e) {
            throw new InvalidInput("A value that was sent as Json is none: check its quotes and brackets");
        }
    }
}
