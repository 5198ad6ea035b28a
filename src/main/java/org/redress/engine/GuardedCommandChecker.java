package org.redress.engine;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricJobLogEventEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

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
        RowGuard.checkReadValues(task);
    }

    @Override
    public void checkUpdateTaskVariable(TaskEntity task) {
        super.checkUpdateTaskVariable(task);
        RowGuard.checkWork(task);
    }

    @Override
    public void checkTaskAssign(TaskEntity task) {
        if (TaskCommandGuard.isOwn(task.getId())) {
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
    public void checkReadJob(JobEntity job) {
        super.checkReadJob(job);
        ofNoCase(job.getProcessDefinitionKey());
    }

    @Override
    public void checkUpdateJob(JobEntity job) {
        super.checkUpdateJob(job);
        ofNoCase(job.getProcessDefinitionKey());
    }

    @Override
    public void checkUpdateRetriesJob(JobEntity job) {
        super.checkUpdateRetriesJob(job);
        ofNoCase(job.getProcessDefinitionKey());
    }

    @Override
    public void checkReadHistoricJobLog(HistoricJobLogEventEntity line) {
        super.checkReadHistoricJobLog(line);
        ofNoCase(line.getProcessDefinitionKey());
    }

    /** The engine lets everybody read, run and delete the jobs that belong to no process, such as those of a batch. */
    private static void ofNoCase(@Nullable String processDefinitionKey) {
        if (processDefinitionKey == null && RowGuard.applies()) {
            throw new AuthorizationException("Jobs that belong to no case are the administrator's");
        }
    }

    @Override
    public void checkDeleteTask(TaskEntity task) {
        super.checkDeleteTask(task);
        RowGuard.checkWork(task);
    }
}
