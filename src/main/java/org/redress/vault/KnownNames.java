package org.redress.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.repository.Deployment;

/**
 * The names of variables that the forms, diagrams and decisions of any deployed version use. What somebody keeps under another
 * name nobody has marked as confidential, and nobody erases.
 *
 * <p>Each deployment is read once by a node, the newest first, and only as far as a name is asked for that the newer ones do
 * not have; nobody deletes one. A word that stands where a name may stand is taken for one: too many are known rather than too
 * few.
 */
final class KnownNames {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Counters of the engine for steps that are done several times. */
    private static final Set<String> OF_THE_ENGINE =
            Set.of("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances");

    private static final String OPENING = "<(?:[\\w-]+:)?";

    /** Attributes of a diagram or a decision that hold the name of a variable and nothing else. */
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "(?:camunda:)?(?:resultVariable|elementVariable|collection|inputVariable|variableName|variable|initiator)"
                    + "\\s*=\\s*[\"']([^\"']+)[\"']");

    /** Elements whose name, source, target or id is the name of a variable. */
    private static final Pattern ELEMENT =
            Pattern.compile(OPENING + "(?:inputParameter|outputParameter|in|out|output|variable|formField)\\s([^>]*)>");

    private static final Pattern NAME_IN_ELEMENT =
            Pattern.compile("\\b(?:name|source|target|id)\\s*=\\s*[\"']([^\"']+)[\"']");

    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

    private static final Pattern FEEL = Pattern.compile(
            OPENING + "(?:inputExpression|literalExpression|inputEntry|outputEntry)\\b[^>]*>\\s*" + OPENING
                    + "text>(.*?)</",
            Pattern.DOTALL);

    private static final Pattern IN_A_TEXT = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);

    private static final Pattern QUOTED =
            Pattern.compile("\"[^\"]*\"|'[^']*'|&quot;.*?&quot;|&#39;.*?&#39;|&#34;.*?&#34;");

    /** Neither a property of something else nor a function. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*+(?!\\s*\\()");

    private volatile Set<String> names = OF_THE_ENGINE;
    private volatile Set<String> deployments = Set.of();

    /** Whether some model or form of any deployed version uses every one of these names. Asked within a command. */
    boolean hasAll(Collection<String> asked, CommandContext context) {
        return names.containsAll(asked)
                || context.runWithoutAuthorization(() ->
                        readUntil(asked, context.getProcessEngineConfiguration().getRepositoryService()));
    }

    private synchronized boolean readUntil(Collection<String> asked, RepositoryService models) {
        for (Deployment deployment :
                models.createDeploymentQuery().orderByDeploymentTime().desc().list()) {
            if (!deployments.contains(deployment.getId())) {
                Set<String> more = new HashSet<>(names);
                for (String resource : models.getDeploymentResourceNames(deployment.getId())) {
                    collect(resource, text(models, deployment.getId(), resource), more);
                }
                names = Set.copyOf(more);
                Set<String> read = new HashSet<>(deployments);
                read.add(deployment.getId());
                deployments = Set.copyOf(read);
            }
            if (names.containsAll(asked)) {
                return true;
            }
        }
        return false;
    }

    private static String text(RepositoryService models, String deployment, String resource) {
        try (InputStream content = models.getResourceAsStream(deployment, resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + resource + " cannot be read", e);
        }
    }

    /** Adds the names that a form, a diagram or a decision uses. */
    static void collect(String resource, String text, Set<String> names) {
        if (resource.endsWith(".form")) {
            try {
                ofForm(MAPPER.readTree(text), names);
            } catch (IOException e) {
                throw new UncheckedIOException("The form " + resource + " cannot be read", e);
            }
        } else if (List.of(".bpmn", ".dmn", ".xml").stream().anyMatch(resource::endsWith)) {
            each(ATTRIBUTE, text, name -> words(name, names));
            each(ELEMENT, text, inside -> each(NAME_IN_ELEMENT, inside, name -> words(name, names)));
            each(EXPRESSION, text, expression -> words(expression, names));
            each(FEEL, text, expression -> words(expression, names));
        }
    }

    /** Keys and paths of fields, and the names in their conditions, choices and texts. */
    private static void ofForm(JsonNode node, Set<String> names) {
        node.properties().forEach(field -> {
            String text = field.getValue().isTextual() ? field.getValue().asText() : "";
            if (Set.of("key", "path", "valuesKey").contains(field.getKey()) || text.startsWith("=")) {
                words(text, names);
            }
            each(IN_A_TEXT, text, expression -> words(expression, names));
            ofForm(field.getValue(), names);
        });
        if (node.isArray()) {
            node.forEach(part -> ofForm(part, names));
        }
    }

    private static void words(String expression, Set<String> names) {
        Matcher word = WORD.matcher(QUOTED.matcher(expression).replaceAll(" "));
        while (word.find()) {
            names.add(word.group());
        }
    }

    private static void each(Pattern pattern, String text, Consumer<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.accept(matcher.group(1));
        }
    }
}
