package org.redress.remedy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Lists;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/hear-smelter-again} asks, as {@code ${hearing. …}}: a level became mandatory after the smelter was
 * heard, and it is asked about this level as it was about the first (remedy.md A.2, A.8 E16, E22).
 */
@Component("hearing")
public class HearingProcess {

    private static final String RESPONSES = "responses";
    private static final List<String> LEVELS = List.of("1", "2");
    private static final List<String> ANSWERS = List.of(
            "acceptsLevel1",
            "acceptsLevel2",
            "declineReason",
            "fundingIntention",
            "fundingShare",
            "levelObjection",
            "levelObjectionReason");

    /** What of the answer goes into the duty, beside the acceptance; the rest stays in this process. */
    private static final List<String> KEPT =
            List.of("declineReason", "fundingIntention", "fundingShare", "levelObjection");

    private final RuntimeService runtime;

    HearingProcess(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /** Whose duty holds a mandatory level that was not mandatory before and that it has not accepted. */
    static List<String> toHear(Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> now) {
        return now.entrySet().stream()
                .filter(duty -> LEVELS.stream()
                        .anyMatch(level -> isOpen(duty.getValue(), level)
                                && !isMandatory(before.getOrDefault(duty.getKey(), Map.of()), level)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Lays out the duty of this smelter as plain variables of its own, and what is asked: {@code asks1}, {@code asks2}. */
    public void begin(DelegateExecution execution) {
        Map<String, Object> duty = duty(execution);
        execution.setVariable("smelterName", Objects.toString(duty.get("name"), ""));
        for (String name : List.of("level1", "level2", "row", "basis")) {
            execution.setVariable(name, duty.get(name));
        }
        for (String name : ANSWERS) {
            execution.setVariable(name, null);
        }
        execution.setVariable("asks1", isOpen(duty, "1"));
        execution.setVariable("asks2", isOpen(duty, "2"));
    }

    /** Silence accepts nothing of what was asked. */
    public void noteSilence(DelegateExecution execution) {
        for (String level : LEVELS) {
            if (asked(execution, level)) {
                execution.setVariable("acceptsLevel" + level, "NO_ANSWER");
            }
        }
        execution.setVariable("levelObjection", "NO_ANSWER");
    }

    /** Whether a level that is owed was asked and is not accepted; silence is as good as a refusal. */
    public boolean isRefused(VariableScope execution) {
        return LEVELS.stream()
                .anyMatch(level ->
                        asked(execution, level) && !"YES".equals(execution.getVariable("acceptsLevel" + level)));
    }

    /** Writes the answer into the duty, wherever a step of the case works with it. Repeated, it writes the same. */
    public void noteAnswer(DelegateExecution execution) {
        String smelter = String.valueOf(execution.getVariable("smelter"));
        for (ProcessInstance running : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(PlanProcess.caseNumber(execution))
                .processDefinitionKeyIn(
                        "remedy-case", "plan-remedy", "implement-remedy", "close-incident", "weigh-information")
                .list()) {
            Object responses = runtime.getVariable(running.getId(), RESPONSES);
            if (responses != null) {
                Map<String, Map<String, Object>> duties = PlanProcess.entries(responses);
                Map<String, Object> duty = duties.get(smelter);
                if (duty != null) {
                    answer(execution, duty);
                    runtime.setVariable(running.getId(), RESPONSES, Lists.json(duties));
                }
            }
        }
    }

    private static void answer(DelegateExecution execution, Map<String, Object> duty) {
        for (String level : LEVELS) {
            if (asked(execution, level)) {
                Object accepts = execution.getVariable("acceptsLevel" + level);
                duty.put("acceptsLevel" + level, accepts);
                duty.put("carrier" + level, "YES".equals(accepts) ? "SMELTER" : "OWED");
            }
        }
        for (String name : KEPT) {
            @Nullable Object value = execution.getVariable(name);
            if (value != null) {
                duty.put(name, value);
            }
        }
    }

    private Map<String, Object> duty(DelegateExecution execution) {
        String smelter = String.valueOf(execution.getVariable("smelter"));
        return Objects.requireNonNull(
                PlanProcess.entries(execution.getVariable(RESPONSES)).get(smelter), smelter);
    }

    private static boolean asked(VariableScope execution, String level) {
        return Boolean.TRUE.equals(execution.getVariable("asks" + level));
    }

    private static boolean isOpen(Map<String, Object> duty, String level) {
        return isMandatory(duty, level) && !"YES".equals(duty.get("acceptsLevel" + level));
    }

    private static boolean isMandatory(Map<String, Object> duty, String level) {
        return "MANDATORY".equals(duty.get("level" + level));
    }
}
