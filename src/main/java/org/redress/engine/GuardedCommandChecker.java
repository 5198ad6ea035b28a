package org.redress.engine;

import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/** The engine's checks of commands on one task, each followed by the rule of the row. */
final class GuardedCommandChecker extends AuthorizationCommandChecker {

    @Override
    public void checkReadTask(TaskEntity task) {
        super.checkReadTask(task);
        RowGuard.checkRead(task);
    }

    @Override
    public void checkReadTaskVariable(TaskEntity task) {
        super.checkReadTaskVariable(task);
        RowGuard.checkRead(task);
    }

    @Override
    public void checkUpdateTaskVariable(TaskEntity task) {
        super.checkUpdateTaskVariable(task);
        RowGuard.checkWork(task);
    }

    @Override
    public void checkTaskAssign(TaskEntity task) {
        if (TaskCommandGuard.isReleasing(task.getId())) {
            checkTaskWork(task);
            return;
        }
        super.checkTaskAssign(task);
        RowGuard.checkWork(task);
    }

    @Override
    public void checkTaskWork(TaskEntity task) {
        super.checkTaskWork(task);
        RowGuard.checkWork(task);
    }

    @Override
    public void checkDeleteTask(TaskEntity task) {
        super.checkDeleteTask(task);
        RowGuard.checkWork(task);
    }
}
