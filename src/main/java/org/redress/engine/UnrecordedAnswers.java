package org.redress.engine;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answers of a form that the engine must never hold, not even for a moment: whoever reads its variables, its
 * history or its logs finds nothing. A field is unrecorded when its property {@code unrecorded} says {@code true}.
 */
public interface UnrecordedAnswers {

    /**
     * What somebody answered.
     *
     * @param user id of the account that completes the task; null when the system does it
     * @param groups ids of the roles and organisations of that account, as they are at this moment
     * @param values the unrecorded fields as they were sent; lists and objects as Java collections
     * @param known the variables of the task, likewise
     */
    record Answer(
            @Nullable String user,
            Set<String> groups,
            Map<String, @Nullable Object> values,
            Map<String, @Nullable Object> known) {}

    /** The id of the form whose unrecorded fields it takes. */
    String form();

    /**
     * Keeps the answer, in the transaction that completes the task: both happen or neither.
     *
     * @throws InvalidInput if it cannot be accepted; the task then stays open
     */
    void take(Answer answer);
}
