package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.calendar.DateTimeUtil;
import org.camunda.bpm.engine.impl.calendar.DurationHelper;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** A drawn timer goes off: what it says parses. Expressions are parsed with all others by {@link ReferenceGate}. */
final class TimerGate implements Gate {

    private interface Parser {
        void parse(String text) throws Exception;
    }

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            for (TimerEventDefinition timer : process.all(TimerEventDefinition.class)) {
                String owner = timer.getParentElement().getAttributeValue("id");
                boolean set =
                        timer.getTimeDate() != null || timer.getTimeDuration() != null || timer.getTimeCycle() != null;
                if (!set) {
                    findings.add(process.finding(owner, "is a timer without a time"));
                }
                check(process, owner, timer.getTimeDate(), DateTimeUtil::parseDate, findings);
                check(process, owner, timer.getTimeDuration(), DurationHelper::new, findings);
                check(process, owner, timer.getTimeCycle(), DurationHelper::new, findings);
            }
        }
        return findings;
    }

    private static void check(
            ProcessFile process,
            String owner,
            @Nullable ModelElementInstance time,
            Parser parser,
            List<Finding> findings) {
        if (time == null) {
            return;
        }
        String text = time.getTextContent().trim();
        if (Expressions.isExpression(text)) {
            return;
        }
        try {
            parser.parse(text);
        } catch (Exception e) {
            findings.add(process.finding(owner, "is a timer that says \"" + text + "\", which does not parse"));
        }
    }
}
