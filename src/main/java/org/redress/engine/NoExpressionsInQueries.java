package org.redress.engine;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Refuses expressions that people send in queries and filters, also inside {@code orQueries}, where the engine evaluates
 * them for anybody: whoever may ask for a list could run code (reported as CVE-2026-109432). Only what the ready-made
 * lists need lives on. Expressions of models have a scope and are not touched.
 */
final class NoExpressionsInQueries extends SpringExpressionManager {

    /** For the list of what is due soon: this, to the letter. */
    static final String IN_48_HOURS = "${dateTime().plusHours(48)}";

    private static final Set<String> HARMLESS =
            Set.of("${currentUser()}", "${currentUserGroups()}", "${now()}", IN_48_HOURS);

    NoExpressionsInQueries(ApplicationContext context, @Nullable Map<Object, Object> beans) {
        super(context, beans);
    }

    @Override
    public Expression createExpression(String text) {
        ensureInitialized();
        return new Checked(createValueExpression(text), this, text);
    }

    /** @throws InvalidInput if it is none of the few that the ready-made lists need */
    static void check(String expression) {
        if (!HARMLESS.contains(expression.strip())) {
            throw new InvalidInput("Queries and filters may not hold expressions but ${currentUser()},"
                    + " ${currentUserGroups()}, ${now()} and " + IN_48_HOURS);
        }
    }

    private static final class Checked extends JuelExpression {

        private Checked(ValueExpression expression, NoExpressionsInQueries manager, String text) {
            super(expression, manager, text);
        }

        @Override
        public Object getValue(@Nullable VariableScope scope) {
            // Every query is evaluated without a scope, and nothing else that somebody signed in asks for is.
            CommandContext context = Context.getCommandContext();
            boolean asked = context != null && context.getAuthentication() != null;
            if (scope == null && asked && !isLiteralText()) {
                check(getExpressionText());
            }
            return super.getValue(scope);
        }
    }
}
