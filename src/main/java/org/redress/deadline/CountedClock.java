package org.redress.deadline;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * A clock of a case, and from when it is counted: what a due date that a model asks for stands for. Everything in the case
 * with the same one ends at the same moment.
 *
 * @param elementId the task alone whose clock it is, since that task began; null where the model says from when it counts
 */
record CountedClock(String clockId, @Nullable String elementId, Instant from) {

    private static final Pattern COUNTED = Pattern.compile(
            "\\$\\{deadlines\\.(?:due|dueFrom|dateOf)\\(execution,\\s*(?:'([^']+)'|(\\w+))(?:,\\s*(.+))?\\)}");

    /** The clock of an open task; empty if it has none that counts forward from a moment. */
    static Optional<CountedClock> of(TaskEntity task, Deadlines deadlines) {
        Expression due = task.getTaskDefinition() == null
                ? null
                : task.getTaskDefinition().getDueDateExpression();
        return due == null || task.getExecution() == null
                ? Optional.empty()
                : of(
                        due.getExpressionText(),
                        task.getExecution(),
                        task.getTaskDefinitionKey(),
                        task.getCreateTime().toInstant(),
                        deadlines);
    }

    /**
     * The clock that an expression names.
     *
     * @param elementId the task that began with the clock, if the expression does not say from when it counts
     */
    static Optional<CountedClock> of(
            String expression, DelegateExecution execution, String elementId, Instant began, Deadlines deadlines) {
        Matcher counted = COUNTED.matcher(expression.strip());
        if (!counted.matches()) {
            return Optional.empty();
        }
        String literal = counted.group(1);
        Object held = literal == null ? execution.getVariable(counted.group(2)) : literal;
        if (held == null) {
            return Optional.empty();
        }
        String start = counted.group(3);
        if (start == null) {
            return Optional.of(new CountedClock(held.toString(), elementId, began));
        }
        Object from = Context.getProcessEngineConfiguration()
                .getExpressionManager()
                .createExpression("${" + start + "}")
                .getValue(execution);
        return from == null
                ? Optional.empty()
                : Optional.of(new CountedClock(held.toString(), null, deadlines.moment(held.toString(), from)));
    }
}
