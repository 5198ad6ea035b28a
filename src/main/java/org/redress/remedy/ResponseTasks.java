package org.redress.remedy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code determine-response} and {@code smelter-duty} (step 2) ask of Java, in the order of the diagrams. */
@Configuration(proxyBeanMethods = false)
class ResponseTasks {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Map<String, Object>>> DUTIES = new TypeReference<>() {};

    /** Answers that forms may leave out, or that only some paths ask for. */
    private static final String[] ANSWERS = {
        "factsAnswer",
        "disputedFacts",
        "disputeEvidence",
        "claimedEnd",
        "claimedExposure",
        "claimedFirst",
        "claimedLatest",
        "claimedAffected",
        "reviewOutcome",
        "reviewedLevel1",
        "reviewedLevel2",
        "loweringApproved",
        "acceptsLevel1",
        "acceptsLevel2",
        "declineReason",
        "fundingIntention",
        "fundingShare",
        "proposedFacilitator",
        "levelObjection",
        "relationDecision",
        "dueDiligenceReview",
        "dueDiligenceComment",
        "dueDiligencePlan"
    };

    /** What later steps need to know of one smelter; none of it is confidential. */
    private static final List<String> DUTY = List.of(
            "level1",
            "level2",
            "row",
            "rule",
            "relationshipRule",
            "basis",
            "linkStatus",
            // As settled with the smelter, so that news is weighed on top of it (E22).
            "tradeOngoing",
            "effectiveCessation",
            "selfDetected",
            "exposureDate",
            "grounds",
            "flags",
            "factsAnswer",
            "levelOrigin",
            "operatorInvolvement",
            "smelterInvolvement",
            "downstreamInvolvement",
            "operatorRemedy",
            "smelterRemedy",
            "downstreamRemedy",
            "acceptsLevel1",
            "acceptsLevel2",
            "declineReason",
            "fundingIntention",
            "fundingShare",
            "proposedFacilitator",
            "levelObjection",
            "dueDiligencePlan",
            "relationDecision");

    /** D09 runs from the start of the step; nobody's duty is known yet. */
    @Bean
    ExecutionListener startStep2(Deadlines deadlines) {
        return execution -> {
            execution.setVariable("levelClockStart", deadlines.now());
            execution.setVariable("responses", Lists.json(Map.of()));
        };
    }

    /** What the audit programme found about this smelter, as plain variables of this smelter's own process. */
    @Bean
    ExecutionListener layOutFacts(EngineCases cases, Parties parties) {
        return execution -> {
            String smelter = text(execution, "smelter");
            LinkFacts facts = LinkFacts.of(smelter, duties(execution, "links").get(smelter));
            execution.setVariable("smelterName", parties.nameOf(smelter));
            execution.setVariable("tradeOngoing", facts.tradeOngoing() ? "YES" : "NO");
            execution.setVariable("effectiveCessation", facts.effectiveCessation());
            execution.setVariable("selfDetected", facts.selfDetected() ? "YES" : "NO");
            execution.setVariable("exposureDate", facts.exposureDate());
            execution.setVariable("dueDiligenceRound", 0);
            cases.expect(execution, "incidentFirst", "incidentLatest", "occurrences90d", "newlyLinked");
            for (String name : ANSWERS) {
                execution.setVariable(name, null);
            }
        };
    }

    /** The level that counts: the reviewer's when raised, or lowered with a second person's approval; else the table's. */
    @Bean
    JavaDelegate settleLevel() {
        return execution -> {
            String outcome = text(execution, "reviewOutcome");
            boolean raised = outcome.equals(LevelReview.RAISE);
            boolean lowered =
                    outcome.equals(LevelReview.LOWER) && "YES".equals(execution.getVariable("loweringApproved"));
            String from = raised || lowered ? "reviewedLevel" : "tableLevel";
            execution.setVariable("level1", text(execution, from + 1));
            execution.setVariable("level2", text(execution, from + 2));
            execution.setVariable("levelOrigin", raised ? "RAISED" : lowered ? "LOWERED" : "TABLE");
        };
    }

    /** Silence accepts nothing. */
    @Bean
    ExecutionListener recordSilence() {
        return execution -> {
            for (String level : List.of("1", "2")) {
                if (!"NONE".equals(execution.getVariable("level" + level))) {
                    execution.setVariable("acceptsLevel" + level, "NO_ANSWER");
                }
            }
            execution.setVariable("levelObjection", "NO_ANSWER");
        };
    }

