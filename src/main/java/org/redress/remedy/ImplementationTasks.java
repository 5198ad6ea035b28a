package org.redress.remedy;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.Spin;
import org.redress.deadline.Deadlines;
import org.redress.engine.Cases;
import org.redress.engine.EngineCases;
import org.redress.engine.FormRule;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code implement-remedy} (step 4) asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class ImplementationTasks {

    static final String IMPLEMENTATION_STARTED = "implementation-started";

    private static final String ESCALATE_FIRST = "escalate, and decide again when people are safe";

    /** Answers that forms may leave out, or that only some paths ask for. */
    private static final String[] ANSWERS = {
        "startDate",
        "startedOn",
        "goalsMet",
        "monitoringJudgement",
        "monitoringResult",
        "monitoringOutcome",
        "finalReportAt",
        "extendedUntil",
        "changesWanted",
        "safetyRiskOpen"
    };

    /** The clocks of the money run from the approval of the plan; nothing is known of it yet. */
    @Bean
    ExecutionListener openFunding(EngineCases cases, Deadlines deadlines) {
        return execution -> {
            execution.setVariable("planApprovedAt", deadlines.now());
            cases.expect(execution, ANSWERS);
            cases.expect(execution, Funding.ANSWERS);
            List.of("extensions", "reportsSubmitted", "reportsInWindow")
                    .forEach(name -> execution.setVariable(name, 0));
            openSecuring(execution);
        };
    }

    /**
     * The same for {@code secure-funds}, whether it is called for a plan or for an addition to it (D15, E06): the money of
     * an addition has its own clocks.
     */
    @Bean
    ExecutionListener openFunds(EngineCases cases, Deadlines deadlines) {
        return execution -> {
            execution.setVariable("planApprovedAt", deadlines.now());
            cases.expect(execution, Funding.ANSWERS);
            cases.expect(execution, "forAddition");
            List.of("smelterFunds", "smelterSays", "smeltersHeard").forEach(name -> execution.setVariable(name, null));
            openSecuring(execution);
        };
    }

    private static void openSecuring(DelegateExecution execution) {
        List.of("bridgeFund", "bridgeDownstream", "bridgePool", "bridgeDonor")
                .forEach(name -> execution.setVariable(name, 0));
        execution.setVariable("level2Phased", false);
        execution.setVariable("fundingDefects", Lists.json(List.of()));
    }

    /**
     * How much of the beginning of each planned level is covered, and what of it is not funded; null for a level that is
     * not planned (remedy.md B.8, E12).
     */
    @Bean
    JavaDelegate countFunding() {
        return execution -> {
            // A case of an earlier model knows no bridge fund, and the form may leave it out.
            if (execution.getVariable("bridgeFund") == null) {
                execution.setVariable("bridgeFund", 0);
            }
            double bridge = number(execution, "bridgeFund")
                    + number(execution, "bridgeDownstream")
                    + number(execution, "bridgePool")
                    + number(execution, "bridgeDonor");
            Funding level1 =
                    new Funding(number(execution, "level1FirstNeed"), number(execution, "level1Received"), bridge);
            Funding level2 = new Funding(number(execution, "level2FirstNeed"), number(execution, "level2Received"), 0);
            boolean first = planned(execution, "level1Planned");
            execution.setVariable("level1Covered", first ? level1.covered() : null);
            execution.setVariable("level1Missing", first ? level1.missing() : null);
            execution.setVariable("bridgeMoney", level1.isBridged());
            boolean second = planned(execution, "level2Planned");
            execution.setVariable("level2Covered", second ? level2.covered() : null);
            execution.setVariable("level2Missing", second ? level2.missing() : null);
        };
    }

    /** Keeps the first day and tells everybody in the case who waits for it. Telling twice is as good as once. */
    @Bean
    JavaDelegate announceStart(Cases cases, Deadlines deadlines) {
        return execution -> {
            execution.setVariable("startDate", deadlines.startOf(text(execution, "startedOn")));
            cases.tell(text(execution, "caseNumber"), IMPLEMENTATION_STARTED, Map.of());
        };
    }

    /** Nobody has said anything about the new report yet. */
    @Bean
    ExecutionListener openReport() {
        return execution -> execution.setVariable("smelterStatements", Lists.json(List.of()));
    }

    /**
     * Counts the report, and whether it came within the first twelve months (D17), which are no longer in an emergency
     * (B.12: closing gates unchanged). It never comes before month 6.
     */
    @Bean
    ExecutionListener countReport(Deadlines deadlines) {
        return execution -> {
            execution.setVariable("reportSubmittedAt", deadlines.now());
            add(execution, "reportsSubmitted");
            Date windowCloses = deadlines.normally(execution, "D17-final", execution.getVariable("startDate"));
            if (!deadlines.now().after(windowCloses)) {
                add(execution, "reportsInWindow");
            }
        };
    }

    /** Puts what one smelter says beside what the others say. */
    @Bean
    TaskListener noteStatement(Parties parties) {
        return task -> {
            Map<String, String> statement = new LinkedHashMap<>();
            statement.put("smelter", parties.nameOf(text(task, "smelter")));
            statement.put("answer", text(task, "statement"));
            statement.put("comment", Objects.toString(task.getVariable("statementComment"), ""));
            // A copy: the engine does not see a change inside the value that it holds.
            task.setVariable(
                    "smelterStatements",
                    Spin.JSON(String.valueOf(task.getVariable("smelterStatements")))
                            .append(statement));
        };
    }

    /** The own judgement keeps to the clock of the monitoring. */
    @Bean
    FormRule judgementInTime(Deadlines deadlines) {
        return new MonitoringChoice("monitoring-decision", "monitoringJudgement", deadlines);
    }

    /** So does the decision that settles a difference. */
    @Bean
    FormRule settlementInTime(Deadlines deadlines) {
        return new MonitoringChoice("settle-monitoring", "monitoringResult", deadlines);
    }

    /** While somebody is in danger, only an escalation may be judged, settled or decided. */
    @Bean
    FormRule judgementAfterDanger(DangerProcess danger) {
        return new DangerFirst("monitoring-decision", "monitoringJudgement", ESCALATE_FIRST, danger);
    }

    @Bean
    FormRule settlementAfterDanger(DangerProcess danger) {
        return new DangerFirst("settle-monitoring", "monitoringResult", ESCALATE_FIRST, danger);
    }

    @Bean
    FormRule panelAfterDanger(DangerProcess danger) {
        return new DangerFirst(
                "decide-after-extensions", "monitoringResult", "record the decision when people are safe", danger);
    }

    private static void add(DelegateExecution execution, String counter) {
        execution.setVariable(counter, (int) number(execution, counter) + 1);
    }

    private static boolean planned(DelegateExecution execution, String level) {
        return Boolean.TRUE.equals(execution.getVariable(level));
    }

    private static double number(DelegateExecution execution, String name) {
        return execution.getVariable(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static String text(DelegateExecution execution, String name) {
        return Objects.requireNonNull((String) execution.getVariable(name), name);
    }

    private static String text(DelegateTask task, String name) {
        return Objects.requireNonNull((String) task.getVariable(name), name);
    }
}
