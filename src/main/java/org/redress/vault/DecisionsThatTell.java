package org.redress.vault;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.model.dmn.instance.Input;

/**
 * Which decisions of the engine's history were given, or gave, something confidential as it is: the history says by which clause,
 * and the table what the clause asks for (remedy.md C: DC3).
 */
final class DecisionsThatTell {

    private static final Pattern WORDS = Pattern.compile("\\W+");

    private final RepositoryService models;
    private final Set<String> names;
    private final Map<String, Set<String>> clauses = new HashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();

    /** @param names of what is confidential, in all processes */
    DecisionsThatTell(RepositoryService models, Set<String> names) {
        this.models = models;
        this.names = names;
    }

    /** @param decision with its inputs and outputs */
    boolean tell(HistoricDecisionInstance decision) {
        String table = decision.getDecisionDefinitionId();
        if (known.computeIfAbsent(table, this::isThere)) {
            return tells(decision, clauses.computeIfAbsent(table, this::asking));
        }
        // What it asked for nobody can say any more.
        return true;
    }

    private boolean tells(HistoricDecisionInstance decision, Set<String> asked) {
        return decision.getInputs().stream()
                        .anyMatch(input -> asked.contains(input.getClauseId()) && Leftovers.tells(input.getValue()))
                || decision.getOutputs().stream()
                        .anyMatch(output ->
                                names.contains(output.getVariableName()) && Leftovers.tells(output.getValue()));
    }

    private boolean isThere(String definition) {
        return models.createDecisionDefinitionQuery()
                        .decisionDefinitionId(definition)
                        .count()
                > 0;
    }

    /** The clauses of a table that ask for one of these names. */
    private Set<String> asking(String definition) {
        Collection<Input> inputs = models.getDmnModelInstance(definition).getModelElementsByType(Input.class);
        return inputs.stream()
                .filter(input -> input.getInputExpression() != null
                        && input.getInputExpression().getText() != null)
                .filter(input -> WORDS.splitAsStream(
                                input.getInputExpression().getText().getTextContent())
                        .anyMatch(names::contains))
                .map(Input::getId)
                .collect(Collectors.toSet());
    }
}
