package org.redress.remedy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.redress.engine.EngineCases;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/note-proceedings} asks of Java, in the order of the diagram (remedy.md A.8 E20). */
@Configuration(proxyBeanMethods = false)
class ProceedingsTasks {

    private static final String INTERVIEWS = "interviewedElsewhere";

    private static final List<String> FORMS = List.of(
            "investigate", "decide-substantiation", "confirm-substantiation", "assess-link", "extend-investigation");

    /** The case is there; the form names it as it stands on tasks. */
    @Bean
    JavaDelegate checkProceedings(OwnCases cases, EngineCases engine) {
        return execution -> {
            cases.find(NamedCaseTasks.of(execution));
            engine.expect(execution, "urgency", "mode");
        };
    }

    /** Whoever investigates or helps sees that people are interviewed elsewhere. */
    @Bean
    JavaDelegate noteProceedings(RuntimeService runtime, InvestigationWorkflow investigation, VictimWorkflow people) {
        return execution -> noteInterviews(execution, runtime, investigation, people);
    }

    /** The investigation waits: its state, its tasks' clocks, and nothing else. Repeated, it changes nothing. */
    @Bean
    JavaDelegate suspendInvestigation(
            RuntimeService runtime, InvestigationWorkflow investigation, VictimWorkflow people) {
        return execution -> {
            noteInterviews(execution, runtime, investigation, people);
            investigation.suspend(execution);
        };
    }

    /** The investigation goes on, unless other proceedings still stop it. */
    @Bean
    JavaDelegate resumeInvestigation(InvestigationWorkflow investigation) {
        return investigation::resume;
    }

    /** No step of the investigation is taken while it is held. */
    @Bean
    FormRule nothingIsInvestigatedWhileSuspended() {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return FORMS;
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                if (Boolean.TRUE.equals(values.get(InvestigationWorkflow.SUSPENDED))) {
                    return List.of(new FormProblem(
                            "investigation",
                            "Law has suspended the investigation for proceedings elsewhere: keep what you found, and"
                                    + " complete this task when it is taken up again"));
                }
                return Boolean.TRUE.equals(values.get(InvestigationWorkflow.OTHER_LEADS))
                        ? List.of(new FormProblem(
                                "investigation",
                                "Another programme leads: keep what you found, and complete this task when the lead is"
                                        + " ours again or their findings are recognised"))
                        : List.of();
            }
        };
    }

    private static void noteInterviews(
            DelegateExecution execution,
            RuntimeService runtime,
            InvestigationWorkflow investigation,
            VictimWorkflow people) {
        String there = String.valueOf(execution.getVariable(INTERVIEWS));
        investigation.steps(execution).forEach(step -> runtime.setVariable(step, INTERVIEWS, there));
        if ("YES".equals(there)) {
            people.areInterviewedElsewhere(execution.getProcessBusinessKey());
        }
    }
}
