package org.redress.remedy;

import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.RunningClocks;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.redress.engine.Lists;
import org.redress.engine.People;
import org.redress.engine.Words;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code bpmn/shared/declare-emergency} and {@code bpmn/remedy/check-on-site} ask of Java, in the order of the diagrams
 * (remedy.md A.8 E23, B.12).
 */
@Configuration(proxyBeanMethods = false)
class EmergencyModeTasks {

    private static final String AREA = "emergencyArea";
    private static final String FROM = "emergencyFrom";
    private static final String DECLARED_BY = "emergencyDeclaredBy";
    private static final String LIFTED_AT = "emergencyLiftedAt";
    private static final String CASE = "affectedCase";
    private static final String LONGEST = "emergency";

    /** The first day is today; the last one no later than the matrix allows. */
    @Bean
    JavaDelegate checkEmergency(CaseModeWorkflow modes, Deadlines deadlines, Lists lists, Words words, People people) {
        return execution -> {
            String today = deadlines.day(deadlines.now());
            modes.checkDays(execution, CaseModeWorkflow.UNTIL, today);
            modes.checkAskedOnce(execution, area(execution, lists), text(execution, "emergencyReason"));
            execution.setVariable(FROM, today);
            execution.setVariable(
                    "emergencyAreaNames",
                    area(execution, lists).stream().map(words::country).collect(Collectors.joining(", ")));
            execution.setVariable(DECLARED_BY, people.acting().orElse(null));
        };
    }

    /** In the transaction of the second person. */
    @Bean
    JavaDelegate putEmergencyInForce(EmergencyRecord record, Lists lists, People people) {
        return execution -> record.putInForce(
                execution.getProcessInstanceId(),
                area(execution, lists),
                text(execution, "emergencyReason"),
                LocalDate.parse(text(execution, FROM)),
                LocalDate.parse(text(execution, CaseModeWorkflow.UNTIL)),
                (String) execution.getVariable(DECLARED_BY),
                people.acting().orElse(null));
    }

    /** One case, in a job of its own. */
    @Bean
    JavaDelegate enterEmergencyMode(CaseModeWorkflow modes, Deadlines deadlines) {
        return execution -> modes.enter(text(execution, CASE), due -> deadlines.dueFrom(execution, LONGEST, due));
    }

    /** The last day moves, and what waits for it in this process; those whose cases are in the mode are told. */
    @Bean
    JavaDelegate extendEmergency(EmergencyRecord record, CaseModeWorkflow modes, RunningClocks clocks) {
        return execution -> {
            String until = text(execution, "renewUntil");
            record.extend(execution.getProcessInstanceId(), LocalDate.parse(until));
            execution.setVariable(CaseModeWorkflow.UNTIL, until);
            clocks.recountOf(execution, CaseModeWorkflow.UNTIL);
            modes.renewed(execution.getProcessInstanceId(), execution.getVariable(AREA));
        };
    }

    /** It stands no more. */
    @Bean
    JavaDelegate liftEmergency(EmergencyRecord record, Deadlines deadlines) {
        return execution -> {
            Date now = deadlines.now();
            execution.setVariable(LIFTED_AT, now);
            record.lift(execution.getProcessInstanceId(), now.toInstant(), (String)
                    execution.getVariable("emergencyLiftedBy"));
        };
    }

    /** One case, in a job of its own. */
    @Bean
    JavaDelegate leaveEmergencyMode(CaseModeWorkflow modes) {
        return execution -> modes.leave(
                text(execution, CASE), (Date) Objects.requireNonNull(execution.getVariable(LIFTED_AT), LIFTED_AT));
    }

