package org.redress.remedy;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.MovableClocks;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/note-proceedings} asks of Java, in the order of the diagram (remedy.md A.8 E20). */
@Configuration(proxyBeanMethods = false)
class ProceedingsTasks {

    private static final String STATE = "caseState";
    private static final String INVESTIGATED = "IN_INVESTIGATION";
    private static final String SUSPENDED = "SUSPENDED_LEGAL";
    private static final String FLAG = "investigationSuspended";
    private static final String INTERVIEWS = "interviewedElsewhere";

    /** Where the clock of a task that stands still is kept: how many milliseconds were left. */
    private static final String LEFT = "clockLeftMillis";

    private static final List<String> INVESTIGATION = List.of(
            "task_investigate",
            "task_decideSubstantiation",
            "task_confirmSubstantiation",
            "task_assessLink",
            "task_extendInvestigation");

    private static final List<String> FORMS = List.of(
            "investigate", "decide-substantiation", "confirm-substantiation", "assess-link", "extend-investigation");

    /** The case is there; the form names it as it stands on tasks. */
    @Bean
    JavaDelegate checkProceedings(OwnCases cases) {
        return execution -> cases.find(NamedCaseTasks.of(execution));
    }

    /** Whoever investigates sees that people are interviewed elsewhere. */
    @Bean
    JavaDelegate noteProceedings(RuntimeService runtime) {
        return execution -> steps(runtime, execution)
                .forEach(step -> runtime.setVariable(step, INTERVIEWS, execution.getVariable(INTERVIEWS)));
    }

    /** The investigation waits: its state, its tasks' clocks, and nothing else. Repeated, it changes nothing. */
    @Bean
    JavaDelegate suspendInvestigation(RuntimeService runtime, TaskService tasks, Deadlines deadlines) {
        return execution -> {
            for (String step : steps(runtime, execution)) {
                runtime.setVariable(step, INTERVIEWS, execution.getVariable(INTERVIEWS));
                runtime.setVariable(step, FLAG, true);
                if (INVESTIGATED.equals(runtime.getVariable(step, STATE))) {
                    runtime.setVariable(step, STATE, SUSPENDED);
                }
            }
            for (Task task : open(tasks, execution)) {
                if (task.getDueDate() != null) {
                    long left = task.getDueDate().getTime() - deadlines.now().getTime();
                    tasks.setVariableLocal(task.getId(), LEFT, left);
                    tasks.setDueDate(task.getId(), null);
                }
            }
        };
    }

    /** The clocks run on with what was left of them, for the steps that follow too, on record. A case that has moved on meanwhile keeps the state it has. */
    @Bean
    JavaDelegate resumeInvestigation(
            RuntimeService runtime, TaskService tasks, Deadlines deadlines, MovableClocks clocks) {
        return execution -> {
            for (String step : steps(runtime, execution)) {
                runtime.setVariable(step, FLAG, false);
                if (SUSPENDED.equals(runtime.getVariable(step, STATE))) {
                    runtime.setVariable(step, STATE, INVESTIGATED);
                }
            }
            for (Task task : open(tasks, execution)) {
                if (tasks.getVariableLocal(task.getId(), LEFT) instanceof Long left) {
                    Date due = new Date(deadlines.now().getTime() + Math.max(0, left));
                    tasks.setDueDate(task.getId(), due);
                    clocks.wentOn(
                            execution.getProcessInstanceId(),
                            execution.getProcessBusinessKey(),
                            task.getId(),
                            due.toInstant(),
                            "PROCEEDINGS");
                    tasks.removeVariableLocal(task.getId(), LEFT);
                }
            }
        };
    }

    /** No step of the investigation is taken while it is suspended. */
    @Bean
    FormRule nothingIsInvestigatedWhileSuspended() {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return FORMS;
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                return Boolean.TRUE.equals(values.get(FLAG))
                        ? List.of(new FormProblem(
                                "investigation",
                                "Law has suspended the investigation for proceedings elsewhere: keep what you found, and"
                                        + " complete this task when it is taken up again"))
                        : List.of();
            }
        };
    }

    private static List<String> steps(RuntimeService runtime, DelegateExecution execution) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .processDefinitionKeyIn("remedy-case", "verify-allegation")
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    private static List<Task> open(TaskService tasks, DelegateExecution execution) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .taskDefinitionKeyIn(INVESTIGATION.toArray(String[]::new))
                .list();
    }
}
