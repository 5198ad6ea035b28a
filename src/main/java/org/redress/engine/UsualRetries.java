package org.redress.engine;

import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.DefaultFailedJobParseListener;
import org.camunda.bpm.engine.impl.core.model.Properties;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.ParseUtil;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * What runs on its own and does not say how it is tried again is tried again as everything in the house is. A template of the
 * Modeler cannot say it; what a diagram says itself counts.
 */
final class UsualRetries extends AbstractBpmnParseListener {

    private static final String CYCLE = "PT1M,PT5M,PT30M,PT2H,PT6H";

    @Override
    public void parseServiceTask(Element serviceTask, ScopeImpl scope, ActivityImpl activity) {
        Properties properties = activity.getProperties();
        if (activity.isAsyncBefore() && !properties.contains(DefaultFailedJobParseListener.FAILED_JOB_CONFIGURATION)) {
            properties.set(
                    DefaultFailedJobParseListener.FAILED_JOB_CONFIGURATION, ParseUtil.parseRetryIntervals(CYCLE));
        }
    }
}