    /** What was seen is on record, and everything of the case that waited for it goes on. */
    @Bean
    JavaDelegate noteSiteCheck(RemoteFindings findings, RemoteEvidenceProcess evidence, People people) {
        return execution -> {
            String caseNumber = PlanProcess.caseNumber(execution);
            String outcome = text(execution, "siteOutcome");
            findings.checked(
                    caseNumber,
                    outcome,
                    LocalDate.parse(text(execution, "siteVisitedOn")),
                    people.acting().orElse(null));
            evidence.mark(caseNumber, RemoteEvidenceProcess.SITE_CHECK, outcome);
            evidence.tell(caseNumber, "checked-on-site");
        };
    }

    /** What is established from a distance rests on two independent sources, wherever it is asked (B.12, B.9 D17). */
    @Bean
    FormRule sourcesOfTheInvestigation() {
        return new RemoteSources("investigate", "investigationMethod");
    }

    @Bean
    FormRule sourcesOfTheMonitoring() {
        return new RemoteSources("monitoring-report", "level2Methods");
    }

    @Bean
    FormRule sourcesOfTheOutcome() {
        return new RemoteSources("verify-outcomes", "l2VerificationMethod");
    }

    /** Nothing is closed, in step 1 either, on evidence from a distance alone (B.12, integrity). */
    @Bean
    FormRule nothingIsUnsubstantiatedUnseen(RemoteFindings findings) {
        return whileUnseen(
                findings,
                "decide-substantiation",
                values -> "NOT_SUBSTANTIATED".equals(values.get("substantiationOutcome"))
                        || ("INCONCLUSIVE".equals(values.get("substantiationOutcome"))
                                && Boolean.TRUE.equals(values.get("investigationExtended"))),
                "substantiationOutcome",
                "no case is closed on it. Decide when somebody has seen the site.");
    }

    @Bean
    FormRule noReportIsFalseUnseen(RemoteFindings findings) {
        return whileUnseen(
                findings,
                "examine-bad-faith",
                values -> "YES".equals(values.get("knownFalse")),
                "knownFalse",
                "no report counts as false by it.");
    }

    @Bean
    FormRule harmIsPlausibleUnseen(RemoteFindings findings) {
        return whileUnseen(
                findings,
                "withdraw-complaint",
                values -> "NO".equals(values.get("harmPlausible")),
                "harmPlausible",
                "no case is closed on it.");
    }

    @Bean
    FormRule noLevelIsLoweredUnseen(RemoteFindings findings) {
        return whileUnseen(
                findings,
                "review-level",
                values -> LevelReview.LOWER.equals(values.get("reviewOutcome")),
                "reviewOutcome",
                "no level is lowered on it.");
    }

    @Bean
    FormRule noLoweringIsApprovedUnseen(RemoteFindings findings) {
        return whileUnseen(
                findings,
                "approve-lowering",
                values -> "YES".equals(values.get("loweringApproved")),
                "loweringApproved",
                "no level is lowered on it.");
    }

    @Bean
    FormRule nothingIsClosedUnseen(RemoteFindings findings) {
        return whileUnseen(
                findings,
                "review-closing",
                values -> "CLOSE".equals(values.get("closingDecision")),
                "closingDecision",
                "no case is closed on it, whatever the reason. Decide when somebody has seen the site.");
    }

    private static FormRule whileUnseen(
            RemoteFindings findings,
            String form,
            Predicate<Map<String, @Nullable Object>> decides,
            String field,
            String then) {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of(form);
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                return decides.test(values)
                                && values.get("caseNumber") instanceof String caseNumber
                                && findings.isUnchecked(caseNumber)
                        ? List.of(new FormProblem(
                                field,
                                "This was established from a distance, and nobody has checked it on site yet: " + then))
                        : List.of();
            }
        };
    }

    private static List<String> area(DelegateExecution execution, Lists lists) {
        return lists.strings(execution.getVariable(AREA)).stream()
                .distinct()
                .sorted()
                .toList();
    }

    private static String text(DelegateExecution execution, String name) {
        return String.valueOf(Objects.requireNonNull(execution.getVariable(name), name));
    }
}
