package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeployedStartFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/** The Camunda Forms of tasks and starts, in the version that belongs to the case. Asked within a command of the engine. */
final class DeployedForms {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DeployedForms() {}

    /** The form of a task; empty when there is no such task or it has no form. */
    static Optional<JsonNode> ofTask(@Nullable String taskId) {
        TaskEntity task = taskId == null
                ? null
                : Context.getCommandContext().getTaskManager().findTaskById(taskId);
        if (task == null
                || task.getTaskDefinition() == null
                || task.getTaskDefinition().getCamundaFormDefinitionKey() == null) {
            return Optional.empty();
        }
        return Optional.of(asTheSystem(new GetDeployedTaskFormCmd(task.getId())));
    }

    /** The form by which a process starts; empty when there is no such process or it has no form. */
    static Optional<JsonNode> ofStart(@Nullable String definitionId) {
        ProcessDefinitionEntity definition = definitionId == null
                ? null
                : Context.getCommandContext()
                        .getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findDeployedProcessDefinitionById(definitionId);
        if (definition == null
                || definition.getStartFormDefinition() == null
                || definition.getStartFormDefinition().getCamundaFormDefinitionKey() == null) {
            return Optional.empty();
        }
        return Optional.of(asTheSystem(new GetDeployedStartFormCmd(definition.getId())));
    }

    /** As it is stored: what people are handed passes {@link FormView} in addition. */
    private static JsonNode asTheSystem(Command<InputStream> form) {
        CommandContext context = Context.getCommandContext();
        return context.runWithoutAuthorization(() -> read(form.execute(context)));
    }

    private static JsonNode read(InputStream form) {
        try (form) {
            return MAPPER.readTree(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
