package org.redress.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.cmd.DeployCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * A model is code, and so is an expression in a filter: nobody who is signed in brings either, administrators included, by
 * whichever door. Models come with the product's files.
 */
final class NobodyBringsCode extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        if (RowGuard.isAskedByAPerson()) {
            if (command instanceof DeployCmd) {
                throw new AuthorizationException("Models come with the product; nobody who is signed in deploys one");
            }
            if (command instanceof SaveFilterCmd && CommandFields.value(command, "filter") instanceof Filter filter) {
                expressions(filter.getQuery()).forEach(NoExpressionsInQueries::check);
            }
        }
        return next.execute(command);
    }

    private static List<String> expressions(Object query) {
        List<String> found = new ArrayList<>();
        if (query instanceof AbstractQuery<?, ?> holder) {
            found.addAll(holder.getExpressions().values());
        }
        if (CommandFields.value(query, "queries") instanceof Collection<?> parts) {
            parts.stream().filter(part -> part != query).forEach(part -> found.addAll(expressions(part)));
        }
        return found;
    }
}
