package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/**
 * Hands the unrecorded fields of a form to who keeps them ({@link UnrecordedAnswers}) and takes them out of the command
 * before it runs: removed afterwards, they would stay in the history of variables and of form fields.
 */
final class UnrecordedFields extends CommandInterceptor {

    private static final String PROPERTY = "unrecorded";

    private final Supplier<List<UnrecordedAnswers>> takers;

    UnrecordedFields(Supplier<List<UnrecordedAnswers>> takers) {
        this.takers = takers;
    }

    @Override
    public <T> T execute(Command<T> command) {
        String sent = command instanceof CompleteTaskCmd
                ? "variables"
                : command instanceof SubmitTaskFormCmd ? "properties" : null;
        String taskId = sent == null ? null : CommandFields.text(command, "taskId");
        JsonNode form = DeployedForms.ofTask(taskId).orElse(null);
        Set<String> fields = form == null ? Set.of() : fields(form);
        if (sent == null || form == null || fields.isEmpty()) {
            return next.execute(command);
        }
        if (command instanceof ResolveTaskCmd) {
            throw new InvalidInput("What this form asks is answered by completing the task");
        }
        Map<String, ?> values = CommandFields.map(command, sent);
        take(form, fields, Objects.requireNonNull(taskId), values == null ? Map.of() : values);
        CommandFields.put(command, sent, without(fields, values));
        return next.execute(command);
    }

    private void take(JsonNode form, Set<String> fields, String taskId, Map<String, ?> sent) {
        String id = form.path("id").asText();
        UnrecordedAnswers taker = takers.get().stream()
                .filter(each -> each.form().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Nobody takes the unrecorded fields of the form " + id + ": add a bean that does"));
        TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(taskId);
        RowGuard.checkWork(task);
        Authentication who = Context.getCommandContext().getAuthentication();
        Map<String, @Nullable Object> values = FormGate.plain(sent);
        values.keySet().retainAll(fields);
        taker.take(new UnrecordedAnswers.Answer(
                who == null ? null : who.getUserId(),
                who == null || who.getGroupIds() == null ? Set.of() : Set.copyOf(who.getGroupIds()),
                values,
                FormGate.plain(task.getVariables())));
    }

    private static VariableMap without(Set<String> fields, @Nullable Map<String, ?> sent) {
        Map<String, Object> left = new HashMap<>();
        if (sent != null) {
            sent.keySet().stream()
                    .filter(name -> !fields.contains(name))
                    .forEach(name -> left.put(
                            name, sent instanceof VariableMap typed ? typed.getValueTyped(name) : sent.get(name)));
        }
        return Variables.fromMap(left);
    }

    private static Set<String> fields(JsonNode form) {
        Set<String> names = new HashSet<>();
        for (JsonNode component : form.path("components")) {
            if (component.path("properties").path(PROPERTY).asText().equals("true")) {
                names.add(component.path("key").asText());
            }
            names.addAll(fields(component));
        }
        return names;
    }
}
