package org.redress.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.repository.Deployment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which variables are confidential, and who may read them: as the deployed forms say by the property {@code audience}.
 * Names are global over all processes; of several deployments the newest that marks a name decides its audience, and a name
 * that was marked once stays confidential.
 *
 * <p>What was read is kept for some seconds: models are deployed by a node that starts, and another one learns it by then,
 * or at once when it meets a process of a deployment that it does not know.
 */
@Component
final class ConfidentialNames {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long FRESH_NANOS = 5_000_000_000L;

    private record Known(
            Map<String, Set<String>> audiences, Map<String, PlainField> plain, Set<String> deployments, long readAt) {}

    private volatile @Nullable Known known;
    private volatile @Nullable ProcessEngineConfigurationImpl engine;

    /** The engine whose models they are. */
    void belongTo(ProcessEngineConfigurationImpl configuration) {
        engine = configuration;
    }

    /** The audience of every confidential name. Asked within a command. */
    Map<String, Set<String>> audiences() {
        return fresh().audiences();
    }

    private Known fresh() {
        Known now = known;
        return now == null || System.nanoTime() - now.readAt() > FRESH_NANOS ? read(now) : now;
    }

    /** The same, and surely with the forms of this deployment. */
    Map<String, Set<String>> audiencesWith(@Nullable String deployment) {
        return with(deployment).audiences();
    }

    /** What the forms say that every other name holds, surely with the forms of this deployment. */
    Map<String, PlainField> plainWith(@Nullable String deployment) {
        return with(deployment).plain();
    }

    private Known with(@Nullable String deployment) {
        Known now = fresh();
        return deployment == null || now.deployments().contains(deployment) ? now : read(now);
    }

    /** Something was deployed. */
    void forget() {
        known = null;
    }

    private Known read(@Nullable Known before) {
        CommandContext context = Context.getCommandContext();
        ProcessEngineConfigurationImpl configured = engine;
        // Cockpit's lists run in a configuration of their own, which cannot list deployments.
        Known now = configured == null || configured == context.getProcessEngineConfiguration()
                ? readIn(context, before)
                : configured.getCommandExecutorTxRequiresNew().execute(own -> readIn(own, before));
        known = now;
        return now;
    }

    private static Known readIn(CommandContext context, @Nullable Known before) {
        return context.runWithoutAuthorization(
                () -> read(context.getProcessEngineConfiguration().getRepositoryService(), before));
    }

    private static Known read(RepositoryService models, @Nullable Known before) {
        List<Deployment> deployments =
                models.createDeploymentQuery().orderByDeploymentTime().asc().list();
        Map<String, Set<String>> audiences = new HashMap<>();
        Map<String, PlainField> plain = new HashMap<>();
        Set<String> ids = new HashSet<>();
        boolean later = before != null
                && deployments.stream().map(Deployment::getId).toList().containsAll(before.deployments());
        if (before != null && later) {
            audiences.putAll(before.audiences());
            plain.putAll(before.plain());
            ids.addAll(before.deployments());
        }
        for (Deployment deployment : deployments) {
            if (ids.add(deployment.getId())) {
                audiences.putAll(marked(models, deployment.getId(), plain));
            }
        }
        return new Known(Map.copyOf(audiences), Map.copyOf(plain), Set.copyOf(ids), System.nanoTime());
    }

    /** Two forms of one deployment that disagree let only those read whom both name. */
    private static Map<String, Set<String>> marked(
            RepositoryService models, String deployment, Map<String, PlainField> plain) {
        Map<String, Set<String>> audiences = new HashMap<>();
        models.getDeploymentResourceNames(deployment).stream()
                .filter(name -> name.endsWith(".form"))
                .forEach(name -> collect(form(models, deployment, name).path("components"), audiences, plain));
        return audiences;
    }

    private static JsonNode form(RepositoryService models, String deployment, String name) {
        try (InputStream form = models.getResourceAsStream(deployment, name)) {
            return MAPPER.readTree(form);
        } catch (IOException e) {
            throw new UncheckedIOException("The form " + name + " cannot be read", e);
        }
    }

    private static void collect(
            JsonNode components, Map<String, Set<String>> audiences, Map<String, PlainField> plain) {
        for (JsonNode component : components) {
            String audience = component.path("properties").path("audience").asText("");
            String name = variable(component);
            if (!audience.isBlank() && !name.isBlank()) {
                audiences.merge(name, roles(audience), (one, two) -> {
                    Set<String> both = new HashSet<>(one);
                    both.retainAll(two);
                    return both;
                });
            }
            PlainField field = audience.isBlank() && !name.isBlank() ? PlainField.of(component) : null;
            if (field != null) {
                plain.merge(name, field, PlainField::or);
            }
            collect(component.path("components"), audiences, plain);
        }
    }

    /** For a dynamic list the variable is its path, not the keys inside; a text says which one it shows. */
    private static String variable(JsonNode component) {
        if (component.path("properties").hasNonNull("shows")) {
            return component.path("properties").path("shows").asText();
        }
        String name = component.hasNonNull("key")
                ? component.path("key").asText()
                : component.path("path").asText("");
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static Set<String> roles(String audience) {
        return Arrays.stream(audience.split(",", -1))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
    }
}
