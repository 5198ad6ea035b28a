package org.redress.remedy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.redress.deadline.Deadlines;
import org.redress.engine.CaseDecisions;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code bpmn/remedy/use-leverage} asks of Java, and what begins it: the ladder of measures on a smelter that refuses a
 * mandatory level (remedy.md A.8 E16, B.11).
 */
@Configuration(proxyBeanMethods = false)
class LeverageTasks {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PROCESS = "use-leverage";
    private static final String LEVEL_REFUSED = "mandatory-level-refused";
    private static final String LADDER = "leverage-ladder";
    private static final String UNPAID_SHARE = "unpaid-share";
    private static final String REFUSED_AT = "refusedAt";
    private static final String REFUSAL_KIND = "refusalKind";
    private static final String MEASURES = "measuresTaken";

    /** Begins the ladder of one smelter beside the case; one that runs already goes on. */
    @Bean
    JavaDelegate beginLeverage(RuntimeService runtime, Deadlines deadlines) {
        return execution -> {
            Map<String, Object> duty = new LinkedHashMap<>();
            for (String name : List.of("caseNumber", "smelter", "smelterName", "level1", "level2", "urgency")) {
                duty.put(name, execution.getVariable(name));
            }
            duty.put(REFUSAL_KIND, isSilent(execution) ? "SILENT" : "REFUSED");
            begin(runtime, deadlines, execution.getProcessBusinessKey(), duty);
        };
    }

    /**
     * Weighs what each smelter paid that took up what it owes, on the day on which the search for money ends (E16, D15): nobody
     * is pressed for what another lets lie.
     */
    @Bean
    JavaDelegate weighShares(CaseDecisions decisions) {
        return execution -> {
            List<Map<String, Object>> weighed = new ArrayList<>();
            owing(execution).forEach((smelter, duty) -> {
                double percent = SmelterSharesProcess.paidPercent(execution, smelter);
                Map<String, Object> row = new LinkedHashMap<>(decisions
                        .evaluate(execution, UNPAID_SHARE, Map.of("paidPercent", percent))
                        .get(0));
                row.put("smelter", smelter);
                row.put("name", Objects.toString(duty.get("name"), smelter));
                row.put("percent", percent);
                weighed.add(row);
            });
            SmelterSharesProcess.keepWeighed(execution, weighed);
        };
    }

    /**
     * Begins the ladder of each smelter that took up a mandatory level and let it lie until the day on which the search for
     * money ends: it is pressed as if it refused (E16, B.11, D15). In a case of an earlier model, who paid nothing is pressed.
     */
    @Bean
    JavaDelegate pressWhoPaidNothing(RuntimeService runtime, Deadlines deadlines) {
        return execution -> {
            List<String> pressed = SmelterSharesProcess.weighed(execution)
                    .map(rows -> rows.stream()
                            .filter(row -> "LADDER".equals(row.get("step")))
                            .map(row -> String.valueOf(row.get("smelter")))
                            .toList())
                    .orElseGet(() -> owing(execution).keySet().stream()
                            .filter(smelter -> !SmelterSharesProcess.hasPaid(execution, smelter))
                            .toList());
            Map<String, Map<String, Object>> duties = owing(execution);
            for (String smelter : pressed) {
                Map<String, Object> entry = duties.getOrDefault(smelter, Map.of());
                Map<String, Object> duty = new LinkedHashMap<>();
                duty.put("caseNumber", PlanProcess.caseNumber(execution));
                duty.put("smelter", smelter);
                duty.put("smelterName", entry.get("name"));
                duty.put("level1", entry.get("level1"));
                duty.put("level2", entry.get("level2"));
                duty.put("urgency", execution.getVariable("urgency"));
                duty.put(
                        REFUSAL_KIND,
                        SmelterSharesProcess.hasPaid(execution, smelter) ? "PAID_LITTLE" : "PAID_NOTHING");
                begin(runtime, deadlines, PlanProcess.caseNumber(execution), duty);
            }
        };
    }

    /** The duties of those that took up a mandatory level which is paid for now. */
    private static Map<String, Map<String, Object>> owing(DelegateExecution execution) {
        Map<String, Map<String, Object>> owing = new LinkedHashMap<>();
        Object responses = execution.getVariable("responses");
        if (responses != null) {
            PlanProcess.entries(responses).forEach((smelter, duty) -> {
                if (owes(duty, "1", execution) || owes(duty, "2", execution)) {
                    owing.put(smelter, duty);
                }
            });
        }
        return owing;
    }

    /** Whether none of what it owes and does not take up was refused in words. */
    private static boolean isSilent(DelegateExecution execution) {
        return List.of("1", "2").stream()
                .filter(level -> "MANDATORY".equals(execution.getVariable("level" + level)))
                .map(level -> execution.getVariable("acceptsLevel" + level))
                .noneMatch("NO"::equals);
    }

    /** A level that it owes and took up, and that is paid for now. */
    private static boolean owes(Map<String, Object> duty, String level, DelegateExecution execution) {
        return "MANDATORY".equals(duty.get("level" + level))
                && "YES".equals(duty.get("acceptsLevel" + level))
                && Boolean.TRUE.equals(execution.getVariable("level" + level + "Planned"));
    }

