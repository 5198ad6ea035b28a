package org.redress.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a form cannot say of its own fields, such as that one date is not before another. */
public interface FormRule {

    /** The ids of the forms that it checks. */
    List<String> forms();

    /**
     * Checks what was submitted together with what is known.
     *
     * @param values the fields as they were sent, null for one that was hidden or left empty; beside them the variables of the
     *     task; lists and objects as Java collections
     * @return one entry a problem; none when all is well
     */
    List<FormProblem> check(Map<String, @Nullable Object> values);
}
