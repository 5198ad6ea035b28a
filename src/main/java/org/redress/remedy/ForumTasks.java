package org.redress.remedy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.redress.engine.EngineCases;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.redress.engine.InvalidInput;
import org.redress.engine.SystemWork;
import org.redress.vault.ReporterChoices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/settle-forum} and the start of a case ask of Java: who may learn who reported (remedy.md E21, C.2). */
@Configuration(proxyBeanMethods = false)
class ForumTasks {

    private static final String CASE_NUMBER = "caseNumber";
    private static final String PROGRAMME = "otherProgramme";
    private static final String TOLD = "reporterTold";
    private static final String AGREED_ON = "reporterAgreedOn";
    private static final String AGREEMENT = "reporterAgreement";
    private static final String CONTACT = "contactForPeople";

    @Bean
    ForumSharing forumSharing(ForumConsents consents) {
        return new ForumSharing(consents);
    }

    /**
     * The case is open, and nobody settles the lead already; what is told and asked is what the case knows.
     *
     * @throws InvalidInput if it is closed, or the lead is being settled
     */
    @Bean
    JavaDelegate checkProgramme(OwnCases own, RuntimeService runtime, EngineCases cases, CaseEventsWorkflow events) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            if (WideningStage.isClosed(own.find(caseNumber).state())) {
                throw new InvalidInput("caseNumber: " + caseNumber + " is closed");
            }
            // Two who ask in the same moment wait for one another
            events.takeTurns(caseNumber);
            if (runtime.createProcessInstanceQuery()
                            .processDefinitionKey("settle-forum")
                            .processInstanceBusinessKey(caseNumber)
                            .count()
                    > 0) {
                throw new InvalidInput(
                        "caseNumber: who leads is being settled already; go on with the task of this case");
            }
            Map<String, Object> known = runtime.getVariables(
                    cases.instanceOf(caseNumber), List.of("urgency", "mode", "consentToShareIdentity"));
            execution.setVariables(known);
            cases.expect(execution, "urgency", "mode", "consentToShareIdentity");
        };
    }

    /** Step 1 ends as handed over. */
    @Bean
    JavaDelegate handOverToProgramme(WithdrawalProcess steps) {
        return execution -> steps.endStep1(PlanProcess.caseNumber(execution), "TRANSFERRED");
    }

    /**
     * Nobody is handed over of whom it is not known whether they are safe (D02), by whichever model the case runs. After step
     * 1 people are helped here: the case is closed as handed over, with all that closing asks for.
     */
    @Bean
    FormRule remedyIsHandedOverInStep6(WithdrawalProcess steps, SystemWork asTheSystem) {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("lead-status");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                if (!"TAKEN_OVER".equals(values.get("leadStatus"))
                        || !"YES".equals(values.get("remedyTakenOver"))
                        || !(values.get(CASE_NUMBER) instanceof String caseNumber)) {
                    return List.of();
                }
                // Models of before do not wait for it, and would lose the task with whatever else of step 1 ends
                if (asTheSystem.call(() -> steps.awaitsTriage(caseNumber))) {
                    return List.of(new FormProblem(
                            "remedyTakenOver", "Nobody has triaged the safety of the people yet: that comes first"));
                }
                return !asTheSystem.call(() -> steps.isInStep1(caseNumber))
                        ? List.of(new FormProblem(
                                "remedyTakenOver",
                                "Remedy has begun here: close the case as handed over in step 6, where it is asked who"
                                        + " carries on for the people"))
                        : List.of();
            }
        };
    }

    /** Nobody is named to another programme beyond what they agreed to: said in the form, so that nothing is lost. */
    @Bean
    FormRule nobodyIsNamedBeyondConsent(ForumConsents consents, SystemWork asTheSystem) {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("agree-lead", "lead-status");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                return values.get(CASE_NUMBER) instanceof String caseNumber
                                && values.get(PROGRAMME) instanceof String programme
                        ? asTheSystem.call(() -> consents.problems(
                                caseNumber,
                                programme,
                                text(values.get(TOLD)),
                                text(values.get(AGREED_ON)),
                                text(values.get(CONTACT))))
                        : List.of();
            }
        };
    }

    /** What models note of the identity of whoever reported: {@code ${forumSharing. …}}. */
    public static final class ForumSharing {

        private final ForumConsents consents;

        ForumSharing(ForumConsents consents) {
            this.consents = consents;
        }

        /** Of a new case: with whom the identity may be shared. A case that is opened again keeps its word. */
        public void choice(DelegateExecution execution) {
            if (execution.getVariable("consentToShareIdentity") instanceof String choice) {
                consents.noteChoice(
                        String.valueOf(execution.getVariable(CASE_NUMBER)), ReporterChoices.Choice.valueOf(choice));
            }
        }

        /**
         * Of the agreement with another programme: what it learns.
         *
         * @throws org.redress.engine.InvalidInput if somebody took consent back meanwhile
         */
        public void agreed(DelegateTask task) {
            if (task.getVariable(TOLD) == null) {
                return;
            }
            consents.record(
                    Objects.requireNonNull(text(task.getVariable(CASE_NUMBER)), CASE_NUMBER),
                    Objects.requireNonNull(text(task.getVariable(PROGRAMME)), PROGRAMME),
                    text(task.getVariable(TOLD)),
                    text(task.getVariable(AGREED_ON)),
                    text(task.getVariable(AGREEMENT)),
                    text(task.getVariable(CONTACT)));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