    private static void begin(
            RuntimeService runtime, Deadlines deadlines, String caseNumber, Map<String, Object> duty) {
        boolean runs = runtime.createProcessInstanceQuery()
                        .processDefinitionKey(PROCESS)
                        .processInstanceBusinessKey(caseNumber)
                        .variableValueEquals("smelter", duty.get("smelter"))
                        .count()
                > 0;
        if (!runs) {
            duty.put(REFUSED_AT, deadlines.now());
            runtime.createMessageCorrelation(LEVEL_REFUSED)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariables(duty)
                    .correlateStartMessage();
        }
    }

    /** Where a smelter stands on the ladder, for the expressions of the diagram. */
    @Bean
    Leverage leverage(Deadlines deadlines, CaseDecisions decisions) {
        return new Leverage(deadlines, decisions);
    }

    /**
     * Writes into the duties of the case, wherever a step works with them, that the smelter takes up what it owes. Repeated, it
     * writes the same.
     */
    @Bean
    JavaDelegate noteAcceptance(RuntimeService runtime) {
        return execution -> {
            String smelter = Objects.toString(execution.getVariable("smelter"));
            runtime
                    .createProcessInstanceQuery()
                    .processInstanceBusinessKey(execution.getProcessBusinessKey())
                    .list()
                    .stream()
                    .map(ProcessInstance::getId)
                    .forEach(instance -> accept(runtime, instance, smelter));
        };
    }

    private static void accept(RuntimeService runtime, String instance, String smelter) {
        Object responses = runtime.getVariableLocal(instance, "responses");
        if (responses == null) {
            return;
        }
        Map<String, Map<String, Object>> duties = read(responses, new TypeReference<>() {});
        Map<String, Object> duty = duties.get(smelter);
        if (duty != null) {
            for (String level : List.of("1", "2")) {
                if ("MANDATORY".equals(duty.get("level" + level))) {
                    duty.put("acceptsLevel" + level, "YES");
                    duty.put("carrier" + level, "SMELTER");
                }
            }
            runtime.setVariableLocal(instance, "responses", Lists.json(duties));
        }
    }

    private static <T> T read(Object json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json.toString(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Json variable of the case cannot be read", e);
        }
    }

    /** Counts business days since the refusal by the rungs of the decision {@code leverage-ladder}. */
    public static final class Leverage {

        private final Deadlines deadlines;
        private final CaseDecisions decisions;

        Leverage(Deadlines deadlines, CaseDecisions decisions) {
            this.deadlines = deadlines;
            this.decisions = decisions;
        }

        /** Nothing was done yet. */
        public void begin(DelegateExecution execution) {
            execution.setVariable(MEASURES, Lists.json(List.of()));
            for (String name : List.of("leverageOutcome", "measureResult", "disengagement", "alternativePayer")) {
                execution.setVariable(name, null);
            }
            if (!execution.hasVariable(REFUSAL_KIND)) {
                execution.setVariable(REFUSAL_KIND, null);
            }
        }

        /** Business days since the refusal. */
        public int elapsed(DelegateExecution execution) {
            return deadlines.businessDaysSince(refusedAt(execution));
        }

        /** When the next rung is due, {@code nextRungAt}, and whether this is the last, {@code topRung}. */
        public void look(DelegateExecution execution) {
            boolean top = !(execution.getVariable("nextRung") instanceof Number);
            execution.setVariable("topRung", top);
            execution.setVariable(
                    "nextRungAt",
                    top
                            ? deadlines.due(execution, "leverage-again")
                            : deadlines.afterBusinessDays(
                                    refusedAt(execution), ((Number) execution.getVariable("nextRung")).intValue()));
        }

        /** From when others pay, whatever the smelter says (B.11, 6). */
        public Date alternativeFrom(DelegateExecution execution) {
            int day = 0;
            Map<String, Object> rung = rung(execution, day);
            while (!Boolean.TRUE.equals(rung.get("alternativePlan")) && rung.get("nextRung") instanceof Number next) {
                day = next.intValue();
                rung = rung(execution, day);
            }
            return deadlines.afterBusinessDays(refusedAt(execution), day);
        }

        /** Whether somebody else has taken up the payment by now (B.11, 6). */
        public boolean othersPay(DelegateExecution execution) {
            Object payer = execution.getVariable("alternativePayer");
            return payer != null && !"NOBODY_YET".equals(payer);
        }

        /** Puts what was done on record; a measure that the next rung overtook was not taken. */
        public void record(DelegateExecution execution) {
            List<Map<String, Object>> measures = new ArrayList<>(read(
                    Objects.requireNonNull(execution.getVariable(MEASURES)),
                    new TypeReference<List<Map<String, Object>>>() {}));
            Map<String, Object> measure = new LinkedHashMap<>();
            measure.put("measure", execution.getVariable("measure"));
            measure.put("rule", execution.getVariable("measureRule"));
            measure.put("taken", Objects.requireNonNullElse(execution.getVariable("measureTaken"), "NO"));
            measure.put("result", Objects.requireNonNullElse(execution.getVariable("measureResult"), "OVERTAKEN"));
            measure.put("on", deadlines.day(deadlines.now()));
            measures.add(measure);
            execution.setVariable(MEASURES, Lists.json(measures));
        }

        private Map<String, Object> rung(DelegateExecution execution, int businessDays) {
            return decisions
                    .evaluate(execution, LADDER, Map.of("businessDaysElapsed", businessDays))
                    .get(0);
        }

        private static Date refusedAt(DelegateExecution execution) {
            return (Date) Objects.requireNonNull(execution.getVariable(REFUSED_AT), REFUSED_AT);
        }
    }
}
