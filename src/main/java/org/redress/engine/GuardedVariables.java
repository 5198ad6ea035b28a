package org.redress.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.VariableInstanceQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.jspecify.annotations.Nullable;

/**
 * Where every list of variables ends. Whoever works on cases has no right on variables, and Tasklist shows none in its lists;
 * what a task has of its own, such as its clock, it shows to those who may read that very task. It asks for these by the ids
 * of the tasks and of their processes: the ids of one's own tasks are kept, and all others dropped.
 */
final class GuardedVariables extends VariableInstanceManager {

    @Override
    public List<VariableInstance> findVariableInstanceByQueryCriteria(
            VariableInstanceQueryImpl query, @Nullable Page page) {
        return guarded(query, List.of(), () -> super.findVariableInstanceByQueryCriteria(query, page));
    }

    @Override
    public long findVariableInstanceCountByQueryCriteria(VariableInstanceQueryImpl query) {
        return guarded(query, 0L, () -> super.findVariableInstanceCountByQueryCriteria(query));
    }

    private <T> T guarded(VariableInstanceQueryImpl query, T nothing, Supplier<T> run) {
        String[] scopes = query.getVariableScopeIds();
        if (!RowGuard.applies() || scopes == null || scopes.length == 0) {
            return run.get();
        }
        String[] theirs = Arrays.stream(scopes).filter(this::isATaskOfTheirs).toArray(String[]::new);
        if (theirs.length == 0) {
            return nothing;
        }
        query.variableScopeIdIn(theirs);
        return getCommandContext().runWithoutAuthorization(run::get);
    }

    private boolean isATaskOfTheirs(String id) {
        TaskEntity task = getTaskManager().findTaskById(id);
        return task != null && RowGuard.mayReadValues(task);
    }

    static SessionFactory factory() {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return VariableInstanceManager.class;
            }

            @Override
            public Session openSession() {
                return new GuardedVariables();
            }
        };
    }
}
