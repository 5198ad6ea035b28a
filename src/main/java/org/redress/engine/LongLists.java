package org.redress.engine;

import java.util.List;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.cmd.ExecuteFilterListCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteFilterListPageCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.query.Query;

/**
 * Nobody who is signed in brings a node down by asking for everything at once. A list without a page is cut off by the
 * database, and refused when that many rows were there, so that nobody takes a part for the whole. What a running command asks
 * for is not touched; pages that are too long the engine refuses itself ({@code queryMaxResultsLimit}).
 */
final class LongLists extends CommandInterceptor {

    private final int longest;

    /** @param longest most rows that one request gets */
    LongLists(int longest) {
        this.longest = longest;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (!RowGuard.isAskedByAPerson()) {
            return next.execute(command);
        }
        if (command instanceof AbstractQuery<?, ?> query
                && isList(query)
                && query.getMaxResults() == Integer.MAX_VALUE) {
            query.setMaxResults(longest);
            try {
                return whole(next.execute(command));
            } finally {
                query.setMaxResults(Integer.MAX_VALUE);
            }
        }
        if (command instanceof ExecuteFilterListCmd) {
            return whole(next.execute(page(command)));
        }
        return next.execute(command);
    }

    @SuppressWarnings("unchecked") // Both commands give a list.
    private <T> Command<T> page(Command<T> whole) {
        return (Command<T>) new ExecuteFilterListPageCmd(
                CommandFields.text(whole, "filterId"),
                (Query<?, ?>) CommandFields.value(whole, "extendingQuery"),
                0,
                longest);
    }

    private <T> T whole(T rows) {
        if (rows instanceof List<?> list && list.size() >= longest) {
            throw new BadUserRequestException("There are " + longest
                    + " rows or more: ask for them page by page, with firstResult and maxResults");
        }
        return rows;
    }

    /** The engine marks the queries that come from outside, and none that a running command asks. */
    private static boolean isList(AbstractQuery<?, ?> query) {
        return Boolean.TRUE.equals(CommandFields.value(query, "maxResultsLimitEnabled"))
                && String.valueOf(CommandFields.value(query, "resultType")).matches("LIST|LIST_PAGE");
    }
}
