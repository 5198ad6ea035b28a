package org.redress.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Writes the case number behind the name of every task, so that Tasklist shows it in each list without any right on
 * variables: {@code Screen credibility · R-2026-0042}. The diagram keeps the plain name.
 */
final class CaseNumberOnTasks extends AbstractBpmnParseListener {

    static final String SEPARATOR = " · ";

    @Override
    public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
        ((UserTaskActivityBehavior) activity.getActivityBehavior())
                .getTaskDefinition()
                .addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, CaseNumberOnTasks::name);
    }

    private static void name(DelegateTask task) {
        Object caseNumber = task.getVariable(EngineCases.CASE_NUMBER);
        if (caseNumber != null) {
            task.setName(task.getName() + SEPARATOR + caseNumber);
        }
    }
}
