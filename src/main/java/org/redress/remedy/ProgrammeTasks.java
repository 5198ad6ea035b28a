package org.redress.remedy;

import java.util.List;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/level2-programme} asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class ProgrammeTasks {

    /** What the plan may leave open, and what nobody has recorded yet. */
    private static final List<String> NOT_YET_KNOWN = List.of(
            "l2Strand",
            "l2Problem",
            "l2TargetGroup",
            "l2Outcome",
            "l2Indicator",
            "l2Unit",
            "l2Baseline",
            "l2Target",
            "l2TargetDate",
            "l2Source",
            "l2Actual",
            "l2OnTime",
            "l2Spent",
            "l2AimsReached",
            "l2SiteVisitOn",
            "l2LastSiteVisitOn",
            "l2FinancialStatement",
            "l2Evidence",
            "budgetLevel2",
            "currency");

    /** Gives the programme its first values. */
    @Bean
    ExecutionListener openProgramme() {
        return execution -> {
            NOT_YET_KNOWN.stream()
                    .filter(name -> !execution.hasVariable(name))
                    .forEach(name -> execution.setVariable(name, null));
            execution.setVariable("programmeOutcome", "RUNNING");
            execution.setVariable("l2ProgressReports", 0);
            execution.setVariable("l2SiteVisits", 0);
            execution.setVariable("l2Statement", false);
            execution.setVariable("l2Verified", false);
        };
    }
}
