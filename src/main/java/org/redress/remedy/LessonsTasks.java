package org.redress.remedy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.spin.json.SpinJsonNode;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/learn-lessons} and {@code bpmn/remedy/log-lesson} ask of Java. */
@Configuration(proxyBeanMethods = false)
class LessonsTasks {

    @Bean
    LessonLog lessonLog(Clock clock) {
        return new LessonLog(clock);
    }

    @Bean("lessonLines")
    LogOfACase logOfACase(LessonLines lines) {
        return new LogOfACase(lines);
    }

    /** A line that somebody who works on the case writes; only for a case of theirs (remedy.md A.6). */
    @Bean
    JavaDelegate noteLesson(OwnCases own, LessonLines lines) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            own.find(caseNumber);
            String note = Objects.toString(execution.getVariable("lessonNote"), "");
            lines.add(
                    execution.getProcessInstanceId(),
                    caseNumber,
                    String.valueOf(execution.getVariable("lessonStep")),
                    String.valueOf(execution.getVariable("lessonKind")),
                    note.startsWith("vault:") ? note : null);
        };
    }

    /** The log of lessons as the models see it. */
    public static final class LogOfACase {

        private final LessonLines lines;

        LogOfACase(LessonLines lines) {
            this.lines = lines;
        }

        /** Notes what the course of a case itself shows, as aims that were missed (remedy.md E18); once for each run. */
        public void note(DelegateExecution execution, String step, String kind) {
            lines.add(
                    execution.getProcessInstanceId() + ":" + kind, PlanProcess.caseNumber(execution), step, kind, null);
        }

        /** Every line of the case, for the form in which the lessons are collected (remedy.md A.6). */
        public SpinJsonNode of(DelegateExecution execution) {
            return Lists.json(lines.ofCase(PlanProcess.caseNumber(execution)));
        }
    }

    /** What became of each action that a lesson asked for (remedy.md A.6, updateDueDiligence). */
    public static final class LessonLog {

        private final Clock clock;

        LessonLog(Clock clock) {
            this.clock = clock;
        }

        /** Begins an empty log; a case that was declined has no day of closing yet, and is closed today. */
        public void begin(DelegateExecution execution) {
            execution.setVariable("lessonLogEntries", Lists.json(List.of()));
            if (execution.getVariable("closedAt") == null) {
                execution.setVariable("closedAt", Date.from(clock.instant()));
            }
        }

        /** Notes what this task's action has become. */
        public void note(DelegateTask task) {
            List<Object> entries = new ArrayList<>();
            ((SpinJsonNode) task.getVariable("lessonLogEntries"))
                    .elements()
                    .forEach(entry -> entries.add(entry.mapTo(Map.class)));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("action", task.getVariable("lessonAction"));
            entry.put("owner", task.getVariable("actionOwner"));
            entry.put("due", task.getVariable("actionDue"));
            entry.put("done", task.getVariable("actionDone"));
            entry.put("evidence", task.getVariable("actionEvidence"));
            entries.add(entry);
            task.setVariable("lessonLogEntries", Lists.json(entries));
            // The instances of a multi-instance task share their local variables: the next action begins with an empty
            // form.
            List.of("actionOwner", "actionDue", "actionDone", "actionEvidence")
                    .forEach(field -> task.setVariable(field, null));
        }
    }
}