    /** Puts together what step 3 and the closing need to know of this smelter. */
    @Bean
    JavaDelegate recordDuty() {
        return execution -> {
            Map<String, @Nullable Object> duty = new LinkedHashMap<>();
            duty.put("name", execution.getVariable("smelterName"));
            for (String name : DUTY) {
                duty.put(name, plain(execution.getVariable(name)));
            }
            execution.setVariable("response", Lists.json(duty));
        };
    }

    /** Adds this smelter's duty to the others'. A job of its own, repeated when two smelters end at the same moment. */
    @Bean
    JavaDelegate collectDuty(LessonLines lessons) {
        return execution -> {
            if (execution.getVariable("responses") == null) {
                // Read between the two halves of what another smelter's job just wrote: the job comes back to it.
                throw new OptimisticLockingException("Another duty is being collected at this moment");
            }
            Map<String, Map<String, Object>> responses = duties(execution, "responses");
            String smelter = text(execution, "smelter");
            Map<String, Object> response = object(execution.getVariable("response"));
            responses.put(smelter, response);
            execution.setVariable("responses", Lists.json(responses));
            if (declines(response, "1") || declines(response, "2")) {
                lessons.add(
                        execution.getProcessInstanceId() + ":LEVEL_DECLINED:" + smelter,
                        PlanProcess.caseNumber(execution),
                        "determine-response",
                        "LEVEL_DECLINED",
                        null);
            }
        };
    }

    /** A recommended level that the smelter does not take up is a lesson (remedy.md E17). */
    private static boolean declines(Map<String, Object> response, String level) {
        return "RECOMMENDED".equals(response.get("level" + level))
                && !"YES".equals(response.get("acceptsLevel" + level));
    }

    /** The case takes the strictest level; the duties stay as they are. */
    @Bean
    JavaDelegate takeStrictestLevel() {
        return execution -> {
            CaseResponse response = response(execution);
            execution.setVariable("level1", response.level1().name());
            execution.setVariable("level2", response.level2().name());
            execution.setVariable("row", response.row());
            execution.setVariable("level2Open", response.level2IsOpen());
            execution.setVariable(
                    "smelterAnswers", Lists.json(duties(execution, "responses").values()));
            settle(execution, response.outcome(), false, false);
        };
    }

    /** Silence of the downstream company steps in for nobody (E17). */
    @Bean
    ExecutionListener recordNoStepIn() {
        return execution -> {
            execution.setVariable("downstreamTakesUp1", "NO_ANSWER");
            if (Boolean.TRUE.equals(execution.getVariable("level2Open"))) {
                execution.setVariable("downstreamTakesUp2", "NO_ANSWER");
            }
        };
    }

    /** The downstream company steps in for what no smelter takes up, or it does not (E17). */
    @Bean
    JavaDelegate recordTakeUp() {
        return execution -> {
            boolean level1 = "YES".equals(execution.getVariable("downstreamTakesUp1"));
            boolean level2 = execution.hasVariable("downstreamTakesUp2")
                    && "YES".equals(execution.getVariable("downstreamTakesUp2"));
            settle(execution, response(execution).outcomeAfter(level1, level2), level1, level2);
        };
    }

    private static void settle(DelegateExecution execution, String outcome, boolean downstream1, boolean downstream2) {
        Map<String, Map<String, Object>> responses = duties(execution, "responses");
        responses.values().forEach(entry -> {
            SmelterDuty duty = SmelterDuty.of(entry);
            entry.put("carrier1", duty.carrier1(downstream1));
            entry.put("carrier2", duty.carrier2(downstream2));
        });
        execution.setVariable("responses", Lists.json(responses));
        execution.setVariable("responseOutcome", outcome);
    }

    private static CaseResponse response(DelegateExecution execution) {
        return CaseResponse.of(duties(execution, "responses").values().stream()
                .map(SmelterDuty::of)
                .toList());
    }

    private static Map<String, Map<String, Object>> duties(DelegateExecution execution, String name) {
        return read(execution.getVariable(name), DUTIES);
    }

    private static String text(DelegateExecution execution, String name) {
        return Objects.requireNonNull((String) execution.getVariable(name), name);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof SpinJsonNode json ? read(json, new TypeReference<Object>() {}) : value;
    }

    private static Map<String, Object> object(@Nullable Object json) {
        return read(json, new TypeReference<>() {});
    }

    private static <T> T read(@Nullable Object json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(Objects.requireNonNull(json).toString(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Json variable of the case cannot be read", e);
        }
    }
}
