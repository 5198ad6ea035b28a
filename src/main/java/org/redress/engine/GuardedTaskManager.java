package org.redress.engine;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.task.Task;

/** Where every task list, count, filter and ad-hoc query ends: each is narrowed to the rows of the person who asks. */
final class GuardedTaskManager extends TaskManager {

    private final VariablesInQueries variables;
    private final Supplier<Parties> parties;

    private GuardedTaskManager(VariablesInQueries variables, Supplier<Parties> parties) {
        this.variables = variables;
        this.parties = parties;
    }

    /** Which organisation has to do with which case, for {@link RowGuard}. */
    Parties parties() {
        return parties.get();
    }

    @Override
    public List<Task> findTasksByQueryCriteria(TaskQueryImpl query) {
        return narrowed(query, () -> super.findTasksByQueryCriteria(query));
    }

    @Override
    public long findTaskCountByQueryCriteria(TaskQueryImpl query) {
        return narrowed(query, () -> super.findTaskCountByQueryCriteria(query));
    }

    private <T> T narrowed(TaskQueryImpl query, Supplier<T> run) {
        if (RowGuard.applies()) {
            variables.check(query);
        }
        return RowGuard.narrowed(query, run);
    }

    static SessionFactory factory(VariablesInQueries variables, Supplier<Parties> parties) {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return TaskManager.class;
            }

            @Override
            public Session openSession() {
                return new GuardedTaskManager(variables, parties);
            }
        };
    }
}
