package org.redress.remedy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseDecisions;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/weigh-information} asks of Java, in the order of the diagram (remedy.md A.0, E22). */
@Configuration(proxyBeanMethods = false)
class InformationTasks {

    private static final String RESPONSES = "responses";
    private static final List<String> LEVELS = List.of("level1", "level2");

    /**
     * Asks the table again, for each smelter with what is known of its link, and keeps of its answers what is above the duty
     * as it is. Nothing is lowered.
     */
    @Bean
    JavaDelegate evaluateAnew(CaseDecisions decisions, Lists lists) {
        return execution -> {
            Map<String, Map<String, Object>> links = PlanProcess.entries(execution.getVariable("links"));
            Map<String, Map<String, Object>> duties =
                    new LinkedHashMap<>(PlanProcess.entries(execution.getVariable(RESPONSES)));
            boolean higher = false;
            for (Map.Entry<String, Map<String, Object>> duty : duties.entrySet()) {
                LinkFacts link = LinkFacts.of(duty.getKey(), links.get(duty.getKey()));
                Map<String, Object> row = decisions
                        .evaluate(execution, "response-level", inputs(execution, link, lists))
                        .get(0);
                higher |= raise(duty.getValue(), row);
            }
            CaseResponse response = CaseResponse.of(
                    duties.values().stream().map(SmelterDuty::of).toList());
            execution.setVariable("raisedDuties", Lists.json(duties));
            execution.setVariable("raisedLevel1", response.level1().name());
            execution.setVariable("raisedLevel2", response.level2().name());
            execution.setVariable("levelHigher", higher);
        };
    }

    /**
     * Takes the higher levels into the case and what runs of it. A plan that is still drawn up has to hold what is owed now;
     * one that was approved without Level 1 is widened by it.
     */
    @Bean
    JavaDelegate raiseLevel(RuntimeService runtime) {
        return execution -> {
            execution.setVariable("level1", execution.getVariable("raisedLevel1"));
            execution.setVariable("level2", execution.getVariable("raisedLevel2"));
            Map<String, @Nullable Object> known = new HashMap<>();
            known.put("level1", execution.getVariable("raisedLevel1"));
            known.put("level2", execution.getVariable("raisedLevel2"));
            known.put(RESPONSES, execution.getVariable("raisedDuties"));
            known.put("types", execution.getVariable("typesNow"));
            known.put("affected", execution.getVariable("affectedNow"));
            PlannedLevels owed = PlannedLevels.of(
                    PlanProcess.entries(execution.getVariable("raisedDuties")).values());
            boolean widened = owed.level1()
                    && !PlanProcess.levels(execution).level1()
                    && WideningStage.isApproved(String.valueOf(execution.getVariable("caseState")));
            execution.setVariable("wideningWanted", widened);
            if (widened) {
                execution.setVariable(PlanProcess.LEVEL1_PLANNED, true);
                known.put(PlanProcess.LEVEL1_PLANNED, true);
            }
            for (ProcessInstance running : running(runtime, PlanProcess.caseNumber(execution))) {
                runtime.setVariables(running.getId(), known);
                if (running.getProcessDefinitionKey().equals("plan-remedy")) {
                    runtime.setVariable(running.getId(), PlanProcess.LEVEL1_PLANNED, owed.level1());
                    runtime.setVariable(running.getId(), PlanProcess.LEVEL2_PLANNED, owed.level2());
                }
            }
        };
    }

    private static Map<String, Object> inputs(DelegateExecution execution, LinkFacts link, Lists lists) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("tradeOngoing", link.tradeOngoing());
        inputs.put("effectiveCessation", link.tradeOngoing() ? null : link.effectiveCessation());
        inputs.put("selfDetected", link.selfDetected());
        inputs.put("exposureDate", link.exposureDate());
        inputs.put("incidentFirst", day(execution, "incidentFirst"));
        inputs.put("incidentLatest", day(execution, "incidentLatest"));
        inputs.put("types", Lists.json(lists.strings(execution.getVariable("typesNow"))));
        Object occurrences = execution.getVariable("occurrencesNow");
        inputs.put("occurrences90d", occurrences == null ? execution.getVariable("occurrences90d") : occurrences);
        inputs.put("affected", execution.getVariable("affectedNow"));
        return inputs;
    }

    private static @Nullable String day(DelegateExecution execution, String name) {
        String day = Objects.toString(execution.getVariable(name), "");
        return day.isBlank() ? null : day;
    }

    /** @return whether a level of this duty went up */
    private static boolean raise(Map<String, Object> duty, Map<String, Object> row) {
        boolean higher = false;
        for (String level : LEVELS) {
            Level now = Level.valueOf(String.valueOf(row.get(level)));
            if (now.isAbove(Level.valueOf(String.valueOf(duty.get(level))))) {
                duty.put(level, now.name());
                duty.put("levelOrigin", "RAISED");
                higher = true;
            }
        }
        if (higher) {
            SmelterDuty raised = SmelterDuty.of(duty);
            duty.put("carrier1", raised.carrier1("DOWNSTREAM".equals(duty.get("carrier1"))));
            duty.put("carrier2", raised.carrier2("DOWNSTREAM".equals(duty.get("carrier2"))));
        }
        return higher;
    }

    private static List<ProcessInstance> running(RuntimeService runtime, String caseNumber) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKeyIn("remedy-case", "plan-remedy", "implement-remedy", "close-incident")
                .list();
    }
}
