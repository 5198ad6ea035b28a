package org.redress.remedy;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/close-incident} asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class ClosingTasks {

    /** A report is returned at most twice (remedy.md A.5). */
    private static final int RETURNS_AT_MOST = 2;

    @Bean
    JavaDelegate gatherFinalFigures(
            VictimCases people, ProgrammeCases programmes, RepaymentWorkflow repayments, MessageSource texts) {
        FinalFigures figures = new FinalFigures(texts);
        return execution -> {
            VictimCounts counts = people.facts(caseNumber(execution));
            VictimCounts reportable = people.reportable(caseNumber(execution), counts);
            execution.setVariable(
                    "finalFigures",
                    figures.of(
                            counts,
                            reportable,
                            programmes.facts(caseNumber(execution)),
                            repayments.of(caseNumber(execution), reportable)));
        };
    }

    /** The facts of both gates: counts from the cases of the people and the programmes, beside what was checked by hand. */
    @Bean
    JavaDelegate gatherClosingFacts(
            VictimCases people,
            ProgrammeCases programmes,
            EmergencyWorkflow emergencies,
            Retaliations retaliations,
            WideningProcess widening,
            AddingProcess adding,
            RemoteFindings findings,
            RepaymentWorkflow repayments,
            Deadlines deadlines) {
        return execution -> {
            ClosingFacts.of(
                            people.facts(caseNumber(execution)),
                            programmes.facts(caseNumber(execution)),
                            execution.getVariables(),
                            monthsSince(execution, deadlines))
                    .forEach(execution::setVariable);
            execution.setVariable(
                    "repaymentsWithoutCarrier",
                    repayments.of(caseNumber(execution)).withoutCarrier());
            if (emergencies.isOpen(caseNumber(execution))) {
                execution.setVariable("emergencyIsOpen", true);
            }
            execution.setVariable("retaliationIsOpen", retaliations.isOpen(caseNumber(execution)));
            execution.setVariable("peopleAreTakenIn", widening.isOpen(caseNumber(execution)));
            execution.setVariable(
                    "levelIsAdded", !adding.open(caseNumber(execution)).isEmpty());
            if (findings.isUnchecked(caseNumber(execution))) {
                execution.setVariable("remoteOnly", true);
            }
        };
    }

    /** What the form of the decision cannot say of itself. */
    @Bean
    FormRule atMostTwoReturns() {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("review-closing");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                boolean again = "RETURN".equals(values.get("closingDecision"))
                        && values.get("closingRounds") instanceof Number rounds
                        && rounds.intValue() > RETURNS_AT_MOST;
                return again
                        ? List.of(new FormProblem(
                                "closingDecision",
                                "The report was returned twice already: decide now, with an outcome and a reason."))
                        : List.of();
            }
        };
    }

    /** While people are in danger, suffer for having spoken or are just found, no reason closes the case (A.5). */
    @Bean
    FormRule nothingIsClosedInDanger(ClosingProcess closing) {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("review-closing", "agree-closing");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                if (!(values.get("caseNumber") instanceof String caseNumber)) {
                    return List.of();
                }
                if ("AGREE".equals(values.get("downstreamAnswer"))) {
                    // What protects whom is not for a company of the supply chain to know
                    return !closing.holds(caseNumber)
                            ? List.of()
                            : List.of(new FormProblem(
                                    "downstreamAnswer",
                                    "The case cannot be closed just now, since something in it is not finished. Agree when"
                                            + " the audit programme says that it is, or say what you object to."));
                }
                List<String> open =
                        "CLOSE".equals(values.get("closingDecision")) ? closing.open(caseNumber) : List.of();
                return open.isEmpty()
                        ? List.of()
                        : List.of(
                                new FormProblem(
                                        "closingDecision",
                                        "This is still open: " + String.join("; ", open)
                                                + ". No case is closed meanwhile, whatever the reason. Decide when it is over."));
            }
        };
    }

    /**
     * A case that ends before any remedy ends with this form, whatever the reason: not credible, not actionable, not
     * substantiated, no link in time, declined. It waits until nothing in it protects people any more (A.5, PROPOSED).
     */
    @Bean
    FormRule noCaseEndsEarlyInDanger(ClosingProcess closing) {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("offer-referral");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                return values.get("caseNumber") instanceof String caseNumber && closing.holds(caseNumber)
                        ? List.of(new FormProblem(
                                "referralNeeded",
                                "The case cannot be closed just now, since something in it is not finished. Make the offer,"
                                        + " and complete this when protection or the audit programme says that it is."))
                        : List.of();
            }
        };
    }

    private static int monthsSince(DelegateExecution execution, Deadlines deadlines) {
        Date start = (Date) execution.getVariable("startDate");
        return start == null ? 0 : deadlines.monthsSince(start);
    }

    private static String caseNumber(DelegateExecution execution) {
        return (String) execution.getVariable("caseNumber");
    }
}
